"""`cq search`: the index that the public site gets, asked at the terminal; its answers as rows.

The same engine as on the site, so that both give the same pages in the same order. Nothing private
is ever in it. Writes nothing: what is made of the index here is made again by the next build.
"""

from typing import NamedTuple

from cq.content.layout import PUBLIC
from cq.content.model import Content
from cq.french.folding import slug
from cq.front import Progress, front, open_run, trusting
from cq.search.query import Filters, Found, Index
from cq.searched import index
from cq.settings import Settings
from cq.site import routes

KEYS = ("titre", "sorte", "lieu", "date", "resume", "adresse", "chemin")

Row = dict[str, str | int | float | bool | None]


class Answers(NamedTuple):
    """The first pages that answer, and how many do."""

    rows: tuple[Row, ...]
    found: Found


def opened(chosen: Settings, progress: Progress) -> tuple[Content, Index]:
    """What the public may read, and its index."""
    run = open_run(chosen, progress)

    def files() -> tuple[Content, dict[str, str]]:
        content = front(run, want_content=True).content
        if content is None:
            raise AssertionError("the front half was asked for its content")
        seen = content.seen_by(PUBLIC, chosen.today.isoformat())
        made = index(run.ledger, seen, whole=True).targets
        return seen, {target.path: str(target.view[0]) for target in made}

    try:
        content, texts = trusting(run, files)
    finally:
        run.ledger.close()
    return content, Index(lambda name: texts[routes.SEARCH + name])


def kinds(known: Index) -> dict[str, str]:
    """The kinds that have a page, by what one types: « page-de-wiki »."""
    return {slug(kind): kind for kind in known.kinds}


def answers(content: Content, known: Index, question: str, filters: Filters, most: int) -> Answers:
    """The pages that answer `question`, at most `most` of them as rows."""
    found = known.search(question, filters)
    return Answers(tuple(_row(content, known, one) for one in found.numbers[:most]), found)


def _row(content: Content, known: Index, number: int) -> Row:
    card = known.card(number)
    item = content.by_address[card.address]
    return {
        "titre": card.title,
        "sorte": known.kind(number),
        "lieu": content.name_of(item.home),
        "date": card.day or None,
        "resume": card.summary,
        "adresse": card.address,
        "chemin": item.path,
    }
