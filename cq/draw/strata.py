"""Fixed seats for each type: one composition, so that only the draw of people is left to chance."""

from collections.abc import Sequence
from fractions import Fraction

from cq.draw.plan import Plan


def apportioned(weights: Sequence[float | Fraction], total: int) -> list[int]:
    """`total` in whole parts, by largest remainder; the first among equals.

    Weights are counted exactly, floats as well; none is below 0, and not all are 0.
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    shares = [one * total / whole for one in exact]
    parts = [share.numerator // share.denominator for share in shares]
    rest = sorted(range(len(parts)), key=lambda at: (parts[at] - shares[at], at))
    for at in rest[: total - sum(parts)]:
        parts[at] += 1
    return parts


def tied(counts: Sequence[int], seats: Sequence[int]) -> tuple[list[int], list[int]]:
    """Of seats by largest remainder: the types that got a last seat and those that did not, though
    their remainder is the same. Two empty lists where there are none, or for seats of another kind.
    """
    shares = [Fraction(count * sum(seats), sum(counts)) for count in counts]
    more = [have - int(share) for have, share in zip(seats, shares, strict=True)]
    rests = [share - int(share) for share in shares]
    got = [rest for rest, one in zip(rests, more, strict=True) if one]
    left = [rest for rest, one in zip(rests, more, strict=True) if not one]
    if not {0, 1}.issuperset(more) or not got or not left or min(got) != max(left):
        return [], []
    edge = [kind for kind, rest in enumerate(rests) if rest == min(got)]
    return [kind for kind in edge if more[kind]], [kind for kind in edge if not more[kind]]


def fixed(
    features: tuple[str, ...],
    types: tuple[tuple[str, ...], ...],
    counts: tuple[int, ...],
    seats: Sequence[int],
) -> Plan:
    """A plan of these seats for these types; `plan.of_json` says whether it can be held."""
    return Plan(features, types, counts, sum(seats), (), (tuple(seats),), (1,))


def proportional(
    features: tuple[str, ...],
    types: tuple[tuple[str, ...], ...],
    counts: tuple[int, ...],
    k: int,
) -> Plan:
    """Seats as many as each type has people, in proportion. `k` is less than the people."""
    return fixed(features, types, counts, apportioned(counts, k))
