"""From a seed to a jury: the ticket, everyone's rank, the seats, who stands behind them.

A committed draw always ends: nothing here can fail for a plan and a pool that were checked.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from cq.draw.canon import be32, digest, keyed, keyer
from cq.draw.plan import Plan
from cq.draw.pool import Person

RESERVES = 3  # that a transcript names for each seat; the whole order can be computed again


class Drawn(NamedTuple):
    """What a seed makes of a pool and a plan. Lists of pids are in the order of ranks."""

    ticket: int
    composition: int
    seats: tuple[Person, ...]
    passed_household: tuple[str, ...]  # only their household stood in the way at their turn
    waived_household: tuple[str, ...]  # seated all the same, since their type fell short
    reserve: tuple[tuple[str, ...], ...]  # by type: all the others


def seed_of(commit: bytes, values: Sequence[bytes]) -> bytes:
    """The 32 bytes that everything follows from. `values` are those of the sources, in the order
    of the commitment `commit`, without which they are worth nothing. Raises `ValueError` where
    there is none, or an empty one: such a seed would be known beforehand.
    """
    if not values or not all(values):
        raise ValueError("no value to make a seed of")
    parts = itertools.chain.from_iterable((be32(len(one)), one) for one in values)
    return digest("seed", commit, *parts)


def ticket_of(seed: bytes, total: int) -> int:
    """A number below `total`, each as likely as any other."""
    bound = (1 << 256) // total * total
    for counter in itertools.count():  # a second turn has less than one chance in 2^236
        value = int.from_bytes(keyed(seed, "lottery", be32(counter)), "big")
        if value < bound:
            return value % total
    raise AssertionError("unreachable")


def ranked(seed: bytes, pool: Sequence[Person]) -> list[Person]:
    """Everyone, in the order in which they are called."""
    rank = keyer(seed, "rank")
    # A person is a tuple that begins with the pid, which breaks a tie.
    return [one for _, one in sorted((rank(one.pid.encode("ascii")), one) for one in pool)]


def drawn(seed: bytes, plan: Plan, order: Sequence[Person]) -> Drawn:
    """The whole draw. `order` is everyone, `ranked` by `seed`."""
    ticket = ticket_of(seed, plan.total)
    composition = plan.at(ticket)
    wanted = list(plan.compositions[composition])
    seated: set[str] = set()
    households: set[str] = set()
    passed = []
    for person in order:
        pid, kind, household = person
        if not wanted[kind]:
            continue
        if plan.household and household in households:
            passed.append(person)
            continue
        wanted[kind] -= 1
        seated.add(pid)
        if household:
            households.add(household)
    waived = []
    for person in passed:
        if wanted[person.type]:
            wanted[person.type] -= 1
            seated.add(person.pid)
            waived.append(person.pid)
    rest: list[list[str]] = [[] for _ in plan.counts]
    seats = []
    for person in order:
        pid, kind, _ = person
        if pid in seated:
            seats.append(person)
        else:
            rest[kind].append(pid)
    return Drawn(
        ticket,
        composition,
        tuple(seats),
        tuple(person.pid for person in passed),
        tuple(waived),
        tuple(map(tuple, rest)),
    )
