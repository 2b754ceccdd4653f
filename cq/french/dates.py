"""Days and hours as France writes them: names, ranges, and the instant that a wall clock means.

Writing only; `read_date` and `read_time` come from their own modules and are offered here too.
Nothing asks what day it is.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from cq.french.numbers import NO_BREAK
from cq.french.read_date import MONTHS, WEEKDAYS, read_date
from cq.french.read_time import read_time

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "date_range",
    "date_words",
    "hour",
    "hour_range",
    "html_date",
    "is_zone",
    "iso_words",
    "local_instant",
    "long_date",
    "month_name",
    "month_year",
    "read_date",
    "read_time",
    "short_date",
    "short_month",
    "weekday_name",
]

# Shortened only where it spares something; « mars », « mai », « juin », « août » stay whole.
_SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)


def month_name(month: int) -> str:
    """« janvier » for 1."""
    return MONTHS[month - 1]


def short_month(month: int) -> str:
    """« janv. » for 1, « mai » for 5."""
    return _SHORT_MONTHS[month - 1]


def weekday_name(day: date) -> str:
    """« lundi »."""
    return WEEKDAYS[day.weekday()]


def _rank(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def date_words(day: date, *, weekday: bool = False) -> str:
    """« 5 janvier 2026 », « 1er mars 2026 », with `weekday` « lundi 5 janvier 2026 »."""
    words = f"{_rank(day)} {MONTHS[day.month - 1]} {day.year}"
    return f"{weekday_name(day)} {words}" if weekday else words


def iso_words(iso: str) -> str:
    """The same of an ISO day, as cards hold it: « 5 janvier 2026 »."""
    return date_words(date.fromisoformat(iso))


def long_date(day: date) -> str:
    """« lundi 5 janvier 2026 »."""
    return date_words(day, weekday=True)


def html_date(day: date, *, weekday: bool = True) -> str:
    """The same with its ordinal raised: « jeudi 1<sup>er</sup> janvier 2026 »."""
    words = date_words(day, weekday=weekday)
    return words.replace("1er ", "1<sup>er</sup> ", 1) if day.day == 1 else words


def short_date(day: date) -> str:
    """« 5 janv. 2026 », for narrow columns."""
    return f"{_rank(day)} {_SHORT_MONTHS[day.month - 1]} {day.year}"


def month_year(day: date) -> str:
    """« janvier 2026 »."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def date_range(first: date, last: date) -> str:
    """« du 5 au 7 mars 2026 », naming month and year once where both days share them.

    One day is « le 5 mars 2026 ».
    """
    if first == last:
        return f"le {date_words(first)}"
    start = _rank(first)
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"du {start} au {date_words(last)}"


def hour(moment: time) -> str:
    """« 19 h 30 », « 19 h », « 0 h 05 », with no-break spaces."""
    words = f"{moment.hour}{NO_BREAK}h"
    return f"{words}{NO_BREAK}{moment.minute:02}" if moment.minute else words


def hour_range(first: time, last: time) -> str:
    """« de 19 h à 21 h 30 »."""
    return f"de {hour(first)} à {hour(last)}"


@lru_cache(maxsize=64)
def is_zone(name: str) -> bool:
    """Whether `name` is a time zone that this machine or the tzdata package knows."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def local_instant(
    day: date, moment: time, zone: str
) -> tuple[datetime, Literal["gap", "overlap"] | None]:
    """What the wall clock in `zone` means, as an aware datetime.

    An hour that the spring skips is "gap", and the caller refuses it; the instant is then that of
    a clock nobody moved. An hour that the autumn repeats is "overlap": the first of the two.
    `zone` must be one that `is_zone` accepts.
    """
    info = ZoneInfo(zone)
    first = datetime.combine(day, moment.replace(tzinfo=None, fold=0), tzinfo=info)
    before = first.utcoffset() or timedelta()
    after = first.replace(fold=1).utcoffset() or timedelta()
    if before == after:
        return first, None
    return first, "gap" if before < after else "overlap"
