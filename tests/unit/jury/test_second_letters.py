"""The letters of a second stage: everyone keeps the number, the salt and the line of the first."""

import csv
import datetime
import io
from pathlib import Path

import pytest

from cq.draw import canon, pool
from cq.draw.transcript import stage_digest
from cq.jury import letters, logged, people, texts
from cq.jury.folders import REASONS, Folders
from cq.jury.lists import Wanted
from cq.jury.particulars import Particulars
from tests.unit.jury.test_freezing import freeze, wish
from tests.unit.jury.test_second import answers, draw, first, ids, second_of

__all__ = ["first", "ids"]  # fixtures
TOLD = Particulars(owner="Mairie", page="https://conseils.example/jurys/jury/")


@pytest.fixture
def second(first: Folders, ids: list[str]) -> Folders:
    """One of six is drawn, and replaced by another; two stand by."""
    made = second_of(first)
    asked = wish(answers(ids[:6]), wanted=Wanted(features=("diplome",)))
    freeze(made, asked._replace(after=first))
    draw(made, 1, stage_digest(canon.read((first.public / "transcript.json").read_bytes())))
    event = canon.read((made.public / "transcript.json").read_bytes())["events"][0]
    made.keep(REASONS, f"n,pid,id,raison,date\n1,{event['out']},x,refus,2027-02-28\n".encode())
    logged.caught_up(made, lambda: "2027-03-01")
    return made


def written(second: Folders) -> dict[str, list[dict[str, str]]]:
    wanted = letters.Wish(texts.KINDS, datetime.date(2027, 3, 1))
    letters.write(second, TOLD, wanted, lambda *_: None)
    found = {}
    for kind in texts.KINDS:
        data = (second.private / "lettres" / f"{kind}.csv").read_bytes().decode("utf-8-sig")
        found[kind] = list(csv.DictReader(io.StringIO(data, newline=""), delimiter=";"))
    return found


def test_each_sort_of_letter_is_written(second: Folders):
    many = {kind: len(rows) for kind, rows in written(second).items()}
    assert many == {"tires": 1, "suppleants": 2, "non-tires": 2, "remplaces": 1}
    for kind in texts.KINDS:
        sheet = (second.private / "lettres" / f"{kind}-001.html").read_text("utf-8")
        assert sheet.count("<svg") == sheet.count("<article>") == many[kind]
        assert "https://conseils.example/jurys/jury/verifier/" in sheet


def test_numbers_salts_and_lines_are_those_of_the_first(
    second: Folders,
    first: Folders,
):
    before = {one.pid: one for one in people.entries(first)}
    rows = [row for each in written(second).values() for row in each]
    assert len({row["numero"] for row in rows}) == 6
    for row in rows:
        line = dict(one.split(" : ", 1) for one in row["ligne"].split("\n"))
        salt = bytes.fromhex(row["sel"].replace(" ", ""))
        pid = row["numero"].replace(" ", "")
        assert pool.pid_of(salt, line) == pid
        assert (before[pid].salt, dict(before[pid].hashed)) == (salt, line)
        assert "diplome" not in line  # an answer makes no number


def test_they_are_written_once_the_first_is_destroyed(second: Folders, first: Folders):
    for name in ("cle.hex", "personnes.csv", "gel.json"):
        (first.private / name).unlink()
    assert sum(map(len, written(second).values())) == 6


def test_the_right_words_for_each(second: Folders):
    rows = written(second)
    home: Path = second.private / "lettres"
    text = {kind: " ".join((home / f"{kind}-001.html").read_text("utf-8").split()) for kind in rows}
    assert "vous a désigné ou désignée pour siéger" in text["tires"]
    assert "1re de votre catégorie" in text["suppleants"]
    assert "2e de votre catégorie" in text["suppleants"]
    assert "1 chance sur 6" in text["non-tires"].replace("\u00a0", " ")
    assert "remplacement numéro 1" in text["remplaces"]
