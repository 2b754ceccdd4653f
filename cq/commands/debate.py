"""`cq debate`: a débat from its opening to its synthesis, with the ledger between the two."""

import datetime
import sys
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer

from cq.commands.debate_open import open_
from cq.commands.options import Root, Today

app = typer.Typer(
    help="""Ouvrir un débat, voir ce qui reste à discuter, le conclure.

    Exemple : cq debate check quai-de-valmy
    """,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.command("open")(open_)
_Name = typer.Argument(metavar="DÉBAT", help="Nom de son dossier.")


def _read(root: Path | None, today: datetime.datetime | None) -> tuple[Any, Any]:
    """The settings and the content; in CI, where anybody reads, the public content alone."""
    from cq import console, selection, settings
    from cq.content import layout

    chosen = settings.resolve(root=root, today=today.date() if today else None)
    content = selection.read(chosen, console.progress(sys.stderr))
    return chosen, content.seen_by(layout.PUBLIC, content.today) if chosen.ci else content


@app.command("check")
def check(
    name: Annotated[str | None, _Name] = None, today: Today = None, root: Root = None
) -> None:
    """Montrer ce qui a été discuté, ce qui ne l’est pas, et ce qui empêche de conclure.

    Exemple : cq debate check quai-de-valmy
    """
    from cq.debates import closing
    from cq.terminal import printable

    _, content = _read(root, today)
    if name is None:
        typer.echo(printable("\n".join(closing.listed(content)) or "aucun débat"))
        return
    found = closing.find(content, name)
    typer.echo(printable("\n".join(closing.told(content, found))))
    left = closing.obstacles(content, found)
    typer.echo("\n".join(f"à faire avant de conclure : {one.words}" for one in left)
               or "rien n’empêche de conclure")  # fmt: skip
    raise typer.Exit(1 if left else 0)


@app.command("close")
def close(
    name: Annotated[str, _Name],
    synthesis: Annotated[Path, typer.Option(
        "--synthese", metavar="FICHIER", help="Son texte.", exists=True, dir_okay=False)],
    yes: Annotated[bool, typer.Option(
        "--yes", help="Écrire sans demander, même s’il reste des arguments sans suite.")] = False,
    today: Today = None,
    root: Root = None,
) -> None:  # fmt: skip
    """Conclure un débat : montrer la différence, puis écrire la synthèse dans son fichier.

    Au terminal, cq demande avant d’écrire ; ailleurs il faut --yes. Tant qu’il reste des arguments
    à discuter ou sans suite, rien n’est écrit sans --yes ; sans rencontre tenue, jamais.

    Exemple : cq debate close quai-de-valmy --synthese synthese.txt
    """
    from cq import console, repair
    from cq.debates import closing
    from cq.rewrite import rewrite
    from cq.scaffold import debate
    from cq.terminal import printable

    chosen, content = _read(root, today)
    found = closing.find(content, name)
    left = closing.obstacles(content, found)
    if any(one.firm for one in left) or (left and not yes):
        typer.echo(printable("\n".join(closing.told(content, found))))
        for one in left:
            typer.echo(f"à faire avant de conclure : {one.words}")
        firm = any(one.firm for one in left)
        typer.echo("rien n’a été écrit" + ("" if firm else " ; --yes conclut quand même"))
        raise typer.Exit(1)
    path, words = PurePosixPath(found.path), synthesis.read_text("utf-8-sig", errors="replace")
    data = (chosen.root / path).read_bytes()
    made = repair.Repair(path, data, debate.concluded(data, path, words))
    repair.show(made, sys.stdout, "conclu")
    if not console.allowed("Écrire cette synthèse ?", yes=yes):
        typer.echo("rien n’a été écrit : ajoutez --yes pour l’écrire")
        raise typer.Exit(1)
    rewrite(chosen.root / path, made.new)
    typer.echo(f"conclu : {path}")
