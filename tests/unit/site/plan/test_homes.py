"""The menu of every page: whole, in the residents' order, and with nothing that leads nowhere; and
what the home tells of draws.
"""

import dataclasses

import petit_bourg

from cq.content import logbook
from cq.content.draws import Draw, Entry
from cq.site.plan.cards import Album
from cq.site.plan.homes import Homes, menu
from cq.site.views import HomeView

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


JURY = """\
---
titre: {title}
tirage: {day}
lieu: Salle des fêtes, à 19 h
finalite: Un essai
base_legale: Un essai
source_liste: Des personnes inventées
destruction: 2030-01-15
---
"""
CALLED_OFF = (Entry("2026-11-20", logbook.CANCELLED, "", "liste fausse", 2),)
SOON, PAST = "2026-12-15", "2026-11-21"


def told(days: dict[str, str], **known: Draw) -> HomeView:
    """The home of a town with a draw on each of these days; of `known` there are files."""
    pages = {
        f"jurys/{name}/index.md": JURY.format(title=name, day=day) for name, day in days.items()
    }
    content = petit_bourg.content({"site.yml": petit_bourg.SITE, **pages}, "2026-11-22")
    content = dataclasses.replace(content, draws=tuple(known.values()))
    view = Homes(content, Album(content)).home(None).view
    assert isinstance(view, HomeView)
    return view


def test_a_draw_to_come_is_among_what_comes_and_one_that_took_place_below() -> None:
    days = {"vieux": "2025-11-20", "fait": "2025-11-22", "tard": "2027-01-05", "bientot": SOON}
    known = {name: Draw(f"jurys/{name}", "", drawn=True) for name in ("vieux", "fait")}
    home = told(days, **known)
    assert [card.title for card in home.coming] == ["bientot", "tard"]
    assert {card.where for card in home.coming} == {"Salle des fêtes, à 19\u00a0h"}
    assert [card.title for card in home.draws] == ["fait"]


def test_a_draw_that_has_no_room_among_what_comes_is_told_below() -> None:
    days = {f"jour-{day}": f"2026-12-0{day}" for day in range(1, 5)}
    home = told({**days, "en-retard": PAST})
    assert [card.title for card in home.coming] == ["jour-1", "jour-2", "jour-3"]
    assert [card.title for card in home.draws] == ["en-retard", "jour-4"]


def test_a_cancelled_draw_is_told_until_its_day() -> None:
    known = {name: Draw(f"jurys/{name}", "", journal=CALLED_OFF) for name in ("hier", "demain")}
    assert [one.title for one in told({"hier": PAST, "demain": SOON}, **known).draws] == ["demain"]


def test_only_the_site_s_own_home_has_draws() -> None:
    content = petit_bourg.content(
        {
            "site.yml": petit_bourg.SITE,
            "quartiers/danube/quartier.yml": "nom: Danube\n",
            "jurys/un/index.md": JURY.format(title="Un", day=SOON),
        },
        "2026-11-22",
    )
    homes = Homes(content, Album(content))
    (danube,) = content.quartiers
    view = homes.home(danube).view
    assert isinstance(view, HomeView)
    assert view.draws == ()
