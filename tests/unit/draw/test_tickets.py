"""Whole tickets: they add up, hold the quotas, and cost the smallest chances little."""

import random  # noqa: TID251 - weights of a fixed seed
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("highspy")

from cq.draw import leximin, plan, strata, tickets
from cq.draw.leximin import Question
from cq.draw.plan import Quota
from cq.draw.solver import NoAnswer, Programme

TOTAL = plan.TICKETS


def asked(counts: list[int], k: int, share: int) -> Question:
    """Types of two features, whose quotas leave a seat more or less than their part of the list."""
    width = 3
    types = tuple((str(at // width), "abc"[at % width]) for at in range(len(counts)))
    quotas = []
    for place, feature in enumerate(("un", "deux")):
        for value in sorted({one[place] for one in types}):
            there = sum(n for n, one in zip(counts, types, strict=True) if one[place] == value)
            middle = there * k // sum(counts)
            quotas.append(Quota(feature, value, max(0, middle - share), middle + 1 + share))
    # Plans ask for names in order.
    swapped = tuple((second, first) for first, second in types)
    order = sorted(range(len(types)), key=lambda at: swapped[at])
    return Question(
        ("deux", "un"),
        tuple(swapped[at] for at in order),
        tuple(counts[at] for at in order),
        k,
        tuple(sorted(quotas, key=lambda one: (one.feature, one.value))),
    )


def told(question: Question, made: dict[tuple[int, ...], int]) -> list[Fraction]:
    return sorted(
        Fraction(sum(many * one[kind] for one, many in made.items()), TOTAL * count)
        for kind, count in enumerate(question.counts)
        for _ in range(count)
    )


def rounded(question: Question) -> tuple[dict[tuple[int, ...], int], dict[tuple[int, ...], int]]:
    """By largest remainder, and as a plan has them."""
    chances = leximin.bound(question)
    lottery = leximin.Lottery(question)
    lottery.around([one * count for one, count in zip(chances, question.counts, strict=True)])
    weights = lottery.meeting(chances)
    if weights is None:
        weights = lottery.fairest()
        chances = lottery.chances(weights)
    shares = {one: max(0.0, each) for one, each in zip(lottery.found, weights, strict=True)}
    plain = strata.apportioned(list(shares.values()), TOTAL)
    made = tickets.whole(question.counts, shares, chances, question.seats(0.01), TOTAL)
    return dict(zip(shares, plain, strict=True)), made


@settings(max_examples=25)  # each is a search of its own
@given(st.lists(st.integers(1, 9), min_size=4, max_size=9), st.integers(0, 1), st.data())
def test_tickets_add_up_and_no_smallest_chance_is_below_the_largest_remainder(
    counts: list[int], share: int, data: st.DataObject
) -> None:
    question = asked(counts, data.draw(st.integers(1, sum(counts) - 1)), share)
    try:
        plain, made = rounded(question)
    except NoAnswer:
        return

    assert sum(made.values()) == TOTAL
    assert min(made.values()) > 0
    for one in made:
        assert all(0 <= seats <= count for seats, count in zip(one, question.counts, strict=True))
        for row in question.rows:
            held = sum(one[kind] for kind in row.terms)
            assert (row.least or 0) <= held <= (row.most or 0)
    assert told(question, made) >= told(question, plain)


def test_the_smallest_chance_is_the_best_that_whole_tickets_give() -> None:
    """Twelve for five seats: 416,666 tickets each and two thirds, so that nobody has more."""
    question = asked([1] * 12, 5, 5)
    chance = random.Random(13)  # noqa: S311 - weights, not a draw
    juries = list(dict.fromkeys(
        tuple(sorted(chance.sample(range(12), 5))) for _ in range(40)
    ))  # fmt: skip
    found = {tuple(int(at in one) for at in range(12)): None for one in juries}
    lottery = leximin.Lottery(question, found)
    weights = lottery.meeting([5 / 12] * 12)
    assert weights is not None
    shares = {one: max(0.0, each) for one, each in zip(found, weights, strict=True)}
    plain = dict(zip(shares, strata.apportioned(list(shares.values()), TOTAL), strict=True))
    made = tickets.whole(question.counts, shares, [5 / 12] * 12, question.seats(0.01), TOTAL)

    assert told(question, plain)[0] < Fraction(416_666, TOTAL)
    assert told(question, made)[0] == Fraction(416_666, TOTAL)
    price = question.seats(0.01)
    assert tickets.whole(question.counts, shares, [5 / 12] * 12, price, TOTAL) == made


def test_what_needs_no_search_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: Programme) -> None:
        raise AssertionError

    question = asked([2, 2, 2, 2], 4, 2)
    weights = {(1, 1, 1, 1): 0.5, (2, 0, 0, 2): 0.25, (0, 2, 2, 0): 0.25, (2, 2, 0, 0): 0.0}
    price = question.seats(0.01)
    monkeypatch.setattr(Programme, "solve", never)

    made = tickets.whole(question.counts, weights, [0.5] * 4, price, TOTAL)

    assert made == {(1, 1, 1, 1): 500_000, (2, 0, 0, 2): 250_000, (0, 2, 2, 0): 250_000}


def test_where_the_search_fails_the_largest_remainder_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(_: Programme) -> None:
        raise NoAnswer

    question = asked([1, 1, 1], 1, 1)
    weights = {(1, 0, 0): 1 / 3, (0, 1, 0): 1 / 3, (0, 0, 1): 1 / 3}
    price = question.seats(0.01)
    monkeypatch.setattr(Programme, "solve", none)

    made = tickets.whole(question.counts, weights, [0.34] * 3, price, TOTAL)

    assert sorted(made.values()) == [333_333, 333_333, 333_334]


def test_who_has_the_fewest_gives_up_less_than_a_ticket_and_others_two() -> None:
    wanted = [85_808.58, 85_808.58, 85_808.59, 200_000.0]

    assert tickets.demands([1, 2, 10, 5], wanted) == [85_809, 171_617, 858_085, 999_990]
    assert tickets.demands([2, 10], [85_808.5, 85_808.5]) == [171_617, 858_085]
