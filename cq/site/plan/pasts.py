"""What a page says of its own past: when and by whom it was changed, from what git remembers.

Pages of the wiki say it all; the site's own pages, which have no date, say their last day. A day
that the author has written is never contradicted.
"""

from cq.content.item import Item
from cq.content.model import Content
from cq.site import routes
from cq.site.pieces import Edition, History
from cq.site.revisions import Revision

_SHOWN = 50  # versions; the others are counted


def history_of(content: Content, item: Item) -> History | None:
    """The history that the page of `item` shows."""
    past = content.past.get(item.path) if item.kind in {"wiki", "page"} else None
    if past is None:
        return None
    if item.kind == "page":
        return History(past.last) if item.updated is None else None
    editions = tuple(Edition(one.day, one.name) for one in past.versions[:_SHOWN])
    known = len(past.versions)
    return History(
        past.last, past.versions[0].name, known, past.whole, editions, known - len(editions),
        address_of(content, item),
    )  # fmt: skip


def address_of(content: Content, item: Item) -> str:
    """Where the differences between the versions of `item` are shown; "" where none are."""
    several = len(content.compared.get(item.path, ())) > 1
    return f"{item.address}{routes.HISTORY}" if several else ""


def revisions_of(content: Content, item: Item) -> tuple[Revision, ...]:
    return tuple(
        Revision(one.day, one.name, f"{one.blob}:{item.path}")
        for one in content.compared[item.path]
    )
