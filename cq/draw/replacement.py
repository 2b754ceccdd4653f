"""Who takes the seat of somebody who cannot come: a forced move, in a chain that shows each one.

No new chance: nobody gains anything by provoking a refusal. Reasons stay with the town hall.
"""

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cq.draw.canon import canonical, digest
from cq.draw.plan import Plan
from cq.draw.pool import Person
from cq.draw.seating import Drawn


class Event(NamedTuple):
    """One replacement. `entering` is None when nobody is left; `type` is that of who left;
    `gap` is `Plan.gap` after it; `before` is the digest of the event before, or the commitment.
    """

    number: int
    leaving: str
    entering: str | None
    type: int
    gap: int
    before: str

    def as_json(self) -> dict[str, object]:
        return {
            "gap": self.gap, "in": self.entering, "n": self.number, "out": self.leaving,
            "prev": self.before, "type": self.type,
        }  # fmt: skip

    def digest(self) -> str:
        """64 hexadecimal digits: what the next event has as `before`."""
        return digest("event", canonical(self.as_json())).hex()


class NotSeated(ValueError):
    """Somebody who does not sit cannot be replaced."""


@dataclass
class Panel:
    """The jury as it stands, and all that have not been asked. Events are applied one by one."""

    plan: Plan
    drawn: Drawn
    order: Sequence[Person]  # everyone, by rank
    commit: str
    events: list[Event] = field(default_factory=list)
    believed: int = 0  # events whose choice of another type was taken as it was said

    def __post_init__(self) -> None:
        self.sitting = {person.pid: person for person in self.drawn.seats}
        self._seats = list(self.plan.compositions[self.drawn.composition])
        self._waiting: _Waiting | None = None  # made for the first replacement

    def seats(self) -> list[int]:
        """How many sit of each type."""
        return list(self._seats)

    def replace(self, pid: str, said: str = "") -> Event:
        """Take `pid` out, and in whom the rule says. Raises `NotSeated`.

        Where the plan's types are sealed and their table is not here, nobody can tell which other
        type is the nearest: `said` is believed, if it is the first of a type that is left.
        """
        if self._waiting is None:
            self._waiting = _Waiting(self.order, self.sitting, households=bool(self.plan.household))
        leaving = self.sitting.pop(pid, None)
        if leaving is None:
            raise NotSeated(pid)
        self._seats[leaving.type] -= 1
        self._waiting.leaves(leaving)
        entering = self._next(self._waiting, leaving.type, said)
        if entering is not None:
            self.sitting[entering.pid] = entering
            self._seats[entering.type] += 1
            self._waiting.sits(entering)
        before = self.events[-1].digest() if self.events else self.commit
        event = Event(
            len(self.events) + 1,
            pid,
            entering.pid if entering else None,
            leaving.type,
            self.plan.gap(self._seats, self.drawn.composition),
            before,
        )
        self.events.append(event)
        return event

    def _next(self, waiting: "_Waiting", kind: int, said: str) -> Person | None:
        """The next of the same type whose household does not sit; when the type is spent, of all
        others who brings the panel nearest to what was wanted; when only households that sit are
        left, the same without that rule.
        """
        rank = waiting.first(kind)
        if rank is None:
            rank = self._nearest(waiting.apart(), said)
        if rank is None:
            rank = self._nearest(waiting.left(), said)
        return None if rank is None else self.order[rank]

    def _nearest(self, ranks: Mapping[int, int], said: str) -> int | None:
        """Of the first of each type the one who leaves the smallest gap, the first among equals."""
        if not ranks:
            return None
        if self.plan.is_closed:
            self.believed += len(ranks) > 1
            known = (rank for rank in ranks.values() if self.order[rank].pid == said)
            return next(known, min(ranks.values()))
        steps = self.plan.steps(self._seats, self.drawn.composition)
        return min((steps[kind], rank) for kind, rank in ranks.items())[1]


class _Waiting:
    """Who has not been asked, by rank: the first of each type, without going through all again
    at each replacement. Those of a household that sits wait with it (`_parked`).
    """

    def __init__(
        self, order: Sequence[Person], sitting: Mapping[str, Person], *, households: bool
    ) -> None:
        self._order, self._households = order, households
        self._asked = set(sitting)
        self._homes = Counter(map(self._home, sitting.values()))
        # For each type: all of it; the same by household; the first of each household.
        self._all: dict[int, deque[int]] = defaultdict(deque)
        self._lines: dict[tuple[int, str], deque[int]] = defaultdict(deque)
        self._firsts: dict[int, list[tuple[int, str]]] = defaultdict(list)
        self._parked: dict[str, list[int]] = defaultdict(list)
        for rank, person in enumerate(order):
            if person.pid in sitting:
                continue
            self._all[person.type].append(rank)
            line = self._lines[person.type, self._home(person)]
            if not line:  # in the order of ranks, so that each list is a heap already
                self._firsts[person.type].append((rank, self._home(person)))
            line.append(rank)

    def _home(self, person: Person) -> str:
        return person.household if self._households else ""

    def sits(self, person: Person) -> None:
        self._asked.add(person.pid)
        self._homes[self._home(person)] += 1

    def leaves(self, person: Person) -> None:
        home = self._home(person)
        self._homes[home] -= 1
        if self._homes[home] == 0:
            for kind in self._parked.pop(home, ()):
                heapq.heappush(self._firsts[kind], (self._lines[kind, home][0], home))

    def first(self, kind: int) -> int | None:
        """The first of a type whose household does not sit."""
        firsts = self._firsts[kind]
        while firsts:
            rank, home = firsts[0]
            line = self._lines[kind, home]
            if self._order[rank].pid in self._asked:
                heapq.heappop(firsts)
                line.popleft()
                if line:
                    heapq.heappush(firsts, (line[0], home))
            elif home and self._homes[home]:
                heapq.heappop(firsts)
                self._parked[home].append(kind)
            else:
                return rank
        return None

    def apart(self) -> dict[int, int]:
        """By type, the first whose household does not sit."""
        firsts = ((kind, self.first(kind)) for kind in self._all)
        return {kind: rank for kind, rank in firsts if rank is not None}

    def left(self) -> dict[int, int]:
        """By type, the first of all."""
        for line in self._all.values():
            while line and self._order[line[0]].pid in self._asked:
                line.popleft()
        return {kind: line[0] for kind, line in self._all.items() if line}
