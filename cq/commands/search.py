"""`cq search`: what the site's own search finds, at the terminal."""

import sys
from typing import Annotated

import typer

from cq.commands.options import Root, Rows, Today


def search(
    words: Annotated[list[str], typer.Argument(metavar="MOTS…", help="Les mots cherchés.")],
    quartier: Annotated[
        str | None, typer.Option(metavar="QUARTIER", help="Dans ce quartier seulement.")
    ] = None,
    groupe: Annotated[
        str | None, typer.Option(metavar="GROUPE", help="Dans ce groupe seulement.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--sorte", metavar="SORTE", help="Cette sorte de page : actualite, dossier…"),
    ] = None,
    year: Annotated[
        str | None, typer.Option("--annee", metavar="AAAA", help="Les pages de cette année.")
    ] = None,
    most: Annotated[
        int, typer.Option("--nombre", metavar="N", min=1, help="Combien de pages au plus.")
    ] = 20,
    form: Rows = "table",
    today: Today = None,
    root: Root = None,
) -> None:
    """Chercher par mots dans ce que publie le site, dans l’ordre où sa page « Recherche » répond.

    Accents, majuscules et pluriels ne comptent pas ; le dernier mot peut n’être qu’un début.

    Exemple : cq search plan propreté --annee 2015
    """
    from cq import asked, console, selection, settings, tables
    from cq.french.numbers import counted
    from cq.search.query import Filters

    selection.among("--format", form, tables.FORMATS)
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    content, index = asked.opened(chosen, console.progress(sys.stderr))
    kinds = asked.kinds(index)
    selection.among("--sorte", kind, tuple(kinds))
    where = selection.community(content, quartier, groupe)
    filters = Filters(where.address if where else "", kinds[kind] if kind else "", year or "")
    found = asked.answers(content, index, " ".join(words), filters, most)
    plan = tables.Plan(
        (
            tables.Column("Page", tables.titled, wide=True),
            tables.Column("Sorte", lambda row: str(row["sorte"])),
            tables.Column("Jour", lambda row: tables.day(row, "date")),
            tables.Column("Résumé", lambda row: str(row["resume"]), wide=True, spare=True),
            tables.Column("Fichier", lambda row: str(row["chemin"]), wide=True),
        ),
        asked.KEYS,
    )
    tables.show(found.rows, plan, form, sys.stdout)
    if form != "table":
        return
    pages, (numbers, looked_for, met, _) = counted(len(found.found.numbers), "page"), found.found
    if numbers and met < looked_for:
        pages = f"aucune page n’a tous ces mots ; {met} sur {looked_for} : {pages}"
    typer.echo(f"{pages} ; pour en voir plus : --nombre" if len(numbers) > most else pages)
