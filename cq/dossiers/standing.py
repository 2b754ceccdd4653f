"""Where one dossier or one question stands on a day: age, last movement, lateness, delay.

Pure questions to one item. All days are ISO texts, as in the items; all durations are whole days.
What is dated after the day asked about has not happened yet: a planned step moves nothing.
"""

from datetime import date
from typing import NamedTuple

from cq.content.item import CLOSED_STATES, Answer, DossierFacts, Item, QuestionFacts
from cq.dossiers.months import months_after

# A dossier that nobody moved for so long is « en sommeil »: the site's own rule (months).
DORMANT_AFTER = 6
# A question without `echeance` is expected to be answered within (months): the site's own rule
# too. It is a custom for reading the board, not a legal time limit of the institution.
ANSWER_WITHIN = 2

# As readers see them.
WAITING, LATE, ANSWERED = "en attente", "en retard", "répondue"
QUESTION_STATES = (LATE, WAITING, ANSWERED)


class DossierStanding(NamedTuple):
    """A dossier on a day."""

    item: Item
    facts: DossierFacts
    since: str  # « depuis »
    moved: str  # day of its last movement: a step or `maj`, at the earliest `since`
    closed: str | None  # day on which it ended, as far as its file says; None while it is open
    age: int  # days from `since` to the day asked about, or to its end
    still: int  # days since its last movement
    dormant: bool  # open, and no movement for `DORMANT_AFTER` calendar months
    late: bool  # open, and its `echeance` is over
    overdue: int  # days since its `echeance`; 0 where it is not late

    @property
    def open(self) -> bool:
        return self.closed is None


class QuestionStanding(NamedTuple):
    """A question on a day."""

    item: Item
    facts: QuestionFacts
    asked: str
    due: str  # `echeance`, else `ANSWER_WITHIN` calendar months after it was asked
    due_given: bool  # it is the file's own `echeance`
    answer: Answer | None  # given by the day asked about
    state: str  # one of QUESTION_STATES
    age: int  # days from its day to the day asked about, or to its answer
    delay: int | None  # days from its day to its answer; None: none yet, or dated before it
    late: bool  # unanswered, and `due` is over
    overdue: int  # days since `due`; 0 where it is not late


def of_dossier(item: Item, today: str) -> DossierStanding | None:
    """Where dossier `item` stands on `today`; None for another kind, or without a day."""
    facts = item.dossier
    if facts is None or item.day is None:
        return None
    since = item.day
    steps = [step.day for step in facts.steps if since <= step.day <= today]
    changes = [day for day in (item.updated,) if day is not None and since <= day <= today]
    moved = max((since, *steps, *changes))
    closed = None
    if facts.state in CLOSED_STATES:
        # Its last step ended it. `maj` may be a comma mended years later: it counts only alone.
        closed = max(steps) if steps else moved
    due = facts.due
    late = closed is None and due is not None and due < today
    dormant = closed is None and _later(moved, DORMANT_AFTER) <= today
    return DossierStanding(
        item, facts, since, moved, closed,
        age=max(0, days(since, closed or today)),
        still=max(0, days(moved, today)),
        dormant=dormant,
        late=late,
        overdue=days(due, today) if late and due else 0,
    )  # fmt: skip


def of_question(item: Item, today: str) -> QuestionStanding | None:
    """Where question `item` stands on `today`; None for another kind, or without a day."""
    facts = item.question
    if facts is None or item.day is None:
        return None
    asked = item.day
    answer = facts.answer if facts.answer is not None and facts.answer.day <= today else None
    due = facts.due or _later(asked, ANSWER_WITHIN)
    late = answer is None and due < today
    delay = days(asked, answer.day) if answer is not None and answer.day >= asked else None
    state = ANSWERED if answer is not None else LATE if late else WAITING
    return QuestionStanding(
        item, facts, asked, due, facts.due is not None, answer, state,
        age=max(0, days(asked, answer.day if answer is not None else today)),
        delay=delay,
        late=late,
        overdue=days(due, today) if late else 0,
    )  # fmt: skip


def days(first: str, last: str) -> int:
    """Days from one ISO day to another; negative where `last` comes first."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _later(day: str, months: int) -> str:
    try:
        return months_after(date.fromisoformat(day), months).isoformat()
    except ValueError:  # after the last year that computers count
        return date.max.isoformat()
