"""What the rule of households costs, which no plan can say: a plan is tried on its own people.

Trials are draws of this protocol with seeds of their own, made from the plan's digest: nobody
chooses them, no source can give one of them, and the same plan and people always say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cq.draw.canon import be32, canonical, digest
from cq.draw.plan import Plan
from cq.draw.pool import Person
from cq.draw.seating import drawn, ranked

LARGE = 4  # people of a household, and more
_RANKS = 400_000  # that all trials together may compute: some two seconds
_FEWEST, _MOST = 2, 500
_ENOUGH = 100  # seats from which a share is worth saying


class Trials(NamedTuple):
    """Sums over `draws`. `passed` are people whose household was seated at their turn, `waived`
    those of them who were seated all the same. Households of `size` and more got `seats`, and would
    have got `free` without the rule, of the same seeds; `size` is 0 where they are too few to say.
    """

    draws: int
    passed: int
    waived: int
    size: int
    seats: int
    free: int

    @property
    def kept(self) -> float:
        """How much of their chance is left to people of households of `size` and more."""
        return self.seats / self.free


def tried(plan: Plan, people: Sequence[tuple[int, str]]) -> Trials:
    """`people` are everyone's type and household, "" where there is none. `plan` has the rule."""
    pool = [Person(f"{at:032x}", kind, home) for at, (kind, home) in enumerate(people)]
    homes = Counter(home for _, home in people if home)
    largest = min(LARGE, max(homes.values(), default=0))
    free = replace(plan, household=())
    turns = max(_FEWEST, min(_MOST, _RANKS // len(pool)))
    passed = waived = 0
    seats, seats_free = Counter[int](), Counter[int]()  # by size of the household
    name = canonical(plan.as_json())
    for turn in range(turns):
        seed = digest("trial", name, be32(turn))
        order = ranked(seed, pool)
        made = drawn(seed, plan, order)
        passed += len(made.passed_household)
        waived += len(made.waived_household)
        seats.update(min(LARGE, homes[one.household]) for one in made.seats)
        same = drawn(seed, free, order).seats if made.passed_household else made.seats
        seats_free.update(min(LARGE, homes[one.household]) for one in same)
    for size in range(largest, 1, -1):
        all_free = sum(seats_free[one] for one in range(size, LARGE + 1))
        if all_free >= _ENOUGH:
            all_seats = sum(seats[one] for one in range(size, LARGE + 1))
            return Trials(turns, passed, waived, size, all_seats, all_free)
    return Trials(turns, passed, waived, 0, 0, 0)
