"""`cq draw-jury commit`: promise the list, the plan and the sources, before chance speaks."""

from typing import Annotated

import typer

from cq.commands.options import DrawId, Root, Yes


def commit(
    name: DrawId,
    title: Annotated[str, typer.Option("--title", "--titre", metavar="TEXTE", help="Son titre.")],
    sources: Annotated[
        list[str] | None,
        typer.Option(
            "--source", metavar="SOURCE", help="drand, des:NOMBRE:NOM, loto:NOMBRE:NOM, mots:NOM."
        ),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="Celui du tirage : 2026-12-05T11:00, heure d’ici."),
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="MOMENT", hidden=True, help="Daté ainsi, pour un essai.")
    ] = None,
    yes: Yes = False,
    root: Root = None,
) -> None:
    """S’engager : publier la liste par numéros, le plan et les sources, avant que le hasard parle.

    Le hasard est public et vient après : drand, au moment dit par --at ; des dés ou des numéros de
    loto, dont le nombre est annoncé ; des mots, en plus. Un engagement ne se change pas.

    Exemple : cq draw-jury commit jury-2027 --title Jury --source drand --at 2026-12-05T11:00
    """
    from cq import console, draws, settings
    from cq.jury import announced, committing, moments
    from cq.jury.folders import TYPES

    chosen = settings.resolve(root=root)
    folders = draws.folders(chosen, name)
    committing.guard(folders)
    zone = draws.zone(chosen)
    moment = moments.seconds(at, zone) if at else None
    wish = committing.Wish(
        title,
        tuple(committing.source(one, moment) for one in sources or ()),
        moment,
        moments.seconds(published, zone) if published else settings.moment(),
    )
    made = committing.ready(folders, wish)
    typer.echo("\n".join(announced.asked(made.promise, made.plan, zone)))
    if committing.is_soon(wish):
        typer.echo(
            f"attention : moins de {committing.ADVISED_DAYS} jours entre l’engagement et le "
            "tirage ; chacun doit avoir le temps de vérifier la liste"
        )
    if published:
        typer.echo("attention : date d’engagement donnée à la main, pour un essai seulement")
    if not console.allowed("S’engager ainsi ? Cela ne se change plus.", yes=yes):
        typer.echo(console.declined("ajoutez --yes pour s’engager"))
        raise typer.Exit(1)
    note = "" if moment is None else f"tirage annoncé pour le {moments.iso(moment)}"
    if published:
        note = "date donnée à la main"
    # The promise last: whoever is stopped before it has promised nothing, and begins again.
    folders.keep("engagement.svg", announced.drawing(made.promise))
    committing.keep(folders, made, draws.day(wish.published, zone), note)
    typer.echo(f"engagé : {folders.public}")
    typer.echo("\n".join(announced.told(made.promise)))
    typer.echo(f"empreinte de la page de vérification : {made.page}")
    if made.plan.sealed:
        table = folders.private / TYPES
        typer.echo(f"table des types, à remettre au témoin avant le tirage : {table}")
    typer.echo(f"code QR à imprimer : {folders.private / 'engagement.svg'}")
    if console.is_terminal():
        typer.echo(announced.on_screen(made.promise))
    typer.echo(
        "ensuite : enregistrez ce dossier dans git, publiez le site avant le tirage, puis "
        f"le jour dit : cq draw-jury draw {name}"
    )
