"""`cq draw-jury minutes`: what is signed says all that counts, and names nobody."""

import json
import re
from pathlib import Path

import pytest

from cq.cli import run
from cq.draw import canon
from cq.draw import plan as plans
from cq.draw.transcript import NAMES
from cq.draw.trials import Trials
from cq.jury import homes
from cq.jury.folders import FROZEN, REASONS, Entry, Folders
from tests.unit.jury import town

NAME = "simple-12"
LEFT = "56334213ec3139c5faa9f224f46f33d6"


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    root = town.settle(tmp_path, monkeypatch)
    made = town.planned(root, NAME)
    for name in NAMES:
        made.publish(name, (town.EXAMPLE / name).read_bytes())
    transcript = json.loads((town.EXAMPLE / "transcript.json").read_bytes())
    made.note(Entry("2023-08-23", "tirage", transcript["seed"], "validé par : l’adjointe"))
    digest = canon.digest("event", canon.canonical(transcript["events"][0])).hex()
    made.note(Entry("2023-09-02", "remplacement 1", digest))
    made.keep(REASONS, f"n,pid,id,raison,date\n1,{LEFT},E001,refus,2023-09-02\n".encode())
    return made


def page(folders: Folders) -> str:
    """The text of the page, its spaces evened out."""
    text = (folders.private / "proces-verbal.html").read_text("utf-8")
    assert re.search(r"<h1>", text)
    return " ".join(text.split())


def plain(text: str) -> str:
    return re.sub(r"\s", "", re.sub(r"<[^>]+>", "", text))


def test_what_was_typed_before_the_draw_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    town.settle(tmp_path, monkeypatch)
    assert run(["draw-jury", "minutes", "jury-2099", "--lieu", "salle du conseil"]) == 1
    assert not list(tmp_path.rglob("proces-verbal.json"))


def test_how_people_are_told_is_what_the_freeze_was_told(drawn: Folders):
    about = {"notice": "bulletin d’inscription"}
    drawn.keep(FROZEN, canon.written({**drawn.frozen(), "about": about}))
    assert run(["draw-jury", "minutes", NAME]) == 0
    assert "bulletin d’inscription ; par la lettre que chacune reçoit" in page(drawn)


def test_it_says_what_was_promised_and_what_came_of_it(drawn: Folders):
    assert run(["draw-jury", "minutes", NAME, "--lieu", "salle du conseil"]) == 0
    text = plain(page(drawn))
    said = (
        "7511684597efe6f2",  # the commitment
        "614109875d8250ae",  # the seed
        "b44679b9a59af2ec",  # the signature of the round
        "letour1000dedrand",
        "974427d4cce7e24e",  # a seat
        "salleduconseil",
        "23août2023",
        "1chancesur4(25%)",
        "validé,aprèslecturedeceprocès-verbal,par:l’adjointe",
        "refus1",
        "Additif1:remplacement1",
    )
    for words in said:
        assert words in text, words


def test_it_names_nobody(drawn: Folders):
    assert run(["draw-jury", "minutes", NAME]) == 0
    text = page(drawn)
    for row in drawn.people():
        for value in (row["id"], row["nom"], row["prenoms"]):
            assert value not in text


def test_what_was_typed_once_is_not_asked_again(drawn: Folders):
    assert run(["draw-jury", "minutes", NAME, "--present", "la maire", "--lieu", "ici <b>"]) == 0
    assert run(["draw-jury", "minutes", NAME, "--valide-par", "le maire"]) == 0
    text = page(drawn)
    assert "<li>la maire</li>" in text
    assert "ici &lt;b&gt;" in text
    assert "le maire" in text


def test_what_is_missing_is_seen_and_said(drawn: Folders, capfd: pytest.CaptureFixture[str]):
    assert run(["draw-jury", "minutes", NAME]) == 0
    out = capfd.readouterr().out
    assert "--base-legale" in out
    assert "--lieu" in out
    assert "à compléter" in page(drawn)


def test_it_needs_only_the_public_side(drawn: Folders, monkeypatch: pytest.MonkeyPatch):
    """Elsewhere, or after the purge: the counts come from the journal, reasons from nowhere."""
    elsewhere = drawn.private.parent.parent / "elsewhere"
    monkeypatch.setenv("CQ_JURYS", str(elsewhere))
    drawn.note(Entry("2023-08-20", "gel", "", "LP : 12 lignes lues, 12 gardées"))
    assert run(["draw-jury", "minutes", NAME]) == 0
    text = (elsewhere / NAME / "proces-verbal.html").read_text("utf-8")
    assert "LP : 12 lignes lues" in text
    assert "Par raison" not in text


def test_no_minutes_before_the_draw_nor_of_a_forged_one(
    drawn: Folders, capfd: pytest.CaptureFixture[str]
):
    text = (drawn.public / "transcript.json").read_text()
    (drawn.public / "transcript.json").write_text(text.replace('"ticket":0', '"ticket":1'))
    assert run(["draw-jury", "minutes", NAME]) != 0
    assert "rien n’a été fait" in capfd.readouterr().err
    (drawn.public / "transcript.json").unlink()
    assert run(["draw-jury", "minutes", NAME]) != 0
    assert "n’a pas encore eu lieu" in capfd.readouterr().err


def test_a_journal_of_anybody_s_days_is_told_as_it_is(drawn: Folders):
    text = (drawn.public / "journal.csv").read_text("utf-8")
    (drawn.public / "journal.csv").write_text(text.replace("2023-09-02", "<b>hier"), "utf-8")
    drawn.note(Entry("\x1b[2J", "gel"))
    drawn.note(Entry("demain", "annulation", "", "liste <i>périmée"))
    assert run(["draw-jury", "minutes", NAME]) == 0
    assert "&lt;b&gt;hier" in page(drawn)
    assert "liste &lt;i&gt;périmée" in page(drawn)
    assert "\x1b" not in page(drawn)


def test_its_tables_have_captions_and_heads(drawn: Folders):
    assert run(["draw-jury", "minutes", NAME]) == 0
    text = page(drawn)
    assert text.count("<table>") == text.count("<caption>") == text.count("<thead>") >= 4
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_what_the_rule_of_households_costs_stands_beside_what_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    example = town.EXAMPLE.parent / "draw-quotas-16"
    name = canon.read((example / "commitment.json").read_bytes())["draw"]
    made = town.frozen(town.settle(tmp_path, monkeypatch), name)
    for one in NAMES:
        made.publish(one, (example / one).read_bytes())
    transcript = canon.read((example / "transcript.json").read_bytes())
    made.note(Entry("2023-08-23", "tirage", transcript["seed"]))
    for event in transcript["events"]:
        digest = canon.digest("event", canon.canonical(event)).hex()
        made.note(Entry("2023-08-24", f"remplacement {event['n']}", digest))
    plan = plans.of_json(canon.read((example / "plan.json").read_bytes()))

    assert run(["draw-jury", "minutes", name]) == 0
    passed, waived = (len(transcript[f"{one}_household"]) for one in ("passed", "waived"))
    did = f"leurfoyersiégeantdéjà:{passed};dontadmisesensuite,fauted’autres:{waived}."
    assert did in plain(page(made))
    assert "tiragesd’essai" not in plain(page(made))

    homes.keep(made, plan, Trials(500, 900, 50, 3, 930, 1000))
    assert run(["draw-jury", "minutes", name]) == 0
    assert (
        "Avantl’engagement,sur500tiragesd’essai,1,8personnepasséeenmoyenne,leurfoyersiégeantdéjà;"
        "dont0,1admiseensuite,fauted’autres.D’aprèscesessais,unepersonned’unfoyerde3ouplusgarde93%dela"
        "chancedite."
    ) in plain(page(made))
    assert did in plain(page(made))

    homes.keep(made, plan, Trials(500, 0, 0, 2, 100, 100))
    assert run(["draw-jury", "minutes", name]) == 0
    assert "personnen’aétépasséparcequesonfoyersiégeaitdéjà.</p>" in "".join(
        page(made).split()
    ).replace("\u00a0", "")
