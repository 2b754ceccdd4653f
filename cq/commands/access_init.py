"""`cq access init`: the keyring of a site, and its recovery sheet."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Today

_Force = Annotated[bool, typer.Option("--force", help="L’accepter, même trop faible.")]


def init(
    output: Annotated[Path | None, typer.Option(
        metavar="FICHIER", help="Y écrire la fiche de secours, sans la montrer.")] = None,
    force: _Force = False,
    today: Today = None,
    root: Root = None,
) -> None:  # fmt: skip
    """Créer le trousseau du site et sa fiche de secours, montrée une seule fois.

    Sa phrase de passe est tirée au hasard, sauf si la variable CQ_PHRASE en donne une.

    Exemple : cq access init
    """
    from cq import admit, console, relock, selection, settings
    from cq.access import begin, kept
    from cq.access.keyring import ITERATIONS
    from cq.repository import would_take

    chosen = settings.resolve(root=root, today=today.date() if today else None)
    if output is not None:
        kept.guard(output, chosen.root, chosen.output)
    given = settings.phrase()
    if output is None and not given:
        admit.shown("une fiche de secours", looks=console.is_terminal())
    content = selection.read(chosen, console.progress(sys.stderr))
    if given:
        begin.fit(given, content, ITERATIONS, force=force)
    path, access = settings.keyring_file(chosen.root), settings.access_file(chosen.root)
    words = given or begin.made()
    text = relock.recovery(chosen, content, words)
    keyring = begin.begun(path, access, content, words, (output, text) if output else None)
    if output is None and not given:
        typer.echo(text)
    typer.echo(f"trousseau : {path}\nfichier d’accès : {access}")
    typer.echo(f"espaces : {', '.join(keyring.spaces)}")
    if would_take(path):
        typer.echo("ce trousseau, chiffré, est dans un dépôt git ; pour qu’il n’y entre pas, "
                   f"ajoutez à .gitignore : *{path.name}*")  # fmt: skip
    typer.echo("ensuite : cq access add")
