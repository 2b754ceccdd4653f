"""The lottery that is proposed: which seats for which types of people, and with how many tickets.

Integers only. How the compositions were found (`cq.draw.leximin`) is nobody's affair afterwards:
what counts is that each holds the quotas, and what chance it gives to whom.
"""

import bisect
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cq.draw.canon import BadFile, canonical, digest, is_plain

TICKETS = 1_000_000
# What a plan from anyone's hands may cost whoever reads it.
MOST_TYPES = 50_000
MOST_FEATURES = 32
MOST_QUOTAS = 5_000
MOST_CELLS = 2_000_000  # compositions × types
MOST_TEXT = 200  # characters of a feature, of a value
_KEYS = {"compositions", "counts", "features", "household", "k", "tickets", "total"}
_OPEN, _SEALED = _KEYS | {"quotas", "types"}, _KEYS | {"sealed"}
_DIGEST = re.compile("[0-9a-f]{64}")
_QUOTA = {"feature", "max", "min", "value"}


@dataclass(frozen=True, slots=True)
class Quota:
    """How many seats, at least and at most, for those who have `value` as their `feature`."""

    feature: str
    value: str
    least: int
    most: int

    def as_json(self) -> dict[str, object]:
        return {
            "feature": self.feature, "max": self.most, "min": self.least, "value": self.value,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A lottery over compositions. `types[j]` are the values of `features`; a composition has as
    many seats for each type; `tickets[i]` of `total` draw `compositions[i]`. `household` names the
    columns of the address where one seat a household is the rule; `()` where it is not.

    `sealed` is the digest of the table that has types and quotas (`cq.draw.sealing`), "" where they
    are public: without that table both are `()`.
    """

    features: tuple[str, ...]
    types: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]
    k: int
    quotas: tuple[Quota, ...]
    compositions: tuple[tuple[int, ...], ...]
    tickets: tuple[int, ...]
    household: tuple[str, ...] = ()
    sealed: str = ""

    @property
    def total(self) -> int:
        return sum(self.tickets)

    @property
    def is_closed(self) -> bool:
        """Whether its types and quotas are not known here."""
        return not self.types

    def as_json(self) -> dict[str, object]:
        """What is public of it."""
        said: dict[str, object] = {
            "compositions": [list(one) for one in self.compositions],
            "counts": list(self.counts),
            "features": list(self.features),
            "household": list(self.household),
            "k": self.k,
            "tickets": list(self.tickets),
            "total": self.total,
        }
        if self.sealed:
            return {**said, "sealed": self.sealed}
        return {
            **said,
            "quotas": [one.as_json() for one in self.quotas],
            "types": [list(one) for one in self.types],
        }

    def digest(self) -> str:
        """64 hexadecimal digits, as the commitment has them."""
        return digest("plan", canonical(self.as_json())).hex()

    def at(self, ticket: int) -> int:
        """The number of the composition that `ticket` (from 0) draws."""
        return bisect.bisect_right(list(itertools.accumulate(self.tickets)), ticket)

    def chance(self, kind: int) -> Fraction:
        """Of one person of a type to be seated, before the rule of households."""
        seats = sum(
            ticket * composition[kind]
            for ticket, composition in zip(self.tickets, self.compositions, strict=True)
        )
        return Fraction(seats, self.total * self.counts[kind])

    def gap(self, seats: Sequence[int], composition: int) -> int:
        """How far a panel is from what was wanted: lacks and excesses added up, in seats.

        From the quotas where there are any, else from the composition that was drawn; and so where
        they are sealed: it is published, anyone may count it, and it tells nothing of them.
        """
        if self.sealed or not self.quotas:
            wanted = self.compositions[composition]
            return sum(abs(have - want) for have, want in zip(seats, wanted, strict=True))
        return self.short(seats)

    def short(self, seats: Sequence[int]) -> int:
        """How far a panel is from the quotas: lacks and excesses added up, in seats."""
        held = self.held(seats)
        return sum(
            max(0, quota.least - held[quota.feature, quota.value])
            + max(0, held[quota.feature, quota.value] - quota.most)
            for quota in self.quotas
        )

    def held(self, seats: Sequence[int]) -> Mapping[tuple[str, str], int]:
        """How many of `seats` each value of each quota has."""
        held = {(quota.feature, quota.value): 0 for quota in self.quotas}
        if not held:
            return held
        for values, many in zip(self.types, seats, strict=True):
            if not many:
                continue
            for pair in zip(self.features, values, strict=True):
                if pair in held:
                    held[pair] += many
        return held

    def steps(self, seats: Sequence[int], composition: int) -> list[int]:
        """By how much the panel would be farther from the quotas with one person more, of each
        type; from the composition that was drawn where there are none.
        """
        if not self.quotas:
            wanted = self.compositions[composition]
            return [-1 if have < want else 1 for have, want in zip(seats, wanted, strict=True)]
        held = self.held(seats)
        step = {}
        for quota in self.quotas:
            have = held[quota.feature, quota.value]
            step[quota.feature, quota.value] = (have >= quota.most) - (have < quota.least)
        return [
            sum(step.get(pair, 0) for pair in zip(self.features, values, strict=True))
            for values in self.types
        ]


def of_json(value: Any) -> Plan:  # noqa: ANN401 - it comes from a file that anyone may have written
    """The plan that a file says. Raises `BadFile` where it is none, in form or in sum."""
    if not isinstance(value, dict) or value.keys() not in (_OPEN, _SEALED):
        raise BadFile("ce n’est pas un plan de tirage")
    sealed = value.get("sealed", "")
    given = {"quotas": [], "types": [], **value}
    many = {name: len(_list(given[name])) for name in _OPEN - {"k", "total"}}
    kinds = many["counts"] if "sealed" in value else many["types"]
    if (
        kinds > MOST_TYPES
        or many["features"] > MOST_FEATURES
        or many["household"] > MOST_FEATURES
        or many["quotas"] > MOST_QUOTAS
        or many["compositions"] * max(1, kinds) > MOST_CELLS
    ):
        raise BadFile("ce plan est trop grand pour être vérifié")
    if "sealed" in value and not (isinstance(sealed, str) and _DIGEST.fullmatch(sealed)):
        raise BadFile("l’empreinte de la table des types n’est pas lisible")
    made = Plan(
        features=texts(value["features"]),
        types=tuple(texts(one) for one in given["types"]),
        counts=_numbers(value["counts"], 1),
        k=_numbers([value["k"]], 1)[0],
        quotas=tuple(quota(one) for one in given["quotas"]),
        compositions=tuple(_numbers(one, 0) for one in _list(value["compositions"])),
        tickets=_numbers(value["tickets"], 1),
        household=texts(value["household"]),
        sealed=sealed,
    )
    if type(value["total"]) is not int or value["total"] != made.total:
        raise BadFile("les billets ne font pas le total annoncé")
    if not _ascending(made.types):
        raise BadFile("les types ne sont pas dans l’ordre, ou l’un y est deux fois")
    check(made)
    return made


def check(made: Plan) -> None:
    """Raise `BadFile` unless every composition is a panel that the quotas and the counts allow, as
    far as they are known.
    """
    if any(len(one) != len(made.features) for one in made.types) or (
        len(made.types) != len(made.counts) and not (made.sealed and made.is_closed)
    ):
        raise BadFile("les types, leurs valeurs et leurs effectifs ne se répondent pas")
    if len(set(made.features)) != len(made.features):
        raise BadFile("un critère est nommé deux fois")
    pairs = [(one.feature, one.value) for one in made.quotas]
    if not _ascending(pairs) or any(one.feature not in made.features for one in made.quotas):
        raise BadFile("les quotas ne sont pas dans l’ordre, ou d’un critère inconnu")
    if not _ascending(made.compositions):
        raise BadFile("les compositions ne sont pas dans l’ordre, ou l’une y est deux fois")
    if not made.compositions or len(made.compositions) != len(made.tickets):
        raise BadFile("chaque composition doit avoir ses billets")
    if made.total != (1 if len(made.compositions) == 1 else TICKETS):
        raise BadFile(f"le total des billets doit être {TICKETS} (1 pour une seule composition)")
    _check_compositions(made)


def _check_compositions(made: Plan) -> None:
    # Each quota with its types, once: 5,000 quotas by a million compositions would take hours.
    having: dict[tuple[str, str], list[int]] = {}
    for kind, values in enumerate(made.types):
        for pair in zip(made.features, values, strict=True):
            having.setdefault(pair, []).append(kind)
    quotas = [(one, having.get((one.feature, one.value), [])) for one in made.quotas]
    # What nobody has cannot be held: it stands only where nothing of it is asked.
    lacking = any(one.least for one, kinds in quotas if not kinds)
    asked = [(one, kinds) for one, kinds in quotas if kinds]
    for number, seats in enumerate(made.compositions, 1):
        if len(seats) != len(made.counts) or sum(seats) != made.k:
            raise BadFile(f"la composition {number} n’a pas {made.k} sièges")
        if any(have > there for have, there in zip(seats, made.counts, strict=True)):
            raise BadFile(f"la composition {number} prend plus de personnes qu’il n’y en a")
        if lacking or not all(
            one.least <= sum(map(seats.__getitem__, kinds)) <= one.most for one, kinds in asked
        ):
            raise BadFile(f"la composition {number} ne tient pas les quotas")


def simple(people: int, seats: int) -> Plan:
    """Everyone the same chance: no feature, one type, one composition."""
    return Plan((), ((),), (people,), seats, (), ((seats,),), (1,))


def _ascending(some: Sequence[Any]) -> bool:
    """Without a set: what stands in a file must not choose how long this takes."""
    return all(one < other for one, other in itertools.pairwise(some))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise BadFile("une liste était attendue")
    return value


def texts(value: object) -> tuple[str, ...]:
    """Those of a list that may be shown. Raises `BadFile`."""
    found = _list(value)
    if not all(isinstance(one, str) and is_plain(one, MOST_TEXT) for one in found):
        raise BadFile(f"des textes d’au plus {MOST_TEXT} caractères étaient attendus")
    return tuple(found)


def _numbers(value: object, least: int) -> tuple[int, ...]:
    found = _list(value)
    if not all(type(one) is int and one >= least for one in found):
        raise BadFile(f"des nombres d’au moins {least} étaient attendus")
    return tuple(found)


def quota(value: object) -> Quota:
    """The quota that a file says. Raises `BadFile`."""
    if not isinstance(value, dict) or value.keys() != _QUOTA:
        raise BadFile("un quota n’est pas lisible")
    feature, name = texts([value["feature"], value["value"]])
    least, most = _numbers([value["min"], value["max"]], 0)
    if least > most:
        raise BadFile("un quota a un minimum au-dessus de son maximum")
    return Quota(feature, name, least, most)
