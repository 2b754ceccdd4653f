"""After a draw: replacements that are forced, explanations, and what is cancelled stays listed."""

import csv
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw import canon
from cq.draw.transcript import stage_digest
from cq.jury import people
from cq.jury.folders import KEY, Folders
from tests.unit.jury import town
from tests.unit.jury.town import EXAMPLE, SIGNATURES

Cq = Callable[..., tuple[int, str]]


def transcript(draw: Folders) -> dict[str, list[dict[str, str]]]:
    return canon.read((draw.public / "transcript.json").read_bytes())


@pytest.fixture
def drawn(draw: Folders, cq: Cq) -> Folders:
    return town.drawn(draw, cq)


@pytest.fixture
def seats(drawn: Folders) -> list[str]:
    return [pid for pid, _ in transcript(drawn)["seats"]]


def test_a_replacement_has_the_bytes_of_the_example(
    drawn: Folders, seats: list[str], cq: Cq
) -> None:
    code, said = cq("replace", "simple-12", seats[0], "--yes", "--raison", "sans-reponse")
    assert code == 0, said
    expected = (EXAMPLE / "transcript.json").read_bytes()
    assert (drawn.public / "transcript.json").read_bytes() == expected
    event = canon.read(expected)["events"][0]
    last = drawn.journal()[-1]
    assert last.step == "remplacement 1"
    assert last.fingerprint == canon.digest("event", canon.canonical(event)).hex()
    # Who it is, for the town hall alone; why, in its own folder alone.
    ids = {one.pid: one.row["id"] for one in people.entries(drawn)}
    assert f"(identifiant {ids[event['in']]})" in said
    path = drawn.private / "remplacements.csv"
    (row,) = csv.DictReader(path.read_text("utf-8").splitlines())
    assert (row["n"], row["pid"], row["id"]) == ("1", seats[0], ids[seats[0]])
    assert row["raison"] == "sans-reponse"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    public = b"".join(one.read_bytes() for one in drawn.public.iterdir())
    assert b"sans-reponse" not in public
    assert cq("verify", "simple-12")[0] == 0


def test_a_log_that_anybody_reads_names_nobody(
    drawn: Folders, seats: list[str], cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert drawn
    monkeypatch.setenv("CI", "true")
    code, said = cq("replace", "simple-12", seats[0], "--yes")
    assert code == 0
    assert "identifiant" not in said


def test_until_nobody_is_left_and_no_further(drawn: Folders, cq: Cq) -> None:
    for _ in range(12):
        now = transcript(drawn)
        gone = {event["out"] for event in now["events"]}
        called = [pid for pid, _ in now["seats"]] + [event["in"] for event in now["events"]]
        sitting = [pid for pid in called if pid and pid not in gone]
        assert cq("replace", "simple-12", sitting[0], "--yes")[0] == 0
    assert transcript(drawn)["events"][-1]["in"] is None
    assert cq("verify", "simple-12")[0] == 0
    code, said = cq("replace", "simple-12", called[0], "--yes")
    assert (code, "ne siège pas" in said) == (1, True)


def test_by_identifier_and_by_the_first_digits(drawn: Folders, seats: list[str], cq: Cq) -> None:
    ids = {one.pid: one.row["id"] for one in people.entries(drawn)}
    assert cq("replace", "simple-12", ids[seats[1]], "--yes")[0] == 0
    assert cq("replace", "simple-12", seats[0][:8], "--yes")[0] == 0
    assert [event["out"] for event in transcript(drawn)["events"]] == [seats[1], seats[0]]


def test_first_digits_of_several_are_said_to_be(
    drawn: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cq.jury import standing

    now = standing.standing(drawn)
    first = now.result.order[0]
    now.result.order = (*now.result.order, first._replace(pid=first.pid[:8] + "0" * 24))
    monkeypatch.setattr(standing, "standing", lambda _: now)
    code, said = cq("explain", "simple-12", first.pid[:8])
    assert (code, "tapez-en davantage" in said) == (1, True), said


def test_nothing_without_a_yes(drawn: Folders, seats: list[str], cq: Cq) -> None:
    code, said = cq("replace", "simple-12", seats[0])
    assert (code, "--yes" in said) == (1, True)
    assert transcript(drawn)["events"] == []
    assert not (drawn.private / "remplacements.csv").exists()


@pytest.mark.parametrize("number", ["0" * 32, "inconnu", "", "0" * 8, "=cmd"])
def test_a_number_that_is_nobodys_says_one_thing(number: str, drawn: Folders, cq: Cq) -> None:
    assert drawn
    for command in ("explain", "replace"):
        code, said = cq(command, "simple-12", number)
        assert (code, said) == (1, "cq : ce numéro n’est pas dans la liste\n")


def test_a_transcript_that_is_wrong_is_not_added_to(
    drawn: Folders, seats: list[str], cq: Cq
) -> None:
    path = drawn.public / "transcript.json"
    path.write_bytes(path.read_bytes().replace(b'"ticket":0', b'"ticket":1'))
    before = path.read_bytes()
    code, said = cq("replace", "simple-12", seats[0], "--yes")
    assert (code, "n’est pas conforme" in said) == (1, True)
    assert path.read_bytes() == before


def test_where_the_list_is_not_nobody_is_replaced(drawn: Folders, seats: list[str], cq: Cq) -> None:
    (drawn.private / KEY).unlink()
    code, said = cq("replace", "simple-12", seats[0], "--yes")
    assert (code, "n’est plus ici" in said) == (1, True)
    assert cq("explain", "simple-12", seats[0])[0] == 0


def test_a_second_stage_holds_the_first_as_it_is(
    site: Path, drawn: Folders, seats: list[str], cq: Cq
) -> None:
    second = town.planned(site, "second", 2, first="simple-12")
    arguments = ("--source", "des:32:Dés", "--yes")
    code, said = cq("commit", "second", "--title", "Jury", *arguments)
    assert code == 0, said
    promise = canon.read((second.public / "commitment.json").read_bytes())
    assert promise["previous"] == stage_digest(transcript(drawn))
    # The same people under the same numbers.
    pool = (second.public / "pool.txt").read_text().split()
    assert {line.split(",")[0] for line in pool} == set(seats)
    assert cq("draw", "second", "--value", "1 " * 32)[0] == 0
    code, said = cq("verify", "second")
    assert (code, "Toutes ont été tirées au premier tirage." in said) == (0, True)
    code, said = cq("replace", "simple-12", seats[0], "--yes")
    assert (code, "second" in said) == (1, True)


def test_an_explanation_is_for_one_number(drawn: Folders, seats: list[str], cq: Cq) -> None:
    assert drawn
    code, said = cq("explain", "simple-12", seats[0])
    assert code == 0, said
    assert "1 chance sur 4" in said.replace("\u202f", " ").replace("\u00a0", " ")
    assert not any(row["id"] in said.split() for row in town.rows())


def test_what_is_cancelled_stays_listed(drawn: Folders, seats: list[str], cq: Cq) -> None:
    code, said = cq("cancel", "simple-12", "--raison", "Une liste de trop")
    assert (code, "--yes" in said) == (1, True)
    code, said = cq("cancel", "simple-12", "--raison", "Une liste de trop", "--yes")
    assert code == 0, said
    assert drawn.journal()[-1][1:] == ("annulation", "", "Une liste de trop")
    assert "annulé" in cq()[1]
    code, said = cq("verify", "simple-12")
    assert (code, "annulé le" in said) == (0, True)
    for arguments in (("replace", "simple-12", seats[0], "--yes"), ("draw", "simple-12")):
        code, said = cq(*arguments)
        assert (code, "annulé" in said) == (1, True)
    code, said = cq("cancel", "simple-12", "--raison", "Encore", "--yes")
    assert (code, "déjà annulé" in said) == (1, True)


@pytest.mark.parametrize("reason", ["", " ", "x" * 501, "a\x07"])
def test_a_cancellation_says_why(reason: str, drawn: Folders, cq: Cq) -> None:
    assert cq("cancel", "simple-12", "--raison", reason, "--yes")[0] == 1
    assert not drawn.is_cancelled()


def test_what_never_was_is_not_cancelled(site: Path, cq: Cq) -> None:
    assert site
    assert cq("cancel", "rien", "--raison", "Rien", "--yes")[0] == 1
    assert not (site / "content" / "jurys").exists()


def test_a_rehearsal_leaves_the_site_alone(
    site: Path, draw: Folders, cq: Cq, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for arguments in (("--rehearsal",), ("draw", "simple-12", "--rehearsal")):
        code, said = cq(*arguments)
        assert code == 0, said
        assert said.count("RÉPÉTITION") > 4
        assert said.count("VERT") == 5
    assert not (site / "content" / "jurys").exists()
    assert not draw.public.exists()
    made = sorted(tmp_path.glob("cq-repetition-*"))
    assert len(made) == 2
    text = b"".join(path.read_bytes() for place in made for path in place.glob("*.json"))
    assert text.count("RÉPÉTITION".encode()) > 4
    assert SIGNATURES[1000].encode() not in text


def test_a_kill_before_the_last_line_is_made_good(drawn: Folders, seats: list[str], cq: Cq) -> None:
    journal = drawn.public / "journal.csv"
    assert cq("replace", "simple-12", seats[0], "--yes")[0] == 0
    whole = journal.read_bytes()
    journal.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    assert cq("verify", "simple-12")[0] == 1
    assert cq("replace", "simple-12", seats[1], "--yes")[0] == 0
    assert journal.read_bytes().startswith(whole)
    assert cq("verify", "simple-12")[0] == 0


def test_a_replacement_that_nobody_here_has_done_is_not_logged(
    drawn: Folders, seats: list[str], cq: Cq
) -> None:
    """A forced move is valid whoever adds it: that a copy brings one is no step of ours."""
    assert cq("replace", "simple-12", seats[0], "--yes")[0] == 0
    journal = drawn.public / "journal.csv"
    before = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(before[:-1]))
    (drawn.private / "remplacements.csv").unlink()
    assert cq()[0] == 0
    code, said = cq("replace", "simple-12", seats[1], "--yes")
    assert (code, "que le journal ne dit pas" in said) == (1, True), said
    assert journal.read_bytes() == b"".join(before[:-1])
