"""Lists and mappings between brackets, looked at as text: where they end, what they hold.

Pure questions about lines; YAML itself reads what is well formed.
"""

import re
from collections.abc import Iterator

_SIGNS = re.compile(r"[\"'\[\]{},#:]")
_QUOTES = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}


def signs(line: str, start: int) -> Iterator[tuple[str, int]]:
    """Brackets, braces and commas with their columns, outside quotes and comments."""
    fresh = True  # whether a text may begin here: an apostrophe elsewhere opens nothing
    past = start
    for match in _SIGNS.finditer(line, start):
        at, sign = match.start(), match[0]
        if at < past:
            continue
        fresh = fresh and not line[past:at].strip()
        past = at + 1
        if sign in _QUOTES:
            quotes = _QUOTES[sign].match(line, at) if fresh else None
            if quotes:
                past = quotes.end()
            fresh = False
        elif sign == "#":
            if at and line[at - 1] in " \t":
                return
            fresh = False
        elif sign == ":":
            fresh = line[at + 1 : at + 2] in {"", " "}
        else:
            yield sign, at
            fresh = sign in "[{,"


def items(line: str, start: int, end: int) -> list[tuple[int, str]]:
    """The texts between commas in `line[start:end]`, with their columns; none if it nests."""
    found: list[tuple[int, str]] = []
    last = start
    for sign, at in [*signs(line[:end], start), (",", end)]:
        if sign != ",":
            return []
        piece = line[last:at]
        text = piece.strip()
        if text:
            found.append((last + len(piece) - len(piece.lstrip()), text))
        last = at + 1
    return found
