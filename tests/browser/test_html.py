"""The Nu checker finds no error in any page, style sheet or drawing of the demo site, nor in a site
that has hardly begun, nor in the page of the sealed spaces.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

OPTIONS = (
    "--errors-only", "--format", "json", "--skip-non-html", "--also-check-css", "--also-check-svg"
)  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("faulty")
    (place / "a.html").write_text("<!doctype html><html lang=fr><title>a</title><h7>a</h7>")
    (place / "a.css").write_text("p { colour: red }")
    (place / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><pat/></svg>')
    return place


def checked(tool: Callable[[str], str], *sites: Path) -> dict[Path, list[str]]:
    """The errors of each site. One run for everything: half of its time is Java's own start."""
    done = subprocess.run(
        [tool("java"), "-jar", tool("vnu"), *OPTIONS, *sites],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found: dict[Path, list[str]] = {site: [] for site in sites}
    for one in json.loads(done.stderr)["messages"]:
        site = next(site for site in sites if str(site) in one["url"])
        path = one["url"].rpartition(str(site))[2]
        found[site].append(f"{path}:{one.get('lastLine')}:{one['message']}")
    return found


@pytest.fixture(scope="module")
def errors(
    built: Path, sparse: Path, sealed: Path, faulty: Path, tool: Callable[[str], str]
) -> dict[Path, list[str]]:
    return checked(tool, built, sparse, sealed, faulty)


@pytest.mark.parametrize("name", ["built", "sparse", "sealed"])
def test_everything_is_valid(
    name: str, request: pytest.FixtureRequest, errors: dict[Path, list[str]]
) -> None:
    site: Path = request.getfixturevalue(name)
    assert list(site.rglob("*.html"))
    assert list(site.rglob("*.css"))
    assert errors[site] == []


def test_the_checker_sees_faults(errors: dict[Path, list[str]], faulty: Path) -> None:
    found = {line[: len("/a.html")] for line in errors[faulty]}
    assert found == {"/a.html", "/a.css:", "/a.svg:"}
