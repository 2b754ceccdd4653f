"""`cq questions`: the questions to the institution, those that wait too long first."""

import sys
from typing import Annotated

import typer

from cq.commands.options import Root, Rows, Today


def questions(
    quartier: Annotated[
        str | None, typer.Option(metavar="QUARTIER", help="Celles de ce quartier seulement.")
    ] = None,
    groupe: Annotated[
        str | None, typer.Option(metavar="GROUPE", help="Celles de ce groupe seulement.")
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--etat", "--state", metavar="en-retard|en-attente|repondue", help="Dans cet état."
        ),
    ] = None,
    form: Rows = "table",
    private: Annotated[
        bool, typer.Option("--private", help="Montrer aussi les questions privées en CI.")
    ] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Suivre les questions posées : lesquelles attendent, depuis combien de jours, et les réponses.

    Exemple : cq questions --etat en-retard
    """
    from cq import console, selection, settings, tables
    from cq.dossiers import rows
    from cq.french.numbers import counted

    selection.among("--format", form, tables.FORMATS)
    selection.among("--etat", state, rows.QUESTION_CHOICES)
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    content = selection.read(chosen, console.progress(sys.stderr))
    where = selection.community(content, quartier, groupe)
    found = rows.questions(content, where, state, veiled=chosen.ci and not private)

    def said(row: tables.Row) -> str:
        if row["retard_jours"]:
            return f"en retard de {tables.days(row, 'retard_jours')}"
        return "répondue" if row["repondue_le"] else "en attente"

    def answered(row: tables.Row) -> str:
        if not row["repondue_le"]:
            return f"aucune depuis {tables.days(row, 'age_jours')}"
        after = f"\naprès {tables.days(row, 'delai_jours')}" if row["delai_jours"] else ""
        return tables.day(row, "repondue_le") + after

    plan = tables.Plan(
        (
            tables.Column("État", said),
            tables.Column("Question", tables.titled, wide=True),
            tables.Column("Posée le", lambda row: tables.day(row, "posee_le")),
            tables.Column("À", lambda row: str(row["adressee_a"]), spare=True),
            tables.Column("Attendue le", lambda row: tables.day(row, "attendue_le"), spare=True),
            tables.Column("Réponse", answered),
        ),
        rows.QUESTION_KEYS,
        lambda row: bool(row["retard_jours"]),
    )
    tables.show(found.rows, plan, form, sys.stdout)
    if form == "table":
        typer.echo(f"{counted(len(found.rows), 'question')}, {found.late} en retard")
    for line in tables.left_out(found.veiled, found.refused, "question privée"):
        typer.echo(line, err=True)
