"""`cq validate`: everything wrong in the content, at once, with its place and its remedy."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[CHEMIN]…", help="Fichiers ou dossiers ; tout sinon."),
    ] = None,
    root: Root = None,
    form: Annotated[
        str,
        typer.Option("--format", metavar="human|short|json|github", help="Comment les montrer."),
    ] = "human",
    strict: Annotated[
        bool, typer.Option("--strict", help="Échouer aussi sur un avertissement.")
    ] = False,
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="Expliquer un code.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Montrer les réparations sûres.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Avec --fix : les écrire.")] = False,
    private: Annotated[
        bool, typer.Option("--private", help="Montrer aussi le texte des fichiers privés en CI.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="RÉVISION", help="Seulement ce qui a changé depuis (origin/main)."),
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Processus en parallèle.")] = None,
) -> None:
    """Vérifier les contenus : toutes les fautes d’un coup, avec leur place et leur remède.

    Exemple : cq validate content/quartiers/louis-blanc-aqueduc
    """
    from cq import console, selection, settings
    from cq.diagnostic import Severity

    if explain is not None:
        raise typer.Exit(_explain(explain))
    if form not in console.FORMATS:
        raise selection.Misused(f"--format : au choix {', '.join(console.FORMATS)}")
    if yes and not fix:
        raise selection.Misused("--yes s’emploie avec --fix")
    chosen = settings.resolve(root=root, jobs=jobs)
    screen = console.Screen(
        sys.stdout, chosen.root, colour=console.is_terminal(), veiled=chosen.ci and not private
    )
    progress = console.progress(sys.stderr)
    found, files = selection.look(chosen, paths or [], since, progress)
    if fix:
        from cq.repair import repair

        if repair(found, chosen.root, sys.stdout, write=yes, hides=screen.hides) and yes:
            found, files = selection.look(chosen, paths or [], since, progress)
        rest = [one for one in found if yes or not (one.fixes or one.code == "not-utf8")]
        if rest:
            typer.echo("à corriger à la main :")
            screen.show(rest, "short")
    else:
        screen.show(found, form)
    if form == "human":
        plural = "s" if files > 1 else ""
        typer.echo(f"{files} fichier{plural} lu{plural} : {console.summary(found)}")
    worst = max((one.severity for one in found), default=Severity.NOTE)
    if worst is Severity.ERROR or (strict and worst is Severity.WARNING):
        raise typer.Exit(1)


def _explain(code: str) -> int:
    from cq import console, explain

    words = explain.explain(code)
    near = explain.alike(code) if words is None else []
    return console.show_explanation(words, code, near, sys.stdout)
