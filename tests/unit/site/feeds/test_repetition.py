"""Our occurrences against two expansions that share no line with ours, nor with dateutil."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cq.site.feeds import calendar
from cq.site.feeds.entries import CalendarView, Meeting, Repetition
from cq.site.feeds.repetition import Occurrence, exceptions, first_day, occurrences

ZONE = ZoneInfo("Europe/Paris")


def meeting(rule: Repetition | None, day: str = "2026-03-10", **changes: str | None) -> Meeting:
    return Meeting("a@x", 0, "2026-01-01", "Réunion", day, repetition=rule, **changes)


def days(one: Meeting, until: str = "2026-12-31") -> list[str]:
    return [when.day for when in occurrences(one, until=until)]


def test_the_second_tuesday_except_in_april():
    rule = Repetition("mois", 1, 2, 1, "2026-07-31", ("2026-04-14", "2026-04-15"))
    assert days(meeting(rule)) == ["2026-03-10", "2026-05-12", "2026-06-09", "2026-07-14"]


def test_the_last_friday_every_other_month():
    rule = Repetition("mois", 2, -1, 4, None)
    assert days(meeting(rule), "2026-08-31") == ["2026-03-27", "2026-05-29", "2026-07-31"]


def test_a_fifth_monday_is_not_in_every_month():
    rule = Repetition("mois", 1, 5, 0, None)
    assert days(meeting(rule)) == ["2026-03-30", "2026-06-29", "2026-08-31", "2026-11-30"]


def test_every_other_week_across_the_end_of_winter():
    rule = Repetition("semaine", 2, None, None, "2026-04-20")
    assert days(meeting(rule)) == ["2026-03-10", "2026-03-24", "2026-04-07"]


def test_once_without_repetition():
    one = meeting(None, start="19:30", end="21:00")
    assert occurrences(one) == (Occurrence("2026-03-10", "19:30", None, "21:00"),)
    assert occurrences(one, since="2026-03-11") == ()
    assert occurrences(one, until="2026-03-09") == ()


def test_a_meeting_over_several_days_is_as_long_each_time():
    rule = Repetition("mois", 1, -1, 5, "2026-05-31")
    found = occurrences(meeting(rule, day="2026-03-28", end_day="2026-03-29", start="10:00"))
    assert found == (
        Occurrence("2026-03-28", "10:00", "2026-03-29", None),
        Occurrence("2026-04-25", "10:00", "2026-04-26", None),
        Occurrence("2026-05-30", "10:00", "2026-05-31", None),
    )


def test_a_day_off_its_rule_is_no_occurrence():
    rule = Repetition("mois", 1, 1, 0, "2026-05-31")
    one = meeting(rule)
    assert first_day(one) == "2026-04-06"
    assert days(one) == ["2026-04-06", "2026-05-04"]


def test_a_rule_without_a_day_leaves_the_meeting():
    for rule in (
        Repetition("mois", 1, 2, 1, "2026-03-01"),
        Repetition("mois", 1, 6, 1, None),
        Repetition("semaine", 1, None, 1, "2026-03-09"),
    ):
        assert first_day(meeting(rule)) is None
        assert days(meeting(rule)) == ["2026-03-10"]


def test_all_days_excluded_is_none():
    rule = Repetition("mois", 1, 2, 1, "2026-04-30", ("2026-03-10", "2026-04-14"))
    assert days(meeting(rule)) == []


@pytest.mark.parametrize("every", ["semaine", "mois"])
@pytest.mark.parametrize("interval", [-5, 0, 1, 10**30])
def test_it_is_bounded_whatever_is_asked(every: str, interval: int):
    rule = Repetition(every, interval, 2, 1, "9999-12-31")
    one = meeting(rule, end_day="9999-12-31")
    assert len(occurrences(one, limit=7)) == (1 if interval > 1 else 7)
    assert occurrences(one)[-1].end_day == "9999-12-31"
    assert len(occurrences(one, since="2999-01-01", until="2999-12-31")) <= 53


def test_only_days_of_the_rule_are_exceptions():
    excluding = ("2026-06-09", "2026-04-15", "2026-04-14", "2026-01-13", "2026-04-14")
    rule = Repetition("mois", 1, 2, 1, "2026-05-31", excluding)
    assert exceptions(meeting(rule)) == ("2026-04-14",)
    assert exceptions(meeting(None)) == ()
    assert exceptions(meeting(rule._replace(until="2026-01-01"))) == ()


RULES = st.builds(
    Repetition,
    every=st.sampled_from(["semaine", "mois"]),
    interval=st.integers(1, 5),
    rank=st.none() | st.integers(-5, 5).filter(bool),
    weekday=st.none() | st.integers(0, 6),
    until=st.none() | st.dates(date(2026, 1, 1), date(2030, 6, 1)).map(date.isoformat),
    excluding=st.lists(
        st.dates(date(2026, 1, 1), date(2027, 1, 1)).map(date.isoformat), max_size=60
    ).map(tuple),
)
MEETINGS = st.builds(
    lambda rule, day, start: meeting(rule, day, start=start),
    RULES,
    st.dates(date(2025, 6, 1), date(2027, 6, 1)).map(date.isoformat),
    # Not between two and three, which the change of clocks makes twice or never.
    st.none() | st.sampled_from(["00:00", "01:59", "03:00", "09:05", "19:30", "23:59"]),
)


def seconds(when: Occurrence) -> int:
    if when.start is None:
        moment = datetime.combine(date.fromisoformat(when.day), time(), UTC)
    else:
        moment = datetime.fromisoformat(f"{when.day}T{when.start}").replace(tzinfo=ZONE)
    return int(moment.timestamp())


# A failing list is shown as found: shrinking would start two programs thousands of times.
@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(meetings=st.lists(MEETINGS, min_size=5, max_size=15))
def test_clients_expand_the_rule_as_we_do(meetings: list[Meeting], libical, icaljs):
    ics = calendar.render(CalendarView("u", "n", "", "Europe/Paris", tuple(meetings)))
    ours = [
        [seconds(when) for when in occurrences(one, until="2029-12-31", limit=10_000)]
        for one in meetings
    ]
    for read in (libical, icaljs):
        found = read(ics)
        assert found.get("errors", 0) == 0, found
        assert [one["occurrences"] for one in found["events"]] == ours
