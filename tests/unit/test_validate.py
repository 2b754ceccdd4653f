"""`cq validate` as it is called: exit codes, what CI may see, what changed, what is repaired."""

import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from cq.console import FORMATS, Screen
from cq.content.check import concerning, grouped
from cq.diagnostic import Diagnostic, Edit, Label, Span, error, note, warning
from cq.explain import alike, explain
from cq.repair import mended, plan, repaired
from cq.selection import Misused, only

Run = Callable[..., subprocess.CompletedProcess[str]]
Site = Callable[[str], Path]
HIDDEN = "girafe-olive"
KEYS = ["code", "severity", "path", "line", "column", "message", "hints"]


@pytest.fixture
def private(site: Site) -> Path:
    """A site with faults in a public page and in two private ones."""
    root = site("minimal")
    for path, text in {
        "pages/a.md": "# A\n\n[x](nulle-part.md)\n",
        f"prive/wiki/{HIDDEN}.md": f"# {HIDDEN}\n\n[{HIDDEN}]({HIDDEN}-bis.md)\n",
        f"prive/wiki/{HIDDEN}-2.md": f"---\ntitre : {HIDDEN}\n---\nTexte.\n",
    }.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


@pytest.mark.parametrize("form", FORMATS)
def test_in_ci_neither_path_nor_text_of_a_private_file_is_shown(
    private: Path, run_cq: Run, form: str
) -> None:
    done = run_cq("validate", "--root", private, "--format", form, env={"CI": "true"})
    assert done.returncode == 1
    assert HIDDEN not in done.stdout + done.stderr
    assert "espace conseillers" in done.stdout
    assert "broken-link" in done.stdout
    assert "nulle-part.md" in done.stdout
    assert "prive/" not in done.stdout


def test_in_ci_on_request_and_at_home_it_is_shown(private: Path, run_cq: Run) -> None:
    for arguments, env in ((["--private"], {"CI": "true"}), ([], {})):
        done = run_cq("validate", "--root", private, *arguments, env=env)
        assert f"content/prive/wiki/{HIDDEN}.md:3:1" in done.stdout


@pytest.mark.parametrize("more", [[], ["--yes"]])
def test_in_ci_a_repair_shows_nothing_private(private: Path, run_cq: Run, more: list[str]) -> None:
    done = run_cq("validate", "--root", private, "--fix", *more, env={"CI": "true"})
    assert HIDDEN not in done.stdout + done.stderr
    mended_now = (private / f"content/prive/wiki/{HIDDEN}-2.md").read_text()
    assert mended_now.startswith("---\ntitre: " if more else "---\ntitre : ")


def test_the_second_place_of_a_public_finding_is_veiled_too(tmp_path: Path) -> None:
    out = io.StringIO()
    screen = Screen(out, tmp_path, colour=False, veiled=True)
    label = Label(Span(PurePosixPath(f"content/prive/{HIDDEN}.md")), "ici")
    screen.show(
        [error("x", "deux fois", Span(PurePosixPath("content/a.md")), HIDDEN, labels=(label,))],
        "human",
    )
    assert HIDDEN not in out.getvalue()


HOSTILE = "\x1b[31mrouge\x1b]0;titre\x07 \u202e\u2028\x85\x9b1m\n::error::x\r\n##[error]x %0A, :: "


def hostile() -> Diagnostic:
    span = Span(PurePosixPath("content/a\x1b[2J,b:c\n::error::y.md"), 1, 2, 3)
    return error("x", HOSTILE, span, HOSTILE, labels=(Label(span, HOSTILE),))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_hostile_reaches_a_terminal_or_a_forge(tmp_path: Path, form: str) -> None:
    out = io.StringIO()
    Screen(out, tmp_path, colour=False, veiled=False).show([hostile()], form)
    said = out.getvalue()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", said)
    commands = [line for line in said.split("\n") if line.strip().startswith(("::", "##["))]
    if form == "github":
        assert len(commands) == 1
        assert commands[0].startswith("::error file=content/a·[2J%2Cb%3Ac%0A%3A%3Aerror%3A%3Ay.md,")
    else:
        assert not commands
    if form != "human":
        assert said.count("\n") == 1


def test_json_is_one_object_a_line_with_these_keys(tmp_path: Path) -> None:
    out = io.StringIO()
    one = note("n", "été « a » 👩", Span(PurePosixPath("content/é.md"), 2, 3), "b\nc")
    Screen(out, tmp_path, colour=False, veiled=False).show([hostile(), one], "json")
    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert list(first) == list(second) == KEYS
    assert first["message"] == HOSTILE
    assert second == {
        "code": "n", "severity": "note", "path": "content/é.md", "line": 2, "column": 3,
        "message": "été « a » 👩", "hints": ["b\nc"],
    }  # fmt: skip
    assert "été" in out.getvalue()


def test_colours_only_where_asked_for(tmp_path: Path) -> None:
    out = io.StringIO()
    Screen(out, tmp_path, colour=True, veiled=False).show([hostile()], "human")
    assert set(re.findall(r"\x1b\[[0-9;]*[A-Za-z]", out.getvalue())) == {"\x1b[31m", "\x1b[0m"}


def at(path: str, line: int = 1, message: str = "m") -> Diagnostic:
    return warning("c", message, Span(PurePosixPath(f"content/{path}"), line), "h")


def test_the_same_fault_in_many_files_is_one_message() -> None:
    few = [at("a"), at("b"), at("c"), at("c", 2)]
    assert grouped(few) == tuple(few)
    many = [*few, at("d", 7), at("d", 7, "autre")]
    first, other = grouped(many)
    assert first.span == many[0].span
    assert first.hints[0] == "h"
    assert first.hints[1].split("\n")[1:] == ["content/b:1", "content/c:1", "content/c:2",
                                              "content/d:7"]  # fmt: skip
    assert other.message == "autre"


def test_a_list_without_end_is_cut() -> None:
    (one,) = grouped([at(str(number)) for number in range(1000)])
    assert len(one.hints[1].split("\n")) < 60
    assert "et 949 autres" in one.hints[1]


def test_findings_that_a_change_answers_for() -> None:
    label = Label(Span(PurePosixPath("content/a.md")), "ici")
    far = error("x", "y", Span(PurePosixPath("content/z.md")), labels=(label,))
    found = [at("a.md"), at("b.md", message="« ancienne » ne mène à rien"), at("c.md"), far,
             at("prive/d.md")]  # fmt: skip
    altered, gone = frozenset({"content/a.md", "content/prive"}), frozenset({"content/ancienne.md"})
    assert concerning(found, altered, gone) == (found[0], found[1], found[3], found[4])


def test_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/a.md").write_text("a")
    (tmp_path / "themes").mkdir()
    (tmp_path / "build").mkdir()
    found = (at("pages/a.md"), at("wiki/b.md"))
    monkeypatch.chdir(tmp_path / "content")
    for path in ("pages", "pages/a.md", "content/pages", tmp_path / "content/pages/../pages"):
        assert only(found, [Path(path)], tmp_path) == found[:1]
    for path in (".", "..", tmp_path):
        assert only(found, [Path(path)], tmp_path) == found
    assert only(found, [Path("../themes")], tmp_path) == ()
    for path in ("rien", "/", "../build", "../..", "x" * 5000, "\x1b[2J"):
        with pytest.raises(Misused) as refused:
            only(found, [Path(path)], tmp_path)
        assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--format", "xml"], 2, "human, short, json, github"),
        (["--yes"], 2, "--fix"),
        (["content/rien"], 2, "n’existe pas"),
        (["--since", "HEAD"], 3, "dépôt git"),
        (["--since", "--help"], 2, "révision"),
        (["--explain", "broken-lnik"], 2, "« broken-link »"),
        (["--explain", "broken-link"], 0, "ne mène à aucune page"),
        ([], 0, "2 fichiers lus : 1 avertissement, 1 note"),
    ],
)
def test_exit_codes(site: Site, run_cq: Run, arguments: list[str], code: int, words: str) -> None:
    done = run_cq("validate", *arguments, cwd=site("minimal"))
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("name", "value"), [("CQ_TODAY", "demain"), ("CQ_JOBS", "0")])
def test_a_variable_that_cannot_be_read(site: Site, run_cq: Run, name: str, value: str) -> None:
    done = run_cq("validate", cwd=site("minimal"), env={name: value})
    assert done.returncode == 2
    assert f"cq : {name} : « {value} »" in done.stderr


def test_explanations_are_plain() -> None:
    words = explain(" Broken-Link ") or ""
    assert words.startswith("broken-link\n===========\n\nErreur : ")
    assert not re.search(r"\*\*|```|`", words)
    assert explain("rien") is None
    assert alike("borken-link") == ["broken-link"]


def test_edits_that_overlap_wait() -> None:
    edits = [
        Edit(1, 1, 1, 3, "X"),
        Edit(1, 2, 1, 4, "Y"),
        Edit(2, 1, 2, 1, "Z"),
        Edit(9, 9, 1, 1, ""),
    ]
    assert repaired("abcd\nef", edits) == "Xcd\nZef"


PATH = PurePosixPath("content/pages/a.md")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("---\ntitre : A\n---\nTexte.\n", "---\ntitre: A\n---\nTexte.\n"),
        ("\ufeff---\r\ntitre : A\r\n---\r\nB\r\n", "\ufeff---\r\ntitre: A\r\n---\r\nB\r\n"),
        ("---\rtitre : A\r---\rB\r", "---\rtitre: A\r---\rB\r"),
        ("e\u0301te\u0301\n", "été\n"),
        ("---\ntitre: Été\n---\nÀ l’œuvre", "---\ntitre: Été\n---\nÀ l’œuvre"),
    ],
)
def test_mended(old: str, new: str) -> None:
    assert mended(old.encode(), PATH).decode() == new


def test_another_encoding_is_converted() -> None:
    text = "---\r\ntitre: L’été à l’école\r\n---\r\nDéjà vu, là-bas.\r\n"
    assert mended(text.encode("cp1252"), PATH).decode() == text


def test_what_is_no_text_is_left_alone() -> None:
    for data in (b"\x00\xff\xfe\x01", b"%PDF-1.4\xff\n", b"\xff\xd8\xff\xe0"):
        assert mended(data, PATH) == data


def test_a_repair_that_would_change_a_value_is_not_made(tmp_path: Path) -> None:
    """An edit that is wrong in itself: the file is read again, and kept."""
    file = tmp_path / PATH
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitre : A\n---\nTexte.\n")
    (sound,) = plan([note("x", "y", Span(PATH), fixes=(Edit(2, 1, 2, 1, ""),))], tmp_path)
    assert sound.kept == ""
    from cq import repair as door

    assert door._doubt(sound.old, sound.new.replace(b"A", b"B"), PATH) == "ses valeurs changeraient"
    assert door._doubt(sound.old, sound.new + b"\nPlus.\n", PATH) == "son texte changerait"


def test_a_repair_keeps_the_file_s_rights(site: Site, run_cq: Run) -> None:
    root = site("minimal")
    file = root / "content/pages/a.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("---\ntitre : A\n---\nTexte.\n")
    file.chmod(0o640)
    done = run_cq("validate", "--fix", "--yes", cwd=root)
    assert done.returncode == 0, done.stderr
    assert file.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in file.parent.iterdir()] == ["a.md"]
    assert run_cq("validate", "--fix", cwd=root).stdout.startswith("rien à réparer")
