"""The first use of a glossary's term in a text becomes a link to it.

One set of terms for each community (its own glossary's, and the site's), one pass over a page's
HTML, in time that grows with the page alone. Never in a link, a heading, code, a quotation,
another language, nor on a glossary itself.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from cq.content import terms
from cq.site import routes
from cq.site.sought import Sought, Word
from cq.site.views import Chrome, Frame

# What nh3 writes and `render` adds: every attribute quoted, every element closed.
_TAG = r'<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<has>(?: [a-z-]+="[^"]*")*)>'
_KEPT = frozenset(
    (
        "a", "abbr", "blockquote", "button", "cite", "code", "del", "dfn", "h1", "h2", "h3", "h4",
        "h5", "h6", "kbd", "label", "pre", "q", "s", "samp", "summary", "th", "var",
    )
)  # fmt: skip
_VOID = frozenset(("br", "col", "hr", "img", "input", "wbr"))
# What may stand in a sentence: anything else ends it, and a quotation that nobody closed.
_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd",
        "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "var", "wbr",
    )
)  # fmt: skip
_FOREIGN = re.compile(r' lang="(?!fr)')


class _Terms(NamedTuple):
    """What the pages of one community may be marked with."""

    sought: Sought
    seen: re.Pattern[str]  # tags, quotation marks, and where a term may begin


class Glossaries:
    """Marks the terms of a site in its texts."""

    def __init__(self, chrome: Chrome, link: Callable[..., str] = routes.link) -> None:
        self._link = link
        self._homes = {one.home for one in chrome.glossaries}
        self._all = chrome.glossaries
        self._own = {one.address for one in chrome.glossaries}
        self._made: dict[str, _Terms | None] = {}

    def mark(self, html: str, frame: Frame, home: str) -> str:
        """`html` of the page of `frame`, which belongs to the community at address `home`."""
        if not self._all or not html or frame.at in self._own:
            return html
        home = home if home in self._homes else ""
        if home not in self._made:
            self._made[home] = self._make(home)
        found = self._made[home]
        return html if found is None else _marked(html, found, frame, self._link)

    def _make(self, home: str) -> _Terms | None:
        ways: dict[str, tuple[str, str]] = {}  # by what readers would not tell apart: nearest wins
        nearest = sorted(self._all, key=lambda one: one.home != home)
        for glossary in (one for one in nearest if one.home in {home, ""}):
            for anchor, written in glossary.terms:
                for way in written:
                    ways.setdefault(terms.alike(way), (way, f"{glossary.address}#{anchor}"))
        if not ways:
            return None
        sought = Sought(ways.values())
        return _Terms(sought, re.compile(f"{_TAG}|«|»|{sought.beginnings}"))


class _Around:
    """What the text stands in, as far as it was read: whether its words may be links."""

    __slots__ = ("kept", "quoted")

    def __init__(self) -> None:
        self.kept = 0  # elements open since the one whose text stays as it is
        self.quoted = 0

    def enter(self, tag: str, match: re.Match[str]) -> None:
        """Or leave, if the tag is an end."""
        if tag not in _INLINE:
            self.quoted = 0
        if match["end"]:
            self.kept = max(self.kept - 1, 0)
        elif tag not in _VOID and (self.kept or tag in _KEPT or _FOREIGN.search(match["has"])):
            self.kept += 1


def _marked(html: str, found: _Terms, frame: Frame, link: Callable[..., str]) -> str:
    told: set[str] = set()
    read: dict[int, Word] = {}
    parts: list[str] = []
    around = _Around()
    done = copied = 0
    for match in found.seen.finditer(html):
        start = match.start()
        if start < done:  # inside a term
            continue
        tag = match["tag"]
        if tag is not None:
            around.enter(tag, match)
            continue
        sign = html[start]
        if sign in "«»":
            around.quoted = around.quoted + 1 if sign == "«" else max(around.quoted - 1, 0)
            continue
        term = found.sought.at(html, start, read)
        if term is None:
            continue
        done, address = term
        if around.kept or around.quoted or address in told:
            continue
        told.add(address)
        shown = link(address, frame.at, frame.root)
        parts += (html[copied:start], f'<a class="terme" href="{shown}">{html[start:done]}</a>')
        copied = done
    return f"{''.join(parts)}{html[copied:]}"
