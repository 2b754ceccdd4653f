"""Where a page puts two public texts one after the other: a title, then a day, then the first words
of a summary. Such a run stands in no source, and in a private text by chance; it is no leak.

A run is a seam where it can be cut into the end of one public text, whole short ones or days, and
the beginning of another. A sentence is none: of all its runs, not one may be left.
"""

from collections.abc import Iterable

from cq.audit.runs import LENGTH

_SHORT = range(2, 5)  # words of a text that may stand whole between two others
_CALENDAR = frozenset(
    b"lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin "
    b"juillet aout septembre octobre novembre decembre 1er h a le du au".split()
)


class Seams:
    """The ends, beginnings and short wholes of public texts."""

    def __init__(self, texts: Iterable[bytes]) -> None:
        self._ends: set[int] = set()
        self._starts: set[int] = set()
        self._wholes: set[int] = set()
        for text in texts:
            words = tuple(text.split())
            if len(words) in _SHORT:
                self._wholes.add(hash(words))
            for length in range(1, min(len(words), LENGTH - 1) + 1):
                self._starts.add(hash(words[:length]))
                self._ends.add(hash(words[-length:]))

    def explain(self, run: bytes) -> bool:
        """Whether these words are only parts of public texts that stand side by side."""
        words = tuple(run.split())
        count = len(words)
        firsts = {end for end in range(1, count) if hash(words[:end]) in self._ends}
        firsts |= {end for end in range(1, count) if _is_day(words[:end])}
        seconds = firsts | {
            end for start in firsts for end in range(start + 1, count + 1)
            if hash(words[start:end]) in self._wholes or _is_day(words[start:end])
        }  # fmt: skip
        seconds |= {end for start in seconds for end in range(start + 1, count + 1)
                    if _is_day(words[start:end])}  # fmt: skip
        return count in seconds or any(hash(words[one:]) in self._starts for one in seconds)


def _is_day(words: tuple[bytes, ...]) -> bool:
    """« 3 mars 2026 à 19 h », and other numbers."""
    others = [one for one in words if not one.isdigit()]
    return len(others) < len(words) and _CALENDAR.issuperset(others)
