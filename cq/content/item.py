"""What the rest of the house knows of a file: its card, never its whole text.

All NamedTuples of plain values: JSON keeps them in the ledger, `digest.of_value` fingerprints
them, and 10,000 of them are made in a blink. The text itself (HTML, front matter) stays with
`Parsed` and is fetched by `key` when a page is really rendered.
"""

from typing import NamedTuple

from cq import digest
from cq.content.terms import Term


class Reference(NamedTuple):
    """A key that names another item: `dossiers: [canal]`; place in the file."""

    field: str
    target: str
    line: int
    column: int
    width: int


class Trace(NamedTuple):
    """Something in a file that may be personal data; `check` judges it with the site's list."""

    kind: str  # "email" | "mobile" | "home" | "resident"
    text: str
    line: int
    column: int
    width: int


class PaperTrace(NamedTuple):
    """The same in the text of a PDF, whose pages have no lines."""

    kind: str
    text: str
    page: int  # from 1


class Repetition(NamedTuple):
    """`repetition:` of an event; weekday 0 is Monday; rank 2 is « le deuxième », -1 the last."""

    every: str  # "semaine" | "mois"
    rank: int | None
    weekday: int | None
    until: str | None  # ISO date
    but: tuple[str, ...] = ()  # ISO dates left out


class EventFacts(NamedTuple):
    """What lists and calendars show of an event. Hours are "19:30", dates ISO."""

    start: str | None
    end: str | None
    end_day: str | None
    place: str
    place_address: str
    place_access: str
    type: str
    status: str  # confirmé | annulé | reporté
    revision: int
    repetition: Repetition | None
    agenda: tuple[str, ...]
    votes: tuple[str, ...]
    uid: str = ""  # of the calendar that it was imported from: the same one is not taken twice


DOCUMENT_TYPES = (
    "compte-rendu", "ordre-du-jour", "vœu", "courrier", "étude", "plan", "présentation", "autre",
)  # fmt: skip


class DocumentFacts(NamedTuple):
    """What lists show of a document; `file` is its path under the site root."""

    type: str
    file: str
    language: str


# The states of a dossier, in their order, as readers see them.
STATE_WORDS = {
    "ouvert": "ouvert", "en-cours": "en cours", "en-attente": "en attente", "clos": "clos",
    "abandonne": "abandonné",
}  # fmt: skip
DOSSIER_STATES = tuple(STATE_WORDS)
CLOSED_STATES = frozenset(("clos", "abandonne"))


class DossierStep(NamedTuple):
    """One dated step of a dossier; `documents` as they are written, for `of_reference`."""

    day: str
    title: str
    text: str
    by: str  # conseil | institution
    documents: tuple[str, ...] = ()


class DossierFacts(NamedTuple):
    """Where a dossier stands; its `day` is « depuis »."""

    state: str
    owner: str
    next_step: str
    due: str | None
    steps: tuple[DossierStep, ...]  # oldest first
    outcome: str  # « bilan »


class Answer(NamedTuple):
    """The institution's own words; `by` is a function, never a person."""

    day: str
    by: str
    text: str
    document: str  # as it is written, for `of_reference`
    follow_up: str


class QuestionFacts(NamedTuple):
    """A question to the institution; its `day` is « posee_le »."""

    asked_by: str
    to: str
    due: str | None
    answer: Answer | None


class Phase(NamedTuple):
    """A dated part of a débat."""

    name: str
    start: str
    end: str


class DebateFacts(NamedTuple):
    """A débat's calendar and how it ended."""

    phases: tuple[Phase, ...]
    synthesis: str


ARGUMENT_TYPES = ("pour", "contre", "question", "alternative", "accord")
ORIGINS = ("réunion", "en-ligne", "papier", "courriel")


class ArgumentFacts(NamedTuple):
    """One argument of a débat; what it answers and where it was heard are references."""

    type: str
    origin: str
    follow_up: str


class JuryFacts(NamedTuple):
    """What a draw's page says beside the draw's public files; its `day` is that of the draw."""

    place: str
    frozen: str | None
    promised: str | None
    contest: str | None  # last day
    destroyed: str
    purpose: str
    basis: str
    origin: str  # of the list
    told: str
    consequences: str
    validated: str  # by which function; "" until it is
    owner: str  # the administration; "" for the site's publisher
    service: str
    contact: str  # an address; "" for the site's


class WikiFacts(NamedTuple):
    """What a page of the wiki says of itself: from which day on its differences are shown."""

    since: str | None


class Item(NamedTuple):
    """One Markdown item of content."""

    id: str
    kind: str
    path: str
    space: str
    home: str
    address: str
    title: str
    summary: str
    key: str  # where its text stands in the store; changes with every change of the file
    day: str | None = None
    updated: str | None = None
    publish: str | None = None
    expires: str | None = None
    draft: bool = False
    author: str | None = None
    keywords: tuple[str, ...] = ()
    old_addresses: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    links: tuple[tuple[str, str, str, int, int, int], ...] = ()  # body.Link, plain
    anchors: tuple[str, ...] = ()
    image: tuple[str, str] | None = None  # path under the site root, alternative text
    event: EventFacts | None = None
    document: DocumentFacts | None = None
    dossier: DossierFacts | None = None
    question: QuestionFacts | None = None
    debate: DebateFacts | None = None
    argument: ArgumentFacts | None = None
    wiki: WikiFacts | None = None
    jury: JuryFacts | None = None
    written: tuple[Reference, ...] = ()  # values that checks point at, as their author wrote them
    traces: tuple[Trace, ...] = ()  # of a public file
    terms: tuple[Term, ...] = ()  # of a glossary
    glossed: bool = True  # whether the glossary's terms are marked in its text

    faulty: bool = False  # its header was refused: only checks look at it, nothing shows it
    face: str = ""  # digest of all that another page may show of it: no text, no places

    def with_face(self) -> "Item":
        """Itself, with the digest of what it shows to others: it outlives an edit of the text."""
        shown = self._replace(
            face="",
            key="",
            links=tuple(link[:3] for link in self.links),  # type: ignore[misc]
            references=tuple(one[:2] for one in self.references),  # type: ignore[misc]
            written=(),
            traces=(),
        )
        return self._replace(face=digest.of_value(shown))

    def published(self, today: str) -> bool:
        """Whether readers may see it on `today`: no draft, embargo over, not expired."""
        return (
            not self.draft
            and not self.faulty
            and (self.publish is None or self.publish <= today)
            and (self.expires is None or self.expires >= today)
        )

    def years(self, today: str) -> frozenset[str]:
        """The years, up to `today`, in which something of it happened: it was held, published,
        opened, moved, closed, asked, answered or debated.
        """
        days = [self.day] if self.kind in _DATED else []
        spans = []
        if self.event is not None and self.day is not None:
            if self.event.status != "confirmé":
                days.clear()
            elif self.event.repetition is not None:
                spans.append((self.day, self.event.repetition.until or today))
        if self.dossier is not None:
            days += [step.day for step in self.dossier.steps] or [self.updated]
        if self.question is not None and self.question.answer is not None:
            days.append(self.question.answer.day)
        if self.debate is not None:
            spans += [(phase.start, phase.end) for phase in self.debate.phases]
        found = {day[:4] for day in days if day is not None and day <= today}
        for first, end in spans:
            last = int(min(end, today)[:4])
            if first <= today:
                found.update(map("{:04}".format, range(max(int(first[:4]), last - _AGE), last + 1)))
        return frozenset(found)


# Kinds whose `day` is that of something that happened.
_DATED = frozenset(("news", "event", "document", "dossier", "question"))
_AGE = 50  # years: what lasts longer is a slip of the pen, and must not make a page a year


class Blob(NamedTuple):
    """An attachment: never held in memory, streamed by protect and write."""

    path: str  # under the site root
    space: str
    digest: str
    size: int
    type: str = ""  # what its bytes say (`cq.content.sniff`): "pdf"; "" where they say nothing
    width: int = 0  # of a picture (`cq.content.extent`), in CSS pixels; 0 where nobody knows
    height: int = 0
