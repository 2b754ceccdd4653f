"""What each published PDF says, in a file beside it: to be read, and searched for excerpts."""

from collections.abc import Iterator

from cq.content import links as ways
from cq.content.model import Content
from cq.site.plan.cards import Album
from cq.site.target import Target
from cq.site.views import PaperView


def paper_texts(content: Content, album: Album) -> Iterator[Target]:
    """The texts of the files that some page shows."""
    for path, address in sorted(album.published_files.items()):
        paper = content.papers.get(path)
        if paper is not None and paper.size:
            own = ways.text_beside(address)
            yield Target(own, "@paper", PaperView(paper.key), content.audience or "")
