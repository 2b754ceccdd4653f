"""Arguments as a tree: each under the one that it answers.

What people write may go round in a circle, or a thousand deep; the tree does neither.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

DEEPEST = 5  # nested lists: a telephone has no room for more, and a reader no patience


class Thread(NamedTuple):
    """An argument by its id, and its answers. `beyond` is the argument it answers where that is
    not the one it hangs under: the tree was too deep.
    """

    id: str
    beyond: str | None
    replies: "tuple[Thread, ...]"


def threads(order: Sequence[str], answers: Mapping[str, str]) -> tuple[Thread, ...]:
    """The arguments that answer none, in `order`, each with its answers in the same order.

    `answers` says which one an argument answers; one that is not in `order` counts for none, and
    so does the first of each circle.
    """
    parents = _parents(order, answers)
    depths = _depths(order, parents)
    replies: dict[str | None, list[str]] = {}
    for one in order:
        replies.setdefault(_under(one, parents, depths), []).append(one)

    def grown(one: str) -> Thread:
        above = _under(one, parents, depths)
        parent = parents.get(one)
        below = tuple(map(grown, replies.get(one, ())))
        return Thread(one, parent if parent != above else None, below)

    return tuple(map(grown, replies.get(None, ())))


def _parents(order: Sequence[str], answers: Mapping[str, str]) -> dict[str, str]:
    """Each argument's parent, with every circle opened at its first member."""
    rank = {one: at for at, one in enumerate(order)}
    parents = {one: answers[one] for one in order if answers.get(one) in rank}
    done: set[str] = set()
    for start in order:
        way: dict[str, None] = {}
        one: str | None = start
        while one is not None and one not in done:
            if one in way:
                circle = list(way)[list(way).index(one) :]
                del parents[min(circle, key=rank.__getitem__)]
                break
            way[one] = None
            one = parents.get(one)
        done.update(way)
    return parents


def _depths(order: Sequence[str], parents: Mapping[str, str]) -> dict[str, int]:
    """How many arguments stand above each."""
    depths: dict[str, int] = {}
    for start in order:
        way = []
        one: str | None = start
        while one is not None and one not in depths:
            way.append(one)
            one = parents.get(one)
        depth = -1 if one is None else depths[one]
        for step, each in enumerate(reversed(way), 1):
            depths[each] = depth + step
    return depths


def _under(one: str, parents: Mapping[str, str], depths: Mapping[str, int]) -> str | None:
    """What an argument hangs under: its parent, or the ancestor at the last level that nests."""
    above = parents.get(one)
    while above is not None and depths[above] >= DEEPEST:
        above = parents.get(above)
    return above
