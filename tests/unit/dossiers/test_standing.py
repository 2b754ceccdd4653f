"""Ages, lateness and sleep of dossiers; delays of answers. And the laws behind them."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cq.content.item import Answer, DossierFacts, DossierStep, Item, QuestionFacts
from cq.dossiers.months import months_after
from cq.dossiers.standing import (
    ANSWER_WITHIN,
    ANSWERED,
    DORMANT_AFTER,
    LATE,
    WAITING,
    of_dossier,
    of_question,
)

DAYS = some.dates(date(1990, 1, 1), date(2200, 12, 31))


def dossier(
    since: str = "2026-01-01",
    *,
    state: str = "en-cours",
    steps: tuple[str, ...] = (),
    due: str | None = None,
    updated: str | None = None,
) -> Item:
    facts = DossierFacts(
        state, "", "", due, tuple(DossierStep(day, "x", "", "conseil") for day in sorted(steps)), ""
    )
    return Item(
        "dossiers/x", "dossier", "content/dossiers/x/index.md", "public", "", "dossiers/x/", "X",
        "", "k", day=since, updated=updated, dossier=facts,
    )  # fmt: skip


def question(asked: str, *, answered: str | None = None, due: str | None = None) -> Item:
    answer = Answer(answered, "direction", "Oui.", "", "") if answered else None
    return Item(
        "questions/x", "question", "content/questions/x.md", "public", "", "questions/x/", "X",
        "", "k", day=asked, question=QuestionFacts("conseil", "mairie", due, answer),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-01-15", 0, "2026-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-06-30", 6, "2026-12-30"),
    ],
)
def test_calendar_months(day: str, months: int, after: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == after


@given(DAYS, some.integers(0, 600))
def test_a_month_later_is_in_that_month_and_keeps_the_day_where_there_is_one(
    day: date, months: int
) -> None:
    after = months_after(day, months)
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == months
    assert after.day == min(day.day, monthrange(after.year, after.month)[1])


@given(DAYS, DAYS, some.integers(0, 60))
def test_months_keep_the_order_of_days(first: date, second: date, months: int) -> None:
    if first <= second:
        assert months_after(first, months) <= months_after(second, months)


@given(DAYS, some.integers(0, 60), some.integers(0, 60))
def test_months_in_two_steps_never_go_further(day: date, one: int, two: int) -> None:
    """The end of a short month is not forgotten on the way: in two steps, the same or earlier."""
    assert months_after(months_after(day, one), two) <= months_after(day, one + two)


@given(DAYS, DAYS)
def test_an_open_dossier_sleeps_exactly_from_six_months_on(moved: date, today: date) -> None:
    found = of_dossier(dossier("1980-01-01", steps=(moved.isoformat(),)), today.isoformat())
    assert found is not None
    expected = moved if moved <= today else date(1980, 1, 1)
    assert found.moved == expected.isoformat()
    assert found.dormant == (months_after(expected, DORMANT_AFTER) <= today)
    assert found.still == (today - expected).days


@given(DAYS, DAYS, some.none() | DAYS, some.none() | DAYS)
def test_a_question_is_in_one_state(
    asked: date, today: date, due: date | None, answered: date | None
) -> None:
    item = question(
        asked.isoformat(),
        due=due.isoformat() if due else None,
        answered=answered.isoformat() if answered else None,
    )
    found = of_question(item, today.isoformat())
    assert found is not None
    expected = due or months_after(asked, ANSWER_WITHIN)
    assert found.due == expected.isoformat()
    assert (found.state == ANSWERED) == (answered is not None and answered <= today)
    assert (found.state == LATE) == found.late == (found.answer is None and expected < today)
    assert (found.overdue > 0) == found.late
    assert found.age >= 0
    assert found.delay is None or found.delay == found.age


def test_a_dossier_asleep_wakes_with_a_step_or_an_update() -> None:
    asleep = of_dossier(dossier("2026-01-01"), "2026-07-01")
    assert asleep is not None
    assert asleep.dormant
    day_before = of_dossier(dossier("2026-01-01"), "2026-06-30")
    assert day_before is not None
    assert not day_before.dormant
    for item in (dossier(steps=("2026-06-01",)), dossier(updated="2026-06-01")):
        awake = of_dossier(item, "2026-07-01")
        assert awake is not None
        assert (awake.dormant, awake.moved, awake.still) == (False, "2026-06-01", 30)


def test_what_is_planned_moves_nothing() -> None:
    found = of_dossier(dossier(steps=("2027-01-01",), updated="2027-01-01"), "2026-07-01")
    assert found is not None
    assert (found.moved, found.dormant) == ("2026-01-01", True)


def test_a_dossier_is_late_the_day_after() -> None:
    on_the_day = of_dossier(dossier(due="2026-03-31"), "2026-03-31")
    after = of_dossier(dossier(due="2026-03-31"), "2026-04-01")
    assert on_the_day is not None
    assert after is not None
    assert (on_the_day.late, on_the_day.overdue) == (False, 0)
    assert (after.late, after.overdue) == (True, 1)


@pytest.mark.parametrize("state", ["clos", "abandonne"])
def test_what_is_over_neither_sleeps_nor_is_late(state: str) -> None:
    item = dossier(state=state, steps=("2026-02-01",), due="2026-01-15", updated="2028-05-05")
    found = of_dossier(item, "2029-01-01")
    assert found is not None
    assert (found.closed, found.age) == ("2026-02-01", 31)
    assert (found.late, found.dormant, found.open) == (False, False, False)


def test_a_closed_dossier_without_steps_ended_when_it_was_last_touched() -> None:
    found = of_dossier(dossier(state="clos", updated="2026-05-05"), "2029-01-01")
    assert found is not None
    assert found.closed == "2026-05-05"


def test_a_question_across_a_leap_day() -> None:
    waiting = of_question(question("2027-12-31"), "2028-02-29")
    late = of_question(question("2027-12-31"), "2028-03-01")
    assert waiting is not None
    assert late is not None
    assert (waiting.state, waiting.due, waiting.age) == (WAITING, "2028-02-29", 60)
    assert (late.state, late.overdue) == (LATE, 1)


def test_an_answer_of_tomorrow_is_none_yet_and_one_of_before_has_no_delay() -> None:
    early = of_question(question("2026-03-10", answered="2026-04-02"), "2026-04-01")
    wrong = of_question(question("2026-03-10", answered="2026-03-01"), "2026-04-01")
    assert early is not None
    assert wrong is not None
    assert (early.state, early.delay) == (WAITING, None)
    assert (wrong.state, wrong.delay, wrong.age) == (ANSWERED, None, 0)


def test_other_kinds_and_days_that_are_missing_stand_nowhere() -> None:
    assert of_dossier(question("2026-01-01"), "2026-01-01") is None
    assert of_question(dossier(), "2026-01-01") is None
    assert of_dossier(dossier()._replace(day=None), "2026-01-01") is None
    assert of_question(question("2026-01-01")._replace(day=None), "2026-01-01") is None


def test_the_last_year_that_computers_count() -> None:
    found = of_question(question("9999-12-01"), "9999-12-31")
    assert found is not None
    assert (found.due, found.state) == ("9999-12-31", WAITING)
