"""`cq audit`: the proof, before anything is published, that nothing private can be read."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import Root, Today


def audit(
    root: Root = None,
    output: Annotated[
        Path | None, typer.Option(help="Le dossier à vérifier ; sinon build/site.")
    ] = None,
    canary: Annotated[
        bool,
        typer.Option("--canary", help="Reconstruire une copie piégée : rien ne doit en sortir."),
    ] = False,
    live: Annotated[
        str | None, typer.Option(metavar="ADRESSE", help="Comparer le site en ligne à celui-ci.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="human|json", help="Comment le montrer.")
    ] = "human",
    strict: Annotated[
        bool, typer.Option("--strict", help="Échouer aussi sur un avertissement.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(min=1, max=64, help="Processus en parallèle.")] = None,
    today: Today = None,
) -> None:
    """Vérifier le site construit avant de le publier : rien de privé n’y est lisible.

    Rien n’est changé. Le code de sortie est 1 si le site ne doit pas être publié.

    Exemple : cq audit
    """
    from cq import console, selection, settings
    from cq.audit.examined import Wish, examined
    from cq.audit.subject import Part
    from cq.diagnostic import Severity

    selection.among("--format", form, ("human", "json"))
    chosen = settings.resolve(
        root=root, output=output, jobs=jobs, today=today.date() if today else None
    )
    screen = console.Screen(sys.stdout, chosen.root, colour=console.is_terminal(), veiled=chosen.ci)
    limit = Severity.WARNING if strict else Severity.ERROR
    parts: list[Part] = []
    for part in examined(
        chosen, Wish(canary, live or ""), console.secret, console.progress(sys.stderr)
    ):
        parts.append(part)
        if form == "human":
            mark = _mark(_worst(part.found), limit) if part.done else "·"
            typer.echo(f"{mark} {part.name:10} {part.said}")
    found = [one for part in parts for one in part.found]
    worst = _worst(found)
    if form == "json":
        told = [{"part": one.name, "done": one.done, "said": one.said} for one in parts]
        for row in told:
            typer.echo(console.as_printable_json(json.dumps(row, ensure_ascii=False)))
        screen.show(found, "json")
    else:
        typer.echo("")
        screen.show(found, "human")
        typer.echo(f"{console.summary(found)} : {_advice(worst, limit)}")
    if worst >= limit:
        raise typer.Exit(1)


def _mark(worst: int, limit: int) -> str:
    """✗ is kept for what forbids to publish: a mere warning has a mark of its own."""
    return "✗" if worst >= limit else "!" if worst else "✓"


def _worst(found: Iterable[object]) -> int:
    return max((getattr(one, "severity", 0) for one in found), default=0)


def _advice(worst: int, limit: int) -> str:
    if worst >= limit:
        return "ne publiez pas ce site."
    return "le site peut être publié." if not worst else "à lire avant de publier."
