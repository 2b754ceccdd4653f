"""What a lottery gives to whom, in figures that all can judge: the highest chance as well as the
lowest (Baharav and Flanigan, EC 2024), and how far the whole is from equal.

Chances are those before the rule of households, which no type can express.
"""

from fractions import Fraction
from typing import NamedTuple

from cq.draw.plan import Plan


class Chances(NamedTuple):
    """`each` by type. `gini` is 0 where all have the same chance, and near 1 where one has all."""

    each: tuple[Fraction, ...]
    least: Fraction
    most: Fraction
    gini: Fraction


def chances(plan: Plan) -> Chances:
    """The chances of each type, and what is said of all of them, person by person."""
    each = tuple(plan.chance(kind) for kind in range(len(plan.counts)))
    return Chances(each, min(each), max(each), _gini(plan, each))


def _gini(plan: Plan, each: tuple[Fraction, ...]) -> Fraction:
    """Half the mean difference of two people's chances, by the mean chance."""
    people, seen, total = sum(plan.counts), 0, Fraction(0)
    for chance, many in sorted(zip(each, plan.counts, strict=True)):
        # The ranks of these people are seen + 1 … seen + many.
        total += chance * many * (2 * seen + many - people)
        seen += many
    return total / (people * plan.k)
