"""`cq draw-jury replace`, `explain` and `cancel`: what comes after a draw, or instead of it."""

import functools
from typing import Annotated

import typer

from cq.commands.options import DrawId, Root, Yes

_Number = Annotated[
    str, typer.Argument(metavar="NUMÉRO", help="Numéro public, son début, ou identifiant privé.")
]


def replace(
    name: DrawId,
    number: _Number,
    reason: Annotated[
        str,
        typer.Option("--raison", metavar="refus|sans-reponse|ineligible", help="Gardée en privé."),
    ] = "refus",
    yes: Yes = False,
    root: Root = None,
) -> None:
    """Remplacer une personne qui ne siégera pas, par la suivante que la règle désigne.

    Aucun hasard nouveau : personne ne gagne à provoquer un refus. L’événement est public, la
    raison reste à la mairie, et la personne remplacée en est prévenue par écrit.

    Exemple : cq draw-jury replace jury-2027 4f0c21d9 --raison sans-reponse
    """
    from cq import console, draws, selection, settings
    from cq.jury import replacing

    selection.among("--raison", reason, replacing.CHOICES)
    chosen = settings.resolve(root=root)
    folders = draws.folders(chosen, name)
    day = draws.day(settings.moment(), draws.zone(chosen))
    agrees = functools.partial(console.allowed, yes=yes)
    done = replacing.replace(folders, number, reason, day, agrees)
    if done is None:
        typer.echo(console.declined("--yes remplace sans poser de question"))
        raise typer.Exit(1)
    event = done.event
    typer.echo(
        f"remplacement {event.number} : sort {draws.who(chosen, event.leaving, done.leaving)}"
    )
    entering = draws.who(chosen, event.entering, done.entering) if event.entering else ""
    typer.echo(f"entre {entering}" if entering else "personne ne reste : le siège est vide")
    typer.echo(f"écart à ce qui était voulu : {event.gap}")
    typer.echo(f"empreinte de l’événement : {event.digest()}")
    typer.echo(
        f"ensuite : écrivez aux deux (cq draw-jury letters {name} --remplacement {event.number}), "
        f"ajoutez-le au procès-verbal (cq draw-jury minutes {name}), enregistrez "
        "dans git et publiez"
    )


def explain(name: DrawId, number: _Number, root: Root = None) -> None:
    """Dire à une personne sa chance, son rang, et pourquoi elle siège ou non.

    Exemple : cq draw-jury explain jury-2027 4f0c21d9
    """
    from cq import draws, settings
    from cq.jury import explanation, standing
    from cq.terminal import one_line

    folders = draws.folders(settings.resolve(root=root), name)
    now = standing.standing(folders)
    pid = standing.found(folders, now, number)
    said = explanation.explained(now.result, now.events, pid)
    for sentence in filter(None, (now.cancelling, *said)):
        typer.echo(one_line(sentence))


def cancel(
    name: DrawId,
    reason: Annotated[str, typer.Option("--raison", metavar="TEXTE", help="Elle est publique.")],
    yes: Yes = False,
    root: Root = None,
) -> None:
    """Annuler un tirage : il reste dans la liste, avec sa raison, et ses fichiers aussi.

    Exemple : cq draw-jury cancel jury-2027 --raison "La liste électorale était celle de 2025"
    """
    from cq import console, draws, settings
    from cq.jury import replacing

    chosen = settings.resolve(root=root)
    folders = draws.folders(chosen, name)
    if not console.allowed(f"Annuler {name} ? Cela ne s’efface plus.", yes=yes):
        typer.echo(console.declined("--yes annule sans poser de question"))
        raise typer.Exit(1)
    day = draws.day(settings.moment(), draws.zone(chosen))
    replacing.cancel(folders, reason, day)
    typer.echo(f"annulé : {name} reste dans la liste des tirages, avec sa raison")
    typer.echo("ensuite : enregistrez ce dossier dans git, et publiez")
