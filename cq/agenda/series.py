"""A series of meetings: as one that comes back, where `repetition:` can say it, else day by day.

Day by day, a series has a bound: its own end, and `unfold`'s. What has none is refused, in words.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cq.agenda import unfold
from cq.agenda.value import Found, NotRead, day_of, first_of, local_of, moments_of
from cq.site.feeds.entries import Meeting, Repetition
from cq.site.feeds.repetition import exceptions, first_day, occurrences
from cq.terminal import printable

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset(("FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"))


def with_rule(event: Any, meeting: Meeting, zone: ZoneInfo) -> Meeting:  # noqa: ANN401
    """`meeting` with its repetition. Raises NotRead for one that the site cannot say."""
    if event.get("RRULE") is None:
        return meeting
    rule = first_of(event, "RRULE")
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
        found = found._replace(until=day_of(local_of(rule["UNTIL"][0], zone)).isoformat())
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
    left_out = {day_of(local_of(one, zone)).isoformat() for one in moments_of(event, "EXDATE")}
    meeting = meeting._replace(repetition=found._replace(excluding=tuple(sorted(left_out))))
    return meeting._replace(repetition=found._replace(excluding=exceptions(meeting)))


def unfolded(  # noqa: PLR0913, PLR0917 - what is known of one series
    event: Any,  # noqa: ANN401
    found: Found,
    begins: date | datetime,
    zone: ZoneInfo,
    today: date,
    why: str,
) -> list[Found]:
    """A meeting for each day to come of a rule that has no equal here, in the hours of its zone.

    Raises NotRead, beginning with `why`, where its days have no end or are too many.
    """
    parts = first_of(event, "RRULE")
    if parts is None or isinstance(event.get("RRULE"), list):
        raise NotRead(why)
    if not {"UNTIL", "COUNT"} & set(parts):
        raise NotRead(f"{why} (elle n’a pas de fin)")
    rule, first, last = unfold.rule_of(parts), day_of(begins), unfold.horizon(today)
    if rule is None or unfold.is_old(first, today):
        raise NotRead(why)
    known: list[date | datetime] = []
    for day in unfold.days(rule, first, last + timedelta(unfold.BEYOND)):
        moment = _at(begins, day)
        if _is_over(moment, parts.get("UNTIL", ())):
            break
        known.append(moment)
        if day > last:  # too far, which is said below
            break
    if not known or day_of(known[0]) != first:
        raise NotRead(why)
    out = {day_of(local_of(one, zone)) for one in moments_of(event, "EXDATE")}
    here = [local_of(one, zone) for one in known]
    kept = [one for one in here if day_of(one) not in out]
    pieces = _pieces(found, kept, today, why)
    spelled = printable(parts.to_ical().decode("utf-8", "replace"))[:100]
    past = sum(day_of(one) < today for one in kept)
    over = f", sans les {past} qui sont passées" if past else ""
    return [
        one._replace(said=(*one.said, f"reprise jour par jour ({spelled}){over}"))
        if number == 0
        else one._replace(said=())
        for number, one in enumerate(pieces)
    ]


def added(event: Any, found: Found, zone: ZoneInfo, today: date) -> list[Found]:  # noqa: ANN401
    """A meeting for each day that a series names by itself (RDATE), from `today` on."""
    listed = sorted({local_of(one, zone) for one in moments_of(event, "RDATE")}, key=str)
    kept = [
        one
        for one in listed
        if day_of(one) >= today and day_of(one).isoformat() != found.meeting.day
    ]
    if not kept:
        return []
    why = "elle revient à des jours choisis un à un (RDATE)"
    return _pieces(found._replace(said=()), kept, today, why)


def _pieces(found: Found, moments: list[date | datetime], today: date, why: str) -> list[Found]:
    """`found` at each of these local moments that is to come. Raises NotRead for too many."""
    coming = [one for one in moments if day_of(one) >= today]
    if not coming:
        raise NotRead(f"{why} ; toutes ses réunions sont passées")
    if day_of(coming[-1]) > unfold.horizon(today):
        raise NotRead(f"{why} ; elle va plus loin que {unfold.MONTHS} mois")
    if len(coming) > unfold.MOST:
        raise NotRead(f"{why} ; elle a plus de {unfold.MOST} réunions à venir")
    return [
        found._replace(
            meeting=_moved_to(found.meeting, one), moved=day_of(one).isoformat(), unfolded=True
        )
        for one in coming
    ]


def _moved_to(meeting: Meeting, moment: date | datetime) -> Meeting:
    """`meeting` at another moment, as long as it was."""
    then = date.fromisoformat(meeting.day)
    day = day_of(moment)
    start, end = meeting.start, meeting.end
    last = date.fromisoformat(meeting.end_day or meeting.day) + (day - then)
    if start and isinstance(moment, datetime):
        hour = datetime.fromisoformat(f"{meeting.day}T{start}")
        start = f"{moment:%H:%M}"
        if end:
            ended = datetime.fromisoformat(f"{meeting.end_day or meeting.day}T{end}")
            closes = moment.replace(tzinfo=None) + (ended - hour)
            last, end = closes.date(), f"{closes:%H:%M}"
    return meeting._replace(
        day=day.isoformat(), start=start, end=end,
        end_day=last.isoformat() if last > day else None,
    )  # fmt: skip


def _at(begins: date | datetime, day: date) -> date | datetime:
    """The moment of `begins`, in its own zone, on another day."""
    if not isinstance(begins, datetime):
        return day
    return begins.replace(year=day.year, month=day.month, day=day.day)


def _is_over(moment: date | datetime, until: Sequence[date | datetime]) -> bool:
    """Whether `moment` comes after the last one of its rule; a day as such is meant whole."""
    for last in until:
        aware = isinstance(last, datetime) and last.tzinfo is not None
        if aware and isinstance(moment, datetime) and moment.tzinfo is not None:
            return moment > last
        return day_of(moment) > day_of(last)
    return False
