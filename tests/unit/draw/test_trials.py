"""What the rule of households costs, beside what can be known by hand."""

import pytest

from cq.draw import plan, trials
from cq.draw.plan import Plan
from cq.draw.trials import Trials, tried


def ruled(people: int, seats: int) -> Plan:
    return plan.Plan((), ((),), (people,), seats, (), ((seats,),), (1,), ("adresse",))


def homes(*sizes: int) -> list[tuple[int, str]]:
    return [(0, f"{at}" if size > 1 else "") for at, size in enumerate(sizes) for _ in range(size)]


def test_two_seats_among_a_pair_and_two_alone() -> None:
    """Without the rule each of four has one half. With it one of the pair sits wherever one of them
    is among the first two: five times in six, and five twelfths for each.
    """
    made = tried(ruled(4, 2), homes(2, 1, 1))

    assert made.draws == 500
    assert (made.size, made.waived) == (2, 0)
    # Of the pair somebody is first one time in two, and the other next one time in three.
    assert made.passed / made.draws == pytest.approx(1 / 6, abs=0.05)
    assert made.kept == pytest.approx(5 / 6, abs=0.03)


def test_households_that_are_all_alike_lose_nothing() -> None:
    made = tried(ruled(60, 6), homes(*[4] * 15))

    assert made.size == 4
    assert made.kept == 1
    assert made.passed


def test_a_rule_that_cannot_be_held_is_counted_as_waived() -> None:
    made = tried(ruled(9, 4), homes(6, 3))

    assert (made.passed, made.waived) == (7 * made.draws, 2 * made.draws)


def test_few_large_households_are_told_with_the_smaller_ones() -> None:
    made = tried(ruled(1006, 10), homes(*[1] * 600, *[2] * 200, 6))

    assert made.size == 2
    assert 0.9 < made.kept < 1


def test_households_whom_chance_passes_by_have_no_figure() -> None:
    quiet = Plan(("a",), (("x",), ("y",)), (50, 2), 5, (), ((5, 0),), (1,), ("adresse",))
    people = [(0, "")] * 50 + [(1, "h")] * 2

    assert tried(quiet, people) == Trials(500, 0, 0, 0, 0, 0)


def test_trials_are_those_of_the_plan_and_no_others() -> None:
    people = homes(*[1] * 40, *[3] * 10)
    made = tried(ruled(70, 10), people)

    assert tried(ruled(70, 10), people) == made
    assert tried(ruled(70, 11), people) != made


def test_the_longer_the_list_the_fewer_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    people = homes(*[1] * 360, *[4] * 10)
    monkeypatch.setattr(trials, "_RANKS", 4_000)
    assert tried(ruled(400, 5), people).draws == 10
    monkeypatch.setattr(trials, "_RANKS", 40)
    assert tried(ruled(400, 5), people).draws == 2
