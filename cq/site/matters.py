"""What dossiers, questions and débats add to the page of an item: where each stands.

Parts of a view, under the law of `cq.site.views`: plain frozen values, told in docs/themes.md.
"""

from typing import NamedTuple

from cq.site.pieces import Card, Place, Section, Step


class Milestone(NamedTuple):
    """One dated step of a dossier."""

    day: str
    title: str
    text: tuple[str, ...]  # paragraphs
    by: str  # "conseil" | "institution"
    documents: tuple[Card, ...]
    coming: bool  # its day is still to come


class Dossier(NamedTuple):
    """Where a dossier stands; its state, dates and next step are on the card."""

    owner: str  # a function
    moved: str  # day of the last movement; of the last step, once it is over
    steps: tuple[Milestone, ...]  # oldest first
    outcome: tuple[str, ...]  # paragraphs of the « bilan »
    quartiers: tuple[Place, ...]
    related: tuple[Section, ...]  # the items that name it, by kind


class Answer(NamedTuple):
    """The institution's voice, never mixed with the council's."""

    day: str
    by: str  # a function
    text: tuple[str, ...]  # paragraphs
    document: Card | None
    follow_up: tuple[str, ...]  # « ce qui a suivi », in the council's words


class Question(NamedTuple):
    """A question and its answer; its state, dates and delay are on the card."""

    asked_by: str
    to: str
    answer: Answer | None


class Moment(NamedTuple):
    """A phase or a meeting on the one line of time of a débat."""

    name: str
    day: str
    end_day: str
    state: str  # « passée », « en cours », « à venir »
    meeting: Card | None  # None: a phase


class Argument(NamedTuple):
    """An argument of a débat: where it comes from, who heard it, what it became."""

    card: Card
    origin: str  # « sur papier »
    heard: tuple[Card, ...]  # meetings that took place
    planned: tuple[Card, ...]  # meetings to come
    follow_up: tuple[str, ...]  # paragraphs
    changed_after: Card | None  # the meeting that heard it before its text was modified
    answers: Card | None  # the argument it answers, where it does not stand just under it
    number: int = 0  # its place on the débat's page: #cq_argument_3
    replies: "tuple[Argument, ...]" = ()


class Side(NamedTuple):
    """The arguments of one type that answer no other."""

    heading: str
    type: str
    arguments: tuple[Argument, ...]


class Channel(NamedTuple):
    """How many arguments came one way, and how many of these a meeting has heard."""

    name: str
    number: int
    heard: int


class Debate(NamedTuple):
    """Where a débat stands, its arguments, and what its synthesis leaves out."""

    state: str  # « à venir », « en cours », « entre deux phases », « à conclure », « conclu »
    first: str
    last: str
    phase: Moment | None
    following: Moment | None
    dossier: Card | None
    line: tuple[Moment, ...]
    sides: tuple[Side, ...]
    total: int  # arguments
    covered: int  # heard, and followed up
    channels: tuple[Channel, ...]
    synthesis: tuple[str, ...]  # paragraphs
    unheard: tuple[Step, ...]
    unanswered: tuple[Step, ...]  # heard, without a word on what became of them
