"""A header's lines as YAML is to read them, and the way back to the file for every place.

Three texts, line for line: the file's (`raw`), what shows of it (`lines`), and what YAML gets
once slips are mended (`text`). Columns are counted from 0 here, and from 1 in spans and edits.
"""

from bisect import bisect_right
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content.characters import columns, visible
from cq.diagnostic import Edit, Span


class _Piece(NamedTuple):
    """A run of a mended line: where it begins there, and what it stands for in `lines`."""

    at: int
    start: int
    end: int
    changed: bool


class Sheet:
    """The lines of one header, and the changes that let YAML read them."""

    def __init__(self, header: str, path: PurePosixPath, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.raw = header.split("\n")
        self.lines = self.raw if visible(header) == header else visible(header).split("\n")
        self._columns: dict[int, list[int]] = {}
        self._changes: dict[int, list[tuple[int, int, str]]] = {}
        self._pieces: dict[int, list[_Piece]] = {}

    def replace(self, line: int, start: int, end: int, text: str) -> None:
        """YAML is to read `text` in place of `lines[line][start:end]`; from left to right."""
        self._changes.setdefault(line, []).append((start, end, text))
        self._pieces.pop(line, None)

    def drop(self, start: int, end: int) -> None:
        """YAML is not to see the lines from `start` up to, not including, `end`."""
        for line in range(start, end):
            self._changes[line] = [(0, len(self.lines[line]), "")]
            self._pieces.pop(line, None)

    def text(self) -> str:
        """What YAML is to read: as many lines as the header."""
        mended = list(self.lines)
        for line, changes in self._changes.items():
            parts: list[str] = []
            last = 0
            for start, end, text in changes:
                parts += (self.lines[line][last:start], text)
                last = end
            parts.append(self.lines[line][last:])
            mended[line] = "".join(parts)
        return "\n".join(mended)

    def shown_column(self, line: int, column: int, *, end: bool = False) -> int:
        """The column in `lines` of a column in `text()`; for a change, its start or its end."""
        changes = self._changes.get(line)
        if not changes:
            return column
        pieces = self._pieces.get(line)
        if pieces is None:
            pieces = self._pieces[line] = _pieces(changes)
        # The end of a value lies before the piece that begins there.
        index = bisect_right(pieces, column - 1 if end and column else column, key=_begin) - 1
        piece = pieces[max(index, 0)]
        if piece.changed:
            return piece.end if end else piece.start
        return piece.start + column - piece.at

    def column(self, line: int, shown: int) -> int:
        """The column in the file of a column in `lines`."""
        if self.lines is self.raw or self.lines[line] == self.raw[line]:
            return min(shown, len(self.raw[line]))
        places = self._columns.get(line)
        if places is None:
            places = self._columns[line] = columns(self.raw[line])
        return places[min(shown, len(places) - 1)]

    def span(self, line: int, start: int, end: int) -> Span:
        """The place of `lines[line][start:end]` in the file."""
        line = min(max(line, 0), len(self.raw) - 1)
        first = self.column(line, start)
        width = max(self.column(line, end) - first, 0)
        return Span(self.path, self.first_line + line, first + 1, width)

    def edit(self, start: tuple[int, int], end: tuple[int, int], text: str) -> Edit:
        """Put `text` in place of what stands between two places (line, column) of `lines`."""
        return Edit(
            self.first_line + start[0],
            self.column(*start) + 1,
            self.first_line + end[0],
            self.column(*end) + 1,
            text,
        )


def _begin(piece: _Piece) -> int:
    return piece.at


def _pieces(changes: list[tuple[int, int, str]]) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = last = 0
    for start, end, text in changes:
        if start > last:
            pieces.append(_Piece(at, last, start, changed=False))
            at += start - last
        if text:
            pieces.append(_Piece(at, start, end, changed=True))
            at += len(text)
        last = end
    pieces.append(_Piece(at, last, last, changed=False))
    return pieces
