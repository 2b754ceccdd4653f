"""Which commit a site stands on, read without starting git: a build in which nothing changed has no
30 ms for it.

Reads the few small files that say so (`HEAD`, the branch that it names, `packed-refs`; a worktree
has some of them elsewhere). What is written in another way is not guessed: git is asked.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

from cq import digest
from cq.repository.launcher import Program, RepositoryFault, clean_environment

_COMMIT = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64})\n?\Z")
_BRANCH = re.compile(rb"ref: (refs/heads/[^\x00-\x20\x7f~^:?*\[\\]{1,200})\n?\Z")
_POINTER = re.compile(rb"gitdir: ([^\x00\n]{1,4096})\n?\Z")
_MOST = 1 << 24  # bytes of packed-refs; more is asked of git


class Standing(NamedTuple):
    """Where a repository stands; two equal marks have the same history."""

    commit: str  # "" before the first one
    cut: frozenset[str]  # commits from which on a shallow clone knows nothing
    around: str  # digest of all but the commit that decides what the log says
    mark: str


class _Unsure(Exception):
    """Only git can tell."""


def standing(root: Path) -> Standing | None:
    """Where the repository around the site at `root` stands; None where there is none.

    Raises RepositoryFault where git had to be asked and could not answer.
    """
    found = _found(root)
    if found is None:
        return None
    top, folder = found
    try:
        folder = _folder(top, folder)
        shared = _shared(folder)
        commit = _commit(folder, shared)
        cut = _read(shared / "shallow").split()
    except (_Unsure, OSError):
        with clean_environment():
            program = Program(root)
            commit, cut = program.head(), program.cut()
    ends = sorted(one.decode("ascii", "replace") for one in cut)
    around = digest.of_all(ends)
    return Standing(commit, frozenset(ends), around, digest.of_all((commit, around)))


def _found(root: Path) -> tuple[Path, Path] | None:
    """The nearest folder with a repository of its own, `root` or above, and its `.git`."""
    top = next((top for top in (root, *root.parents) if is_top(top)), None)
    return (top, top / ".git") if top is not None else None


def is_top(folder: Path) -> bool:
    """Whether `folder` is where a working copy begins."""
    place = folder / ".git"
    return place.is_file() or (place / "HEAD").exists()


def _folder(top: Path, place: Path) -> Path:
    """Where git keeps what belongs to this working copy."""
    if place.is_dir():
        return place
    pointer = _POINTER.match(_read(place))
    if pointer is None:
        raise _Unsure
    return top / os.fsdecode(pointer[1])


def _shared(folder: Path) -> Path:
    """Where git keeps what all working copies of the repository share."""
    said = _read(folder / "commondir").rstrip(b"\n")
    return folder / os.fsdecode(said) if said else folder


def _commit(folder: Path, shared: Path) -> str:
    head = _read(folder / "HEAD")
    if _COMMIT.match(head):
        return head.decode("ascii").strip()
    branch = _BRANCH.match(head)
    if branch is None or b".." in branch[1] or (shared / "reftable").exists():
        raise _Unsure
    there = _read(shared / os.fsdecode(branch[1]))
    if not there:
        return _packed(shared, branch[1])
    if not _COMMIT.match(there):
        raise _Unsure
    return there.decode("ascii").strip()


def _packed(shared: Path, branch: bytes) -> str:
    """The commit of a branch that has no file of its own; "" where it has no commit yet."""
    ending = b" " + branch
    for line in _read(shared / "packed-refs").split(b"\n"):
        if line.endswith(ending):
            commit = line[: -len(ending)]
            if not _COMMIT.match(commit):
                raise _Unsure
            return commit.decode("ascii")
    return ""


def _read(file: Path) -> bytes:
    """A small file of git's; nothing where there is none, and none that a link leads to."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return b""
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise _Unsure
    return data


__all__ = ["RepositoryFault", "Standing", "is_top", "standing"]
