"""Where a quartier is: the files that say so, and what was read in them.

Attachments are streamed and never opened; these two are read as texts, because a quartier names
them. Light: `outline` and `streets` do the reading.
"""

import json
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content import layout
from cq.content.geometry import Shape
from cq.content.item import Blob
from cq.content.parsed import Record
from cq.content.sniff import disagrees

# The key of quartier.yml, and the only type that its file may have.
SUFFIXES = {"contour": ".geojson", "rues": ".csv"}
# An outline of 3,000 points weighs 80 kB, the streets of a whole town 200 kB.
MOST = 1 << 20


def file_of(record: Record, key: str) -> str:
    """The path of the file that a quartier names under `key`; "" where it names none."""
    for one in record.references:
        if one.field == key:
            return posixpath.normpath(posixpath.join(posixpath.dirname(record.path), one.target))
    return ""


def wanted(records: Iterable[Record], blobs: Mapping[str, Blob]) -> dict[str, Blob]:
    """The attachments to read, by path: there, of the right type and size, and of the quartier's
    own space. Every other one has its finding (`cq.content.checks.files`).
    """
    found = {}
    for record in records:
        if record.kind != "quartier":
            continue
        for key, suffix in SUFFIXES.items():
            blob = blobs.get(file_of(record, key))
            if (
                blob is not None
                and blob.space == record.space
                and 0 < blob.size <= MOST
                and blob.path.lower().endswith(suffix)
                and not disagrees(suffix, blob.type)
            ):
                found[blob.path] = blob
    return found


class Street(NamedTuple):
    """One row: a street, or one side or a stretch of it. None: without end on that side."""

    name: str
    side: str  # "pair" | "impair" | "tous"
    first: int | None
    last: int | None
    line: int

    def common(self, other: "Street") -> int | None:
        """A number that both rows claim, or None."""
        if {self.side, other.side} == {"pair", "impair"}:
            return None
        low = max(self.first or 1, other.first or 1)
        sides = {self.side, other.side} - {"tous"}
        if sides and (low % 2 == 0) != ("pair" in sides):
            low += 1
        high = min((one for one in (self.last, other.last) if one is not None), default=low)
        return low if low <= high else None


def record_of(path: PurePosixPath, kind: str, said: object) -> Record:
    """What was read in the file at `path`: an « outline » or « streets »."""
    where = layout.place(path)
    fields = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Record(
        layout.identity(path), kind, str(path), where.space, where.home, (fields,), (), ((1, 1),)
    )


def outline_of(record: Record) -> tuple[Shape, str]:
    """The shape and the credit that a record of the kind « outline » keeps."""
    shape, credit = json.loads(record.fields[0])
    return (
        tuple(
            tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in shape
        ),
        credit,
    )  # fmt: skip


def streets_of(record: Record) -> tuple[Street, ...]:
    """The rows that a record of the kind « streets » keeps."""
    return tuple(Street(*row) for row in json.loads(record.fields[0]))
