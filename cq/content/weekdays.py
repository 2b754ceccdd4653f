"""« mardi 5 janvier 2026 » in a text: a day of the week that its own date contradicts.

Only what is sure is said: weekday, day, month and year stand together. Changes nothing.
"""

import datetime
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from cq.diagnostic import Diagnostic, Span, warning
from cq.french.dates import MONTHS, WEEKDAYS, date_words
from cq.french.folding import fold

# Begins with plain letters, which Python looks for quickly: « lundi », « dimanche ».
_NAMED = tuple(
    re.compile(
        rf"{end}[ \xa0\u202f]([0-9]{{1,2}})(?:er)?[ \xa0\u202f]"
        rf"({'|'.join(MONTHS)}|fevrier|aout|decembre)(?:[ \xa0\u202f]([0-9]{{4}}))?\b"
    )
    for end in ("di", "manche")
)
_ENDS = re.compile(rf"(?<!\w)({'|'.join(WEEKDAYS)})\Z", re.IGNORECASE)
_MOST = 20
_LONGEST = len("mercredi")
_MONTHS = [fold(month) for month in MONTHS]


def contradictions(text: str, path: PurePosixPath) -> Iterator[Diagnostic]:
    """Every full date of `text` whose weekday is another one; of a hostile page, the first ones."""
    said = 0
    for start, weekday, found in _named(text):
        if found[3] is None or said >= _MOST:
            continue
        day = _date(int(found[3]), found[2], int(found[1]))
        if day is None or WEEKDAYS[day.weekday()] == weekday:
            continue
        begin = text.rfind("\n", 0, start) + 1
        line = text.count("\n", 0, start) + 1
        span = Span(path, line, start - begin + 1, found.end() - start)
        said += 1
        yield warning("weekday-mismatch", message(day, weekday), span, *hints(day))


def named_in(words: str, year: int) -> tuple[str, datetime.date] | None:
    """The weekday and the day that a title names, its year being `year`; None where it has one."""
    for _, weekday, found in _named(words):
        day = _date(year, found[2], int(found[1]))
        return (weekday, day) if day and found[3] is None else None
    return None


def _named(text: str) -> Iterator[tuple[int, str, re.Match[str]]]:
    for pattern, width in zip(_NAMED, (2, 6), strict=True):
        for found in pattern.finditer(text):
            at = found.start() + width
            word = _ENDS.search(text, max(0, at - _LONGEST - 1), at)
            if word:
                yield word.start(), word[1].lower(), found


def message(day: datetime.date, written: str) -> str:
    return f"le {date_words(day)} est un {WEEKDAYS[day.weekday()]}, pas un {written}"


def hints(day: datetime.date) -> tuple[str, str]:
    return (
        "on viendrait un autre jour",
        f"écrivez : {date_words(day, weekday=True)}, ou corrigez la date",
    )


def _date(year: int, month: str, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, _MONTHS.index(fold(month)) + 1, day)
    except ValueError:
        return None
