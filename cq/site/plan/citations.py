"""Who leads to whom: the pages whose text has a link to another, for that one's foot and the index.

Each link is resolved once for the whole site (`Album.ways`). An edit plans one page alone, and
must not resolve 50,000 links for it: it tries only those that could lead there.
"""

from collections.abc import Collection, Iterator

from cq.content.item import Item
from cq.content.model import Content
from cq.french.folding import sort_key
from cq.french.typography import plain
from cq.site.plan.cards import Album
from cq.site.views import Card

MOST = 30  # pages named at the foot of one
SHOWN_ON = frozenset(("wiki", "dossier", "document"))
_FOLDERS = frozenset(("", ".", "..", "index", "index.md", "index.html"))


class Citations:
    """Links turned round, for one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self._citing: dict[str, tuple[Item, ...]] | None = None

    def read_all(self) -> dict[str, tuple[Item, ...]]:
        """The items that cite each one, by its id; none cites itself."""
        if self._citing is None:
            found: dict[str, dict[str, Item]] = {}
            for item in self.content.items:
                for way in self.album.ways(item) if item.links else ():
                    if way.item is not None and way.item is not item:
                        found.setdefault(way.item.id, {})[item.id] = item
            self._citing = {one: tuple(citing.values()) for one, citing in found.items()}
        return self._citing

    def of(self, item: Item) -> tuple[Item, ...]:
        """The items whose text leads to `item`, by title."""
        known = self._citing
        citing = self._tried(item) if known is None else known.get(item.id, ())
        return tuple(sorted(citing, key=lambda one: (sort_key(one.title), one.id)))

    def cards(self, item: Item, but: Collection[str] = ()) -> tuple[tuple[Card, ...], int]:
        """What the foot of its page shows, and how many more there are; `but` are the ids that
        the page names elsewhere.
        """
        citing = [one for one in self.of(item) if one.id not in but]
        return tuple(map(self._card, citing[:MOST])), max(len(citing) - MOST, 0)

    def _card(self, item: Item) -> Card:
        """`index.md` is its community's home, and goes by its name."""
        card = self.album.card(item)._replace(summary="", updated=None)
        if item.kind != "page" or item.id != item.home:
            return card
        name = self.content.name_of(item.home) if item.home else str(self.content.site["nom"])
        return card._replace(title=plain(name), place=None)

    def _tried(self, wanted: Item) -> Iterator[Item]:
        """The same answer as `read_all`, from the few links that may be meant."""
        name = wanted.id.rpartition("/")[2]
        by_folder = wanted.path.endswith("/index.md")
        for item in self.content.items:
            if item is wanted:
                continue
            numbers = (
                number
                for number, link in enumerate(item.links)
                if link[0] == "wiki" or name in link[1] or _unplain(link[1], by_folder)
            )
            if any(self.album.way(item, number).item is wanted for number in numbers):
                yield item


def _unplain(target: str, by_folder: bool) -> bool:  # noqa: FBT001 - of the page that is sought
    """Whether a link may lead to a page whose name does not stand in it."""
    if "%" in target:
        return True
    path = target.partition("#")[0].partition("?")[0].rstrip("/")
    return by_folder and path.rpartition("/")[2] in _FOLDERS
