"""`cq draw-jury minutes`: the procès-verbal, to be printed, signed and published."""

import sys
from typing import Annotated

import typer

from cq.commands.options import DrawId, Root


def minutes(
    name: DrawId,
    place: Annotated[str, typer.Option("--lieu", metavar="TEXTE", help="Où il a eu lieu.")] = "",
    present: Annotated[
        list[str] | None,
        typer.Option("--present", metavar="FONCTION", help="Qui était là ; une fois par fonction."),
    ] = None,
    witness: Annotated[
        str, typer.Option("--commissaire", metavar="TEXTE", help="Commissaire de justice.")
    ] = "",
    validated: Annotated[
        str, typer.Option("--valide-par", metavar="FONCTION", help="Qui valide le résultat.")
    ] = "",
    basis: Annotated[
        str, typer.Option("--base-legale", metavar="TEXTE", help="Ce qui permet le traitement.")
    ] = "",
    root: Root = None,
) -> None:
    """Écrire le procès-verbal d’un tirage, avec un additif par remplacement, à imprimer et signer.

    Il vient des fichiers publics et de ce que vous tapez, qui est gardé pour les additifs. Il ne
    nomme personne : des fonctions et des numéros seulement.

    Exemple : cq draw-jury minutes jury-2027 --lieu "salle du conseil" --present "la maire adjointe"
    """
    from cq import console, draws, selection, settings
    from cq.jury import minutes as made
    from cq.jury import session

    chosen = settings.resolve(root=root)
    folders = draws.folders(chosen, name)
    content = selection.read(chosen, console.progress(sys.stderr))
    told = draws.particulars(folders, content)
    typed = session.Facts(place, tuple(present or ()), witness, validated, basis)
    typed = session.facts(folders, typed)
    page = made.minutes(folders, told, typed, content.zone)
    typer.echo(f"procès-verbal : {session.keep(folders, page, typed)}")
    typer.echo(
        "il ne nomme personne : imprimez-le depuis un navigateur, faites-le signer, et publiez le "
        "PDF parmi les documents du site"
    )
    lacking = session.missing(told, typed)
    if lacking:
        typer.echo(
            f"reste « à compléter » ; ajoutez : cq draw-jury minutes {name} {' '.join(lacking)}"
        )
