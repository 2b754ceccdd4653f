"""One build at a time: a lock on a file in the workshop.

The system takes the lock back when its holder dies, however it dies; processes forked from the
holder hold it too, rightly, since they may still be writing. The file itself is never removed.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05


class Busy(Exception):
    """Another build holds the tree and did not end in time."""

    def __init__(self, message: str = "une autre construction est en cours") -> None:
        super().__init__(message)


@contextmanager
def held(file: Path, patience: float, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Hold the lock. `waiting` is called once if it is not free; `Busy` after `patience` seconds.

    Raises `OSError` where the disk does not let us lock.
    """
    descriptor = _taken(file, patience, waiting)
    owner = os.getpid()
    try:
        yield
    finally:
        # A forked child that unwinds through here must not free what its parent holds; and the
        # parent frees it in so many words, as closing alone would leave it to living children.
        if os.getpid() == owner:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)


def _taken(file: Path, patience: float, waiting: Callable[[], None] | None) -> int:
    end = time.monotonic() + patience
    said = False
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is(descriptor, file):
                return descriptor
            os.close(descriptor)  # somebody removed the folder meanwhile: lock the new file
            continue
        except BlockingIOError:
            os.close(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        if time.monotonic() >= end:
            raise Busy
        if waiting is not None and not said:
            waiting()
            said = True
        time.sleep(_PAUSE)


def _is(descriptor: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except FileNotFoundError:
        return False
