"""What the terminal lists: private ones only where nobody else reads along."""

from dataclasses import replace

from cq.content.item import DossierFacts, Item, QuestionFacts
from cq.content.model import Community, Content
from cq.dossiers.rows import (
    DOSSIER_CHOICES,
    DOSSIER_KEYS,
    QUESTION_CHOICES,
    QUESTION_KEYS,
    dossiers,
    questions,
)

TODAY = "2026-11-22"
DANUBE = Community("quartier", "danube", "quartiers/danube", "Danube", ())


def item(name: str, *, private: bool = False, faulty: bool = False, draft: bool = False) -> Item:
    return Item(
        name, "dossier", f"content/{name}.md", "q-danube" if private else "public", DANUBE.home,
        f"{name}/", name, "", "k", day="2020-01-01", draft=draft, faulty=faulty,
        dossier=DossierFacts("ouvert", "", "", "2021-01-01", (), ""),
    )  # fmt: skip


def asked(name: str, *, private: bool = False) -> Item:
    return item(name, private=private)._replace(
        kind="question", dossier=None, question=QuestionFacts("conseil", "mairie", None, None)
    )


CONTENT = Content(
    site={}, items=(), quartiers=(DANUBE,), groups=(), team=(), blobs={}, records=(), today=TODAY
)
FULL = replace(
    CONTENT,
    items=(
        item("ouvert"), item("secret", private=True), item("brouillon", draft=True),
        item("fautif", faulty=True), asked("question"), asked("discrete", private=True),
    ),
)  # fmt: skip


def test_the_animateur_sees_all_that_is_followed() -> None:
    found = dossiers(FULL, None, None, veiled=False)
    assert [one["titre"] for one in found.rows] == ["ouvert", "secret"]
    assert (found.late, found.asleep, found.veiled, found.refused) == (2, 2, 0, 1)
    assert all(tuple(one) == DOSSIER_KEYS for one in found.rows)


def test_a_public_log_sees_no_private_one() -> None:
    found = dossiers(FULL, DANUBE, "en-retard", veiled=True)
    assert [one["titre"] for one in found.rows] == ["ouvert"]
    assert (found.late, found.asleep, found.veiled) == (1, 1, 1)
    said = questions(FULL, None, None, veiled=True)
    assert [one["titre"] for one in said.rows] == ["question"]
    assert (said.late, said.veiled) == (1, 1)
    assert all(tuple(one) == QUESTION_KEYS for one in said.rows)


def test_every_choice_is_a_state() -> None:
    for choice in DOSSIER_CHOICES:
        number = len(dossiers(FULL, None, choice, veiled=False).rows)
        assert number == (2 if choice in {"ouvert", "en-retard", "en-sommeil"} else 0)
    for choice in QUESTION_CHOICES:
        number = len(questions(FULL, None, choice, veiled=False).rows)
        assert number == (2 if choice == "en-retard" else 0)
