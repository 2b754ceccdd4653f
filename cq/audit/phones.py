"""French telephone numbers, however they are spaced, as nine digits; compared as numbers, since
ten digits in a table or a map are otherwise easily met by chance.
"""

import re
from collections.abc import Iterator

_GAP = r"[\s.\-–‑_/()·]{0,3}"
_NUMBER = re.compile(
    rf"(?<![\d.,])(?:(?:\+|00){_GAP}33{_GAP}(?:0{_GAP})?|0{_GAP})([1-9](?:{_GAP}\d){{8}})(?!\d)"
)
_MAYBE = re.compile(r"(?<![\d.,])[0+]")  # tried everywhere, the pattern itself is slow
_NOT_DIGITS = re.compile(r"\D")


def phones(text: str) -> Iterator[str]:
    """The national digits, without the 0, of each number of `text`."""
    end = 0
    for maybe in _MAYBE.finditer(text):
        found = _NUMBER.match(text, maybe.start()) if maybe.start() >= end else None
        if found:
            end = found.end()
            yield _NOT_DIGITS.sub("", found[1])
