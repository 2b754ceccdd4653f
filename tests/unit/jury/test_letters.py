"""`cq draw-jury letters`: each person their own words, line and salt, and what the law wants."""

import csv
import datetime
import io
import json
import re
import stat
from pathlib import Path

import pytest

from cq.cli import run
from cq.draw import canon, pool
from cq.draw.transcript import NAMES
from cq.jury import letters, paper, texts
from cq.jury.folders import REASONS, Folders
from cq.jury.particulars import Particulars
from tests.unit.jury import town

NAME = "simple-12"


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """The example draw, done: three sit, one of them in the place of another."""
    root = town.settle(tmp_path, monkeypatch)
    made = town.planned(root, NAME)
    for name in NAMES:
        made.publish(name, (town.EXAMPLE / name).read_bytes())
    made.keep(
        REASONS, b"n,pid,id,raison,date\n1,56334213ec3139c5faa9f224f46f33d6,E,refus,2023-09-02\n"
    )
    return made


def written(folders: Folders, name: str) -> list[dict[str, str]]:
    data = (folders.private / "lettres" / f"{name}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheets(folders: Folders, name: str) -> str:
    return (folders.private / "lettres" / f"{name}-001.html").read_text("utf-8")


def test_everyone_has_one_letter_of_the_right_sort(
    drawn: Folders, capfd: pytest.CaptureFixture[str]
):
    assert run(["draw-jury", "letters", NAME, "--qui", "tous"]) == 0
    said = capfd.readouterr().out
    many = {kind: len(written(drawn, kind)) for kind in ("tires", "suppleants", "remplaces")}
    assert many == {"tires": 3, "suppleants": 8, "remplaces": 1}
    assert "non-tires : 0" in said
    # The screen may be a log that many read.
    assert not [row["nom"] for row in drawn.people() if row["nom"] in said]


def test_the_line_and_the_salt_give_the_number(drawn: Folders):
    assert run(["draw-jury", "letters", NAME]) == 0
    for row in written(drawn, "tires"):
        line = dict(one.split(" : ", 1) for one in row["ligne"].split("\n"))
        salt = bytes.fromhex(row["sel"].replace(" ", ""))
        assert pool.pid_of(salt, line) == row["numero"].replace(" ", "")
        assert row["sel"] in sheets(drawn, "tires")
    assert len({row["numero"] for row in written(drawn, "tires")}) == 3


def test_nobody_else_may_read_them(drawn: Folders):
    assert run(["draw-jury", "letters", NAME]) == 0
    for path in (drawn.private / "lettres").rglob("*.*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not [path for path in drawn.public.rglob("*") if "lettres" in path.name]


def test_a_replacement_has_its_two_letters(drawn: Folders):
    assert run(["draw-jury", "letters", NAME, "--remplacement", "1"]) == 0
    [left] = written(drawn, "remplacement-1-remplaces")
    [came] = written(drawn, "remplacement-1-tires")
    event = json.loads((town.EXAMPLE / "transcript.json").read_bytes())["events"][0]
    assert left["numero"].replace(" ", "") == event["out"]
    assert came["numero"].replace(" ", "") == event["in"]
    text = sheets(drawn, "remplacement-1-remplaces")
    assert "remplacement numéro 1, du 2 septembre 2023" in " ".join(text.split())
    assert "ne pas pouvoir siéger" in text


def test_a_replacement_that_was_not_is_refused(drawn: Folders, capfd: pytest.CaptureFixture[str]):
    assert run(["draw-jury", "letters", NAME, "--remplacement", "7"]) != 0
    assert "il n’y a pas eu de remplacement 7" in capfd.readouterr().err
    assert drawn.files()


@pytest.mark.parametrize("kind", texts.KINDS)
def test_every_letter_says_what_the_law_wants(drawn: Folders, kind: str):
    """ALG-02 and art. 14 RGPD, whatever the town's own text leaves out."""
    own = drawn.private / "lettres" / "textes"
    own.mkdir(parents=True)
    (own / f"{kind}.txt").write_text("Bonjour.\n")
    many = {"tires": 3, "suppleants": 8, "remplaces": 1, "non-tires": 0}[kind]
    assert run(["draw-jury", "letters", NAME, "--qui", kind]) == 0
    if not many:
        return
    text = " ".join(sheets(drawn, kind).split())
    wanted = (
        "traitement algorithmique", "administration responsable", "Il sert à",
        "droit d’en obtenir les règles",
        "principales caractéristiques", "R311-3-1-1", "délai d’un mois", "CADA",
        "Délégué ou déléguée", "Base légale", "D’où viennent vos données", "Conservation",
        "vous opposer", "CNIL",
    )  # fmt: skip
    for words in wanted:
        assert text.count(words) >= many, words
    assert text.count("<p>Bonjour.</p>") == many


def test_a_text_with_an_unknown_word_is_refused(drawn: Folders, capfd: pytest.CaptureFixture[str]):
    own = drawn.private / "lettres" / "textes"
    own.mkdir(parents=True)
    (own / "tires.txt").write_text("Bonjour $prenmo,\n")
    assert run(["draw-jury", "letters", NAME]) != 0
    assert "$prenmo" in capfd.readouterr().err
    assert not (drawn.private / "lettres" / "tires.csv").exists()


def test_no_letter_before_the_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    town.planned(town.settle(tmp_path, monkeypatch), NAME)
    assert run(["draw-jury", "letters", NAME]) != 0
    assert "n’a pas encore eu lieu" in capfd.readouterr().err


def test_no_letter_of_a_draw_that_does_not_verify(
    drawn: Folders, capfd: pytest.CaptureFixture[str]
):
    lines = (drawn.public / "pool.txt").read_text().splitlines(keepends=True)
    (drawn.public / "pool.txt").write_text("".join(lines[1:]))
    assert run(["draw-jury", "letters", NAME]) != 0
    assert "cq draw-jury verify" in capfd.readouterr().err


def test_formulas_and_tags_are_words(drawn: Folders):
    """A list comes from anywhere: a name may be a formula, or HTML."""
    from cq.jury import letters

    assert letters._line(["=1+1", "-2", "Le Goff"]) == b"'=1+1;'-2;Le Goff\r\n"
    row = {"id": "x", "nom": "<script>alert(1)</script>", "adresse": "1 & 2"}
    one = paper.Addressee(paper.address(row), ("<b>",), "ab" * 16, "cd" * 16, row)
    made = paper.letter(one, "<i>", Particulars(owner="<u>"), datetime.date(2026, 4, 2).isoformat())
    assert not re.search(r"<(script|b|i|u)>", made)
    assert drawn.files()


def test_a_missing_mention_is_seen_and_said(drawn: Folders, capfd: pytest.CaptureFixture[str]):
    assert run(["draw-jury", "letters", NAME]) == 0
    assert "base_legale" in capfd.readouterr().out
    assert "Base légale : à compléter" in " ".join(sheets(drawn, "tires").split())


def test_a_letter_names_the_criteria_that_its_line_does_not_have():
    one = paper.Addressee(("x",), (), "ab" * 16, "cd" * 16, {"id": "1"}, "", "diplôme : <bac>")
    made = " ".join(paper.letter(one, "t", Particulars(), "2026-04-02").split())
    assert "de la ligne ci-dessus ; critères du tirage : diplôme : &lt;bac&gt;." in made


def test_a_mention_that_says_to_complete_is_missing():
    known = Particulars(owner="Mairie (à compléter)", officer="À compléter", contact="a@b.example")
    assert known.missing("owner", "officer", "contact", "page") == ["owner", "officer", "page"]


@pytest.mark.parametrize(
    ("row", "home", "lines"),
    [
        (
            {"id": "1", "civilite": "Mme", "nom_de_naissance": "Roy", "nom_d_usage": "Petit",
             "prenoms": "Ève Anne", "numero_de_voie": "12 bis", "libelle_de_voie": "rue du Canal",
             "complement_d_adresse": "Bât. B", "code_postal": "75010", "commune": "Paris"},
            (),
            ("Mme Ève Anne Petit", "12 bis rue du Canal", "Bât. B", "75010 Paris"),
        ),
        (
            {"id": "1", "nom": "Roy", "prenoms": "Ève", "numero": "12", "voie": "quai Sud"},
            ("numero", "voie"),
            ("Ève Roy", "12 quai Sud"),
        ),
        (
            {"id": "1", "nom_d_usage": "", "nom": "Roy", "adresse": "1 rue A", "cp": "75010"},
            ("adresse", "cp"),
            ("Roy", "1 rue A", "75010"),
        ),
        ({"id": "1", "code": "x"}, (), ("",)),
    ],
)  # fmt: skip
def test_an_address_is_read_as_lists_have_it(
    row: dict[str, str], home: tuple[str, ...], lines: tuple[str, ...]
):
    assert paper.address(row, home) == lines


@pytest.mark.usefixtures("drawn")
def test_letters_without_an_address_are_counted(capfd: pytest.CaptureFixture[str]):
    assert run(["draw-jury", "letters", NAME, "--qui", "tous"]) == 0
    assert "12 lettres sans nom ou sans adresse" in capfd.readouterr().out.replace("\u00a0", " ")


def test_the_fragment_fills_in_the_page():
    from cq.draw.page import line_fragment

    row = {"id": "E001", "nom": "Éloïse"}
    assert line_fragment(bytes(16), row).startswith("#l=" + "0" * 32 + ".")
    assert canon.canonical(row)


def test_a_line_too_long_for_a_telephone_has_no_drawing(
    drawn: Folders, monkeypatch: pytest.MonkeyPatch
):
    assert run(["draw-jury", "letters", NAME]) == 0
    assert "<svg" in sheets(drawn, "tires")
    # segno itself takes no more than 2,953 bytes.
    monkeypatch.setattr(letters, "line_fragment", lambda *_: "#l=" + "x" * 3000)
    assert run(["draw-jury", "letters", NAME]) == 0
    assert "<svg" not in sheets(drawn, "tires")
    assert paper.fits("é" * 500)
    assert not paper.fits("é" * 501)
