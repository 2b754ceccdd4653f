"""Who of the lists is in: what a rule excludes, what a person must settle, what one should know.

Nobody is left out by a guess. An age or a perimeter that was asked for excludes by rule; a double,
a blank, a date that nobody can read wait for a recorded decision.
"""

import bisect
import datetime
import hashlib
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cq.french.folding import fold, nearest
from cq.french.numbers import counted
from cq.french.read_date import read_date
from cq.jury.columns import ONLY_PLACES
from cq.jury.criteria import BAND
from cq.jury.folders import Refused
from cq.jury.likeness import DOUBLE, LIKELY, TWICE, Likeness
from cq.jury.lists import Lists, Row, shortened

BLANK = "non renseigné"  # what a stratum says of somebody who is kept without one
MANY = 10  # people at one address: a hostel, a block without numbers
_OLDEST = 115
_OFTEN = 5  # people of one value, so that it names nobody
_FRENCH_DAY = re.compile(r"([0-9]{2})(/?)([0-9]{2})\2((?:19|20)[0-9]{2})")  # no other reading fits
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:[.,]0+)?)?\Z")  # what a data base adds to a day

# Reasons of exclusion, and kinds of cases: their words, as counts and the journal have them.
REASONS = {
    "age": "âge",
    "perimetre": "hors du périmètre",
    "repetition": "ligne répétée",
    DOUBLE: "doublon",
    LIKELY: "doublon probable",
    "date": "date de naissance inconnue",
    "critere": "critère non renseigné",
    "retrait": "retrait demandé",
}
KEEP, DROP = "garder", "exclure"


class Rules(NamedTuple):
    """What was asked. `least` and `most` are ages on `day`; 0 for no limit."""

    day: datetime.date
    least: int = 0
    most: int = 0
    perimeter: tuple[str, ...] = ()  # folded values that are inside
    bands: tuple[int, ...] = ()  # the first year of each class of age

    def ages(self) -> bool:
        """Whether somebody's age matters."""
        return bool(self.least or self.most)

    def fits(self, years: int) -> bool:
        return years >= self.least and (not self.most or years <= self.most)


class Case(NamedTuple):
    """What somebody must settle. `name` is what decisions call it: numbers of the private list.
    `choices` are KEEP, DROP or, among doubles, the number of the only one to keep.
    """

    kind: str
    name: str
    rows: tuple[int, ...]
    words: str
    choices: tuple[str, ...]
    mark: str  # digest of its rows: a decision holds for these and no others


class Examined(NamedTuple):
    """`out` is by row, a reason of REASONS; `told` names nobody."""

    out: dict[int, str]
    cases: list[Case]
    told: list[str]


def banded(lists: Lists, rules: Rules) -> Lists:
    """The lists with a criterion more, each one's class of age: « 16-29 ans », « 60 ans et plus ».

    No number is made of it. Raises Refused.
    """
    if not rules.bands:
        return lists
    if not lists.roles.birth or BAND in lists.columns:
        why = f"une colonne s’appelle déjà « {BAND} »" if lists.roles.birth else (
            "sans date de naissance, pas de tranches d’âge : --naissance COLONNE"
        )  # fmt: skip
        raise Refused(why)
    (place,) = lists.at([lists.roles.birth])
    words = [f"moins de {rules.bands[0]} ans"]
    words += [f"{first}-{after - 1} ans" for first, after in itertools.pairwise(rules.bands)]
    words.append(f"{rules.bands[-1]} ans et plus")
    rows = []
    for row in lists.rows:
        years = _years(row.cells[place], rules.day)
        band = "" if years is None else words[bisect.bisect_right(rules.bands, years)]
        rows.append(row._replace(cells=(*row.cells, band)))
    roles = lists.roles._replace(features=(*lists.roles.features, BAND))
    return lists._replace(columns=(*lists.columns, BAND), rows=rows, roles=roles)


def examined(lists: Lists, rules: Rules) -> Examined:
    """Everyone, looked at. Nothing is settled yet but what a rule says. Raises Refused."""
    if rules.ages() and not lists.roles.birth:
        raise Refused(
            "un âge se compte de la date de naissance, et aucune colonne ne la dit\n"
            "nommez-la : --naissance COLONNE"
        )
    if rules.ages() or rules.bands:
        _mostly_read(lists, rules.day)
    look = _Look(lists, rules)
    look.by_rules()
    look.repeated()
    look.doubles()
    look.blanks()
    look.households()
    return look.found


def _mostly_read(lists: Lists, day: datetime.date) -> None:
    """Raise Refused where a whole column cannot be read: one fault, not a case a person."""
    (place,) = lists.at([lists.roles.birth])
    for number, one in enumerate(lists.files):
        said = [row for row in lists.rows if row.file == number and row.cells[place]]
        unread = [row for row in said if _years(row.cells[place], day) is None]
        if len(unread) >= MANY and 2 * len(unread) > len(said):
            raise Refused(
                f"{one.file} : {len(unread)} dates de naissance sur {len(said)} ne se lisent pas, "
                f"la première en {lists.where(unread[0])}\n"
                "une année a quatre chiffres, et un tableur montre parfois un jour par un nombre "
                f"comme 32874 : dans le tableur, donnez à la colonne « {lists.roles.birth} » le "
                "format AAAA-MM-JJ ou JJ/MM/AAAA, puis enregistrez de nouveau"
            )


@lru_cache(maxsize=1 << 16)
def born(text: str) -> datetime.date | None:
    """The day that a list says; None where nobody can tell."""
    text = _MIDNIGHT.sub("", text)
    if parts := _FRENCH_DAY.fullmatch(text):
        day, month, year = map(int, parts.group(1, 3, 4))
        try:
            return datetime.date(year, month, day)
        except ValueError:
            return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return read_date(text).value


def age(birth: datetime.date, day: datetime.date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class _Look:
    """One look at all lists, question after question."""

    def __init__(self, lists: Lists, rules: Rules) -> None:
        self.lists, self.rules = lists, rules
        self.found = Examined({}, [], [])

    def left(self) -> Iterator[tuple[int, Row]]:
        """The rows that no rule has excluded."""
        return (
            (number, row)
            for number, row in enumerate(self.lists.rows)
            if number not in self.found.out
        )

    def places(self, *names: str) -> tuple[int, ...]:
        return self.lists.at(filter(None, names))

    def add(self, kind: str, rows: Sequence[int], words: str, *choices: str) -> None:
        """A case, named by the numbers of its rows."""
        cells = [self.lists.rows[one].cells for one in rows]
        text = "\n".join("\t".join(one) for one in cells)
        mark = hashlib.sha256(text.encode()).hexdigest()[:16]
        name = " ".join(sorted({one[0] for one in cells}))
        self.found.cases.append(Case(kind, name, tuple(rows), words, choices, mark))

    def tell(self, line: str) -> None:
        self.found.told.append(line)

    def by_rules(self) -> None:
        for place in self.places(self.lists.roles.perimeter if self.rules.perimeter else ""):
            self._perimeter(place)
            for number, row in list(self.left()):
                if row.cells[place] and fold(row.cells[place]) not in self.rules.perimeter:
                    self.found.out[number] = "perimetre"
        for place in self.places(self.lists.roles.birth if self.rules.ages() else ""):
            for number, row in list(self.left()):
                years = _years(row.cells[place], self.rules.day)
                if years is not None and not self.rules.fits(years):
                    self.found.out[number] = "age"

    def _perimeter(self, place: int) -> None:
        """Say which values of the perimeter are nobody's; a slip there would leave people out."""
        name = self.lists.roles.perimeter
        many = Counter(text for row in self.lists.rows if (text := row.cells[place]))
        there = {fold(text): text for text in many}
        unknown = [one for one in self.rules.perimeter if one not in there]
        if len(unknown) == len(self.rules.perimeter):
            # A rare value may be somebody's own.
            often = sorted(text for text, people in many.items() if people >= _OFTEN)
            values = (
                f" vaut souvent {', '.join(shortened(often))}" if often else " a d’autres valeurs"
            )
            raise Refused(f"personne n’est dans ce périmètre : « {name} »{values}")
        for one in unknown:
            near = nearest(one, there)
            meant = f" ; vouliez-vous dire « {there[near[0]]} » ?" if near else ""
            self.tell(f"attention : personne n’a « {one} » pour « {name} »{meant}")

    def repeated(self) -> None:
        """The same row several times; `cq.jury.lists` has refused a number for two people."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, row in self.left():
            numbers[row.cells[0]].append(number)
        for several in numbers.values():
            if len(several) > 1:
                words = f"la même ligne, {len(several)} fois, sous un même numéro"
                self.add("repetition", several, words, DROP)

    def doubles(self) -> None:
        """The same person under two numbers; namesakes, who are only told."""
        likeness = Likeness(self.lists, self.left(), born)
        for one in likeness.found():
            numbers = [self.lists.rows[row].cells[0] for row in one.rows]
            self.add(one.kind, one.rows, one.words, KEEP, *numbers)
        many = likeness.namesakes()
        if many:
            borne = counted(many, "nom porté", "noms portés")
            self.tell(f"{borne} par plusieurs personnes différentes : toutes gardées")

    def blanks(self) -> None:
        """Rows of which a rule or a stratum cannot tell."""
        roles = self.lists.roles
        births, features = self.places(roles.birth), self.places(*roles.features)
        around = self.places(roles.perimeter if self.rules.perimeter else "")
        unread: list[str] = []
        for number, row in self.left():
            for place in births:
                if _years(row.cells[place], self.rules.day) is None:
                    if self.rules.ages():
                        words = f"date de naissance impossible : « {row.cells[place]} »"
                        if not row.cells[place]:
                            words = "date de naissance non renseignée"
                        self.add("date", [number], words, KEEP, DROP)
                    else:
                        unread.append(self.lists.where(row))
            blank = [
                name
                for name, place in zip(roles.features, features, strict=True)
                if not row.cells[place]
            ]
            if blank:
                self.add("critere", [number], f"non renseigné : {', '.join(blank)}", KEEP, DROP)
            if any(not row.cells[place] for place in around):
                words = f"{roles.perimeter} n’est pas renseigné : dans le périmètre ?"
                self.add("perimetre", [number], words, KEEP, DROP)
        if unread:
            dates = counted(
                len(unread), "date de naissance illisible", "dates de naissance illisibles"
            )
            self.tell(f"{dates}, sans effet ici : {', '.join(shortened(unread))}")

    def households(self) -> None:
        """Addresses of many, told before anyone makes them one household."""
        places = self.places(*self.lists.roles.address)
        if not places:
            return
        homes: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for _, row in self.left():
            homes[tuple(row.cells[place].casefold() for place in places)].append(row)
        nobodys = homes.pop(("",) * len(places), [])
        if nobodys:
            people = counted(len(nobodys), "personne")
            self.tell(f"{people} sans adresse : chacune sera son propre foyer")
        self._only_places()
        crowds = sorted(
            (-len(rows), self.lists.where(rows[0])) for rows in homes.values() if len(rows) >= MANY
        )
        if crowds:
            self.tell(
                f"{counted(len(crowds), 'adresse')} de {MANY} personnes ou plus (résidence, "
                "immeuble sans numéro ?) ; avec la règle des foyers, chacune a un siège au plus :"
            )
            for line in shortened([
                f"  {counted(-many, 'personne')}, dont {where}" for many, where in crowds
            ]):  # fmt: skip
                self.tell(line)

    def _only_places(self) -> None:
        """People of whom a list has the town and no more: the rule would make them one home."""
        names = self.lists.roles.address
        houses = self.places(*(one for one in names if one not in ONLY_PLACES))
        towns = self.places(*(one for one in names if one in ONLY_PLACES))
        many = sum(
            not any(row.cells[one] for one in houses) and any(row.cells[one] for one in towns)
            for _, row in self.left()
        )
        if many > 1 and houses:
            self.tell(
                f"attention : {many} personnes n’ont qu’une commune ou un code postal ; "
                "avec la règle des foyers, celles d’une même commune n’auraient qu’une place"
            )


def _years(text: str, day: datetime.date) -> int | None:
    """Somebody's age; None for a date that cannot be, or be read."""
    birth = born(text)
    years = age(birth, day) if birth else -1
    return years if 0 <= years <= _OLDEST else None


def settled(examined: Examined, lists: Lists, choices: Iterable[tuple[Case, str]]) -> None:
    """Apply each choice to `out`. A case whose rows are out already changes nothing more."""
    for case, choice in choices:
        for row in case.rows:
            if row in examined.out:
                continue
            if case.kind == "repetition":
                dropped = row != case.rows[0]
            elif case.kind in TWICE:
                dropped = choice not in {KEEP, lists.rows[row].cells[0]}
            else:
                dropped = choice == DROP
            if dropped:
                examined.out[row] = case.kind
