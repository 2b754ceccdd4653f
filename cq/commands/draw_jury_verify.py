"""`cq draw-jury verify`: a draw done again from its public files, by anyone."""

from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root


def verify(
    place: Annotated[
        str, typer.Argument(metavar="TIRAGE", help="Son nom dans ce site, ou un dossier.")
    ],
    fingerprint: Annotated[
        str, typer.Option(metavar="CHIFFRES", help="L’empreinte publiée ou lue à voix haute.")
    ] = "",
    previous: Annotated[
        Path | None, typer.Option(metavar="DOSSIER", help="Le premier tirage, s’il est ailleurs.")
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(metavar="FICHIER", help="La table des types scellés : types.json."),
    ] = None,
    best: Annotated[
        bool, typer.Option("--optimum", help="Chercher aussi une loterie plus juste (solveur).")
    ] = False,
    root: Root = None,
) -> None:
    """Refaire un tirage d’après ses fichiers publics : cinq feux, sans secret ni connexion.

    Le dossier peut être celui d’un site ou une copie. Le code de retour est 0 si rien n’est faux :
    un feu orange n’est pas faux, il dit ce qui manque pour tout vérifier.

    Exemple : cq draw-jury verify content/jurys/jury-2027
    """
    import sys

    from cq import draws
    from cq.jury import announced, checked, lights, optimum
    from cq.jury.folders import Folders

    folder = draws.public_folder(place, root)
    digits = "".join(fingerprint.split()).lower()
    witness = draws.table(table)
    found = checked.of(folder, digits, previous, witness)
    colour = sys.stdout.isatty()
    typer.echo("\n".join(lights.told(found.verdict, colour=colour)))
    for sentence in (*found.against, *found.notes):
        typer.echo(sentence)
    if found.verdict.promise is not None:
        typer.echo(f"mots de contrôle : {announced.control_words(found.verdict.promise)}")
    good = found.good
    if best and good:
        fair, sentence = optimum.told(Folders(folder.name, folder, folder), witness)
        typer.echo(sentence)
        good = fair
    raise typer.Exit(0 if good else 1)
