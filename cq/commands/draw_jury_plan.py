"""`cq draw-jury plan`: which seats for whom, with what chance, before anybody is bound."""

from typing import Annotated

import typer

from cq.commands.options import Root


def plan(
    name: Annotated[str, typer.Argument(metavar="TIRAGE", help="Comme jury-2027.")],
    seats: Annotated[int, typer.Option("--seats", "--places", min=1, help="Combien de places.")],
    merges: Annotated[
        list[str] | None,
        typer.Option("--regrouper", metavar="CRITERE=A+B:C", help="Réunir des valeurs."),
    ] = None,
    households: Annotated[
        bool, typer.Option("--foyers", help="Une place au plus par foyer.")
    ] = False,
    root: Root = None,
) -> None:
    """Proposer un plan de tirage : les places de chaque type de personnes, et les chances.

    Rien n’est publié : un plan se refait autant qu’on veut, jusqu’à l’engagement.

    Exemple : cq draw-jury plan jury-2027 --seats 30
    """
    from cq import draws, settings
    from cq.draw.plan import simple
    from cq.jury import planning

    run = settings.resolve(root=root)
    wish = planning.Wish(
        seats,
        lambda pool, places: simple(sum(pool.counts), places),
        features=None if merges else (),
        merges=tuple(map(planning.merge_of, merges or ())),
        households=households,
    )
    typer.echo("\n".join(planning.propose(draws.folders(run, name), wish)))
