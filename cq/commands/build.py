"""`cq build`: the content made into the site, whole or not at all."""

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer


def build(
    root: Annotated[Path | None, typer.Option(help="Dossier du site.")] = None,
    output: Annotated[Path | None, typer.Option(help="Où écrire ; sinon build/site.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Processus en parallèle.")] = None,
    today: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Jour à montrer comme aujourd’hui."),
    ] = None,
    why: Annotated[
        str | None, typer.Option(metavar="CHEMIN", help="Dire pourquoi cette page a été refaite.")
    ] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Tout refaire, sans mémoire.")] = False,
    public_only: Annotated[
        bool,
        typer.Option("--public-only", help="Le site public seul (les espaces privés viendront)."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Ne rien écrire non plus sur un avertissement.")
    ] = False,
) -> None:
    """Construire le site public dans build/site, entier ou pas du tout.

    Exemple : cq build, puis ouvrez build/site/index.html
    """
    from cq import console, settings
    from cq.front import open_run
    from cq.pipeline import build as make

    del public_only  # nothing else is built until sealing exists
    chosen = settings.resolve(
        root=root, output=output, jobs=jobs, today=today.date() if today else None
    )
    run = open_run(chosen, console.progress(sys.stderr))
    try:
        if clean:
            run.ledger.forget()
        built = make(
            run,
            strict=strict,
            waiting=lambda: typer.echo(
                "une autre construction est en cours, j’attends qu’elle finisse…", err=True
            ),
        )
    finally:
        run.ledger.close()
    screen = console.Screen(sys.stdout, chosen.root, colour=console.is_terminal(), veiled=chosen.ci)
    raise typer.Exit(console.report_build(screen, built, run, why))
