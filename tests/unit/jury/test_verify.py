"""`cq draw-jury verify`: any folder, without a site, a secret or a network."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw.page import NAME
from cq.jury.folders import Entry, Folders
from tests.unit.jury.town import EXAMPLE

Cq = Callable[..., tuple[int, str]]


@pytest.fixture
def copy(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, in a folder that is no site's."""
    assert site  # where one stands first
    place = tmp_path / "ailleurs" / "copie"
    shutil.copytree(EXAMPLE, place)
    monkeypatch.chdir(tmp_path / "ailleurs")
    return place


def test_a_folder_of_no_site(copy: Path, cq: Cq) -> None:
    for typed in (str(copy), "copie", "./copie", "copie/"):
        code, said = cq("verify", typed)
        assert code == 0, said
        assert said.count("VERT") == 5


def test_each_light_that_is_red_is_named(copy: Path, cq: Cq) -> None:
    path = copy / "transcript.json"
    path.write_bytes(path.read_bytes().replace(b'"ticket":0', b'"ticket":1'))
    code, said = cq("verify", "copie")
    assert code == 1
    assert "ROUGE" in said
    assert "n’est pas conforme : tirage" in said


def test_the_fingerprint_that_was_spoken(copy: Path, cq: Cq) -> None:
    assert copy
    code, said = cq("verify", "copie", "--fingerprint", "00" * 32)
    assert code == 1, said
    assert "ROUGE" in said


@pytest.mark.parametrize("typed", ["absent", "Rien", "../.."])
def test_what_is_no_draw(typed: str, copy: Path, site: Path, cq: Cq) -> None:
    assert copy
    code, said = cq("verify", typed, "--root", str(site))
    assert code == 1, said


def test_the_journal_does_not_let_replacements_vanish(copy: Path, cq: Cq) -> None:
    folders = Folders("copie", copy, copy)
    folders.note(Entry("2026-12-06", "remplacement 1", "ab" * 32))
    code, said = cq("verify", "copie")
    assert (code, "Le journal annonce des remplacements" in said) == (1, True)


def test_a_page_that_is_another_is_said(copy: Path, cq: Cq) -> None:
    folders = Folders("copie", copy, copy)
    (copy / NAME).write_bytes(b"<p>tout va bien</p>")
    folders.note(Entry("2026-11-25", "page", "ab" * 32, NAME))
    code, said = cq("verify", "copie")
    assert (code, "ne vous y fiez pas" in said) == (1, True)
    (copy / NAME).unlink()
    code, said = cq("verify", "copie")
    assert (code, "manque" in said) == (1, True)


def test_hostile_words_command_no_terminal(copy: Path, cq: Cq) -> None:
    path = copy / "pool.txt"
    path.write_bytes(b"\x1b[2J,\n")
    Folders("copie", copy, copy).note(Entry("\x1b[2J", "annulation", "", "\x1b]0;x\x07"))
    said = cq("verify", "copie")[1]
    assert "\x1b" not in said
    assert "\x07" not in said


@pytest.mark.parametrize("data", [b"\xff\xfe", b'a,b\n"' + b"x" * 200_000 + b'"\n', b"\0\n\0"])
def test_a_journal_that_is_none(data: bytes, copy: Path, cq: Cq) -> None:
    (copy / "journal.csv").write_bytes(data)
    code, said = cq("verify", "copie")
    assert code in {0, 1}
    assert "erreur interne" not in said


def test_a_journal_that_is_none_in_the_list(site: Path, cq: Cq) -> None:
    shutil.copytree(EXAMPLE, site / "content/jurys/simple-12")
    (site / "content/jurys/simple-12/journal.csv").write_bytes(b"\xff")
    code, said = cq()
    assert (code, "journal.csv n’est pas lisible" in said) == (0, True)
