"""The words that a glossary defines, from the headings of `wiki/glossaire.md`, and how a text may
write each of them.

A heading with none below it defines a term; « Conseil de quartier (CQ) » is written in two ways.
Pure text: who marks the terms in a page is `cq.site.glossed`.
"""

import html
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content import layout
from cq.content.body import Heading
from cq.content.characters import visible
from cq.french.folding import fold

MOST = 300  # terms of one glossary; 200 are a thick one
LONGEST = 80  # characters of a term
_SHORTEST = 2
_WAYS = 4  # of writing one
_FILES = frozenset((("wiki", "glossaire.md"), ("wiki", "glossaire", "index.md")))
_BETWEEN = re.compile(r"[,;/]| ou ")
_PLURAL = re.compile(r"[^\W\d_]{2}[^\W\d_sxz]\Z")


class Term(NamedTuple):
    """A word that is defined at `anchor` of its glossary; the first way is the heading's own."""

    anchor: str
    ways: tuple[str, ...]


def is_glossary(path: PurePosixPath) -> bool:
    return layout.place(path).rest in _FILES


def defining(headings: Iterable[Heading]) -> list[Heading]:
    """The headings that define a term: those without a smaller one below."""
    found = list(headings)
    following = [*(one.level for one in found[1:]), 0]
    return [one for one, level in zip(found, following, strict=False) if level <= one.level]


def terms(path: PurePosixPath, headings: Iterable[Heading]) -> tuple[Term, ...]:
    """What the page at `path` defines, if it is a glossary; a way of writing stands once."""
    if not is_glossary(path):
        return ()
    taken: set[str] = set()
    found = []
    for heading in defining(headings)[:MOST]:
        new = tuple(way for way in ways(heading.text) if alike(way) not in taken)
        taken.update(map(alike, new))
        if new:
            found.append(Term(heading.anchor, new))
    return tuple(found)


def ways(heading: str) -> tuple[str, ...]:
    """« Conseil de quartier (CQ, conseil) » is « Conseil de quartier », « CQ » and « conseil »."""
    words = " ".join(visible(heading).split())
    others: list[str] = []
    if words.endswith(")") and "(" in words and len(words) <= LONGEST * _WAYS:
        words, _, inside = words[:-1].rpartition("(")
        others = _BETWEEN.split(inside)
    found = {one.strip(): None for one in (words, *others[: _WAYS - 1])}
    return tuple(
        one
        for one in found
        if _SHORTEST <= len(one) <= LONGEST
        and one[0].isalnum()
        and any(sign.isalpha() for sign in one)
    )


def alike(way: str) -> str:
    """Equal for two ways of writing that readers would not tell apart."""
    return " ".join(fold(way).split())


def pattern(way: str) -> tuple[str, str]:
    """The signs that may begin it, and a regular expression of the rest, for escaped HTML.

    « Conseil de quartier » is « conseils de quartier » as well; what has a capital inside is a
    name or an acronym, and stands as it is.
    """
    first, name = way[0], any(sign.isupper() for sign in way[1:])
    word, *words = way[1:].split(" ")
    rest = r"\s{1,3}".join(
        (_word(word, first, name=name), *(_word(one, name=name) for one in words))
    )
    if name or not first.isalpha():
        return first, rest
    return "".join(dict.fromkeys((first.lower()[:1], first.upper()[:1]))), rest


def _word(word: str, first: str = "", *, name: bool) -> str:
    """`word` without its `first` letter, if it begins the term."""
    if name or not _PLURAL.search(first + word):
        return _escaped(word)
    if word.endswith("al"):
        return f"{_escaped(word[:-1])}(?:ls?|ux)"
    return f"{_escaped(word)}[sx]?"


def _escaped(word: str) -> str:
    """As it stands in HTML, whichever apostrophe or hyphen was typed."""
    made = re.escape(html.escape(word.replace("’", "'"), quote=False))
    return made.replace("'", "['’]").replace(r"\-", "[-\u2010\u2011]").replace("œ", "(?:œ|oe)")
