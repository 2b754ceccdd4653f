"""`cq search`: the index that the public site gets, asked at the terminal; its answers as rows.

The same engine as on the site, so that both give the same pages in the same order. Nothing private
is ever in it. Writes nothing: what is made of the index here is made again by the next build.
"""

import contextlib
import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cq.content.item import Item
from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.french.numbers import counted
from cq.french.typography import plain
from cq.front import Progress, front, open_run, trusting
from cq.ledger import Damaged, Texts
from cq.search.bag import facts
from cq.search.excerpt import excerpt
from cq.search.query import Filters, Found, Index, telling
from cq.search.stop import STOP
from cq.search.words import forms
from cq.searched import index
from cq.settings import Settings
from cq.site import routes

KEYS = ("titre", "sorte", "lieu", "date", "resume", "extrait", "adresse", "chemin")
_YEAR = 4  # digits

Row = dict[str, str | int | float | bool | None]


class Library(NamedTuple):
    """What the public may read, its index, and where its texts are."""

    content: Content
    catalogue: Index
    texts: Texts


@contextlib.contextmanager
def opened(chosen: Settings, progress: Progress) -> Iterator[Library]:
    """The library of a site, as long as it is asked."""
    run = open_run(chosen, progress)

    def files() -> tuple[Content, dict[str, str]]:
        content = front(run, want_content=True).content
        if content is None:
            raise AssertionError("the front half was asked for its content")
        seen = content.seen_by(PUBLIC, chosen.today.isoformat())
        made = index(run.ledger, seen, whole=True).targets
        return seen, {target.path: str(target.view[0]) for target in made}

    try:
        content, read = trusting(run, files)
        known = Index(lambda name: read[routes.SEARCH + name])
        yield Library(content, known, Texts(run.ledger.file))
    finally:
        run.ledger.close()


def vain(question: str) -> str:
    """Why there is nothing to look for in `question`, "" where there is: a sentence."""
    if telling(question, STOP)[0]:
        return ""
    if not forms(question):
        return "n’a ni lettre ni chiffre"
    return "n’a que des mots trop courants pour être cherchés"


def is_year(typed: str) -> bool:
    return len(typed) == _YEAR and typed.isascii() and typed.isdigit() and int(typed) > 0


def kinds(known: Index) -> dict[str, str]:
    """The kinds that have a page, by what one types: « evenement »."""
    return {typed(kind): kind for kind in known.kinds}


def typed(kind: str) -> str:
    """What one types for a kind: « Événements » and « agenda » are « evenement »."""
    from cq.reference import name_of  # loads every kind's model

    return name_of(kind)


def rows(known: Library, found: Found, most: int | None) -> Iterator[Row]:
    """The pages found, best first, at most `most` of them."""
    for number in found.numbers[:most]:
        card = known.catalogue.card(number)
        item = known.content.by_address[card.address]
        yield {
            "titre": card.title,
            "sorte": known.catalogue.kind(number),
            "lieu": known.content.name_of(item.home),
            "date": card.day or None,
            "resume": card.summary,
            "extrait": _excerpt(known, item, found.forms),
            "adresse": card.address,
            "chemin": item.path,
        }


def _excerpt(known: Library, item: Item, found: Mapping[str, int]) -> str:
    """Where its page says what was asked: in its text, its PDF, or beside them."""
    try:
        return excerpt(_said(known, item), found)
    except (Damaged, OSError):  # another run has read a newer text meanwhile
        return ""


def _said(known: Library, item: Item) -> Iterator[str]:
    yield plain(known.texts.get(item.key).text)
    if item.document is not None:
        paper = known.content.papers.get(posixpath.normpath(item.document.file))
        if paper is not None and paper.size:
            yield known.texts.paper(paper.key)
    yield plain("\n".join(facts(item)))


def summed(found: Found, shown: int, question: str) -> str:
    """How many pages there are, what they have of the question, and how to see them all."""
    total = len(found.numbers)
    pages = counted(total, "page")
    if total and found.met < found.asked:
        have = "en ont" if total > 1 else "en a"
        pages = f"aucune page n’a tous ces mots ; {pages} {have} {found.met} sur {found.asked}"
    elif all(word in STOP for word in forms(question)):
        begins = f"un mot commence ainsi dans {pages}" if total else "aucun mot ne commence ainsi"
        pages = f"« {question.strip()} » est trop courant ; {begins}"
    if shown < total:
        return f"{pages}, dont {shown} ici ; pour les voir toutes : --nombre {total}"
    return pages


def instead(known: Index, question: str, filters: Filters, where: str) -> Iterator[str]:
    """Where nothing was found: which values of the filters there are, and which would find.

    `where` is the option that a place was given with: « --quartier ».
    """
    years = [str(year) for year, _ in known.years if year]
    if filters.year and filters.year not in years:
        yield f"aucune page n’est de {filters.year} ; au choix : {', '.join(years) or 'rien'}"
    without = {
        where: (filters._replace(place=""), known.place),
        "--sorte": (filters._replace(kind=""), lambda number: typed(known.kind(number))),
        "--annee": (filters._replace(year=""), known.year),
    }
    given = {option: one for option, one in without.items() if one[0] != filters}
    for option, (others, value) in given.items():
        numbers = known.search(question, others).numbers
        said = {value(number) for number in numbers}
        if option == where:  # « quartiers/danube/ » is typed « danube », with its own option
            folder = "quartiers/" if where == "--quartier" else "groupes/"
            said = {one[len(folder) : -1] for one in said if one.startswith(folder)}
        names = ", ".join(sorted(said - {""}))
        if numbers:
            yield f"sans {option} : {counted(len(numbers), 'page')}{f' ({names})' if names else ''}"
    if len(given) > 1:
        numbers = known.search(question).numbers
        if numbers:
            yield f"sans ces filtres : {counted(len(numbers), 'page')}"
