"""`cq completion`: the shell completes commands, options, kinds and names of the site.

`cq complete` is the shells' own: it is hidden, and answers what may follow some words.
"""

from pathlib import Path
from typing import Annotated

import typer


def completion(
    shell: Annotated[
        str | None, typer.Argument(metavar="[bash|zsh|fish]", help="Le vôtre sinon.")
    ] = None,
    install: Annotated[
        bool, typer.Option("--install", help="Écrire le script dans votre dossier personnel.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Avec --install : sans question.")] = False,
) -> None:
    """Compléter au clavier : les commandes, les options, les sortes, les quartiers.

    Sans --install, le script est montré.

    Exemple : cq completion bash --install
    """
    from cq import console, remedies, settings
    from cq.completion import shells

    name = shell or settings.user_shell()
    if name not in shells.SCRIPTS:
        said = f"« {name} » n’est pas un de ceux que cq connaît" if name else "lequel ?"
        raise typer.BadParameter(f"{said} ; au choix : {', '.join(shells.SCRIPTS)}")
    if yes and not install:
        raise typer.BadParameter("s’emploie avec --install", param_hint="--yes")
    if not install:
        typer.echo(shells.SCRIPTS[name], nl=False)
        return
    file = settings.completion_file(name)
    try:
        if shells.standing(file, name):
            typer.echo(f"déjà en place : {file}")
            return
    except shells.NotOurs:
        raise typer.BadParameter(
            f"{file} n’est pas un fichier de cq : déplacez-le d’abord", param_hint="--install"
        ) from None
    typer.echo(f"cq écrit le script de complétion dans {file}")
    if not yes and not console.agreed("Continuer ?"):
        typer.echo("rien n’a été écrit")
        raise typer.Exit(1)
    shells.install(file, name)
    package = remedies.install("bash-completion")
    typer.echo(shells.AFTERWARDS[name].format(folder=file.parent, install=package))


def complete(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[MOT]…", help="Les mots tapés après cq.")
    ] = None,
) -> None:
    """Répondre au terminal ce qui peut suivre les mots déjà tapés.

    Exemple : cq complete -- validate --f
    """
    import contextlib

    from cq import settings
    from cq.completion import proposals

    typed = words or [""]
    root = None
    with contextlib.suppress(settings.RootNotFound, OSError):
        at = typed.index("--root") + 1 if "--root" in typed[:-2] else 0
        root = settings.find_root(Path(typed[at]) if at else Path.cwd())
    for one in proposals(context.find_root().command, typed, root):
        typer.echo(f"{one.word}\t{one.words}" if one.words else one.word)
