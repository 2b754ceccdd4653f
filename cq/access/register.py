"""The register as rights: who is conseiller on a day, and which spaces that opens.

Only content/prive/conseillers.yml counts: a list of that name in a quartier's own folder could be
written by whoever wants to enter another.
"""

import json
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content import layout
from cq.content.model import Community, Content
from cq.content.within import title_of
from cq.diagnostic import Span
from cq.french.folding import fold, nearest
from cq.seal.keys import is_space
from cq.terminal import printable

PATH = f"{layout.CONTENT}/{layout.PRIVATE_FOLDER}/conseillers.yml"
_FILE = PurePosixPath(PATH)


class NoRegister(Exception):
    """The register is not here, or cannot be relied on; the words are for the user."""


class Unnamed(Exception):
    """Nobody, or no space, has this name; the words are for the user."""


class Member(NamedTuple):
    """One person of the register. Days are ISO; `until` is "" where no end is said."""

    id: str
    name: str
    role: str
    spaces: tuple[str, ...]
    since: str
    until: str
    line: int = 1
    column: int = 1

    def active(self, today: str) -> bool:
        return self.since <= today and not self.ended(today)

    def ended(self, today: str) -> bool:
        return bool(self.until) and self.until < today


def spaces(content: Content) -> tuple[str, ...]:
    """All the spaces that this site can have, whether or not something lies in them yet."""
    own = map(layout.space_at, content.communities)
    return (layout.CONSEILLERS, *sorted(filter(is_space, own)))


def members(content: Content) -> tuple[Member, ...]:
    """Everybody in the register, in its order. Raises NoRegister.

    A register with a fault is not relied on: somebody whose entry cannot be read would look like
    somebody who has left.
    """
    records = [one for one in content.records if one.path == PATH and one.kind == "register"]
    if not records or PATH in content.unread:
        raise NoRegister(
            f"le registre {PATH} n’est pas là, ou il a des fautes : cq ne peut pas dire qui entre\n"
            f"voyez : cq validate {PATH}"
        )
    everything = spaces(content)
    record = records[0]
    found: dict[str, Member] = {}
    for text, (line, column) in zip(record.fields, record.places, strict=True):
        facts = json.loads(text)
        named = set(_named(facts.get("quartiers"), content.quartiers))
        named |= set(_named(facts.get("groupes"), content.groups))
        role = facts.get("role") or "conseiller"
        opened = everything if role == "animateur" else (layout.CONSEILLERS, *sorted(named))
        member = Member(
            facts["id"], facts["nom"], role, opened, str(facts["depuis"]),
            str(facts.get("jusqua") or ""), line, column,
        )  # fmt: skip
        if member.id in found:
            raise NoRegister(
                f"dans {PATH}, l’identifiant « {printable(member.id)} » sert deux fois\n"
                f"voyez : cq validate {PATH}"
            )
        found[member.id] = member
    return tuple(found.values())


def entry(member: Member | None) -> Span:
    """Where a member stands in the register; the register itself for one who left it."""
    return Span(_FILE, member.line, member.column) if member else Span(_FILE)


def known(typed: str, people: Iterable[tuple[str, str]]) -> str:
    """The id that is meant by an id or a name, however it is typed. Raises Unnamed."""
    by_id = dict(people)
    if typed in by_id:
        return typed
    wanted = _even(typed)
    same = sorted({one for one, name in by_id.items() if wanted in {_even(one), _even(name)}})
    if len(same) == 1:
        return same[0]
    if same:
        raise Unnamed(f"« {printable(typed)} » désigne plusieurs personnes : {', '.join(same)}")
    near = nearest(wanted, [_even(one) for pair in by_id.items() for one in pair])
    hint = f" ; vouliez-vous dire « {near[0]} » ?" if near else ""
    raise Unnamed(f"personne ne s’appelle « {printable(typed)} » ici{hint}\nvoyez : cq access list")


def space_meant(typed: str, content: Content) -> str:
    """The space that is meant by its id, its folder or its name. Raises Unnamed."""
    everything = spaces(content)
    if typed in everything:
        return typed
    wanted = _even(typed)
    same = [
        one for one in everything
        if wanted and wanted in map(_even, (one, one.partition("-")[2], title_of(content, one)))
    ]  # fmt: skip
    if len(same) == 1:
        return same[0]
    if same:  # a quartier and a group of one name
        raise Unnamed(f"« {printable(typed)} » désigne plusieurs espaces : {', '.join(same)}")
    raise Unnamed(
        f"aucun espace ne s’appelle « {printable(typed)} » ; ceux de ce site : "
        f"{', '.join(everything)}"
    )


def _even(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").split())


def _named(words: Iterable[str] | None, communities: tuple[Community, ...]) -> Iterable[str]:
    """The spaces of the communities that are named; a name that is none's opens nothing."""
    by_slug = {one.slug: one for one in communities}
    for word in words or ():
        slug = layout.meant(word, by_slug)
        space = layout.space_at(by_slug[slug].home) if slug is not None else ""
        if is_space(space):
            yield space
