"""A site with a draw of its own, and `cq draw-jury` typed in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cq.cli import run
from cq.jury.folders import Folders
from tests.unit.jury import town


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return town.settle(tmp_path, monkeypatch)


@pytest.fixture
def cq(site: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """`cq("commit", …)`: the exit code, and all that was said."""
    assert site

    def typed(*arguments: str) -> tuple[int, str]:
        capfd.readouterr()
        code = run(["draw-jury", *arguments])
        return code, "".join(capfd.readouterr())

    return typed


@pytest.fixture
def draw(site: Path) -> Folders:
    """A draw whose plan is proposed."""
    return town.planned(site)
