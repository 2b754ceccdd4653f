"""The history that is kept: what git is asked for, and that a short way ends where the long one."""

import random  # noqa: TID251 - with a seed of its own
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cq import history
from cq.ledger import Damaged, Ledger
from cq.repository import log as door
from cq.whereabouts import where
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

    def noted(root: Path, at: object, after: str = "", place: str = "") -> door.Log | None:
        since.append(after)
        return look(root, at, after, place)  # type: ignore[arg-type]

    monkeypatch.setattr(door, "log", noted)
    return since


def read(top: Path, ledger: Ledger) -> history.Known:
    return history.known(top, ledger, where(top))


def lacks(past: history.Known) -> str:
    """What the site's own repository lacks."""
    return past.parts[0].lacks


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
    assert "--unshallow" in lacks(cut)
    git(tmp_path / "clone", "fetch", "--unshallow")
    whole = read(tmp_path / "clone", ledger)
    assert whole.rows == fresh(top, tmp_path / "fresh")
    assert (whole.whole, lacks(whole)) == (True, "")


def test_no_address_is_kept(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"}), Commit({B: "a"})])
    read(top, ledger)
    for file in ledger.file.parent.iterdir():
        assert b"courriel.example" not in file.read_bytes()


def test_what_is_lacking_is_said(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    assert "pas dans un dépôt" in lacks(read(tmp_path, ledger))
    git(tmp_path, "init", "top")
    assert "rien n’est encore enregistré" in lacks(read(tmp_path / "top", ledger))
    assert read(tmp_path / "top", ledger).rows == {}


@pytest.mark.parametrize("inner", ["content", "content/wiki"])
def test_a_repository_inside_the_site_tells_of_its_own_texts(
    inner: str, tmp_path: Path, git: Git, ledger: Ledger, asked: list[str]
) -> None:
    """And it alone: what the site's repository says of the same path is another text's past."""
    top = tell(git, tmp_path / "top", [Commit({A: "a", "lisezmoi": "x"}, when=NOON - 60)])
    first = read(top, ledger).rows
    tell(git, top / inner, [Commit({A.removeprefix(f"{inner}/"): "# A\n"})])
    made = petit_bourg.content({"site.yml": petit_bourg.SITE, "wiki/a.md": "# A\n\nx\n"}, TODAY)
    paths = [item.path for item in made.items]
    past = history.known(top, ledger, where(top, paths))
    assert list(past.rows) == [A]
    assert past.rows != first
    assert list(history.said(past, made.with_past(past.rows))) == []
    assert asked == ["", ""]
    moved = tell(git, top / inner, [Commit({A.removeprefix(f"{inner}/"): "# B\n"}, when=NOON + 60)])
    again = history.known(top, ledger, where(top, paths))
    assert len(made.with_past(again.rows).past[A].versions) == 2
    assert asked[2:] == [git(moved, "rev-parse", "HEAD~1").strip()]
    # Neither has moved, nor is the one forgotten while it is there.
    assert history.known(top, ledger, where(top, paths)) == again
    assert len(asked) == 3
    shutil.rmtree(top / inner / ".git")
    assert history.known(top, ledger, where(top, paths)).rows == first


def test_what_a_repository_inside_the_site_lacks_is_said(
    tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    """The site itself may be in none, where its content is."""
    top = tmp_path / "top"
    made = petit_bourg.content({"site.yml": petit_bourg.SITE, "wiki/a.md": "# A\n\nx\n"}, TODAY)
    paths = [item.path for item in made.items]

    def said() -> list[str]:
        past = history.known(top, ledger, where(top, paths))
        return list(history.said(past, made.with_past(past.rows)))

    tell(git, top / "content", [Commit({"wiki/b.md": "b"})])
    assert said() == [
        "histoire des pages : 1\u00a0page n’est pas encore dans git (git add, git commit)"
    ]
    shutil.rmtree(top / "content")
    (top / "content").mkdir()
    git(top / "content", "init")
    assert said() == ["histoire des pages (content) : rien n’est encore enregistré dans git"]
    shutil.rmtree(top / "content")
    (top / "content").mkdir()
    assert said() == ["histoire des pages : ce site n’est pas dans un dépôt git"]


PRIVATE = "content/prive/wiki/a.md"
OF_CANAL = "content/quartiers/canal/prive/wiki/a.md"


def test_private_texts_are_kept_apart(
    tmp_path: Path, git: Git, ledger: Ledger, asked: list[str]
) -> None:
    """One pass for all; and what the one is asked for, the other does not know."""
    top = tell(git, tmp_path / "top", [Commit({A: "a", PRIVATE: "a", OF_CANAL: "a"})])
    tell(git, top, [Commit({PRIVATE: "b", "content/wiki/prive/x.md": "x"}, when=NOON + 60)])
    at = where(top, [A, PRIVATE, OF_CANAL])
    assert list(history.known(top, ledger, at).rows) == [A]
    within = history.inner(top, ledger, at)
    assert sorted(within.rows) == [PRIVATE, OF_CANAL]
    assert len(within.rows[PRIVATE].split("],[")) == 2
    assert asked == [""]
    tell(git, top, [Commit({PRIVATE: "c", A: "c"}, when=NOON + 120)])
    at = where(top, [A, PRIVATE, OF_CANAL])
    newer = history.inner(top, ledger, at)
    assert len(asked) == 2
    assert asked[1]
    assert history.known(top, ledger, at).newest == NOON + 120
    other = Ledger(tmp_path / "other.sqlite", "x")
    assert history.inner(top, other, at).rows == newer.rows
    other.close()


def test_a_space_that_is_a_repository_is_asked_for_by_builds_that_seal_alone(
    tmp_path: Path, git: Git, ledger: Ledger, asked: list[str]
) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a", PRIVATE: "ancien"})])
    tell(git, top / "content/prive", [Commit({"wiki/a.md": "a"}, when=NOON + 60)])
    at = where(top, [A, PRIVATE])
    assert at.places == ("", "content/prive")
    assert list(history.known(top, ledger, at).rows) == [A]
    assert asked == [""]
    (row,) = history.inner(top, ledger, at).rows.items()
    assert row[0] == PRIVATE
    assert str(NOON + 60) in row[1]
    assert asked == ["", ""]
    moved = tell(git, top / "content/prive", [Commit({"wiki/b.md": "b"}, when=NOON + 90)])
    later = where(top, [A, PRIVATE])
    assert (later.mark, later.inner_mark != at.inner_mark) == (at.mark, True)
    assert "content/prive/wiki/b.md" in history.inner(top, ledger, later).rows
    assert asked[2:] == [git(moved, "rev-parse", "HEAD~1").strip()]


def test_a_damaged_memory_of_a_space_is_none(tmp_path: Path, git: Git, ledger: Ledger) -> None:
    top = tell(git, tmp_path / "top", [Commit({PRIVATE: "a"}), Commit({OF_CANAL: "b"})])
    at = where(top, [PRIVATE])
    history.inner(top, ledger, at)
    with ledger.changing() as database:
        database.execute("update inner_past set changes='[]' where path=?", (PRIVATE,))
    with pytest.raises(Damaged):
        history.inner(top, ledger, at)
    with ledger.changing() as database:
        database.execute("delete from inner_past where path=?", (PRIVATE,))
    with pytest.raises(Damaged):
        history.inner(top, ledger, at)


def test_a_repository_that_git_refuses_is_asked_again(
    tmp_path: Path, git: Git, ledger: Ledger
) -> None:
    top = tell(git, tmp_path / "top", [Commit({A: "a"})])
    (top / ".git/config").rename(tmp_path / "config")
    (top / ".git/config").write_text("[core\n")
    broken = read(top, ledger)
    assert (broken.mark, broken.rows) == ("", {})
    assert "git ne peut pas ouvrir ce dépôt : fatal: bad config" in lacks(broken)
    (tmp_path / "config").rename(top / ".git/config")
    assert list(read(top, ledger).rows) == [A]
