"""Days and hours as the pages show them, and the instant that a wall clock means."""

from datetime import UTC, date, datetime, time

import pytest

from cq.french import dates


def test_days_are_written_in_full_with_lower_case_names():
    day = date(2026, 1, 5)
    assert dates.long_date(day) == "lundi 5 janvier 2026"
    assert dates.date_words(day) == "5 janvier 2026"
    assert dates.short_date(day) == "5 janv. 2026"
    assert dates.month_year(day) == "janvier 2026"
    assert dates.month_name(8) == "août"
    assert (dates.short_month(8), dates.short_month(12)) == ("août", "déc.")
    assert dates.weekday_name(day) == "lundi"
    assert dates.html_date(day) == "lundi 5 janvier 2026"


def test_the_first_of_the_month_is_an_ordinal_raised_in_html():
    day = date(2026, 1, 1)
    assert dates.long_date(day) == "jeudi 1er janvier 2026"
    assert dates.short_date(day) == "1er janv. 2026"
    assert dates.html_date(day) == "jeudi 1<sup>er</sup> janvier 2026"
    assert dates.html_date(day, weekday=False) == "1<sup>er</sup> janvier 2026"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(19, 30), "19\u00a0h\u00a030"),
        (time(19), "19\u00a0h"),
        (time(9, 5), "9\u00a0h\u00a005"),
        (time(0), "0\u00a0h"),
    ],
)
def test_hours_have_no_break_spaces(moment, words):
    assert dates.hour(moment) == words


def test_a_span_of_hours():
    words = dates.hour_range(time(19), time(21, 30))
    assert words == "de 19\u00a0h à 21\u00a0h\u00a030"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-05", "2026-03-05", "le 5 mars 2026"),
        ("2026-03-05", "2026-03-07", "du 5 au 7 mars 2026"),
        ("2026-03-01", "2026-03-07", "du 1er au 7 mars 2026"),
        ("2026-02-28", "2026-03-01", "du 28 février au 1er mars 2026"),
        ("2025-12-30", "2026-01-02", "du 30 décembre 2025 au 2 janvier 2026"),
        ("2025-03-05", "2026-03-05", "du 5 mars 2025 au 5 mars 2026"),
    ],
)
def test_ranges_name_month_and_year_once_where_they_are_shared(first, last, words):
    assert dates.date_range(date.fromisoformat(first), date.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("day", "moment", "utc", "fault"),
    [
        ("2026-01-05", "19:30", "2026-01-05 18:30", None),
        ("2026-07-05", "19:30", "2026-07-05 17:30", None),
        ("2026-03-29", "01:59", "2026-03-29 00:59", None),
        ("2026-03-29", "02:00", "2026-03-29 01:00", "gap"),
        ("2026-03-29", "02:30", "2026-03-29 01:30", "gap"),
        ("2026-03-29", "03:00", "2026-03-29 01:00", None),
        ("2026-10-25", "01:59", "2026-10-24 23:59", None),
        ("2026-10-25", "02:30", "2026-10-25 00:30", "overlap"),
        ("2026-10-25", "03:00", "2026-10-25 02:00", None),
    ],
)
def test_the_wall_clock_in_paris(day, moment, utc, fault):
    instant, found = dates.local_instant(
        date.fromisoformat(day), time.fromisoformat(moment), "Europe/Paris"
    )
    expected = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert found == fault
    assert instant.astimezone(UTC) == expected


@pytest.mark.parametrize("name", ["Europe/Paris", "America/Guadeloupe", "UTC"])
def test_zones_that_are(name):
    assert dates.is_zone(name)


@pytest.mark.parametrize(
    "name", ["", "Europe", "Paris", "../etc/passwd", "/etc/passwd", "a\0b", "é"]
)
def test_zones_that_are_not(name):
    assert not dates.is_zone(name)
