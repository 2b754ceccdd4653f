"""The homes, the lists of quartiers and groupes, the site map, the 404, and the common chrome."""

from collections.abc import Iterator
from functools import cached_property

from cq.content import layout
from cq.content.model import Community, Content
from cq.french import dates
from cq.french.folding import sort_key
from cq.french.typography import plain
from cq.site import routes
from cq.site.pieces import Atlas
from cq.site.plan import boards, changes, juries, legal, mailing, maps
from cq.site.plan.cards import Album, place_of
from cq.site.plan.debates import Debates
from cq.site.plan.finder import TITLE, finder, finder_address
from cq.site.plan.followed import FollowedLists
from cq.site.plan.lists import Lists
from cq.site.plan.search_page import search_page
from cq.site.plan.trail import above, section_of, trail
from cq.site.plan.wiki import glossaries
from cq.site.target import Target
from cq.site.views import (
    Card,
    Chrome,
    Frame,
    HomeView,
    MapView,
    PlacesView,
    PlainView,
    Step,
)

_FEW = 3
_SOME = 5  # open dossiers and débats: a line each
_FOOTER = 8  # pages that every page's foot names; the site map names them all
_LEGAL = ("contact/", "mentions-legales/", "donnees-personnelles/", routes.DECLARATION)
# The menu begins with where to come, what to read, one's own quartier, and what becomes of things.
_FIRST = (routes.AGENDA, routes.NEWS, routes.QUARTIERS, routes.DOSSIERS)
# The lists of the site and of each community; of the kinds that are named, where there is one.
_LISTS = (
    ("Agenda", routes.AGENDA, ""),
    ("Actualités", routes.NEWS, ""),
    ("Dossiers", routes.DOSSIERS, "dossier"),
    ("Questions", routes.QUESTIONS, "question"),
    ("Débats", routes.DEBATES, "debate"),
    ("Tirages au sort", routes.JURIES, "jury"),
    ("Documents", routes.DOCUMENTS, ""),
    ("Wiki", routes.WIKI, ""),
)


def chrome(content: Content, album: Album) -> Chrome:
    """What every page shows."""
    site = content.site
    publisher = legal.facts(site.get("editeur"))
    arrondissement = legal.facts(site.get("arrondissement"))
    own = pages(content, album)
    asked = [page for page in own if page.address in _LEGAL]
    return Chrome(
        site=plain(str(site["nom"])),
        arrondissement=arrondissement.get("nom", ""),
        menu=menu(content, album),
        quartiers=tuple(album.places[one.home] for one in content.quartiers),
        groups=tuple(album.places[one.home] for one in content.groups),
        pages=tuple(page for page in own if page not in asked)[:_FOOTER],
        legal=(*(page for page in asked if page.address != routes.DECLARATION),
               changes.step(), Step("Plan du site", routes.SITE_MAP),
               Step("Données ouvertes", routes.DATA), *_door(content, None)),
        accessibility=legal.state(content),
        declaration=routes.DECLARATION,
        publisher=plain(publisher.get("nom", "")),
        publisher_address=plain(publisher.get("adresse", "")),
        contact=str(site.get("contact") or publisher.get("courriel", "")),
        licence=plain(str(site.get("licence") or "")),
        language="fr",
        feed=routes.ATOM,
        calendar=routes.CALENDAR,
        json_feed=routes.JSON_FEED,
        address=content.base,
        zone=content.zone,
        map=maps.atlas(content, album, maps.SIGN),
        finder=finder_address(content),
        glossaries=glossaries(content),
    )  # fmt: skip


def menu(content: Content, album: Album) -> tuple[Step, ...]:
    """What residents come for first, first: a theme may put the end of a long menu away."""
    groups = (Step("Groupes", routes.GROUPS),) if content.groups else ()
    every = (*lists(album), Step("Quartiers", routes.QUARTIERS), *groups)
    led = (step for address in _FIRST for step in every if step.address == address)
    return (*led, *(step for step in every if step.address not in _FIRST))


def lists(album: Album, prefix: str = "") -> tuple[Step, ...]:
    """The lists that are worth a link; the same for all communities, full or empty."""
    return tuple(
        Step(title, prefix + address)
        for title, address, kind in _LISTS
        if (not kind or album.of(kind)) and not (prefix and address == routes.JURIES)
    )


def pages(content: Content, album: Album) -> list[Step]:
    """The site's own pages, those that it makes itself included: what the law asks for last, and
    in its order.
    """
    written = (item for item in album.of("page", "") if item.id.startswith("pages/"))
    found = [*(Step(item.title, item.address) for item in written), *legal.made(content)]

    def rank(page: Step) -> tuple[int, tuple[str, str, str]]:
        asked = _LEGAL.index(page.address) if page.address in _LEGAL else -1
        return (asked, sort_key(page.title))

    return sorted(found, key=rank)


class Homes:
    """Plans the pages above the lists."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.debates = Debates(content, album)
        self.base = content.base
        self.space = content.audience or ""
        self.mailing = mailing.by_home(content)
        self.words = {item.home: item for item in album.of("page") if item.id == item.home}

    def targets(self) -> Iterator[Target]:
        yield self.home(None)
        for community in self.content.communities.values():
            yield self.home(community)
        yield self._places(
            routes.QUARTIERS,
            "Quartiers",
            self.content.quartiers,
            "Chaque quartier a son conseil, ses réunions et ses documents.",
        )
        if self.content.groups:
            yield self._places(
                routes.GROUPS,
                "Groupes",
                self.content.groups,
                "Commissions et groupes de travail, à cheval sur plusieurs quartiers.",
            )
        found = finder(self.content, self.album)
        if found is not None:
            yield found
        yield from search_page(self.content)
        yield self._map()
        yield self._missing()

    @cached_property
    def map(self) -> Atlas | None:
        return maps.atlas(self.content, self.album, maps.MAP)

    def _frame(self, at: str, title: str, description: str = "") -> Frame:
        return Frame(
            at=at, title=title, description=description, section=at,
            crumbs=trail(None) if at else (),
            canonical=routes.absolute(self.base, at),
        )  # fmt: skip

    def home(self, community: Community | None) -> Target:
        home = community.home if community else None
        prefix = community.address if community else ""
        words = self.words.get(home or "")
        parts = Lists(self.content, self.album, community)
        followed = FollowedLists(self.content, self.album, community)
        name = plain(community.name if community else str(self.content.site["nom"]))
        place = self.album.places[community.home] if community else None
        frame = self._frame(prefix, name, (words.summary if words else "") or _usual(community))
        frame = frame._replace(
            section=section_of(place), crumbs=above(place), feed=prefix + routes.ATOM,
            calendar=prefix + routes.CALENDAR, json_feed=prefix + routes.JSON_FEED,
            asof=self.content.today,
        )  # fmt: skip
        coming = self._coming(parts)
        view = HomeView(
            frame=frame,
            place=place,
            key=words.key if words else "",
            links=self.album.addresses(words) if words else (),
            names=self.album.names(words) if words else (),
            sizes=self.album.sizes(words) if words else (),
            coming=coming,
            news=self._latest("news", home),
            documents=self._latest("document", home),
            wiki=self._latest("wiki", home) if community else (),
            facts=_described(community),
            contact=str(community.fact("adresse") or "") if community else "",
            lists=(
                *lists(self.album, prefix),
                *self._counted(home),
                *_door(self.content, community),
            ),
            neighbours=self._neighbours(community),
            calendar=prefix + routes.CALENDAR,
            feed=prefix + routes.ATOM,
            mailing=self.mailing.get(home or "", ()),
            dossiers=followed.open_dossiers()[:_SOME],
            questions=followed.ordered("question")[:_FEW],
            debates=self.debates.open(home)[:_SOME],
            draws=() if community else self._draws(coming),
            map=self.map,
            glossed=words.glossed if words else True,
        )
        template = "community.html" if community else "home.html"
        return Target(routes.file_of(prefix), template, view, self.space)

    def _coming(self, parts: Lists) -> tuple[Card, ...]:
        """The next meetings; a draw is one, and the whole site's."""
        draws = () if parts.home else juries.ahead(self.content, self.album)
        found = sorted(
            (*parts.coming(), *draws),
            key=lambda card: (card.day or "", card.start or "", card.address),
        )
        return tuple(found[:_FEW])

    def _draws(self, told: tuple[Card, ...]) -> tuple[Card, ...]:
        """Those that the home has not told yet."""
        found = juries.recent(self.content, self.album)
        return tuple(card for card in found if card not in told)[:_FEW]

    def _counted(self, home: str | None) -> tuple[Step, ...]:
        """What tells of the pages of a community: what has changed, its board, its last report."""
        at_board = boards.address_of(self.content, home)
        reports = boards.reports_of(self.content, home)[:1]
        return (
            changes.step(f"{home}/" if home else ""),
            *([Step(boards.TITLE, at_board)] if at_board else []),
            *(Step(f"Rapport {one.title}", one.address) for one in reports),
        )

    def _latest(self, kind: str, home: str | None) -> tuple[Card, ...]:
        return self.album.cards(self.album.of(kind, home)[:_FEW])

    def _neighbours(self, community: Community | None) -> tuple:  # type: ignore[type-arg]
        places = self.album.places
        if community is None:
            return ()
        if community.kind == "quartier":
            return tuple(
                places[group.home] for group in self.content.groups
                if community.slug in _slugs(group.fact("quartiers"))
            )  # fmt: skip
        named = _slugs(community.fact("quartiers"))
        return tuple(places[one.home] for one in self.content.quartiers if one.slug in named)

    def _places(
        self, at: str, title: str, communities: tuple[Community, ...], intro: str
    ) -> Target:
        places = tuple(
            (self.album.places[one.home], self._line(one))
            for one in sorted(communities, key=lambda one: sort_key(one.name))
        )
        shown = self.map if at == routes.QUARTIERS else None
        view = PlacesView(self._frame(at, title, intro), intro, places, shown)
        return Target(routes.file_of(at), "places.html", view, self.space)

    def _line(self, community: Community) -> str:
        words = self.words.get(community.home)
        return plain(str(community.fact("objet") or (words.summary if words else "")))

    def _map(self) -> Target:
        addresses = (Step(mailing.TITLE, routes.LISTS),) if self.mailing else ()
        if found := finder_address(self.content):
            addresses = (Step(TITLE, found), *addresses)
        data = Step("Données ouvertes", routes.DATA)
        tops = menu(self.content, self.album)
        counted = self._counted(None)
        search = Step("Recherche", routes.SEARCH)
        tops = (Step("Accueil", ""), search, *tops, *addresses, *counted, data)
        branches = [("Le site", tops)]
        if own := pages(self.content, self.album):
            branches.append(("Pages", tuple(own)))
        branches += (
            (
                place.name,
                (
                    Step(f"Accueil – {place.name}", place.address),
                    *lists(self.album, place.address),
                    *self._counted(place.address.rstrip("/")),
                ),
            )
            for place in map(place_of, self.content.communities.values())
        )
        view = MapView(
            self._frame(routes.SITE_MAP, "Plan du site", "Toutes les rubriques du site."),
            tuple(branches),
        )
        return Target(routes.file_of(routes.SITE_MAP), "site_map.html", view, self.space)

    def _missing(self) -> Target:
        frame = Frame(at="404.html", title="Page introuvable", root=routes.root_of(self.base))
        view = PlainView(frame, menu(self.content, self.album))
        return Target("404.html", "not_found.html", view, self.space)


def _door(content: Content, community: Community | None) -> tuple[Step, ...]:
    """The way into the private space of a community, or of all conseillers; nothing where the site
    has no such space. One page opens all that are sealed; one that a server guards is a folder.
    """
    in_clear = content.site.get("protection") == layout.SERVER
    space = layout.space_at(community.home if community else "")
    title = "Espace réservé aux membres" if community else "Espace des conseillers"
    if community is None and not in_clear:
        return (Step(title, routes.SPACE),) if content.spaces else ()
    if space not in content.spaces:
        return ()
    return (Step(title, f"{routes.SPACE}{space}/" if in_clear else f"{routes.SPACE}#/{space}/"),)


def _usual(community: Community | None) -> str:
    """What stands on a home of which nobody has written a word yet."""
    purpose = plain(str(community.fact("objet") or "")) if community else ""
    if community is None:
        return "Les réunions, les actualités et les documents des conseils de quartier."
    whose = "de ce quartier" if community.kind == "quartier" else "de ce groupe"
    return purpose or f"Les réunions, les actualités et les documents {whose}."


def _described(community: Community | None) -> tuple[tuple[str, str], ...]:
    if community is None:
        return ()
    words = (
        ("objet", "Objet"),
        ("type", "Forme"),
        ("numero", "Numéro officiel"),
        ("depuis", "Depuis le"),
        ("jusqua", "Jusqu’au"),
    )
    return tuple(
        (title, _said(key, str(community.fact(key)))) for key, title in words if community.fact(key)
    )


def _said(key: str, value: str) -> str:
    if key in {"depuis", "jusqua"}:
        return dates.iso_words(value)
    return value.replace("-", " ") if key == "type" else plain(value)


def _slugs(value: object) -> frozenset[str]:
    if not isinstance(value, list):
        return frozenset()
    return frozenset(layout.bare_name(str(one)) for one in value)
