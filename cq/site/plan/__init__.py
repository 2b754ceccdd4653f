"""Stage 5, plan: one audience's content in, every file of its site out, as targets.

Narrow and pure: knows addresses and views, no HTML. It gets content that was already narrowed
by `seen_by`, so what an audience may not read cannot be planned.
"""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from pathlib import PurePosixPath
from typing import NamedTuple

from cq import digest
from cq.content.model import Content
from cq.diagnostic import Diagnostic, Span, error
from cq.site import routes
from cq.site.plan import calendars, legal, mailing
from cq.site.plan.boards import Boards
from cq.site.plan.cards import Album
from cq.site.plan.changes import ChangesList, Latest
from cq.site.plan.citations import Citations
from cq.site.plan.data import Downloads
from cq.site.plan.debated import DebateLists
from cq.site.plan.documents import DocumentLists
from cq.site.plan.followed import FollowedLists
from cq.site.plan.homes import Homes, chrome
from cq.site.plan.items import Pages, is_home
from cq.site.plan.juries import JuryList, leaves, pieces
from cq.site.plan.lists import Lists
from cq.site.plan.papers import paper_texts
from cq.site.plan.reports import Reports
from cq.site.plan.wiki import WikiList
from cq.site.target import FileTarget, Target
from cq.site.views import Chrome


class Plan(NamedTuple):
    """All that one audience's site will be."""

    targets: tuple[Target, ...]
    files: tuple[FileTarget, ...]
    chrome: Chrome
    found: tuple[Diagnostic, ...]  # two pages at one address


def plan(content: Content) -> Plan:
    """Every target of `content`, in the order of their paths."""
    album = Album(content)
    targets = list(_all(content, album))
    listed = [
        (target.view.frame.at, _changed(target))  # type: ignore[attr-defined]
        for target in targets
        if not target.template.startswith("@")
        and target.template not in {"redirect.html", "not_found.html"}
    ]
    targets += calendars.site_map(content, sorted(listed, key=itemgetter(0)))
    targets += calendars.security(content)
    targets += paper_texts(content, album)
    unique, found = _unique(targets, content)
    files = (*album.files(), *pieces(content))
    return Plan(unique, files, chrome(content, album), found)


def outside(content: Content) -> str:
    """A digest of all that the site shows of `content` but the texts themselves.

    While it is the same, an edited text changes its own page and nothing else (`revised`).
    """
    around = (
        content.site, content.quartiers, content.groups, content.team, content.records,
        sorted(content.blobs.values()), sorted(content.papers.items()),
        content.audience, content.today, content.past.digest,
        sorted(content.compared.items()), content.spaces, content.draws,
    )  # fmt: skip
    return digest.of_all((digest.of_value(around), *(item.face for item in content.items)))


def revised(content: Content, texts: Mapping[str, str]) -> Plan:
    """Only the pages whose text is not the one in `texts` (path of the page, key of its text).

    To be asked when `outside` is what it was: every other file is as it was planned then.
    An edit is the commonest change of all, and need not make 10,000 views to find them equal.
    """
    album = Album(content)
    homes, pages = Homes(content, album), Pages(content, album)
    targets = [
        homes.home(content.communities.get(item.home)) if is_home(item) else pages.page(item)
        for item in content.items
        if texts.get(routes.file_of(item.address)) != item.key
    ]
    return Plan(tuple(targets), (), chrome(content, album), ())


def _all(content: Content, album: Album) -> Iterator[Target]:
    citations, latest = Citations(content, album), Latest(content, album)
    yield from Homes(content, album).targets()
    for community in (None, *content.communities.values()):
        for lists in (Lists, DocumentLists, FollowedLists, DebateLists, JuryList):
            yield from lists(content, album, community).targets()
        yield from ChangesList(content, album, community, latest).targets()
        yield from WikiList(content, album, community, citations).targets()
    yield from Boards(content, album).targets()
    yield from Reports(content, album).targets()
    yield from Pages(content, album, citations).targets()
    yield from mailing.targets(content, album)
    yield from legal.targets(content, album)
    yield from calendars.targets(content, album)
    yield from leaves(content)
    yield from Downloads(content, album).targets()


def _changed(target: Target) -> str | None:
    card = getattr(target.view, "card", None)
    return (card.updated or card.day) if card is not None else None


def _unique(
    targets: list[Target], content: Content
) -> tuple[tuple[Target, ...], tuple[Diagnostic, ...]]:
    """One target a path. Two at one address are an error, said at the later file."""
    by_path: dict[str, Target] = {}
    found = []
    for target in targets:
        other = by_path.setdefault(target.path.casefold(), target)
        if other is not target:
            address = target.path.removesuffix("index.html")
            item = content.by_address.get(address)
            if item is None:
                old = [
                    one
                    for one in content.items
                    if address.rstrip("/") in {each.strip("/") for each in one.old_addresses}
                ]
                item = old[0] if old else None
            place = Span(PurePosixPath(item.path if item else "content"))
            found.append(
                error(
                    "address-clash",
                    f"deux pages auraient la même adresse : {address or '/'}",
                    place,
                    "l’une effacerait l’autre",
                    "renommez ce fichier, ou retirez l’ancienne adresse",
                )
            )
    ordered = tuple(by_path[key] for key in sorted(by_path))
    return ordered, tuple(found)
