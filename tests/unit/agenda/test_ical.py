"""Somebody's .ics: read without trust, one broken meeting at a time."""

import datetime
import re
import warnings
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq.agenda.ical import MOST_BYTES, meetings
from cq.agenda.imported import as_markdown
from cq.agenda.value import Found, NotRead, Unread
from cq.content.markup import convert
from cq.site.feeds.calendar import render
from cq.site.feeds.entries import CalendarView, Meeting, Repetition

PARIS = "Europe/Paris"
TODAY = datetime.date(2026, 3, 1)
WORDS = ("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "DTSTART", "DTEND", "RRULE",
         ";TZID=", ";VALUE=DATE", ":", "20260310T193000", "20260310", "Z", "FREQ=WEEKLY",
         "FREQ=MONTHLY", ";BYDAY=2TU", ";COUNT=3", ";UNTIL=", "EXDATE", "RECURRENCE-ID", "DURATION",
         "PT2H", "-P9999999D", "SUMMARY", "\n", "\n ", "\0", "é", "99991231T235959", "00010101",
         "RDATE", "UID", ",", "=")  # fmt: skip


def read(*lines: str, zone: str = PARIS) -> Found | Unread:
    text = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"))
    (only,) = meetings(text.encode(), zone, TODAY)
    return only


def meeting(*lines: str, zone: str = PARIS) -> Meeting:
    found = read(*lines, zone=zone)
    assert isinstance(found, Found), found
    return found.meeting


def test_an_hour_is_told_in_the_site_s_zone() -> None:
    held = meeting("DTSTART:20260701T230000Z", "DTEND:20260702T010000Z")
    assert (held.day, held.start, held.end, held.end_day) == ("2026-07-02", "01:00", "03:00", None)
    there = meeting("DTSTART:20260701T230000Z", zone="Indian/Reunion")
    assert (there.day, there.start) == ("2026-07-02", "03:00")


def test_what_passes_midnight_has_a_last_day() -> None:
    held = meeting("DTSTART:20260701T200000", "DURATION:PT6H")
    assert (held.end_day, held.end) == ("2026-07-02", "02:00")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY", Repetition("semaine", 1, None, 1, None)),
        ("FREQ=WEEKLY;BYDAY=TU;WKST=SU", Repetition("semaine", 1, None, 1, None)),
        ("FREQ=WEEKLY;COUNT=3", Repetition("semaine", 1, None, 1, "2026-03-24")),
        ("FREQ=MONTHLY;BYDAY=2TU", Repetition("mois", 1, 2, 1, None)),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", Repetition("mois", 1, 2, 1, None)),
        (
            "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20260630T220000Z",
            Repetition("mois", 1, 2, 1, "2026-07-01"),
        ),
    ],
)
def test_a_rule_is_told_in_ours(rule: str, said: Repetition) -> None:
    assert meeting("DTSTART:20260310T193000", f"RRULE:{rule}").repetition == said


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY", "FREQ=YEARLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=TU,TH",
     "FREQ=MONTHLY;BYMONTHDAY=10", "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=-2TU", "FREQ=SECONDLY",
     "FREQ=WEEKLY;BYDAY=WE", "FREQ=WEEKLY;UNTIL=20250101", "FREQ=?", "FREQ=WEEKLY;BYMONTH=3"],
)  # fmt: skip
def test_a_rule_that_is_not_ours_is_said(rule: str) -> None:
    assert isinstance(read("DTSTART:20260310T193000", f"RRULE:{rule}"), Unread)


def test_what_cq_writes_it_reads_again() -> None:
    first = Meeting(
        "u@x", 0, "2026-01-01", "Titre, avec ; et \\", "2026-03-10", None, "19:30", "21:30",
        ("Mairie",), repetition=Repetition("mois", 1, 2, 1, "2026-12-31", ("2026-04-14",)),
    )  # fmt: skip
    (found,) = meetings(render(CalendarView("c", "n", "", PARIS, (first,))), PARIS, TODAY)
    assert isinstance(found, Found)
    assert found.meeting == first._replace(stamp="")


@pytest.mark.parametrize("data", [b"", b"\xff" * 9, b"BEGIN:VEVENT\n", b" " * (MOST_BYTES + 1)])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(NotRead):
        list(meetings(data, PARIS, TODAY))


def test_nothing_is_without_bound() -> None:
    many = b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nDTSTART:20260310\nEND:VEVENT\n" * 2_100
    found = list(meetings(many, PARIS, TODAY))
    assert len(found) == 2_001
    assert isinstance(found[-1], Unread)
    assert isinstance(read("DTSTART:20260310", *["X-A:b"] * 500), Unread)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_hostile_lines_end_in_a_sentence(words: list[str]) -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260310T193000\n" + "".join(words)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for found in meetings(f"{text}\nEND:VEVENT\n".encode(), PARIS, TODAY):
            if isinstance(found, Found):
                assert datetime.date.fromisoformat(found.meeting.day).year >= 1969


@settings(max_examples=100)
@given(st.text(alphabet="<>[]()!`*_#-=|~^&;:$\\ \n1.)ab\"'{}", max_size=60))
def test_plain_words_stay_words(text: str) -> None:
    body = convert(f"x\n\n{as_markdown(text)}\n", PurePosixPath("content/x.md"), 1).value
    assert set(re.findall(r"<(/?[a-z0-9]+)", body.html)) <= {"p", "/p", "br"}
    assert not body.links
