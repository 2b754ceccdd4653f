"""What the site says before the law: what is missing of it, and what it claims too soon.

ACC-02, ACC-06, ACC-07, LEG-01, LEG-04, RGPD-04. Where each rule of the French frame is held:
docs/legal-rules.md.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from cq.content import layout, legal
from cq.content.model import Content
from cq.diagnostic import Diagnostic, Span, error, warning
from cq.french.dates import date_words
from cq.french.read_date import read_date

_SITE = f"{layout.CONTENT}/site.yml"
_YEARS = 3  # that a declaration is good for
_NO_CLAIM = "non conforme"


def missing_details(content: Content) -> Iterator[Diagnostic]:
    """Who publishes, who hosts, whom to ask: the law wants it said, and the pages that the site
    makes say what site.yml says. A page that somebody wrote says it by itself.
    """
    if not content.site or _SITE in content.unread:
        return
    public = [one for one in content.items if one.space == layout.PUBLIC]
    own = legal.taken(public)
    made = [name for name in legal.PAGES if not legal.is_taken(name, own)]
    keys = legal.absent(content.site, made)
    if keys:
        yield warning(
            "legal-missing",
            f"site.yml ne dit pas ce que la loi demande : {', '.join(keys)}",
            Span(PurePosixPath(_SITE)),
            "les pages que le site en tire montrent « à compléter » à la place",
            "\n".join(("écrivez, sans répéter une clé qui y est déjà :", *legal.lines(keys))),
        )


def no_charter(content: Content) -> Iterator[Diagnostic]:
    """Whoever sends an argument may know beforehand what is published, and who decides."""
    shown = [
        one
        for one in content.items
        if one.space == layout.PUBLIC and one.published(content.today)
    ]  # fmt: skip
    charter = f"{layout.CONTENT}/pages/{legal.CHARTER}"
    if f"{legal.CHARTER}/" in legal.taken(shown) or not content.unread.isdisjoint(
        (f"{charter}.md", f"{charter}/index.md")
    ):
        return
    debate = next((one for one in shown if one.debate is not None), None)
    if debate is not None:
        yield warning(
            "no-charter",
            "le site publie des débats, et n’a pas de charte de modération",
            Span(PurePosixPath(debate.path)),
            "qui envoie un argument ne sait ni ce qui est publié, ni qui en décide, ni à qui se "
            "plaindre d’un refus",
            f'écrivez-la : cq new page --slug {legal.CHARTER} --titre "Charte de modération"',
        )


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
