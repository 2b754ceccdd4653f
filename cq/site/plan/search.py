"""The files of the search under `recherche/`: which pages have a number, and what a browser is told
of each (docs/formats/search-v1.md). Their words come as the states of shards; nothing is read here.
"""

import json
import posixpath
from collections.abc import Iterator
from itertools import groupby

from cq.content import links as ways
from cq.content.item import Item
from cq.content.model import Content
from cq.content.shown import papers_of
from cq.french.typography import plain
from cq.search.bounds import bounds
from cq.search.coding import DIGITS
from cq.search.index import BLOCK, VERSION, numbering, shard_file
from cq.search.stop import STOP
from cq.site import routes
from cq.site.target import Target

# What a reader may narrow a search to, in French order. A test holds it to kinds that have pages.
KINDS = {
    "news": "actualité",
    "argument": "argument",
    "debate": "débat",
    "document": "document",
    "dossier": "dossier",
    "event": "événement",
    "page": "page",
    "wiki": "page de wiki",
    "question": "question",
    "jury": "tirage au sort",
}
_WHOLE = "Arrondissement"


def searched(content: Content) -> tuple[Item, ...]:
    """The pages of the index in their order: undated ones first, the newest last."""
    return tuple(sorted(content.items, key=lambda item: (item.day or "", item.address)))


def stamp_of(items: tuple[Item, ...]) -> str:
    """What stands at the head of every file of the index of these pages."""
    return numbering(item.address for item in items)


def keys_of(content: Content, item: Item) -> tuple[str, ...]:
    """The keys of the texts in which a page is found: its own, and those of its PDF files."""
    return (item.key, *sorted({paper.key for _, paper in papers_of(content, item)}))


def _text_of(content: Content, item: Item) -> str:
    """Where the text of a document's file stands, which its page does not show."""
    if item.document is None:
        return ""
    own = posixpath.normpath(item.document.file)
    return next(
        (
            ways.text_beside(ways.address_of_file(content, path))
            for path, _ in papers_of(content, item)
            if path == own
        ),
        "",
    )


def shard(content: Content, stamp: str, number: int, state: str) -> Target:
    """The file of one shard."""
    return _text(content, f"m/{number}.txt", shard_file(stamp, state))


def descriptions(content: Content, items: tuple[Item, ...], stamp: str) -> Iterator[Target]:
    """`index.json` and the cards."""
    yield _text(content, "index.json", _as_text(_head(content, items, stamp)))
    for block, start in enumerate(range(0, len(items), BLOCK)):
        cards = [
            [_title(content, item), item.address, plain(item.summary), item.day or "",
             _text_of(content, item)]
            for item in items[start : start + BLOCK]
        ]  # fmt: skip
        yield _text(content, f"p/{block}.json", _as_text([stamp, *cards]))


def _title(content: Content, item: Item) -> str:
    """A community's own words have its name for their title."""
    community = content.communities.get(item.id)
    return plain(community.name if community else item.title)


def _head(content: Content, items: tuple[Item, ...], stamp: str) -> dict[str, object]:
    kinds = [kind for kind in KINDS if any(item.kind == kind for item in items)]
    homes = sorted({item.home for item in items}, key=lambda home: (home != "", home))
    years = groupby(enumerate(items), key=lambda one: (one[1].day or "")[:4])
    return {
        "version": VERSION,
        "empreinte": stamp,
        "pages": len(items),
        "bloc": BLOCK,
        "bornes": bounds(len(items)),
        "vides": " ".join(sorted(STOP)),
        "sortes": [KINDS[kind] for kind in kinds],
        "lieux": [
            [plain(content.name_of(home)), f"{home}/"] if home else [_WHOLE, ""] for home in homes
        ],
        "annees": [[year, next(pages)[0]] for year, pages in years],
        "vie": list(_lived(items, content.today)),
        "sorte": _digits([kinds.index(item.kind) for item in items], len(kinds)),
        "lieu": _digits([homes.index(item.home) for item in items], len(homes)),
    }


def _lived(items: tuple[Item, ...], today: str) -> Iterator[tuple[int, str]]:
    """The pages to which something happened in a later year than their own, and the last such
    year: a dossier's step, an answer, a meeting that still comes again. They are no old pages.
    """
    for number, item in enumerate(items):
        event = item.event
        if item.dossier or item.question or item.debate or (event and event.repetition):
            last = max(item.years(today), default="")
            if last > (item.day or "")[:4]:
                yield number, last


def _digits(values: list[int], count: int) -> str:
    """One digit a page, or two where there are more values than digits; the greater one first."""
    base = len(DIGITS)
    if count <= base:
        return "".join(DIGITS[value] for value in values)
    return "".join(DIGITS[value // base % base] + DIGITS[value % base] for value in values)


def _as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _text(content: Content, name: str, text: str) -> Target:
    return Target(routes.SEARCH + name, "@text", (text,), content.audience or "")
