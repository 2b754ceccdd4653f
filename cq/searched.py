"""The search index, brought from what is remembered of it to what the content says now.

While the pages and their order are the same, an edited text changes the shards of its own words
and nothing else; else the index is made again, from the bags that `parse` made. What is kept is
written after the site is (`keep`): until then the next run finds the same to do.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cq.content.item import Item
from cq.content.model import Content
from cq.ledger import Ledger, reading
from cq.search.bag import merged
from cq.search.index import Change, built, patched, touched
from cq.shelf import Shelf
from cq.site.plan.search import descriptions, keys_of, searched, shard, stamp_of
from cq.site.target import Target

_BETWEEN = "\n"  # no path has one, and so no key


class Searched(NamedTuple):
    """The files to publish, and what the ledger must keep once they are."""

    targets: tuple[Target, ...]
    stamp: str
    pages: dict[int, str]
    shards: dict[int, str]
    gone: frozenset[str] = frozenset()  # keys of texts that were edited

    def keep(self, ledger: Ledger) -> None:
        Shelf(ledger).keep(self.stamp, self.pages, self.shards, self.gone)


def index(ledger: Ledger, content: Content, *, whole: bool) -> Searched:
    """The index of one audience's `content`: all its files, or those that changed unless `whole`.

    Raises `Damaged` where what is remembered is not what cq wrote.
    """
    shelf, items = Shelf(ledger), searched(content)
    stamp, keys = stamp_of(items), _keys(content, items)
    known = shelf.indexed() if shelf.stamp() == stamp else None
    if known is None or len(known) != len(keys):
        shown = _anew(shelf, keys)
        found = Searched((), stamp, dict(enumerate(keys)), shown)
        whole = True
    else:
        found = _edited(shelf, stamp, known, keys)
        shown = {**dict(enumerate(shelf.shards())), **found.shards} if whole else found.shards
    targets = _shards(content, stamp, shown)
    if whole:
        targets += descriptions(content, items, stamp)
    return found._replace(targets=tuple(targets))


def whole_index(ledger: Ledger, content: Content) -> tuple[Target, ...]:
    """The index of a sealed space, made anew: it is small, and only its own bytes can tell what a
    reader of the files may see change.
    """
    items = searched(content)
    stamp = stamp_of(items)
    shown = _anew(Shelf(ledger), _keys(content, items))
    return (*_shards(content, stamp, shown), *descriptions(content, items, stamp))


def _keys(content: Content, items: tuple[Item, ...]) -> list[str]:
    """The keys of the texts of each page."""
    return [_BETWEEN.join(keys_of(content, item)) for item in items]


def _anew(shelf: Shelf, keys: list[str]) -> dict[int, str]:
    """The state of every shard, from the bags of all pages."""
    with reading():
        return dict(enumerate(built((_bag(shelf, one) for one in keys), len(keys))))


def _shards(content: Content, stamp: str, states: Mapping[int, str]) -> list[Target]:
    return [shard(content, stamp, number, state) for number, state in sorted(states.items())]


def _edited(shelf: Shelf, stamp: str, known: list[str], keys: list[str]) -> Searched:
    """The shards that edited texts change; nobody has come or gone."""
    pages = {page: key for page, key in enumerate(keys) if key != known[page]}
    with reading():
        changes = [
            Change(page, _bag(shelf, known[page]), _bag(shelf, key)) for page, key in pages.items()
        ]
        shards = {
            number: patched(shelf.shard(number), edits)
            for number, edits in touched(changes, len(keys)).items()
        }
    before = frozenset(one for page in pages for one in known[page].split(_BETWEEN))
    return Searched((), stamp, pages, shards, before)


def _bag(shelf: Shelf, keys: str) -> str:
    own, *others = keys.split(_BETWEEN)
    bag = shelf.bag(own)
    return merged(bag, map(shelf.bag, others)) if others else bag
