"""`cq search`: what the site's own search finds, at the terminal."""

import sys
from typing import Annotated

import typer

from cq.commands.options import Root, Rows, Today

_SHOWN = 20  # pages on the screen


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
        int | None,
        typer.Option(
            "--nombre", metavar="N", min=1, help="Combien de pages ; sinon 20, toutes en fichier."
        ),
    ] = None,
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
    from cq.search.excerpt import marks
    from cq.search.query import Filters
    from cq.terminal import one_line

    question = " ".join(words)
    selection.among("--format", form, tables.FORMATS)
    if year is not None and not asked.is_year(year):
        raise selection.Misused("--annee s’écrit AAAA, par exemple : --annee 2015")
    if vain := asked.vain(question):
        raise selection.Misused(
            f"« {one_line(question)} » {vain} ; par exemple : cq search plan propreté"
        )
    chosen = settings.resolve(root=root, today=today.date() if today else None)
    with asked.opened(chosen, console.progress(sys.stderr)) as known:
        if kind is not None:
            kinds = asked.kinds(known.catalogue)
            kind = asked.typed(kind)
            selection.among("--sorte", kind, tuple(kinds))
        where = selection.community(known.content, quartier, groupe)
        filters = Filters(where.address if where else "", kinds[kind] if kind else "", year or "")
        found = known.catalogue.search(question, filters)
        shown = tuple(asked.rows(known, found, most or (_SHOWN if form == "table" else None)))
        said = [asked.summed(found, len(shown), question)]
        if not shown:
            option = "--quartier" if quartier is not None else "--groupe"
            said += asked.instead(known.catalogue, question, filters, option)

    def told(row: tables.Row) -> str:
        return "\n".join((tables.titled(row), str(row["extrait"] or row["resume"])))

    plan = tables.Plan(
        (
            tables.Column("Jour", lambda row: f"{tables.day(row, 'date')}\n{row['sorte']}".strip()),
            tables.Column(
                "Page", lambda row: f"{told(row)}\n{row['chemin']}", wide=True,
                marks=lambda row, line: () if line == row["chemin"] else marks(line, found.forms),
            ),
        ),
        asked.KEYS,
    )  # fmt: skip
    tables.show(shown, plan, form, sys.stdout)
    if form == "table" or said != [counted(len(shown), "page")]:  # a file says its own number
        for line in said:
            typer.echo(one_line(line), err=form != "table")
