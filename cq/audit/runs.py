"""Runs of words: every six words that follow each other in a private text, so that no sentence of
it can be read in public, wherever it was cut.

A run is compared by a number made of its words, which takes less room than they do. What two
numbers have in common is looked at word by word before anything is said of it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

LENGTH = 6  # words
_DIGITS = b"0123456789"


class Prose(NamedTuple):
    """The words of a private text, as they are compared."""

    words: bytes
    path: str
    space: str


def numbers(words: list[bytes]) -> Iterator[int]:
    """The number of each run, in this process and those that it forks."""
    return map(hash, zip(*(words[start:] for start in range(LENGTH)), strict=False))


def runs(words: list[bytes], wanted: Iterable[int]) -> Iterator[bytes]:
    """The runs that have one of the `wanted` numbers, as they are compared."""
    of = frozenset(wanted)
    for start, number in enumerate(numbers(words)):
        if number in of:
            yield b" %b " % b" ".join(words[start : start + LENGTH])


class Runs:
    """All runs of the spaces."""

    def __init__(self, prose: Iterable[Prose]) -> None:
        self.prose = tuple(prose)
        self.of: dict[str, set[int]] = {}
        for one in self.prose:
            self.of.setdefault(one.space, set()).update(numbers(one.words.split()))
        self._all = set().union(*self.of.values())

    def forget(self, told: set[int]) -> None:
        """Look no more for what is no secret, whoever says it."""
        self._all -= told

    def __len__(self) -> int:
        return len(self._all)

    def met(self, words: list[bytes], told: Iterable[set[int]]) -> Iterator[bytes]:
        """The runs that stand in `words` as well and in nothing that is `told`."""
        found = self._all.intersection(numbers(words))
        for one in told:
            found = found.difference(one)  # not « -= », which goes through all of `one`
        if found:
            yield from (one for one in runs(words, found) if is_worth(one, 12))

    def sources(self, run: bytes) -> Iterator[Prose]:
        """Where it stands: the first text of each space."""
        told = set()
        for one in self.prose:
            if one.space not in told and run in one.words:
                told.add(one.space)
                yield one


def is_worth(words: bytes, least: int) -> bool:
    """Whether these words say anything: enough signs, and more letters than « le », « à » and
    « la » are made of.
    """
    longest = max((len(one.strip(_DIGITS)) for one in words.split()), default=0)
    return longest >= min(4, least - 1) and len(words) - 2 >= least
