"""`cq build`: the content made into the site, whole or not at all."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Today


def build(
    root: Root = None,
    output: Annotated[Path | None, typer.Option(help="Où écrire ; sinon build/site.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Processus en parallèle.")] = None,
    today: Today = None,
    why: Annotated[
        str | None, typer.Option(metavar="CHEMIN", help="Dire pourquoi cette page a été refaite.")
    ] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Tout refaire, sans mémoire.")] = False,
    public_only: Annotated[
        bool, typer.Option("--public-only", help="Le site public seulement.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Ne rien écrire non plus sur un avertissement.")
    ] = False,
) -> None:
    """Construire le site dans build/site, entier ou pas du tout.

    Exemple : cq build
    """
    from cq import console, guards, selection, settings
    from cq.french.numbers import counted
    from cq.front import open_run
    from cq.opening import opener
    from cq.pipeline import build as make

    chosen = settings.resolve(
        root=root, output=output, jobs=jobs, today=today.date() if today else None
    )
    run = open_run(chosen, console.progress(sys.stderr))
    asks = None if public_only else opener(chosen, console.secret, run.ledger)
    try:
        if clean:
            run.ledger.forget()
        built = make(run, strict=strict, waiting=_wait, opener=asks)
    except KeyboardInterrupt:  # once it is published, Ctrl-C is no longer heard
        typer.echo("\nrien n’a été publié", err=True, nl=False)
        raise
    finally:
        run.ledger.close()
    blocking = [one for one in built.found if one.severity > 0]
    if not built.written:
        colour = console.is_terminal()
        screen = console.Screen(sys.stdout, chosen.root, colour=colour, veiled=chosen.ci)
        screen.show(blocking, "human")
        typer.echo(
            f"{console.summary(built.found)} : rien n’a été écrit, le site publié est inchangé."
        )
        raise typer.Exit(1)
    if why is not None:
        typer.echo("\n".join(selection.reasons(why, built.stale, chosen.output)))
        return
    changed = counted(built.changed, "fichier changé", "fichiers changés")
    done = changed if built.changed else "rien n’avait changé"
    seconds = f"{sum(run.spent.values()):.2f}".replace(".", ",")
    pages = counted(built.pages, "page")
    files = counted(built.files, "fichier joint", "fichiers joints")
    parts = [pages, files]
    if built.sealed:
        parts.append(guards.counted(built.sealed, built.protection))
    typer.echo(f"{', '.join(parts)} ; {done} ; {seconds} s")
    if built.left:
        typer.echo("les espaces privés n’ont pas été construits (--public-only)")
    for line in filter(
        None, (*guards.told(built.protection, built.sealed), run.ledger.said, *run.said)
    ):
        typer.echo(line)
    if blocking:
        typer.echo(f"{console.summary(blocking)} : cq validate les montre")
    typer.echo(f"le site : {chosen.output / 'index.html'}")


def _wait() -> None:
    typer.echo("une autre construction est en cours, j’attends qu’elle finisse…", err=True)
