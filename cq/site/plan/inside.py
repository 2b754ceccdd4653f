"""The pages of a sealed space: a small site of its own, from a Content seen from within.

The lists, pages and files are planned as the public ones are; what only makes sense in the open is
left out: feeds, site map, open data, legal pages, redirects for the web. The directory of contacts
is here alone.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from cq.content.model import Content
from cq.french.folding import slug, sort_key
from cq.french.typography import plain
from cq.site import routes
from cq.site.directory import Contact, DirectoryView, SearchView
from cq.site.feeds.text import one_line
from cq.site.plan import boards, calendars, changes
from cq.site.plan.boards import Boards
from cq.site.plan.cards import Album
from cq.site.plan.changes import ChangesList, Latest
from cq.site.plan.citations import Citations
from cq.site.plan.debated import DebateLists
from cq.site.plan.documents import DocumentLists
from cq.site.plan.followed import FollowedLists
from cq.site.plan.homes import Homes, chrome, lists
from cq.site.plan.items import Pages
from cq.site.plan.juries import JuryList
from cq.site.plan.lists import Lists
from cq.site.plan.papers import paper_texts
from cq.site.plan.reports import Reports
from cq.site.plan.wiki import WikiList
from cq.site.target import FileTarget, Target
from cq.site.views import Chrome, Frame, Step

_FEEDS = frozenset(("@atom", "@json_feed"))
_DIRECTORY = "Répertoire"


class Inside(NamedTuple):
    """All that one space will be."""

    targets: tuple[Target, ...]
    files: tuple[FileTarget, ...]
    chrome: Chrome


def plan_inside(content: Content) -> Inside:
    """Every target of a space, in the order of their paths."""
    album = Album(content)
    citations, latest = Citations(content, album), Latest(content, album)
    entries = tuple(_contacts(content))
    steps = tuple(_sections(content, album, has_contacts=bool(entries)))
    found = [_home(content, album, steps), _search(content)]
    for plan_lists in (Lists, DocumentLists, FollowedLists, DebateLists, JuryList):
        found += plan_lists(content, album, None).targets()
    found += ChangesList(content, album, None, latest).targets()
    found += WikiList(content, album, None, citations).targets()
    if _is_followed(album):
        found += Boards(content, album).targets()
        found += Reports(content, album).targets()
    found += Pages(content, album, citations).targets()
    found += calendars.targets(content, album)
    found += _directory(content, entries)
    found += paper_texts(content, album)
    # Of two pages at one address the first stays: `address-clash` is said where the files lie.
    unique = {target.path: _without_feeds(target) for target in reversed(found)
              if target.template not in _FEEDS}  # fmt: skip
    own = chrome(content, album)._replace(
        menu=steps, pages=(), legal=(), feed="", json_feed="", finder="", declaration=""
    )
    return Inside(tuple(unique[path] for path in sorted(unique)), album.files(), own)


def _sections(content: Content, album: Album, *, has_contacts: bool) -> Iterator[Step]:
    """The menu of the space: the lists that have something to show."""
    kinds = {item.kind for item in content.items}
    for step in lists(album):
        kind = _KIND_OF.get(step.address)
        if kind is None or kind in kinds:
            yield step
    if _is_followed(album):
        yield Step(boards.TITLE, routes.BOARD)
    if has_contacts:
        yield Step(_DIRECTORY, routes.CONTACTS)
    yield changes.step()
    yield Step("Recherche", routes.SEARCH)


_KIND_OF = {routes.DOCUMENTS: "document", routes.WIKI: "wiki", routes.NEWS: "news"}


def _is_followed(album: Album) -> bool:
    return bool(album.of("dossier") or album.of("question"))


def _home(content: Content, album: Album, steps: tuple[Step, ...]) -> Target:
    target = Homes(content, album).home(None)
    view: Any = target.view
    frame = view.frame._replace(description="")
    return target._replace(template="space.html", view=view._replace(frame=frame, lists=steps))


def _search(content: Content) -> Target:
    frame = Frame(
        at=routes.SEARCH, title="Recherche", section=routes.SEARCH,
        crumbs=(Step("Accueil", ""),),
    )  # fmt: skip
    view = SearchView(frame, routes.INDEX, (Step("Accueil de l’espace", ""),), "")
    return Target(routes.file_of(routes.SEARCH), "search.html", view, content.audience or "")


def _without_feeds(target: Target) -> Target:
    """Nothing that is private has a feed: a reader's program could not open it."""
    view: Any = target.view
    frame = getattr(view, "frame", None)
    if frame is not None:
        view = view._replace(frame=frame._replace(feed="", json_feed="", canonical="", image=""))
    if getattr(view, "feed", ""):
        view = view._replace(feed="")
    return target._replace(view=view)


def _contacts(content: Content) -> Iterator[Contact]:
    """Those of contacts.yml, who agreed to be there, until the day that they were told."""
    names: set[str] = set()
    for record in content.records:
        for row in record.fields if record.kind == "contact" else ():
            facts: dict[str, Any] = json.loads(row)
            if facts["expire"] >= content.today:
                yield _contact(facts, names)


def _contact(facts: dict[str, Any], names: set[str]) -> Contact:
    name = plain(one_line(facts["nom"]))
    own = base = slug(name) or "contact"
    number = 1
    while own in names:
        number += 1
        own = f"{base}-{number}"
    names.add(own)
    return Contact(
        name=name,
        function=plain(facts.get("fonction") or ""),
        organisation=plain(facts.get("organisation") or ""),
        email=str(facts.get("courriel") or ""),
        phone=str(facts.get("telephone") or ""),
        address=plain(facts.get("adresse") or ""),
        until=facts["expire"],
        card=f"{routes.CONTACTS}{own}.vcf",
    )


def _directory(content: Content, entries: tuple[Contact, ...]) -> Iterator[Target]:
    if not entries:
        return
    space = content.audience or ""
    ordered = tuple(sorted(entries, key=lambda one: (sort_key(one.name), one.card)))
    frame = Frame(
        at=routes.CONTACTS, title=_DIRECTORY, section=routes.CONTACTS,
        crumbs=(Step("Accueil", ""),),
    )  # fmt: skip
    view = DirectoryView(frame, ordered)
    yield Target(routes.file_of(routes.CONTACTS), "directory.html", view, space)
    for entry in ordered:
        yield Target(entry.card, "@vcard", entry, space)
