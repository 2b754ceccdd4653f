"""`cq draw-jury letters`: write to those drawn or not, standing by or replaced."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import DrawId, Root, Today

_ALL = "tous"


def letters(
    name: DrawId,
    who: Annotated[
        str,
        typer.Option(
            "--qui", metavar="tires|suppleants|non-tires|remplaces|tous", help="À qui écrire."
        ),
    ] = "tires",
    event: Annotated[
        int,
        typer.Option(
            "--remplacement",
            metavar="NUMÉRO",
            min=0,
            help="Les deux lettres d’un remplacement : à qui part, à qui vient.",
        ),
    ] = 0,
    words: Annotated[
        Path | None,
        typer.Option("--textes", metavar="DOSSIER", help="Vos textes, au lieu de ceux de cq."),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--sans-code", help="Sans dessin à viser du téléphone.")
    ] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Faire les lettres d’un tirage : un tableau pour le publipostage, et des feuilles à imprimer.

    Chaque lettre porte la ligne de la personne et son sel, avec quoi elle vérifie seule sa place
    dans la liste, et ce que la loi veut qu’elle sache. Tout reste dans le dossier privé du tirage.

    Exemple : cq draw-jury letters jury-2027 --qui tous
    """  # fmt: skip
    from cq import console, draws, selection, settings
    from cq.jury import letters as made
    from cq.jury import texts

    selection.among("--qui", who, (*texts.KINDS, _ALL))
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    folders = draws.folders(chosen, name)
    progress = console.progress(sys.stderr)
    told = draws.particulars(folders, selection.read(chosen, progress))
    one = (texts.REPLACED, texts.DRAWN) if event else (who,)
    kinds = texts.KINDS if who == _ALL and not event else one
    wish = made.Wish(kinds, chosen.today, words, codes=not plain, event=event)
    typer.echo("\n".join(made.write(folders, told, wish, progress)))
    lacking = told.missing("owner", "contact", "officer", "page", "purpose", "basis", "origin",
                           "destroyed")  # fmt: skip
    if lacking:
        typer.echo(
            f"attention : « à compléter » dans chaque lettre, faute de les savoir "
            f"({', '.join(draws.FIELDS[one] for one in lacking)})\n"
            f"écrivez-les dans content/jurys/{name}/index.md ou content/site.yml, et recommencez"
        )
