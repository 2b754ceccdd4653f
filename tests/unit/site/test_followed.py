"""Dossiers and questions on the site: lists, pages, who names them, who may see them."""

import re
from pathlib import Path
from typing import Any

import petit_bourg
import pytest

from cq.content.checks.links import broken_links
from cq.content.checks.reserved import reserved_addresses
from cq.content.model import Content, listed_under
from cq.dossiers.board import concerns
from cq.site.plan import plan
from cq.site.render import Renderer
from cq.site.views import Card, ItemView, ListView
from cq.theme import load

TODAY = "2026-11-22"
PLACES = {
    "site.yml": petit_bourg.SITE,
    "quartiers/danube/quartier.yml": "nom: Danube\n",
    "quartiers/danube/index.md": "Texte.\n",
    "quartiers/meuse/quartier.yml": "nom: Meuse\n",
    "quartiers/meuse/index.md": "Texte.\n",
    "groupes/canal/groupe.yml": "nom: Canal\ntype: commission\n",
    "groupes/canal/index.md": "Texte.\n",
}


def dossier(state: str = "ouvert", since: str = "2026-03-10", *more: str) -> str:
    return "\n".join(("---", f"etat: {state}", f"depuis: {since}", *more, "---", "Texte.\n"))


def question(*more: str) -> str:
    return "\n".join(("---", "par: conseil", "adressee_a: mairie", *more, "---", "Texte.\n"))


ANSWER = ("reponse:", "  date: 2026-04-02", "  par: direction de la voirie", "  texte: Oui.")


def content(files: dict[str, str], texts: dict[str, Any] | None = None) -> Content:
    read = petit_bourg.parsed({**PLACES, **files})
    assert not [one for file in read for one in file.found if one.severity.name == "ERROR"], read
    if texts is not None:
        texts.update({one.item.key: one.body for one in read if one.item is not None})
    return petit_bourg.content(read, TODAY)


def views(files: dict[str, str], space: str = "public") -> dict[str, Any]:
    seen = content(files).seen_by(space, TODAY)
    return {target.path.removesuffix("index.html"): target.view for target in plan(seen).targets}


def titles(view: ListView) -> dict[str, list[str]]:
    return {
        section.heading: [card.address.rstrip("/").rsplit("/", 1)[-1] for card in section.cards]
        for section in view.sections
    }


def test_dossiers_are_listed_by_state_late_ones_first() -> None:
    made = views(
        {
            "dossiers/jeune.md": dossier("en-cours", "2026-10-01"),
            "dossiers/vieux.md": dossier("en-cours", "2020-10-01"),
            "dossiers/tard.md": dossier("en-cours", "2026-09-01", "echeance: 2026-10-10"),
            "dossiers/fini.md": dossier("clos", "2015-01-01", "bilan: Fait."),
        }
    )
    assert titles(made["dossiers/"]) == {"En cours": ["tard", "vieux", "jeune"], "Clos": ["fini"]}
    assert made["dossiers/"].frame.section == "dossiers/"
    assert made["dossiers/"].intro == "4\u00a0dossiers, dont 3 en cours de suivi, 1 en retard."
    assert [step.title for step in made["dossiers/"].years] == ["2026", "2020", "2015"]
    assert titles(made["dossiers/2015/"]) == {"Janvier": ["fini"]}
    assert [card.title for card in made[""].dossiers] == ["Tard", "Vieux", "Jeune"]


def test_questions_without_an_answer_come_first() -> None:
    made = views(
        {
            "questions/2026-03-10-repondue.md": question(*ANSWER),
            "questions/2026-11-01-attend.md": question(),
            "questions/2026-01-10-oubliee.md": question(),
        }
    )
    assert titles(made["questions/"]) == {
        "Sans réponse, en retard": ["2026-01-10-oubliee"],
        "En attente de réponse": ["2026-11-01-attend"],
        "Avec une réponse": ["2026-03-10-repondue"],
    }
    late, waiting, answered = (section.cards[0] for section in made["questions/"].sections)
    assert (late.late, late.days, late.due) == (True, 316, None)
    assert (waiting.late, waiting.days) == (False, 21)
    assert (answered.answered, answered.by, answered.days) == (
        "2026-04-02", "direction de la voirie", 23,
    )  # fmt: skip


def test_a_long_list_keeps_the_first_of_each_state_and_points_at_the_years() -> None:
    files = {f"dossiers/d{n}.md": dossier("clos", f"20{n:02}-03-10", "bilan: .") for n in range(60)}
    made = views(files)
    (section,) = made["dossiers/"].sections
    assert len(section.cards) == 20
    assert made["dossiers/"].intro.endswith("La liste complète est rangée par année.")
    assert sum(len(view.sections[0].cards) for path, view in made.items()
               if re.fullmatch(r"dossiers/\d{4}/", path)) == 60  # fmt: skip


def test_a_quartier_lists_the_dossiers_of_the_arrondissement_that_name_it() -> None:
    files = {
        "dossiers/commun.md": dossier("ouvert", "2026-03-10", "quartiers: [danube]"),
        "dossiers/groupe.md": dossier("ouvert", "2026-03-10", "groupes: [canal]"),
        "quartiers/meuse/dossiers/autre.md": dossier("ouvert", "2026-03-10", "quartiers: [danube]"),
    }
    made = views(files)
    assert titles(made["quartiers/danube/dossiers/"]) == {"Ouverts": ["commun"]}
    assert titles(made["groupes/canal/dossiers/"]) == {"Ouverts": ["groupe"]}
    assert titles(made["quartiers/meuse/dossiers/"]) == {"Ouverts": ["autre"]}
    assert made["quartiers/meuse/questions/"].sections == ()
    assert [card.title for card in made["quartiers/danube/"].dossiers] == ["Commun"]
    whole = content(files)
    for item in whole.items:
        for community in whole.communities.values():
            if item.dossier:
                assert (community.home in listed_under(item)) == concerns(item, community)


def test_a_dossier_shows_who_names_it_and_is_shown_by_them() -> None:
    made = views(
        {
            "dossiers/canal.md": dossier(
                "en-cours", "2026-03-10", "responsable: commission", "quartiers: [danube]",
                "etapes:", "  - date: 2026-05-01", "    titre: Réponse", "    par: institution",
                "    documents: [lettre]", "  - date: 2026-04-01", "    titre: Demande",
                "    texte: |", "      Un.", "", "      Deux.",
            ),
            "documents/lettre.md": "---\ndate: 2026-05-01\ntype: courrier\nfichier: l.pdf\n---\n",
            "actualites/2026-05-02-a.md": "---\ndossiers: [canal]\n---\nTexte.\n",
            "questions/2026-05-03-q.md": question("dossiers: [canal, canal]"),
            "debats/d/index.md": (
                "---\ndossier: canal\nphases:\n  - nom: Un\n    debut: 2026-01-01\n"
                "    fin: 2026-12-01\n---\nTexte.\n"
            ),
            "prive/wiki/secret.md": "---\ndossiers: [canal]\n---\nTexte.\n",
        }
    )  # fmt: skip
    told = made["dossiers/canal/"].dossier
    assert [step.title for step in told.steps] == ["Demande", "Réponse"]
    assert told.steps[0].text == ("Un.", "Deux.")
    assert [card.title for card in told.steps[1].documents] == ["Lettre"]
    assert (told.owner, told.moved) == ("commission", "2026-05-01")
    assert [place.name for place in told.quartiers] == ["Danube"]
    assert {one.heading: [card.title for card in one.cards] for one in told.related} == {
        "Actualités": ["A"], "Questions": ["Q"], "Débats": ["D"],
    }  # fmt: skip
    (named,) = made["actualites/2026-05-02-a/"].dossiers
    assert (named.title, named.state) == ("Canal", "en-cours")


def test_a_private_dossier_stays_in_its_space() -> None:
    files = {
        "prive/dossiers/secret.md": dossier(),
        "quartiers/danube/prive/questions/2026-03-10-secrete.md": question(),
    }
    public = views(files)
    assert not [path for path in public if "secret" in path]
    assert public["dossiers/"].sections == public["questions/"].sections == ()
    assert "dossiers/" not in [step.address for step in public["plan-du-site/"].branches[0][1]]
    assert "prive/dossiers/secret/" in views(files, "conseillers")


def test_links_to_these_lists_resolve_and_their_addresses_are_taken() -> None:
    files = {
        "dossiers/canal.md": dossier("ouvert", "2016-03-10", "quartiers: [danube]"),
        "questions/2026-05-03-q.md": question(),
        "pages/a.md": "".join(
            f"[lien]({one})\n"
            for one in ("/dossiers/", "/questions/2026/", "/quartiers/danube/dossiers/2016/",
                        "/groupes/canal/questions/", "/quartiers/meuse/dossiers/2016/")
        ),
    }  # fmt: skip
    whole = content(files)
    (missing,) = broken_links(whole)
    assert "meuse" in missing.message
    files = {
        "dossiers/2016.md": dossier(),
        "pages/b.md": "---\nanciennes_adresses: [questions, dossiers/2015]\n---\nTexte.\n",
    }
    assert len(list(reserved_addresses(content(files)))) == 3


def test_a_question_still_to_be_asked_has_no_age() -> None:
    made = views({"questions/2026-12-10-demain.md": question()})
    (card,) = made["questions/"].sections[0].cards
    assert isinstance(card, Card)
    assert (card.days, card.late) == (None, False)


def test_a_meeting_shows_the_questions_asked_there() -> None:
    made = views(
        {
            "agenda/2026-03-10-pleniere.md": "---\ndebut: 19:00\nlieu: École\n---\nTexte.\n",
            "questions/2026-03-10-bancs.md": question("evenement: 2026-03-10-pleniere"),
            "documents/lettre.md": (
                "---\ndate: 2026-05-01\ntype: courrier\nfichier: l.pdf\n"
                "evenement: 2026-03-10-pleniere\n---\n"
            ),
        }
    )
    meeting = made["agenda/2026-03-10-pleniere/"]
    assert [card.title for card in meeting.questions] == ["Bancs"]
    assert [card.title for card in meeting.documents] == ["Lettre"]
    assert made["questions/2026-03-10-bancs/"].event.title == "Pleniere"


HOSTILE = "<script>alert(1)</script>{{ vue }}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dossiers/x.md", dossier(
            "en-cours", "2026-03-10", f"responsable: '{HOSTILE}'", f"prochaine_etape: '{HOSTILE}'",
            f"bilan: '{HOSTILE}'", "etapes:", "  - date: 2062-04-01", f"    titre: '{HOSTILE}'",
            f"    texte: '{HOSTILE}'")),
        ("questions/2026-03-10-x.md", question(
            f"titre: '{HOSTILE}'", "reponse:", "  date: 2026-04-02", f"  par: '{HOSTILE}'",
            f"  texte: '{HOSTILE}'", f"  suite: '{HOSTILE}'").replace(
                "par: conseil", f"par: '{HOSTILE}'", 1)),
    ],
)  # fmt: skip
def test_hostile_words_stay_words(name: str, text: str, root: Path) -> None:
    texts: dict[str, Any] = {}
    seen = content({name: text}, texts).seen_by("public", TODAY)
    made = plan(seen)
    renderer = Renderer(load(root), made.chrome, texts)
    pages = [target for target in made.targets if not target.template.startswith("@")]
    assert any(isinstance(target.view, ItemView) for target in pages)
    for target in pages:
        html = renderer.render(target).data.decode()
        assert "<script>" not in html
        assert "alert(1)" not in html or "&lt;" in html
