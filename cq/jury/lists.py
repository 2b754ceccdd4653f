"""The lists of a town hall, read together: one row a person, in columns of one name.

Decides who is in for nobody (`cq.jury.cases` does): what is refused here is what no list may be, a
row without a number or a number that stands twice.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.draw import tables
from cq.draw.tables import Sheet
from cq.french.numbers import counted
from cq.jury import columns
from cq.jury.columns import ID, Wanted, key_of
from cq.jury.folders import Refused

MOST_BYTES = 256_000_000  # of one list
_PREFIX = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What UTF-8 that was read as Windows-1252 makes of « é », and the sign for a letter that is gone.
_SECOND = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore").replace("\xa0", ""))
_LOST = re.compile(f"\ufffd|Ã[{_SECOND}]")
_ADVICE = (
    "un numéro est celui d’une seule personne ; si chaque liste numérote à sa façon : --prefixer",
    "si c’est la même personne, n’en laissez qu’une ligne dans vos listes",
)


class Given(NamedTuple):
    """One list as it was given. `label` is what it is called in counts, `name` its file."""

    label: str
    name: str
    data: bytes


class Row(NamedTuple):
    """A person as a list has them: `cells` in the order of `Lists.columns`, cleaned."""

    file: int
    line: int
    cells: tuple[str, ...]


class File(NamedTuple):
    """A list that was read: its label, the file's name, its people and the SHA-256 of its bytes."""

    label: str
    file: str
    rows: int
    digest: str


class Lists(NamedTuple):
    """All lists as one. `columns` begin with the number; `roles` has no guess left."""

    files: tuple[File, ...]
    columns: tuple[str, ...]
    rows: list[Row]
    roles: Wanted
    said: tuple[str, ...]

    def where(self, row: Row) -> str:
        """« lp.csv:12 »."""
        return f"{self.files[row.file].file}:{row.line}"

    def at(self, names: Iterable[str]) -> tuple[int, ...]:
        """Where these columns stand in a row's cells."""
        return tuple(map(self.columns.index, names))


# A list, its table, and what each of its columns is called among all lists.
_Opened = tuple[Given, Sheet, tuple[str, ...]]


class Faulty(Refused):
    """Lists that cannot be used; `faults` are all of them, « lp.csv:12 : … », `advice` what to do,
    each said once.
    """

    def __init__(self, faults: Sequence[str], advice: Iterable[str] = ()) -> None:
        super().__init__("\n".join([*shortened(faults), *dict.fromkeys(advice)]))
        self.faults = tuple(faults)


def shortened(lines: Sequence[str], most: int = 10) -> list[str]:
    """The first lines, and how many more there are."""
    rest = len(lines) - most
    return [*lines[:most], *([f"et {rest} de plus"] if rest > 0 else [])]


def read(given: Sequence[Given], wanted: Wanted) -> Lists:
    """All lists as one. Raises `Faulty`, with every fault of every list, or `Refused`."""
    found: list[_Opened] = []
    faults: list[str] = []
    advice: list[str] = []
    said: list[str] = []
    for one in given:
        table, wrong, hints = opened(one.name, one.data)
        if table:
            found.append((one, table, columns.named(one.name, table, wanted)))
            said += wrong
        else:
            faults += wrong
            advice += hints
    if faults:
        raise Faulty(faults, advice)
    columns.guard([table for _, table, _ in found], wanted)
    files = [columns.Named(one.name, keys) for one, _, keys in found]
    files, evened = columns.evened(files, wanted)
    found = [(one, table, to.keys) for (one, table, _), to in zip(found, files, strict=True)]
    names, roles, guessed = columns.roles(files, wanted)
    rows = list(_rows(found, (roles.id, *names[1:]), faults, prefixed=roles.prefixed))
    twice = list(doubles([one.name for one, _, _ in found], rows))
    if faults or twice:
        raise Faulty(faults + twice, _ADVICE if twice else ())
    if not rows:
        raise Refused("personne dans ces listes : il n’y a rien à geler")
    counted_in = tuple(
        File(one.label, one.name, len(table.rows), hashlib.sha256(one.data).hexdigest())
        for one, table, _ in found
    )
    return Lists(counted_in, names, rows, roles._replace(id=ID), (*said, *evened, *guessed))


def opened(name: str, data: bytes) -> tuple[Sheet | None, list[str], list[str]]:
    """A table that somebody gave, what should be known of it, as lines, and what to do of it.

    Where there is no table, the lines are what is wrong. Nothing of what it holds is in them.
    """
    sheet, found = (outcome := tables.read(data, PurePosixPath(name))).value, outcome.found
    if sheet:
        return sheet, [f"{name} : {one.message}" for one in found] + list(_lost(name, sheet)), []
    wrong = [one for one in found if one.code != "table-recoded"]  # no fault in itself
    hints = [hint for one in wrong for hint in one.hints]
    return None, [f"{name}:{one.span.line} : {one.message}" for one in wrong], hints


def _lost(name: str, sheet: Sheet) -> Iterator[str]:
    """Letters that a program before us has lost: nobody else can bring them back."""
    found = [row.line for row in sheet.rows if any(map(_LOST.search, row.cells))]
    if found:
        rows = counted(len(found), "ligne a perdu des lettres", "lignes ont perdu des lettres")
        yield (
            f"attention : {name} : {rows} (« � », « Ã© »), la première en {name}:{found[0]} ; "
            "le tableau serait à exporter de nouveau du logiciel d’où il vient"
        )


def _rows(
    opened: Sequence[_Opened],
    columns: Sequence[str],
    faults: list[str],
    *,
    prefixed: bool,
) -> Iterator[Row]:
    """Every row of every list, cleaned; what cannot be is added to `faults`."""
    for number, (one, table, keys) in enumerate(opened):
        places = [keys.index(name) if name in keys else -1 for name in columns]
        start = f"{_prefix(one)}-" if prefixed else ""
        for line, cells in table.rows:
            made = [cells[at] if at >= 0 else "" for at in places]
            if not made[0]:
                faults.append(f"{one.name}:{line} : pas de numéro")
                continue
            made[0] = start + made[0]
            yield Row(number, line, tuple(made))


def _prefix(one: Given) -> str:
    prefix = key_of(one.label).replace("_", "-")
    if not _PREFIX.fullmatch(prefix):
        raise Refused(f"la liste « {one.label} » n’a pas de nom court : LP={one.name}")
    return prefix


def doubles(names: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    """Numbers that stand twice, unless whatever else the two rows say is the same as well."""
    first: dict[str, Row] = {}
    for row in rows:
        before = first.setdefault(row.cells[0], row)
        if before is not row and before.cells != row.cells:
            yield (
                f"{names[row.file]}:{row.line} : le même numéro qu’en "
                f"{names[before.file]}:{before.line}, pour une autre ligne"
            )
