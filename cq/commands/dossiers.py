"""`cq dossiers`: where the dossiers stand, the late ones first."""

import sys
from typing import Annotated

import typer

from cq.commands.options import Root, Rows, Today

_STATES = "en-retard|en-sommeil|ouvert|en-cours|en-attente|clos|abandonne"


def dossiers(
    quartier: Annotated[
        str | None, typer.Option(metavar="QUARTIER", help="Ceux de ce quartier seulement.")
    ] = None,
    groupe: Annotated[
        str | None, typer.Option(metavar="GROUPE", help="Ceux de ce groupe seulement.")
    ] = None,
    state: Annotated[
        str | None, typer.Option("--etat", "--state", metavar=_STATES, help="Dans cet état.")
    ] = None,
    form: Rows = "table",
    private: Annotated[
        bool, typer.Option("--private", help="Montrer aussi les dossiers privés en CI.")
    ] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Suivre les dossiers : où ils en sont, depuis quand, ceux en retard d’abord.

    Exemple : cq dossiers --quartier louis-blanc-aqueduc --format csv > dossiers.csv
    """
    from cq import console, selection, settings, tables
    from cq.content.item import STATE_WORDS
    from cq.dossiers import rows
    from cq.french.numbers import counted

    selection.among("--format", form, tables.FORMATS)
    selection.among("--etat", state, rows.DOSSIER_CHOICES)
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    content = selection.read(chosen, console.progress(sys.stderr))
    where = selection.community(content, quartier, groupe)
    found = rows.dossiers(content, where, state, veiled=chosen.ci and not private)

    def said(row: tables.Row) -> str:
        late = f"\nen retard de {tables.days(row, 'retard_jours')}" if row["retard_jours"] else ""
        return STATE_WORDS[str(row["etat"])] + late + ("\nen sommeil" if row["en_sommeil"] else "")

    plan = tables.Plan(
        (
            tables.Column("État", said),
            tables.Column("Dossier", tables.titled, wide=True),
            tables.Column("Âge", lambda row: tables.days(row, "age_jours"), right=True),
            tables.Column("Suivi par", lambda row: str(row["responsable"]), spare=True),
            tables.Column("Prochaine étape", lambda row: str(row["prochaine_etape"]), spare=True),
            tables.Column("Échéance", lambda row: tables.day(row, "echeance")),
        ),
        rows.DOSSIER_KEYS,
        lambda row: bool(row["retard_jours"]),
    )
    tables.show(found.rows, plan, form, sys.stdout)
    if form == "table":
        typer.echo(
            f"{counted(len(found.rows), 'dossier')}, {found.late} en retard,"
            f" {found.asleep} en sommeil"
        )
    for line in tables.left_out(found.veiled, found.refused, "dossier privé"):
        typer.echo(line, err=True)
