"""`cq validate`: everything wrong in the content, at once, with its place and its remedy."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[CHEMIN]…", help="Fichiers ou dossiers ; tout sinon."),
    ] = None,
    root: Annotated[Path | None, typer.Option(help="Dossier du site.")] = None,
    form: Annotated[str, typer.Option("--format", help="human, short, json ou github.")] = "human",
    strict: Annotated[
        bool, typer.Option("--strict", help="Échouer aussi sur un avertissement.")
    ] = False,
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="Expliquer un code.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Montrer les réparations sûres.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Avec --fix : les écrire.")] = False,
    private: Annotated[
        bool, typer.Option("--private", help="Montrer aussi le texte des fichiers privés en CI.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Processus en parallèle.")] = None,
) -> None:
    """Vérifier les contenus : toutes les fautes d’un coup, avec leur place et leur remède.

    Exemple : cq validate content/quartiers/louis-blanc-aqueduc
    """
    from cq import console, settings
    from cq.diagnostic import Severity
    from cq.front import open_run
    from cq.front import validate as check

    if explain is not None:
        from cq.explain import explain as words

        raise typer.Exit(console.show_explanation(words(explain), explain, sys.stdout))
    if form not in console.FORMATS:
        raise typer.BadParameter(f"au choix : {', '.join(console.FORMATS)}", param_hint="--format")
    chosen = settings.resolve(root=root, jobs=jobs)
    run = open_run(chosen, console.progress(sys.stderr))
    try:
        front = check(run)
    finally:
        run.ledger.close()
    found = console.only(front.found, paths or [], chosen.root)
    screen = console.Screen(
        sys.stdout, chosen.root, colour=console.is_terminal(), veiled=chosen.ci and not private
    )
    if fix:
        from cq.repair import repair

        raise typer.Exit(repair(found, chosen.root, sys.stdout, write=yes))
    screen.show(found, form)
    if form == "human":
        typer.echo(f"{len(front.scanned.stamps)} fichiers lus : {console.summary(found)}")
    worst = max((one.severity for one in found), default=Severity.NOTE)
    if worst is Severity.ERROR or (strict and worst is Severity.WARNING):
        raise typer.Exit(1)
