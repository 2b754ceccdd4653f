"""Wide stages over many items: in worker processes where that is quicker, in order always.

The function must be pure and its answer plain. `before` runs once, here: imports, which forked
workers then share. `prepare` runs once in each worker: what must not cross a fork.

Not `multiprocessing.Pool`, which waits for ever for the answer of a worker that was killed (out of
memory, for one), and starts again without end one whose preparation fails.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext
from multiprocessing.process import BaseProcess
from typing import Any, TypeAlias, TypeVar

A = TypeVar("A")
B = TypeVar("B")
_Link: TypeAlias = "Connection[Any, Any]"

# Below this a fork costs more than it saves (about 10 ms a worker).
_FEW = 16
# Chunks that a worker has before it, so that it need not wait for the next one.
_AHEAD = 2


class WorkerLost(OSError):
    """A worker ended without an answer: the system or somebody killed it."""

    def __init__(self) -> None:
        super().__init__(
            "un processus de cq a été arrêté de l’extérieur, faute de mémoire peut-être ; "
            "relancez la commande, au besoin avec --jobs 1"
        )


def over(  # noqa: PLR0913 - three moments of a worker, each with its own work
    function: Callable[[A], B],
    things: Sequence[A],
    *,
    jobs: int,
    before: Callable[[], None] = lambda: None,
    prepare: Callable[[], None] = lambda: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[B]:
    """`function` of each of `things`, in their order, whatever the number of `jobs`.

    `meanwhile` runs here, once, while the workers are at their first chunks, or first where there
    are none. Raises what `function` raises, and `WorkerLost`.
    """
    if not things:
        return
    before()
    if jobs <= 1 or len(things) < _FEW or not _can_fork():
        meanwhile()
        yield from _alone(function, things, prepare)
        return
    chunks = _chunks(things, jobs)

    def work(number: int) -> list[B]:
        return [function(thing) for thing in chunks[number]]

    # Forked workers share what is already imported; frozen, the collector leaves those pages
    # alone and they stay shared.
    gc.freeze()
    crew = _Crew(work, prepare, min(jobs, len(chunks)))
    try:
        for answers in crew.answers(len(chunks), meanwhile):
            yield from answers
    finally:
        crew.dismiss()
        gc.unfreeze()


def _chunks(things: Sequence[A], jobs: int) -> list[Sequence[A]]:
    """Large ones first, while there is much to do; small ones last, so that all end together."""
    chunks = []
    first = 0
    while first < len(things):
        size = max(4, min(64, (len(things) - first) // (jobs * 3)))
        chunks.append(things[first : first + size])
        first += size
    return chunks


def _can_fork() -> bool:
    return "fork" in multiprocessing.get_all_start_methods()


def _alone(
    function: Callable[[A], B], things: Iterable[A], prepare: Callable[[], None]
) -> Iterator[B]:
    prepared = False
    for thing in things:
        if not prepared:
            prepare()
            prepared = True
        yield function(thing)


def aside(function: Callable[[], B], *, jobs: int) -> Callable[[], B]:
    """Begin `function` in a process of its own; the answer waits for it.

    With one job, or where nothing can be forked, it runs when the answer is asked for.
    """
    if jobs <= 1 or not _can_fork():
        return function
    crew = _Crew(lambda _: function(), lambda: None, 1)
    crew.give(crew.links[0], 0)

    def answer() -> B:
        try:
            made: B = crew.take(crew.links[0])[1]
        finally:
            crew.dismiss()
        return made

    return answer


class _Crew:
    """Forked workers, each at the end of a pipe: numbers go in, (number, answer) come out."""

    def __init__(
        self, work: Callable[[int], Any], prepare: Callable[[], None], workers: int
    ) -> None:
        self.links: list[_Link] = []
        self._members: list[BaseProcess] = []
        context = multiprocessing.get_context("fork")
        try:
            for _ in range(workers):
                self._hire(context, work, prepare)
        except OSError:
            # No room for one more process or pipe: those that are there will do.
            if not self._members:
                raise

    def _hire(
        self, context: ForkContext, work: Callable[[int], Any], prepare: Callable[[], None]
    ) -> None:
        ours, theirs = context.Pipe()
        links = [*self.links, ours]
        member = context.Process(target=_serve, args=(theirs, links, work, prepare), daemon=True)
        try:
            member.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self.links.append(ours)
        self._members.append(member)

    def answers(self, count: int, meanwhile: Callable[[], None]) -> Iterator[Any]:
        """The answers to 0 … `count` - 1, in that order."""
        waiting = iter(range(count))
        for link in self.links * _AHEAD:
            self._next(link, waiting)
        meanwhile()
        done: dict[int, Any] = {}
        for number in range(count):
            while number not in done:
                ready = wait(self.links)
                for link in (one for one in self.links if one in ready):
                    answered, answer = self.take(link)
                    done[answered] = answer
                    self._next(link, waiting)
            yield done.pop(number)

    def _next(self, link: _Link, waiting: Iterator[int]) -> None:
        number = next(waiting, None)
        if number is not None:
            self.give(link, number)

    def give(self, link: _Link, number: int) -> None:
        # Of a worker that ended meanwhile, `take` tells why.
        with suppress(BrokenPipeError, ConnectionResetError):
            link.send(number)

    def take(self, link: _Link) -> tuple[int, Any]:
        try:
            number, answer, fault = link.recv()
        except (EOFError, ConnectionResetError):
            raise WorkerLost from None
        if fault is not None:
            raise fault
        return number, answer

    def dismiss(self) -> None:
        """End every worker, at work or not."""
        for member in self._members:
            member.kill()
        for member in self._members:
            member.join()
        for link in self.links:
            link.close()


def _serve(
    link: _Link,
    others: list[_Link],
    work: Callable[[int], Any],
    prepare: Callable[[], None],
) -> None:
    """A worker's life: it ends with its pipe, so none outlives the process that made it."""
    # Ctrl-C reaches the whole group: the parent answers for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    try:
        prepare()
        while True:
            number = link.recv()
            link.send((number, work(number), None))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    except Exception as fault:  # noqa: BLE001 - it is raised again by the parent
        _report(link, fault)
    finally:
        os._exit(0)  # nothing of the parent's is ours to close or to print


def _report(link: _Link, fault: Exception) -> None:
    import traceback

    fault.add_note("".join(traceback.format_exception(fault)))
    try:
        link.send((0, None, fault))
    except (OSError, EOFError):
        return
    except Exception:  # noqa: BLE001 - a fault that cannot be sent as it is
        link.send((0, None, RuntimeError(f"{type(fault).__name__}: {fault}")))
