"""`cq draw-jury purge`: the key and the names of a draw, destroyed once they have served."""

import functools
from typing import Annotated

import typer

from cq.commands.options import Root, Today


def purge(
    name: Annotated[str, typer.Argument(metavar="TIRAGE", help="Comme jury-2027.")],
    days: Annotated[
        int,
        typer.Option("--contestation", metavar="JOURS", min=0, help="Délai depuis le tirage."),
    ] = 30,
    yes: Annotated[bool, typer.Option("--yes", help="Sans poser de question.")] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Détruire la clé, la liste des personnes, les décisions et les lettres d’un tirage.

    Le côté public reste, et se vérifie toujours ; une ligne datée du journal dit la destruction.

    Exemple : cq draw-jury purge jury-2027
    """
    from cq import console, draws, settings
    from cq.jury import purging

    run = settings.resolve(root=root, today=today.date() if today else None)
    agrees = functools.partial(console.allowed, yes=yes)
    said = purging.purge(draws.folders(run, name), purging.Wish(run.today, days, agrees))
    if not said:
        typer.echo(console.declined("--yes détruit sans poser de question"))
        raise typer.Exit(1)
    typer.echo("\n".join(said))
