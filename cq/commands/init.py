"""`cq init`: a new site, for another arrondissement."""

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Nouveau, ou vide.")],
    number: Annotated[
        int | None, typer.Option("--arrondissement", metavar="N", min=1, help="Son numéro.")
    ] = None,
    name: Annotated[str, typer.Option("--nom", metavar="TEXTE", help="Le nom du site.")] = "",
    city: Annotated[
        str, typer.Option("--ville", metavar="VILLE", help="Paris, Lyon ou Marseille.")
    ] = "Paris",
    quartiers: Annotated[
        list[str] | None,
        typer.Option("--quartier", metavar="NOM", help="Le nom d’un quartier ; plusieurs fois."),
    ] = None,
    separate: Annotated[
        bool, typer.Option("--prive-separes", help="Chaque prive/ dans un dépôt à lui.")
    ] = False,
) -> None:
    """Créer un site pour un autre arrondissement, prêt à construire.

    Les mentions légales y sont « à compléter ». Sans --quartier, un quartier d’exemple est fictif.

    Exemple : cq init conseils-19 --arrondissement 19 --quartier Danube
    """
    import shlex

    from cq import console, settings
    from cq.french.numbers import counted
    from cq.repository import RepositoryFault, initialise
    from cq.scaffold import site

    place = site.known_city(city)
    names = tuple(quartiers or ())
    if console.is_conversation():
        if number is None:
            most = site.CITIES[place][0]
            number = int(
                console.asked(
                    f"Numéro de l’arrondissement (1 à {most})", "1",
                    fits=lambda text: text.isdecimal() and 1 <= int(text) <= most,
                    wanted=f"un nombre de 1 à {most}",
                )
            )  # fmt: skip
        name = name or console.asked("Nom du site", site.default_name(number))
        names = names or _asked()
    plan = site.Plan(number or 1, place, name, separate, names)
    written = site.make(folder, plan, settings.the_day())
    typer.echo(f"créé : {folder} ({counted(len(written), 'fichier')})")
    try:
        if not initialise(folder):
            typer.echo("ce dossier est déjà dans un dépôt git : aucun autre n’a été créé")
        for one in site.separate(plan) if separate else ():
            initialise(folder / one, nested=True)
            typer.echo(f"un dépôt à part : {folder / one}")
    except RepositoryFault as fault:
        typer.echo(f"sans dépôt git : {fault}", err=True)
    typer.echo(
        f"ensuite :\n  cd {shlex.quote(str(folder))}\n  cq validate\n  cq build --public-only\n"
        "puis, pour les espaces privés, une fois content/ enregistré dans git :\n"
        "  cq access init\n  cq access add\n  cq build"
    )


def _asked() -> tuple[str, ...]:
    """The names of the quartiers, one by one, until nothing is typed."""
    from cq import console
    from cq.scaffold import NotMade, site

    names: tuple[str, ...] = ()

    def fits(text: str) -> bool:
        try:
            return not text or bool(site.folders((*names, text)))
        except NotMade:
            return False

    while text := console.asked(
        f"Nom du quartier n° {len(names) + 1} (rien pour finir)",
        fits=fits, wanted="un nom qui ne soit pas déjà donné, avec des lettres",
    ):  # fmt: skip
        names = (*names, text)
    return names
