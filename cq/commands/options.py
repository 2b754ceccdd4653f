"""Options that several commands have, said once: the same words and the same readings."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

Root = Annotated[Path | None, typer.Option(metavar="DOSSIER", help="Dossier du site.")]
Today = Annotated[
    datetime.datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="AAAA-MM-JJ", help="Le jour à tenir pour aujourd’hui."
    ),
]
DrawId = Annotated[str, typer.Argument(metavar="TIRAGE", help="Nom de son dossier : jury-2027.")]
Yes = Annotated[bool, typer.Option("--yes", help="Sans poser de question.")]
Rows = Annotated[
    str, typer.Option("--format", metavar="table|json|csv", help="Comment les montrer.")
]
