"""The pass of `git log`: every change of a public text, whatever a repository holds."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cq.repository import log as door
from cq.repository.head import standing
from cq.repository.log import Change, Log, log
from tests.unit.annals import NOON, Commit, tell

Git = Callable[..., str]
A, B = "content/wiki/a.md", "content/wiki/b.md"


def read(top: Path, since: str = "") -> Log:
    where = standing(top)
    assert where is not None
    found = log(top, where, since)
    assert found is not None
    return found


def told(changes: list[Change]) -> list[tuple[str, str, str]]:
    """(path, name, whether it is removed), newest first."""
    return [(one.path, one.name, "" if one.blob else "-") for one in changes]


def test_changes_newest_first(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [
        Commit({A: "a", "lisezmoi.md": "x"}, "Un"), Commit({A: "b", B: "b"}, "Deux", NOON + 60),
        Commit({A: None}, "Trois", NOON + 120), Commit({"lisezmoi.md": "y"}),
    ])  # fmt: skip
    found = read(top)
    assert told(found.changes) == [(A, "Trois", "-"), (A, "Deux", ""), (B, "Deux", ""),
                                   (A, "Un", "")]  # fmt: skip
    assert [one.when for one in found.changes] == [NOON + 120, NOON + 60, NOON + 60, NOON]
    assert found.changes[1].blob == git(top, "rev-parse", f"HEAD~2:{A}").strip()
    assert found.whole


def test_a_site_below_the_top(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({f"site/{A}": "a", A: "x", f"autre/{A}": "y"})])
    assert told(read(top / "site").changes) == [(A, "Camille Exemple", "")]


def test_nothing_private_is_read(tmp_path: Path, git: Git) -> None:
    """At no commit: what was private once, is private now, or hides behind capitals."""
    top = tell(git, tmp_path / "top", [
        Commit({"content/prive/wiki/a.md": "s", "content/quartiers/un/prive/x.md": "s",
                "content/wiki/PRIVE/x.md": "s", "content/wiki/Prive/b/c.md": "s",
                "content/prive.md": "p"}, "Un"),
        Commit({"content/prive/wiki/a.md": None, A: "s"}, "Deux", NOON + 60),
        Commit({"content/prive/wiki/a.md": "s", A: None}, "Trois", NOON + 120),
    ])  # fmt: skip
    assert told(read(top).changes) == [(A, "Trois", "-"), (A, "Deux", ""),
                                       ("content/prive.md", "Un", "")]  # fmt: skip


def test_a_merge_repeats_what_its_branch_brought(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [
        Commit({A: "a"}, "Un"),
        Commit({A: "b"}, "Deux", NOON + 60, branch="mien"),
        Commit({B: "b"}, "Trois", NOON + 120),
        Commit({A: "b"}, "Quatre", NOON + 180, merges="mien"),
    ])  # fmt: skip
    found = read(top).changes
    assert [(one.name, one.merge, one.path) for one in found] == [
        ("Quatre", True, A), ("Trois", False, B), ("Deux", False, A), ("Un", False, A),
    ]  # fmt: skip
    assert found[0].blob == found[2].blob


def test_only_what_is_new(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}, "Un")])
    old = git(top, "rev-parse", "HEAD").strip()
    before = read(top).changes
    tell(git, top, [Commit({A: "b"}, "Deux", NOON - 999), Commit({B: "b"}, "Trois", NOON - 9999)])
    assert told(read(top, old).changes) == [(B, "Trois", ""), (A, "Deux", "")]
    assert [*read(top, old).changes, *before] == read(top).changes


def test_no_short_way_over_a_merge_or_from_elsewhere(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"})])
    old = git(top, "rev-parse", "HEAD").strip()
    tell(git, top, [Commit({B: "b"}, branch="mien"), Commit({A: "c"}),
                    Commit({B: "b"}, merges="mien")])  # fmt: skip
    where = standing(top)
    assert where is not None
    assert log(top, where, old) is None
    assert log(top, where, git(top, "rev-parse", "mien").strip()) is None
    assert log(top, where, "1" * 40) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Zoé Nuñez", "Zoé Nuñez"),
        ("\udce9t\udce9", "�t�"),  # bytes that are no UTF-8
        ("a\x01\x1b[31mb\u202ec\u200bd\te", "a [31mb c d e"),
        ("x" * 5000, "x" * 100),
        ("--exec=touch ran", "--exec=touch ran"),
        ("", ""),
    ],
)
def test_names(written: str, name: str, tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}, written)])
    assert [one.name for one in read(top).changes] == [name]


def test_names_in_other_encodings(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [
        Commit({A: "a"}, "Zo\udce9", encoding="ISO-8859-1"),
        Commit({A: "b"}, "Zo\udce9", NOON + 60, encoding="X-RIEN"),
    ])  # fmt: skip
    assert [one.name for one in read(top).changes] == ["Zo�", "Zoé"]


def test_no_mailmap_gives_ones_words_to_another(tmp_path: Path, git: Git) -> None:
    """Neither one that came with a proposal, nor one of the machine."""
    top = tell(git, tmp_path / "top", [Commit({A: "a"}, "cex"), Commit({B: "b"}, "Camille")])
    (tmp_path / "else").write_text("Faux <secret-1@courriel.example>\n")
    git(top, "config", "mailmap.file", str(tmp_path / "else"))
    git(top, "config", "log.mailmap", "true")
    (top / ".mailmap").write_text("Dominique <secret-2@courriel.example>\n")
    assert [one.name for one in read(top).changes] == ["Camille", "cex"]


@pytest.mark.parametrize("name", ["--all.md", "-n1.md", ":(top)x.md", "a b.md", 'é".md', "*.md"])
def test_names_of_files(name: str, tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({f"content/wiki/{name}": "a"})])
    assert [one.path for one in read(top).changes] == [f"content/wiki/{name}"]


def test_lines_and_colons_in_names_of_files(tmp_path: Path, git: Git) -> None:
    (tmp_path / "top/content").mkdir(parents=True)
    git(tmp_path / "top", "init")
    for name in ("a\nb.md", "\n:x.md", ":100644 100644 a b M.md"):
        (tmp_path / "top/content" / name).write_text("x")
    git(tmp_path / "top", "add", "-A")
    git(tmp_path / "top", "commit", "-m", "x")
    assert {one.path for one in read(tmp_path / "top").changes} == {
        "content/a\nb.md", "content/\n:x.md", "content/:100644 100644 a b M.md",
    }  # fmt: skip


def test_links_other_files_and_odd_names_are_left_out(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [
        Commit({A: "a", B: "@a.md", "content/x.pdf": "x", "content/\udcff.md": "x"}),
    ], checkout=False)  # fmt: skip
    assert [one.path for one in read(top).changes] == [A]


@pytest.mark.parametrize(
    ("when", "read_as"), [(0, 0), (1 << 36, 1 << 36), (1 << 62, 1 << 37), (99_999_999_999, 1 << 36)]
)
def test_dates(when: int, read_as: int, tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}, when=when)], checkout=False)
    (one,) = read(top).changes
    assert one.when == read_as or 0 <= one.when <= 1 << 37


def test_a_shallow_clone_knows_nothing_of_its_end(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [
        Commit({A: "a", B: "b"}, "Un"), Commit({A: "b"}, "Deux", NOON + 60),
        Commit({A: "c"}, "Trois", NOON + 120),
    ])  # fmt: skip
    git(tmp_path, "clone", "--depth", "2", f"file://{top}", "clone")
    found = read(tmp_path / "clone")
    assert told(found.changes) == [(A, "Trois", "")]
    assert not found.whole


def test_the_oldest_changes_are_left_out_of_an_endless_history(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: f"{n}"}, when=NOON + n) for n in range(50)])
    monkeypatch.setattr(door, "_MOST_CHANGES", 20)
    found = read(top)
    assert len(found.changes) == 20
    assert found.changes[0].when == NOON + 49
    assert not found.whole


def test_no_program_of_the_repository_runs(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}), Commit({A: "b"}, when=NOON + 1)])
    ran, spy = tmp_path / "ran", tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    spy.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "diff.spy.textconv",
                "diff.spy.command", "gpg.program", "pager.log"):  # fmt: skip
        git(top, "config", key, str(spy))
    for key, value in {"log.showSignature": "true", "log.follow": "true", "diff.renames": "copies",
                       "log.diffMerges": "off", "format.pretty": "%B", "log.date": "relative",
                       "diff.orderFile": "/nowhere", "diff.noprefix": "true",
                       "color.ui": "always", "log.decorate": "full"}.items():  # fmt: skip
        git(top, "config", key, value)
    (top / ".gitattributes").write_text("*.md diff=spy\n")
    assert len(read(top).changes) == 2
    assert not ran.exists()


def test_what_the_history_was_replaced_by_does_not_count(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}, "Un")])
    tell(git, top, [Commit({A: "z"}, "Faux", branch="autre")])
    git(top, "replace", "main", "autre")
    assert told(read(top).changes) == [(A, "Un", "")]


def test_parents_that_somebody_wrote_here_do_not_count(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}, "Un"), Commit({A: "b"}, "Deux")])
    (top / ".git/info").mkdir(exist_ok=True)
    (top / ".git/info/grafts").write_text(git(top, "rev-parse", "main"))
    assert len(git(top, "rev-list", "main").split()) == 1
    assert told(read(top).changes) == [(A, "Deux", ""), (A, "Un", "")]
