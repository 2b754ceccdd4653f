"""Wide stages over many items: in worker processes where that is quicker, in order always.

The function must be pure and its answer plain. `before` runs once, here: imports, which forked
workers then share. `prepare` runs once in each worker: what must not cross a fork.
"""

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

# Below this a fork costs more than it saves (about 10 ms a worker).
_FEW = 16


def over(
    function: Callable[[A], B],
    things: Sequence[A],
    *,
    jobs: int,
    before: Callable[[], None] = lambda: None,
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[B]:
    """`function` of each of `things`, in their order, whatever the number of `jobs`."""
    if not things:
        return
    before()
    if jobs <= 1 or len(things) < _FEW or "fork" not in multiprocessing.get_all_start_methods():
        yield from _alone(function, things, prepare)
        return
    # Forked workers share what is already imported; frozen, the collector leaves those pages
    # alone and they stay shared.
    gc.freeze()
    size = max(1, min(64, len(things) // (jobs * 4)))
    with multiprocessing.get_context("fork").Pool(jobs, initializer=prepare) as pool:
        yield from pool.imap(function, things, chunksize=size)
    gc.unfreeze()


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
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        return function
    pool = multiprocessing.get_context("fork").Pool(1)
    begun = pool.apply_async(function)

    def answer() -> B:
        with pool:
            return begun.get()

    return answer
