"""The history that is kept: what git is asked for, and that a short way ends where the long one."""

import random  # noqa: TID251 - with a seed of its own
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cq import history
from cq.ledger import Ledger
from cq.repository import log as door
from tests.unit import petit_bourg
from tests.unit.annals import NOON, Commit, tell

Git = Callable[..., str]
TODAY = "2026-11-22"
A, B = "content/wiki/a.md", "content/wiki/b.md"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    kept = Ledger(tmp_path / "cache/ledger.sqlite", "x")
    yield kept
    kept.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From which commit on git was asked, "" for all."""
    since: list[str] = []
    look = door.log

    def noted(root: Path, where: object, after: str = "") -> door.Log | None:
        since.append(after)
        return look(root, where, after)  # type: ignore[arg-type]

    monkeypatch.setattr(door, "log", noted)
    return since


def read(top: Path, ledger: Ledger) -> history.Known:
    return history.known(top, ledger, history.where(top))


def fresh(top: Path, folder: Path) -> dict[str, str]:
    """What an empty memory comes to know."""
    kept = Ledger(folder / "ledger.sqlite", "x")
    try:
        return read(top, kept).rows
    finally:
        kept.close()


def test_git_is_asked_once(tmp_path: Path, git: Git, ledger: Ledger, asked: list[str]) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"})])
    first = read(top, ledger)
    assert read(top, ledger) == first
    assert asked == [""]
    assert list(first.rows) == [A]
    assert first.whole


def test_then_only_for_what_is_new(
    tmp_path: Path, git: Git, ledger: Ledger, asked: list[str]
) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a", B: "a"})])
    old = read(top, ledger)
    tell(git, top, [Commit({A: "b"}, when=NOON + 60), Commit({A: "c"}, when=NOON - 60)])
    new = read(top, ledger)
    assert asked[0] == ""
    assert len(asked) == 2
    assert asked[1]
    assert new.rows == fresh(top, tmp_path / "fresh") != old.rows
    assert new.newest == NOON + 60


def test_the_short_way_ends_where_the_long_one(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    """Branches, merges, clocks that go backwards, branches thrown away: forty times."""
    chance = random.Random(20261122)  # noqa: S311
    top = tell(git, tmp_path / "top", [Commit({A: "0", B: "0"})])
    for round_ in range(40):
        commits = []
        for number in range(chance.randrange(1, 4)):
            branch = chance.choice(["main", "main", "mien"])
            known = git(top, "branch", "--list", "mien").strip()
            merges = "mien" if branch == "main" and known and chance.random() < 0.4 else ""
            path = chance.choice([A, B, "content/prive/c.md", "x"])
            text = chance.choice([None, f"{round_} {number}", "0"])
            when = NOON + chance.randrange(-9999, 99999)
            commits.append(Commit({path: text}, f"n{number}", when, branch, merges))
        tell(git, top, commits)
        if chance.random() < 0.15:
            git(top, "reset", "--hard", "HEAD~1")
        assert read(top, ledger).rows == fresh(top, tmp_path / f"fresh{round_}")


def test_a_clone_that_is_completed_is_read_again(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}), Commit({A: "b"}, when=NOON + 60)])
    git(tmp_path, "clone", "--depth", "1", f"file://{top}", "clone")
    cut = read(tmp_path / "clone", ledger)
    assert (cut.rows, cut.whole) == ({}, False)
    assert "--unshallow" in cut.lacks
    git(tmp_path / "clone", "fetch", "--unshallow")
    whole = read(tmp_path / "clone", ledger)
    assert whole.rows == fresh(top, tmp_path / "fresh")
    assert (whole.whole, whole.lacks) == (True, "")


def test_no_address_is_kept(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}), Commit({B: "a"})])
    read(top, ledger)
    for file in ledger.file.parent.iterdir():
        assert b"courriel.example" not in file.read_bytes()


def test_what_is_lacking_is_said(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    assert "pas dans un dépôt" in read(tmp_path, ledger).lacks
    git(tmp_path, "init", "top")
    assert "rien n’est encore enregistré" in read(tmp_path / "top", ledger).lacks
    assert read(tmp_path / "top", ledger).rows == {}


@pytest.mark.parametrize("inner", ["content", "content/wiki"])
def test_pages_of_another_repository_are_said(
    inner: str, tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    """They cannot be added to the site's: not « git add »."""
    top = tell(git, tmp_path / "top", [Commit({A: "a"}), Commit({A: None})])
    tell(git, top / inner, [Commit({A.removeprefix(f"{inner}/"): "# A\n"})])
    made = petit_bourg.content({"site.yml": petit_bourg.SITE, "wiki/a.md": "# A\n\nx\n"}, TODAY)
    past = read(top, ledger)
    (line,) = history.said(past, made.with_past(past.rows, whole=True), top)
    assert "1\u00a0page est dans un autre dépôt git" in line
    assert f"({inner})" in line
    shutil.rmtree(top / ".git")
    ledger.forget()
    past = read(top, ledger)
    (line,) = history.said(past, made.with_past(past.rows, whole=True), top)
    assert f"({inner})" in line


def test_a_repository_that_git_refuses_is_asked_again(
    tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"})])
    (top / ".git/config").rename(tmp_path / "config")
    (top / ".git/config").write_text("[core\n")
    broken = read(top, ledger)
    assert (broken.mark, broken.rows) == ("", {})
    assert "git ne peut pas ouvrir ce dépôt : fatal: bad config" in broken.lacks
    (tmp_path / "config").rename(top / ".git/config")
    assert list(read(top, ledger).rows) == [A]
