"""`cq draw-jury`: a jury drawn by lot, step by step, that any resident can draw again."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.draw_jury_commit import commit
from cq.commands.draw_jury_draw import draw
from cq.commands.draw_jury_freeze import freeze
from cq.commands.draw_jury_letters import letters
from cq.commands.draw_jury_minutes import minutes
from cq.commands.draw_jury_plan import plan
from cq.commands.draw_jury_purge import purge
from cq.commands.draw_jury_replace import cancel, explain, replace
from cq.commands.draw_jury_verify import verify
from cq.commands.options import Root

app = typer.Typer(
    help="""Tirer un jury au sort, de façon que n’importe qui puisse refaire le tirage.

    Sans rien d’autre : les tirages du site et la prochaine étape de chacun.

    Exemple : cq draw-jury
    """,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback()
def _list(
    context: typer.Context,
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="Répéter un tirage entier, sans rien garder.")
    ] = False,
    root: Root = None,
) -> None:
    """Montrer les tirages du site et la prochaine étape de chacun, la ligne à recopier comprise.

    Exemple : cq draw-jury
    """
    if context.invoked_subcommand is not None:
        return
    from cq import draws, settings
    from cq.jury import listed

    chosen = settings.resolve(root=root)
    if rehearsal:
        zone = draws.zone(chosen)
        typer.echo("\n".join(draws.rehearsal(None, zone)))
        return
    found = draws.every(chosen)
    for words in draws.mended(chosen, found):
        typer.echo(words, err=True)
    typer.echo("\n".join(listed.told(found, draws.zone(chosen))))


def _alone(command: Callable[..., None]) -> Callable[..., None]:
    """`command` holding its draw: two that change one come one after the other."""

    @functools.wraps(command)
    def held(*, name: str, root: Path | None, **options: object) -> None:
        from cq import draws, settings

        chosen = settings.resolve(root=root)
        with draws.alone(chosen, draws.folders(chosen, name), command.__name__) as said:
            for words in said:
                typer.echo(words, err=True)
            command(name=name, root=root, **options)

    return held


# In the order of the steps; what may be done at any time comes last.
app.command("freeze")(_alone(freeze))
app.command("plan")(_alone(plan))
app.command("commit")(_alone(commit))
app.command("draw")(_alone(draw))
app.command("letters")(_alone(letters))
app.command("minutes")(_alone(minutes))
app.command("replace")(_alone(replace))
app.command("explain")(explain)
app.command("purge")(_alone(purge))
app.command("verify")(verify)
app.command("cancel")(_alone(cancel))
