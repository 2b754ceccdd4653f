"""How a repeated meeting comes back, in words: « le premier samedi de chaque mois ».

The same rule as `cq.site.feeds.repetition`, for readers; it names no single day.
"""

from datetime import date

from cq.content.item import Repetition
from cq.french import dates

_RANKS = {
    1: "premier",
    2: "deuxième",
    3: "troisième",
    4: "quatrième",
    5: "cinquième",
    -1: "dernier",
}


def words(rule: Repetition, day: str) -> str:
    """The rule of a meeting that is first held on `day`; "" for one that meets no day."""
    first = date.fromisoformat(day)
    weekday = dates.WEEKDAYS[first.weekday() if rule.weekday is None else rule.weekday]
    if rule.every == "mois":
        rank = _RANKS.get(rule.rank or (first.day + 6) // 7)
        if rank is None:
            return ""
        said = f"le {rank} {weekday} de chaque mois"
    else:
        said = f"chaque {weekday}"
    if rule.until:
        said += f", jusqu’au {dates.iso_words(rule.until)}"
    return said
