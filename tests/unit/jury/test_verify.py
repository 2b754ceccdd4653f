"""`cq draw-jury verify`: any folder, without a site, a secret or a network."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw import canon
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


def test_the_journal_does_not_let_a_draw_vanish(copy: Path, cq: Cq) -> None:
    folders = Folders("copie", copy, copy)
    said = json.loads((copy / "transcript.json").read_bytes())
    folders.note(Entry("2026-12-05", "tirage", said["seed"]))
    folders.note(
        Entry("2026-12-06", "remplacement 1", canon.digest(
            "event", canon.canonical(said["events"][0])).hex())
    )  # fmt: skip
    assert cq("verify", "copie")[0] == 0
    for name in ("transcript.json", "sources.json"):
        (copy / name).rename(copy / f"{name}.bak")
    code, text = cq("verify", "copie")
    assert (code, "Le journal dit que ce tirage a eu lieu" in text) == (1, True)
    for name in ("transcript.json", "sources.json"):
        (copy / f"{name}.bak").rename(copy / name)
    folders.note(Entry("2026-12-07", "tirage", "ab" * 32))
    code, text = cq("verify", "copie")
    assert (code, "Le journal annonce une autre graine" in text) == (1, True)


def _instead(path: Path, what: str) -> None:
    path.unlink()
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "link to nothing":
        path.symlink_to("nulle-part")
    elif what == "device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as stream:  # a hole: nothing of it is on the disk
            stream.truncate(300_000_000)


@pytest.mark.parametrize("what", ["folder", "pipe", "link to nothing", "device", "hole"])
@pytest.mark.parametrize(
    ("names", "light"),
    [
        (("transcript.json", "sources.json"), "graine"),
        (("sources.json",), "graine"),
        (("pool.txt",), "liste"),
        (("commitment.json",), "liste"),
    ],
)
def test_what_is_no_file_is_not_a_file_that_is_missing(
    what: str, names: tuple[str, ...], light: str, copy: Path, cq: Cq
) -> None:
    """Else a draw whose result nobody can read would look like one that is still to come."""
    for name in names:
        _instead(copy / name, what)
    code, said = cq("verify", "copie")
    assert (code, f"n’est pas conforme : {light}" in said) == (1, True), said


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
