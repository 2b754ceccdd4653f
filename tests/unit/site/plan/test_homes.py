"""The menu of every page: whole, in the residents' order, and with nothing that leads nowhere."""

import petit_bourg

from cq.site.plan.cards import Album
from cq.site.plan.homes import menu

DEBATE = "---\ntitre: Le square\nphases:\n  - {nom: Un, debut: 2026-01-05, fin: 2026-02-05}\n---\n"


def names(**more: str) -> list[str]:
    files = {"site.yml": petit_bourg.SITE, "wiki/page.md": "# Page\n"}
    content = petit_bourg.content({**files, **more}, "2026-11-22")
    return [step.title for step in menu(content, Album(content))]


def test_a_young_site_has_a_short_menu() -> None:
    assert names() == ["Agenda", "Actualités", "Quartiers", "Documents", "Wiki"]


def test_what_is_looked_for_most_comes_first() -> None:
    found = names(
        **{
            "dossiers/place/index.md": "---\ntitre: Place\netat: ouvert\ndepuis: 2026-01-05\n---\n",
            "questions/2026-02-03-bancs.md": "---\ntitre: Bancs\npar: le conseil\n---\n",
            "debats/square/index.md": DEBATE,
            "groupes/velo/groupe.yml": "nom: Vélo\ntype: commission\n",
        }
    )
    assert found == [
        "Agenda", "Actualités", "Quartiers", "Dossiers",
        "Questions", "Débats", "Documents", "Wiki", "Groupes",
    ]  # fmt: skip
