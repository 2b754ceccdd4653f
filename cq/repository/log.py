"""Every change of every text of a repository, from one pass of `git log`.

What lies under a folder named `prive`, at any commit, is kept apart from all else, and does not
count for it; renames are not followed, so that a text that leaves such a folder begins there.

Author names are those that the commits bear: a `.mailmap`, which any proposal may bring, would
give one's words to another. They are bounded and lose what cannot be shown; e-mail addresses are
not read at all. Whatever the size of the repository, memory is bounded: the oldest changes are
left out, and that is said.
"""

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cq.repository.head import Standing
from cq.repository.launcher import Flow, Program, RepositoryFault, clean_environment

_MOST_CHANGES = 1_000_000  # about 300 MB; the largest wikis of towns have a hundredth
_MOST_NAME = 100  # characters
_MOST_FIELD = 1 << 16  # bytes of one field of git's answer: a path has 4096 at most
_BLOCK = 1 << 16
_LATEST = 1 << 37  # seconds: after the year 6000

# Fixed, whatever the configuration says: `-c` words come first, see `launcher`.
_ASKED = (
    "-c", "log.showSignature=false", "-c", "log.follow=false",
    "-c", "diff.orderFile=/dev/null",
    "log", "--date-order", "--full-history", "--no-renames", "--raw", "--no-abbrev", "-z",
    "--relative", "--diff-merges=first-parent", "--no-ext-diff", "--no-textconv", "--no-color",
    "--no-notes", "--no-decorate", "--no-show-signature", "--no-mailmap", "--encoding=UTF-8",
    "--format=%H%x00%P%x00%ct%x00%an", "--end-of-options",
)  # fmt: skip
# Git tries a pattern on every file of every tree that it opens: to leave `prive` out there takes
# longer than all the rest of its work. It is known by its path, in the answer.
_WHERE = ("--", "content")
_WHERE_INSIDE = ("--", ".")
_PRIVATE = "/prive/"
_TEXTS = (b".md", b".yml")
_FILES = frozenset((b"100", b"000"))  # how the mode of a file begins, or of none


class Change(NamedTuple):
    """One commit's change of one file, whose path is relative to the site's root."""

    commit: str
    when: int  # seconds of its arrival (the committer's date): it can be forged
    name: str  # of its author, as the commit has it: anybody can write any
    merge: bool  # as seen from the first parent: it repeats what the branch has changed
    path: str
    blob: str  # what the file became; "" where it was removed


class Log(NamedTuple):
    """The newest change first. `whole`: nothing was left out at the old end; of private texts,
    `inner_whole`.
    """

    changes: list[Change]
    whole: bool
    inner: list[Change]  # of private texts
    inner_whole: bool


def log(root: Path, where: Standing, since: str = "", place: str = "") -> Log | None:
    """The changes up to the commit of `where`, below `root`; those after `since` alone. `place`
    is the folder of the site that is the repository, where it is not the site's own.

    None where `since` is not simply an older point of one line: the answer would not fit what is
    known from there on. Raises RepositoryFault.
    """
    if not where.commit:
        return Log([], whole=True, inner=[], inner_whole=True)
    with clean_environment():
        program = Program(root / place)
        if since and not program.straight(since, where.commit):
            return None
        wanted = (where.commit, f"^{since}") if since else (where.commit,)
        with program.flow(*_ASKED, *wanted, *(_WHERE_INSIDE if place else _WHERE)) as flow:
            kept: tuple[list[Change], list[Change]] = ([], [])
            full = [False, False]
            for change in _changes(flow, f"{place}/".encode() if place else b""):
                if change.commit in where.cut:
                    continue  # all that a shallow clone has there would be said to be new
                which = _is_private(change.path)
                if len(kept[which]) < _MOST_CHANGES:
                    kept[which].append(change)
                    continue
                full[which] = True
                if all(full):
                    break
            else:
                flow.ended()
    outer, inner = (not where.cut and not one for one in full)
    return Log(kept[False], outer, kept[True], inner)


def _is_private(path: str) -> bool:
    return _PRIVATE in path.lower()


def _changes(flow: Flow, before: bytes) -> Iterator[Change]:
    """What git says, with `before` at the head of each path."""
    fields = _fields(flow)
    commit, when, name, merge = "", 0, "", False
    for field in fields:
        if not field.lstrip(b"\n").startswith(b":"):
            commit = field.decode("ascii", "replace")
            merge = b" " in _next(fields)
            when, name = _when(_next(fields)), _name(_next(fields))
            continue
        words = field.lstrip(b"\n:").split(b" ")
        path = _next(fields)
        if len(words) != 5:
            raise RepositoryFault("git a répondu autrement qu’attendu")
        # A link, or the place of another repository, is no text.
        if not {words[0][:3], words[1][:3]} <= _FILES or words[2] == words[3]:
            continue
        if not path.endswith(_TEXTS):
            continue
        try:
            text = (before + path).decode("utf-8")
        except UnicodeDecodeError:
            continue  # such a name has no page
        gone = words[4].startswith(b"D")
        yield Change(commit, when, name, merge, text, "" if gone else words[3].decode("ascii"))


def _fields(flow: Flow) -> Iterator[bytes]:
    """What git says between its zero bytes."""
    rest = b""
    while block := flow.answer.read(_BLOCK):
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
        if len(rest) > _MOST_FIELD:
            raise RepositoryFault("git a répondu par un texte sans fin")


def _next(fields: Iterator[bytes]) -> bytes:
    return next(fields, b"")


def _when(field: bytes) -> int:
    try:
        return max(0, min(int(field), _LATEST))
    except ValueError:
        return 0


@functools.lru_cache(maxsize=1000)
def _name(field: bytes) -> str:
    """An author's name as text; Git lets everything but a line's end and angle brackets stand."""
    text = field[: _MOST_NAME * 8].decode("utf-8", "replace")
    kept = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(kept.split())[:_MOST_NAME]
