"""`cq access export-ci` and `measure`: the keys of a machine, and what a phrase is worth."""

import sys
from typing import Annotated

import typer

from cq.commands.options import Root

_Force = Annotated[bool, typer.Option("--force", help="L’accepter, même trop faible.")]
_VERSE = (
    "aucune mesure ne connaît les vers, les chansons ni les proverbes français : une phrase qui "
    "en vient vaut bien moins"
)


def export_ci(root: Root = None) -> None:
    """Imprimer la ligne de clés d’une machine qui construit le site, à ranger dans ses secrets.

    Elle permet de lire et de publier les espaces ; elle ne dit rien des membres.

    Exemple : cq access export-ci
    """
    from cq import admit, console, settings, unlock

    chosen = settings.resolve(root=root)
    if chosen.ci:
        raise admit.Unseen(
            "la ligne de clés ne s’imprime pas en CI : qui lit le journal ouvrirait tous les "
            "espaces\nlancez cq access export-ci sur votre machine"
        )
    keyring = unlock.newest(chosen, console.secret)
    typer.echo(keyring.ring.line())
    typer.echo(
        "à ranger dans un secret nommé CQ_CLES, et nulle part ailleurs ; à refaire après chaque "
        "cq access add, revoke, expire ou rotate",
        err=True,
    )


def measure(force: _Force = False, root: Root = None) -> None:
    """Dire ce que vaut une phrase de passe que quelqu’un a choisie ; elle est demandée.

    Exemple : cq access measure
    """
    from cq import console, selection, settings
    from cq.access import begin, strength
    from cq.access.keyring import ITERATIONS

    try:
        content = selection.read(settings.resolve(root=root), console.progress(sys.stderr))
    except settings.RootNotFound:
        if root is not None:
            raise
        content = None
    typed = console.secret("Phrase à mesurer", piped=True)
    around = strength.around(content) if content else ()
    found = strength.measured(typed, around, ITERATIONS)
    typer.echo(strength.told(found))
    if found.of_the_list:
        typer.echo("ce sont des mots de la liste : compté comme s’ils avaient été tirés au sort")
    else:
        typer.echo(_VERSE)
    if not found.enough:
        typer.echo(begin.TOO_WEAK)
        raise typer.Exit(0 if force else 1)
