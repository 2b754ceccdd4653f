"""The door to git: what changed, and nothing of a contributor's that runs."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.repository import RepositoryFault, UnknownRevision, changes

Git = Callable[..., str]


@pytest.fixture
def repository(tmp_path: Path, git: Git) -> Path:
    """A repository whose site stands below its top, on a branch that has parted from main."""
    top = tmp_path / "top"
    site = top / "site"
    (site / "content/pages").mkdir(parents=True)
    for name in ("a", "b", "c"):
        (site / f"content/pages/{name}.md").write_text(f"{name}\n")
    (top / "lisezmoi.md").write_text("x\n")
    git(top, "init")
    git(top, "add", "-A")
    git(top, "commit", "-m", "one")
    git(top, "checkout", "-b", "mien")
    (site / "content/pages/a.md").write_text("changé\n")
    (top / "lisezmoi.md").write_text("y\n")
    git(top, "commit", "-am", "two")
    git(top, "checkout", "main")
    (site / "content/pages/b.md").write_text("chez les autres\n")
    git(top, "commit", "-am", "three")
    git(top, "checkout", "mien")
    return site


def test_what_changed_since_the_branches_parted(repository: Path) -> None:
    assert changes(repository, "main") == ({"content/pages/a.md"}, set())


def test_files_that_git_does_not_know_and_files_that_are_gone(repository: Path) -> None:
    (repository / "content/pages/été\n1.md").write_text("x\n")
    (repository / "content/pages/c.md").unlink()
    altered, gone = changes(repository, "main")
    assert altered == {"content/pages/a.md", "content/pages/été\n1.md"}
    assert gone == {"content/pages/c.md"}


def test_a_file_that_is_renamed_is_gone_and_new(repository: Path, git: Git) -> None:
    git(repository, "mv", "content/pages/c.md", "content/pages/d.md")
    altered, gone = changes(repository, "HEAD")
    assert (altered, gone) == ({"content/pages/d.md"}, {"content/pages/c.md"})


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1", "mien", "main@{0}", "HEAD^{commit}"])
def test_revisions(repository: Path, revision: str) -> None:
    changes(repository, revision)


@pytest.mark.parametrize(
    "revision",
    ["rien", "--help", "-x", "--output=x", "a b", "main..mien", "", "main\n", "a;b", "é", "$(id)",
     "HEAD:content", "x" * 300],
)  # fmt: skip
def test_revisions_that_are_none(repository: Path, revision: str) -> None:
    with pytest.raises(UnknownRevision):
        changes(repository, revision)
    assert not (repository / "x").exists()


def test_no_program_of_the_repository_runs(repository: Path, tmp_path: Path, git: Git) -> None:
    ran = tmp_path / "ran"
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    spy.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "diff.spy.textconv", "diff.spy.command"):
        git(repository, "config", name, str(spy))
    hooks = repository.parent / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "pre-commit"):
        (hooks / name).write_text(spy.read_text())
        (hooks / name).chmod(0o755)
    (repository / ".gitattributes").write_text("*.md diff=spy\n")
    (repository / "content/pages/a.md").write_text("encore\n")
    altered, _ = changes(repository, "HEAD")
    assert "content/pages/a.md" in altered
    assert not ran.exists()


def test_variables_of_a_hook_have_no_say(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert changes(repository, "main").altered == {"content/pages/a.md"}
    assert os.environ["GIT_DIR"] == str(tmp_path / "elsewhere")  # noqa: TID251


def test_a_folder_that_looks_like_a_repository_is_none(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init", "--bare", "site")
    with pytest.raises(RepositoryFault, match="pas dans un dépôt"):
        changes(tmp_path / "site", "HEAD")


@pytest.mark.usefixtures("git")
def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(RepositoryFault, match="pas dans un dépôt"):
        changes(tmp_path, "HEAD")


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path, git: Git) -> None:
    clone = tmp_path / "clone"
    top = repository.parent
    git(tmp_path, "clone", "--depth", "1", "--branch", "mien", f"file://{top}", str(clone))
    with pytest.raises(RepositoryFault, match="--unshallow"):
        changes(clone / "site", "origin/main")
    git(clone, "fetch", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    with pytest.raises(RepositoryFault, match="--unshallow"):
        changes(clone / "site", "origin/main")


def test_an_empty_repository_has_no_revision(tmp_path: Path, git: Git) -> None:
    git(tmp_path, "init")
    with pytest.raises(UnknownRevision):
        changes(tmp_path, "HEAD")
