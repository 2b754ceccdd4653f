"""The board of a community or of the whole arrondissement: its dossiers and questions, late first.

What stands on a board is decided here, once, for pages, the terminal and exports.
"""

from collections.abc import Iterable
from typing import NamedTuple

from cq.content.item import DOSSIER_STATES, Item
from cq.content.model import Community, Content, listed_under
from cq.dossiers.standing import (
    QUESTION_STATES,
    DossierStanding,
    QuestionStanding,
    of_dossier,
    of_question,
)


class Board(NamedTuple):
    """Late ones first, then the other open ones, then what is over; oldest first while open."""

    dossiers: tuple[DossierStanding, ...]
    questions: tuple[QuestionStanding, ...]

    def dossiers_by_state(self) -> dict[str, int]:
        """How many dossiers there are in each state, in the order of states, none left out."""
        counts = dict.fromkeys(DOSSIER_STATES, 0)
        for one in self.dossiers:
            counts[one.facts.state] = counts.get(one.facts.state, 0) + 1
        return counts

    def questions_by_state(self) -> dict[str, int]:
        """How many questions there are in each state, late ones first, none left out."""
        counts = dict.fromkeys(QUESTION_STATES, 0)
        for one in self.questions:
            counts[one.state] += 1
        return counts

    def delays_by_year(self) -> dict[str, tuple[int, ...]]:
        """The delays (days) of the answers given in each year, oldest year first."""
        found: dict[str, list[int]] = {}
        for one in self.questions:
            if one.answer is not None and one.delay is not None:
                found.setdefault(one.answer.day[:4], []).append(one.delay)
        return {year: tuple(found[year]) for year in sorted(found)}


def board(items: Iterable[Item], today: str) -> Board:
    """The board of `items` on `today`; other kinds are passed over."""
    dossiers, questions = [], []
    for item in items:
        if (dossier := of_dossier(item, today)) is not None:
            dossiers.append(dossier)
        if (question := of_question(item, today)) is not None:
            questions.append(question)
    return Board(
        tuple(sorted(dossiers, key=_dossier_rank)), tuple(sorted(questions, key=_question_rank))
    )


def items_of(content: Content, community: Community | None) -> tuple[Item, ...]:
    """The dossiers and questions of a community: its own, and those of the arrondissement that
    name it; all there are for None.
    """
    followed = (item for item in content.items if item.dossier or item.question)
    if community is None:
        return tuple(followed)
    return tuple(item for item in followed if concerns(item, community))


def concerns(item: Item, community: Community) -> bool:
    """Whether `item` is the community's own, or one of the arrondissement that names it."""
    return community.home in listed_under(item)


def median(values: Iterable[int]) -> float | None:
    """The middle one of `values`, in their unit, or the mean of the two in the middle; None for
    none. Not the mean of all: one answer that took three years would be everybody's delay.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _dossier_rank(one: DossierStanding) -> tuple[object, ...]:
    if one.closed is not None:
        return (2, tuple(-ord(sign) for sign in one.closed), one.item.id)
    # The most overdue first; then by age.
    return (0 if one.late else 1, -one.overdue, -one.age, one.item.id)


def _question_rank(one: QuestionStanding) -> tuple[object, ...]:
    if one.answer is not None:
        return (2, tuple(-ord(sign) for sign in one.answer.day), one.item.id)
    return (0 if one.late else 1, -one.overdue, -one.age, one.item.id)
