"""Two readers of .ics files that share nothing with icalendar: libical, in C, and ical.js."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
# What a reader expands, at most: the last second of 2029 in Paris.
UNTIL = 1_893_452_399

Read = Callable[[bytes], dict[str, Any]]


@pytest.fixture(scope="session")
def libical(tool: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Read:
    """libical's understanding of a file, its faults among it."""
    tool("libical")
    program = tmp_path_factory.mktemp("libical") / "reader"
    subprocess.run(
        [tool("gcc"), "-Wall", "-Werror", "-o", program, HERE / "libical_reader.c", "-lical"],
        check=True,
    )

    def read(ics: bytes) -> dict[str, Any]:
        done = subprocess.run([program, str(UNTIL)], input=ics, capture_output=True, check=True)
        return dict(json.loads(done.stdout))

    return read


@pytest.fixture(scope="session")
def icaljs(tool: Callable[[str], str]) -> Read:
    """ical.js's understanding of a file; a file that breaks a rule of its strict mode raises."""
    module = Path(tool("ical.js")).parent / "dist" / "ical.js"
    node = tool("node")

    def read(ics: bytes) -> dict[str, Any]:
        done = subprocess.run(
            [node, HERE / "icaljs_reader.mjs", module],
            input=json.dumps([{"ics": ics.decode(), "until": UNTIL}]).encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return dict(json.loads(done.stdout))

    return read
