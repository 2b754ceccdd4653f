"""What Markdown becomes: HTML with holes, and everything that other stages ask about the text.

Values only; `cq.content.markup` makes them, nothing after `parse` imports Markdown.
"""

from typing import Literal, NamedTuple

# Link number n of a body stands in its HTML as STX n ETX; control characters are refused in
# content, so no author can write one. `site.render` puts the address there.
HOLE = "\x02{}\x03"
HOLES = "\x02([0-9]+)\x03"


class Link(NamedTuple):
    """One target in the text, in document order; place in the file, from 1, in characters."""

    kind: Literal["link", "image", "wiki"]
    target: str  # as its author wrote it, entities and backslashes undone
    text: str  # the link's words, or the image's alternative text
    line: int
    column: int
    width: int


class Heading(NamedTuple):
    """A heading as the page shows it: `anchor` is its id, unique in the page."""

    level: int  # 2…6; the page's title is the only level 1
    text: str
    anchor: str
    line: int = 0  # in the file


class Body(NamedTuple):
    """A page's text. NamedTuples, so that JSON keeps them and a digest is one call."""

    html: str
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()  # every id in `html`, headings included
    title: str | None = None  # the words of a leading `#` heading, which `html` then leaves out
    text: str = ""  # plain words, one paragraph a line: excerpts, search
