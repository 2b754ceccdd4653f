"""`cq access add` and `letter`: new ways in, shown once or written for the post."""

import functools
import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Today

_Output = Annotated[
    Path | None, typer.Option(metavar="FICHIER", help="Y écrire les phrases, sans les montrer.")
]
_Letters = Annotated[
    Path | None, typer.Option(metavar="DOSSIER", help="Y écrire une lettre par personne.")
]


def add(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="MEMBRE…", help="Nom ou identifiant.")
    ] = None,
    invitation: Annotated[bool, typer.Option("--invitation", help="Avec un lien.")] = False,
    chosen: Annotated[bool, typer.Option("--chosen", help="Demander une phrase choisie.")] = False,
    force: Annotated[bool, typer.Option("--force", help="L’accepter, même trop faible.")] = False,
    output: _Output = None,
    letters: _Letters = None,
    today: Today = None,
    root: Root = None,
) -> None:
    """Faire entrer ces membres du registre, ou tous ceux qui n’ont pas encore d’accès.

    Chaque phrase de passe est tirée au hasard et montrée une seule fois : elle n’est gardée
    nulle part. Les espaces qu’un membre a gagnés lui sont ouverts, sans rien changer pour lui.

    Exemple : cq access add --letters ~/lettres
    """
    from cq import admit, console, settings

    run = settings.resolve(root=root, today=today.date() if today else None)
    person = admit.Person(console.secret, console.is_terminal(), console.agreed)
    wish = admit.Wish(
        tuple(names or ()), output, letters, invitation=invitation or letters is not None,
        chosen=chosen, force=force,
    )  # fmt: skip
    typer.echo("\n".join(admit.admit(run, wish, person, console.progress(sys.stderr))))


def letter(
    names: Annotated[list[str], typer.Argument(metavar="MEMBRE…", help="Nom ou identifiant.")],
    output: Annotated[Path, typer.Option(metavar="DOSSIER", help="Où les écrire, hors du site.")],
    plain: Annotated[
        bool, typer.Option("--sans-invitation", help="Sans dessin à viser du téléphone.")
    ] = False,
    forgotten: Annotated[
        bool, typer.Option("--oubliee", help="Personne n’a pu la lire : garder les clés.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Sans poser de question.")] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Faire une lettre à imprimer, avec une nouvelle phrase : l’ancienne n’ouvrira plus.

    Les clés de ce qu’elle ouvrait sont renouvelées, puisque quelqu’un a pu la lire ; les autres
    membres n’ont rien à faire. Une phrase perdue ne se retrouve pas.

    Exemple : cq access letter "Camille Exemple" --output ~/lettres
    """
    from cq import admit, console, settings

    run = settings.resolve(root=root, today=today.date() if today else None)
    agrees = functools.partial(console.allowed, yes=yes)
    person = admit.Person(console.secret, console.is_terminal(), agrees)
    wish = admit.Wish(
        tuple(names), None, output, invitation=not plain, again=True, renew=not forgotten
    )
    typer.echo("\n".join(admit.admit(run, wish, person, console.progress(sys.stderr))))
