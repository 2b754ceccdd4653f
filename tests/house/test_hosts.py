"""A clone says nothing of the machine it was made on, and leaves nothing for later."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Spelt with a class in the middle, so that this file does not find itself.
INDEX_HOSTS = re.compile(
    r"py[p]i\.org|pytho[n]hosted|registry\.np[m]js|deb\.deb[i]an|security\.deb[i]an|crates\.[i]o/"
    r"|proxy\.gol[a]ng|index\.cra[t]es|--(?:extra-)?inde[x]-url[ =]|--find-link[s][ =]",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(
    r"(?<![\w.])/(?:wor[k]/|roo[t]/|hom[e]/\w|User[s]/\w|opt/(?:pyp[i]|wheel[s]))|fil[e]:///(?:opt|home|root|tmp|usr|work|Users)\b"
)
LEFT_FOR_LATER = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def lines(root: Path, tracked: list[str]) -> Iterator[tuple[str, str]]:
    """Every line of every tracked text, after its place: `README.md:3`."""
    for name in tracked:
        data = (root / name).read_bytes()
        if b"\0" in data[:8000]:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
            yield f"{name}:{number}", line


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param(INDEX_HOSTS, id="index hosts"),
        pytest.param(MACHINE_PATHS, id="machine paths"),
        pytest.param(LEFT_FOR_LATER, id="left for later"),
    ],
)
def test_no_tracked_line_holds(forbidden: re.Pattern[str], root: Path, tracked: list[str]) -> None:
    assert len(tracked) > 20
    assert not [
        f"{place}: {line}" for place, line in lines(root, tracked) if forbidden.search(line)
    ]


@pytest.mark.parametrize(
    ("forbidden", "line"),
    [
        (INDEX_HOSTS, "--extra-inde" + "x-url = file:/opt"),
        (INDEX_HOSTS, '"resolved": "https://registry.np' + 'mjs.org/a.tgz"'),
        (MACHINE_PATHS, "see /wor" + "k/main"),
        (MACHINE_PATHS, "(/hom" + "e/anne/x)"),
        (MACHINE_PATHS, "fil" + "e:///opt/x"),
        (LEFT_FOR_LATER, "# TOD" + "O: later"),
    ],
)
def test_the_patterns_find(forbidden: re.Pattern[str], line: str) -> None:
    assert forbidden.search(line)


def pins(root: Path, lock: str) -> dict[str, str]:
    """Name → version, of a lock whose every entry is pinned and has a digest."""
    entries = re.split(r"\n(?=\S)", (root / lock).read_text(encoding="utf-8"))
    found = {}
    for entry in entries:
        if entry.startswith("#"):
            continue
        pinned = re.match(r"([A-Za-z0-9._-]+)==(\S+)", entry)
        assert pinned, entry
        assert "--hash=sha256:" in entry, entry
        found[canonicalize_name(pinned[1])] = pinned[2]
    return found


def test_the_locks_say_what_the_project_asks(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *groups["build"]]
    for lock, asked in zip(LOCKS, (run, [*run, *groups["dev"]]), strict=True):
        found = pins(root, lock)
        for line in asked:
            wanted = Requirement(line)
            version = found.get(canonicalize_name(wanted.name))
            assert version, f"{lock}: {line} is missing; run `make lock`"
            assert version in wanted.specifier, f"{lock}: {line}, found {version}; run `make lock`"


def test_the_two_locks_agree(root: Path) -> None:
    run, dev = (pins(root, lock) for lock in LOCKS)
    assert run.items() <= dev.items()


def test_the_npm_lock_says_what_the_project_asks(root: Path) -> None:
    asked = json.loads((root / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages[""]["devDependencies"] == asked
    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-")
            assert "resolved" not in package
