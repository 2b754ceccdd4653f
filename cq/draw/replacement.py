"""Who takes the seat of somebody who cannot come: a forced move, in a chain that shows each one.

No new chance: nobody gains anything by provoking a refusal. Reasons stay with the town hall.
"""

from collections.abc import Iterable, Sequence
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

    def __post_init__(self) -> None:
        self.sitting = {person.pid: person for person in self.drawn.seats}
        self._asked = set(self.sitting)

    def seats(self) -> list[int]:
        """How many sit of each type."""
        seats = [0] * len(self.plan.types)
        for person in self.sitting.values():
            seats[person.type] += 1
        return seats

    def replace(self, pid: str) -> Event:
        """Take `pid` out, and in whom the rule says. Raises `NotSeated`."""
        leaving = self.sitting.pop(pid, None)
        if leaving is None:
            raise NotSeated(pid)
        entering = self._next(leaving.type)
        if entering is not None:
            self.sitting[entering.pid] = entering
            self._asked.add(entering.pid)
        before = self.events[-1].digest() if self.events else self.commit
        event = Event(
            len(self.events) + 1,
            pid,
            entering.pid if entering else None,
            leaving.type,
            self.plan.gap(self.seats(), self.drawn.composition),
            before,
        )
        self.events.append(event)
        return event

    def _next(self, kind: int) -> Person | None:
        """The next of the same type whose household does not sit; when the type is spent, of all
        others who brings the panel nearest to what was wanted; when only households that sit are
        left, the same without that rule.
        """
        left = [person for person in self.order if person.pid not in self._asked]
        apart = self._apart(left)
        same = next((person for person in apart if person.type == kind), None)
        return same or self._nearest(apart) or self._nearest(left)

    def _apart(self, people: Iterable[Person]) -> list[Person]:
        if not self.plan.household:
            return list(people)
        sitting = {person.household for person in self.sitting.values() if person.household}
        return [person for person in people if person.household not in sitting]

    def _nearest(self, people: Sequence[Person]) -> Person | None:
        seats = self.seats()
        gaps: dict[int, int] = {}
        for kind in {person.type for person in people}:
            seats[kind] += 1
            gaps[kind] = self.plan.gap(seats, self.drawn.composition)
            seats[kind] -= 1
        # `min` keeps the first of equals: the first in rank.
        return min(people, key=lambda person: gaps[person.type], default=None)
