"""What the house rules look at: the package's modules as syntax, and the files that git tracks."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def modules(root: Path) -> dict[str, ast.Module]:
    """Every module of cq, parsed, by its path in the checkout: `cq/content/scan.py`."""
    return {
        path.relative_to(root).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((root / "cq").rglob("*.py"))
    }


@pytest.fixture(scope="session")
def tracked(root: Path, git: Callable[..., str]) -> list[str]:
    """The files that a clone would have, as paths from the checkout's root."""
    return [
        name for name in git(root, "ls-files", "-z").split("\0") if name and (root / name).is_file()
    ]
