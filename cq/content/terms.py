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
SIGNS = 12  # in a term that are neither letters, digits nor spaces, as HTML writes it
_SHORTEST = 2
_WAYS = 4  # of writing one
_FILES = frozenset((("wiki", "glossaire.md"), ("wiki", "glossaire", "index.md")))
_SIGN = re.compile(r"[^\w\s]")
_ARTICLE = re.compile(r"\A(?i:l['’]|(?:le|la|les|une?) )(?=[a-zà-öø-ÿœ])")
_BETWEEN = re.compile(r"[,;/]| ou ")
_EVEN = str.maketrans(
    {"’": "'", "\u2010": "-", "\u2011": "-", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}
)
_BLANK = re.compile(r"<(?!img\b)[^>]*>|\s|&nbsp;")
_HEADING = re.compile(r"<h([2-6])\b([^>]*)>.*?</h\1>", re.DOTALL)
_NOTES = '<section class="notes"'  # of the whole page: below its last heading, not that one's
_ANCHOR = re.compile(r' id="([^"]*)"')
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


def undefined(html: str) -> frozenset[str]:
    """The anchors of the headings of a text that have nothing below: no words, no picture."""
    html = html.partition(_NOTES)[0]
    found = list(_HEADING.finditer(html))
    ends = [*(one.start() for one in found[1:]), len(html)]
    return frozenset(
        anchor[1]
        for one, end in zip(found, ends, strict=False)
        if (anchor := _ANCHOR.search(one[2])) and not _BLANK.sub("", html[one.end() : end])
    )


def terms(path: PurePosixPath, headings: Iterable[Heading], html: str = "") -> tuple[Term, ...]:
    """What the page at `path` defines, if it is a glossary; a way of writing stands once. A heading
    of its `html` with nothing below promises a definition, and gives none.
    """
    if not is_glossary(path):
        return ()
    taken: set[str] = set()
    found = []
    nothing = undefined(html)
    for heading in defining(headings)[:MOST]:
        if heading.anchor in nothing:
            continue
        new = tuple(way for way in ways(heading.text) if alike(way) not in taken)
        taken.update(map(alike, new))
        if new:
            found.append(Term(heading.anchor, new))
    return tuple(found)


def ways(heading: str) -> tuple[str, ...]:
    """« Conseil de quartier (CQ, conseil) » is « Conseil de quartier », « CQ » and « conseil ».

    « Le vœu » is « vœu », which texts write after other words too; « La Poste » is a name.
    """
    words = " ".join(visible(heading).split())
    others: list[str] = []
    if (
        words.endswith(")")
        and any(map(str.isalnum, words[: words.rfind("(")]))
        and len(words) <= LONGEST * _WAYS
    ):
        words, _, inside = words[:-1].rpartition("(")
        others = _BETWEEN.split(inside)
    found = {_ARTICLE.sub("", one.strip()): None for one in (words, *others[: _WAYS - 1])}
    return tuple(
        one
        for one in found
        if _SHORTEST <= len(one) <= LONGEST
        and one[0].isalnum()
        and any(sign.isalpha() for sign in one)
        and len(_SIGN.findall(html.escape(one, quote=False))) <= SIGNS
    )


def alike(way: str) -> str:
    """Equal for two ways of writing that readers would not tell apart."""
    return " ".join(fold(way).split())


def in_singular(way: str) -> str:
    """Equal for two that are `alike`, and for a word and its plural, as `readings` takes it."""
    return " ".join(map(_singular, alike(way).split(" ")))


def _singular(word: str) -> str:
    stem = word[:-1] if word[-1:] in {"s", "x"} and _PLURAL.search(word[:-1]) else word
    return f"{stem[:-1]}u" if stem.endswith("al") else stem


def keys(way: str) -> tuple[str, ...]:
    """What each word of `way` goes by among the `readings` of a text's words, in escaped HTML.

    « Conseil de quartier » is « conseils de quartier » as well; what has a capital inside is a
    name or an acronym, and stands as it is. A line end, which no word has, tells these apart: one
    behind a word that has a plural, one before the first word where its capital does not matter.
    """
    words = even(html.escape(way, quote=False)).split(" ")
    if any(sign.isupper() for sign in way[1:]):
        return tuple(words)
    marked = [f"{word}\n" if _PLURAL.search(word) else word for word in words]
    return (f"\n{_lowered(marked[0])}", *marked[1:])


def readings(word: str, *, first: bool = False) -> tuple[str, ...]:
    """The `keys` that a text's `word` may stand for, the `first` of a term or a later one; it is
    `even` already.
    """
    if first:
        return (word, *(f"\n{key}" for key in readings(_lowered(word))))
    found = [word, f"{word}\n"]
    if word.endswith(("s", "x")) and not word.endswith("alx"):
        found.append(f"{word[:-1]}\n")
    if word.endswith("aux"):
        found.append(f"{word[:-2]}l\n")
    return tuple(found)


def spellings(key: str) -> tuple[str, ...]:
    """Every word that has `key` among its readings, whichever its first letter's case."""
    word = key.strip("\n")
    found = [word]
    if key.endswith("\n"):
        found += [f"{word}s", f"{word[:-1]}ux" if word.endswith("al") else f"{word}x"]
    if key.startswith("\n"):
        found += [f"{one[:1].upper()}{one[1:]}" for one in found]
    return tuple(found)


def even(text: str) -> str:
    """`text` with one apostrophe, one hyphen and no ligature, whichever was typed."""
    return text if text.isascii() else text.translate(_EVEN)


def _lowered(word: str) -> str:
    return f"{word[:1].lower()}{word[1:]}"
