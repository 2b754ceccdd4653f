"""`cq draw-jury purge`: the key and the names of a draw, destroyed once they have served."""

import functools
import sys
from typing import Annotated

import typer

from cq.commands.options import DrawId, Root, Today, Yes


def purge(
    name: DrawId,
    days: Annotated[
        int,
        typer.Option("--contestation", metavar="JOURS", min=0, help="Délai depuis le tirage."),
    ] = 30,
    yes: Yes = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Détruire la clé, la liste des personnes, les décisions et les lettres d’un tirage.

    Le côté public reste, et se vérifie toujours ; une ligne datée du journal dit la destruction.

    Exemple : cq draw-jury purge jury-2027
    """
    from cq import console, draws, selection, settings
    from cq.jury import purging

    run = settings.resolve(root=root, today=today.date() if today else None)
    folders = draws.folders(run, name)
    content = selection.read(run, console.progress(sys.stderr))
    announced = draws.contest(folders, content)
    agrees = functools.partial(console.allowed, yes=yes)
    said = purging.purge(folders, purging.Wish(run.today, days, agrees, announced))
    if not said:
        typer.echo(console.declined("--yes détruit sans poser de question"))
        raise typer.Exit(1)
    typer.echo("\n".join(said))
