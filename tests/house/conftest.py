"""What the house rules look at: the package's modules as syntax, and the files that git tracks."""

import ast
import subprocess
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
def tracked(root: Path, tool: Callable[[str], str]) -> list[str]:
    """The files that a clone would have, as paths from the checkout's root."""
    listed = subprocess.run(
        [tool("git"), "-C", root, "ls-files", "-z"], capture_output=True, check=True
    ).stdout.decode()
    return [name for name in listed.split("\0") if name and (root / name).is_file()]
