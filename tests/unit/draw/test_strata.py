"""Seats fixed for each type, and what a plan gives to whom."""

from fractions import Fraction

import pytest

from cq.draw import plan, strata
from cq.draw.chances import chances


def test_the_largest_remainders_have_the_seats_that_are_left():
    assert strata.apportioned([47, 16, 158, 12, 7], 24) == [5, 1, 16, 1, 1]
    assert strata.apportioned([1, 1, 1], 2) == [1, 1, 0]
    assert strata.apportioned([0.1, 0.2, 0.7], 1_000_000) == [100_000, 200_000, 700_000]
    assert strata.apportioned([0, 5], 5) == [0, 5]


def test_fixed_seats_are_one_composition():
    made = strata.proportional(("lieu",), (("a",), ("b",), ("c",)), (50, 30, 20), 7)
    assert made.compositions == ((4, 2, 1),)
    assert made.tickets == (1,)
    assert plan.of_json(made.as_json()) == made


def test_chances_are_said_with_how_unequal_they_are():
    made = strata.fixed(("lieu",), (("a",), ("b",)), (10, 10), (5, 0))
    found = chances(made)
    assert (found.least, found.most) == (0, Fraction(1, 2))
    assert found.gini == Fraction(1, 2)
    assert chances(plan.simple(12, 3)).gini == 0


@pytest.mark.parametrize("seats", [(1, 9), (7, 2), (3, 3)])
def test_gini_is_half_the_mean_difference_by_the_mean(seats: tuple[int, int]):
    made = strata.fixed(("lieu",), (("a",), ("b",)), (11, 29), seats)
    each = [float(made.chance(kind)) for kind, many in enumerate(made.counts) for _ in range(many)]
    mean = sum(each) / len(each)
    differences = sum(abs(one - other) for one in each for other in each)
    expected = differences / (2 * len(each) ** 2 * mean)
    assert float(chances(made).gini) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("counts", "seats", "told"),
    [
        ([10, 10, 10], [1, 1, 0], ([0, 1], [2])),
        ([10, 20, 10], [1, 1, 0], ([0], [2])),  # 0.5, 1 and 0.5
        ([10, 10], [1, 1], ([], [])),
        ([30, 10], [2, 1], ([], [])),  # 2.25 and 0.75
        ([10, 10, 10], [2, 0, 0], ([], [])),  # somebody’s own
    ],
)
def test_a_tie_of_remainders_is_known(
    counts: list[int], seats: list[int], told: tuple[list[int], list[int]]
):
    assert strata.tied(counts, seats) == told
