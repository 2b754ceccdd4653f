"""`cq draw-jury commit`: promised once, in order, and with sources that nobody knows beforehand."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw.transcript import NAMES
from cq.draw.verify import verified
from cq.jury import folders
from cq.jury.folders import Folders, Step
from cq.rewrite import prepared
from tests.unit.jury import town

Cq = Callable[..., tuple[int, str]]
DRAND = ("--source", "drand", "--at", "2099-12-05T11:00")


def test_a_promise_has_the_bytes_of_the_example(draw: Folders, cq: Cq) -> None:
    title = "Jury d'essai « simple-12 »"
    code, said = cq(
        "commit", "simple-12", "--title", title, "--source", "drand:1000",
        "--published", "2023-08-22T10:00:00Z", "--yes",
    )  # fmt: skip
    assert code == 0, said
    for name in NAMES[:3]:
        assert (draw.public / name).read_bytes() == (town.EXAMPLE / name).read_bytes(), name
    assert draw.step() is Step.COMMITTED
    assert "date d’engagement donnée à la main" in said
    assert "mots de contrôle : 1 " in said
    fingerprint = json.loads((town.EXAMPLE / "transcript.json").read_text())["commit"]
    assert " ".join(fingerprint[at : at + 4] for at in range(0, 32, 4)) in said
    assert [entry.step for entry in draw.journal()] == ["page", "engagement"]
    assert draw.journal()[1].fingerprint == fingerprint


def test_a_promise_that_is_not_made_has_no_fingerprint(draw: Folders, cq: Cq) -> None:
    code, said = cq("commit", "simple-12", "--title", "Jury", *DRAND)
    assert code == 1
    assert "--yes" in said
    assert "empreinte" not in said
    assert "mots de contrôle" not in said
    assert draw.step() is not Step.COMMITTED


def test_the_moment_is_read_by_the_clocks_here_and_said(draw: Folders, cq: Cq) -> None:
    code, said = cq("commit", "simple-12", "--title", "Jury", *DRAND, "--yes")
    assert code == 0, said
    assert "samedi 5 décembre 2099 à 11 h (10 h en temps universel)" in said.replace("\u00a0", " ")
    promise = verified(draw.files()).promise
    assert promise is not None
    assert promise.sources[0].time() - 4_100_148_000 in range(3)
    assert b"<svg" in draw.kept("engagement.svg")


def test_nothing_is_promised_without_a_yes(draw: Folders, cq: Cq) -> None:
    code, said = cq("commit", "simple-12", "--title", "Jury", *DRAND)
    assert code == 1
    assert "--yes" in said
    assert not draw.public.exists()


def test_a_second_promise_is_refused(draw: Folders, cq: Cq) -> None:
    assert cq("commit", "simple-12", "--title", "Jury", *DRAND, "--yes")[0] == 0
    before = {path: path.read_bytes() for path in draw.public.iterdir()}
    code, said = cq("commit", "simple-12", "--title", "Autre", *DRAND, "--yes")
    assert code == 1
    assert "déjà engagé" in said
    assert {path: path.read_bytes() for path in draw.public.iterdir()} == before


def test_steps_come_in_order(site: Path, cq: Cq) -> None:
    code, said = cq("commit", "neuf", "--title", "Jury", *DRAND, "--yes")
    assert (code, "cq draw-jury freeze neuf" in said) == (1, True)
    town.frozen(site, "gele")
    code, said = cq("commit", "gele", "--title", "Jury", *DRAND, "--yes")
    assert (code, "cq draw-jury plan gele" in said) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--source", "drand"), "--at"),
        (("--source", "drand", "--at", "2020-01-01T11:00"), "déjà passé"),
        (("--source", "drand", "--at", "demain"), "n’est pas un moment"),
        (("--source", "drand", "--at", "2026-02-31T11:00"), "n’est pas un moment"),
        (("--source", "drand", "--at", "2099-10-25T02:30"), "décalage"),
        (("--source", "des:20:Dés de la salle"), "51 bits"),
        (("--source", "des:20"), "n’a pas de nom"),
        (("--source", "des:beaucoup:Dés"), "combien"),
        (("--source", "mots:Un mot du public"), "0 bits"),
        (("--source", "pile-ou-face"), "n’est pas une source"),
        (("--source", "drand:0"), "tour de drand"),
        ((), "sources de hasard"),
        (("--source", "des:40:Dés", "--source", "des:40:Dés"), "deux fois"),
    ],
)
def test_sources_that_are_none(
    arguments: tuple[str, ...], words: str, draw: Folders, cq: Cq
) -> None:
    code, said = cq("commit", "simple-12", "--title", "Jury", *arguments, "--yes")
    assert code == 1, said
    assert words in said
    assert not draw.public.exists()


def test_dice_alone_are_enough_when_there_are_many(draw: Folders, cq: Cq) -> None:
    code, said = cq(
        "commit", "simple-12", "--title", "Jury", "--source", "dés:32:Dés lancés", "--yes"
    )
    assert code == 0, said
    assert draw.step() is Step.COMMITTED


def test_a_list_that_does_not_fit_the_plan_is_refused(site: Path, cq: Cq) -> None:
    made = town.planned(site)
    made.keep_people(town.rows()[0], town.rows()[:-1])
    code, said = cq("commit", "simple-12", "--title", "Jury", *DRAND, "--yes")
    assert (code, "refaites le plan" in said) == (1, True)
    made.keep_people(town.rows()[0], [*town.rows()[:-1], town.rows()[0]])
    code, said = cq("commit", "simple-12", "--title", "Jury", *DRAND, "--yes")
    assert (code, "même identifiant" in said) == (1, True)
    assert not made.public.exists()


def test_a_title_says_something_and_nothing_invisible(draw: Folders, cq: Cq) -> None:
    assert draw
    for title in (" ", "Jury\x07", "J" * 201):
        assert cq("commit", "simple-12", "--title", title, *DRAND, "--yes")[0] == 1


def test_soon_is_said(draw: Folders, cq: Cq) -> None:
    assert draw
    said = cq(
        "commit", "simple-12", "--title", "Jury", "--source", "drand", "--at",
        "2099-12-05T11:00", "--published", "2099-12-01T11:00:00Z", "--yes",
    )[1]  # fmt: skip
    assert "moins de 10 jours" in said


@pytest.mark.parametrize("room", range(5))
def test_a_full_disk_promises_nothing(
    room: int, draw: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []

    def filling(file: Path, data: bytes) -> contextlib.AbstractContextManager[object]:
        if len(written) == room:
            raise OSError(28, "no space left", str(file))
        written.append(file)
        return prepared(file, data)

    with monkeypatch.context() as full:
        full.setattr(folders, "prepared", filling)
        code, said = cq("commit", "simple-12", "--title", "Jury", *DRAND, "--yes")
        assert (code, "plus de place" in said) == (3, True), said
    assert draw.step() is Step.PLANNED
    assert not list(draw.public.iterdir())
    assert cq("commit", "simple-12", "--title", "Jury", *DRAND, "--yes")[0] == 0


def test_no_other_draw_of_the_site_is_done_again(
    draw: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A neighbour of 180,000 people takes seconds: the time zone is asked of site.yml alone."""

    def again(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("cq.redrawn.draws", again)
    site = draw.public.parents[1] / "site.yml"
    site.write_text(site.read_text() + "fuseau: Indian/Reunion\n")
    code, said = cq("commit", "simple-12", "--title", "Jury", *DRAND, "--yes")
    assert code == 0, said
    assert "samedi 5 décembre 2099 à 11 h (7 h en temps universel)" in said.replace("\u00a0", " ")
