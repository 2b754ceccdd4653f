"""A rule that cannot be said as one comes day by day, as other programs count its days; bounded."""

import datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cq.agenda import unfold
from cq.agenda.ical import meetings
from cq.agenda.value import Found, Unread

TODAY = datetime.date(2026, 3, 1)
PARIS = "Europe/Paris"
WEEKDAYS = st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))


def read(*lines: str, today: datetime.date = TODAY, zone: str = PARIS) -> list[Found | Unread]:
    text = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"))
    return list(meetings(text.encode(), zone, today))


def days(*lines: str, **more: Any) -> list[str]:
    found = read(*lines, **more)
    assert all(isinstance(one, Found) for one in found), found
    return [one.meeting.day for one in found if isinstance(one, Found)]


def why(*lines: str) -> str:
    (only,) = read(*lines)
    assert isinstance(only, Unread), only
    return only.why


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule of those that are understood, in text."""
    every = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={every}", f"INTERVAL={draw(st.integers(1, 4))}"]
    named = draw(st.lists(WEEKDAYS, max_size=3, unique=True))
    if named and every == "MONTHLY":
        ranks = draw(st.sampled_from(("", "1", "-1", "5", "-2")))
        named = [f"{ranks}{one}" for one in named]
        if not ranks and draw(st.booleans()):
            parts.append(f"BYSETPOS={draw(st.sampled_from(('1', '-1', '2,3', '-7')))}")
    if named:
        parts.append(f"BYDAY={','.join(named)}")
    elif every != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from(('1', '-1', '15,31', '30')))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.sampled_from(('3', '1,6,12')))}")
    if draw(st.booleans()):
        parts.append("WKST=SU")
    return ";".join(parts)


@given(
    rules(), st.dates(datetime.date(2025, 1, 1), datetime.date(2026, 12, 31)), st.integers(1, 40)
)
def test_its_days_are_those_of_another_program(text: str, first: datetime.date, count: int) -> None:
    from dateutil.rrule import rrulestr
    from icalendar.prop import vRecur

    rule = unfold.rule_of(vRecur.from_ical(f"{text};COUNT={count}"))
    assert rule is not None
    last = first + datetime.timedelta(900)
    begins = datetime.datetime.combine(first, datetime.time())
    theirs = [one.date() for one in rrulestr(f"{text};COUNT={count}", dtstart=begins)]
    assume(theirs)
    assert list(unfold.days(rule, first, last)) == [one for one in theirs if one <= last]


@pytest.mark.parametrize(
    "text",
    ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=YEARLY;BYDAY=2TU", "FREQ=YEARLY;BYWEEKNO=3",
     "FREQ=WEEKLY;BYSETPOS=1;BYDAY=MO,TU", "FREQ=DAILY;BYHOUR=3", "FREQ=WEEKLY;BYDAY=2TU"],
)  # fmt: skip
def test_a_rule_that_is_not_understood_whole_is_none(text: str) -> None:
    from icalendar.prop import vRecur

    assert unfold.rule_of(vRecur.from_ical(text)) is None


def test_every_two_weeks_in_the_hours_of_its_zone() -> None:
    found = read(
        "UID:u", "DTSTART;TZID=America/New_York:20260303T140000",
        "DTEND;TZID=America/New_York:20260303T160000", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3",
        "EXDATE;TZID=America/New_York:20260331T140000", "SUMMARY:Appel",
    )  # fmt: skip
    held = [one for one in found if isinstance(one, Found)]
    assert [(one.meeting.day, one.meeting.start, one.meeting.end, one.moved) for one in held] == [
        ("2026-03-03", "20:00", "22:00", "2026-03-03"),
        ("2026-03-17", "19:00", "21:00", "2026-03-17"),  # America has gone to summer time
    ]
    assert all(one.unfolded and one.meeting.repetition is None for one in held)
    assert held[0].said == ("reprise jour par jour (FREQ=WEEKLY;COUNT=3;INTERVAL=2)",)
    assert not held[1].said


def test_days_and_nights_keep_their_length() -> None:
    found = read(
        "DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260313", "RRULE:FREQ=YEARLY;COUNT=2"
    )
    assert [(one.meeting.day, one.meeting.end_day) for one in found if isinstance(one, Found)] == [
        ("2026-03-10", "2026-03-12"), ("2027-03-10", "2027-03-12"),
    ]  # fmt: skip
    (night, _) = read("DTSTART:20260310T220000", "DURATION:PT4H", "RRULE:FREQ=DAILY;COUNT=2")
    assert isinstance(night, Found)
    assert (night.meeting.end_day, night.meeting.end) == ("2026-03-11", "02:00")


def test_only_what_is_to_come() -> None:
    start, rule = "DTSTART:20260210T190000", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260310T235959Z"
    found = read(start, rule)
    assert isinstance(found[0], Found)
    assert "sans les 6 qui sont passées" in found[0].said[-1]
    assert days(start, rule) == ["2026-03-03", "2026-03-05", "2026-03-10"]


def test_days_chosen_one_by_one() -> None:
    several = ("RDATE:20260320T180000,20260401T190000", "RDATE:20250101T190000,20260310T193000")
    start = "DTSTART:20260310T193000"
    assert days(start, *several) == ["2026-03-10", "2026-03-20", "2026-04-01"]
    whole, extra, _ = read(start, "RRULE:FREQ=WEEKLY", *several)
    assert isinstance(whole, Found)
    assert isinstance(extra, Found)
    assert whole.meeting.repetition is not None
    assert (extra.meeting.day, extra.meeting.start, extra.unfolded) == ("2026-03-20", "18:00", True)
    period = "RDATE;VALUE=PERIOD:20260320T180000Z/PT1H"
    assert days(start, period) == ["2026-03-10", "2026-03-20"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY", "elle n’a pas de fin"),
        ("FREQ=DAILY;COUNT=61", "plus de 60 réunions"),
        ("FREQ=YEARLY;COUNT=5", "plus loin que 18 mois"),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20990101", "plus loin que 18 mois"),
        ("FREQ=SECONDLY;COUNT=5", "écrivez-la à la main"),
        ("FREQ=DAILY;INTERVAL=3;BYMONTH=2;UNTIL=20260401", "écrivez-la à la main"),
    ],
)
def test_what_has_no_bound_is_refused(rule: str, said: str) -> None:
    assert said in why("DTSTART:20260310T193000", f"RRULE:{rule}")


def test_a_past_or_old_series_is_refused() -> None:
    rule = "RRULE:FREQ=DAILY;COUNT=3"
    assert "toutes ses réunions sont passées" in why("DTSTART:20250310T193000", rule)
    assert "à la main" in why("DTSTART:19800310T193000", "RRULE:FREQ=DAILY;UNTIL=20260401")
    many = ",".join(f"2026{month:02}{day:02}" for month in (4, 5, 6) for day in range(1, 31))
    assert "plus de 60" in why("DTSTART;VALUE=DATE:20260310", f"RDATE;VALUE=DATE:{many}")
