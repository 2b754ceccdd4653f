"""The Nu checker finds no error in any page, style sheet or drawing of the demo site, nor in a site
that has hardly begun.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

# One run for everything: half of its time is Java's own start.
OPTIONS = (
    "--errors-only", "--format", "json", "--skip-non-html", "--also-check-css", "--also-check-svg"
)  # fmt: skip


def errors(tool: Callable[[str], str], *sites: Path) -> list[str]:
    done = subprocess.run(
        [tool("java"), "-jar", tool("vnu"), *OPTIONS, *sites],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = []
    for one in json.loads(done.stderr)["messages"]:
        path = one["url"]
        for site in sites:
            path = path.rpartition(str(site))[2]
        found.append(f"{path}:{one.get('lastLine')}:{one['message']}")
    return found


def test_everything_is_valid(built: Path, sparse: Path, tool: Callable[[str], str]) -> None:
    assert list(built.rglob("*.css"))
    assert errors(tool, built, sparse) == []


def test_the_checker_sees_faults(tmp_path: Path, tool: Callable[[str], str]) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><html lang=fr><title>a</title><h7>a</h7>")
    (tmp_path / "a.css").write_text("p { colour: red }")
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><pat/></svg>')
    found = errors(tool, tmp_path)
    assert {line[: len("/a.html")] for line in found} == {"/a.html", "/a.css:", "/a.svg:"}
