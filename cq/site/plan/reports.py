"""« Rapport annuel »: what a year held, in figures, each with the items behind it.

The figures count public pages, never people: what RGPD asks of small counts of persons does not
bear on them. Which years have a report, `Content.list_addresses` says.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cq.content.item import STATE_WORDS, Item
from cq.content.model import Community, Content
from cq.dossiers.board import Board, median
from cq.french import dates, numbers
from cq.site import routes
from cq.site.feeds import repetition
from cq.site.figures import Figure, ReportLine, ReportList, ReportView
from cq.site.plan import boards
from cq.site.plan.calendars import meeting_of
from cq.site.plan.cards import Album
from cq.site.plan.trail import section_of, trail
from cq.site.target import Target
from cq.site.views import Frame, Step

_MET = 4000  # times that one meeting is counted: every week for longer than sites last


class _Year(NamedTuple):
    """What reports know of one year of one community, before it is said."""

    year: str
    meetings: tuple[tuple[Item, int], ...]  # with how many times each was held
    found: Board


class Reports:
    """Plans the yearly reports of one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.base = str(content.site.get("adresse_web") or "")
        self.today = content.today

    def targets(self) -> Iterator[Target]:
        held = {item.id: self._held(item) for item in self.album.of("event")}
        for community in (None, *self.content.communities.values()):
            home = community.home if community else None
            years = boards.reports_of(self.content, home)
            if not years:
                continue
            found = self.album.board(home)
            events = self.album.of("event", home)
            for step in years:
                met = tuple(
                    (item, held[item.id][step.title])
                    for item in reversed(events) if held[item.id][step.title]
                )  # fmt: skip
                yield self._target(community, step, years, _Year(step.title, met, found))

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
        prefix = community.address if community else ""
        place = self.album.places[home] if home else None
        at_board = boards.address_of(self.content, home)
        above = Step(boards.TITLE, at_board) if at_board else None
        frame = Frame(
            at=step.address,
            title=f"Rapport {year.year}",
            place=place,
            section=section_of(place),
            crumbs=(*trail(place), above) if above else trail(place),
            description=f"Ce que l’année {year.year} a compté de réunions, de documents, de"
            " dossiers et de questions.",
            canonical=routes.absolute(self.base, step.address),
        )
        lists = tuple(one for one in self._lists(year, home) if one.lines)
        view = ReportView(
            frame=frame,
            year=year.year,
            until=self.today if year.year == self.today[:4] else None,
            figures=tuple(self._figures(year, home, prefix, lists)),
            lists=lists,
            years=tuple(one._replace(current=one.title == year.year) for one in years),
            board=above,
        )
        return Target(
            routes.file_of(step.address), "report.html", view, self.content.audience or ""
        )

    def _figures(
        self, year: _Year, home: str | None, prefix: str, lists: tuple[ReportList, ...]
    ) -> Iterator[Figure]:
        known = {one.anchor: one for one in lists}

        def listed(label: str, anchor: str) -> Figure:
            one = known.get(anchor)
            return Figure(label, numbers.number(len(one.lines) if one else 0), _at(anchor, one))

        times = sum(count for _, count in year.meetings)
        meetings = known.get("reunions")
        yield Figure(
            "Réunions et rendez-vous tenus", numbers.number(times), _at("reunions", meetings)
        )
        for kind, label, folder in (
            ("document", "Documents", routes.DOCUMENTS), ("news", "Actualités", routes.NEWS),
        ):  # fmt: skip
            count = sum((one.day or "")[:4] == year.year for one in self.album.of(kind, home))
            at = f"{prefix}{folder}{year.year}/" if count else ""
            yield Figure(f"{label} publiés" if kind == "document" else f"{label} publiées",
                         numbers.number(count), at)  # fmt: skip
        yield listed("Dossiers ouverts", "dossiers-ouverts")
        yield listed("Dossiers qui ont avancé", "dossiers-avances")
        yield listed("Dossiers clos ou abandonnés", "dossiers-clos")
        yield listed("Questions posées", "questions-posees")
        yield listed("Réponses reçues", "reponses")
        delay = median(year.found.delays_by_year().get(year.year, ()))
        yield Figure(
            "Délai médian de réponse", boards.said(delay) or "–",
            _at("reponses", known.get("reponses")) if delay is not None else "",
        )  # fmt: skip
        yield listed("Débats menés", "debats")

    def _lists(self, year: _Year, home: str | None) -> Iterator[ReportList]:
        card, found = self.album.card, year.found

        def within(day: str | None) -> bool:
            return day is not None and day[:4] == year.year and day <= self.today

        yield ReportList("Réunions et rendez-vous tenus", "reunions", tuple(
            ReportLine(card(item), _times(item, count)) for item, count in year.meetings
        ))  # fmt: skip
        yield ReportList("Dossiers ouverts", "dossiers-ouverts", tuple(
            ReportLine(card(one.item), _on(one.since))
            for one in found.dossiers if within(one.since)
        ))  # fmt: skip
        steps = ((one, sum(within(step.day) for step in one.facts.steps)) for one in found.dossiers)
        yield ReportList("Dossiers qui ont avancé", "dossiers-avances", tuple(
            ReportLine(card(one.item), numbers.counted(count, "étape"))
            for one, count in steps if count
        ))  # fmt: skip
        yield ReportList("Dossiers clos ou abandonnés", "dossiers-clos", tuple(
            ReportLine(card(one.item), f"{STATE_WORDS[one.facts.state]} {_after(one.age)}")
            for one in found.dossiers if within(one.closed)
        ))  # fmt: skip
        yield ReportList("Questions posées", "questions-posees", tuple(
            ReportLine(card(one.item), f"{_on(one.asked)}, {one.state}")
            for one in found.questions if within(one.asked)
        ))  # fmt: skip
        yield ReportList("Réponses reçues", "reponses", tuple(
            ReportLine(card(one.item), _on(one.answer.day) + (
                f", {_after(one.delay)}" if one.delay is not None else ""
            ))
            for one in found.questions if one.answer is not None and within(one.answer.day)
        ))  # fmt: skip
        yield ReportList("Débats menés", "debats", tuple(
            ReportLine(card(item), "") for item in self.album.of("debate", home)
            if year.year in item.years(self.today)
        ))  # fmt: skip


def _at(anchor: str, one: ReportList | None) -> str:
    return f"#{anchor}" if one else ""


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
