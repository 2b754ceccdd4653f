"""The page of each item, and the redirects from its old addresses."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, urlsplit

from cq.content import links as ways
from cq.content.item import Item
from cq.content.model import Content
from cq.french import dates
from cq.french.typography import plain
from cq.site import routes
from cq.site.feeds import repetition
from cq.site.plan import pasts, rhythm
from cq.site.plan.calendars import meeting_of
from cq.site.plan.cards import Album
from cq.site.plan.citations import SHOWN_ON, Citations
from cq.site.plan.debates import Debates
from cq.site.plan.juries import Juries
from cq.site.plan.stories import Stories
from cq.site.plan.trail import section_of, trail
from cq.site.revisions import RevisionsView
from cq.site.target import Target
from cq.site.views import (
    Card,
    Frame,
    ItemView,
    Picture,
    RedirectView,
    Step,
    TextOnly,
)

_SECTIONS = {
    "news": (routes.NEWS, "Actualités"),
    "event": (routes.AGENDA, "Agenda"),
    "document": (routes.DOCUMENTS, "Documents"),
    "wiki": (routes.WIKI, "Wiki"),
    "dossier": (routes.DOSSIERS, "Dossiers"),
    "question": (routes.QUESTIONS, "Questions"),
    "debate": (routes.DEBATES, "Débats"),
    "argument": (routes.DEBATES, "Débats"),
    "jury": (routes.JURIES, "Tirages au sort"),
}
_TEMPLATES = {
    "page": "page.html",
    "news": "news.html",
    "event": "event.html",
    "document": "document.html",
    "wiki": "wiki.html",
    "dossier": "dossier.html",
    "question": "question.html",
    "debate": "debate.html",
    "argument": "argument.html",
    "jury": "jury.html",
}
_NEXT_DAYS = 6  # of a repeated meeting


def is_home(item: Item) -> bool:
    """`index.md` of the site or of a community: its words stand on a home, not on a page."""
    return item.kind == "page" and item.id == item.home


class Pages:
    """Plans the items of one audience."""

    def __init__(self, content: Content, album: Album, citations: Citations | None = None) -> None:
        self.content = content
        self.album = album
        self.debates = Debates(content, album)
        self.juries = Juries(content, album)
        self.base = content.base
        self.edit = _editor(content.site)
        self.stories = Stories(content, album)
        self.citations = citations or Citations(content, album)

    @cached_property
    def labels(self) -> dict[str, str]:
        return _labels(self.content)

    @cached_property
    def by_event(self) -> dict[str, list[Item]]:
        """The documents and questions that name an event, by its id."""
        named: dict[str, list[Item]] = {}
        for item in (*self.album.of("document"), *self.album.of("question")):
            for event in self.album.named(item, "evenement"):
                named.setdefault(event.id, []).append(item)
        return named

    def targets(self) -> Iterator[Target]:
        for item in self.content.items:
            if not is_home(item):
                yield self.page(item)
            if pasts.address_of(self.content, item):
                yield self._differences(item)
            for old in item.old_addresses:
                yield self._redirect(item, old)

    def page(self, item: Item) -> Target:
        path = routes.file_of(item.address)
        return Target(path, _TEMPLATES[item.kind], self.view(item), item.space)

    def view(self, item: Item) -> ItemView:
        view = self._of_kind(item)
        if item.kind not in SHOWN_ON:
            return view
        named = self.stories.by_dossier.get(item.id, {}).values() if item.dossier else ()
        cited_by, more = self.citations.cards(item, {one.id for same in named for one in same})
        return view._replace(cited_by=cited_by, cited_more=more)

    def _of_kind(self, item: Item) -> ItemView:
        card, picture = self.album.card(item), self._picture(item)
        view = ItemView(
            frame=self._frame(item, card)._replace(image=self._shown(picture)),
            card=card,
            key=item.key,
            links=self.album.addresses(item) if item.links else (),
            names=self.album.names(item) if item.links else (),
            sizes=self.album.sizes(item) if item.links else (),
            author=self.album.author(item),
            picture=picture,
            groups=self.album.communities(item, "groupes"),
            keywords=_typed(item.keywords),
            edit=self.edit + quote(item.path) if self.edit else "",
            dossiers=self.album.cards(self.album.named(item, "dossiers")),
            debate=self.debates.debate(item),
            argument=self.debates.argument(item),
            jury=self.juries.jury(item),
            glossed=item.glossed,
            history=pasts.history_of(self.content, item),
        )
        if item.event is not None:
            return self._event(item, view)
        if item.document is not None:
            events = self.album.named(item, "evenement")
            return view._replace(
                event=self.album.card(events[0]) if events else None,
                accessible=self._accessible(item),
                text_only=self._text_only(item.document.file),
            )
        if item.dossier is not None:
            return view._replace(dossier=self.stories.dossier(item, item.dossier))
        if item.question is not None:
            events = self.album.named(item, "evenement")
            return view._replace(
                question=self.stories.question(item, item.question),
                event=self.album.card(events[0]) if events else None,
            )
        return view

    def _event(self, item: Item, view: ItemView) -> ItemView:
        minutes = [one for one in self.album.named(item, "compte_rendu") if one.document]
        naming = self.by_event.get(item.id, ())
        others = [one for one in naming if one.document and one not in minutes]
        days: tuple[str, ...] = ()
        last = item.event.end_day if item.event and item.event.end_day else item.day
        coming = (last or "") >= self.content.today
        if item.event and item.event.repetition:
            met = repetition.occurrences(
                meeting_of(item, self.content, self.base), since=self.content.today,
                limit=_NEXT_DAYS,
            )  # fmt: skip
            days = tuple(one.day for one in met)
            coming = bool(days)
        facts = item.event
        return view._replace(
            address=plain(facts.place_address) if facts else "",
            access=plain(facts.place_access) if facts else "",
            agenda=_typed(facts.agenda) if facts else (),
            votes=_typed(facts.votes) if facts else (),
            minutes=self.album.card(minutes[0]) if minutes else None,
            documents=self.album.cards(others),
            questions=self.album.cards(one for one in naming if one.question),
            coming=coming,
            occurrences=days,
            rhythm=rhythm.words(facts.repetition, item.day or "")
            if facts and facts.repetition
            else "",
            calendar=item.address + routes.EVENT_CALENDAR,
            debates=self.debates.of_event(item),
        )

    def _frame(self, item: Item, card: Card) -> Frame:
        section, title = _SECTIONS.get(item.kind, ("", ""))
        crumbs = list(trail(card.place))
        if section:
            home = f"{item.home}/" if item.home else ""
            crumbs.append(Step(title, home + section))
        debate = self.debates.home_of(item) if item.argument else None
        if debate is not None:
            crumbs.append(Step(debate.title, debate.address))
        return Frame(
            at=item.address,
            title=item.title,
            label=self.labels.get(item.id, ""),
            description=item.summary,
            place=card.place,
            section=section_of(card.place) or section,
            crumbs=tuple(crumbs),
            canonical=routes.absolute(self.base, item.address),
            asof=card.updated or ("" if item.kind == "event" else card.day or ""),
        )

    def _picture(self, item: Item) -> Picture | None:
        if item.image is None or item.image[0] not in self.content.blobs:
            return None
        blob = self.content.blobs[item.image[0]]
        return Picture(self.album.publish(blob.path), item.image[1], blob.width, blob.height)

    def _shown(self, picture: Picture | None) -> str:
        return routes.absolute(self.base, quote(picture.address)) if picture else ""

    def _accessible(self, item: Item) -> Step | None:
        for reference in item.references:
            if reference.field == "version_accessible":
                found = ways.of_link(self.content, item, "link", reference.target)
                if found.item is not None:
                    return Step(found.item.title, found.address)
                if found.state == "file":
                    return Step("version accessible", self.album.publish(found.path))
        return None

    def _text_only(self, file: str) -> TextOnly | None:
        path = posixpath.normpath(file)
        paper = self.content.papers.get(path)
        if paper is None or not paper.size:
            return None
        return TextOnly(ways.text_beside(ways.address_of_file(self.content, path)), paper.size)

    def _differences(self, item: Item) -> Target:
        card, at = self.album.card(item), pasts.address_of(self.content, item)
        frame = self._frame(item, card)
        frame = frame._replace(
            at=at, title=f"Historique\u00a0: {item.title}", label="",
            description=f"Ce que chaque version a changé dans «\u00a0{item.title}\u00a0».",
            crumbs=(*frame.crumbs, Step(item.title, item.address)),
            canonical=routes.absolute(self.base, at),
        )  # fmt: skip
        view = RevisionsView(frame, card, pasts.revisions_of(self.content, item))
        return Target(routes.file_of(at), "revisions.html", view, item.space)

    def _redirect(self, item: Item, old: str) -> Target:
        address = old.strip("/").removesuffix("index.html").strip("/") + "/"
        frame = Frame(at=address, title=item.title,
                      canonical=routes.absolute(self.base, item.address))  # fmt: skip
        view = RedirectView(frame, item.address)
        return Target(routes.file_of(address), "redirect.html", view, item.space)


def _typed(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(plain, texts))


def _labels(content: Content) -> dict[str, str]:
    """What the window says of items that their title does not tell apart: « Plénière, 8 mars »."""
    labels: dict[str, str] = {}
    alike: dict[tuple[str, str], list[Item]] = {}
    for item in content.items:
        alike.setdefault((item.home, item.title), []).append(item)
    for (_, title), items in alike.items():
        if len(items) == 1 and items[0].event is None:
            continue
        days = Counter(item.day for item in items)
        for item in items:
            if item.day and days[item.day] == 1:
                day = dates.iso_words(item.day)
                labels[item.id] = f"{title}, {day}"
            else:
                labels[item.id] = f"{title} ({item.id.rsplit('/', 1)[-1]})"
    return labels


def _editor(site: object) -> str:
    """What « modifier cette page » puts before a path; "" where the repository is not public."""
    depot = site.get("depot") if isinstance(site, dict) else None
    if not isinstance(depot, dict) or not depot.get("public"):
        return ""
    address, branch = str(depot["adresse"]).rstrip("/"), quote(str(depot.get("branche", "main")))
    host = urlsplit(address).hostname or ""
    if "gitlab" in host:
        return f"{address}/-/edit/{branch}/"
    if host == "github.com":
        return f"{address}/edit/{branch}/"
    return f"{address}/_edit/{branch}/"
