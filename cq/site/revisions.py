"""What the page of a text's differences shows. A view, as in `cq.site.views`: the texts themselves
stand in it by their keys, and `render` compares them.
"""

from typing import NamedTuple

from cq.site.pieces import Card
from cq.site.views import Frame


class Revision(NamedTuple):
    """A version whose text is shown beside the one before; the text is found by its `key`."""

    day: str
    by: str
    key: str


class RevisionsView(NamedTuple):
    """What differs from one version of a page of the wiki to the next."""

    frame: Frame
    card: Card
    revisions: tuple[Revision, ...]  # newest first; the last one is only compared with
