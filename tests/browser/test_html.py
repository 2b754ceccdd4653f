"""The Nu checker finds no error in any page, style sheet or drawing of the demo site."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

# One run for all three: half of its time is Java's own start.
OPTIONS = (
    "--errors-only", "--format", "json", "--skip-non-html", "--also-check-css", "--also-check-svg"
)  # fmt: skip


def errors(site: Path, tool: Callable[[str], str]) -> list[str]:
    done = subprocess.run(
        [tool("java"), "-jar", tool("vnu"), *OPTIONS, site],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return [
        ":".join((one["url"].partition(str(site))[2], str(one.get("lastLine")), one["message"]))
        for one in json.loads(done.stderr)["messages"]
    ]


def test_everything_is_valid(built: Path, tool: Callable[[str], str]) -> None:
    assert list(built.rglob("*.css"))
    assert errors(built, tool) == []


def test_the_checker_sees_faults(tmp_path: Path, tool: Callable[[str], str]) -> None:
    (tmp_path / "a.html").write_text("<!doctype html><html lang=fr><title>a</title><h7>a</h7>")
    (tmp_path / "a.css").write_text("p { colour: red }")
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><pat/></svg>')
    found = errors(tmp_path, tool)
    assert {line[: len("/a.html")] for line in found} == {"/a.html", "/a.css:", "/a.svg:"}
