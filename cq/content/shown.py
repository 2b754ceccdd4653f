"""Which PDF files an item's page shows, for whoever needs their words: the search.

Pure questions to a Content that one audience sees.
"""

import posixpath
from collections.abc import Iterator

from cq.content import links
from cq.content.item import Item
from cq.content.model import Content
from cq.content.papers import Paper


def papers_of(content: Content, item: Item) -> tuple[tuple[str, Paper], ...]:
    """(path, paper) of each PDF with a text: a document's file first, then in the page's order."""
    if not content.papers:
        return ()
    found = {path: content.papers.get(path) for path in _paths(content, item)}
    return tuple((path, paper) for path, paper in found.items() if paper and paper.size)


def _paths(content: Content, item: Item) -> Iterator[str]:
    if item.document is not None:
        yield posixpath.normpath(item.document.file)
    for reference in item.references:
        if reference.field == "version_accessible":
            yield links.of_link(content, item, "link", reference.target).path
    for link in item.links:
        # Nearly every link leads to a page: it need not be looked for.
        if ".pdf" in link[1].lower():
            yield links.of_link(content, item, link[0], link[1]).path
