"""`cq access phrase`: another phrase for the keyring."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Today


def phrase(
    output: Annotated[Path | None, typer.Option(
        metavar="FICHIER", help="Y écrire la fiche de secours, sans la montrer.")] = None,
    chosen: Annotated[bool, typer.Option("--chosen", help="Demander une phrase choisie.")] = False,
    force: Annotated[bool, typer.Option("--force", help="L’accepter, même trop faible.")] = False,
    today: Today = None,
    root: Root = None,
) -> None:  # fmt: skip
    """Changer la phrase de passe du trousseau, et faire sa nouvelle fiche de secours.

    L’ancienne est lue là où les autres commandes la lisent, ou demandée ; la nouvelle est tirée au
    hasard et montrée une seule fois. Les membres n’ont rien à faire, et rien n’est à publier.

    Exemple : cq access phrase
    """
    from cq import admit, console, relock, settings

    run = settings.resolve(root=root, today=today.date() if today else None)
    person = admit.Person(console.secret, console.is_terminal(), console.agreed)
    order = relock.Order(output, chosen=chosen, force=force)
    relock.relock(run, order, person, typer.echo, console.progress(sys.stderr))
