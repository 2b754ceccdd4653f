"""The door to Aho and Corasick: which of many texts stand in some bytes, in one pass over them."""

from collections.abc import Sequence


class Net:
    """Patterns (none empty, each once), by their number."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick

        self._search = BytesAhoCorasick(patterns) if patterns else None

    def caught(self, data: bytes) -> set[int]:
        """The numbers of the patterns that stand in `data`, overlapping or not."""
        return {number for number, _, _ in self.places(data)}

    def places(self, data: bytes) -> list[tuple[int, int, int]]:
        """(number, start, end) of each place where one stands."""
        if self._search is None:
            return []
        return self._search.find_matches_as_indexes(data, overlapping=True)
