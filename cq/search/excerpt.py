"""Where a text says what was asked: the words to mark in it, and the part of it to show.

`recherche.js` of the theme does the same to the pages that it opens; tests/browser holds the two
together. Knows no index and no page: texts, and the forms that a question found.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from cq.search.words import forms

ROUND = 220  # characters of an excerpt
FAR = 100_000  # characters of a text that are looked at for one: a PDF may have a million
_BEFORE = 60  # characters shown before the first word found, at most
_MOST = 500  # words found that an excerpt may begin with
_BREAKS = re.compile(r"[\t-\r ]+")  # and no others: « 19 h » stays on one line
# A word with its accents apart, soft hyphens and the like: what folding takes away.
_TOKEN = re.compile(
    r"(?:[^\W_]|[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff])+"
)


def marks(text: str, found: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Begin and end of each word of `text` that is among the forms `found`."""
    for token in _TOKEN.finditer(text):
        if any(form in found for form in _forms(token[0])):
            yield token.span()


def excerpt(texts: Iterable[str], found: Mapping[str, int]) -> str:
    """Where the most of the words asked for stand together in the first of `texts` that has so
    many; "" where none has one. On one line.
    """
    best, shown = 0, ""
    for text in texts:
        line = _BREAKS.sub(" ", text[:FAR]).strip(" ")
        here, start = _densest(line, found)
        if here > best:
            best, shown = here, _around(line, start)
    return shown


def _densest(text: str, found: Mapping[str, int]) -> tuple[int, int]:
    """How many different words stand within an excerpt, and where the first of them begins."""
    met = [(start, found[form]) for start, form in _met(text, found)]
    best, at = 0, 0
    for number, (start, _) in enumerate(met[:_MOST]):
        near = set()
        for place, word in met[number:]:
            if place >= start + ROUND:
                break
            near.add(word)
        if len(near) > best:
            best, at = len(near), start
    return best, at


def _met(text: str, found: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    for token in _TOKEN.finditer(text):
        form = next((form for form in _forms(token[0]) if form in found), "")
        if form:
            yield token.start(), form


def _around(text: str, start: int) -> str:
    """The excerpt whose first word begins at `start`; cut between words where there are any."""
    begin = 0 if start < _BEFORE else min(text.find(" ", start - _BEFORE) + 1 or start, start)
    cut = len(text) if len(text) <= begin + ROUND else text.rfind(" ", 0, begin + ROUND + 1)
    end = cut if cut > start else min(len(text), start + ROUND)
    return f"{'… ' if begin else ''}{text[begin:end]}{' …' if end < len(text) else ''}"


@functools.lru_cache(maxsize=100_000)
def _forms(token: str) -> tuple[str, ...]:
    return tuple(forms(token))
