"""The days of a rule that `repetition:` cannot say, for meetings that are then written one by one.

Pure, and bounded whatever the rule: it asks of each day in turn whether the rule knows it, from its
first to the last one wanted. RFC 5545's rules by day, week, month and year; hours are not its own.
"""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

MOST = 60  # meetings of one series
MONTHS = 18  # from the day of the run
BEYOND = 5 * 366  # days after that in which a rule's next one is looked for
_YEARS = 5  # before it: nobody unfolds a series that is older
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z")
_KNOWN = frozenset(("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL",
                    "COUNT", "WKST"))  # fmt: skip
_EVERY = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


class Rule(NamedTuple):
    """A rule in plain values; weekday 0 is Monday, rank 0 is any."""

    every: str
    interval: int
    weekdays: tuple[tuple[int, int], ...]  # rank in its month, weekday
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    positions: tuple[int, ...]  # among the days of each month
    week_start: int
    times: int | None


def rule_of(parts: Mapping[str, Sequence[object]]) -> Rule | None:
    """The rule that icalendar has cut into `parts`; None for one that is not understood whole."""
    named = [_DAY.match(str(one).upper()) for one in parts.get("BYDAY", ())]
    weekdays = tuple((int(one[1] or 0), _DAYS.index(one[2])) for one in named if one)
    every = str(parts["FREQ"][0])
    months = _numbers(parts, "BYMONTH")
    ranked = any(rank for rank, _ in weekdays)
    positions = _numbers(parts, "BYSETPOS")
    if set(parts) - _KNOWN or every not in _EVERY or len(weekdays) != len(named):
        return None
    if ranked and not (every == "MONTHLY" or (every == "YEARLY" and months)):
        return None
    if positions and every != "MONTHLY":
        return None
    starts = str((parts.get("WKST") or ("MO",))[0])
    return Rule(
        every,
        max(1, *_numbers(parts, "INTERVAL"), 1),
        weekdays,
        _numbers(parts, "BYMONTHDAY"),
        months,
        positions,
        _DAYS.index(starts) if starts in _DAYS else 0,
        max(1, _numbers(parts, "COUNT")[0]) if parts.get("COUNT") else None,
    )


def _numbers(parts: Mapping[str, Sequence[object]], name: str) -> tuple[int, ...]:
    return tuple(int(str(one)) for one in parts.get(name, ()))


def days(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days of `rule` from `first` to `last`, as many as its count says at most."""
    begins = first.replace(day=1)  # a place among a month's days counts from the month's first
    if rule.positions:
        known = _placed(rule, _matching(rule, first, begins, last + timedelta(31)))
    else:
        known = _matching(rule, first, first, last)
    left = rule.times
    for day in known:
        if day < first:
            continue
        if day > last or left == 0:
            return
        yield day
        left = None if left is None else left - 1


def is_old(first: date, today: date) -> bool:
    """Whether a series begins too long ago for its days to be gone through."""
    return first.year < today.year - _YEARS


def horizon(today: date) -> date:
    """The last day to which a series is unfolded."""
    months = today.year * 12 + today.month - 1 + MONTHS
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _matching(rule: Rule, first: date, begins: date, ends: date) -> Iterator[date]:
    for number in range(begins.toordinal(), ends.toordinal() + 1):
        day = date.fromordinal(number)
        if _in_turn(rule, first, day) and _named(rule, first, day):
            yield day


def _placed(rule: Rule, known: Iterator[date]) -> Iterator[date]:
    for _, month in groupby(known, key=lambda day: (day.year, day.month)):
        listed = list(month)
        chosen = {
            listed[place - 1 if place > 0 else place]
            for place in rule.positions
            if 1 <= abs(place) <= len(listed)
        }
        yield from sorted(chosen)


def _in_turn(rule: Rule, first: date, day: date) -> bool:
    """Whether the rule's interval meets the day's week, month or year."""
    if rule.every == "DAILY":
        apart = day.toordinal() - first.toordinal()
    elif rule.every == "WEEKLY":
        weeks = [one.toordinal() - (one.weekday() - rule.week_start) % 7 for one in (first, day)]
        apart = (weeks[1] - weeks[0]) // 7
    elif rule.every == "MONTHLY":
        apart = (day.year - first.year) * 12 + day.month - first.month
    else:
        apart = day.year - first.year
    return apart % rule.interval == 0


def _named(rule: Rule, first: date, day: date) -> bool:
    """Whether the rule names the day; where it names none, its first day does."""
    if rule.months and day.month not in rule.months:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    if rule.weekdays:
        ranks = {0, (day.day + 6) // 7, -((length - day.day) // 7 + 1)}
        return any(day.weekday() == name and rank in ranks for rank, name in rule.weekdays)
    if rule.month_days or rule.every == "DAILY":
        return True
    if rule.every == "WEEKLY":
        return day.weekday() == first.weekday()
    same_month = rule.every == "MONTHLY" or bool(rule.months) or day.month == first.month
    return day.day == first.day and same_month
