"""The number of a space's state: it grows with the history, whatever the clocks say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cq.repository.launcher import RepositoryFault
from cq.repository.newest import newest
from tests.unit.annals import NOON, Commit, tell

Git = Callable[..., str]
A, B = "content/prive/wiki/a.md", "content/wiki/b.md"


def test_the_newest_commit_of_the_folder_alone(tmp_path: Path, git: Git) -> None:
    top = tell(git, tmp_path / "top", [
        Commit({A: "a"}), Commit({A: None}, when=NOON + 60), Commit({B: "b"}, when=NOON + 120),
    ])  # fmt: skip
    assert newest(top / "content") == NOON + 120
    (top / "content/prive").mkdir(exist_ok=True)
    assert newest(top / "content/prive") == NOON + 60
    assert newest(top / "content/absent") == 0


def test_a_clock_that_was_fast_once_makes_nothing_older(tmp_path: Path, git: Git) -> None:
    """Readers refuse a number below the one they saw."""
    fast = NOON + 10**8
    top = tell(git, tmp_path / "top", [Commit({A: "a"}), Commit({A: "b"}, when=fast)])
    assert newest(top / "content/prive") == fast
    top = tell(git, tmp_path / "then", [
        Commit({A: "a"}), Commit({A: "b"}, when=fast), Commit({A: "c"}, when=NOON + 60),
    ])  # fmt: skip
    assert newest(top / "content/prive") == fast


def test_no_repository_and_a_shallow_one_tell_no_number(tmp_path: Path, git: Git) -> None:
    (tmp_path / "prive").mkdir()
    with pytest.raises(RepositoryFault):
        newest(tmp_path / "prive")
    top = tell(git, tmp_path / "top", [Commit({A: "a"}), Commit({A: "b"}, when=NOON + 60)])
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{top}", "short")
    with pytest.raises(RepositoryFault, match="unshallow"):
        newest(tmp_path / "short/content/prive")
