"""`cq serve`: the site on this machine, made again at each save."""

import errno
from typing import Annotated

import typer

from cq.commands.options import Root


def serve(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port ; 0 en choisit un libre.")
    ] = 8000,
    root: Root = None,
) -> None:
    """Montrer le site sur cette machine, refait à chaque enregistrement.

    Rien n’est publié : build/site reste tel quel. Ctrl-C arrête l’aperçu.

    Exemple : cq serve --port 8080
    """
    from cq import settings
    from cq.preview.rounds import Round, Rounds
    from cq.preview.server import Server
    from cq.preview.watch import changes

    rounds = Rounds(settings.resolve(root=root))
    try:
        server = Server(port, rounds)
    except OSError as fault:
        if fault.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        why = "déjà pris" if fault.errno == errno.EADDRINUSE else "réservé au système"
        typer.echo(
            f"cq : le port {port} est {why}\nUn port libre est choisi par : cq serve --port 0",
            err=True,
        )
        raise typer.Exit(3) from None

    def say(made: Round) -> None:
        if not made.good:
            kept = " ; le dernier site valable reste montré"
            there = (rounds.folder / "index.html").is_file()
            typer.echo(f"{made.summary}{kept if there else ''}\n{made.words}")
        elif made.changed or made.number == 1:
            typer.echo(f"le site est à jour{f' ; {made.summary}' if made.summary else ''}")

    try:
        for count in changes(rounds.settings.root):
            say(rounds.make())
            if not count:
                server.begin()
                typer.echo(f"l’aperçu : {server.address}\nCtrl-C l’arrête")
    except KeyboardInterrupt:  # how it is meant to end
        typer.echo("\naperçu arrêté", err=True)
    finally:
        rounds.end()
        server.server_close()
