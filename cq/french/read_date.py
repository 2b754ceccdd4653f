"""Reading a day that a person typed: « 2026-01-05 », « 5/1/2026 », « lundi 5 janvier 2026 ».

A text with exactly one reading is read, and noted when it is not AAAA-MM-JJ; any other is refused
with the form to write. Days come before months, as in France. Nothing here guesses a year or a day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from cq.french.folding import fold, nearest
from cq.french.reading import Reading, quoted

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FIRST_YEAR, LAST_YEAR = 1900, 2200

_SHORT_MONTHS = dict.fromkeys(("jan", "janv"), 1) | dict.fromkeys(("fev", "fevr"), 2)
_SHORT_MONTHS |= {"avr": 4, "aou": 8, "oct": 10, "nov": 11, "dec": 12}
_SHORT_MONTHS |= dict.fromkeys(("juil", "juill"), 7) | dict.fromkeys(("sep", "sept"), 9)
_SHORT_DAYS = {name[:3]: place for place, name in enumerate(WEEKDAYS)}
_MONTH_OF = {fold(name): place for place, name in enumerate(MONTHS, 1)} | _SHORT_MONTHS
_WEEKDAY_OF = {fold(name): place for place, name in enumerate(WEEKDAYS)}

_EXAMPLE = "écrivez par exemple : 2026-01-05"
_MOST = 80
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_HEAD = re.compile(r"(?P<word>[a-z]+)\.?,? (?P<rest>.+)")
_YEAR_FIRST = re.compile(
    r"(?P<y>[0-9]{3,6})(?P<sep>[-/. ])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})"
)
_DAY_FIRST = re.compile(
    r"(?P<d>[0-9]{1,2})(?P<sep>[-/. ])(?P<m>[0-9]{1,2})(?P=sep)(?P<y>[0-9]{2,6})"
)
_PACKED = re.compile(r"(?P<y>(?:19|2[0-2])[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])")
_WORDS = re.compile(r"(?P<d>[0-9]{1,2})(?: ?er)?[ -]?(?P<m>[a-z]+)\.?,?[ -]?(?P<y>[0-9]{2,6})?")
_MONTH_ONLY = re.compile(
    r"(?:(?P<m>[a-z]+)\.?|[0-9]{1,2}[-/. ]) ?[0-9]{4}|[0-9]{4}[-/. ](?:[0-9]{1,2})"
)
_YEAR_ONLY = re.compile(r"(?:19|2[0-2])[0-9]{2}")
_DAY_ONLY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})")
_WITH_TIME = re.compile(
    r"(?P<day>.+?)(?:,| )*(?:t| |a |de |vers )(?P<time>[0-9]{1,2} ?[:h] ?[0-9]{0,2})(?![0-9/-]).*"
)
_RANGE = re.compile(r"du .+ au .+|[0-9]+(?:er)? ?(?:-|–|et|au|/) ?[0-9]+(?:er)? [a-z].*")


class _Parts(NamedTuple):
    year: int
    month: int
    day: int


def read_date(text: str) -> Reading[date]:
    """A day. Canonical: `2026-01-05`.

    Codes: `date-form` with a value; `ambiguous-date`, `impossible-date`, `weekday-mismatch`,
    `not-a-date` without.
    """
    if _ISO.fullmatch(text):
        return _of_parts(text, _Parts(int(text[:4]), int(text[5:7]), int(text[8:])))
    written = " ".join(fold(text[:_MOST]).split())
    if len(text) > _MOST:
        return _not_a_date(text, written)
    if _ISO.fullmatch(written):
        return read_date(written)
    weekday, rest = _without_weekday(written.rstrip(" .,"))
    if weekday is None and rest.startswith("le "):
        weekday, rest = _without_weekday(rest[3:])
    reading = _read(text, rest)
    if reading.value is not None and weekday is not None:
        return _agreed(reading, reading.value, weekday)
    return reading


def _without_weekday(written: str) -> tuple[int | None, str]:
    head = _HEAD.fullmatch(written)
    if head is None:
        return None, written
    weekday = _WEEKDAY_OF.get(head["word"], _SHORT_DAYS.get(head["word"]))
    if weekday is None:
        return None, written
    return weekday, head["rest"].removeprefix("le ")


def _read(text: str, rest: str) -> Reading[date]:
    """The day in `rest`, which is `text` folded, without its weekday."""
    found = _YEAR_FIRST.fullmatch(rest) or _PACKED.fullmatch(rest)
    if found:
        return _of_parts(text, _Parts(int(found["y"]), int(found["m"]), int(found["d"])))
    if found := _DAY_FIRST.fullmatch(rest):
        if len(found["y"]) == 2:
            return _short_year(text, found)
        return _of_parts(text, _Parts(int(found["y"]), int(found["m"]), int(found["d"])))
    if found := _WORDS.fullmatch(rest):
        return _of_words(text, found)
    return _not_a_date(text, rest)


def _of_words(text: str, found: re.Match[str]) -> Reading[date]:
    month = _MONTH_OF.get(found["m"])
    if month is None:
        return _unknown_month(text, found)
    if found["y"] is None or len(found["y"]) == 2:
        return _which_year(text, month, int(found["d"]), found["y"])
    return _of_parts(text, _Parts(int(found["y"]), month, int(found["d"])))


def _of_parts(text: str, parts: _Parts) -> Reading[date]:
    year, month, day = parts
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _impossible(
            f"l’année {year} n’est pas entre {FIRST_YEAR} et {LAST_YEAR}",
            "écrivez l’année en quatre chiffres, par exemple : 2026-01-05",
        )
    if not 1 <= month <= 12:
        # Day and month exchanged is the one slip behind nearly every month 13 to 31.
        meant = _exists(year, day, month)
        return _impossible(
            f"le mois {month} n’existe pas",
            *(_asked(meant) if meant else ("les mois vont de 01 à 12", _EXAMPLE)),
        )
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        if not 1 <= day <= 31:
            return _impossible(
                f"le jour {day} n’existe pas",
                f"{MONTHS[month - 1]} {year} va du 1er au {last}",
                f"écrivez par exemple : {date(year, month, 1)}",
            )
        end = date(year, month, last)
        return _impossible(
            f"le {day} {MONTHS[month - 1]} {year} n’existe pas",
            f"{MONTHS[month - 1]} {year} a {last} jours",
            *_asked(end),
        )
    value = date(year, month, day)
    canonical = value.isoformat()
    if text == canonical or text.strip() == canonical:
        return Reading(value, canonical)
    return Reading(
        value,
        canonical,
        "date-form",
        f"la date {quoted(text)} est lue {canonical}",
        (f"écrivez : {canonical}",),
    )


def _agreed(reading: Reading[date], value: date, weekday: int) -> Reading[date]:
    """`reading`, unless the weekday that stood before it is another one."""
    real = value.weekday()
    if real == weekday:
        return reading
    rank = "1er" if value.day == 1 else str(value.day)
    day = f"{rank} {MONTHS[value.month - 1]}"
    named, found = WEEKDAYS[weekday], WEEKDAYS[real]
    close = value + timedelta((weekday - real + 3) % 7 - 3)
    hints = []
    for year in (value.year - 1, value.year + 1):
        other = _exists(year, value.month, value.day)
        if other is not None and other.weekday() == weekday:
            hints.append(f"le {day} {year} est un {named}")
    hints.append(f"écrivez : {value.isoformat()} (un {found}) ou {close.isoformat()} (un {named})")
    return Reading(
        None,
        None,
        "weekday-mismatch",
        f"le {day} {value.year} est un {found}, pas un {named}",
        tuple(hints),
    )


def _short_year(text: str, found: re.Match[str]) -> Reading[date]:
    first, month, last = int(found["d"]), int(found["m"]), int(found["y"])
    meant = [_exists(2000 + last, month, first), _exists(2000 + first, month, last)]
    return _which(text, "l’année s’écrit en quatre chiffres", meant)


def _which_year(text: str, month: int, day: int, year: str | None) -> Reading[date]:
    if year is None:
        return _which(text, "il manque l’année", [])
    meant = _exists(2000 + int(year), month, day)
    return _which(text, "l’année s’écrit en quatre chiffres", [meant])


def _which(text: str, why: str, meant: list[date | None]) -> Reading[date]:
    """Several days, or no one day, fit what was written."""
    likely = list(dict.fromkeys(one for one in meant if one is not None))
    hints: tuple[str, ...] = (_EXAMPLE,)
    if likely:
        several = f"écrivez : {' ou '.join(map(str, likely))}"
        hints = _asked(likely[0]) if len(likely) == 1 else (several,)
    fault = "est incomplète" if why.startswith("il manque") else "n’est pas sûre"
    message = f"la date {quoted(text)} {fault}"
    return Reading(None, None, "ambiguous-date", message, (why, *hints))


def _asked(meant: date) -> tuple[str, ...]:
    """Whether this day was meant, in words, and how it is written."""
    rank = "1er" if meant.day == 1 else meant.day
    words = f"{WEEKDAYS[meant.weekday()]} {rank} {MONTHS[meant.month - 1]} {meant.year}"
    return f"vouliez-vous dire le {words} ?", f"écrivez : {meant}"


def _impossible(message: str, *hints: str) -> Reading[date]:
    return Reading(None, None, "impossible-date", message, hints)


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unknown_month(text: str, found: re.Match[str]) -> Reading[date]:
    """« 5 janvvier 2026 »: the month that was meant, when there is one."""
    likely = nearest(found["m"], _MONTH_OF)
    if not likely:
        return _no(text, _EXAMPLE)
    month = _MONTH_OF[likely[0]]
    year = found["y"] or ""
    day = _exists(int(year), month, int(found["d"])) if len(year) == 4 else None
    asked = _asked(day) if day else (f"vouliez-vous dire {MONTHS[month - 1]} ?", _EXAMPLE)
    return _no(text, f"{quoted(found['m'])} n’est pas un mois", *asked)


def _no(text: str, *hints: str) -> Reading[date]:
    return Reading(None, None, "not-a-date", f"{quoted(text)} n’est pas une date", hints)


def _not_a_date(text: str, rest: str) -> Reading[date]:
    """Why there is no day in `rest`: empty, a date in part, two dates, an hour, or words."""
    if not rest:
        example = "écrivez par exemple : 2026-01-05"
        return Reading(None, None, "not-a-date", "la date est vide", (example,))
    if missing := _missing(rest):
        return _which(text, missing, [])
    if _RANGE.fullmatch(rest):
        return _no(
            text,
            "une seule date par ligne : le premier jour dans date:, le dernier dans date_fin:",
            "écrivez par exemple : 2026-03-05",
        )
    return _with_time(text, rest) or _weekday_slip(text, rest) or _no(text, _EXAMPLE)


def _missing(rest: str) -> str:
    """What a date lacks that is otherwise one, or nothing."""
    found = _MONTH_ONLY.fullmatch(rest)
    if found and (found["m"] is None or found["m"] in _MONTH_OF):
        return "il manque le jour"
    if _YEAR_ONLY.fullmatch(rest):
        return "il manque le jour et le mois"
    return "il manque l’année" if _DAY_ONLY.fullmatch(rest) else ""


def _with_time(text: str, rest: str) -> Reading[date] | None:
    """« 2026-01-05T19:30 »: a day, and an hour that belongs elsewhere."""
    found = _WITH_TIME.fullmatch(rest)
    if found is None:
        return None
    day = read_date(found["day"])
    if day.canonical:
        return _no(text, "l’heure s’écrit à part, dans debut:", f"écrivez : {day.canonical}")
    return None if day.code == "not-a-date" else day


def _weekday_slip(text: str, rest: str) -> Reading[date] | None:
    """« lunid 5 janvier 2026 »."""
    head = _HEAD.fullmatch(rest)
    likely = nearest(head["word"], _WEEKDAY_OF) if head else []
    if head is None or not likely:
        return None
    day = read_date(head["rest"])
    if day.canonical is None:
        return None
    meant = WEEKDAYS[_WEEKDAY_OF[likely[0]]]
    return _no(
        text,
        f"{quoted(head['word'])} n’est pas un jour ; vouliez-vous dire {meant} ?",
        f"écrivez : {day.canonical}",
    )
