"""Files that only their owner may read: written whole or not at all, 0600 from their first byte.

And where they may lie: not among what is published or read as content, and, for what is in clear,
in no git repository that would take it in.
"""

import contextlib
import fcntl
import os
import re
import secrets
import shlex
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from cq.content.layout import CONTENT
from cq.seal.slots import MOST_BYTES

_PATIENCE = 10.0  # seconds: another command on the same keyring is a matter of one or two
_PAUSE = 0.05
_LEFT = re.compile(r"\..+\.[0-9a-f]{8}")


class NoKeyring(Exception):
    """There is no keyring where it was looked for; the words are for the user."""


class Occupied(Exception):
    """Another command is changing the same private files; the words are for the user."""


class Taken(Exception):
    """Another process has a lock."""


class Misplaced(Exception):
    """A place in which no such file may lie; the words are for the user."""


def before(path: Path) -> Path:
    """Where the version before the last change is kept."""
    return path.with_name(f"{path.name}.avant")


def read(path: Path, most: int) -> bytes:
    """The file's bytes, `most` + 1 of them where it is larger. Raises NoKeyring or OSError.

    Opened without waiting: nobody may ever write into a named pipe.
    """
    try:
        with open(path, "rb", opener=_at_once) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise NoKeyring(f"{path} n’est pas un fichier")
            return stream.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise NoKeyring(
            f"pas de trousseau ici : {path}\n"
            "pour en créer un : cq access init ; s’il est ailleurs : CQ_KEYRING=CHEMIN"
        ) from None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def slots(access: Path) -> bytes | None:
    """The bytes of acces.json, cut where no council's is so long; None where there is none.

    Raises OSError.
    """
    if not access.is_file():
        return None
    with access.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def write(path: Path, data: bytes, *, backup: bool = False) -> None:
    """`data` in the place of `path`, for its owner alone. Raises OSError; an old file then stands.

    With `backup`, what stood there stays beside (`before`).
    """
    if backup and path.exists():
        write(before(path), path.read_bytes())
    with writing(path) as stream:
        stream.write(data)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """What is written takes the place of `path` in the end, for its owner alone: for what is made
    piece by piece. Raises OSError; an old file then stands, as after any other exception.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with _new(beside) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    # The new name itself, where the system can be asked to.
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def is_left(path: Path) -> bool:
    """Whether this is what `writing` leaves beside its file where it is killed."""
    return _LEFT.fullmatch(path.name) is not None and path.is_file()


def create(path: Path, text: str) -> None:
    """`text` in a new file for its owner alone, or no file. Raises Misplaced or OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        stream = _new(path)
    except FileExistsError:
        raise _there([path]) from None
    try:
        with stream:
            stream.write(text.encode())
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


@contextlib.contextmanager
def unless_it_fails() -> Iterator[list[Path]]:
    """A list for the paths of new files, which go again where what follows fails: of secrets that
    are told once, the files come first, and stand for nothing if their keys were not kept.
    """
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in made:
            with contextlib.suppress(OSError):
                path.unlink()
        raise


def _there(paths: Sequence[Path]) -> Misplaced:
    names = ", ".join(map(str, paths))
    line = shlex.join(["rm", "--", *map(str, paths)])
    if len(paths) > 1:
        return Misplaced(
            f"{names} existent déjà : rien n’a été fait\nleurs phrases servent peut-être encore ; "
            f"quand vous n’en avez plus besoin, effacez-les et recommencez : {line}\n"
            "ou écrivez ailleurs"
        )
    return Misplaced(
        f"{names} existe déjà : rien n’a été fait\nil a peut-être une phrase qui sert encore ; "
        f"quand vous n’en avez plus besoin, effacez-le et recommencez : {line}\n"
        "ou écrivez ailleurs"
    )


def _new(path: Path) -> BinaryIO:
    """A file that was not there, opened for its owner alone, through no link."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    os.fchmod(descriptor, 0o600)  # whatever the mask was
    return os.fdopen(descriptor, "wb")


def vacant(paths: Iterable[Path]) -> None:
    """Raise Misplaced for those of new files that are there already, all at once."""
    there = [path for path in paths if path.exists() or path.is_symlink()]
    if there:
        raise _there(there)


def guard(path: Path, root: Path, output: Path) -> None:
    """Raise Misplaced where a new file in clear would be lost, published or taken in by git."""
    from cq.repository import would_take

    vacant([path])
    place = Path(os.path.abspath(path))  # noqa: PTH100 - a link in it stays as it is
    real = place.parent.resolve() / place.name
    if among(real, root, output):
        raise Misplaced(
            f"{path} : rien de secret ne s’écrit parmi les contenus ou le site construit\n"
            "nommez un fichier hors du site"
        )
    if would_take(real):
        raise Misplaced(
            f"{path} est dans un dépôt git, qui garderait ce fichier pour toujours\n"
            f"nommez un fichier hors du dépôt, ou ajoutez à .gitignore : {place.name}"
        )


def among(real: Path, root: Path, output: Path) -> bool:
    """Whether `real`, a path without links, is or lies in what is published or read as content."""
    places = {output.resolve(), (root / CONTENT).resolve()}
    return not places.isdisjoint((real, *real.parents))


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the keyring at `path`: two commands that change it come one after the other.

    Raises Occupied or OSError.
    """
    try:
        with held(path.with_name(f".{path.name}.verrou"), _PATIENCE):
            yield
    except Taken:
        raise Occupied(
            f"une autre commande se sert du trousseau {path} ; rien n’a été fait"
        ) from None


@contextlib.contextmanager
def held(file: Path, patience: float) -> Iterator[int]:
    """Hold the lock on `file`, which is made and never removed; its descriptor, open to be written.

    The system takes the lock back when its holder dies. Raises Taken where another process still
    has it after `patience` seconds, or OSError.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        end = time.monotonic() + patience
        while not _locked(descriptor):
            if time.monotonic() >= end:
                raise Taken
            time.sleep(_PAUSE)
        yield descriptor
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
