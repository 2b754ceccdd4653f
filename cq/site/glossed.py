"""The first use of a glossary's term in a text becomes a link to it.

One compiled expression for each community (its own glossary, and the site's), one pass over a
page's HTML: 0.4 ms for 500 words and 200 terms. Never in a link, a heading, code, a
quotation, another language, nor on a glossary itself.
"""

import re
from typing import NamedTuple

from cq.content import terms
from cq.site import routes
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
_BEFORE = r"(?<![&#@./\-\u2010\u2011].)"  # asked once the first letter has been found: faster
_AFTER = r"(?![\w@/\-\u2010\u2011]|\.\w)"


class _Terms(NamedTuple):
    """What the pages of one community may be marked with."""

    expression: re.Pattern[str]
    ways: tuple[tuple[str, str], ...]  # each way's own expression, its address; longest first
    known: dict[str, str]  # what was found in some page, and where it leads

    def address(self, words: str) -> str:
        found = self.known.get(words)
        if found is None:
            found = next(address for way, address in self.ways if re.fullmatch(way, words))
            self.known[words] = found
        return found


class Glossaries:
    """Marks the terms of a site in its texts."""

    def __init__(self, chrome: Chrome) -> None:
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
        return html if found is None else _marked(html, found, frame)

    def _make(self, home: str) -> _Terms | None:
        ways: dict[str, tuple[str, str]] = {}  # by what readers would not tell apart: nearest wins
        nearest = sorted(self._all, key=lambda one: one.home != home)
        for glossary in (one for one in nearest if one.home in {home, ""}):
            for anchor, written in glossary.terms:
                for way in written:
                    ways.setdefault(terms.alike(way), (way, f"{glossary.address}#{anchor}"))
        if not ways:
            return None
        by_sign: dict[str, list[str]] = {}
        each = []
        for way, address in sorted(ways.values(), key=lambda one: (-len(one[0]), one)):
            firsts, made = terms.pattern(way)
            each.append((f"[{firsts}]{made}", address))
            for sign in firsts:
                by_sign.setdefault(sign, []).append(made)
        # Under one sign, the longest first: « conseil de quartier » before « conseil ».
        branches = (
            f"{sign}{_BEFORE}(?:{'|'.join(made)})" for sign, made in sorted(by_sign.items())
        )
        whole = f"{_TAG}|(?P<quote>[«»])|\\b(?:{'|'.join(branches)}){_AFTER}"
        return _Terms(re.compile(whole), tuple(each), {})


def _marked(html: str, found: _Terms, frame: Frame) -> str:
    told: set[str] = set()
    kept = 0  # elements open since the one whose text stays as it is
    quoted = 0

    def mark(match: re.Match[str]) -> str:
        nonlocal kept, quoted
        tag = match["tag"]
        if tag is not None:
            if tag not in _INLINE:
                quoted = 0
            if tag in _VOID:
                return match[0]
            if match["end"]:
                kept = max(kept - 1, 0)
            elif kept or tag in _KEPT or (match["has"] and _FOREIGN.search(match["has"])):
                kept += 1
            return match[0]
        if match["quote"]:
            quoted = quoted + 1 if match[0] == "«" else max(quoted - 1, 0)
            return match[0]
        if kept or quoted:
            return match[0]
        address = found.address(match[0])
        if address in told:
            return match[0]
        told.add(address)
        shown = routes.link(address, frame.at, frame.root)
        return f'<a class="terme" href="{shown}">{match[0]}</a>'

    return found.expression.sub(mark, html)
