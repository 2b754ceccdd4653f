"""Where a piece of a paragraph stands in its file.

A line of a paragraph is always the end of one line of the file: the parser only ever takes away
what stands before it (list indentation, quote marks). So the parser keeps the number of the first
line with each text, and the column is found by looking for the rest in that line.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Self

from cq.diagnostic import Span


class Source(str):
    """Text of one block, lines joined, that knows on which line (from 0) of the body it begins.

    A table's cell also knows its row, and at which character of it the cell begins.
    """

    __slots__ = ("at", "line", "row")
    line: int
    row: str
    at: int

    def __new__(cls, text: str, line: int, row: str = "", at: int = 0) -> Self:
        made = super().__new__(cls, text)
        made.line = line
        made.row = row
        made.at = at
        return made


class Places:
    """The body as its author wrote it, line by line."""

    def __init__(
        self, text: str, path: PurePosixPath, first_line: int, seen: Callable[[str], str]
    ) -> None:
        """`seen` is what the parser did to the text before it read it (invisible characters)."""
        self._lines = text.split("\n")
        self._path = path
        self._first = first_line
        self._seen = seen
        self._leaf = Source("", 0)  # where the last question was: the next one is behind it
        self._begin = self._stop = self._number = self._column = 0

    def line(self, number: int) -> Span:
        """A whole line of the body, from 0."""
        number = min(max(number, 0), len(self._lines) - 1)
        raw = self._lines[number]
        words = raw.strip()
        column = len(raw) - len(raw.lstrip()) if words else 0
        return Span(self._path, self._first + number, column + 1, len(words))

    def span(self, leaf: Source, start: int, end: int) -> Span:
        """The part of a block from `start` up to `end`; of several lines, the first."""
        if leaf is not self._leaf or not self._begin <= start <= self._stop:
            self._seek(leaf, start)
        if self._number >= len(self._lines):
            return self.line(self._number)
        raw = self._lines[self._number]
        if self._column >= 0:
            column = self._column + start - self._begin
        else:
            piece = leaf[self._begin : self._stop]
            char = leaf[start : start + 1]
            column = self._behind_the_unseen(raw, char, piece, start - self._begin)
        column = min(column, len(raw))
        width = min(min(end, self._stop) - start, len(raw) - column)
        return Span(self._path, self._first + self._number, column + 1, width)

    def _seek(self, leaf: Source, start: int) -> None:
        """Find the line of the file that holds a place of a block; most questions go forward."""
        if leaf is self._leaf and start > self._stop:
            self._number += leaf.count("\n", self._begin, start)
        else:
            self._number = leaf.line + leaf.count("\n", 0, start)
        self._leaf = leaf
        self._begin = leaf.rfind("\n", 0, start) + 1
        stop = leaf.find("\n", start)
        self._stop = stop if stop >= 0 else len(leaf)
        piece = leaf[self._begin : self._stop]
        raw = self._lines[self._number] if self._number < len(self._lines) else ""
        row = raw.rfind(leaf.row) if leaf.row else -1
        self._column = row + leaf.at if row >= 0 else raw.rfind(piece) if piece else 0

    def _behind_the_unseen(self, raw: str, char: str, piece: str, offset: int) -> int:
        """The parser did not see some characters of this line (invisible ones, tabs)."""
        shown = self._seen(raw)
        wanted = max(shown.rfind(piece), 0) + offset
        low, high = 0, len(raw)
        while low < high:  # the longest beginning that shows no more than `wanted` characters
            middle = (low + high + 1) // 2
            if len(self._seen(raw[:middle])) <= wanted:
                low = middle
            else:
                high = middle - 1
        return low if raw[low : low + 1] == char else max(raw.find(char), 0) if char else low
