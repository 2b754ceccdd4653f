"""`cq history`: when each text changed, and by whose hand, as git remembers it."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Rows, Today

_SHOWN = 20  # versions on the screen


def history(
    path: Annotated[
        Path | None, typer.Argument(metavar="[CHEMIN]", help="Un fichier ou un dossier du site.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--depuis", formats=["%Y-%m-%d"], metavar="AAAA-MM-JJ", help="À partir de ce jour."
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option("--nombre", min=1, help="Combien de versions ; sinon 20, toutes en fichier."),
    ] = None,
    form: Rows = "table",
    today: Today = None,
    root: Root = None,
) -> None:
    """Dire quand chaque page a changé et par qui ; sans CHEMIN, les derniers changements du site.

    Exemple : cq history content/wiki --depuis 2026-01-01
    """
    from cq import console, selection, settings, tables
    from cq.french.numbers import counted
    from cq.history import KEYS, changes, silence

    selection.among("--format", form, tables.FORMATS)
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    where = selection.told(path, chosen.root) if path else None
    content, said = selection.remembered(chosen, console.progress(sys.stderr))
    day = since.date().isoformat() if since else ""
    found = changes(content, where, day)
    plan = tables.Plan(
        (
            tables.Column("Jour", lambda row: tables.day(row, "jour")),
            tables.Column("Page", lambda row: f"{row['titre']}\n{row['chemin']}", wide=True),
            tables.Column("Par", lambda row: str(row["auteur"] or "un conseiller"), wide=True),
            tables.Column("Commit", lambda row: str(row["commit"]), spare=True),
        ),
        KEYS,
    )
    shown = found[: most or (_SHOWN if form == "table" else len(found))]
    tables.show(shown, plan, form, sys.stdout)
    if form == "table":
        more = f", {len(found)} en tout : --nombre {len(found)}" if len(found) > len(shown) else ""
        why = "" if found else f" : {silence(content, where, day)}"
        typer.echo(f"{counted(len(shown), 'version')}{more}{why}")
    for line in said:
        typer.echo(line, err=True)
