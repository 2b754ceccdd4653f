"""Lotteries whose fairest chances are known by hand, and pools that mean harm."""

import itertools
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

pytest.importorskip("highspy")

import cq
from cq.draw import leximin, plan
from cq.draw.leximin import Lottery, Question
from cq.draw.plan import Plan, Quota
from cq.draw.remedy import Change, barred, smallest_change
from cq.draw.solver import NoAnswer, NoSolver


def ask(counts: dict[tuple[str, ...], int], k: int, **quotas: dict[str, tuple[int, int]]):
    features = tuple(quotas)
    types = tuple(sorted(counts))
    every = (
        Quota(feature, value, *ends)
        for feature, values in quotas.items()
        for value, ends in values.items()
    )
    in_order = tuple(sorted(every, key=lambda one: (one.feature, one.value)))
    return Question(features, types, tuple(counts[one] for one in types), k, in_order)


def chances(made: Plan) -> dict[tuple[str, ...], float]:
    assert plan.of_json(made.as_json()) == made
    return {one: float(made.chance(at)) for at, one in enumerate(made.types)}


THREE = ask(
    {("x",): 1200, ("y",): 700, ("z",): 100},
    200,
    a={"x": (80, 90), "y": (60, 80), "z": (20, 60)},
)
# Each of the other three women can only come with a man who cannot come with the fourth.
CROSSED = ask(
    {("f", "j"): 1, ("f", "v"): 3, ("h", "j"): 6},
    2,
    genre={"f": (1, 1), "h": (1, 1)},
    âge={"j": (1, 2), "v": (0, 1)},
)
# Two of three must be drawn of each pair: no whole jury, though a half of each would do.
ODD = ask(
    {("a", "p"): 1, ("b", "p"): 1, ("a", "q"): 1, ("b", "q"): 1},
    2,
    un={"a": (1, 1), "b": (1, 1)},
    deux={"p": (1, 1), "q": (1, 1)},
)
KNOWN = {
    "three types at the ends of their quotas": (
        THREE, {("x",): 0.075, ("y",): 80 / 700, ("z",): 0.3},
    ),
    "no quota that binds": (
        ask({("x",): 30, ("y",): 10}, 8, a={"x": (0, 8), "y": (0, 8)}),
        {("x",): 0.2, ("y",): 0.2},
    ),
    "one seat between two types": (
        ask({("x",): 1, ("y",): 3}, 1, a={"x": (0, 1), "y": (0, 1)}),
        {("x",): 0.25, ("y",): 0.25},
    ),
    "one woman of four for one seat": (
        CROSSED, {("f", "j"): 0.25, ("f", "v"): 0.25, ("h", "j"): 1 / 6},
    ),
    "whole juries that are two alone": (ODD, dict.fromkeys(ODD.types, 0.5)),
    "a type that must come": (
        ask({("x",): 2, ("y",): 8}, 4, a={"x": (2, 2), "y": (2, 2)}),
        {("x",): 1.0, ("y",): 0.25},
    ),
    "two levels": (
        ask({("x",): 100, ("y",): 10, ("z",): 10}, 20,
            a={"x": (5, 5), "y": (0, 15), "z": (0, 5)}),
        {("x",): 0.05, ("y",): 1.0, ("z",): 0.5},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_the_chances_are_those_known_by_hand(name: str):
    question, known = KNOWN[name]
    assert chances(leximin.proposed(question)) == pytest.approx(known, abs=1e-3)


def test_the_same_question_has_the_same_answer():
    assert leximin.proposed(CROSSED) == leximin.proposed(CROSSED)
    assert sum(leximin.proposed(CROSSED).tickets) == plan.TICKETS


def every_jury(question: Question) -> list[tuple[int, ...]]:
    ends = [range(count + 1) for count in question.counts]
    return [
        one
        for one in itertools.product(*ends)
        if all(
            (row.least or 0) <= sum(one[kind] for kind in row.terms) <= (row.most or 0)
            for row in question.rows
        )
    ]


# Shares of seats would give everyone something; of whole juries, none has the second type.
GAP = ask(
    {("0", "0", "1"): 3, ("0", "1", "0"): 1, ("0", "1", "1"): 3, ("1", "0", "0"): 3,
     ("1", "1", "1"): 3},
    5,
    a={"0": (2, 3), "1": (2, 3)},
    b={"0": (3, 3), "1": (2, 2)},
    c={"0": (1, 1), "1": (4, 4)},
)  # fmt: skip


def test_shares_may_promise_what_no_jury_keeps():
    shares = leximin.bound(GAP)
    lottery = Lottery(GAP, dict.fromkeys(every_jury(GAP)))
    assert lottery.meeting(shares) is None
    made = leximin.proposed(GAP)
    assert list(chances(made).values()) == pytest.approx([2 / 3, 0, 1 / 3, 1 / 3, 1 / 3], abs=1e-4)
    out = barred(GAP, [float(made.chance(kind)) for kind in range(5)])
    assert [one.type for one in out] == [1]
    assert out[0].changes


def test_whole_juries_are_weighed_where_shares_mislead():
    """Both ways to the answer agree with all the juries there are."""
    for question in (GAP, CROSSED, ODD, KNOWN["two levels"][0]):
        whole = Lottery(question, dict.fromkeys(every_jury(question)))
        best = _of(whole, whole.fairest())
        slow = Lottery(question)
        assert _of(slow, slow.fairest()) == pytest.approx(best, abs=1e-5)
        made = leximin.proposed(question)
        assert [float(made.chance(at)) for at in range(len(best))] == pytest.approx(best, abs=1e-4)


def _of(lottery: Lottery, weights: list[float]) -> list[float]:
    return [
        sum(weight * one[kind] for one, weight in zip(lottery.found, weights, strict=True)) / count
        for kind, count in enumerate(lottery.question.counts)
    ]


def test_the_bound_is_never_below_the_lottery():
    for question, _ in KNOWN.values():
        made = leximin.proposed(question)
        least = min(made.chance(kind) for kind in range(len(made.types)))
        assert float(least) <= min(leximin.bound(question)) + 1e-6


def test_a_plan_that_is_not_the_best_is_told_from_one_that_is():
    assert leximin.short_of_best(leximin.proposed(THREE)) < 5e-4
    poor = Plan(THREE.features, THREE.types, THREE.counts, 200, THREE.quotas, ((80, 80, 40),), (1,))
    assert leximin.short_of_best(poor) == pytest.approx(90 / 1200 - 80 / 1200, abs=1e-6)


def test_quotas_that_no_jury_holds_are_told_with_the_smallest_change():
    question = ask({("x",): 3, ("y",): 9}, 6, a={"x": (5, 6), "y": (0, 2)})
    with pytest.raises(NoAnswer):
        leximin.proposed(question)
    changes = smallest_change(question)
    assert [one.words() for one in changes] == [
        "a, x : minimum 3 au lieu de 5",
        "a, y : maximum 3 au lieu de 2",
    ]
    assert sum(one.size for one in changes) == 3


def test_a_change_that_the_file_allows_comes_first():
    question = ask({("x",): 10, ("y",): 10, ("z",): 10}, 6,
                   a={"x": (3, 6), "y": (3, 6), "z": (3, 6)})  # fmt: skip
    assert sum(one.size for one in smallest_change(question)) == 3
    allowed = smallest_change(question, {("a", "z"): (0, 6)})
    assert allowed == (Change(Quota("a", "z", 3, 6), 0, 6),)
    assert not smallest_change(KNOWN["two levels"][0])


def test_people_whom_no_jury_can_hold_are_told_with_what_would_let_them_in():
    question = ask(
        {("f", "j"): 4, ("f", "v"): 2, ("h", "j"): 4},
        2,
        genre={"f": (1, 1), "h": (1, 1)},
        âge={"j": (2, 2), "v": (0, 0)},
    )
    out = barred(question, leximin.bound(question))
    assert [question.types[one.type] for one in out] == [("f", "v")]
    assert out[0].words(["n° 4", "n° 9"]) == (
        "aucun jury ne peut retenir n° 4, n° 9 : il faudrait âge, j : minimum 1 au lieu de 2 ; "
        "âge, v : maximum 1 au lieu de 0"
    )
    made = leximin.proposed(question)
    assert made.chance(out[0].type) == 0


def test_as_many_features_as_a_plan_may_have_are_answered():
    people = [
        tuple(str(person >> bit % 5 & 1) for bit in range(plan.MOST_FEATURES))
        for person in range(40)
    ]
    counts = {one: people.count(one) for one in people}
    names = {f"f{at:03}": {"0": (1, 9), "1": (1, 9)} for at in range(plan.MOST_FEATURES)}
    made = leximin.proposed(ask(counts, 10, **names))
    assert plan.of_json(made.as_json()) == made
    assert min(chances(made).values()) > 0.2


def test_equal_features_and_values_of_nobody_change_nothing():
    once = ask({("x",): 30, ("y",): 10}, 8, a={"x": (0, 4), "y": (0, 8)})
    ends = {"x": (0, 4), "y": (0, 8)}
    twice = ask({("x", "x"): 30, ("y", "y"): 10}, 8, a=ends | {"z": (0, 0)}, b=ends)
    left, right = leximin.proposed(once), leximin.proposed(twice)
    assert [left.chance(at) for at in (0, 1)] == [right.chance(at) for at in (0, 1)]
    assert left.chance(0) == Fraction(4, 30)


def test_without_the_solver_the_line_to_type_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(NoSolver, match=r'-m pip install "conseils-de-quartier\[quotas\]"'):
        leximin.proposed(THREE)


def test_no_set_order_reaches_a_plan():
    """Other processes, with other hash seeds, propose the same plan."""
    code = "import test_leximin as t; print(t.leximin.proposed(t.GAP).digest())"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": f"{Path(__file__).parent}:{Path(cq.__file__).parents[1]}",
                 "PYTHONHASHSEED": seed},
            capture_output=True, check=True, text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert said == {leximin.proposed(GAP).digest()}
