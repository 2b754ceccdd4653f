"""Quotas that no jury can hold: the smallest change after which one can.

Seats are people, and so is a change: a minimum that falls by two and a maximum that rises by one
are a change of three. Where the file says how far each quota may give way (`min_flex`, `max_flex`),
what stays within comes before anything that does not.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cq.draw.leximin import Question
from cq.draw.plan import Quota
from cq.draw.solver import Programme, Row

Hints = Mapping[tuple[str, str], tuple[int, int]]  # feature, value → as low, and as high, as may be


class Change(NamedTuple):
    """A quota as it is, and as it would have to be."""

    quota: Quota
    least: int
    most: int

    @property
    def size(self) -> int:
        return self.quota.least - self.least + self.most - self.quota.most

    def words(self) -> str:
        """« âge, 18-30 ans : minimum 6 au lieu de 8 »"""
        parts = []
        if self.least != self.quota.least:
            parts.append(f"minimum {self.least} au lieu de {self.quota.least}")
        if self.most != self.quota.most:
            parts.append(f"maximum {self.most} au lieu de {self.quota.most}")
        return f"{self.quota.feature}, {self.quota.value} : {', '.join(parts)}"


def smallest_change(
    question: Question, hints: Hints | None = None, *, holding: int | None = None
) -> tuple[Change, ...]:
    """What to change, so that there is a jury; with `holding`, one that has a person of that type.

    Empty where nothing needs to change. There are as many people as seats.
    """
    many = len(question.types)
    parts = [_parts(quota, question.k, hints or {}) for quota in question.quotas]
    far = 1 + sum(quota.least + question.k for quota in question.quotas)
    costs, tops = [0.0] * many, [float(count) for count in question.counts]
    rows = [question.rows[0]]
    for quota, four, row in zip(question.quotas, parts, question.rows[1:], strict=True):
        at = len(costs)
        # The minimum lower within its hint and beyond it, the maximum higher in the same two ways.
        costs += [-1.0, -float(far), -1.0, -float(far)]
        tops += four
        rows.append(Row(quota.least, None, {**row.terms, at: 1.0, at + 1: 1.0}))
        rows.append(Row(None, quota.most, {**row.terms, at + 2: -1.0, at + 3: -1.0}))
    lower = [0.0] * len(costs)
    if holding is not None:
        lower[holding] = 1.0
    answer = Programme(costs, lower, tops, rows, gap=0.0).solve().whole()[many:]
    changes = (
        Change(
            quota,
            quota.least - sum(answer[4 * at : 4 * at + 2]),
            quota.most + sum(answer[4 * at + 2 : 4 * at + 4]),
        )
        for at, quota in enumerate(question.quotas)
    )
    return tuple(change for change in changes if change.size)


def _parts(quota: Quota, k: int, hints: Hints) -> list[float]:
    """How far the minimum may fall within its hint, and beyond; the maximum rise, and beyond."""
    low, high = hints.get((quota.feature, quota.value), (quota.least, quota.most))
    fall = max(0, quota.least - max(0, low))
    rise = max(0, high - quota.most)
    return [float(fall), float(quota.least - fall), float(rise), float(k)]


class Barred(NamedTuple):
    """People of one type whom no jury can hold, and the least that would let one in."""

    type: int
    changes: tuple[Change, ...]

    def words(self, people: Sequence[str]) -> str:
        """French, for the town hall: who is named by number alone."""
        who = ", ".join(people)
        need = " ; ".join(change.words() for change in self.changes)
        return (
            f"aucun jury ne peut retenir {who} : il faudrait {need}"
            if need
            else f"aucun billet ne revient à {who} : leurs chances seraient sous une sur un million"
        )


def barred(
    question: Question, chances: Sequence[float], hints: Hints | None = None
) -> tuple[Barred, ...]:
    """The types that have no chance at all, by a plan or by `leximin.bound`."""
    return tuple(
        Barred(kind, smallest_change(question, hints, holding=kind))
        for kind, chance in enumerate(chances)
        if not chance
    )
