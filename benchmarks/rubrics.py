"""What cq makes of a site by itself, and the peers must be given: its empty lists, its legal pages.

cq makes them out of `site.yml`; with Hugo and Pelican a town hall writes them, so `layouts.py`
writes them for it. Must not know how any tool writes a page.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

_PAGES = Path(__file__).parent / "peers" / "pages"
WRITTEN = date(2026, 1, 15)

# Nothing of the corpus stands in them: each says so, for the site and for each quartier and groupe.
EMPTY = {
    "debats": ("Débats", "Aucun débat n’a encore été ouvert ici."),
    "documents": ("Documents", "Aucun document n’a encore été publié ici."),
    "dossiers": ("Dossiers", "Aucun dossier n’est encore suivi ici."),
    "questions": ("Questions", "Aucune question n’a encore été posée ici."),
}
BOARD = (
    "Tableau de bord",
    "Aucun dossier n’est suivi et aucune question n’est posée pour le moment.",
)
DATA = (
    "Données ouvertes",
    "Les listes de ce site, à relire dans un tableur ou par un programme.",
)
# The open data that the corpus fills: name, title, kind, columns (those that are never empty).
_EVENT = ("debut", "fin", "type", "statut", "lieu", "lieu_adresse")
SETS = {
    "actualites": (
        "Actualités",
        "actualite",
        ("id", "titre", "date", "resume", "communaute", "page"),
    ),
    "agenda": (
        "Agenda",
        "evenement",
        ("id", "titre", "date", *_EVENT, "resume", "communaute", "page", "ics"),
    ),
    "wiki": ("Wiki", "wiki", ("id", "titre", "resume", "communaute", "page")),
}


class Fixed(NamedTuple):
    """A page that every site has, whatever its content."""

    slug: str
    title: str
    summary: str
    body: str
    legal: bool  # in the second list of the footer, not in the first


def fixed() -> Iterator[Fixed]:
    for path in sorted(_PAGES.glob("*.md")):
        title, summary, _, body = path.read_text(encoding="utf-8").split("\n", 3)
        yield Fixed(path.stem, title, summary, body, path.stem != "conseil-de-quartier")


def clock(time: str) -> str:
    """« 9 h 30 », « 14 h »: as the pages say it."""
    hour, minute = time.split(":")
    return f"{int(hour)} h {minute}".removesuffix(" 00").replace(" ", "\N{NO-BREAK SPACE}")
