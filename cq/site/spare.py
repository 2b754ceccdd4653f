"""The second tree, beside the published one: brought up to date, written to, proven, then swapped.

Unchanged files are one file with two names (hard links), so nothing here is ever written in place:
a new file takes the name, the old one stays with the published tree. Mistakes of the system come
out as `OSError`; `ESTALE` is ours and says that somebody else changed files meanwhile.
"""

# Plain strings and os calls: tens of thousands a build, and a Path object costs more than each.
# ruff: noqa: PTH101, PTH102, PTH106, PTH108, PTH123

import errno
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from cq import digest
from cq.site.protect import Sealing, Stream
from cq.site.tree import SEALED, Entry, folders, seal

# What is published is for everybody, whatever the umask: a site copied with its modes to a server
# must not answer « forbidden ». Who may look into build/ here is the umask's business.
_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_BLOCK = 1 << 20
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV}
    | {errno.ENOSYS}
)
_TRIES = 8  # against another worker that makes or clears the same folder; one is usual


class Spare:
    """The tree in the folder `root`. Workers forked from its process write through it alike."""

    def __init__(self, root: Path, published: Path) -> None:
        self.root = root
        self._base = f"{root}/"
        self._published = f"{published}/"
        self._trusted = True

    def rebuild(self, known: Mapping[str, Entry]) -> None:
        """Whatever lies here: afterwards every file in `known` is that of the published tree, and
        there is no other, nor a link that could lead a later write elsewhere.

        Folders stay, empty ones too, until `prove`: some disks need milliseconds to remove one.
        """
        self._trusted = False
        if os.path.lexists(self.root) and not _is_folder(self._base[:-1]):
            self.root.unlink()
        empty = not os.path.lexists(self.root)
        self._make_folder("")
        shared = set()
        for path, child in self._files():
            if path in known and _same(child, self._published + path):
                shared.add(path)
            else:
                os.unlink(child.path)
        for path in known:
            if path not in shared:
                self._link(path)
        if empty:  # all that lies here was made just now
            for folder in folders(known):
                seal(self._base + folder)
            self._trusted = True

    def give_back(self) -> None:
        """Free the room that only this tree takes; what is left needs `rebuild`."""
        for _, child in self._files():
            if child.stat(follow_symlinks=False).st_nlink == 1:
                os.unlink(child.path)

    def patch(self, known: Mapping[str, Entry], stale: Iterable[str]) -> None:
        """Make the files at `stale` those of the published tree, or none where it has none."""
        wanted = []
        for path in stale:
            if path in known:
                wanted.append(path)
            else:
                self.discard(path)
        for path in wanted:
            self._link(path)

    def write(self, path: str, content: bytes | Stream | Sealing) -> tuple[int, int]:
        """A new file at `path`; size and modification time of what was written.

        After a failure a part of it may lie here: no seal covers it, so `prove` lets none through.
        """
        descriptor = self._create(path)
        try:
            if stat.S_IMODE(os.fstat(descriptor).st_mode) != _FILE_MODE:
                with suppress(PermissionError):  # a disk without modes
                    os.fchmod(descriptor, _FILE_MODE)
            if isinstance(content, Stream):
                _copy(content, descriptor)
            elif isinstance(content, Sealing):
                for piece in content.pieces():
                    _write_all(descriptor, piece)
            else:
                _write_all(descriptor, content)
            status = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        return status.st_size, status.st_mtime_ns

    def discard(self, path: str) -> None:
        """Remove a file, and the folders that stood for it alone. A folder of that name stays."""
        with suppress(FileNotFoundError, NotADirectoryError):
            if not _is_folder(self._base + path):
                os.unlink(self._base + path)
        folder = path.rpartition("/")[0]
        with suppress(OSError):
            while folder:
                os.rmdir(self._base + folder)
                folder = folder.rpartition("/")[0]

    def prove(
        self,
        final: Mapping[str, Entry],
        known: Mapping[str, Entry],
        written: Iterable[str] = (),
    ) -> None:
        """Make sure that the tree is exactly `final`, and seal it.

        A folder whose seal holds is as it was when it was last proven, unless something is said to
        be `written` there, or the tree was rebuilt; every other one is listed, cleared of what is
        not in `final` and compared file by file. So nothing is published that was not seen,
        whatever a worker, a crash or a hand left here. Raises `ESTALE` for a file that is neither
        here as listed nor in `known`.
        """
        counts = folders(final)
        fresh = {path.rpartition("/")[0] for path in written}
        for folder in sorted(counts):
            if folder in fresh or not (self._trusted and _is_sealed(self._base + folder)):
                self._set_right(folder, final, known, counts)

    def _set_right(
        self,
        folder: str,
        final: Mapping[str, Entry],
        known: Mapping[str, Entry],
        counts: Mapping[str, int],
    ) -> None:
        self._make_folder(folder)
        prefix = folder + "/" if folder else ""
        right = set()
        with os.scandir(self._base + folder) as listing:
            children = list(listing)
        for child in children:
            path = prefix + child.name
            if path in final and child.is_file(follow_symlinks=False):
                status = child.stat(follow_symlinks=False)
                if (status.st_size, status.st_mtime_ns) == final[path][:2]:
                    right.add(path)
            elif path not in counts or not child.is_dir(follow_symlinks=False):
                _clear(child.path)
        if len(right) != counts[folder]:
            for path, entry in final.items():
                if path.rpartition("/")[0] == folder and path not in right:
                    if known.get(path) != entry:
                        raise _stale(self._base + path)
                    self._link(path)
        seal(self._base + folder)

    def _files(self) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """All that is not a folder; links are not followed."""
        waiting = [""]
        while waiting:
            prefix = waiting.pop()
            with os.scandir(self._base + prefix) as listing:
                children = list(listing)
            for child in children:
                if child.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{child.name}/")
                else:
                    yield prefix + child.name, child

    def _create(self, path: str) -> int:
        target = self._base + path
        for _ in range(_TRIES):
            try:
                return os.open(target, _NEW, _FILE_MODE)
            except FileExistsError:
                _clear(target)
            except (FileNotFoundError, NotADirectoryError):
                self._make_folder(path.rpartition("/")[0])
        raise _stale(target)

    def _make_folder(self, folder: str) -> None:
        target = self._base + folder
        for _ in range(_TRIES):
            try:
                os.mkdir(target, _FOLDER_MODE)
            except FileExistsError:
                with suppress(FileNotFoundError, NotADirectoryError):
                    if _is_folder(target.rstrip("/")):
                        return
                    os.unlink(target.rstrip("/"))
            except (FileNotFoundError, NotADirectoryError):
                if not folder:
                    raise
                self._make_folder(folder.rpartition("/")[0])
            else:
                with suppress(PermissionError):  # a disk without modes
                    os.chmod(target, _FOLDER_MODE)
                return
        raise _stale(target)

    def _link(self, path: str) -> None:
        """The published file gets its second name here; a copy where the disk has no links."""
        source, target = self._published + path, self._base + path
        for _ in range(_TRIES):
            try:
                os.link(source, target)
            except FileExistsError:
                _clear(target)
            except (FileNotFoundError, NotADirectoryError):
                if not os.path.lexists(source):
                    raise _stale(source) from None
                self._make_folder(path.rpartition("/")[0])
            except OSError as fault:
                if fault.errno not in _NO_LINKS:
                    raise
                self._copy(source, path)
                return
            else:
                return
        raise _stale(target)

    def _copy(self, source: str, path: str) -> None:
        with open(source, "rb") as stream:
            status = os.fstat(stream.fileno())
            descriptor = self._create(path)
            with open(descriptor, "wb") as out:
                shutil.copyfileobj(stream, out, _BLOCK)
        target = self._base + path
        with suppress(PermissionError):
            os.chmod(target, _FILE_MODE)
        os.utime(target, ns=(status.st_mtime_ns, status.st_mtime_ns))


def _is_folder(path: str) -> bool:
    return stat.S_ISDIR(os.lstat(path).st_mode)


def _is_sealed(path: str) -> bool:
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return status.st_mtime_ns == SEALED and stat.S_ISDIR(status.st_mode)


def _same(child: os.DirEntry[str], published: str) -> bool:
    """Whether they are one file with two names: then they have one content."""
    try:
        return os.path.samestat(child.stat(follow_symlinks=False), os.lstat(published))
    except (FileNotFoundError, NotADirectoryError):
        return False


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _copy(content: Stream, descriptor: int) -> None:
    """Block by block, and only if it is still the file that the content was checked with."""
    with open(os.open(content.source, os.O_RDONLY | os.O_NOFOLLOW), "rb", buffering=0) as stream:

        def blocks() -> Iterator[bytes]:
            while block := stream.read(_BLOCK):
                _write_all(descriptor, block)
                yield block

        if digest.of_blocks(blocks()) != content.digest:
            raise _stale(str(content.source))


def _clear(target: str) -> None:
    try:
        os.unlink(target)
    except FileNotFoundError:
        return
    except (IsADirectoryError, PermissionError):
        # macOS says « not permitted » where Linux says « is a directory ».
        if not _is_folder(target):
            raise
        shutil.rmtree(target)


def _stale(path: str) -> OSError:
    return OSError(errno.ESTALE, os.strerror(errno.ESTALE), path)
