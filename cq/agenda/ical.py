"""The door to icalendar for reading: somebody's .ics file becomes plain meetings, one by one.

The file is hostile. It is cut into its VEVENTs here, each is read alone, and a broken one is a
sentence with its line, never the end of the others. No VTIMEZONE is read: its rules could be
endless, and the names of zones are enough. No rule is unrolled without bound.

Who organises and who was invited is nobody's business: it is not even looked at.
"""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cq.agenda.series import added, unfolded, with_rule
from cq.agenda.value import (
    LONGEST,
    Found,
    NotRead,
    Unread,
    day_of,
    first_of,
    lines_of,
    local_of,
    moment_of,
    text_of,
)
from cq.site.feeds.entries import Meeting

MOST_BYTES = 4_000_000
_MOST_MEETINGS = 2_000
_MOST_LINES = 400  # of one meeting


def meetings(data: bytes, zone: str, today: date) -> Iterator[Found | Unread]:
    """Every VEVENT of `data`, in its order; a series that cannot be said as one, day by day from
    `today` on. Raises NotRead where it is no calendar at all.
    """
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
            yield from _read(line, text, local, today)
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


def _read(line: int, text: list[str] | None, local: ZoneInfo, today: date) -> list[Found]:
    from icalendar import Event

    if text is None:
        raise NotRead("elle n’a pas de fin : le fichier est coupé")
    if len(text) > _MOST_LINES:
        raise NotRead(f"cette réunion a plus de {_MOST_LINES} lignes")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # « a guess at a zone »: it is a good one
        event = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *text, "END:VEVENT", "")))
    begins = moment_of(event, "DTSTART")
    if begins is None:
        raise NotRead("elle n’a pas de jour (DTSTART)")
    start = local_of(begins, local)
    last = _end(event, start, local)
    first = day_of(start)
    said = []
    if isinstance(begins, datetime) and begins.tzinfo is None:
        said.append("fuseau non dit ou inconnu : son heure est reprise telle quelle")
    status = text_of(event, "STATUS", 20).upper()
    if status == "TENTATIVE":
        said.append("à confirmer dans le fichier : reprise comme confirmée")
    meeting = Meeting(
        uid=text_of(event, "UID", 250),
        sequence=0,
        stamp="",
        title=text_of(event, "SUMMARY", LONGEST["title"]),
        day=first.isoformat(),
        end_day=day_of(last).isoformat() if last and day_of(last) > first else None,
        start=f"{start:%H:%M}" if isinstance(start, datetime) else None,
        end=f"{last:%H:%M}" if isinstance(last, datetime) else None,
        place=tuple(filter(None, [text_of(event, "LOCATION", LONGEST["place"])])),
        status="annulé" if status == "CANCELLED" else "confirmé",
        description=lines_of(event),
    )
    moved = moment_of(event, "RECURRENCE-ID")
    found = Found(
        line,
        meeting,
        day_of(local_of(moved, local)).isoformat() if moved else None,
        private=text_of(event, "CLASS", 20).upper() in {"PRIVATE", "CONFIDENTIAL"},
        said=tuple(said),
    )
    if moved is not None:
        return [found]
    more = added(event, found, local, today)
    try:
        whole = [found._replace(meeting=with_rule(event, meeting, local))]
    except NotRead as fault:
        whole = unfolded(event, found, begins, local, today, str(fault))
    there = {one.moved for one in whole}
    return [*whole, *(one for one in more if one.moved not in there)]


def _end(event: Any, start: date | datetime, zone: ZoneInfo) -> date | datetime | None:  # noqa: ANN401
    """The last day of whole days, itself included; the last hour otherwise; None where unknown."""
    end = moment_of(event, "DTEND")
    if end is None:
        length = getattr(first_of(event, "DURATION"), "dt", None)
        if not isinstance(length, timedelta):
            return None
        end = start + length
    end = local_of(end, zone)
    if isinstance(start, datetime) != isinstance(end, datetime):
        return None
    if not isinstance(end, datetime):
        return max(end - timedelta(days=1), day_of(start))
    return end if end > start else None
