"""The days of a repeated meeting, for the agenda's pages: the same as clients make of its RRULE.

Own lines rather than dateutil's: two rules are all that the agenda knows, and what is left out on
purpose (a day that its rule does not know) is said here. Bounded, whatever the content asks for.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from cq.site.feeds.entries import Meeting, Repetition

_MONTHLY = "mois"
_LIMIT = 400
_NEVER = date.max.isoformat()


class Occurrence(NamedTuple):
    """One time that a meeting takes place; hours as in the meeting."""

    day: str
    start: str | None
    end_day: str | None
    end: str | None


def occurrences(
    meeting: Meeting, *, since: str = "", until: str = _NEVER, limit: int = _LIMIT
) -> tuple[Occurrence, ...]:
    """When `meeting` takes place, in order, on the days `since` to `until`, at most `limit` times.

    Both ends are included and count by the first day. A meeting without repetition takes place
    once.
    """
    first = date.fromisoformat(meeting.day)
    length = timedelta(0)
    if meeting.end_day is not None:
        length = max(date.fromisoformat(meeting.end_day) - first, length)
    found: list[Occurrence] = []
    for day in takewhile(lambda day: day <= until, _days(meeting)):
        if len(found) >= limit:
            break
        if day < since:
            continue
        end_day = meeting.end_day and _shifted(date.fromisoformat(day), length)
        found.append(Occurrence(day, meeting.start, end_day, meeting.end))
    return tuple(found)


def first_day(meeting: Meeting) -> str | None:
    """The first day on or after `meeting.day` that its repetition knows; None where it has none.

    A schema should report a meeting whose `day` is another: RFC 5545 leaves undefined what clients
    make of it, so neither the calendar nor the pages show that day.
    """
    if meeting.repetition is None:
        return None
    return next(_on_rule(date.fromisoformat(meeting.day), meeting.repetition), None)


def exceptions(meeting: Meeting) -> tuple[str, ...]:
    """The excluded days on which the meeting would else take place, in order, without doubles.

    Only these may stand in a calendar: at an EXDATE that is no occurrence, ical.js (Thunderbird)
    stops reading the following ones.
    """
    rule, begins = meeting.repetition, first_day(meeting)
    if rule is None or begins is None:
        return ()
    last = rule.until or _NEVER
    return tuple(
        day
        for day in sorted(set(rule.excluding))
        if begins <= day <= last and _is_on_rule(date.fromisoformat(day), meeting, rule, begins)
    )


def _is_on_rule(day: date, meeting: Meeting, rule: Repetition, begins: str) -> bool:
    """Whether the rule that begins on `begins` meets `day`, without going through all its days."""
    first, interval = date.fromisoformat(begins), max(rule.interval, 1)
    if rule.every != _MONTHLY:
        return (day - first).days % (7 * interval) == 0
    months = (day.year - first.year) * 12 + day.month - first.month
    rank, weekday = rank_of(meeting, rule), weekday_of(meeting, rule)
    return months % interval == 0 and _ranked(day.year, day.month, rank, weekday) == day


def weekday_of(meeting: Meeting, rule: Repetition) -> int:
    """0 is Monday."""
    if rule.weekday is not None:
        return rule.weekday
    return date.fromisoformat(meeting.day).weekday()


def rank_of(meeting: Meeting, rule: Repetition) -> int:
    """2 is the second of the month, -1 the last."""
    return rule.rank or (date.fromisoformat(meeting.day).day + 6) // 7


def _days(meeting: Meeting) -> Iterator[str]:
    rule = meeting.repetition
    if rule is None or first_day(meeting) is None:
        yield meeting.day
        return
    excluded = frozenset(rule.excluding)
    for day in _on_rule(date.fromisoformat(meeting.day), rule):
        if day not in excluded:
            yield day


def _on_rule(first: date, rule: Repetition) -> Iterator[str]:
    """The rule's days from the first that is not before `first`, exceptions among them."""
    weekday = first.weekday() if rule.weekday is None else rule.weekday
    interval = max(rule.interval, 1)
    days = (
        _monthly(first, rule.rank or (first.day + 6) // 7, weekday, interval)
        if rule.every == _MONTHLY
        else _weekly(first, weekday, interval)
    )
    last = rule.until or _NEVER
    return takewhile(lambda day: day <= last, (day.isoformat() for day in days))


def _weekly(first: date, weekday: int, interval: int) -> Iterator[date]:
    number = first.toordinal() + (weekday - first.weekday()) % 7
    while number <= date.max.toordinal():
        yield date.fromordinal(number)
        number += 7 * interval


def _monthly(first: date, rank: int, weekday: int, interval: int) -> Iterator[date]:
    """`interval` counts from the month of the first one found, as DTSTART's month does."""
    months = first.year * 12 + first.month - 1
    step = 1
    if not 1 <= abs(rank) <= 5:
        return
    while months < (date.max.year + 1) * 12:
        day = _ranked(months // 12, months % 12 + 1, rank, weekday)
        if day is not None and day >= first:
            yield day
            step = interval
        months += step


def _ranked(year: int, month: int, rank: int, weekday: int) -> date | None:
    """The second Tuesday of a month, or its last one; None in a month without a fifth."""
    begins, length = calendar.monthrange(year, month)
    if rank > 0:
        number = 1 + (weekday - begins) % 7 + 7 * (rank - 1)
    else:
        ends = (begins + length - 1) % 7
        number = length - (ends - weekday) % 7 + 7 * (rank + 1)
    return date(year, month, number) if 1 <= number <= length else None


def _shifted(day: date, length: timedelta) -> str:
    try:
        return (day + length).isoformat()
    except OverflowError:
        return _NEVER
