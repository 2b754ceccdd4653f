"""The lists: agenda and news, for the whole site and for each community."""

import calendar
import datetime
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from cq.content.item import Item
from cq.content.model import SHORT, Community, Content, listed_on
from cq.french import dates, numbers
from cq.french.typography import plain
from cq.site import routes
from cq.site.feeds import repetition
from cq.site.plan.calendars import meeting_of
from cq.site.plan.cards import Album
from cq.site.plan.trail import section_of, trail
from cq.site.target import Target
from cq.site.views import Card, DayCell, Frame, ListView, MonthView, Section, Step

RECENT = 20  # on a list's first page; the years hold the rest
_AHEAD = 400  # days: how far a repeated meeting is shown
_MET = 2000  # times that one is shown in the months: every week for forty years
_ONE = {
    routes.AGENDA: "réunion", routes.NEWS: "actualité", routes.DOCUMENTS: "document",
    routes.DOSSIERS: "dossier", routes.QUESTIONS: "question", routes.DEBATES: "débat",
}  # fmt: skip
_WHOLE = {
    routes.AGENDA: "l’agenda", routes.NEWS: "les actualités",
    routes.DOCUMENTS: "les documents", routes.WIKI: "le wiki",
    routes.DOSSIERS: "les dossiers", routes.QUESTIONS: "les questions",
    routes.CHANGES: "ce qui a changé dans les pages",
    routes.DEBATES: "les débats",
    routes.JURIES: "les tirages au sort",
}  # fmt: skip
# For those who find the page elsewhere: a search engine, a shared link.
_SAYS = {
    routes.AGENDA: "réunions et rendez-vous, avec l’heure et le lieu",
    routes.NEWS: "ce qui se passe et ce qui se décide",
    routes.DOCUMENTS: "comptes rendus, études, courriers à lire et à télécharger",
    routes.WIKI: "ce que les conseils savent et mettent en commun",
    routes.DOSSIERS: "où en est chaque dossier, et ce qui vient ensuite",
    routes.CHANGES: "ce qui est nouveau, modifié, tenu ou répondu, depuis un an",
    routes.QUESTIONS: "les questions posées, et ce qui a été répondu",
    routes.JURIES: "chacun annoncé avant, et à refaire par tous ensuite",
    routes.DEBATES: "ce dont on débat, en réunion et à côté, et ce qui en est conclu",
}


class Lists:
    """Plans the lists of one community, or of the site (`community` None)."""

    def __init__(self, content: Content, album: Album, community: Community | None) -> None:
        self.content = content
        self.album = album
        self.home = community.home if community else None
        self.prefix = community.address if community else ""
        self.place = album.places[community.home] if community else None
        self.crumbs = trail(self.place)
        self.base = content.base
        self.site = plain(str(content.site["nom"]))
        self.today = content.today

    def targets(self) -> Iterator[Target]:
        yield from self._agenda()
        yield from self._news()

    def _frame(self, at: str, title: str, section: str, parent: Step | None = None) -> Frame:
        address = self.prefix + at
        return Frame(
            at=address,
            title=title,
            description=f"{self.place.name if self.place else self.site}, "
            f"{title[0].lower()}{title[1:]}\u00a0: {_SAYS[section]}.",
            place=self.place,
            section=section_of(self.place) or section,
            crumbs=(*self.crumbs, parent) if parent else self.crumbs,
            canonical=routes.absolute(self.base, address),
            feed=self.prefix + routes.ATOM if section == routes.NEWS else "",
            calendar=self.prefix + routes.CALENDAR if section == routes.AGENDA else "",
            json_feed=self.prefix + routes.JSON_FEED if section == routes.NEWS else "",
        )

    def _target(self, frame: Frame, template: str, view: tuple[object, ...]) -> Target:
        return Target(routes.file_of(frame.at), template, view, self.content.audience or "")

    # -- agenda

    def coming(self) -> tuple[Card, ...]:
        """Events of today or later, the next first; a repeated one at its next day."""
        cards = []
        for item in self.album.of("event", self.home):
            card = self.album.card(item)
            if card.repeated:
                following = self._next_day(item)
                if following is not None:
                    cards.append(card._replace(day=following))
            elif (card.end_day or card.day or "") >= self.today:
                cards.append(card)
        return tuple(
            sorted(cards, key=lambda card: (card.day or "", card.start or "", card.address))
        )

    def _next_day(self, item: Item) -> str | None:
        met = repetition.occurrences(
            meeting_of(item, self.content, self.base), since=self.today, limit=1
        )
        return met[0].day if met else None

    def _agenda(self) -> Iterator[Target]:
        events = self.album.of("event", self.home)
        coming = self.coming()
        addresses = {card.address for card in coming}
        past = [item for item in events if item.address not in addresses]
        years = self._years(events, routes.AGENDA)
        sections = [Section("", "a-venir", coming[:SHORT])] if coming else []
        recent = past if len(past) <= SHORT else past[:RECENT]
        if recent:
            title = "Réunions passées" if len(past) <= SHORT else "Dernières réunions"
            sections.append(Section(title, "passees", self.album.cards(recent)))
        months = self._months() if self.home is None else ()
        frame = self._frame(routes.AGENDA, "Agenda", routes.AGENDA)._replace(asof=self.today)
        yield self._target(
            frame,
            "agenda.html",
            ListView(
                frame,
                _ahead(len(coming), "mois" if months else "année"),
                tuple(sections),
                years,
                months,
                empty="Aucune réunion n’est annoncée pour le moment.",
                elsewhere=self._elsewhere(routes.AGENDA),
                calendar=self.prefix + routes.CALENDAR,
            ),
        )
        yield from self._by_year(events, routes.AGENDA, "Agenda", years)
        if self.home is None:
            yield from self._month_pages()

    def _months(self) -> tuple[Step, ...]:
        this = self.today[:7]
        coming = (month for month in self._months_with_events() if month >= this)
        return tuple(Step(_month_words(month), _month_address(month)) for month in coming)

    def _months_with_events(self) -> list[str]:
        return sorted({day[:7] for day in self._days()} | {self.today[:7]})

    def _days(self) -> dict[str, list[Card]]:
        """Every day with its events, repeated ones on each of their days up to a year ahead."""
        if not hasattr(self, "_by_day"):
            self._by_day: dict[str, list[Card]] = {}
            horizon = _plus(self.today, _AHEAD)
            for item in self.album.of("event", self.home):
                card = self.album.card(item)
                if card.repeated:
                    met = repetition.occurrences(
                        meeting_of(item, self.content, self.base), until=horizon, limit=_MET
                    )
                    for one in met:
                        self._by_day.setdefault(one.day, []).append(card._replace(day=one.day))
                elif card.day:
                    for day in _span(card.day, card.end_day):
                        self._by_day.setdefault(day, []).append(card)
            for cards in self._by_day.values():
                cards.sort(key=lambda card: (card.start or "", card.address))
        return self._by_day

    def _month_pages(self) -> Iterator[Target]:
        months = self._months_with_events()
        for index, month in enumerate(months):
            before = months[index - 1] if index else None
            after = months[index + 1] if index + 1 < len(months) else None
            first = datetime.date.fromisoformat(f"{month}-01")
            title = f"Agenda, {_month_words(month)}"
            frame = self._frame(f"{routes.AGENDA}{month}/", title, routes.AGENDA,
                                Step("Agenda", self.prefix + routes.AGENDA))  # fmt: skip
            view = MonthView(
                frame._replace(asof=self.today),
                first.isoformat(),
                self._weeks(first),
                not any(day[:7] == month for day in self._days()),
                _month_step(before),
                _month_step(after),
                self.prefix + routes.CALENDAR,
            )
            yield self._target(frame, "month.html", view)

    def _weeks(self, first: datetime.date) -> tuple[tuple[DayCell, ...], ...]:
        days = self._days()
        return tuple(
            tuple(
                DayCell(
                    day.isoformat(), day.day, day.month == first.month,
                    day.isoformat() == self.today,
                    tuple(days.get(day.isoformat(), ())) if day.month == first.month else (),
                )
                for day in week
            )
            for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
        )  # fmt: skip

    # -- news

    def _news(self) -> Iterator[Target]:
        news = self.album.of("news", self.home)
        years = self._years(news, routes.NEWS)
        recent = news if len(news) <= SHORT else news[:RECENT]
        frame = self._frame(routes.NEWS, "Actualités", routes.NEWS)
        yield self._target(
            frame,
            "list.html",
            ListView(
                frame,
                "",
                (Section("", "", self.album.cards(recent)),) if recent else (),
                years,
                empty="Aucune actualité n’a encore été publiée ici.",
                elsewhere=self._elsewhere(routes.NEWS),
                feed=self.prefix + routes.ATOM,
            ),
        )
        yield from self._by_year(news, routes.NEWS, "Actualités", years)

    def _elsewhere(self, section: str) -> Step:
        """From an empty list: a community's leads to the whole site's, the site's to the homes."""
        if self.home is not None:
            return Step(f"Voir {_WHOLE[section]} de tout l’arrondissement", section)
        if self.content.around is not None:
            return Step("Revenir à l’accueil de l’espace", "")
        return Step("Voir les pages des quartiers", routes.QUARTIERS)

    # -- years

    def _years(self, items: Iterable[Item], at: str) -> tuple[Step, ...]:
        counted: dict[str, int] = {}
        for item in items:
            year = listed_on(item)[:4]
            counted[year] = counted.get(year, 0) + 1
        return tuple(
            Step(year, f"{self.prefix}{at}{year}/", number=counted[year])
            for year in sorted(counted, reverse=True) if year
        )  # fmt: skip

    def _by_year(
        self, items: Iterable[Item], at: str, title: str, years: tuple[Step, ...]
    ) -> Iterator[Target]:
        parent = Step(title, self.prefix + at)
        for year, group in grouped(items, lambda item: listed_on(item)[:4]):
            if not year:
                continue
            frame = self._frame(f"{at}{year}/", f"{title} {year}", at, parent)
            said = f"{numbers.counted(len(group), _ONE[at])} en {year}."
            yield self._year(frame, said, group, years)

    def _year(
        self, frame: Frame, said: str, items: list[Item], years: tuple[Step, ...],
        kinds: tuple[Step, ...] = (),
    ) -> Target:  # fmt: skip
        """The list of one year, month by month."""
        current = tuple(one._replace(current=one.address == frame.at) for one in years)
        months = groupby(items, key=lambda item: listed_on(item)[:7])
        sections = tuple(
            Section(_month_title(month), f"mois-{month}", self.album.cards(inside))
            for month, inside in months
        )
        return self._target(frame, "list.html", ListView(frame, said, sections, current, kinds))


def grouped(items: Iterable[Item], key: Callable[[Item], str]) -> list[tuple[str, list[Item]]]:
    """Items by their key, in the order in which each key comes first."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())


def _ahead(count: int, by: str) -> str:
    """What stands above an agenda that is too long to be shown to its end."""
    if count <= SHORT:
        return ""
    return (
        f"{numbers.counted(count, 'réunion')} à venir : voici les {SHORT} premières, "
        f"les suivantes sont rangées par {by}."
    )


def _month_title(month: str) -> str:
    return dates.month_name(int(month[5:7])).capitalize()


def _month_address(month: str) -> str:
    return f"{routes.AGENDA}{month}/"


def _month_step(month: str | None) -> Step | None:
    if month is None:
        return None
    return Step(_month_words(month), _month_address(month))


def _month_words(month: str) -> str:
    return dates.month_year(datetime.date.fromisoformat(f"{month}-01"))


def _plus(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def _span(first: str, last: str | None) -> list[str]:
    """The days from `first` to `last`; a month at most, so that a slip of a year stays small."""
    days = [first]
    while last and days[-1] < last and len(days) < 31:
        days.append(_plus(days[-1], 1))
    return days
