"""All terms at once, looked for in one file: in its name, its words, and what it unfolds to."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cq.audit import folded
from cq.audit.net import Net
from cq.audit.phones import phones
from cq.audit.runs import Prose, Runs
from cq.audit.terms import Term
from cq.audit.unpack import TooMuch, pieces

_JOINED = 12  # letters of a text that is also looked for without the spaces between its words
_LEAST = 8  # bytes: fewer come by chance
_FAR = re.compile(r"[^\W\d_\x00-\u024f]")
_NO_DIGITS = bytes(one for one in range(256) if not 48 <= one < 58)


class Hit(NamedTuple):
    """A term that was met: its number, and where."""

    term: int
    path: str
    place: str  # inside `path`, as it is shown


class Seen(NamedTuple):
    """What a file told: terms by their numbers, runs as they are compared, each where it stands.
    What crosses from a worker is plain and short.
    """

    terms: tuple[tuple[int, str], ...] = ()
    runs: tuple[tuple[bytes, str], ...] = ()
    beyond: str = ""  # where it unfolds further than was looked


class Sieve:
    """All terms and runs, ready to be looked for in anything. `terms` grows by the runs that are
    met, when they are asked for by `number`.
    """

    def __init__(self, wanted: Sequence[Term], prose: Iterable[Prose] = ()) -> None:
        self.terms = list(wanted)
        self.runs = Runs(prose)
        plain: dict[bytes, list[int]] = {}
        joined: dict[bytes, list[int]] = {}
        far: dict[bytes, list[int]] = {}
        called: dict[bytes, list[int]] = {}
        for number, one in enumerate(self.terms):
            if not one.words:
                called.setdefault(one.text.encode(), []).append(number)
                continue
            plain.setdefault(one.words, []).append(number)
            close = one.words.replace(b" ", b"")
            if one.words.count(b" ") > 2 and len(close) >= _JOINED:
                joined.setdefault(close, []).append(number)
            for strange in _strange(one.text):
                far.setdefault(strange, []).append(number)
        self._plain, self._joined, self._far = _Group(plain), _Group(joined), _Group(far)
        self._called = _Group(called)
        self._adopted: dict[bytes, tuple[int, ...]] = {}

    def met(self, data: bytes, told: Iterable[set[int]] = ()) -> tuple[set[int], set[bytes]]:
        """The numbers of the terms in these bytes, and the runs that nothing of `told` says."""
        found: set[int] = set()
        runs: set[bytes] = set()
        for text in folded.plains(data):
            digits = b""
            for view in folded.shown(text):
                found |= self._plain.met(view)
                words = view.split()
                found |= self._joined.close(words)
                if len(self.runs):
                    runs.update(self.runs.met(words, told))
                digits += view.translate(None, _NO_DIGITS)
            if maybe := self._called.met(digits):
                called = set(phones(text))
                found.update(one for one in maybe if self.terms[one].text in called)
        return found | self._far.met(data.lower()), runs

    def file(self, path: str, data: bytes, told: Iterable[set[int]] = ()) -> Seen:
        """All that a file tells, its name too."""
        terms: dict[int, str] = {}
        runs: dict[bytes, str] = {}
        beyond = ""
        for place, held in _parts(path, data):
            if held is None:
                beyond = place
                break
            numbers, some = self.met(held, told)
            for number in numbers:
                terms.setdefault(number, place)
            for one in some:
                runs.setdefault(one, place)
        return Seen(tuple(sorted(terms.items())), tuple(sorted(runs.items())), beyond)

    def hits(self, path: str, seen: Seen) -> list[Hit]:
        """What a file told; each run becomes a term of each space that says it."""
        found = [Hit(number, path, place) for number, place in seen.terms]
        for run, place in seen.runs:
            found += [Hit(number, path, place) for number in self.number(run)]
        return found

    def number(self, run: bytes) -> tuple[int, ...]:
        """The numbers of a run among the terms, one a space that says it."""
        if run not in self._adopted:
            first = len(self.terms)
            text = run.decode("ascii").strip()
            self.terms += [
                Term(run, text, "passage", one.path, one.space) for one in self.runs.sources(run)
            ]
            self._adopted[run] = tuple(range(first, len(self.terms)))
        return self._adopted[run]


def _parts(path: str, data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """What a file is made of, with its place; None where there is more than is looked at."""
    for place, held in (("dans son nom", path.encode("utf-8", "surrogateescape")), ("", data)):
        try:
            for piece in pieces(place, held):
                yield piece.place.strip(" ›"), piece.data
        except TooMuch as fault:
            yield str(fault).strip(" ›") or path, None


def _strange(text: str) -> set[bytes]:
    """The longest word in letters that folding does not know, in UTF-8: ASCII in lower case."""
    words = [] if text.isascii() else [one for one in text.split() if _FAR.search(one)]
    longest = max(words, key=len, default="")
    found = {one.encode("utf-8", "replace").lower() for one in (longest, longest.lower())}
    return {one for one in found if len(one) >= _LEAST}


class _Group:
    """Patterns, each the pattern of some terms."""

    def __init__(self, patterns: dict[bytes, list[int]]) -> None:
        self._numbers = list(patterns.values())
        self._net = Net(list(patterns))

    def met(self, data: bytes) -> set[int]:
        return {number for one in self._net.caught(data) for number in self._numbers[one]}

    def close(self, words: list[bytes]) -> set[int]:
        """Those that stand in `words` without the spaces between them: « R é u nion », cut at the
        end of a line or between two marks, « #ReunionDeRentree ». No part of two words is one.
        """
        found: set[int] = set()
        places = self._net.places(b"".join(words))
        if not places:
            return found
        edges = {0, *itertools.accumulate(map(len, words))}
        for one, start, end in places:
            whole = start in edges and end in edges
            if whole or edges.isdisjoint(range(start + 1, end)):
                found.update(self._numbers[one])
        return found
