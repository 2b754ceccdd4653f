"""The same bytes from any process: order of the list, seed of the hashes, version of Python."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PATH, ROOT

SCRIPT = Path(__file__).with_name("exact.py")
# Of all five files, as Python 3.10 to 3.13 make them; another one would be another protocol.
DIGEST = "a83b768fea3f2d70a6bbccffacedc892261d8dbe96db14104f851eb3f4d86aac"


def told(python: str, turn: int) -> str:
    """The digest that this Python finds; "" where it does not start."""
    done = subprocess.run(
        [python, SCRIPT, str(turn)],
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(turn * 977), "LANG": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def pythons(version: str) -> Iterator[str]:
    """Where a Python of this version may be; pyenv's shims exist and fail."""
    yield from (f"{folder}/python{version}" for folder in PATH.split(":"))
    yield from map(str, Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    yield from map(str, Path.home().glob(f".local/share/uv/python/cpython-{version}.*/bin/python3"))


def starts(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def test_ten_processes_draw_the_same() -> None:
    assert {told(sys.executable, turn) for turn in range(10)} == {DIGEST}


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_other_pythons_draw_the_same(version: str) -> None:
    found = next(filter(starts, pythons(version)), None)
    if (
        found is None
    ):  # in CI too: no distribution has all three, so that .ci/run cannot ask for them
        pytest.skip(f"python{version} manque : pyenv install {version}")

    assert told(found, 3) == DIGEST
