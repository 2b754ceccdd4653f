"""Moments as they are typed and as they are told: a wall clock, a round of drand, a sentence."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from cq.draw.sources import round_at
from cq.french.dates import hour, iso_words, local_instant, long_date
from cq.french.numbers import NO_BREAK
from cq.jury.folders import Refused
from cq.terminal import one_line

_TYPED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?")
_LAST_YEAR = 2200


def seconds(typed: str, zone: str) -> int:
    """Seconds since 1970 of « 2026-12-05T11:00:00Z », « …+01:00 » or, by the clocks of `zone`,
    « 2026-12-05T11:00 ». Raises Refused.
    """
    text = typed.strip()
    wrong = Refused(
        f"« {one_line(typed)} » n’est pas un moment\n"
        "écrivez par exemple : --at 2026-12-05T11:00   (heure d’ici) "
        "ou --at 2026-12-05T10:00:00Z   (temps universel)"
    )
    if not _TYPED.fullmatch(text):
        raise wrong
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if not 1970 < moment.year <= _LAST_YEAR:
        raise wrong
    if moment.tzinfo is not None:
        return int(moment.timestamp())
    instant, odd = local_instant(moment.date(), moment.time(), zone)
    if odd is not None:
        why = "n’existe pas" if odd == "gap" else "vient deux fois"
        raise Refused(
            f"« {one_line(typed)} » {why}, ce jour où l’heure change\n"
            "écrivez l’heure avec son décalage : --at 2026-10-25T02:30:00+01:00"
        )
    return int(instant.timestamp())


def iso(moment: int) -> str:
    """« 2026-12-05T11:00:00Z », as a commitment has it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def words(moment: int, zone: str) -> str:
    """« samedi 5 décembre 2026 à 12 h (11 h en temps universel) »."""
    universal = datetime.fromtimestamp(moment, UTC)
    here = universal.astimezone(ZoneInfo(zone))
    said = f"{long_date(here.date())} à {_hour(here.time())}"
    if here.utcoffset() == universal.utcoffset():
        return f"{said} en temps universel"
    other = "" if here.date() == universal.date() else f"le {_day(universal.date())} "
    return f"{said} ({other}{_hour(universal.time())} en temps universel)"


def day_words(day: str) -> str:
    """« 5 décembre 2026 » of a day as a journal has it; what is no day, as it stands there: the
    public journal may be anybody's.
    """
    try:
        return iso_words(day)
    except ValueError:
        return one_line(day)


def _hour(moment: time) -> str:
    if not moment.second:
        return hour(moment)
    minutes = f"{moment.minute:02}{NO_BREAK}min{NO_BREAK}{moment.second:02}{NO_BREAK}s"
    return f"{moment.hour}{NO_BREAK}h{NO_BREAK}{minutes}"


def _day(day: date) -> str:
    return f"{day.day}/{day.month}"


def first_round(moment: int) -> int:
    """The first round of drand at that moment or after it."""
    return round_at(moment)
