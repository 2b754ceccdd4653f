"""What stands on whose board, in which order, and the figures made of it."""

import statistics

from hypothesis import given
from hypothesis import strategies as some

from cq.content.item import Answer, DossierFacts, Item, QuestionFacts, Reference
from cq.content.model import Community
from cq.dossiers.board import board, concerns, median

TODAY = "2026-11-22"
DANUBE = Community("quartier", "danube", "quartiers/danube", "Danube", ())
CLEANERS = Community("group", "proprete", "groupes/proprete", "Propreté", ())


def item(name: str, kind: str, day: str, **more: object) -> Item:
    return Item(
        f"{kind}s/{name}", kind, f"content/{kind}s/{name}.md", "public", "", f"{kind}s/{name}/",
        name, "", "k", day=day, **more,
    )  # fmt: skip


def dossier(name: str, day: str, state: str = "ouvert", due: str | None = None) -> Item:
    return item(name, "dossier", day, dossier=DossierFacts(state, "", "", due, (), ""))


def question(name: str, day: str, answered: str | None = None) -> Item:
    answer = Answer(answered, "direction", "Oui.", "", "") if answered else None
    return item(name, "question", day, question=QuestionFacts("conseil", "mairie", None, answer))


def test_late_ones_come_first_and_what_is_over_last() -> None:
    found = board(
        [
            dossier("clos", "2020-01-01", "clos"),
            dossier("vieux", "2021-01-01"),
            dossier("jeune", "2026-11-01"),
            dossier("tard", "2026-10-01", due="2026-11-20"),
            dossier("tres-tard", "2026-10-02", due="2026-10-20"),
            question("vite", "2026-01-01", "2026-01-05"),
            question("hier", "2026-11-21"),
            question("oubliee", "2025-01-01"),
            item("autre", "news", "2026-01-01"),
        ],
        TODAY,
    )
    assert [one.item.title for one in found.dossiers] == [
        "tres-tard", "tard", "vieux", "jeune", "clos",
    ]  # fmt: skip
    assert [one.item.title for one in found.questions] == ["oubliee", "hier", "vite"]


def test_counts_name_every_state() -> None:
    found = board([dossier("a", "2026-01-01"), question("b", "2026-11-01")], TODAY)
    assert found.dossiers_by_state() == {
        "ouvert": 1, "en-cours": 0, "en-attente": 0, "clos": 0, "abandonne": 0,
    }  # fmt: skip
    assert found.questions_by_state() == {"en retard": 0, "en attente": 1, "répondue": 0}


def test_delays_stand_in_the_year_of_the_answer() -> None:
    found = board(
        [
            question("a", "2025-12-01", "2026-01-10"),
            question("b", "2026-01-01", "2026-01-03"),
            question("c", "2024-01-01", "2024-02-01"),
            question("d", "2026-01-01"),
        ],
        TODAY,
    )
    assert found.delays_by_year() == {"2024": (31,), "2026": (40, 2)}


def test_a_community_has_its_own_and_what_names_it() -> None:
    of_all = dossier("canal", "2026-01-01")
    named = of_all._replace(references=(Reference("quartiers", "danube", 1, 1, 1),))
    by_path = of_all._replace(references=(Reference("groupes", "groupes/proprete/", 1, 1, 1),))
    assert not concerns(of_all, DANUBE)
    assert concerns(of_all._replace(home="quartiers/danube"), DANUBE)
    assert concerns(named, DANUBE)
    assert not concerns(named, CLEANERS)
    assert concerns(by_path, CLEANERS)
    # Another quartier's own dossier is not on ours, whatever it names.
    assert not concerns(named._replace(home="quartiers/autre"), DANUBE)


@given(some.lists(some.integers(0, 5000)))
def test_the_median(values: list[int]) -> None:
    assert median(values) == (statistics.median(values) if values else None)
