"""What git remembers of a text: when it changed and, where they agreed to be named, by whose hand.

Pure: rows of the ledger in, `Past` out. Nobody is named but by equipe.yml, whatever name a commit
bears; a day to come is shown as today's. Pasts are of one space: what lies under `prive/` has none
among the public's, whatever git keeps.
"""

import datetime
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import takewhile
from pathlib import PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cq import digest
from cq.content import layout
from cq.french.folding import fold

_COMPARED = 50  # versions of one text
_REMOVED = ',""]'  # how the change that removed a file ends in its row
_SHORT = 10  # hexadecimal digits of a commit: enough to find it in any repository of a town

# As the ledger keeps it: commit, seconds, name, whether it is a merge, what the file became.
Row = tuple[str, int, str, bool, str]


class Version(NamedTuple):
    """One state of a text. `name` is "" for who is not to be named; `blob` is git's name of it;
    `ahead` says that git has it on a day to come, of which `day` is today.
    """

    day: str
    name: str
    commit: str
    blob: str = ""
    ahead: bool = False


class Past(NamedTuple):
    """The versions of a text, newest first, since it last began.

    `whole` is False where git knows of no beginning: then `first` is only the oldest known day.
    """

    versions: tuple[Version, ...]
    whole: bool = True

    @property
    def first(self) -> str:
        return self.versions[-1].day

    @property
    def last(self) -> str:
        return self.versions[0].day

    @property
    def authors(self) -> tuple[str, ...]:
        """Those who may be named, the latest first."""
        return tuple(dict.fromkeys(one.name for one in self.versions if one.name))


def shown_since(past: Past, day: str) -> tuple[Version, ...]:
    """The newest versions, as far as all are of `day` or later: their texts may be compared.

    A version with an older day ends them, whatever days stand below it: dates can be forged.
    """
    return tuple(takewhile(lambda one: one.day >= day, past.versions))[:_COMPARED]


class Pasts(Mapping[str, Past]):
    """The past of each text that has one, by its path; worked out when it is asked for."""

    def __init__(  # noqa: PLR0913 - what is told, to whom, and where
        self,
        rows: Mapping[str, str],
        names: Iterable[tuple[str, str]] = (),
        *,
        zone: str = "Europe/Paris",
        today: str = "",
        cut: Collection[str] = (),
        space: str = layout.PUBLIC,
    ) -> None:
        """`rows` are `row_of` each path's changes; `names` are what a commit may bear, and the
        name that is shown for it; `cut` are the paths of which git knows no beginning. What lies
        in another space than `space` is not told.
        """
        self._rows = rows
        self._names = tuple(names)
        self._zone = zone
        self._today = today
        self._cut = frozenset(cut)
        self._space = space
        self._made: dict[str, Past | None] = {}

    def __getitem__(self, path: str) -> Past:
        past = self._past(path)
        if past is None:
            raise KeyError(path)
        return past

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._rows if self._past(path) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._past(path) is not None

    def of(self, paths: Iterable[str], today: str) -> "Pasts":
        """The pasts of `paths` alone, as told on `today`."""
        rows = {path: self._rows[path] for path in paths if path in self._rows}
        cut = self._cut & rows.keys()
        return Pasts(rows, self._names, zone=self._zone, today=today, cut=cut, space=self._space)

    def lack(self, paths: Iterable[str]) -> list[str]:
        """Those of `paths` that git has never seen, or saw last when they were removed."""
        # What was never removed need not be read.
        return [
            path
            for path in paths
            if path not in self._rows or (_REMOVED in self._rows[path] and path not in self)
        ]

    def day_of(self, when: int) -> str:
        """The day of an instant where the site is, to come or not."""
        return datetime.datetime.fromtimestamp(when, self._place).date().isoformat()

    @cached_property
    def digest(self) -> str:
        """Of all that they say."""
        said = "\n".join(f"{path} {self._rows[path]}" for path in sorted(self._rows))
        told = self._names, self._zone, self._today, sorted(self._cut), self._space
        return digest.of_all((digest.of_value(told), said))

    @cached_property
    def _shown(self) -> dict[str, str]:
        return {_even(borne): name for borne, name in self._names}

    @cached_property
    def _place(self) -> datetime.tzinfo:
        try:
            return ZoneInfo(self._zone)
        except (KeyError, ValueError, OSError):  # said of site.yml
            return datetime.UTC

    def _past(self, path: str) -> Past | None:
        if path not in self._made:
            row = self._rows.get(path)
            told = row and may_be_told(path, self._space)
            self._made[path] = self._read(path, row) if row and told else None
        return self._made[path]

    def _read(self, path: str, row: str) -> Past | None:
        kept = []
        for commit, when, name, merge, blob in _own(json.loads(row)):
            del merge
            shown = self._shown.get(_even(name), "")
            day = self.day_of(when)
            seen = min(day, self._today or day)
            kept.append(Version(seen, shown, commit[:_SHORT], blob, ahead=seen < day))
        return Past(tuple(kept), path not in self._cut) if kept else None


def may_be_told(path: str, space: str = layout.PUBLIC) -> bool:
    """Whether the readers of `space` may know the history of the file at `path`: that of one of
    its own texts; anybody, that of a public one.
    """
    return space_of(path) == space


def is_private(path: str) -> bool:
    """Whether the text at `path` is a space's."""
    return space_of(path) not in {layout.PUBLIC, None}


def space_of(path: str) -> str | None:
    """Whose the text at `path` is; None for what is no text of the content, or is misplaced."""
    place = PurePosixPath(path)
    told = (
        place.parts[:1] == (layout.CONTENT,)
        and place.suffix in layout.TEXTS
        and layout.misplaced_private(place) is None
    )
    return layout.place(place).space if told else None


def row_of(changes: Iterable[Row]) -> str:
    """The changes of one file, newest first, as the ledger keeps them."""
    return json.dumps(list(changes), ensure_ascii=False, separators=(",", ":"))


def rows_of(row: str) -> list[Row]:
    return [tuple(one) for one in json.loads(row)]


def _own(rows: list[Row]) -> Iterator[Row]:
    """The changes since the file last began. A merge that only brings what a branch has made of
    the file is no change of its own: who made it is named further down.
    """
    end = next((number for number, row in enumerate(rows) if not row[4]), len(rows))
    made = {row[4]: number for number, row in enumerate(rows) if not row[3]}
    for number, row in enumerate(rows[:end]):
        if not (row[3] and made.get(row[4], -1) > number):
            yield row


def _even(name: str) -> str:
    return " ".join(fold(name).split())
