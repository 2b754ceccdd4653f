"""A file of the user's written again: a kill leaves the whole old text or the whole new one."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path


def rewrite(file: Path, data: bytes) -> None:
    """`data` in the place of `file`, with its mode; or in a new one. Raises OSError; an old file
    then stands.
    """
    with prepared(file, data) as put:
        put()


@contextlib.contextmanager
def prepared(file: Path, data: bytes) -> Iterator[Callable[[], object]]:
    """`data` written beside `file`, and what puts it there, for which the disk has room by then.

    Raises OSError.
    """
    new = beside(file)
    # A link of that name may have come with a pull request: nothing is written through it.
    new.unlink(missing_ok=True)
    try:
        with new.open("xb") as stream:
            stream.write(data)
        with contextlib.suppress(FileNotFoundError):
            new.chmod(file.stat().st_mode & 0o777)
        yield lambda: new.replace(file)
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def beside(file: Path) -> Path:
    """Where the new text of `file` waits until it is put there; a kill may leave it."""
    return file.with_name(f".{file.name}.cq")


@contextlib.contextmanager
def unbroken() -> Iterator[None]:
    """Ctrl-C comes too late here: files that belong together are all written, or none was begun."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN) or signal.SIG_DFL
    except ValueError:  # not the main thread, where no Ctrl-C arrives
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
