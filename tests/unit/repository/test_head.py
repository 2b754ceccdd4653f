"""Where a repository stands, read from its files as git would say it, and without git."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cq.repository import head
from cq.repository.head import RepositoryFault, standing
from tests.unit.annals import Commit, tell

Git = Callable[..., str]
FIRST = Commit({"content/a.md": "a"})


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks git fails."""

    def refuse(*arguments: object) -> None:
        raise AssertionError(f"git was asked: {arguments}")

    monkeypatch.setattr(head, "Program", refuse)


@pytest.fixture
def top(tmp_path: Path, git: Git) -> Path:
    return tell(git, tmp_path / "top", [FIRST, FIRST._replace(files={"content/b.md": "b"})])


def commit_of(git: Git, folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD").strip()


def stands(folder: Path) -> head.Standing:
    found = standing(folder)
    assert found is not None
    return found


@pytest.mark.usefixtures("quiet")
def test_a_branch(top: Path, git: Git) -> None:
    assert stands(top).commit == commit_of(git, top)
    assert stands(top / "content").commit == commit_of(git, top)


@pytest.mark.usefixtures("quiet")
def test_no_branch(top: Path, git: Git) -> None:
    git(top, "checkout", "HEAD~1")
    assert stands(top).commit == commit_of(git, top)


@pytest.mark.usefixtures("quiet")
def test_packed_branches(top: Path, git: Git) -> None:
    git(top, "branch", "un/main")
    git(top, "tag", "-a", "-m", "x", "main")
    git(top, "pack-refs", "--all", "--prune")
    assert not (top / ".git/refs/heads/main").exists()
    assert stands(top).commit == commit_of(git, top)


@pytest.mark.usefixtures("quiet")
def test_another_working_copy(top: Path, git: Git, tmp_path: Path) -> None:
    git(top, "worktree", "add", "-b", "autre", str(tmp_path / "copy"), "HEAD~1")
    assert (tmp_path / "copy/.git").is_file()
    assert stands(tmp_path / "copy").commit == commit_of(git, tmp_path / "copy")
    assert stands(tmp_path / "copy").commit != stands(top).commit


@pytest.mark.usefixtures("quiet")
def test_before_the_first_commit(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init")
    assert stands(tmp_path).commit == ""


@pytest.mark.usefixtures("quiet")
def test_no_repository(tmp_path: Path) -> None:
    assert standing(tmp_path) is None
    (tmp_path / ".git").mkdir()  # an empty folder is none
    assert standing(tmp_path) is None


@pytest.mark.usefixtures("quiet")
def test_the_nearest_repository_is_the_sites(top: Path, git: Git) -> None:
    """One inside the content is not looked for, one above a site with its own is left alone."""
    tell(git, top / "content/quartiers/un", [FIRST])
    outer = stands(top).commit
    assert stands(top / "content").commit == outer
    assert stands(top / "content/quartiers/un").commit != outer


def test_what_is_written_in_another_way_is_asked_of_git(top: Path, git: Git) -> None:
    git(top, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    (top / ".git/HEAD").write_text("ref: refs/heads/alias\n")
    assert stands(top).commit == commit_of(git, top)
    (top / ".git/HEAD").write_text("ref: refs/tags/x\n")
    git(top, "tag", "x", "main~1")
    assert stands(top).commit == commit_of(git, top)


def test_a_pointer_to_nowhere_is_gits_to_judge(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("x")
    with pytest.raises(RepositoryFault):
        standing(tmp_path)


def test_marks(top: Path, git: Git, tmp_path: Path) -> None:
    """What the log depends on, beside the commit: where it was cut."""
    before = stands(top)
    (top / "content/a.md").write_text("autre")
    assert stands(top) == before
    (top / ".mailmap").write_text("Jeanne <x@x>\n")  # no name is mended
    assert stands(top) == before
    git(tmp_path, "clone", "--depth", "1", f"file://{top}", "clone")
    cut = stands(tmp_path / "clone")
    assert cut.cut == {before.commit}
    assert cut.commit == before.commit
    assert cut.mark != before.mark
    git(tmp_path / "clone", "fetch", "--unshallow")
    assert stands(tmp_path / "clone") == before
