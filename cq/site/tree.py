"""A published tree as it stands on the disk: what is known of it, and whether that still holds.

Only reads, except for seals and its own note. A folder is *sealed* by giving it one agreed
modification time: whatever is added, removed or renamed in it later breaks the seal by itself, so
that one `lstat` a folder finds a stray file, and nothing about folders needs to be written down.
"""

# Plain strings and os calls: tens of thousands a build, and a Path object costs more than each.
# ruff: noqa: PTH115, PTH123

import json
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cq import digest

SEALED = 1_000_000_000 * 10**9  # 9 September 2001, in nanoseconds; any fixed past time would do
_FORMAT = 1
_UP = re.compile(r"(?:^|/)\.\.(?:/|$)", re.MULTILINE)


class Entry(NamedTuple):
    """A published file: bytes, nanoseconds, `cq.digest.of_bytes` of its content."""

    size: int
    mtime_ns: int
    digest: str


class Manifest(NamedTuple):
    """The tree as the commit `token` left it. Names public output only."""

    token: str
    entries: dict[str, Entry]


class Survey(NamedTuple):
    """What a look at a tree found."""

    known: dict[str, Entry]  # as listed, and still there with the same content
    altered: tuple[str, ...]  # listed, but changed or gone
    refreshed: tuple[str, ...]  # known, but with another time than listed
    strays: tuple[str, ...]  # there, but not listed; a folder ends in "/"
    touched: tuple[str, ...]  # folders whose seal is broken


def folders(paths: Iterable[str]) -> dict[str, int]:
    """Every folder that `paths` need, "" the root, with the number of files directly in it."""
    counts = Counter([path.rpartition("/")[0] for path in paths])
    for folder in list(counts):
        above = folder
        while above:
            above = above.rpartition("/")[0]
            if above in counts:
                break
            counts[above] = 0
    counts.setdefault("", 0)
    return dict(counts)


def seal(folder: str | Path) -> None:
    os.utime(folder, ns=(SEALED, SEALED), follow_symlinks=False)


def survey(root: Path, entries: Mapping[str, Entry], *, thorough: bool) -> Survey:
    """Compare the disk with `entries`, by `lstat` alone where every seal holds.

    In a folder whose seal is broken, and below it (a whole folder may have been put there, times
    and all), nothing is believed: folders are listed and files read. `thorough`: everywhere.
    """
    base = f"{root}/"
    counts = folders(entries)
    gone: set[str] = set()
    touched: set[str] = set()
    strays: list[str] = []
    for folder in sorted(counts):  # a parent sorts before its children
        above = folder.rpartition("/")[0] if folder else None
        status = None if above in gone else _status(base + folder if folder else str(root))
        if status is None or not stat.S_ISDIR(status.st_mode):
            gone.add(folder)
        elif thorough or above in touched or status.st_mtime_ns != SEALED:
            touched.add(folder)
            strays += _strays(base, folder, entries, counts)
    known: dict[str, Entry] = {}
    altered: list[str] = []
    refreshed: list[str] = []
    whole = not gone and not touched
    for path, entry in entries.items():
        folder = "" if whole else path.rpartition("/")[0]
        status = None if folder in gone else _status(base + path)
        if status is None or status.st_size != entry[0] or not stat.S_ISREG(status.st_mode):
            altered.append(path)
        elif status.st_mtime_ns == entry[1] and folder not in touched:
            known[path] = entry
        elif _digest(base + path) != entry[2]:
            altered.append(path)
        else:
            known[path] = entry._replace(mtime_ns=status.st_mtime_ns)
            if status.st_mtime_ns != entry[1]:
                refreshed.append(path)
    return Survey(
        known, tuple(altered), tuple(refreshed), tuple(sorted(strays)), tuple(sorted(touched))
    )


def identity(folder: Path) -> tuple[int, int] | None:
    """What no copy of a folder shares with it: its number, and a change time that nobody can set.

    None unless it is a real folder. The change time also moves when something is added to it.
    """
    status = _status(str(folder))
    if status is None or not stat.S_ISDIR(status.st_mode):
        return None
    return status.st_ino, status.st_ctime_ns


def refuse_twins(paths: Mapping[str, Entry], counts: Mapping[str, int]) -> None:
    """Raise `ValueError` for names that one disk takes for two and another for one.

    Case and Unicode form do not count on macOS; and nothing can be both a file and a folder.
    """
    seen: dict[str, str] = {}
    for name in chain(paths, counts):
        other = seen.setdefault(plain(name), name)
        if other != name or (name in counts and name in paths):
            raise ValueError(f"{other!r} and {name!r} cannot both be published")


def plain(name: str) -> str:
    """The same for all names that some disk takes for one."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


def tree_hash(folder: Path) -> str:
    """One digest of all paths and bytes under `folder`; times, modes and empty folders left out."""
    found: list[tuple[str, str, str]] = []
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(folder / prefix) as children:
            for child in children:
                path = prefix + child.name
                if child.is_symlink():
                    found.append((path, "link", os.readlink(child.path)))
                elif child.is_dir():
                    waiting.append(path + "/")
                else:
                    with open(child.path, "rb") as stream:
                        found.append((path, "file", digest.of_stream(stream)))
    return digest.of_value(sorted(found))


def read_manifest(file: Path) -> Manifest | None:
    """The manifest, or None where it cannot be read or does not hold together."""
    try:
        data = json.loads(file.read_bytes())
        if data["format"] != _FORMAT:
            return None
        columns = [data[name] for name in ("paths", "sizes", "times", "digests")]
        for column, kind in zip(columns, (str, int, int, str), strict=True):
            if set(map(type, column)) - {kind}:
                return None
        paths, *rest = columns
        if not inside(paths) or type(data["token"]) is not str:
            return None
        return Manifest(
            data["token"], dict(zip(paths, map(Entry._make, zip(*rest, strict=True)), strict=True))
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_manifest(file: Path, manifest: Manifest) -> None:
    """Columns and not rows: that halves the time to read it back, which every build pays."""
    entries = manifest.entries.values()
    data = {
        "format": _FORMAT,
        "token": manifest.token,
        "paths": list(manifest.entries),
        "sizes": [entry.size for entry in entries],
        "times": [entry.mtime_ns for entry in entries],
        "digests": [entry.digest for entry in entries],
    }
    file.write_text(json.dumps(data, separators=(",", ":")), encoding="ascii")


def inside(paths: Iterable[str]) -> bool:
    """Whether none of them can lead out of the tree. One look at all, as there are thousands."""
    together = "\n" + "\n".join(paths)
    return "\n/" not in together and not (".." in together and _UP.search(together))


def _status(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None


def _digest(path: str) -> str | None:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as stream:
            return digest.of_stream(stream)
    except OSError:
        return None


def _strays(
    base: str, folder: str, entries: Mapping[str, Entry], counts: Mapping[str, int]
) -> list[str]:
    prefix = folder + "/" if folder else ""
    strays = []
    with os.scandir(base + folder) as children:
        for child in children:
            path = prefix + child.name
            is_folder = child.is_dir(follow_symlinks=False)
            if path not in (counts if is_folder else entries):
                strays.append(path + "/" if is_folder else path)
    return strays
