"""What site.yml claims before the law: the state of the accessibility declaration, and its age.

ACC-02, ACC-06. Where each rule of the French frame is held: docs/legal-rules.md.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from cq.content import layout
from cq.content.model import Content
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.dates import date_words
from cq.french.read_date import read_date

_SITE = f"{layout.CONTENT}/site.yml"
_YEARS = 3  # that a declaration is good for
_NO_CLAIM = "non conforme"


def declared_state(content: Content) -> Iterator[Diagnostic]:
    """A state of conformity is claimed after an audit, and for three years."""
    declared = content.site.get("accessibilite")
    if not isinstance(declared, dict) or _SITE in content.unread:
        return
    state, place = str(declared.get("etat") or _NO_CLAIM), Span(PurePosixPath(_SITE))
    if state != _NO_CLAIM and not declared.get("audit"):
        yield error(
            "unaudited-claim",
            f"le site se dit « {state} » sans rapport d’audit",
            place,
            "sans audit, la seule mention permise est « non conforme »",
            "écrivez dans accessibilite : etat: non conforme ; ou nommez le rapport : audit: "
            "documents/audit-rgaa.pdf",
        )
    day = read_date(str(declared.get("date") or "")).value
    if day is not None and _renewal(day).isoformat() < content.today:
        yield warning(
            "old-declaration",
            f"la déclaration d’accessibilité date du {date_words(day)}",
            place,
            f"elle vaut {_YEARS}\u00a0ans",
            "refaites-la, puis écrivez dans accessibilite : date: le jour de la nouvelle",
        )


def _renewal(day: date) -> date:
    try:
        return day.replace(year=day.year + _YEARS)
    except ValueError:  # 29 February, or the last years that there are
        return date(min(day.year + _YEARS, date.max.year), 3, 1)
