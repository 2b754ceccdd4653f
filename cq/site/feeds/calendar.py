"""The one door to icalendar: a `CalendarView` becomes an .ics file that every client reads alike.

icalendar writes the components; the zone is `zones.vtimezone`, and the lines are folded here, in a
quarter of the time, never inside a character. No clock: DTSTAMP is the item's own day.

What was decided, because clients differ:

- *annulé* is STATUS:CANCELLED: Apple and Thunderbird strike it through, Google takes it away. For
  those that ignore the status, the title begins with « ANNULÉ : ».
- *reporté* is TENTATIVE, with « REPORTÉ : »: its date may already be the new one, and CANCELLED
  would take it away on the phones that obey.
- An unknown end stays unknown: neither DTEND nor DURATION, rather than two hours of our making.
  A meeting over several days whose last hour is unknown lasts until the end of the last day.
- What takes no time of its reader's day (whole days, cancelled, postponed) is TRANSPARENT.
- No METHOD: it would ask for an ORGANIZER, and make an invitation of an announcement.
- One EXDATE a line: several clients read only the first date of a list.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Component,
    Event,
    vCategory,
    vDate,
    vDatetime,
    vInt,
    vRecur,
    vText,
    vUri,
)

from cq.content import zones
from cq.site.feeds import repetition
from cq.site.feeds.entries import CalendarView, Meeting, Repetition
from cq.site.feeds.text import one_line, plain, uri

_PRODID = "-//cq//conseils de quartier//FR"
_FRENCH = {"LANGUAGE": "fr"}
_REFRESH = "PT6H"  # a meeting can be cancelled in the morning for the evening
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# The no-break space is French typography's, before the colon.
_STATUS = {"annulé": ("CANCELLED", "ANNULÉ\u00a0: "), "reporté": ("TENTATIVE", "REPORTÉ\u00a0: ")}
_CONFIRMED = ("CONFIRMED", "")
_WIDTH = 75  # octets of a line, its end not counted (RFC 5545 section 3.1)
# Room for all meetings of a large site, in each process: about 1 kB each.
_KEPT = 16_384


class _Text(vText):
    """TEXT as RFC 5545 section 3.3.11 escapes it.

    icalendar's own takes a backslash and N that stand in the text (as in a path) for a line end.
    """

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


class _Categories(vCategory):
    """Several TEXT values on one line, with the same escapes."""

    def to_ical(self) -> bytes:
        return b",".join(_Text(one).to_ical() for one in self.cats)


def render(view: CalendarView) -> bytes:
    """The .ics file of `view`, its meetings in the order given. ValueError for a zone unknown."""
    zone = _folded(zones.vtimezone(view.zone))
    head, tail = _frame(view)
    return b"".join([head, zone, *(_event(one, view.zone) for one in view.meetings), tail])


def _frame(view: CalendarView) -> tuple[bytes, bytes]:
    """What stands before the components, and after them."""
    calendar = Calendar()
    name, description = one_line(view.name), plain(view.description).strip()
    calendar["VERSION"] = _Text("2.0")
    calendar["PRODID"] = _Text(_PRODID)
    calendar["CALSCALE"] = _Text("GREGORIAN")
    calendar["UID"] = _Text(one_line(view.uid))
    if name:  # libical calls an empty property a fault
        calendar["NAME"] = calendar["X-WR-CALNAME"] = _Text(name)
    if description:
        calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = _Text(description)
    calendar["X-WR-TIMEZONE"] = _Text(view.zone)
    calendar["REFRESH-INTERVAL"] = _Text(_REFRESH, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = _Text(_REFRESH)
    if view.url:
        calendar["URL"] = vUri(uri(view.url))
    *head, tail = _lines(calendar)
    return _folded(head), _folded([tail])


@lru_cache(maxsize=_KEPT)
def _event(meeting: Meeting, zone: str) -> bytes:
    """One VEVENT. Kept, since a meeting stands in the calendars of its quartier, its group and all.

    Properties are set rather than `add`ed: nothing is left to guess, and it costs half.
    """
    status, prefix = _STATUS.get(meeting.status, _CONFIRMED)
    event = Event()
    event["UID"] = _Text(one_line(meeting.uid))
    event["DTSTAMP"] = vDatetime(_midnight(meeting.stamp).replace(tzinfo=UTC))
    event["SEQUENCE"] = vInt(meeting.sequence)
    event["STATUS"] = _Text(status)
    if meeting.start is None or status != "CONFIRMED":
        event["TRANSP"] = _Text("TRANSPARENT")
    for name, text in (
        ("SUMMARY", (prefix + one_line(meeting.title)).strip()),
        ("LOCATION", ", ".join(filter(None, map(one_line, meeting.place)))),
        ("DESCRIPTION", plain(meeting.description).strip()),
    ):
        if text:
            event[name] = _Text(text, params=_FRENCH)
    if categories := list(filter(None, map(one_line, meeting.categories))):
        event["CATEGORIES"] = _Categories(categories, params=_FRENCH)
    if meeting.url:
        event["URL"] = vUri(uri(meeting.url))
    _set_times(event, meeting, zone)
    return _folded(_lines(event))


def _set_times(event: Event, meeting: Meeting, zone: str) -> None:
    """DTSTART and what hangs on it. A repeated meeting begins on the first day of its rule."""
    begins = repetition.first_day(meeting)
    first = _midnight(begins or meeting.day)
    last = first
    if meeting.end_day is not None:
        last += max(_midnight(meeting.end_day) - _midnight(meeting.day), timedelta(0))
    event["DTSTART"] = _when(first, meeting.start, zone)
    end = _end(meeting, first, last)
    if end is not None:
        event["DTEND"] = _when(end, meeting.start and f"{end:%H:%M}", zone)
    rule = meeting.repetition
    if rule is not None and begins is not None:
        event["RRULE"] = _recur(meeting, rule, zone)
        if days := repetition.exceptions(meeting):
            event["EXDATE"] = [_when(_midnight(day), meeting.start, zone) for day in days]


def _end(meeting: Meeting, first: datetime, last: datetime) -> datetime | None:
    """DTEND, never itself part of the meeting; None where nobody said."""
    if meeting.start is None or (meeting.end is None and last > first):
        return last + timedelta(days=1) if last.date() < date.max else None
    if meeting.end is None:
        return None
    end = _at(last, meeting.end)
    return end if end > _at(first, meeting.start) else None


def _recur(meeting: Meeting, rule: Repetition, zone: str) -> vRecur:
    weekday = _DAYS[repetition.weekday_of(meeting, rule)]
    monthly = rule.every == "mois"
    recur = vRecur(FREQ="MONTHLY" if monthly else "WEEKLY")
    if rule.interval > 1:
        recur["INTERVAL"] = rule.interval
    recur["BYDAY"] = f"{repetition.rank_of(meeting, rule)}{weekday}" if monthly else weekday
    if rule.until is not None and rule.until < date.max.isoformat():
        recur["UNTIL"] = _until(rule.until, meeting.start, zone)
    return recur


def _until(day: str, start: str | None, zone: str) -> date | datetime:
    """A date for whole days, else the day's last second in UTC (RFC 5545 section 3.3.10)."""
    if start is None:
        return date.fromisoformat(day)
    evening = datetime.combine(date.fromisoformat(day), time(23, 59, 59), ZoneInfo(zone))
    return evening.astimezone(UTC)


def _when(moment: datetime, start: str | None, zone: str) -> vDate | vDatetime:
    """A day, or `moment`'s day at `start`; the zone is named, and clients compute with it."""
    if start is None:
        return vDate(moment.date(), params={"VALUE": "DATE"})
    value = vDatetime(_at(moment, start))
    value.params["TZID"] = zone
    return value


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time())


def _at(moment: datetime, clock: str) -> datetime:
    return datetime.combine(moment.date(), time.fromisoformat(clock))


def _lines(component: Component) -> list[str]:
    return [line for line in component.content_lines() if line]


def _folded(lines: Iterable[str]) -> bytes:
    """Lines of at most 75 octets, cut neither inside a character nor inside an escape."""
    folded: list[bytes] = []
    for line in lines:
        data = line.encode()
        begin, width = 0, _WIDTH
        while len(data) - begin > width:
            end = begin + width
            while data[end] & 0xC0 == 0x80:
                end -= 1
            piece = data[begin:end]
            # An odd run of backslashes: the last one escapes what would open the next line.
            if (len(piece) - len(piece.rstrip(b"\\"))) % 2:
                end -= 1
            folded += (data[begin:end], b"\r\n ")
            begin, width = end, _WIDTH - 1
        folded += (data[begin:], b"\r\n")
    return b"".join(folded)
