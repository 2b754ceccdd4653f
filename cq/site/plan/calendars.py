"""From items to calendars and feeds: one .ics for each event, community and for all; news."""

from collections.abc import Iterator

from cq.content.item import Item
from cq.content.model import Community, Content
from cq.site import routes
from cq.site.feeds import identity
from cq.site.feeds.entries import (
    AtomEntry,
    AtomView,
    CalendarView,
    Meeting,
    Repetition,
    SitemapEntry,
    SitemapView,
)
from cq.site.feeds.security import SecurityView, expires
from cq.site.feeds.sitemap import MOST
from cq.site.plan.cards import Album
from cq.site.target import Target

_FEED_LENGTH = 20


def meeting_of(item: Item, content: Content, base: str) -> Meeting:
    """An event as calendars want it; raises on an item of another kind (a planner's bug)."""
    event = item.event
    if event is None:
        raise TypeError(f"{item.id} is no event")
    again = event.repetition
    lines = [item.summary] if item.summary else []
    if event.agenda:
        lines.append("Ordre du jour :\n" + "\n".join(f"– {point}" for point in event.agenda))
    if event.place_access:
        lines.append(f"Accès : {event.place_access}")
    day = item.day or ""
    return Meeting(
        uid=identity.meeting_uid(str(content.site["id"]), item.id, *_domain(base)),
        sequence=event.revision,
        stamp=item.updated or day,
        title=item.title,
        day=day,
        end_day=event.end_day,
        start=event.start,
        end=event.end,
        place=tuple(one for one in (event.place, event.place_address) if one),
        status=event.status,
        categories=(event.type,),
        description="\n\n".join(lines),
        url=routes.absolute(base, item.address) or None,
        repetition=again
        and Repetition(again.every, 1, again.rank, again.weekday, again.until, tuple(again.but)),
    )


def _domain(base: str) -> tuple[str, ...]:
    host = base.partition("//")[2].partition("/")[0].partition(":")[0]
    return (host,) if host else ()


def targets(content: Content, album: Album) -> Iterator[Target]:
    """Every feed of one audience."""
    base = content.base
    zone = content.zone
    site = str(content.site["nom"])
    meetings = {item.id: meeting_of(item, content, base) for item in album.of("event")}
    for item in album.of("event"):
        meeting = meetings[item.id]
        view = CalendarView(meeting.uid, item.title, "", zone, (meeting,), meeting.url)
        yield Target(item.address + routes.EVENT_CALENDAR, "@calendar", view, item.space)
    for community in (None, *content.communities.values()):
        yield from _of_community(content, album, meetings, community, (base, zone, site))


def _of_community(
    content: Content,
    album: Album,
    meetings: dict[str, Meeting],
    community: Community | None,
    about: tuple[str, str, str],
) -> Iterator[Target]:
    base, zone, site = about
    home = community.home if community else None
    name = f"{community.name} – {site}" if community else site
    prefix = community.address if community else ""
    site_id = str(content.site["id"])
    events = album.of("event", home)
    calendar = CalendarView(
        uid=identity.meeting_uid(site_id, f"{prefix}agenda"),
        name=name,
        description=f"Réunions et rendez-vous : {name}",
        zone=zone,
        meetings=tuple(meetings[item.id] for item in events),
        url=routes.absolute(base, prefix + routes.AGENDA) or None,
    )
    yield Target(prefix + routes.CALENDAR, "@calendar", calendar, content.audience or "")
    atom = prefix + routes.ATOM
    news = album.of("news", home)[:_FEED_LENGTH]
    entries = tuple(
        AtomEntry(
            id=identity.atom_id(site_id, item.id),
            title=item.title,
            address=routes.absolute(base, item.address) or routes.link(item.address, atom),
            updated=item.updated or item.day or "",
            published=item.day,
            summary=item.summary,
            author=_author(album, item),
            categories=item.keywords,
        )
        for item in news
    )
    feed = AtomView(
        id=identity.atom_id(site_id, f"{prefix}actualites"),
        title=name,
        self_address=routes.absolute(base, atom) or routes.link(atom, atom),
        site_address=routes.absolute(base, prefix) or routes.link(prefix, atom),
        updated=max((entry.updated for entry in entries), default="2000-01-01"),
        author=str((content.site.get("editeur") or {}).get("nom") or site),  # type: ignore[attr-defined]
        entries=entries,
    )
    space = content.audience or ""
    yield Target(atom, "@atom", feed, space)
    own = routes.absolute(base, prefix + routes.JSON_FEED)
    yield Target(prefix + routes.JSON_FEED, "@json_feed", (feed, own), space)


def _author(album: Album, item: Item) -> str | None:
    author = album.author(item)
    return author.name if author else None


def site_map(content: Content, pages: list[tuple[str, str | None]]) -> Iterator[Target]:
    """sitemap.xml, where the site knows its address, and robots.txt always. Where the protocol
    wants several files, sitemap.xml lists them.
    """
    base = content.base
    space = content.audience or ""
    if base:
        entries = tuple(
            SitemapEntry(routes.absolute(base, address), changed) for address, changed in pages
        )
        parts = [entries[first : first + MOST] for first in range(0, len(entries), MOST)]
        if len(parts) <= 1:
            yield Target("sitemap.xml", "@sitemap", SitemapView(entries), space)
        else:
            names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
            for name, part in zip(names, parts, strict=True):
                yield Target(name, "@sitemap", SitemapView(part), space)
            addresses = tuple(routes.absolute(base, name) for name in names)
            yield Target("sitemap.xml", "@sitemaps", addresses, space)
    where = routes.absolute(base, "sitemap.xml") if base else ""
    yield Target("robots.txt", "@robots", (where,), space)


def security(content: Content) -> Iterator[Target]:
    """security.txt, where somebody can be told: `contact:` of site.yml."""
    contact = str(content.site.get("contact") or "")
    if contact:
        base = content.base
        view = SecurityView(contact, expires(content.today), routes.absolute(base, routes.SECURITY))
        yield Target(routes.SECURITY, "@security", view, content.audience or "")
