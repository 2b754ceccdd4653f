"""VTIMEZONE by hand: two yearly rules, or one plain offset where clocks never change.

Made of the transitions that Python's own zone data knows. icalendar's `add_missing_timezones` is
never used: it starts summer an hour late and lists dates that several clients do not read.
Nothing here needs icalendar: the schema of site.yml asks `supported_zone`.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

# One year in which the rules were already today's and eleven more: within twelve years every month
# begins once on each weekday, which tells « the last Sunday » from « the fourth ».
_YEARS = range(2026, 2038)
_NAME = re.compile(r"[A-Za-z_]+(?:/[A-Za-z_-]+)+")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1


class _Change(NamedTuple):
    """The clocks' change of one year, in the local time that they show before it."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str


class _Rule(NamedTuple):
    """The same change, every year."""

    month: int
    rank: int
    weekday: int
    clock: str
    before: timedelta
    after: timedelta
    name: str


def supported_zone(name: str) -> bool:
    """Whether a calendar can be written in zone `name`: Europe/Paris, Indian/Reunion, …

    A place, not an offset (`Etc/UTC` is none), without change of clocks or with two a year that
    follow a rule. Morocco's clocks, which follow Ramadan, have none.
    """
    try:
        vtimezone(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def vtimezone(name: str) -> tuple[str, ...]:
    """The content lines of zone `name`, from BEGIN to END. ValueError where it is not supported."""
    if not _NAME.fullmatch(name) or name.startswith("Etc/"):
        raise ValueError(f"no zone of a place: {name!r}")
    try:
        zone = ZoneInfo(name)
    except (KeyError, OSError) as fault:  # a folder's name, as in America/Argentina, is an OSError
        raise ValueError(f"unknown zone: {name!r}") from fault
    changes = _changes(zone)
    if not changes:
        still = datetime(_YEARS[0], 1, 1, tzinfo=zone)
        parts = _observance(
            "STANDARD", "19700101T000000", _offset(still), _offset(still), still.tzname() or name
        )
    else:
        rules = [_rule(name, changes[0::2]), _rule(name, changes[1::2])]
        rules.sort(key=lambda rule: rule.after, reverse=True)
        parts = tuple(line for rule in rules for line in _yearly(rule))
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE")


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _changes(zone: ZoneInfo) -> list[_Change]:
    """Every change of clocks within `_YEARS`, found day by day and then to the minute."""
    first = datetime(_YEARS[0], 1, 1, tzinfo=UTC)
    days = (datetime(_YEARS[-1] + 1, 1, 1, tzinfo=UTC) - first).days
    moments = (first + timedelta(days=number) for number in range(days + 1))
    found = []
    for early, late in pairwise(moments):
        before, after = _offset(early.astimezone(zone)), _offset(late.astimezone(zone))
        if before == after:
            continue
        low, high = 0, 24 * 60
        while high - low > 1:
            middle = (low + high) // 2
            there = (early + timedelta(minutes=middle)).astimezone(zone)
            low, high = (middle, high) if _offset(there) == before else (low, middle)
        instant = early + timedelta(minutes=high)
        onset = (instant + before).replace(tzinfo=None)
        found.append(_Change(onset, before, after, instant.astimezone(zone).tzname() or ""))
    return found


def _rule(zone: str, changes: list[_Change]) -> _Rule:
    """The one rule that all of `changes`, one a year, follow. ValueError where there is none."""
    if [change.onset.year for change in changes] != list(_YEARS):
        raise ValueError(f"clocks do not change twice a year: {zone!r}")
    last = all((change.onset + timedelta(days=7)).month != change.onset.month for change in changes)
    rules = {
        _Rule(
            change.onset.month,
            _LAST if last else (change.onset.day + 6) // 7,
            change.onset.weekday(),
            f"{change.onset:%H%M%S}",
            change.before,
            change.after,
            change.name,
        )
        for change in changes
    }
    if len(rules) != 1:
        raise ValueError(f"no rule for the change of clocks: {zone!r}")
    return rules.pop()


def _yearly(rule: _Rule) -> tuple[str, ...]:
    """One observance, from 1970 on as calendars do: agendas are not read that far back."""
    day = date(1970, rule.month, 1)
    matching = [
        one
        for number in range(31)
        if (one := day + timedelta(days=number)).month == rule.month
        and one.weekday() == rule.weekday
    ]
    onset = matching[rule.rank if rule.rank == _LAST else rule.rank - 1]
    return _observance(
        "DAYLIGHT" if rule.after > rule.before else "STANDARD",
        f"{onset:%Y%m%d}T{rule.clock}",
        rule.before,
        rule.after,
        rule.name,
        f"RRULE:FREQ=YEARLY;BYMONTH={rule.month};BYDAY={rule.rank}{_DAYS[rule.weekday]}",
    )


def _observance(
    kind: str, onset: str, before: timedelta, after: timedelta, name: str, *rule: str
) -> tuple[str, ...]:
    return (
        f"BEGIN:{kind}",
        f"DTSTART:{onset}",
        *rule,
        f"TZOFFSETFROM:{_written(before)}",
        f"TZOFFSETTO:{_written(after)}",
        f"TZNAME:{name}",
        f"END:{kind}",
    )


def _written(offset: timedelta) -> str:
    minutes = offset // timedelta(minutes=1)
    hours, minutes = divmod(abs(minutes), 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}{minutes:02}"
