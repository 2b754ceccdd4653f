"""Git, started with what is safe and nothing else: the one place that imports GitPython.

Git reads configuration, hooks and attributes that a contributor may have had a hand in: no hook,
no outside diff, no filter of text, no prompt and no variable of the environment has a say here, and
no text from outside stands where git would take it for an option.
"""

import contextlib
import os
import re
import shlex
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_SAFE = (
    ("-c", "core.hooksPath=/dev/null"),
    ("-c", "core.fsmonitor=false"),
    # No part of an answer is ever fetched from somewhere: a clone that lacks objects lacks them.
    ("-c", "protocol.allow=never"),
    ("-c", "protocol.ext.allow=never"),
    # A folder of the site that looks like a repository is not one.
    ("-c", "safe.bareRepository=explicit"),
    ("-c", "core.quotePath=false"),
    # Neither may one commit stand for another, nor have other parents than it says (grafts).
    ("--no-replace-objects",),
)
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat",
          "GIT_NO_LAZY_FETCH": "1", "GIT_GRAFT_FILE": f"{os.devnull}/none"}  # fmt: skip
_DIFF = ("--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", "-z", "--relative",
         "--ignore-submodules=dirty")  # fmt: skip
_REFUSED = re.compile(r"dubious ownership in repository at '([^'\n]+)'")
_MOST_SAID = 4096  # of git's own complaints


class RepositoryFault(Exception):
    """Git could not answer; the words are for the user."""


class UnknownRevision(RepositoryFault):
    """The user named a revision that is not there."""


class PartialClone(RepositoryFault):
    """The repository lacks what its copy left out."""


class Program:
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
            raise _unopened(folder, said)

    def _run(self, *arguments: str) -> tuple[int, bytes, str]:
        command = _command(arguments)
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
            raise _fault("git a échoué", said)
        return out

    @contextlib.contextmanager
    def flow(self, *arguments: str) -> "Iterator[Flow]":
        """Git at work, whose answer is read as it comes; stopped where nobody reads on.

        Raises RepositoryFault where it could not be started. Whether it ended well, `Flow.ended`
        says.
        """
        try:
            process = self._git.execute(
                _command(arguments), istream=subprocess.PIPE, as_process=True, env=_QUIET
            )
        except (self._fault, OSError) as failure:
            raise RepositoryFault("git n’a pas pu être lancé") from failure
        flow = Flow(process.proc)
        try:
            yield flow
        finally:
            flow.stop()

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

    def head(self) -> str:
        """The commit that the site stands on; "" before the first one."""
        code, out, _ = self._run("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return "" if code else out.decode("ascii", "replace").strip()

    def cut(self) -> list[bytes]:
        """The commits from which on a shallow clone knows nothing."""
        place = os.fsdecode(self._ask("rev-parse", "--git-path", "shallow").rstrip(b"\n"))
        file = Path(self._git.working_dir or ".") / place
        return file.read_bytes().split() if file.is_file() else []

    def straight(self, old: str, new: str) -> bool:
        """Whether one line of commits, without a merge, leads from `old` to `new`."""
        if not self.holds("merge-base", "--is-ancestor", "--end-of-options", old, new):
            return False
        merges = self._ask("rev-list", "--count", "--min-parents=2", "--end-of-options",
                           new, f"^{old}")  # fmt: skip
        return merges.strip() == b"0"

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

    def pending(self, place: str) -> int:
        """How many files under `place` differ from the last commit, or are not in it."""
        out = self._ask("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all",
                        "--ignore-submodules=dirty", "--", place)  # fmt: skip
        return out.count(b"\0")

    def untracked(self) -> frozenset[str]:
        out = self._ask("ls-files", "--others", "--exclude-standard", "-z", "--", ".")
        return frozenset(os.fsdecode(path).rstrip("/") for path in out.split(b"\0") if path)


class Flow:
    """The two ends of a git that is at work."""

    def __init__(self, process: "subprocess.Popen[bytes] | None") -> None:
        if not (process and process.stdin and process.stdout and process.stderr):
            raise AssertionError("git was started with pipes")
        self.to: IO[bytes] = process.stdin
        self.answer: IO[bytes] = process.stdout
        self._process = process
        self._said = bytearray()
        # A pipe that nobody empties stops git once it is full.
        self._listener = threading.Thread(target=self._listen, args=(process.stderr,), daemon=True)
        self._listener.start()

    def _listen(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            while block := stream.read1(4096):  # type: ignore[attr-defined]
                self._said = (self._said + block)[-_MOST_SAID:]

    def ended(self) -> None:
        """Once the answer was read to its end: raise RepositoryFault where git failed."""
        with contextlib.suppress(OSError):
            self.to.close()
        if self._process.wait():
            self._listener.join(timeout=5)
            raise _fault("git a échoué", self._said.decode("utf-8", "replace"))

    def broken(self) -> RepositoryFault:
        """Why the answer ended before its end."""
        with contextlib.suppress(OSError):
            self.to.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
            self._listener.join(timeout=5)
        fault = _fault("git s’est arrêté en chemin", self._said.decode("utf-8", "replace"))
        if isinstance(fault, PartialClone):
            return fault
        return RepositoryFault(f"{fault} ; si cela se répète : git fsck")

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._listener.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()


def _command(arguments: tuple[str, ...]) -> list[str]:
    return ["git", *(word for pair in _SAFE for word in pair), *arguments]


def _unopened(folder: Path, said: str) -> RepositoryFault:
    """Why git sees no repository around `folder`."""
    if "dubious ownership" in said:
        # The folder that git names may lie above the site's.
        named = _REFUSED.search(said)
        place = shlex.quote(named[1] if named else str(folder))
        return RepositoryFault(
            "git refuse ce dépôt, qui appartient à quelqu’un d’autre : "
            f"git config --global --add safe.directory {place}"
        )
    if "not a git repository" in said or "cannot use bare repository" in said:
        return RepositoryFault("ce site n’est pas dans un dépôt git")
    return _fault("git ne peut pas ouvrir ce dépôt", said)


def _fault(what: str, said: str) -> RepositoryFault:
    """`what` happened, with the last thing that git complains of."""
    if "promisor" in said:  # what a partial clone lacks is never fetched: see `_SAFE`
        return PartialClone(
            "ce dépôt a été copié en partie ; lancez : git fetch --refetch --no-filter"
        )
    lines = [line.strip() for line in said.strip().splitlines()] or ["sans dire pourquoi"]
    # Its last words may go on below: « fatal: unknown repository extension found: », then which.
    start = max((n for n, line in enumerate(lines) if line.startswith("fatal:")), default=-1)
    return RepositoryFault(f"{what} : {' '.join(lines[start:][:3])}")


@contextlib.contextmanager
def clean_environment() -> Iterator[None]:
    """Without GIT_DIR, GIT_EXTERNAL_DIFF and the rest: hooks and forges set them for other work."""
    environ = os.environ  # noqa: TID251 - GitPython passes it on, and cannot be told to leave some
    taken = {name: environ.pop(name) for name in list(environ) if name.startswith("GIT_")}
    try:
        yield
    finally:
        environ.update(taken)
