"""`cq draw-jury`: a jury drawn by lot, step by step, that any resident can draw again."""

import sys
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
    from cq import console, draws, settings
    from cq.jury import listed

    chosen = settings.resolve(root=root)
    if rehearsal:
        zone = draws.zone(chosen, console.progress(sys.stderr))
        typer.echo("\n".join(draws.rehearsal(None, zone)))
        return
    typer.echo("\n".join(listed.told(draws.every(chosen))))


# In the order of the steps; what may be done at any time comes last.
app.command("freeze")(freeze)
app.command("plan")(plan)
app.command("commit")(commit)
app.command("draw")(draw)
app.command("letters")(letters)
app.command("minutes")(minutes)
app.command("replace")(replace)
app.command("explain")(explain)
app.command("purge")(purge)
app.command("verify")(verify)
app.command("cancel")(cancel)
