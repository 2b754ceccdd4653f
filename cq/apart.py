"""Hostile things, each given to a process of its own making: it may die of one, and that is known.

`over` is for work that we trust. Here the work is a large library of C on a file from anybody: what
crashes, fills the memory or never ends costs its process, and the answer is how it ended. Such a
process has bounds of time and memory, keeps nothing of ours open but its pipe, can open neither
file nor connection while it works, and answers in bytes: nothing that it sends is unpickled, waited
for without end, or believed where it would end the run.
"""

import faulthandler
import gc
import math
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from enum import Enum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

A = TypeVar("A")
_Link: TypeAlias = "Connection[Any, Any]"


class End(Enum):
    """How a process came to its end, instead of an answer."""

    CRASHED = "crashed"  # the library fell, or had no more memory
    SLOW = "slow"
    KILLED = "killed"  # from outside: by somebody, or by a system without memory


class Bounds(NamedTuple):
    """What one thing may cost."""

    seconds: int = 20  # of processor
    memory: int = 768 << 20  # bytes, beside what the process has when it begins
    answer: int = 16 << 20  # bytes


# A process that neither works nor answers: the clock on the wall, against that of the processor.
_PATIENCE = 10
_DONE, _FAULT = b"+", b"!"
_HEAD = 8  # bytes that say how long an answer is
_READ = 1 << 20
_AHEAD = 16  # answers, a process, that may wait for one that is slow


def apart(
    take: Callable[[A], bytes],
    work: Callable[[bytes], bytes],
    things: Sequence[A],
    *,
    jobs: int,
    bounds: Bounds = Bounds(),  # noqa: B008 - a tuple of numbers
) -> Iterator[bytes | End]:
    """`work` of the bytes that `take` gives of each of `things`, in their order.

    `take` runs in the process too, before its doors are shut: it is ours, and so is its fault, an
    OSError, raised here where `take` fails here as well. A death is blamed on the thing that a new
    process began with: whatever kills an older one is tried again.
    """
    if not things:
        return
    gc.freeze()  # as in `over`
    crew = [_Hand(take, work, things, bounds) for _ in range(min(jobs, len(things)))]
    done: dict[int, bytes | End] = {}
    waiting = list(range(len(things)))[::-1]
    try:
        for number in range(len(things)):
            while number not in done:
                for hand in crew:
                    if hand.busy is None and waiting and waiting[-1] < number + len(crew) * _AHEAD:
                        hand.give(waiting.pop())
                for hand in _heard(crew):
                    given, answer = hand.answer()
                    if answer is None:
                        waiting.append(given)
                        waiting.sort(reverse=True)
                    else:
                        done[given] = answer
            yield done.pop(number)
    finally:
        for hand in crew:
            hand.dismiss()
        gc.unfreeze()


def _heard(crew: "list[_Hand]") -> "list[_Hand]":
    """Those that have answered, ended, or been waited for too long."""
    busy = [hand for hand in crew if hand.busy is not None]
    left = max(0.0, min(hand.until for hand in busy) - time.monotonic())
    ready = wait([hand.link for hand in busy], left)
    return [
        one for one in busy if (one.link in ready and one.hear()) or one.until <= time.monotonic()
    ]


class _Hand:
    """One process at the end of a pipe, made when it is needed and again when it has died."""

    def __init__(
        self,
        take: Callable[[A], bytes],
        work: Callable[[bytes], bytes],
        things: Sequence[A],
        bounds: Bounds,
    ) -> None:
        self.busy: int | None = None
        self.until = 0.0
        self.link: _Link
        self._member: BaseProcess | None = None
        self._answered = False  # whether this very process has
        self._said = bytearray()
        self._over = False  # it ended, or says more than it may
        self._bounds = bounds
        self._take: Callable[[int], bytes] = lambda number: take(things[number])
        self._work = work

    def give(self, number: int) -> None:
        if self._member is None:
            self._hire()
        self._said.clear()
        self._over = False
        self.busy, self.until = number, time.monotonic() + self._bounds.seconds * _PATIENCE
        with suppress(BrokenPipeError, ConnectionResetError):  # `answer` tells why
            self.link.send_bytes(str(number).encode())

    def _hire(self) -> None:
        context = multiprocessing.get_context("fork")
        self.link, theirs = context.Pipe()
        self._answered = False
        self._member = context.Process(
            target=_serve, args=(theirs, self._take, self._work, self._bounds), daemon=True
        )
        try:
            self._member.start()
        except OSError:
            self._member = None
            self.link.close()
            raise
        finally:
            theirs.close()

    def hear(self) -> bool:
        """Take what has come, without waiting for more; whether that is all."""
        try:
            piece = os.read(self.link.fileno(), _READ)
        except OSError:
            piece = b""
        self._said += piece
        size = self._size()
        self._over = not piece or size > self._bounds.answer or len(self._said) > _HEAD + size
        return self._over or len(self._said) == _HEAD + size

    def _size(self) -> int:
        return int.from_bytes(self._said[:_HEAD], "big") if len(self._said) >= _HEAD else 1

    def answer(self) -> tuple[int, bytes | End | None]:
        """The number it was given, and its answer; None: to be tried in a new process."""
        number, self.busy = self.busy, None
        assert number is not None  # noqa: S101 - for the type alone
        late = not self._over and len(self._said) != _HEAD + self._size()
        said = b"" if late or self._over else bytes(self._said[_HEAD:])
        if said[:1] == _DONE:
            self._answered = True
            return number, said[1:]
        if said[:1] == _FAULT:
            self._take(number)  # a process that a file has taken over may say so as well
        return number, self._bury(late=late)

    def _bury(self, *, late: bool) -> End | None:
        assert self._member is not None  # noqa: S101 - for the type alone
        if late:
            self._member.kill()
        self.link.close()
        until = time.monotonic() + 1  # it is ending, or must be made to
        while self._member.is_alive() and time.monotonic() < until:
            time.sleep(0.002)  # not `join`: it waits at a pipe that the process has let go
        code, blamed = self._member.exitcode, not self._answered
        self.dismiss()
        if not blamed:
            return None
        if late or code == -signal.SIGXCPU:
            return End.SLOW
        return End.KILLED if code == -signal.SIGKILL else End.CRASHED

    def dismiss(self) -> None:
        if self._member is not None:
            self._member.kill()
            self._member.join()
            self._member = None
            self.link.close()


def _serve(
    link: _Link,
    take: Callable[[int], bytes],
    work: Callable[[bytes], bytes],
    bounds: Bounds,
) -> None:
    """A process's life: it ends with its pipe, or with what it was given."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the group: the parent answers
    try:
        faulthandler.disable()
        nowhere = os.open(os.devnull, os.O_RDWR)  # last words of a library are not for the user
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        _let_go(link.fileno())
        _confine(bounds)
        while True:
            number = int(link.recv_bytes())
            try:
                data = take(number)
            except OSError:
                _say(link, _FAULT)
                continue
            _give_time(bounds)
            files = resource.getrlimit(resource.RLIMIT_NOFILE)
            resource.setrlimit(resource.RLIMIT_NOFILE, (0, files[1]))
            try:
                answer = work(data)
            finally:
                resource.setrlimit(resource.RLIMIT_NOFILE, files)
            _say(link, _DONE + answer)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    finally:
        os._exit(0 if sys.exc_info()[0] is None else 1)  # nothing of the parent's is ours to close


def _say(link: _Link, answer: bytes) -> None:
    left = memoryview(len(answer).to_bytes(_HEAD, "big") + answer)
    while left:
        left = left[os.write(link.fileno(), left) :]


def _let_go(kept: int) -> None:
    """Of all that ours had open: the ledger, the pipes of others."""
    with suppress(OSError):  # where the system does not list them, they stay
        for name in os.listdir("/dev/fd"):  # noqa: PTH208 - numbers, not files
            if int(name) > 2 and int(name) != kept:
                with suppress(OSError):  # the list's own is closed
                    os.close(int(name))


def _confine(bounds: Bounds) -> None:
    """No memory beyond what is granted, nothing written, and no picture of it left behind."""
    for which in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(which, (0, 0))
    with suppress(OSError, ValueError):  # where the system tells no size, time is the only bound
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + bounds.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _give_time(bounds: Bounds) -> None:
    """The seconds of this one thing, after those that others have had."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime) + bounds.seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))
