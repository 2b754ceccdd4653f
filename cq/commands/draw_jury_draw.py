"""`cq draw-jury draw`: the day itself, when dice and drand have spoken."""

from typing import Annotated

import typer

from cq.commands.options import DrawId, Root


def draw(
    name: DrawId,
    values: Annotated[
        list[str] | None,
        typer.Option("--value", metavar="TEXTE", help="Ce qui est sorti, une fois par source."),
    ] = None,
    signatures: Annotated[
        list[str] | None,
        typer.Option("--signature", metavar="CHIFFRES", help="Celle de drand, lue ailleurs."),
    ] = None,
    validator: Annotated[
        str,
        typer.Option("--valide-par", metavar="FONCTION", help="Qui en répond."),
    ] = "",
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="Répéter avec cette liste, sans rien garder.")
    ] = False,
    root: Root = None,
) -> None:
    """Tirer : saisir ce qui est sorti dans la salle, lire le tour de drand, en déduire le jury.

    Dés, loto et mots se saisissent avant le tour de drand, et sont aussitôt au journal. Sans
    connexion : --signature. Relancé, il montre le même tirage ; une autre graine est refusée.

    Exemple : cq draw-jury draw jury-2027 --valide-par "la directrice des services"
    """
    from cq import console, draws, settings
    from cq.jury import announced, checked, drawing, lights, relays, signature

    chosen = settings.resolve(root=root)
    folders = draws.folders(chosen, name)
    zone = draws.zone(chosen)
    if rehearsal:
        typer.echo("\n".join(draws.rehearsal(folders, zone)))
        return
    now = settings.moment()
    day = draws.day(now, zone)
    wish = drawing.Wish(tuple(values or ()), tuple(signatures or ()), validator, now, day, zone)
    world = drawing.World(
        lambda question, fits, wanted: console.asked(question, fits=fits, wanted=wanted),
        console.agreed, console.is_conversation(), relays.fetched, signature.signed,
        lambda words: typer.echo(words, err=True),
    )  # fmt: skip
    done = folders.step() > draws.COMMITTED
    made = drawing.draw(folders, wish, world)
    if done:
        typer.echo(f"le tirage {name} a déjà eu lieu ; le voici :")
    typer.echo("\n".join(announced.result(made)))
    verdict = checked.of(folders.public).verdict
    typer.echo(lights.summary(verdict))
    if not done and not validator:
        typer.echo(
            "attention : un tirage a un répondant (art. 47 de la loi 78-17), que le procès-verbal "
            "nomme par sa fonction ; --valide-par FONCTION le dit aussi au journal"
        )
    typer.echo(
        "ensuite : enregistrez ce dossier dans git, publiez le site, puis "
        f"cq draw-jury letters {name} et cq draw-jury minutes {name}"
    )
    raise typer.Exit(0 if verdict.good else 1)
