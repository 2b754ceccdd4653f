"""The search index, brought from what is remembered of it to what the content says now.

While the pages and their order are the same, an edited text changes the shards of its own words
and nothing else; else the index is made again, from the bags that `parse` made. What is kept is
written after the site is (`keep`): until then the next run finds the same to do.
"""

from typing import NamedTuple

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
    shelf = Shelf(ledger)
    items = searched(content)
    stamp = stamp_of(items)
    keys = [_BETWEEN.join(keys_of(content, item)) for item in items]
    known = shelf.indexed() if shelf.stamp() == stamp else None
    if known is None or len(known) != len(keys):
        with reading():
            shown = dict(enumerate(built((_bag(shelf, one) for one in keys), len(keys))))
        found = Searched((), stamp, dict(enumerate(keys)), shown)
        whole = True
    else:
        found = _edited(shelf, stamp, known, keys)
        shown = {**dict(enumerate(shelf.shards())), **found.shards} if whole else found.shards
    targets = [shard(content, stamp, number, state) for number, state in sorted(shown.items())]
    if whole:
        targets += descriptions(content, items, stamp)
    return found._replace(targets=tuple(targets))


def whole_index(ledger: Ledger, content: Content) -> tuple[Target, ...]:
    """The index of a sealed space, made anew: it is small, and only its own bytes can tell what a
    reader of the files may see change.
    """
    shelf = Shelf(ledger)
    items = searched(content)
    stamp = stamp_of(items)
    bags = (_bag(shelf, _BETWEEN.join(keys_of(content, item))) for item in items)
    with reading():
        states = list(built(bags, len(items)))
    shards = (shard(content, stamp, number, state) for number, state in enumerate(states))
    return (*shards, *descriptions(content, items, stamp))


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
