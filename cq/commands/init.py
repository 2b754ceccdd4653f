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
    separate: Annotated[
        bool, typer.Option("--prive-separes", help="Chaque prive/ dans un dépôt à lui.")
    ] = False,
) -> None:
    """Créer un site pour un autre arrondissement, prêt à construire.

    Les pages légales y sont « à compléter », et le quartier d’exemple est fictif.

    Exemple : cq init conseils-19 --arrondissement 19
    """
    import shlex

    from cq import console, settings
    from cq.french.numbers import counted
    from cq.repository import RepositoryFault, initialise
    from cq.scaffold import site

    place = site.known_city(city)
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
    plan = site.Plan(number or 1, place, name, separate)
    written = site.make(folder, plan, settings.the_day())
    typer.echo(f"créé : {folder} ({counted(len(written), 'fichier')})")
    try:
        if not initialise(folder):
            typer.echo("ce dossier est déjà dans un dépôt git : aucun autre n’a été créé")
        for one in site.SEPARATE if separate else ():
            initialise(folder / one, nested=True)
            typer.echo(f"un dépôt à part : {folder / one}")
    except RepositoryFault as fault:
        typer.echo(f"sans dépôt git : {fault}", err=True)
    typer.echo(f"ensuite :\n  cd {shlex.quote(str(folder))}\n  cq validate\n  cq build")
