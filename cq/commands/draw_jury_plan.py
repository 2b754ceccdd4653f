"""`cq draw-jury plan`: which seats for whom, with what chance, before anybody is bound."""

from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import DrawId, Root


def plan(
    name: DrawId,
    seats: Annotated[
        int, typer.Option("--seats", "--places", min=0, help="Combien de places.")
    ] = 0,
    quotas: Annotated[
        Path | None,
        typer.Option(metavar="FICHIER", help="Quotas : critère,valeur,min,max."),
    ] = None,
    strata: Annotated[
        str,
        typer.Option(
            "--strates",
            metavar="proportionnel|FICHIER",
            help="Places de chaque strate : selon les effectifs, ou un fichier qui les donne.",
        ),
    ] = "",
    merges: Annotated[
        list[str] | None,
        typer.Option("--regrouper", metavar="CRITERE=A+B:C", help="Réunir des valeurs."),
    ] = None,
    households: Annotated[
        bool, typer.Option("--foyers", help="Une place au plus par foyer.")
    ] = False,
    unlucky: Annotated[
        bool, typer.Option("--sans-chance", help="Accepter des personnes sans aucune chance.")
    ] = False,
    seal: Annotated[
        bool,
        typer.Option("--types-scelles", help="Ne publier que les numéros des types de personnes."),
    ] = False,
    root: Root = None,
) -> None:
    """Proposer un plan de tirage : les places de chaque type de personnes, et leurs chances.

    Sans quotas ni strates, chacun a la même chance. Avec des quotas, la loterie proposée est la
    plus égale qui les tienne tous. Rien n’est publié : un plan se refait jusqu’à l’engagement.
    Si un type n’a que peu de personnes, on pourrait en reconnaître une : --regrouper réunit des
    valeurs, --types-scelles ne les publie pas et en garde une table, à remettre à un témoin.

    Exemple : cq draw-jury plan jury-2027 --seats 30 --quotas quotas.csv
    """
    from cq import draws, settings
    from cq.jury import planning, sharing
    from cq.jury.folders import Refused

    run = settings.resolve(root=root)
    folders = draws.folders(run, name)
    way = sharing.way(quotas, strata, unlucky=unlucky, veiled=run.ci)
    if not seats and not way.seats:
        raise Refused("combien de places ? ajoutez --seats NOMBRE")
    if merges and way.features == ():
        raise Refused("regrouper des valeurs n’a de sens qu’avec --quotas ou --strates")
    wish = planning.Wish(
        seats or way.seats, way.plan, way.features,
        tuple(map(planning.merge_of, merges or ())), households=households, seal=seal,
    )  # fmt: skip
    typer.echo("\n".join(planning.propose(folders, wish)))
