"""Who of the lists may be one person under two numbers, and who only bears another's name.

Lists are written by many hands: other columns, capitals and commas, the first of three given names.
What agrees wholly is a double; what agrees in the surname, the first given name and the birth is
one probably. Nobody is left out here: somebody decides of both.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from cq.french.folding import fold
from cq.jury.lists import Lists, Row

DOUBLE, LIKELY = "doublon", "ressemblance"
TWICE = (DOUBLE, LIKELY)
_NOT_WORD = re.compile(r"[\W_]+")


class Alike(NamedTuple):
    """Rows that may be one person's, one for each number; `words` say what they share."""

    kind: str
    rows: list[int]
    words: str


class _Person(NamedTuple):
    """What a row says of somebody, evened out. `birth` is a day, or what stands for one."""

    surname: str
    given: str
    birth: str
    place: str


class Likeness:
    """One look at the rows that are left; `born` reads a day. Needs names, and either a birth or
    an address: a name alone is many people's.
    """

    def __init__(
        self, lists: Lists, rows: Iterable[tuple[int, Row]], born: Callable[[str], object]
    ) -> None:
        roles = lists.roles
        self._told = [bool(roles.birth), bool(roles.address)]
        self._same: dict[_Person, dict[str, int]] = defaultdict(dict)
        self._like: dict[_Person, set[_Person]] = defaultdict(set)
        if not roles.names or not any(self._told):
            return
        given = lists.at(one for one in roles.names if _is_given(one))
        surname = lists.at(one for one in roles.names if not _is_given(one))
        births = lists.at([roles.birth] if roles.birth else [])
        places = lists.at(roles.address)
        for number, row in rows:
            cells = row.cells
            day = next((cells[one] for one in births), "")
            known = born(day)
            who = _Person(
                _joined(cells[one] for one in surname),
                _joined(cells[one] for one in given),
                str(known or day),
                _joined(cells[one] for one in places),
            )
            if (who.surname or who.given) and (who.birth or who.place):
                self._same[who].setdefault(cells[0], number)
                first = who.given.partition("-")[0]
                like = who._replace(given=first, place="") if known else who
                self._like[like].add(who)

    def found(self) -> Iterator[Alike]:
        """In the order of the first of each: no row is in two."""
        if not self._like:
            return
        shared = [
            word for word, told in zip(("naissance", "adresse"), self._told, strict=True) if told
        ]
        wholly = f"mêmes {' et '.join([', '.join(['nom', *shared[:-1]]), shared[-1]])}"
        pairs = []
        for several in self._like.values():
            rows: dict[str, int] = {}
            for who in several:
                for id_, number in self._same[who].items():
                    rows[id_] = min(number, rows.get(id_, number))
            if len(rows) > 1:
                kind = DOUBLE if len(several) == 1 else LIKELY
                words = (
                    wholly
                    if kind == DOUBLE
                    else "mêmes nom, premier prénom et naissance ; le reste diffère"
                )
                pairs.append(
                    Alike(kind, sorted(rows.values()), f"{words}, sous des numéros différents")
                )
        yield from sorted(pairs, key=lambda one: one.rows)

    def namesakes(self) -> int:
        """How many names are borne by several people, as far as a list can tell."""
        names: dict[tuple[str, str], int] = defaultdict(int)
        for several in self._like.values():
            for name in {(who.surname, who.given) for who in several}:
                names[name] += 1
        return sum(many > 1 for many in names.values())


def _is_given(column: str) -> bool:
    return column.startswith("prenom") or column in {"first_name", "given_name"}


def _joined(cells: Iterable[str]) -> str:
    """Whatever the columns: « 3 », « RUE A » is « 3, rue A »."""
    return "-".join(filter(None, map(_evened, cells)))


@lru_cache(maxsize=1 << 16)
def _evened(text: str) -> str:
    return _NOT_WORD.sub("-", fold(text)).strip("-")
