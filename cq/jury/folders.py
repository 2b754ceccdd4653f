"""The two folders of a draw: `content/jurys/<id>/`, which everyone reads, and the town hall's own,
outside the repository, which has names and the key.

Which step a draw has reached is read off the files that are there: nothing says it twice.
"""

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from cq.access import kept
from cq.content import logbook
from cq.draw import canon, page, sealing
from cq.draw.canon import BadFile
from cq.draw.transcript import NAMES
from cq.jury import shapes
from cq.rewrite import beside, prepared, unbroken

JOURNAL = "journal.csv"
WHY = ("n", "pid", "id", "raison", "date")  # the columns of who left, and why
PROMISED = "engagement.json"  # private: a copy of what was promised, lest another be
KEY, PEOPLE, FROZEN, PLAN, TYPES, DECISIONS, REASONS = (
    "cle.hex", "personnes.csv", "gel.json", "plan.json", sealing.NAME, "decisions.csv",
    "remplacements.csv",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_ID = 60
_COUNT = re.compile("[1-9][0-9]{0,6}")
_KEY = re.compile(rb"[0-9a-f]{64}")
_MOST = 256_000_000  # bytes of one file
_MOST_JOURNAL = 4_000_000


class Step(IntEnum):
    """How far a draw has come; each step has its files and never loses them."""

    NEW = 0
    FROZEN = 1
    PLANNED = 2
    COMMITTED = 3
    DRAWN = 4
    PURGED = 5


class Refused(Exception):
    """What was asked of a draw cannot be so; the words are for the user."""


class Backwards(Refused):
    """What was asked would undo a step, or leap one."""


class Entry(NamedTuple):
    """A line of the public journal. `day` is AAAA-MM-JJ; `fingerprint` hexadecimal digits or ""."""

    day: str
    step: str
    fingerprint: str = ""
    note: str = ""


def is_id(name: str) -> bool:
    """Whether a draw may be called so: it is a folder, an address, and in the commitment."""
    return len(name) <= _MOST_ID and _ID.fullmatch(name) is not None


class Folders:
    """Both folders of the draw `name`. Reading and writing raise `OSError`."""

    def __init__(self, name: str, public: Path, private: Path) -> None:
        self.name, self.public, self.private = name, public, private

    def step(self) -> Step:
        """The last step that is done."""
        if (self.public / "transcript.json").is_file():
            purged = not (self.private / KEY).is_file()
            return Step.PURGED if purged and self.is_said_purged() else Step.DRAWN
        if (self.public / "commitment.json").is_file():
            return Step.COMMITTED
        if (self.private / PLAN).is_file():
            return Step.PLANNED
        return Step.FROZEN if (self.private / FROZEN).is_file() else Step.NEW

    def sibling(self, name: str) -> "Folders":
        """Those of another draw of the same site: the first stage of this one."""
        return Folders(name, self.public.parent / name, self.private.parent / name)

    def is_cancelled(self) -> bool:
        """Whether the journal says so: a draw that was announced is never forgotten."""
        return any(entry.step == logbook.CANCELLED for entry in self.journal())

    def is_said_purged(self) -> bool:
        """Whether the journal says that the list was destroyed, and not frozen anew since."""
        both = {logbook.FROZEN, logbook.PURGED}
        last = [entry.step for entry in self.journal() if entry.step in both][-1:]
        return last == [logbook.PURGED]

    def lacks(self) -> list[str]:
        """The key or the list, where a freeze is here without them and nothing says that they were
        destroyed: a purge that was stopped, or files that were moved.
        """
        if not (self.private / FROZEN).is_file():
            return []
        if self.is_said_purged() and self.step() >= Step.COMMITTED:
            return []
        return [name for name in (PEOPLE, KEY) if not (self.private / name).is_file()]

    def files(self) -> dict[str, bytes]:
        """Those of the five public files that are there, by name; no more of one than shows that
        it is too large. What is no file (a folder, a pipe, a link to nothing) is there, and empty:
        it must not look like a draw that has not taken place.
        """
        found = {}
        for name in NAMES:
            path = self.public / name
            if path.is_file():
                with path.open("rb") as stream:
                    found[name] = stream.read(_MOST)
            elif path.is_symlink() or path.exists():
                found[name] = b""
        return found

    def publish(self, name: str, data: bytes) -> None:
        """A public file, written whole or not at all."""
        self.publish_together({name: data})

    def keep(self, name: str, data: bytes) -> None:
        """A private file, for its owner alone."""
        kept.write(self.private / name, data)

    def kept(self, name: str) -> bytes:
        """A private file. Raises `FileNotFoundError` among others."""
        with (self.private / name).open("rb") as stream:
            return stream.read(_MOST)

    def read(self, name: str, shape: shapes.Shape) -> Any:  # noqa: ANN401 - what has that shape
        """A private file of JSON. Raises BadFile where it is not what was written there."""
        try:
            return shapes.checked(canon.read(self.kept(name)), shape, name)
        except BadFile:
            raise shapes.damaged(name) from None

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a private table, each with a cell for every column. Raises BadFile."""
        try:
            table = csv.DictReader(
                io.StringIO(self.kept(name).decode("utf-8"), newline=""), strict=True
            )
            rows = list(table)
        except (UnicodeDecodeError, csv.Error):
            raise shapes.damaged(name) from None
        columns = table.fieldnames or ()
        odd = any(None in row or None in row.values() for row in rows)
        if odd or len(set(columns)) != len(columns):
            raise shapes.damaged(name)
        return rows

    def key(self) -> bytes:
        """The secret of the list, 32 bytes. Raises BadFile for anything else."""
        found = self.kept(KEY).strip()
        if not _KEY.fullmatch(found):
            raise shapes.damaged(KEY)
        return bytes.fromhex(found.decode("ascii"))

    def frozen(self) -> Any:  # noqa: ANN401 - what `keep_frozen` was given
        """What the freeze settled, as JSON. Raises BadFile."""
        said = self.read(FROZEN, shapes.FROZEN)
        if said.get("first") and not is_id(said["first"]):  # it names a folder
            raise shapes.damaged(FROZEN)
        return said

    def people(self) -> list[dict[str, str]]:
        """The rows of the frozen list, each with its `id`, as they were hashed. Raises BadFile."""
        rows = self.table(PEOPLE)
        if not rows or "id" not in rows[0]:
            raise shapes.damaged(PEOPLE)
        return rows

    def reasons(self) -> list[dict[str, str]]:
        """Who left and why, a row a replacement; none where nothing was kept. Raises BadFile."""
        if not (self.private / REASONS).is_file():
            return []
        rows = self.table(REASONS)
        if not all(
            row.keys() == set(WHY)
            and _COUNT.fullmatch(row["n"])
            and (not row["date"] or shapes.day(row["date"]))
            for row in rows
        ):
            raise shapes.damaged(REASONS)
        return rows

    def keep_people(self, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
        self.keep(PEOPLE, tabled(columns, rows))

    def journal(self) -> list[Entry]:
        """What the public journal says, oldest first. Raises BadFile where anybody's file says
        nothing that can be read.
        """
        return _entries(self.public / JOURNAL)

    def meant(self) -> list[Entry]:
        """The lines of a journal that was ready when its command was killed, before it was put in
        its place (`publish_together`).
        """
        path = beside(self.public / JOURNAL)
        try:
            return [] if path.is_symlink() else _entries(path)
        except BadFile:
            return []

    def note(self, *entries: Entry) -> None:
        """These lines more in the public journal."""
        self.publish_together({JOURNAL: self.noted(*entries)})

    def sweep(self) -> None:
        """Take away what a killed command has left beside the files that it was writing. Nobody
        else may be writing any.
        """
        for name in (*NAMES, page.NAME, JOURNAL):
            beside(self.public / name).unlink(missing_ok=True)
        if self.private.is_dir():
            for path in self.private.rglob(".*"):
                if kept.is_left(path):
                    path.unlink(missing_ok=True)

    def noted(self, *entries: Entry) -> bytes:
        """The public journal with these lines more, as bytes."""
        stream = io.StringIO(newline="")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("date", "etape", "empreinte", "note"))
        table.writerows([*self.journal(), *entries])
        return stream.getvalue().encode()

    def publish_together(self, files: Mapping[str, bytes]) -> None:
        """Public files that belong together, in this order: a full disk leaves all as they were,
        and so does Ctrl-C. Only a kill may come between two: the journal comes last.
        """
        self.public.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            puts = [
                stack.enter_context(prepared(self.public / name, data))
                for name, data in files.items()
            ]
            with unbroken():
                for put in puts:
                    put()


def _entries(path: Path) -> list[Entry]:
    if not path.is_file():
        return []
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_JOURNAL + 1)
        if len(data) > _MOST_JOURNAL:  # cut here, it would be written anew without its end
            raise BadFile(f"{JOURNAL} est trop gros")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise BadFile(f"{JOURNAL} n’est pas lisible : du CSV en UTF-8 était attendu") from None
    return [Entry(*(row + [""] * 4)[:4]) for row in rows[1:] if row]


def tabled(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A private table, as `Folders.table` reads it."""
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, list(columns), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue().encode()
