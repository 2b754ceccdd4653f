"""What a person has settled before the draw: one line a case, with its day and its reason.

The file is the town hall's own and grows by lines, so that whoever is interrupted goes on where
they were. A decision holds for the very rows that it was taken on.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cq.french.folding import fold
from cq.jury import shapes
from cq.jury.cases import DROP, KEEP, REASONS, Case
from cq.jury.columns import key_of
from cq.jury.folders import DECISIONS, Folders
from cq.jury.likeness import TWICE
from cq.jury.lists import Faulty, Lists, opened

TO_SETTLE = "a-decider.csv"
FIRST, ALL = "premier", "*"
WITHDRAWN = "retrait"  # somebody who asked not to be in: a decision without a case
_HEADER = ("genre", "cas", "choix", "raison", "date", "empreinte")
_WANTED = ("genre", "cas", "choix", "raison")
_WORD = re.compile(r"[^\W\d_]{1,20}")


class Decision(NamedTuple):
    """`mark` is that of the case, "" for a withdrawal."""

    kind: str
    case: str
    choice: str
    reason: str
    day: str
    mark: str = ""


class Register:
    """All that was decided of one draw, kept as it is said. Raises OSError, BadFile."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._known: dict[tuple[str, str], Decision] = {}
        if (folders.private / DECISIONS).is_file():
            for row in folders.table(DECISIONS):
                if row.keys() != set(_HEADER):
                    raise shapes.damaged(DECISIONS)
                one = Decision(*(row[name] for name in _HEADER))
                self._known[one.kind, one.case] = one

    def add(self, decisions: Iterable[Decision]) -> None:
        """Keep them, on the disk before anything else happens."""
        for one in decisions:
            self._known[one.kind, one.case] = one
        stream = io.StringIO(newline="")
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(_HEADER)
        table.writerows(self._known.values())
        self._folders.keep(DECISIONS, stream.getvalue().encode())

    def of(self, case: Case) -> str:
        """What was chosen for `case`; "" where nothing was, or for other rows."""
        found = self._known.get((case.kind, case.name))
        return found.choice if found and found.mark == case.mark else ""

    def withdrawn(self) -> set[str]:
        """The numbers of those who are left out because they asked for it."""
        return {one.case for one in self._known.values() if one.kind == WITHDRAWN}


def choice_of(case: Case, typed: str) -> str:
    """The choice that `typed` is for `case`, whatever its capitals; "" where it is none."""
    if fold(typed) == FIRST and case.kind in TWICE:
        return case.choices[1]
    if fold(typed) in case.choices:
        return fold(typed)
    return typed if typed in case.choices else ""


def batch(name: str, data: bytes, cases: Sequence[Case], lists: Lists, day: str) -> list[Decision]:
    """The decisions of a file (genre, cas, choix, raison). Raises `Faulty`.

    « * » as the case stands for all of that kind; a line of its own for one of them wins.
    """
    sheet, said, advice = opened(name, data)
    if sheet is None:
        raise Faulty(said, advice)
    faults = []
    keys = list(map(key_of, sheet.columns))
    missing = [key for key in _WANTED if key not in keys]
    if missing:
        raise Faulty([f"{name}:1 : il manque la colonne « {missing[0]} » ({', '.join(_WANTED)})"])
    places = [keys.index(key) for key in _WANTED]
    settling = _Settling(cases, lists, day)
    lines = [(row.line, _Line(*(row.cells[place] for place in places))) for row in sheet.rows]
    for wide in (True, False):
        for number, line in lines:
            # Without a choice, it is left open.
            if (line.case == ALL) == wide and line.choice:
                line = line._replace(kind=fold(line.kind))  # noqa: PLW2901 - « Doublon », « doublon »
                faults += [f"{name}:{number} : {words}" for words in settling.take(line)]
    if faults:
        raise Faulty(faults)
    return list(settling.made.values())


def _short(name: str) -> str:
    """Numbers as a spreadsheet leaves them: « 0012 0044 » is « 12 44 »."""
    return " ".join(one.lstrip("0") for one in name.split())


class _Line(NamedTuple):
    kind: str
    case: str
    choice: str
    reason: str


class _Settling:
    """A file of decisions, line by line."""

    def __init__(self, cases: Sequence[Case], lists: Lists, day: str) -> None:
        self.made: dict[tuple[str, str], Decision] = {}
        self._cases = {(case.kind, case.name): case for case in cases}
        self._numbers = {row.cells[0] for row in lists.rows}
        self._day = day

    def take(self, line: _Line) -> Iterator[str]:
        """Settle what `line` settles; what is wrong with it."""
        if line.kind not in REASONS:
            # A quotation mark left open brings more of the file here, and a log may be anybody's.
            said = f"« {line.kind} »" if _WORD.fullmatch(line.kind) else "le début de cette ligne"
            yield f"{said} n’est pas un genre de cas : {', '.join(REASONS)}"
        elif not line.reason:
            yield "il manque la raison : elle est gardée avec la décision"
        elif line.kind == WITHDRAWN:
            if line.choice != DROP or line.case not in self._numbers:
                yield f"un retrait nomme un numéro de la liste, et choisit « {DROP} »"
            else:
                self._keep(line, line.case, DROP, "")
        else:
            yield from self._take_cases(line)

    def _take_cases(self, line: _Line) -> Iterator[str]:
        named = self._cases.get((line.kind, line.case))
        every = [case for (kind, _), case in self._cases.items() if kind == line.kind]
        if line.case != ALL and named is None:
            short = _short(line.case)
            near = [case.name for case in every if _short(case.name) == short]
            yield "aucun cas de ce genre ne porte ce nom" + (
                f" ; un tableur enlève les zéros du début : c’est « {near[0]} » ?" if near else ""
            )
        for case in [named] if named else every if line.case == ALL else []:
            choice = choice_of(case, line.choice)
            if not choice:
                allowed = [KEEP, FIRST] if line.kind in TWICE else case.choices
                yield f"« {line.choice} » n’est pas un choix ici : {', '.join(allowed)}"
                return
            self._keep(line, case.name, choice, case.mark)

    def _keep(self, line: _Line, case: str, choice: str, mark: str) -> None:
        made = Decision(line.kind, case, choice, line.reason, self._day, mark)
        self.made[line.kind, case] = made


def to_settle(cases: Iterable[Case], lists: Lists) -> bytes:
    """The file to fill in: a line a case, its choice left blank, and what helps to decide."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    table.writerow((*_WANTED, "choix_possibles", "lignes", "quoi"))
    for case in cases:
        where = " ".join(lists.where(lists.rows[row]) for row in case.rows)
        possible = " ou ".join(case.choices)
        table.writerow([case.kind, case.name, "", "", possible, where, case.words])
    return stream.getvalue().encode("utf-8-sig")
