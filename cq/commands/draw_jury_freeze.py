"""`cq draw-jury freeze`: lists in, one frozen list out, every doubtful case settled by somebody."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from cq.commands.options import DrawId, Root, Today

_Day = Annotated[
    datetime.datetime | None,
    typer.Option("--le", formats=["%Y-%m-%d"], help="Jour auquel les âges se comptent."),
]
_Columns = Annotated[str, typer.Option(metavar="COLONNES", help="Séparées par des virgules.")]


def freeze(
    name: DrawId,
    files: Annotated[
        list[str], typer.Argument(metavar="LISTE…", help="Fichier CSV, ou NOM=FICHIER.")
    ],
    id_: Annotated[str, typer.Option("--id", metavar="COLONNE", help="Le numéro de chacun.")] = "",
    birth: Annotated[
        str, typer.Option("--naissance", metavar="COLONNE", help="La date de naissance.")
    ] = "",
    names: Annotated[str, typer.Option("--noms", metavar="COLONNES", help="Nom, prénoms.")] = "",
    address: Annotated[str, typer.Option("--adresse", metavar="COLONNES", help="Le foyer.")] = "",
    features: Annotated[
        str, typer.Option("--criteres", metavar="COLONNES", help="Pour les quotas ou les strates.")
    ] = "",
    perimeter: Annotated[
        str, typer.Option("--perimetre", metavar="COLONNE=VALEURS", help="Qui est du périmètre.")
    ] = "",
    least: Annotated[int, typer.Option("--age", min=0, max=99, help="Âge minimal.")] = 0,
    most: Annotated[int, typer.Option("--age-max", min=0, max=99, help="Âge maximal.")] = 0,
    bands: Annotated[
        str, typer.Option("--tranches", metavar="ÂGES", help="Critère d’âge : 16,30,45,60.")
    ] = "",
    on: _Day = None,
    renamed: Annotated[
        list[str] | None, typer.Option("--renommer", metavar="AUTRE=COLONNE", help="Même colonne.")
    ] = None,
    without: Annotated[str, typer.Option("--sans", metavar="COLONNES", help="À écarter.")] = "",
    kept: Annotated[
        str, typer.Option("--avec", metavar="COLONNES", help="À garder : sinon, ce qui sert.")
    ] = "",
    prefixed: Annotated[
        bool, typer.Option("--prefixer", help="Faire précéder les numéros du nom de leur liste.")
    ] = False,
    decisions: Annotated[
        Path | None, typer.Option(metavar="FICHIER", help="Cas décidés : genre,cas,choix,raison.")
    ] = None,
    source: Annotated[str, typer.Option(metavar="TEXTE", help="D’où viennent les listes.")] = "",
    purpose: Annotated[str, typer.Option("--finalite", metavar="TEXTE", help="Pour quoi.")] = "",
    until: Annotated[
        datetime.datetime | None,
        typer.Option("--detruire", formats=["%Y-%m-%d"], help="Jour de la destruction."),
    ] = None,
    notice: Annotated[
        str, typer.Option("--information", metavar="TEXTE", help="Comment les gens sont informés.")
    ] = "",
    after: Annotated[
        str, typer.Option("--after", metavar="TIRAGE", help="Second tour, parmi ses tirés.")
    ] = "",
    redo: Annotated[bool, typer.Option("--refaire", help="Geler de nouveau.")] = False,
    today: Today = None,
    root: Root = None,
) -> None:
    """Geler la liste d’un tirage : lire, contrôler, décider des cas douteux, compter.

    Rien de ce qui nomme quelqu’un n’entre dans le site : seuls les effectifs sont publics.

    Exemple : cq draw-jury freeze jury-2027 LP=../lp.csv ../volontaires.csv --age 16 --le 2027-03-01
    """
    from cq import console, draws, settings
    from cq import freeze as freezing

    run = settings.resolve(root=root, today=today.date() if today else None)
    asked = freezing.Asked(
        files=tuple(files), id=id_, birth=birth, names=names, address=address, features=features,
        perimeter=perimeter, least=least, most=most, on=on.date() if on else None,
        renamed=tuple(renamed or ()), without=without, kept=kept, prefixed=prefixed,
        decisions=decisions, about={"source": source, "purpose": purpose, "notice": notice},
        until=until.date() if until else None, redo=redo, after=after, bands=bands,
    )  # fmt: skip
    ask = console.asked if console.is_conversation() else None
    found = draws.folders(run, name)
    typer.echo("\n".join(freezing.freeze(run, found, asked, ask, typer.echo)))
