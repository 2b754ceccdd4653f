"""The door to icalendar for reading: somebody's .ics file becomes plain meetings, one by one.

The file is hostile. It is cut into its VEVENTs here, each is read alone, and a broken one is a
sentence with its line, never the end of the others. No VTIMEZONE is read: its rules could be
endless, and the names of zones are enough. No rule is unrolled without bound.

Who organises and who was invited is nobody's business: it is not even looked at.
"""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cq.site.feeds.entries import Meeting, Repetition
from cq.site.feeds.repetition import exceptions, first_day, occurrences
from cq.site.feeds.text import one_line, plain
from cq.terminal import printable

MOST_BYTES = 4_000_000
_MOST_MEETINGS = 2_000
_MOST_LINES = 400  # of one meeting
_YEARS = range(1970, 2101)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset(("FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"))
_LONGEST = {"title": 200, "place": 200, "text": 20_000}


class NotRead(Exception):
    """What cannot be taken up; its words are for the user."""


class Found(NamedTuple):
    """One VEVENT, in the hours of the site's zone."""

    line: int  # of its BEGIN, in the file
    meeting: Meeting
    moved: str | None = None  # the day of a series that this one replaces
    private: bool = False  # CLASS says that it is not for everybody
    said: tuple[str, ...] = ()  # what was understood, and could have been meant otherwise


class Unread(NamedTuple):
    """A VEVENT that cannot be taken up, and why."""

    line: int
    why: str


def meetings(data: bytes, zone: str) -> Iterator[Found | Unread]:
    """Every VEVENT of `data`, in its order. Raises NotRead where it is no calendar at all."""
    if len(data) > MOST_BYTES:
        raise NotRead(f"ce fichier dépasse {MOST_BYTES // 1_000_000} Mo : exportez moins de mois")
    lines = (
        data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines[:50]):
        raise NotRead("ce fichier n’est pas un agenda (il ne commence pas par BEGIN:VCALENDAR)")
    local = ZoneInfo(zone)
    for number, (line, text) in enumerate(_cut(lines)):
        if number >= _MOST_MEETINGS:
            yield Unread(line, f"plus de {_MOST_MEETINGS} réunions : exportez moins de mois")
            return
        try:
            yield _read(line, text, local)
        except NotRead as fault:
            yield Unread(line, str(fault))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError):
            yield Unread(line, "cette réunion est mal écrite")


def _cut(lines: list[str]) -> Iterator[tuple[int, list[str] | None]]:
    """The lines of each VEVENT, alarms left out, and the number of the first; None without end."""
    begun: int | None = None
    inside: list[str] = []
    below = 0
    for number, line in enumerate(lines, 1):
        word = line.strip().upper()
        if begun is None:
            if word == "BEGIN:VEVENT":
                begun, inside, below = number, [], 0
        elif word == "END:VEVENT":
            yield begun, inside
            begun = None
        elif word.startswith("BEGIN:"):
            below += 1
        elif word.startswith("END:"):
            below = max(0, below - 1)
        elif not below:
            inside.append(line)
    if begun is not None:
        yield begun, None


def _read(line: int, text: list[str] | None, local: ZoneInfo) -> Found:
    from icalendar import Event

    if text is None:
        raise NotRead("elle n’a pas de fin : le fichier est coupé")
    if len(text) > _MOST_LINES:
        raise NotRead(f"cette réunion a plus de {_MOST_LINES} lignes")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # « a guess at a zone »: it is a good one
        event = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *text, "END:VEVENT", "")))
    begins = _moment(event, "DTSTART")
    if begins is None:
        raise NotRead("elle n’a pas de jour (DTSTART)")
    start = _local(begins, local)
    last = _end(event, start, local)
    whole = not isinstance(start, datetime)
    first = _day(start)
    said = []
    if isinstance(begins, datetime) and begins.tzinfo is None:
        said.append("fuseau non dit ou inconnu : son heure est reprise telle quelle")
    status = _text(event, "STATUS", 20).upper()
    if status == "TENTATIVE":
        said.append("à confirmer dans le fichier : reprise comme confirmée")
    meeting = Meeting(
        uid=_text(event, "UID", 250),
        sequence=0,
        stamp="",
        title=_text(event, "SUMMARY", _LONGEST["title"]),
        day=first.isoformat(),
        end_day=_day(last).isoformat() if last and _day(last) > first else None,
        start=None if whole else f"{start:%H:%M}",
        end=f"{last:%H:%M}" if isinstance(last, datetime) else None,
        place=tuple(filter(None, [_text(event, "LOCATION", _LONGEST["place"])])),
        status="annulé" if status == "CANCELLED" else "confirmé",
        description=_lines(event),
    )
    moved = _moment(event, "RECURRENCE-ID")
    if moved is None:
        meeting = _with_rule(event, meeting, local)
    return Found(
        line,
        meeting,
        _day(_local(moved, local)).isoformat() if moved else None,
        _text(event, "CLASS", 20).upper() in {"PRIVATE", "CONFIDENTIAL"},
        tuple(said),
    )


def _first(event: Any, name: str) -> Any:  # noqa: ANN401 - icalendar's own values
    """The first property of this name; None where there is none that could be read."""
    value = event.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return None if type(value).__name__ == "vBroken" else value


def _moment(event: Any, name: str) -> date | datetime | None:  # noqa: ANN401
    value = getattr(_first(event, name), "dt", None)
    if value is None:
        if event.get(name) is not None:
            raise NotRead(f"{name} n’est pas une date")
        return None
    if not isinstance(value, date) or value.year not in _YEARS:
        raise NotRead(f"{name} n’est pas une date de notre temps")
    return value


def _local(moment: date | datetime, zone: ZoneInfo) -> date | datetime:
    """In the site's zone, without naming it; a floating hour is an hour of the place."""
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _end(event: Any, start: date | datetime, zone: ZoneInfo) -> date | datetime | None:  # noqa: ANN401
    """The last day of whole days, itself included; the last hour otherwise; None where unknown."""
    end = _moment(event, "DTEND")
    if end is None:
        length = getattr(_first(event, "DURATION"), "dt", None)
        if not isinstance(length, timedelta):
            return None
        end = start + length
    end = _local(end, zone)
    if isinstance(start, datetime) != isinstance(end, datetime):
        return None
    if not isinstance(end, datetime):
        return max(end - timedelta(days=1), _day(start))
    return end if end > start else None


def _with_rule(event: Any, meeting: Meeting, zone: ZoneInfo) -> Meeting:  # noqa: ANN401
    """`meeting` with its repetition. Raises NotRead for one that the site cannot say."""
    if event.get("RDATE") is not None:
        raise NotRead("elle revient à des jours choisis un à un (RDATE) : écrivez-les à la main")
    if event.get("RRULE") is None:
        return meeting
    rule = _first(event, "RRULE")
    if rule is None or isinstance(event.get("RRULE"), list):
        raise NotRead("sa répétition (RRULE) ne peut pas être lue")
    spelled = printable(rule.to_ical().decode("utf-8", "replace"))[:100]
    unknown = NotRead(f"sa répétition n’a pas d’égale ici ({spelled}) : écrivez-la à la main")
    frequency, ranks = str(rule["FREQ"][0]), [int(one) for one in rule.get("BYSETPOS", [])]
    days = [str(one) for one in rule.get("BYDAY", [])]
    if set(rule) - _KNOWN or int(rule.get("INTERVAL", [1])[0]) != 1 or len(days) > 1:
        raise unknown
    weekday = _DAYS.index(days[0][-2:]) if days else date.fromisoformat(meeting.day).weekday()
    if days and days[0][:-2]:
        ranks.append(int(days[0][:-2]))
    if frequency == "WEEKLY" and not ranks:
        found = Repetition("semaine", 1, None, weekday, None)
    elif frequency == "MONTHLY" and days and len(ranks) == 1 and ranks[0] in {-1, 1, 2, 3, 4, 5}:
        found = Repetition("mois", 1, ranks[0], weekday, None)
    else:
        raise unknown
    return _bounded(event, meeting._replace(repetition=found), rule, zone)


def _bounded(event: Any, meeting: Meeting, rule: Any, zone: ZoneInfo) -> Meeting:  # noqa: ANN401
    """`meeting` beginning on its rule's first day, with the last one and those left out."""
    found = meeting.repetition
    if found is None:
        raise TypeError("a rule was just read")
    if "UNTIL" in rule:
        found = found._replace(until=_day(_local(rule["UNTIL"][0], zone)).isoformat())
    meeting = meeting._replace(repetition=found)
    begins = first_day(meeting)
    if begins is None:
        raise NotRead("sa répétition ne tombe sur aucun jour")
    if begins != meeting.day:
        raise NotRead("son premier jour n’est pas de sa répétition : écrivez-la à la main")
    if "COUNT" in rule:
        count = min(max(int(rule["COUNT"][0]), 1), 1000)
        days = occurrences(meeting._replace(end_day=None), limit=count)
        found = found._replace(until=days[-1].day)
    dated = event.get("EXDATE") or []
    listed = dated if isinstance(dated, list) else [dated]
    left_out = {
        _day(_local(one.dt, zone)).isoformat()
        for part in listed
        for one in getattr(part, "dts", ())
    }
    meeting = meeting._replace(repetition=found._replace(excluding=tuple(sorted(left_out))))
    return meeting._replace(repetition=found._replace(excluding=exceptions(meeting)))


def _text(event: Any, name: str, most: int) -> str:  # noqa: ANN401
    value = _first(event, name)
    return one_line(str(value))[:most].strip() if value is not None else ""


def _lines(event: Any) -> str:  # noqa: ANN401
    value = _first(event, "DESCRIPTION")
    return plain(str(value))[: _LONGEST["text"]].strip() if value is not None else ""
