"""What the ledger remembers of git's answers: the changes of each text, a repository at a time.

Those of private texts stand in a table of their own, which only a build that seals reads. What is
new is put beside them unread, a layer for each answer of git.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

from cq import digest
from cq.ledger import Damaged, Ledger, as_text, reading

_NOTE = "past "  # and the place of the repository


class Note(NamedTuple):
    """What is remembered of one repository beside the changes."""

    mark: str
    commit: str
    around: str
    whole: bool
    newest: int
    sum: str
    inner_whole: bool
    layers: int  # how often private changes came in
    pieces: int  # how many rows they are


class Chronicle:
    """The history's part of one ledger. Reading raises `Damaged`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def note(self, place: str) -> Note | None:
        with reading():
            kept = json.loads(self._ledger.note(_NOTE + place) or "null")
            return Note(*kept) if kept else None

    def rows(self, place: str, note: Note) -> dict[str, str]:
        """The changes of each public text of the repository at `place`, as JSON, by path."""
        wanted = "select path, changes from past where place=?"
        with reading():
            rows: dict[str, str] = dict(self._ledger.asked(wanted, place))  # type: ignore[arg-type]
            if sum_of(rows) != note.sum:
                raise Damaged("the past is not what was kept")
        return rows

    def inner_rows(self, place: str, note: Note) -> dict[str, str]:
        """The same of each private text. For a build that seals, and nobody else."""
        wanted = (
            "select path, number, changes, sum from inner_past where place=? "
            "order by path, number desc"
        )
        rows: dict[str, str] = {}
        with reading():
            pieces = self._ledger.asked(wanted, place)
            for path, number, changes, kept in pieces:
                if kept != _sum_of_piece(place, path, int(number), changes):
                    raise Damaged("the past of a space is not what was kept")
                # The newer ones stand before; both are lists.
                before = rows.get(path)
                rows[path] = f"{before[:-1]},{changes[1:]}" if before else changes
            if len(pieces) != note.pieces:
                raise Damaged("the past of a space is not whole")
        return rows

    def keep(
        self, place: str, note: Note, rows: Mapping[str, str], inner: Mapping[str, str],
        *, afresh: bool,
    ) -> None:  # fmt: skip
        """Remember `rows` instead of those of their paths, or of the whole repository, and the
        changes of private texts before those that are known.
        """
        layer = note.layers
        with self._ledger.changing() as database:
            if afresh:
                database.execute("delete from past where place=?", (place,))
                database.execute("delete from inner_past where place=?", (place,))
            database.executemany(
                "insert or replace into past values (?, ?, ?)",
                [(place, path, changes) for path, changes in rows.items()],
            )
            database.executemany(
                "insert or replace into inner_past values (?, ?, ?, ?, ?)",
                [
                    (place, path, layer, changes, _sum_of_piece(place, path, layer, changes))
                    for path, changes in inner.items()
                ],
            )
            database.execute(
                "insert or replace into meta values (?, ?)", (_NOTE + place, as_text(note))
            )

    def forget_but(self, places: tuple[str, ...]) -> None:
        """Forget repositories that are no longer there."""
        wanted = "select substr(name, ?) from meta where name like ?"
        kept = {row[0] for row in self._ledger.asked(wanted, len(_NOTE) + 1, f"{_NOTE}%")}
        gone = [(place,) for place in sorted(kept.difference(places))]
        if not gone:
            return
        with self._ledger.changing() as database:
            database.executemany("delete from past where place=?", gone)
            database.executemany("delete from inner_past where place=?", gone)
            database.executemany(
                "delete from meta where name=?", [(_NOTE + place,) for (place,) in gone]
            )


def sum_of(rows: Mapping[str, str]) -> str:
    """The order of paths does not count: SQLite has its own."""
    return digest.of_text("\n".join(f"{path} {rows[path]}" for path in sorted(rows)))


def _sum_of_piece(place: str, path: str, number: int, changes: str) -> str:
    return digest.of_text(f"{place}\n{path}\n{number}\n{changes}")
