"""`cq serve`: the site on this machine, made again at each save."""

import datetime
from typing import Annotated

import typer

from cq.commands.options import Root, Today


def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port ; 0 en choisit un libre.")
    ] = 8000,
    show: Annotated[bool, typer.Option("--open", help="L’ouvrir dans le navigateur.")] = False,
    root: Root = None,
    today: Today = None,
) -> None:
    """Montrer le site sur cette machine, refait à chaque enregistrement.

    Rien n’est publié : build/site reste tel quel. Ctrl-C arrête l’aperçu. Les espaces
    privés y sont aussi, là où il y a un trousseau.

    Exemple : cq serve --open
    """
    from cq import console, opening, settings
    from cq.preview.browser import opened
    from cq.preview.rounds import Round, Rounds
    from cq.preview.server import Server
    from cq.preview.watch import changes

    held = today.date() if today else None
    chosen = settings.resolve(root=root, today=held)

    def day() -> datetime.date:
        return held or settings.the_day()

    rounds = Rounds(chosen, day, opening.for_preview(chosen, console.secret))
    server = Server(port, rounds)

    def say(made: Round) -> None:
        if not made.good:
            kept = " ; le dernier site valable reste montré"
            there = (rounds.folder / "index.html").is_file()
            typer.echo(f"{made.printed}{made.summary}{kept if there else ''}")
        elif made.changed or made.number == 1:
            typer.echo(f"le site est à jour{f' ; {made.summary}' if made.summary else ''}")

    try:
        for count in changes(chosen.root, day):
            say(rounds.make())
            if not count:
                server.begin()
                typer.echo(f"l’aperçu : {server.address}\nCtrl-C l’arrête")
                if show and (why := opened(chosen, server.address)):
                    typer.echo(why, err=True)
    except KeyboardInterrupt:  # how it is meant to end
        typer.echo("\naperçu arrêté", err=True)
    finally:
        rounds.end()
        server.server_close()
