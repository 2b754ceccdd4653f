"""Weights of compositions in whole tickets, so that the smallest chances lose the least.

By largest remainder each weight is rounded without a look at the others, and many roundings meet in
one type: it may lose several tickets, and the smallest chance with it. Here weights are rounded
down, and the tickets that are left go one by one to compositions that make up for what those before
them owe, as far as anybody's chance is one of whole tickets.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from cq.draw.solver import NoAnswer, Programme
from cq.draw.strata import apportioned

Composition = tuple[int, ...]
_YIELD = 2  # tickets that each person of better chances may give up for the smallest
_NEAR = 1e-3  # of a seat: what floats may be wrong by
_BESIDE = 0.05  # of a seat: how near a whole number takes the next one in
_HALVINGS = 30


def whole(
    counts: Sequence[int],
    weights: Mapping[Composition, float],
    chances: Sequence[float],
    price: Programme,
    total: int,
) -> dict[Composition, int]:
    """`total` tickets for those that have any; a composition may be new. `chances` are what is
    aimed at, by type, and `price` finds the composition that is worth most at the costs it is asked
    for. By leximin never worse than the largest remainder.
    """
    plain = dict(zip(weights, apportioned(list(weights.values()), total), strict=True))
    owed = demands(counts, [chance * total for chance in chances])
    if all(need <= 0 for need in _needs(owed, plain)):
        return _without_none(plain)
    whole_weights = sum(map(Fraction, weights.values()))
    made = {one: int(Fraction(weight) * total / whole_weights) for one, weight in weights.items()}
    try:
        _give(made, total - sum(made.values()), _needs(owed, made), price, counts)
    except NoAnswer:
        return _without_none(plain)
    return _without_none(max(plain, made, key=lambda one: _told(counts, one)))


def demands(counts: Sequence[int], wanted: Sequence[float]) -> list[int]:
    """The seats that each type should have at least, all tickets together. `wanted` are the tickets
    of one person of each type: those who have the fewest keep as many as whole tickets can give
    them, the others yield a little.
    """
    least = min(wanted)
    lowest = [kind for kind, tickets in enumerate(wanted) if tickets < least + 1]
    most = sum(wanted[kind] * counts[kind] for kind in lowest) + _NEAR
    low, high = float(math.floor(least + _NEAR)), least + 1.0
    for _ in range(_HALVINGS):
        level = (low + high) / 2
        if sum(_seats(counts[kind], level) for kind in lowest) <= most:
            low = level
        else:
            high = level
    return [
        _seats(count, low if tickets < least + 1 else max(low, tickets - _YIELD))
        for count, tickets in zip(counts, wanted, strict=True)
    ]


def _seats(count: int, level: float) -> int:
    return math.ceil(count * level - _NEAR)


def _needs(owed: Sequence[int], made: Mapping[Composition, int]) -> list[int]:
    """What is missing to what is owed; below 0 where there is more."""
    needs = list(owed)
    for one, many in made.items():
        if many:
            for kind, seats in enumerate(one):
                needs[kind] -= many * seats
    return needs


def _give(
    made: dict[Composition, int],
    rest: int,
    needs: Sequence[int],
    price: Programme,
    counts: Sequence[int],
) -> None:
    """The tickets that are left. Each has of every type one of the whole numbers beside the mean of
    them all, which keeps it among the fairest. Raises `NoAnswer`.
    """
    if not rest:
        return
    mean = [need / rest for need in needs]
    for kind, (seats, count) in enumerate(zip(mean, counts, strict=True)):
        low, high = math.floor(seats - _BESIDE), math.ceil(seats + _BESIDE)
        price.bound(kind, min(count, max(0, low)), min(count, max(0, high)))
    now = [0.0] * len(mean)
    for _ in range(rest):
        now = [one + more for one, more in zip(now, mean, strict=True)]
        price.ask(now)
        one = price.solve().whole()
        made[one] = made.get(one, 0) + 1
        now = [owed - seats for owed, seats in zip(now, one, strict=True)]


def _told(counts: Sequence[int], made: Mapping[Composition, int]) -> list[tuple[Fraction, int]]:
    """Chances, the smallest first, and of how many people: greater is better by leximin."""
    people = Counter[Fraction]()
    for need, count in zip(_needs([0] * len(counts), made), counts, strict=True):
        people[Fraction(-need, count)] -= count
    return sorted(people.items())


def _without_none(made: Mapping[Composition, int]) -> dict[Composition, int]:
    return {one: many for one, many in made.items() if many}
