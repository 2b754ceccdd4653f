"""The fairest lottery that holds the quotas: leximin over types, by column generation.

The smallest chance is as great as it can be; then the next smallest, and so on (Flanigan et al.,
*Fair algorithms for selecting citizens’ assemblies*, Nature 596, 2021). Everyone of one type is
alike, so that the unknowns are seats for types, not people. Households do not enter.

In three steps: the chances that fractions of seats would allow (a bound that nothing can exceed);
compositions whose mean is those chances; and where no mean of whole seats is, leximin over whole
compositions itself. Floats live here only: what comes out is whole tickets (`cq.draw.plan`).
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from cq.draw import tickets
from cq.draw.plan import TICKETS, Plan, Quota
from cq.draw.solver import Answer, NoAnswer, Programme, Row

MOST_TYPES = 2_000
CLOSE = 2e-6  # how near a chance must be to the bound: two tickets
_SAME = 1e-7
_SLACK = 2e-8  # what a solved programme may owe its rows
_ROUGH = 0.05  # a composition on the way need not be the best
_CLOSER = 1e-2  # of what the last tickets are given to
_FINE = 1e-3
_SPREAD = 2  # compositions for each type, before the first weighing
_FEWEST = 12


@dataclass
class Question:
    """People by type, seats and quotas. `rows` are what each composition must hold."""

    features: tuple[str, ...]
    types: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]
    k: int
    quotas: tuple[Quota, ...]
    rows: list[Row] = field(init=False)

    def __post_init__(self) -> None:
        every = dict.fromkeys(range(len(self.types)), 1.0)
        self.rows = [Row(self.k, self.k, every)]
        for quota in self.quotas:
            self.rows.append(Row(quota.least, quota.most, dict.fromkeys(self.having(quota), 1.0)))

    def having(self, quota: Quota) -> list[int]:
        """The types that `quota` is about."""
        at = self.features.index(quota.feature)
        return [kind for kind, one in enumerate(self.types) if one[at] == quota.value]

    def seats(self, gap: float = 0.0) -> Programme:
        """The programme whose columns are the seats of each type, in whole numbers."""
        many = len(self.types)
        return Programme([0.0] * many, [0.0] * many, self.counts, self.rows, gap=gap)


def bound(question: Question) -> list[float]:
    """The leximin chance of each type if seats could be shared: no lottery over juries gives a
    smallest chance above its smallest. Raises `NoAnswer` where not even shares hold the quotas.
    """
    counts, many = question.counts, len(question.types)
    owed = [Row(0.0, None, {kind: 1 / count, many: -1.0}) for kind, count in enumerate(counts)]
    programme = Programme(
        [0.0] * many + [1.0], [0.0] * (many + 1), [*counts, 1.0], [*question.rows, *owed]
    )
    return _raised(programme, programme.solve, (len(question.rows), many), many, _SLACK)


def _raised(
    programme: Programme,
    best: Callable[[], Answer],
    places: tuple[int, int],
    many: int,
    slack: float,
) -> list[float]:
    """Leximin, level after level. `places` are the first of the rows that say « the chance of a
    type is at least the level », and the column of the level; `best` solves `programme`.

    A type whose row has a price cannot do better where the smallest chance is at its best; there
    always is one, since the prices of those that are still free add up to one.
    """
    first, column = places
    chances = [-1.0] * many
    while free := [kind for kind, chance in enumerate(chances) if chance < 0]:
        answer = best()
        level = min(1.0, max(0.0, answer.columns[column]))
        prices = {kind: abs(answer.duals[first + kind]) for kind in free}
        most = max(prices.values())
        for kind in free:
            if level >= 1 - _SAME or most <= _SAME or prices[kind] > most * 1e-3:
                chances[kind] = level
                programme.enter(first + kind, column, 0.0)
                programme.floor(first + kind, level - slack)
    return chances


@dataclass
class Lottery:
    """Compositions, each once, in the order in which they were found."""

    question: Question
    found: dict[tuple[int, ...], None] = field(default_factory=dict)

    def around(self, wanted: Sequence[float]) -> None:
        """Compositions whose mean draws near `wanted` seats: each next one makes up for what the
        ones before it owe.
        """
        price = self._within(wanted, _ROUGH)
        owed = list(wanted)
        for _ in range(max(_FEWEST, _SPREAD * len(wanted))):
            price.ask(owed)
            try:
                one = price.solve().whole()
            except NoAnswer:  # no jury so near: the step after this one looks further
                return
            self.found[one] = None
            owed = [old + want - has for old, want, has in zip(owed, wanted, one, strict=True)]
            if max(map(abs, owed)) < _SAME:
                return

    def meeting(self, chances: Sequence[float]) -> list[float] | None:
        """Weights that give each type its chance within `CLOSE`; None where no lottery does."""
        if not self.found:
            return None
        counts = self.question.counts
        wanted = [chance * count for chance, count in zip(chances, counts, strict=True)]
        rows = [Row(chance, None, {0: 1.0}) for chance in chances]
        master = self._master(-1.0, None, rows)
        prices = (self._within(wanted, _FINE), self.question.seats())
        while True:
            answer = master.solve()
            if -answer.value <= CLOSE:
                return list(answer.columns[1:])
            if not self._added(master, answer, prices):
                return None

    def fairest(self) -> list[float]:
        """The weights of leximin over whole compositions. Raises `NoAnswer` where there is none."""
        many = len(self.question.counts)
        exact = self.question.seats()
        if not self.found:
            self.found[exact.solve().whole()] = None
        master = self._master(1.0, 1.0, [Row(0.0, None, {0: -1.0})] * many)

        def best() -> Answer:
            while True:
                answer = master.solve()
                if not self._added(master, answer, (exact,)):
                    return answer

        _raised(master, best, (0, 0), many, CLOSE / 10)
        return list(best().columns[1:])

    def chances(self, weights: Sequence[float]) -> list[float]:
        """Of each type, by the weights of the compositions found."""
        held = [0.0] * len(self.question.counts)
        for one, weight in zip(self.found, weights, strict=True):
            for kind, seats in enumerate(one):
                held[kind] += weight * seats
        return [seats / count for seats, count in zip(held, self.question.counts, strict=True)]

    def _within(self, wanted: Sequence[float], gap: float) -> Programme:
        """Compositions that have of each type one of the two whole numbers beside `wanted`."""
        price = self.question.seats(gap)
        for kind, seats in enumerate(wanted):
            price.bound(kind, math.floor(seats + _SAME), math.ceil(seats - _SAME))
        return price

    def _master(self, cost: float, most: float | None, rows: Sequence[Row]) -> Programme:
        """The programme that weighs the compositions found so far. Column 0 is a level; a row a
        type, then the weights, which add up to one.
        """
        master = Programme([cost], [0.0], [most], [*rows, Row(1.0, 1.0, {})])
        for one in self.found:
            master.add_column(0.0, self._terms(one))
        return master

    def _terms(self, one: Sequence[int]) -> dict[int, float]:
        """The column of a composition: the chance that it gives to each type, and its weight."""
        counts = self.question.counts
        terms = {kind: seats / counts[kind] for kind, seats in enumerate(one) if seats}
        return terms | {len(counts): 1.0}

    def _added(self, master: Programme, answer: Answer, prices: Iterable[Programme]) -> bool:
        """Whether a composition was found that is worth more, at the prices of `answer`, than the
        weight it takes from the others; `master` has it then.
        """
        counts = self.question.counts
        costs = [abs(dual) / count for dual, count in zip(answer.duals, counts, strict=False)]
        for price in prices:
            price.ask(costs)
            try:
                one = price.solve().whole()
            except NoAnswer:
                continue
            worth = sum(cost * seats for cost, seats in zip(costs, one, strict=True))
            if worth > answer.duals[len(counts)] + _SAME and one not in self.found:
                self.found[one] = None
                master.add_column(0.0, self._terms(one))
                return True
        return False


def proposed(question: Question) -> Plan:
    """The fairest lottery, in whole tickets. Raises `NoAnswer` where no jury holds the quotas."""
    chances = bound(question)
    lottery = Lottery(question)
    pairs = zip(chances, question.counts, strict=True)
    lottery.around([chance * count for chance, count in pairs])
    weights = lottery.meeting(chances)
    if weights is None:
        weights = lottery.fairest()
        chances = lottery.chances(weights)
    shares = {one: max(0.0, each) for one, each in zip(lottery.found, weights, strict=True)}
    made = tickets.whole(question.counts, shares, chances, question.seats(_CLOSER), TICKETS)
    held = sorted(made.items())
    return Plan(
        question.features,
        question.types,
        question.counts,
        question.k,
        question.quotas,
        tuple(one for one, _ in held),
        tuple(many for _, many in held) if len(held) > 1 else (1,),
    )


def short_of_best(plan: Plan) -> float:
    """How far the smallest chance of `plan` lies below what its own counts and quotas allow; 0
    where it does not. For `verify --optimum`: 5e-4 is what the peers’ solvers agree to.
    """
    question = Question(plan.features, plan.types, plan.counts, plan.k, plan.quotas)
    least = min(plan.chance(kind) for kind in range(len(plan.types)))
    best = proposed(question)
    return max(0.0, float(min(map(best.chance, range(len(plan.types)))) - least))
