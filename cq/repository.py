"""The door to git: what changed since a revision. GitPython starts git, and nothing more.

Git reads configuration, hooks and attributes that a contributor may have had a hand in: no hook,
no outside diff, no filter of text, no prompt and no variable of the environment has a say here, and
no text from outside stands where git would take it for an option. Makes a new repository where
it is asked to, and changes nothing in one.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# Names of branches, tags and commits, with ~ ^ @{…}; a leading hyphen would be an option.
_REVISION = re.compile(r"[A-Za-z0-9_@][A-Za-z0-9_./@{}^~+-]{0,199}\Z")
# Names under which keys and passwords are kept.
_SECRET = re.compile(
    r"(?:^|/)(?:\.env|id_(?:rsa|ed25519|ecdsa))$|\.(?:key|pem|p12|pfx|kdbx)$", re.IGNORECASE
)
_SAFE = (
    ("-c", "core.hooksPath=/dev/null"),
    ("-c", "core.fsmonitor=false"),
    ("-c", "protocol.ext.allow=never"),
    # A folder of the site that looks like a repository is not one.
    ("-c", "safe.bareRepository=explicit"),
    ("-c", "core.quotePath=false"),
)
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat"}
_DIFF = ("--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "-z", "--relative",
         "--ignore-submodules=dirty")  # fmt: skip


class RepositoryFault(Exception):
    """Git could not answer; the words are for the user."""


class UnknownRevision(RepositoryFault):
    """The user named a revision that is not there."""


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
    with _clean_environment():
        git = _Git(root)
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


def survey(root: Path, built: str | None) -> Survey:
    """Look at the repository of the site at `root`, whose output is in the folder `built`.

    Raises RepositoryFault where there is no git, or no repository.
    """
    with _clean_environment():
        git = _Git(root)
        names = git.listed(".")
        return Survey(
            version=git.version(),
            identity=all(git.holds("config", key) for key in ("user.name", "user.email")),
            commits=git.holds("rev-parse", "--verify", "--quiet", "HEAD"),
            shallow=git.shallow(),
            tracked=sum(one.startswith(f"{built}/") for one in names) if built else 0,
            ignored=built is None or git.holds("check-ignore", "--quiet", f"{built}/site/x"),
            secrets=sum(_SECRET.search(one) is not None for one in names),
        )


def initialise(folder: Path, *, nested: bool = False) -> bool:
    """Make `folder` a repository without hooks, on `main`; False where it lies in one already and
    is not to be `nested`. Raises RepositoryFault.
    """
    with _clean_environment():
        git = _Git(folder, new=True)
        if not nested and git.inside():
            return False
        git.start()
        return True


class _Git:
    """Git in one folder, which is in a repository unless it is to be `new`."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        try:
            from git import Git
            from git.exc import GitError
        except ImportError:
            raise RepositoryFault("git n’est pas installé sur cette machine") from None
        self._fault: type[Exception] = GitError
        self._git = Git(str(folder))
        if new:
            return
        code, _, said = self._run("rev-parse", "--is-inside-work-tree")
        if code:
            if "dubious ownership" in said:
                raise RepositoryFault(
                    "git refuse ce dépôt, qui appartient à quelqu’un d’autre : "
                    f"git config --global --add safe.directory {folder}"
                )
            raise RepositoryFault("ce site n’est pas dans un dépôt git")

    def _run(self, *arguments: str) -> tuple[int, bytes, str]:
        command = ["git", *(word for pair in _SAFE for word in pair), *arguments]
        try:
            code, out, said = self._git.execute(
                command,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env=_QUIET,
            )
        except (self._fault, OSError) as failure:
            raise RepositoryFault("git n’a pas pu être lancé") from failure
        return int(code), bytes(out or b""), str(said or "")

    def _ask(self, *arguments: str) -> bytes:
        code, out, said = self._run(*arguments)
        if code:
            last = said.strip().splitlines()[-1:] or ["sans dire pourquoi"]
            raise RepositoryFault(f"git a échoué : {last[0]}")
        return out

    def inside(self) -> bool:
        return self._run("rev-parse", "--is-inside-work-tree")[0] == 0

    def start(self) -> None:
        self._ask("-c", "init.defaultBranch=main", "init", "--quiet", "--template=")

    def base(self, revision: str) -> str:
        """The commit from which the working files and `revision` both come."""
        code, out, _ = self._run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        named = out.decode("ascii", "replace").strip().splitlines()
        shallow = self.shallow()
        if code or not named:
            if shallow:
                raise RepositoryFault(
                    f"« {revision} » n’est pas dans ce dépôt, qui n’a qu’une partie de "
                    "l’histoire : git fetch --unshallow"
                )
            raise UnknownRevision(f"aucune révision ne s’appelle « {revision} »")
        code, out, _ = self._run("merge-base", named[-1], "HEAD")
        if code == 0:
            return out.decode("ascii").split()[0]
        if shallow:
            raise RepositoryFault(
                f"ce dépôt n’a qu’une partie de l’histoire : rien ne relie « {revision} » aux "
                "fichiers d’ici ; lancez : git fetch --unshallow"
            )
        return named[-1]

    def shallow(self) -> bool:
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def differences(self, base: str) -> tuple[frozenset[str], frozenset[str]]:
        words = self._ask("diff", "--name-status", *_DIFF, base, "--", ".").split(b"\0")
        altered: set[str] = set()
        gone: set[str] = set()
        for status, path in zip(words[::2], words[1::2], strict=False):
            (gone if status == b"D" else altered).add(os.fsdecode(path))
        return frozenset(altered), frozenset(gone)

    def holds(self, *arguments: str) -> bool:
        """Whether git says yes."""
        return self._run(*arguments)[0] == 0

    def version(self) -> tuple[int, ...]:
        found = re.search(rb"\d+(?:\.\d+)+", self._ask("version"))
        return tuple(map(int, found[0].split(b"."))) if found else (0,)

    def listed(self, place: str) -> list[str]:
        """The files that git keeps under `place`."""
        out = self._ask("ls-files", "-z", "--", place)
        return [os.fsdecode(path) for path in out.split(b"\0") if path]

    def untracked(self) -> frozenset[str]:
        out = self._ask("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
        return frozenset(os.fsdecode(path).rstrip("/") for path in out.split(b"\0") if path)


@contextlib.contextmanager
def _clean_environment() -> Iterator[None]:
    """Without GIT_DIR, GIT_EXTERNAL_DIFF and the rest: hooks and forges set them for other work."""
    environ = os.environ  # noqa: TID251 - GitPython passes it on, and cannot be told to leave some
    taken = {name: environ.pop(name) for name in list(environ) if name.startswith("GIT_")}
    try:
        yield
    finally:
        environ.update(taken)
