"""Stage 3, model: all cards in, one immutable Content out, seen as an audience sees it.

No disk, no clock, no Markdown. Features and the site read this, and nothing else.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content import layout, perimeters
from cq.content.draws import Draw
from cq.content.geometry import Shape
from cq.content.item import Blob, Item
from cq.content.papers import Paper
from cq.content.parsed import Record
from cq.content.past import Pasts, Version, space_of
from cq.content.perimeters import Street, outline_of, streets_of
from cq.french.folding import fold, slug

SHORT = 50  # a longer list is cut by year
# Folders of the lists that have a page a year.
_BY_YEAR = {
    "news": "actualites", "event": "agenda", "document": "documents", "dossier": "dossiers",
    "question": "questions", "debate": "debats",
}  # fmt: skip


class Community(NamedTuple):
    """A quartier or a groupe: one of the small worlds of the site. `home` is its folder."""

    kind: str  # "quartier" | "group"
    slug: str
    home: str
    name: str
    facts: tuple[tuple[str, object], ...]  # the other keys of its file, canonical
    outline: Shape = ()
    credit: str = ""  # whose data the outline is
    streets: tuple[Street, ...] = ()

    @property
    def address(self) -> str:
        return f"{self.home}/"

    def fact(self, key: str) -> object:
        return dict(self.facts).get(key)

    def stands(self, today: str) -> bool:
        """Whether its perimeter is the one of `today`."""
        since, until = self.fact("depuis"), self.fact("jusqua")
        return (not since or str(since) <= today) and (not until or str(until) >= today)


class Member(NamedTuple):
    """Someone of equipe.yml, who agreed to be named."""

    id: str
    name: str
    function: str
    quartiers: tuple[str, ...]


def zone_of(site: Mapping[str, object]) -> str:
    """The time zone that site.yml says."""
    return str(site.get("fuseau") or "Europe/Paris")


@dataclass(frozen=True)
class Content:
    """Everything that one audience may see. Items by id; public and private never mixed by
    `seen_by`.
    """

    site: Mapping[str, object]
    items: tuple[Item, ...]
    quartiers: tuple[Community, ...]
    groups: tuple[Community, ...]
    team: tuple[Member, ...]
    blobs: Mapping[str, Blob]
    records: tuple[Record, ...]
    audience: str | None = None  # None: everything, for checks
    today: str = ""
    # Files that exist and gave nothing: faulty ones, which was said, and those of later versions.
    unread: frozenset[str] = frozenset()
    # What git remembers of each text, by path; of no private one.
    past: Pasts = field(default_factory=lambda: Pasts({}))
    # Of the texts of each space, by its id; only in a build that seals, and of one's own only.
    inner_pasts: Mapping[str, Pasts] = field(default_factory=dict)
    # The versions whose differences may be shown, newest first, by path; their texts are kept.
    compared: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)  # what PDF files say, by their paths
    draws: tuple[Draw, ...] = ()  # what the public files of the draws tell, by their pages' ids
    # What a space lies in, where this is one seen from within (`cq.content.within`).
    around: "Content | None" = field(default=None, repr=False)
    spaces: tuple[str, ...] = ()  # the sealed spaces that the site has

    @cached_property
    def base(self) -> str:
        """The site's address on the web, "" where it does not know its own."""
        return str(self.site.get("adresse_web") or "")

    @cached_property
    def zone(self) -> str:
        """Its time zone: the days and hours of the content are days and hours there."""
        return zone_of(self.site)

    @cached_property
    def sources(self) -> tuple[Item | Record, ...]:
        """Whatever a file said, pages and YAML."""
        return (*self.items, *self.records)

    @cached_property
    def by_draw(self) -> dict[str, Draw]:
        """The facts of the draws by the id of the page of each."""
        return {one.id: one for one in self.draws}

    @cached_property
    def by_path(self) -> dict[str, Item]:
        return {item.path: item for item in self.items}

    @cached_property
    def by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def by_address(self) -> dict[str, Item]:
        return {item.address: item for item in self.items}

    @cached_property
    def by_slug(self) -> dict[str, tuple[Item, ...]]:
        """Items by the last part of their id."""
        grouped: dict[str, list[Item]] = {}
        for item in self.items:
            grouped.setdefault(item.id.rsplit("/", 1)[-1], []).append(item)
        return {slug: tuple(same) for slug, same in grouped.items()}

    @cached_property
    def by_title(self) -> dict[str, tuple[Item, ...]]:
        """Items by their folded title: the last way in which `[[…]]` looks."""
        grouped: dict[str, list[Item]] = {}
        for item in self.items:
            grouped.setdefault(" ".join(fold(item.title).split()), []).append(item)
        return {title: tuple(same) for title, same in grouped.items()}

    @cached_property
    def by_even_path(self) -> dict[str, str]:
        """Attachments by their path without accents, capitals or spaces: « PV.pdf » for pv.pdf."""
        return {even_path(path): path for path in sorted(self.blobs, reverse=True)}

    @cached_property
    def unread_slugs(self) -> dict[str, tuple[str, ...]]:
        """The spaces of unread files by the last part of their ids."""
        grouped: dict[str, list[str]] = {}
        for path in sorted(self.unread):
            identifier = layout.identity(PurePosixPath(path))
            grouped.setdefault(identifier.rsplit("/", 1)[-1], []).append(
                layout.place(PurePosixPath(path)).space
            )
        return {name: tuple(spaces) for name, spaces in grouped.items()}

    @cached_property
    def list_addresses(self) -> frozenset[str]:
        """Of the lists by year, by month or by type, the boards and the yearly reports that these
        items make; a private item or a draft makes none that a reader could open.
        """
        made: set[str] = set()
        typed: dict[str, list[str]] = {}
        if any(one.kind == "mailing_list" and one.space == layout.PUBLIC for one in self.records):
            made.add("listes/")
        for item in self.items:
            public = item.space == layout.PUBLIC
            if not (public or self.around) or not item.published(self.today):
                continue
            if item.jury is not None:
                made.add("jurys/")
            for home in {"", *(f"{one}/" if one else "" for one in listed_under(item))}:
                folder = _BY_YEAR.get(item.kind)
                day = listed_on(item)
                if day and folder:
                    made.add(f"{home}{folder}/{day[:4]}/")
                    if item.kind == "event":
                        made.add(f"{home}{folder}/{day[:7]}/")
                if item.document is not None:
                    typed.setdefault(f"{home}documents/{slug(item.document.type)}/", []).append(day)
                if item.dossier is not None or item.question is not None:
                    made.add(f"{home}tableau-de-bord/")
                made.update(f"{home}rapport/{year}/" for year in item.years(self.today))
        return frozenset(made.union(_typed(typed)))

    @cached_property
    def communities(self) -> dict[str, Community]:
        return {one.home: one for one in (*self.quartiers, *self.groups)}

    @cached_property
    def names(self) -> dict[str, Member]:
        return {member.id: member for member in self.team}

    def with_past(self, rows: Mapping[str, str], cut: Collection[str] = ()) -> "Content":
        """Itself, with what git remembers (`cq.content.past`): names are those of equipe.yml."""
        return replace(self, past=self._pasts(rows, cut, layout.PUBLIC))

    def with_inner_pasts(self, rows: Mapping[str, str], cut: Collection[str] = ()) -> "Content":
        """Itself, with what git remembers of private texts: each for its own space alone."""
        by_space: dict[str, dict[str, str]] = {}
        for path, row in rows.items():
            space = space_of(path)
            if space is not None and space != layout.PUBLIC:
                by_space.setdefault(space, {})[path] = row
        made = {space: self._pasts(own, cut, space) for space, own in by_space.items()}
        return replace(self, inner_pasts=made)

    def _pasts(self, rows: Mapping[str, str], cut: Collection[str], space: str) -> Pasts:
        names = [(borne, one.name) for one in self.team for borne in (one.name, one.id)]
        known = frozenset(cut) & rows.keys()
        return Pasts(rows, names, zone=self.zone, today=self.today, cut=known, space=space)

    def _draws(self, items: Collection[Item]) -> tuple[Draw, ...]:
        """Those whose page is among `items`."""
        ids = {item.id for item in items if item.jury is not None} if self.draws else ()
        return tuple(one for one in self.draws if one.id in ids)

    def name_of(self, home: str) -> str:
        """What a community is called; by its folder where nothing says it, "" for none."""
        community = self.communities.get(home)
        return community.name if community else layout.bare_name(home)

    def named(self, item: Item, field: str) -> tuple[Community, ...]:
        """The communities that `item` names under `field`: « quartiers » or « groupes »."""
        names = {layout.bare_name(one.target) for one in item.references if one.field == field}
        known = self.quartiers if field == "quartiers" else self.groups
        return tuple(one for one in known if one.slug in names)

    def seen_by(self, space: str, today: str) -> "Content":
        """What readers of `space` see on `today`: its items, published, and nothing else.

        A private space sees its own items and the public ones. An argument is seen with its débat
        or not at all.
        """
        spaces = {layout.PUBLIC, space}
        shown = [item for item in self.items if item.space in spaces and item.published(today)]
        debates = {item.id for item in shown if item.debate is not None}
        items = tuple(
            item for item in shown if item.argument is None or item.id.rsplit("/", 2)[0] in debates
        )
        return replace(
            self,
            items=items,
            past=self.past.of((item.path for item in items), today),
            inner_pasts={
                name: pasts.of((item.path for item in items), today)
                for name, pasts in self.inner_pasts.items()
                if name == space != layout.PUBLIC
            },
            compared={
                item.path: self.compared[item.path] for item in items if item.path in self.compared
            },
            blobs={path: blob for path, blob in self.blobs.items() if blob.space in spaces},
            papers={
                path: paper
                for path, paper in self.papers.items()
                if self.blobs[path].space in spaces
            },
            records=tuple(record for record in self.records if record.space in spaces),
            draws=self._draws(items),
            audience=space,
            today=today,
            unread=frozenset(),
        )


def listed_on(item: Item) -> str:
    """The day (ISO) by which lists cut by year place `item`: its own, or a débat's first."""
    if item.debate is not None:
        return min((one.start for one in item.debate.phases), default="")
    return item.day or ""


def listed_under(item: Item) -> frozenset[str]:
    """The homes whose lists show `item`, beside the whole site's: its own ("" for the
    arrondissement); those of the communities that a dossier or a question of the arrondissement
    names as well.
    """
    if item.home or (item.dossier is None and item.question is None):
        return frozenset((item.home,))
    named = (one for one in item.references if one.field in layout.COMMUNITIES)
    return frozenset(("", *(f"{one.field}/{layout.bare_name(one.target)}" for one in named)))


def _typed(lists: Mapping[str, list[str]]) -> Iterator[str]:
    """The lists of one type of document and, of a long one, its years."""
    for address, days in lists.items():
        yield address
        if len(days) > SHORT:
            yield from (f"{address}{day[:4]}/" for day in days if day)


def even_path(path: str) -> str:
    """A path for comparison: what differs by case, accents, spaces only is the same."""
    return fold(path).replace(" ", "-").replace("_", "-")


def model(  # noqa: PLR0913 - all that was read
    items: Iterable[Item],
    records: Iterable[Record],
    blobs: Mapping[str, Blob],
    *,
    today: str = "",
    unread: frozenset[str] = frozenset(),
    papers: Mapping[str, Paper] | None = None,
    draws: Iterable[Draw] = (),
) -> Content:
    """All that was parsed, in the order of ids, whatever the order on disk."""
    by_kind: dict[str, list[Record]] = {}
    ordered = sorted(records, key=lambda record: record.path)
    for record in ordered:
        by_kind.setdefault(record.kind, []).append(record)
    site: Mapping[str, object] = {}
    for record in by_kind.get("site", []):
        site = json.loads(record.fields[0])
    read = {record.path: record for record in ordered if record.kind in {"outline", "streets"}}
    return Content(
        site=site,
        items=tuple(sorted(items, key=lambda item: (item.id, item.path))),
        quartiers=tuple(
            _placed(_community(record), record, read) for record in by_kind.get("quartier", [])
        ),
        groups=tuple(_community(record) for record in by_kind.get("group", [])),
        team=tuple(
            _member(fields) for record in by_kind.get("team", []) for fields in record.fields
        ),
        blobs=blobs,
        records=tuple(ordered),
        today=today,
        unread=unread,
        papers=papers or {},
        draws=tuple(sorted(draws)),
    )


def _community(record: Record) -> Community:
    facts = json.loads(record.fields[0])
    name = facts.pop("nom")
    slug = record.home.rsplit("/", 1)[-1]
    kept = tuple((key, value) for key, value in sorted(facts.items()))
    return Community(record.kind, slug, record.home, name, kept)


def _placed(community: Community, record: Record, read: Mapping[str, Record]) -> Community:
    """With its outline and its streets, from the files that its own names."""
    outline = read.get(perimeters.file_of(record, "contour"))
    streets = read.get(perimeters.file_of(record, "rues"))
    if outline is not None and outline.kind == "outline" and outline.space == record.space:
        shape, credit = outline_of(outline)
        said = str(community.fact("credit") or "")
        community = community._replace(outline=shape, credit=said or credit)
    if streets is not None and streets.kind == "streets" and streets.space == record.space:
        community = community._replace(streets=streets_of(streets))
    return community


def _member(fields: str) -> Member:
    facts = json.loads(fields)
    return Member(
        facts["id"], facts["nom"], facts.get("fonction") or "", tuple(facts.get("quartiers") or ())
    )
