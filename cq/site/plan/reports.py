"""« Rapport annuel »: what a year held, in figures, each with the items behind it.

The figures count public pages, never people: what RGPD asks of small counts of persons does not
bear on them. Which years have a report, `Content.list_addresses` says.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from cq.content.item import STATE_WORDS, Item
from cq.content.model import Community, Content
from cq.dossiers.board import median
from cq.dossiers.standing import DossierStanding, QuestionStanding
from cq.french import dates, numbers
from cq.site import routes
from cq.site.feeds import repetition
from cq.site.figures import Figure, ReportLine, ReportList, ReportView
from cq.site.plan import boards
from cq.site.plan.calendars import meeting_of
from cq.site.plan.cards import Album
from cq.site.plan.trail import section_of, trail
from cq.site.target import Target
from cq.site.views import Card, Frame, Step

_MET = 4000  # times that one meeting is counted: every week for longer than sites last
# The lists of a report, in its order.
_HEADINGS = {
    "reunions": "Réunions et rendez-vous tenus",
    "dossiers-ouverts": "Dossiers ouverts",
    "dossiers-avances": "Dossiers qui ont avancé",
    "dossiers-clos": "Dossiers clos ou abandonnés",
    "questions-posees": "Questions posées",
    "reponses": "Réponses reçues",
    "debats": "Débats menés",
}
# What is counted and not listed here, and the list that holds it.
_PUBLISHED = {
    "document": ("Documents publiés", routes.DOCUMENTS),
    "news": ("Actualités publiées", routes.NEWS),
}


class _Year:
    """What one year of a community held, before it is said."""

    def __init__(self) -> None:
        self.lines: dict[str, list[ReportLine]] = {anchor: [] for anchor in _HEADINGS}
        self.held = 0  # times
        self.published: Counter[str] = Counter()  # by kind
        self.delay: float | None = None  # median of its answers, in days

    def add(self, anchor: str, card: Card, note: str = "") -> None:
        self.lines[anchor].append(ReportLine(card, note))


class _Years(defaultdict[str, _Year]):
    """The years of a community, filled in one walk through its items."""

    def __init__(self, album: Album, home: str | None, held: Mapping[str, Counter[str]]) -> None:
        super().__init__(_Year)
        self.today = album.content.today
        board = album.board(home)
        for item in reversed(album.of("event", home)):
            for year, count in held[item.id].items():
                self[year].held += count
                self[year].add("reunions", album.card(item), _times(item, count))
        for kind in _PUBLISHED:
            for item in album.of(kind, home):
                self[(item.day or "")[:4]].published[kind] += 1
        for dossier in board.dossiers:
            self._dossier(dossier, album.card(dossier.item))
        for question in board.questions:
            self._question(question, album.card(question.item))
        for item in album.of("debate", home):
            for year in item.years(self.today):
                self[year].add("debats", album.card(item))
        for year, days in board.delays_by_year().items():
            self[year].delay = median(days)

    def _dossier(self, one: DossierStanding, card: Card) -> None:
        if one.since <= self.today:
            self[one.since[:4]].add("dossiers-ouverts", card, _on(one.since))
        steps = Counter(step.day[:4] for step in one.facts.steps if step.day <= self.today)
        for year, count in steps.items():
            self[year].add("dossiers-avances", card, numbers.counted(count, "étape"))
        if one.closed is not None and one.closed <= self.today:
            note = f"{STATE_WORDS[one.facts.state]} {_after(one.age)}"
            self[one.closed[:4]].add("dossiers-clos", card, note)

    def _question(self, one: QuestionStanding, card: Card) -> None:
        if one.asked <= self.today:
            self[one.asked[:4]].add("questions-posees", card, f"{_on(one.asked)}, {one.state}")
        if one.answer is not None and one.answer.day <= self.today:
            after = f", {_after(one.delay)}" if one.delay is not None else ""
            self[one.answer.day[:4]].add("reponses", card, _on(one.answer.day) + after)


class Reports:
    """Plans the yearly reports of one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.base = content.base
        self.today = content.today

    def targets(self) -> Iterator[Target]:
        held = {item.id: self._held(item) for item in self.album.of("event")}
        for community in (None, *self.content.communities.values()):
            home = community.home if community else None
            years = boards.reports_of(self.content, home)
            if not years:
                continue
            found = _Years(self.album, home, held)
            for step in years:
                yield self._target(community, step, years, found[step.title])

    def _held(self, item: Item) -> Counter[str]:
        """How many times a meeting was held in each year, up to today; never if it was called off
        or put off.
        """
        event = item.event
        if event is None or item.day is None or event.status != "confirmé":
            return Counter()
        met = repetition.occurrences(
            meeting_of(item, self.content, self.base), until=self.today, limit=_MET
        )
        return Counter(one.day[:4] for one in met)

    def _target(
        self, community: Community | None, step: Step, years: tuple[Step, ...], year: _Year
    ) -> Target:
        home = community.home if community else None
        place = self.album.places[home] if home else None
        at_board = boards.address_of(self.content, home)
        above = Step(boards.TITLE, at_board) if at_board else None
        frame = Frame(
            at=step.address,
            title=f"Rapport {step.title}",
            place=place,
            section=section_of(place),
            crumbs=(*trail(place), above) if above else trail(place),
            description=f"Ce que l’année {step.title} a compté de réunions, de documents, de"
            " dossiers et de questions.",
            canonical=routes.absolute(self.base, step.address),
        )
        lists = tuple(
            ReportList(_HEADINGS[anchor], anchor, tuple(lines))
            for anchor, lines in year.lines.items() if lines
        )  # fmt: skip
        prefix = community.address if community else ""
        view = ReportView(
            frame=frame,
            year=step.title,
            until=self.today if step.title == self.today[:4] else None,
            figures=tuple(_figures(year, step.title, prefix)),
            lists=lists,
            years=tuple(one._replace(current=one.title == step.title) for one in years),
            board=above,
        )
        return Target(
            routes.file_of(step.address), "report.html", view, self.content.audience or ""
        )


def _figures(year: _Year, title: str, prefix: str) -> Iterator[Figure]:
    """`title` is the year's number, `prefix` the address of its community."""

    def at(anchor: str) -> str:
        return f"#{anchor}" if year.lines[anchor] else ""

    def listed(anchor: str) -> Figure:
        return Figure(_HEADINGS[anchor], numbers.number(len(year.lines[anchor])), at(anchor))

    yield Figure(_HEADINGS["reunions"], numbers.number(year.held), at("reunions"))
    for kind, (label, folder) in _PUBLISHED.items():
        count = year.published[kind]
        yield Figure(label, numbers.number(count), f"{prefix}{folder}{title}/" if count else "")
    yield listed("dossiers-ouverts")
    yield listed("dossiers-avances")
    yield listed("dossiers-clos")
    yield listed("questions-posees")
    yield listed("reponses")
    yield Figure(
        "Délai médian de réponse", boards.said(year.delay) or "–",
        at("reponses") if year.delay is not None else "",
    )  # fmt: skip
    yield listed("debats")


def _on(day: str) -> str:
    return f"le {dates.iso_words(day)}"


def _after(count: int) -> str:
    return f"après {numbers.counted(count, 'jour')}" if count else "le jour même"


def _times(item: Item, count: int) -> str:
    if count > 1:
        return numbers.counted(count, "fois", "fois")
    if item.event is not None and item.event.repetition is not None:
        return "une fois"
    return _on(item.day or "")
