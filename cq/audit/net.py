"""The door to Aho and Corasick: which of many texts stand in some bytes, in one pass over them.

Only the first bytes of each text are in the automaton, whose making would otherwise take longer
than the search; what begins as a text does is then compared whole, where it stands.
"""

from collections.abc import Sequence

_FIRST = 16  # bytes: few others begin alike


class Net:
    """Patterns (none empty), by their number."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        self._patterns = patterns
        groups: dict[bytes, list[int]] = {}
        for number, one in enumerate(patterns):
            groups.setdefault(one[:_FIRST], []).append(number)
        self._groups = list(groups.values())
        self._search = BytesAhoCorasick(list(groups)) if groups else None

    def caught(self, data: bytes) -> set[int]:
        """The numbers of the patterns that stand in `data`, overlapping or not."""
        found: set[int] = set()
        if self._search is None:
            return found
        for group, start, _ in self._search.find_matches_as_indexes(data, overlapping=True):
            for number in self._groups[group]:
                if data.startswith(self._patterns[number], start):
                    found.add(number)
        return found
