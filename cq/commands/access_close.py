"""`cq access revoke`, `expire` and `rotate`: ways out, and new keys."""

import datetime
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from cq.commands.options import Root, Today

_Yes = Annotated[bool, typer.Option("--yes", help="Sans poser de question.")]
_Dry = Annotated[bool, typer.Option("--dry-run", help="Dire ce qui serait fait, sans le faire.")]


def revoke(
    names: Annotated[list[str], typer.Argument(metavar="MEMBRE…", help="Nom ou identifiant.")],
    invitation: Annotated[
        bool, typer.Option("--invitation", help="Retirer leur invitation, garder leur phrase.")
    ] = False,
    yes: _Yes = False,
    dry_run: _Dry = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Fermer l’accès de ces membres et renouveler les clés de ce qu’ils ouvraient.

    Les autres n’ont rien à faire. Ce qui a été lu, enregistré ou imprimé le reste. Avec
    --invitation, un lien ou un dessin qui a circulé n’ouvre plus, et la personne garde sa phrase.

    Exemple : cq access revoke "Camille Exemple"
    """
    from cq.access import closing

    run = _resolved(root, today)
    plan = closing.of_invitations if invitation else closing.of_members
    _close(run, lambda keyring: plan(keyring, names, run.today.isoformat()), yes, dry_run)


def expire(
    yes: _Yes = False, dry_run: _Dry = False, today: Today = None, root: Root = None
) -> None:
    """Fermer ce que le registre ne donne plus : mandats finis, quartiers ou groupes quittés.

    Exemple : cq access expire --dry-run
    """
    from cq import console, selection
    from cq.access import closing

    run = _resolved(root, today)
    content = selection.read(run, console.progress(sys.stderr))
    day = run.today.isoformat()
    _close(run, lambda keyring: closing.of_register(keyring, content, day), yes, dry_run)


def rotate(
    spaces: Annotated[list[str], typer.Argument(metavar="ESPACE…", help="Un nom, ou « tous ».")],
    yes: _Yes = False,
    dry_run: _Dry = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Renouveler la clé de ces espaces : une fois l’an, ou après une fuite.

    Exemple : cq access rotate louis-blanc-aqueduc
    """
    from cq import console, selection
    from cq.access import closing

    run = _resolved(root, today)
    content = selection.read(run, console.progress(sys.stderr))
    _close(run, lambda keyring: closing.of_spaces(keyring, content, spaces), yes, dry_run)


def _resolved(root: Path | None, today: datetime.datetime | None) -> Any:  # noqa: ANN401
    from cq import settings

    return settings.resolve(root=root, today=today.date() if today else None)


def _close(run: Any, plan: Callable[[Any], Any], yes: bool, dry_run: bool) -> None:  # noqa: ANN401, FBT001
    """Say what would be done, ask, do it."""
    from cq import admit, console, unlock
    from cq.terminal import printable

    with unlock.changing(run, console.secret) as change:
        planned = plan(change.before)
        typer.echo(printable("\n".join(planned.told)))
        if planned.nothing:
            return
        if dry_run:
            typer.echo("rien n’a été fait (--dry-run)")
            return
        if not console.allowed("Le faire ?", yes=yes):
            typer.echo("rien n’a été fait : ajoutez --yes pour le faire")
            raise typer.Exit(1)
        change.keep(planned.after)
    typer.echo("\n".join(("fait", *admit.AFTER)))
