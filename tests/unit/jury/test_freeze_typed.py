"""`cq draw-jury freeze`, `plan` and `purge` as they are typed, and the questions that are asked."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cq import freeze, settings
from cq.jury.cases import REASONS
from cq.jury.folders import Folders, Refused, Step
from tests.conftest import Git
from tests.unit.jury import town

LIST = (
    "Numéro;Nom;Prénom;Date de naissance;Adresse;Sexe\r\n"
    "1;Lefèvre;Zoé;03/02/1980;3 rue A;F\r\n"
    "2;N’Diaye;Noé;12/05/2012;4 rue B;M\r\n"
    "3;Öztürk;Inès;01/01/1970;5 rue C;F\r\n"
    "4;Öztürk;Inès;01/01/1970;5 rue C;F\r\n"
    "5;Petit;Léa;1er mai 1990;6 rue D;\r\n"
)
DECLARED = ("--source", "volontaires", "--finalite", "un jury", "--detruire", "2090-01-01")
Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "volontaires.csv"
    path.write_bytes(LIST.encode("cp1252"))
    return str(path)


@pytest.fixture
def folders(site: Path) -> Folders:
    return town.folders(site, "jury-2027")


def decided(tmp_path: Path) -> str:
    path = tmp_path / "decisions.csv"
    path.write_text("genre,cas,choix,raison\ndoublon,*,premier,vu\ncritere,*,garder,vu\n", "utf-8")
    return str(path)


def test_from_a_list_to_a_plan_to_nothing(cq: Typed, file: str, folders: Folders, tmp_path: Path):
    asked = ("freeze", "jury-2027", file, "--criteres", "sexe", "--age", "16", "--le", "2027-03-01")
    code, said = cq(*asked, *DECLARED)
    assert code == 1
    assert "2\u00a0cas à décider" in said
    assert "volontaires.csv:4" in said
    code, said = cq(*asked, *DECLARED, "--decisions", decided(tmp_path))
    assert code == 0, said
    assert "Windows-1252" in said
    assert [row["id"] for row in folders.people()] == ["1", "3", "5"]
    code, said = cq("plan", "jury-2027", "--seats", "2", "--strates", "proportionnel")
    assert code == 0, said
    assert folders.step() == Step.PLANNED
    code, said = cq("plan", "jury-2027")
    assert (code, "--seats" in said) == (1, True)
    code, said = cq("purge", "jury-2027")
    assert (code, "--yes" in said) == (1, True)
    code, said = cq("purge", "jury-2027", "--yes")
    assert code == 0, said
    assert folders.step() == Step.NEW


def test_nobody_is_named_where_a_log_is_public(
    cq: Typed, file: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CI", "true")
    _, said = cq("freeze", "jury-2027", file, "--criteres", "sexe", *DECLARED)
    assert "à décider" in said
    assert not [name for name in ("Lefèvre", "Öztürk", "Petit", "rue ", "1990") if name in said]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--age", "16"), "--le AAAA-MM-JJ"),
        (("--age", "18", "--age-max", "16", "--le", "2027-03-01"), "personne n’a à la fois"),
        (("--id", "numro"), "vouliez-vous dire « numero »"),
        (("--criteres", "prénom"), "ne peut pas être un critère"),
        (("--perimetre", "adresse"), "--perimetre bureau=12,13"),
        (("--tranches", "30,16", "--le", "2027-03-01"), "--tranches 16,30,45,60"),
        (("--renommer", "x"), "attendu --renommer"),
        (("--after", "Pas Un Nom"), "n’est pas le nom d’un tirage"),
        (("--after", "autre"), "n’a pas eu lieu"),
    ],
)
def test_what_makes_no_sense_is_refused(cq: Typed, file: str, more: tuple[str, ...], words: str):
    code, said = cq("freeze", "jury-2027", file, *more, *DECLARED)
    assert code == 1
    assert words in said


def test_what_the_law_asks_is_asked(cq: Typed, file: str):
    for known, option in ((0, "--source"), (2, "--finalite"), (4, "--detruire")):
        code, said = cq("freeze", "jury-2027", file, *DECLARED[:known])
        assert (code, option in said) == (1, True), said
    code, said = cq("freeze", "jury-2027", file, *DECLARED[:5], "2001-01-01")
    assert (code, "déjà passé" in said) == (1, True)


def test_two_lists_that_both_number_from_one(cq: Typed, file: str, folders: Folders):
    code, said = cq("freeze", "jury-2027", f"A={file}", f"B={file}", *DECLARED, "--sans", "nom")
    assert (code, "à décider" in said) == (1, True), said
    code, said = cq("freeze", "jury-2027", file, file, *DECLARED)
    assert (code, "NOM=FICHIER" in said) == (1, True), said
    code, said = cq(
        "freeze", "jury-2027", f"A={file}", f"B={file}", *DECLARED, "--sans", "nom,prénom",
        "--prefixer",
    )  # fmt: skip
    assert code == 0, said
    assert [row["id"] for row in folders.people()][4:6] == ["a-5", "b-1"]


def typed(site: Path, folders: Folders, file: str, answers: list[str]) -> list[str]:
    """What is said, where `answers` are typed one after the other."""
    asked = freeze.Asked(
        files=(file,), id="", birth="", names="", address="", features="sexe", perimeter="",
        least=0, most=0, on=None, renamed=(), without="", kept="", prefixed=False, decisions=None,
        about={"source": "", "purpose": "", "notice": ""}, until=None, redo=False, after="",
        bands="",
    )  # fmt: skip
    said: list[str] = []

    def ask(question: str, default: str = "", *, fits: Callable[[str], bool], wanted: str) -> str:
        said.append(question)
        while True:
            if not answers:
                raise EOFError
            text = answers.pop(0) or default
            if fits(text):
                return text
            said.append(wanted)

    try:
        said += freeze.freeze(settings.resolve(root=site), folders, asked, ask, said.append)
    except EOFError:
        said.append("interrompu")
    return said


def test_cases_are_asked_one_by_one_and_go_on_where_they_were(
    site: Path, folders: Folders, file: str
):
    about = ["volontaires", "un jury", "bientôt", "2090-01-01"]
    said = typed(site, folders, file, [*about, "tous", "3", "la même"])
    assert said[-1] == "interrompu"
    assert "l’un de ces choix" in said
    assert any("Öztürk" in line for line in said)
    assert "  « garder » : elle reste, comptée sous « non renseigné »" in said
    said = typed(site, folders, file, [*about, "garder", "elle l’a dit"])
    assert not any("Öztürk" in line for line in said)
    assert [row["id"] for row in folders.people()] == ["1", "2", "3", "5"]
    assert folders.people()[-1]["sexe"] == "non renseigné"


def test_a_mac_s_accents_are_read_as_others(cq: Typed, tmp_path: Path, folders: Folders):
    path = tmp_path / "re\u0301serve.csv"
    path.write_text("id\n1\n2\n", "utf-8")
    code, said = cq("freeze", "jury-2027", str(path), *DECLARED, "--information", "e\u0301crit")
    assert code == 0, said
    assert folders.frozen()["lists"][0]["label"] == "réserve"
    assert folders.frozen()["about"]["notice"] == "écrit"


def test_a_list_is_read_to_its_end_or_not_at_all(
    cq: Typed, file: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(freeze, "MOST_BYTES", len(LIST) - 1)
    code, said = cq("freeze", "jury-2027", file, *DECLARED)
    assert (code, "rien n’en est lu" in said) == (1, True), said


def test_no_list_lies_where_git_or_the_site_would_take_it(
    cq: Typed, file: str, site: Path, folders: Folders, git: Git
):
    among = site / "content" / "volontaires.csv"
    shutil.copy(file, among)
    code, said = cq("freeze", "jury-2027", str(among), *DECLARED)
    assert (code, "parmi les contenus" in said) == (1, True), said
    git(site, "init", "--quiet")
    beside = site / "volontaires.csv"
    among.rename(beside)
    code, said = cq("freeze", "jury-2027", str(beside), *DECLARED)
    assert (code, "dépôt git" in said) == (1, True), said
    assert f"mv {beside}" in said
    code, said = cq("freeze", "jury-2027", file, *DECLARED, "--decisions", str(beside))
    assert (code, "dépôt git" in said) == (1, True), said
    (site / ".gitignore").write_text("*.csv\n", "utf-8")
    code, said = cq("freeze", "jury-2027", str(beside), *DECLARED)
    assert "à décider" in said
    assert folders.step() == Step.NEW


def test_every_case_says_what_its_choices_mean():
    assert set(freeze._MEANING) == {*REASONS} - {"age", "retrait"}


def test_more_lists_than_anyone_has_are_refused(site: Path, folders: Folders, file: str):
    with pytest.raises(Refused, match="plus de 20"):
        freeze._given(settings.resolve(root=site), (file,) * 30)
    assert folders.step() == Step.NEW
