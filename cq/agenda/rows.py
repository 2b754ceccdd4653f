"""Meetings as rows: plain values under French names, for the terminal and for spreadsheets.

From the whole content that the animateur has: `espace` says who else may read a row. Drafts and
files that were refused take place nowhere yet.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from cq.content import layout
from cq.content.item import Item
from cq.content.model import Community, Content
from cq.dossiers.board import concerns
from cq.french.dates import WEEKDAYS, short_date
from cq.site.feeds.repetition import Occurrence, occurrences
from cq.site.plan.calendars import meeting_of
from cq.site.plan.rhythm import words

KEYS = (
    "date", "debut", "fin", "date_fin", "titre", "type", "statut", "repetition", "lieu", "adresse",
    "communaute", "espace", "chemin",
)  # fmt: skip
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z")
_MOST = 200_000  # days of one meeting: more than calendars count

Row = Mapping[str, str | int | float | bool | None]


class Rows(NamedTuple):
    """What was asked for, in the order of the days, and what was left out."""

    rows: tuple[Row, ...]
    veiled: int  # private ones that this run may not show
    refused: int  # files of events that could not be read


def meetings(
    content: Content,
    community: Community | None,
    *,
    month: str | None = None,
    past: bool = False,
    veiled: bool = False,
) -> Rows:
    """The meetings to come, the next one first; with `past` those that were, the last one first;
    with `month` ("2026-03") those of a month. `veiled`: private ones are counted and not shown.

    A repeated meeting stands once, on its next (or last) day; in a month, on each of its days.
    """
    found: list[tuple[Item, Occurrence]] = []
    hidden = 0
    for item in content.items:
        if item.event is None or item.day is None or item.draft or item.faulty:
            continue
        if community is not None and not concerns(item, community):
            continue
        days = [(item, one) for one in _days(content, item, month, past=past)]
        if veiled and item.space != layout.PUBLIC:
            hidden += len(days)
        else:
            found += days
    found.sort(key=lambda one: (one[1].day, one[1].start or "", one[0].id))
    if past and month is None:
        found.reverse()
    refused = sum(one.faulty and one.kind == "event" for one in content.items)
    return Rows(tuple(_row(content, *one) for one in found), hidden, refused)


def _days(content: Content, item: Item, month: str | None, *, past: bool) -> Iterator[Occurrence]:
    """The days of a meeting that are asked for."""
    meeting = meeting_of(item, content, "")
    if month is not None:
        inside = occurrences(
            meeting, since=_begun(item, f"{month}-01"), until=f"{month}-31", limit=_MOST
        )
        yield from (one for one in inside if _last(one) >= f"{month}-01")
    elif past:
        before = occurrences(meeting, until=content.today, limit=_MOST)
        yield from [one for one in before if _last(one) < content.today][-1:]
    else:
        # What lasts several days is still to come on its last one.
        yield from occurrences(meeting, since=_begun(item, content.today), limit=1)


def _last(one: Occurrence) -> str:
    return max(one.end_day or one.day, one.day)


def _begun(item: Item, day: str) -> str:
    """The first day on which `item` may begin, to last until `day`."""
    ends = item.event.end_day if item.event else None
    if ends is None or item.day is None or ends <= item.day:
        return day
    length = date.fromisoformat(ends) - date.fromisoformat(item.day)
    first = date.fromisoformat(day) - date.min
    return (date.min + max(first - length, timedelta(0))).isoformat()


def _row(content: Content, item: Item, one: Occurrence) -> Row:
    event = item.event
    if event is None:
        raise TypeError(f"{item.id} is no event")
    return {
        "date": one.day,
        "debut": one.start,
        "fin": one.end,
        "date_fin": one.end_day,
        "titre": item.title,
        "type": event.type,
        "statut": event.status,
        "repetition": words(event.repetition, str(item.day)) if event.repetition else None,
        "lieu": event.place,
        "adresse": event.place_address or None,
        "communaute": content.name_of(item.home),
        "espace": item.space,
        "chemin": item.path,
    }


def is_month(text: str) -> bool:
    """Whether `text` names a month: "2026-03"."""
    return MONTH.match(text) is not None and int(text[:4]) >= date.min.year


def when(row: Row) -> str:
    """« mar. 10 mars 2026 », and the last day below."""
    first = date.fromisoformat(str(row["date"]))
    said = f"{WEEKDAYS[first.weekday()][:3]}. {short_date(first)}"
    last = row["date_fin"]
    return f"{said}\nau {short_date(date.fromisoformat(str(last)))}" if last else said


def hours(row: Row) -> str:
    """« 19:30 – 21:30 », or the whole day."""
    if row["debut"] is None:
        return "toute la journée"
    return f"{row['debut']}–{row['fin']}" if row["fin"] else str(row["debut"])


def what(row: Row) -> str:
    """The title; below it how it comes back, whose it is and, of a private one, who may read it."""
    below = [str(row[key]) for key in ("repetition", "communaute") if row[key]]
    if row["espace"] != layout.PUBLIC:
        below.append(f"privé ({row['espace']})")
    return "\n".join((str(row["titre"]), *below))
