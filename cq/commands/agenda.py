"""`cq agenda`: the meetings to come, and those that another calendar brings."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Rows, Today


def agenda(
    quartier: Annotated[
        str | None, typer.Option(metavar="QUARTIER", help="De ce quartier seulement.")
    ] = None,
    groupe: Annotated[
        str | None, typer.Option(metavar="GROUPE", help="De ce groupe seulement.")
    ] = None,
    month: Annotated[
        str | None, typer.Option("--mois", metavar="AAAA-MM", help="Toutes celles de ce mois.")
    ] = None,
    past: Annotated[
        bool, typer.Option("--passes", help="Celles qui ont eu lieu, les dernières d’abord.")
    ] = False,
    form: Rows = "table",
    private: Annotated[
        bool, typer.Option("--private", help="Montrer aussi les réunions privées en CI.")
    ] = False,
    file: Annotated[
        Path | None,
        typer.Option("--import", metavar="FICHIER", help="Reprendre celles d’un fichier .ics."),
    ] = None,
    hidden: Annotated[bool, typer.Option("--prive", help="Les reprendre en privé.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Écrire sans demander.")] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Voir l’agenda : les réunions à venir, où et quand.

    Une réunion qui revient y est une fois, à son prochain jour ; avec --mois, à chacun d’eux.

    Avec --import, montre ce qu’un fichier .ics apporterait, puis l’écrit sans rien remplacer.

    Exemple : cq agenda --quartier louis-blanc-aqueduc --mois 2026-12
    """
    from cq import console, selection, settings, tables
    from cq.agenda import rows
    from cq.french.numbers import counted

    selection.among("--format", form, tables.FORMATS)
    if month is not None and not rows.is_month(month):
        raise selection.Misused("--mois s’écrit AAAA-MM, par exemple : --mois 2026-12")
    if month is not None and past:
        raise selection.Misused("--mois ou --passes, pas les deux")
    if file is None and (hidden or yes):
        raise selection.Misused("--prive et --yes s’emploient avec --import")
    if file is not None and (month or past or form != "table"):
        raise selection.Misused("--import ne s’emploie pas avec --mois, --passes ou --format")
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    content = selection.read(chosen, console.progress(sys.stderr))
    where = selection.community(content, quartier, groupe)
    veiled = chosen.ci and not private
    if file is not None:
        from cq.commands.agenda_import import bring

        bring(chosen, content, file, where, private=hidden, yes=yes, veiled=veiled)
        return
    found = rows.meetings(content, where, month=month, past=past, veiled=veiled)
    plan = tables.Plan(
        (
            tables.Column("Jour", rows.when),
            tables.Column("Heure", rows.hours),
            tables.Column("Réunion", rows.what, wide=True),
            tables.Column("Lieu", lambda row: str(row["lieu"]), spare=True),
            tables.Column("État", lambda row: str(row["statut"])),
        ),
        rows.KEYS,
        lambda row: row["statut"] != "confirmé",
    )
    tables.show(found.rows, plan, form, sys.stdout)
    if form == "table":
        after = "" if month else " passée" if past else " à venir"
        many = "s passées" if past else f"s{after}"
        typer.echo(counted(len(found.rows), f"réunion{after}", f"réunion{many}"))
    for line in tables.left_out(found.veiled, found.refused, "événement privé"):
        typer.echo(line, err=True)
