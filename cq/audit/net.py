"""The door to Aho and Corasick: which of many texts stand in some bytes, in one pass over them."""

from collections.abc import Sequence


class Net:
    """Patterns (none empty), by their number."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        self._search = BytesAhoCorasick(patterns) if patterns else None

    def caught(self, data: bytes) -> set[int]:
        """The numbers of the patterns that stand in `data`, overlapping or not."""
        if self._search is None:
            return set()
        found = self._search.find_matches_as_indexes(data, overlapping=True)
        return {number for number, _, _ in found}
