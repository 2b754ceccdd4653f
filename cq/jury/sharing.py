"""How a plan shares its seats: one draw among all, seats for each stratum, or quotas.

Each way is a function of the pool and the seats, for `cq.jury.planning`; whatever cannot be is
refused there and then, with the smallest change that would do.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

from cq.diagnostic import Diagnostic, Outcome, Severity
from cq.draw import leximin, plan, quotas, remedy, strata, tables
from cq.draw.plan import Plan
from cq.draw.quotas import Wanted
from cq.draw.solver import NoAnswer
from cq.draw.tables import Sheet, alike
from cq.french.folding import fold
from cq.french.numbers import counted
from cq.jury import criteria
from cq.jury.columns import key_of
from cq.jury.folders import Refused
from cq.jury.lists import shortened
from cq.jury.planning import Pool
from cq.terminal import one_line

_PROPORTIONAL = re.compile("proportionnel(?:le)?s?")
_PLACES = ("places", "sieges", "seats")
_MOST_NAMED = 10
_MOST = 4_000_000  # bytes of a file of quotas
T = TypeVar("T")


class Way(Protocol):
    """`features` are the criteria that the way looks at, None for all that are frozen; `seats` how
    many it says itself, or 0. `plan` raises Refused.
    """

    features: tuple[str, ...] | None
    seats: int

    def plan(self, pool: Pool, seats: int) -> Plan: ...


def way(chosen: Path | None, stratum: str, *, unlucky: bool, veiled: bool) -> Way:
    """The way of the command line: a file of quotas, or `stratum`, or neither. Raises Refused."""
    if chosen and stratum:
        raise Refused("des quotas, ou des strates : l’un ou l’autre")
    if chosen:
        return Quotas(chosen.name, _bytes(chosen), unlucky=unlucky, veiled=veiled)
    if _PROPORTIONAL.fullmatch(fold(stratum)):
        return Proportional(unlucky=unlucky)
    if stratum and not Path(stratum).exists():
        raise Refused(
            f"« {one_line(stratum)} » n’est pas un fichier\n"
            "des places selon les effectifs : --strates proportionnel"
        )
    return Given(Path(stratum).name, _bytes(Path(stratum))) if stratum else Simple()


class Simple:
    """Everyone the same chance."""

    features: tuple[str, ...] | None = ()
    seats = 0

    def plan(self, pool: Pool, seats: int) -> Plan:
        return plan.simple(sum(pool.counts), seats)


class Proportional:
    """Seats for each stratum as it has people, by largest remainder. `unlucky`: none for some."""

    features: tuple[str, ...] | None = None
    seats = 0

    def __init__(self, *, unlucky: bool) -> None:
        self._unlucky = unlucky

    def plan(self, pool: Pool, seats: int) -> Plan:
        if not pool.features:
            raise Refused(
                "aucun critère n’est gelé : il n’y a pas de strates\n"
                "gelez de nouveau : cq draw-jury freeze … --criteres COLONNES --refaire"
            )
        made = strata.proportional(pool.features, pool.types, pool.counts, seats)
        without = [kind for kind, many in enumerate(made.compositions[0]) if not many]
        if without and not self._unlucky:
            people = counted(sum(pool.counts[kind] for kind in without), "personne")
            names = [f"  {one_line(', '.join(pool.types[kind]))}" for kind in without]
            raise Refused(
                f"{counted(len(without), 'strate')} sans aucune place, soit {people} sans aucune "
                "chance :\n"
                + "\n".join(shortened(names))
                + "\nréunissez des valeurs (--regrouper CRITERE=A+B:C), ajoutez des places, ou "
                "donnez-les vous-même (--strates FICHIER)\n"
                "ou acceptez-le et dites-le : --sans-chance"
            )
        return made


class Given:
    """The seats of each stratum, as a file says them: a column a criterion, and « places »."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._sheet = _sheet(name, data)
        keys = list(map(key_of, self._sheet.columns))
        self._at = next((keys.index(one) for one in _PLACES if one in keys), -1)
        if self._at < 0:
            raise Refused(f"{name}:{self._sheet.line} : il manque la colonne « places »")
        if not self._sheet.rows:
            raise Refused(f"{name} n’a aucune strate : une ligne chacune, et ses places")
        self._places = [at for at in range(len(keys)) if at != self._at]
        self.features: tuple[str, ...] | None = tuple(
            self._sheet.columns[at] for at in self._places
        )
        self.seats = sum(self._number(row) for row in self._sheet.rows)

    def _number(self, row: tables.Row) -> int:
        text = row.cells[self._at]
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise Refused(f"{self._name}:{row.line} : « {one_line(text)} » n’est pas un nombre")
        return int(text)

    def plan(self, pool: Pool, seats: int) -> Plan:
        if seats != self.seats:
            raise Refused(f"{self._name} donne {counted(self.seats, 'place')}, et non {seats}")
        there = {tuple(map(alike, one)): at for at, one in enumerate(pool.types)}
        made = [-1] * len(there)
        for row in self._sheet.rows:
            values = [row.cells[at] for at in self._places]
            at = there.get(tuple(map(alike, values)))
            name = one_line(", ".join(values))
            if at is None or made[at] >= 0:
                why = "est déjà plus haut" if at is not None else "n’est celle de personne"
                raise Refused(f"{self._name}:{row.line} : la strate « {name} » {why}")
            made[at] = self._number(row)
            if made[at] > pool.counts[at]:
                people = counted(pool.counts[at], "personne")
                raise Refused(
                    f"{self._name}:{row.line} : {counted(made[at], 'place')} pour {people} "
                    f"(« {name} »)"
                )
        lost = [pool.types[at] for at, one in enumerate(made) if one < 0]
        if lost:
            line = ",".join(lost[0])
            raise Refused(
                f"{self._name} ne dit rien de la strate « {one_line(', '.join(lost[0]))} »\n"
                f"ajoutez une ligne : {one_line(line)},0"
            )
        return strata.fixed(pool.features, pool.types, pool.counts, made)


class Quotas:
    """The fairest lottery that holds a file of quotas. `unlucky`: though somebody has no chance."""

    def __init__(self, name: str, data: bytes, *, unlucky: bool, veiled: bool) -> None:
        path = PurePosixPath(name)
        self._wanted = _value(quotas.read(_sheet(name, data), path))
        self._unlucky, self._veiled = unlucky, veiled
        names = dict.fromkeys(key_of(one.quota.feature) for one in self._wanted)
        self.features: tuple[str, ...] | None = tuple(names)
        self.seats = 0

    def plan(self, pool: Pool, seats: int) -> Plan:
        full = {criteria.title(name): name for name in pool.features}
        there = {name: Counter[str]() for name in full}
        for values, many in zip(pool.types, pool.counts, strict=True):
            for name, value in zip(full, values, strict=True):
                there[name][value] += many
        matched = _value(quotas.matched(self._wanted, there))
        question = leximin.Question(
            pool.features, pool.types, pool.counts, seats, _named(matched, full)
        )
        hints = {
            (full[feature], value): flex for (feature, value), flex in quotas.hints(matched).items()
        }
        if len(pool.types) > leximin.MOST_TYPES:
            raise Refused(
                f"{counted(len(pool.types), 'type')} de personnes : plus que {leximin.MOST_TYPES}, "
                "aucune loterie ne se cherche\nregroupez des valeurs : --regrouper CRITERE=A+B:C"
            )
        change = remedy.smallest_change(question, hints)
        if change:
            raise Refused(
                "aucun jury ne tient tous ces quotas ; le plus petit changement qui suffit :\n"
                + "\n".join(f"  {one_line(one.words())}" for one in map(_titled, change))
            )
        try:
            made = leximin.proposed(question)
        except NoAnswer:
            raise Refused(
                "la recherche n’a pas abouti : trop de types de personnes pour ces quotas\n"
                "regroupez des valeurs : --regrouper CRITERE=A+B:C"
            ) from None
        self._check_luck(question, made, hints, pool)
        return made

    def _check_luck(
        self, question: leximin.Question, made: Plan, hints: remedy.Hints, pool: Pool
    ) -> None:
        """Raise Refused where the quotas leave somebody without a chance, by number."""
        chances = [float(made.chance(kind)) for kind in range(len(made.types))]
        without = remedy.barred(question, chances, hints)
        if not without or self._unlucky:
            return
        # Many types may wait for one and the same change.
        alike_: dict[tuple[remedy.Change, ...], list[str]] = {}
        first = {one.changes: one for one in reversed(without)}
        for one in without:
            alike_.setdefault(one.changes, []).extend(pool.rows[one.type])
        lines = []
        for changes, people in alike_.items():
            who = shortened(people, _MOST_NAMED)
            if self._veiled:
                who = [counted(len(people), "personne")]
            barred = first[changes]._replace(changes=tuple(map(_titled, changes)))
            lines.append(f"  {one_line(barred.words(who))}")
        raise Refused(
            "ces quotas laissent des personnes sans aucune chance :\n"
            + "\n".join(shortened(lines))
            + "\nchangez les quotas, ou acceptez-le et dites-le : --sans-chance"
        )


def _named(matched: Sequence[Wanted], full: dict[str, str]) -> tuple[plan.Quota, ...]:
    """The quotas under the names that the plan has for its criteria, in its order."""
    named = (
        plan.Quota(full[one.quota.feature], one.quota.value, one.quota.least, one.quota.most)
        for one in matched
    )
    return tuple(sorted(named, key=lambda one: (one.feature, one.value)))


def _titled(change: remedy.Change) -> remedy.Change:
    """The change in the words of the file: it knows no name of ours."""
    quota = change.quota
    return change._replace(
        quota=plan.Quota(criteria.title(quota.feature), quota.value, quota.least, quota.most)
    )


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise Refused(f"{one_line(path.name)} : plus de {_MOST // 1_000_000} Mo, rien n’en est lu")
    return data


def _sheet(name: str, data: bytes) -> Sheet:
    sheet = _value(tables.read(data, PurePosixPath(name)))
    if sheet is None:
        raise Refused(f"{name} : rien n’y est lisible")
    return sheet


def _value(outcome: Outcome[T]) -> T:
    wrong = [one for one in outcome.found if one.severity is Severity.ERROR]
    if wrong:
        raise Refused("\n".join(_said(one) for one in wrong[:_MOST_NAMED]))
    return outcome.value


def _said(one: Diagnostic) -> str:
    lines = [f"{one.span.path}:{one.span.line} : {one.message}", *one.hints]
    return "\n".join(lines).replace("\n", "\n  ")
