"""Mailing lists: the addresses of each community, and the page that shows them all."""

import json
from collections.abc import Iterator

from cq.content.model import Content
from cq.content.parsed import Record
from cq.french.folding import sort_key
from cq.french.typography import plain
from cq.site import routes
from cq.site.plan.cards import Album
from cq.site.plan.trail import trail
from cq.site.target import Target
from cq.site.views import Frame, MailingList, MailingPart, MailingView

TITLE = "Écrire et s’abonner"
_INTRO = "Des adresses pour écrire aux conseils, et des listes pour recevoir leurs nouvelles."


def by_home(content: Content) -> dict[str, tuple[MailingList, ...]]:
    """The lists of each community, "" for those of the whole arrondissement, by their names."""
    found: dict[str, list[MailingList]] = {}
    for record in content.records:
        if record.kind != "mailing_list":
            continue
        facts = json.loads(record.fields[0])
        made = MailingList(
            name=plain(facts["nom"]),
            address=facts["adresse"],
            type=facts["type"],
            purpose=plain(facts.get("objet") or ""),
            archives=facts.get("archives") or "aucune",
        )
        for home in _homes(content, record, facts):
            found.setdefault(home, []).append(made)
    return {
        home: tuple(sorted(lists, key=lambda one: (sort_key(one.name), one.address)))
        for home, lists in found.items()
    }


def _homes(content: Content, record: Record, facts: dict[str, str]) -> list[str]:
    """Whose list it is: what its keys name, else the community in whose folder it lies."""
    named = [
        f"{folder}/{facts[key].strip('/').rsplit('/', 1)[-1]}"
        for key, folder in (("quartier", "quartiers"), ("groupe", "groupes"))
        if facts.get(key)
    ]
    known = [home for home in named if home in content.communities]
    return known or [record.home if record.home in content.communities else ""]


def targets(content: Content, album: Album) -> Iterator[Target]:
    """« Écrire et s’abonner », where there is a list at all."""
    lists = by_home(content)
    if not lists:
        return
    communities = sorted(content.communities.values(), key=lambda one: sort_key(one.name))
    parts = [MailingPart(None, "", lists.get("", ()))]
    parts += (
        MailingPart(album.places[one.home], str(one.fact("adresse") or ""), lists.get(one.home, ()))
        for one in communities
    )
    frame = Frame(
        at=routes.LISTS, title=TITLE, description=_INTRO, section=routes.LISTS,
        crumbs=trail(None),
        canonical=routes.absolute(content.base, routes.LISTS),
    )  # fmt: skip
    shown = tuple(one for one in parts if one.contact or one.lists)
    view = MailingView(frame, _INTRO, shown)
    yield Target(routes.file_of(routes.LISTS), "mailing.html", view, content.audience or "")
