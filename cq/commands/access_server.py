"""`cq access server`: passwords and rules for a web server that guards the private spaces."""

import functools
import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Today


def server(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="MEMBRE", help="Dont le mot de passe est à refaire."),
    ] = None,
    path: Annotated[
        str, typer.Option(metavar="CHEMIN", help="Dossier des mots de passe, sur le serveur.")
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(metavar="FICHIER", help="Y écrire les mots de passe, sans les montrer."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Sans poser de question.")] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Préparer le serveur web qui garde les espaces : mots de passe, règles Apache, nginx, Caddy.

    Pour « protection: serveur » ou « protection: double » dans site.yml. Chaque membre du registre
    reçoit un mot de passe, montré une seule fois ; ceux d’avant le gardent, ceux qui sont partis le
    perdent. Rien n’est envoyé au serveur : la commande dit quoi y copier. Quand le chiffrement
    suffit, elle dit seulement quels en-têtes un serveur à vous devrait envoyer.

    Exemple : cq access server --path /etc/cq
    """
    from cq import admit, console, sentry, settings

    run = settings.resolve(root=root, today=today.date() if today else None)
    agrees = functools.partial(console.allowed, yes=yes)
    person = admit.Person(console.secret, console.is_terminal(), agrees)
    order = sentry.Order(tuple(names or ()), path, output)
    typer.echo("\n".join(sentry.prepare(run, order, person, console.progress(sys.stderr))))
