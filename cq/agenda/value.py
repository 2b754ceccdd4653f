"""The values of a VEVENT as icalendar gives them, made plain: days, hours, words.

Reads what is there and trusts none of it; asks nothing of the library but its attributes.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cq.site.feeds.entries import Meeting
from cq.site.feeds.text import one_line, plain

_YEARS = range(1970, 2101)
LONGEST = {"title": 200, "place": 200, "text": 20_000}


class NotRead(Exception):
    """What cannot be taken up; its words are for the user."""


class Found(NamedTuple):
    """One VEVENT, in the hours of the site's zone."""

    line: int  # of its BEGIN, in the file
    meeting: Meeting
    moved: str | None = None  # the day of a series that this one replaces
    unfolded: bool = False  # it is that day itself, of a series that cannot be said as one
    private: bool = False  # CLASS says that it is not for everybody
    said: tuple[str, ...] = ()  # what was understood, and could have been meant otherwise


class Unread(NamedTuple):
    """A VEVENT that cannot be taken up, and why."""

    line: int
    why: str


def first_of(event: Any, name: str) -> Any:  # noqa: ANN401 - icalendar's own values
    """The first property of this name; None where there is none that could be read."""
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return None if type(value).__name__ == "vBroken" else value


def moment_of(event: Any, name: str) -> date | datetime | None:  # noqa: ANN401
    value = getattr(first_of(event, name), "dt", None)
    if value is None:
        if event.get(name) is not None:
            raise NotRead(f"{name} n’est pas une date")
        return None
    if not isinstance(value, date) or value.year not in _YEARS:
        raise NotRead(f"{name} n’est pas une date de notre temps")
    return value


def local_of(moment: date | datetime, zone: ZoneInfo) -> date | datetime:
    """In the site's zone, without naming it; a floating hour is an hour of the place."""
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


def day_of(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def moments_of(event: Any, name: str) -> Iterator[date | datetime]:  # noqa: ANN401
    """Every moment of a property that lists some; of a period, its beginning."""
    dated = event.get(name) or []
    for part in dated if isinstance(dated, list) else [dated]:
        for one in getattr(part, "dts", ()):
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if not isinstance(moment, date) or moment.year not in _YEARS:
                raise NotRead(f"{name} n’est pas une date de notre temps")
            yield moment


def text_of(event: Any, name: str, most: int) -> str:  # noqa: ANN401
    value = first_of(event, name)
    return one_line(str(value))[:most].strip() if value is not None else ""


def lines_of(event: Any) -> str:  # noqa: ANN401
    value = first_of(event, "DESCRIPTION")
    return plain(str(value))[: LONGEST["text"]].strip() if value is not None else ""
