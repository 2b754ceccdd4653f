"""The door to git: what changed since a revision. GitPython starts git, and nothing more.

How safely git is started is `launcher`'s; the history of files is `log`'s, which commit a site
stands on `head`'s. Makes a new repository where it is asked to, and changes nothing in one.
"""

import re
from pathlib import Path
from typing import NamedTuple

from cq.repository.launcher import Program, RepositoryFault, UnknownRevision, clean_environment

__all__ = ["Changes", "RepositoryFault", "Survey", "UnknownRevision", "changes", "initialise",
           "survey", "would_take"]  # fmt: skip

# Names of branches, tags and commits, with ~ ^ @{…}; a leading hyphen would be an option.
_REVISION = re.compile(r"[A-Za-z0-9_@][A-Za-z0-9_./@{}^~+-]{0,199}\Z")
# Names under which keys and passwords are kept.
_SECRET = re.compile(
    r"(?:^|/)(?:\.env|id_(?:rsa|ed25519|ecdsa))$|\.(?:key|pem|p12|pfx|kdbx)$", re.IGNORECASE
)


class Changes(NamedTuple):
    """Paths under the site's root: what was added or altered, and what is no longer there.

    A nested repository counts as one path, its folder.
    """

    altered: frozenset[str]
    gone: frozenset[str]


def changes(root: Path, revision: str) -> Changes:
    """What differs under `root` between the working files and the point where `revision` parted
    from them: commits, the index, and files that git does not know yet.

    Raises UnknownRevision, and RepositoryFault where there is no git, no repository, or too little
    history.
    """
    if not _REVISION.match(revision) or ".." in revision:
        raise UnknownRevision(f"« {revision} » n’est pas le nom d’une révision")
    with clean_environment():
        git = Program(root)
        base = git.base(revision)
        altered, gone = git.differences(base)
        return Changes(altered | git.untracked(), gone)


class Survey(NamedTuple):
    """The state of a repository, as far as a site is concerned. Numbers of files, no name."""

    version: tuple[int, ...]
    identity: bool  # whether git knows who is at work
    commits: bool
    shallow: bool
    tracked: int  # files of the output
    ignored: bool  # the output
    secrets: int  # tracked files that have the name of a key
    pending: int = 0  # files of the content that differ from the last commit, or are not in it


def survey(root: Path, built: str | None) -> Survey:
    """Look at the repository of the site at `root`, whose output is in the folder `built`.

    Raises RepositoryFault where there is no git, or no repository.
    """
    with clean_environment():
        git = Program(root)
        names = git.listed(".")
        return Survey(
            version=git.version(),
            identity=all(git.holds("config", key) for key in ("user.name", "user.email")),
            commits=git.holds("rev-parse", "--verify", "--quiet", "HEAD"),
            shallow=git.shallow(),
            tracked=sum(one.startswith(f"{built}/") for one in names) if built else 0,
            ignored=built is None or git.holds("check-ignore", "--quiet", f"{built}/site/x"),
            secrets=sum(_SECRET.search(one) is not None for one in names),
            pending=git.pending("content"),
        )


def initialise(folder: Path, *, nested: bool = False) -> bool:
    """Make `folder` a repository without hooks, on `main`; False where it lies in one already and
    is not to be `nested`. Raises RepositoryFault.
    """
    with clean_environment():
        git = Program(folder, new=True)
        if not nested and git.inside():
            return False
        git.start()
        return True


def would_take(file: Path) -> bool:
    """Whether `git add` would take `file`, there or not yet, into a repository: it lies in a
    working copy that does not ignore it. Where git cannot say, it would.
    """
    folder = next(one for one in file.parents if one.is_dir())
    if not any((one / ".git").exists() for one in (folder, *folder.parents)):
        return False
    try:
        with clean_environment():
            git = Program(folder)
            return not git.holds("check-ignore", "--quiet", "--", str(file))
    except RepositoryFault:
        return True
