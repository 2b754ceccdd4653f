"""What differs between two versions of a text, paragraph by paragraph and word by word. Pure.

A text may be anybody's: where a comparison would take too long, the whole is shown as
replaced.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

ADDED, REMOVED = "ajouté", "retiré"
_MOST_PARAGRAPHS = 400  # on either side, beyond what begins and ends alike
_MOST_WORDS = 600
_ALIKE = 3  # paragraphs are mixed where a third of them is the same
_WORDS = re.compile(r"\s+|[^\W_]+|.")


class Piece(NamedTuple):
    """Some words; `how` is "" where both versions have them."""

    how: str
    text: str


Paragraph = tuple[Piece, ...]  # without pieces: paragraphs that both versions have


def between(old: str, new: str) -> tuple[Paragraph, ...]:
    """The paragraphs that differ; between them, one without pieces for all that do not. Nothing
    where all words are the same.
    """
    found: list[Paragraph] = []
    for first, second in _changes(old.split("\n"), new.split("\n"), _MOST_PARAGRAPHS):
        if first == second:
            if found[-1:] != [()]:
                found.append(())
            continue
        for before, after in zip_longest(first, second):
            made = _paragraph(before or "", after or "")
            if made:
                found.append(made)
    return tuple(found) if any(found) else ()


def _paragraph(before: str, after: str) -> Paragraph:
    pieces: list[Piece] = []
    for old, new in _changes(_WORDS.findall(before), _WORDS.findall(after), _MOST_WORDS):
        if old == new:
            pieces.append(Piece("", "".join(old)))
            continue
        pieces += [
            Piece(how, "".join(words)) for how, words in ((REMOVED, old), (ADDED, new)) if words
        ]
    kept = sum(len(one.text) for one in pieces if not one.how and not one.text.isspace())
    if before and after and kept * _ALIKE < max(len(before), len(after)):
        # Two paragraphs with a few words in common are easier to read one after the other.
        return (Piece(REMOVED, before), Piece(ADDED, after))
    return tuple(pieces)


def _changes(
    old: Sequence[str], new: Sequence[str], most: int
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Parts of both, in order: equal ones, and those of which one replaces the other."""
    least = min(len(old), len(new))
    start = next((n for n in range(least) if old[n] != new[n]), least)
    left = least - start
    end = next((n for n in range(left) if old[-1 - n] != new[-1 - n]), left)
    if start:
        yield old[:start], new[:start]
    first, second = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(first), len(second)) > most or not (first and second):
        if first or second:
            yield first, second
    else:
        for _, a, b, c, d in SequenceMatcher(None, first, second).get_opcodes():
            yield first[a:b], second[c:d]
    if end:
        yield old[len(old) - end :], new[len(new) - end :]
