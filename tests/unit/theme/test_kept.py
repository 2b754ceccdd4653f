"""Delivered templates are compiled once for a program; a doubt about what is kept costs time."""

import sys
from pathlib import Path

import pytest

from cq.theme import Theme
from cq.theme.environment import environment, get_ready
from cq.theme.kept import Compiled

CODE = compile("1 + 1", "page.html", "eval")


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Python's own caches are elsewhere in these tests: nothing beside the program is touched."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr("cq.theme.environment._READY", {})
    return tmp_path


def kept(folder: Path) -> list[Path]:
    """Ours alone: Python keeps there what a test happens to import."""
    return list(folder.rglob("delivered-templates*"))


def keep(program: str = "p", name: str = "page.html", text: str = "t") -> None:
    compiled = Compiled(program)
    compiled.put(name, text, CODE)
    compiled.keep()


def theme(text: str, *, own: bool = False) -> Theme:
    return Theme("default", {"p.html": text}, {}, text, "d", {"p.html": "themes/x"} if own else {})


def test_what_is_kept_is_found_by_the_next_run(folder: Path) -> None:
    keep()
    assert Compiled("p").get("page.html", "t") == CODE
    assert len(kept(folder)) == 1


def test_what_one_run_adds_leaves_the_rest() -> None:
    keep(name="one.html")
    keep(name="two.html")
    assert Compiled("p").get("one.html", "t") == CODE
    assert Compiled("p").get("two.html", "t") == CODE


def test_another_program_text_or_template_is_not_answered() -> None:
    keep()
    assert Compiled("q").get("page.html", "t") is None
    assert Compiled("p").get("page.html", "u") is None
    assert Compiled("p").get("other.html", "t") is None


def test_a_damaged_file_is_as_none(folder: Path) -> None:
    keep()
    (file,) = kept(folder)
    whole = file.read_bytes()
    for at in range(len(whole)):
        file.write_bytes(whole[:at])
        assert Compiled("p").get("page.html", "t") is None, at
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert Compiled("p").get("page.html", "t") is None, at
    keep()
    assert Compiled("p").get("page.html", "t") == CODE


def test_a_folder_that_cannot_be_written_to_is_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").touch()
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "file"))
    keep()
    assert kept(folder) == []


def test_a_write_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", full)
    keep()
    assert kept(folder) == []


def test_python_told_to_write_no_code_is_obeyed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    get_ready(theme("{{ vue }}"), "p")
    assert kept(folder) == []


def test_a_kept_template_makes_the_same_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered = theme("{{ vue }} : {{ 'Été'|ancre }}")
    get_ready(delivered, "p")
    first = environment(delivered, "p").get_template("p.html").render(vue="<b>")
    monkeypatch.setattr("cq.theme.environment._READY", {})
    monkeypatch.setattr("jinja2.Environment.compile", None)  # nothing is compiled again
    assert environment(delivered, "p").get_template("p.html").render(vue="<b>") == first
    assert first == "&lt;b&gt;\u00a0: ete"
    assert len(kept(folder)) == 1


def test_a_template_of_the_site_is_never_kept(folder: Path) -> None:
    get_ready(theme("{{ vue }} du site", own=True), "p")
    assert kept(folder) == []


def test_a_template_of_the_site_gets_nothing_that_is_kept() -> None:
    """Not even of the same name and text: what stands for it would be another's."""
    delivered, own = theme("{{ vue }}"), theme("{{ vue }}", own=True)
    get_ready(delivered, "p")
    for places, found in ((delivered, True), (own, False)):
        cache = environment(Theme("d", {"o": ""}, {}, "", "", places.places), "p").bytecode_cache
        assert cache is not None
        bucket = cache.get_bucket(environment(own), "p.html", "p.html", "{{ vue }}")
        assert (bucket.code is not None) is found


def test_a_faulty_template_is_not_kept(folder: Path) -> None:
    get_ready(theme("{% if %}"), "p")
    assert kept(folder) == []
