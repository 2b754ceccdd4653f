"""What still forbids a débat to end, and the ledger in words, for a terminal.

Words for the person who holds the pen: nothing here writes, prints or asks.
"""

from collections.abc import Iterator
from typing import NamedTuple

from cq.content import hearing
from cq.content.item import Item
from cq.content.model import Content
from cq.debates import phases
from cq.debates.ledger import Entry, Ledger, ledger
from cq.french.dates import iso_words
from cq.french.folding import nearest
from cq.french.numbers import counted

_WIDEST = 100  # characters of a title


class Obstacle(NamedTuple):
    """Why a débat should not be ended yet; a `firm` one nobody can set aside."""

    words: str
    firm: bool


class Unknown(Exception):
    """No débat, or more than one, has this name; the words are for the user."""


def find(content: Content, name: str) -> Item:
    """The débat of this id, path or folder name. Raises Unknown."""
    debates = [item for item in content.items if item.debate is not None]
    bare = name.strip("/").removeprefix("./").removeprefix("content/")
    bare = bare.removesuffix("/index.md").removesuffix(".md")
    found = [one for one in debates if one.id == bare]
    found = found or [one for one in debates if one.id.rpartition("/")[2] == bare]
    if len(found) == 1:
        return found[0]
    if found:
        ids = "\n".join(one.id for one in found)
        raise Unknown(f"plusieurs débats s’appellent « {bare} » ; lequel ?\n{ids}")
    near = nearest(bare, [one.id.rpartition("/")[2] for one in debates])
    meant = f" ; vouliez-vous dire « {near[0]} » ?" if near else ""
    raise Unknown(f"aucun débat ne s’appelle « {bare} »{meant}")


def book(content: Content, debate: Item) -> Ledger:
    return ledger(content, hearing.arguments(content).get(debate.id, ()))


def obstacles(content: Content, debate: Item) -> tuple[Obstacle, ...]:
    """What the synthesis of `debate`, written today, would leave out."""
    made = book(content, debate)
    found = []
    meetings = hearing.meetings(content, debate, "rencontres")
    if not any(hearing.held(one, content.today) for one in meetings):
        found.append(
            Obstacle("aucune rencontre n’a eu lieu : un débat passe par une réunion", firm=True)
        )
    if not made.entries:
        found.append(Obstacle("aucun argument n’a été recueilli", firm=False))
    if made.unheard:
        words = counted(len(made.unheard), "argument")
        found.append(Obstacle(f"{words} que nulle rencontre n’a discuté", firm=False))
    if made.unanswered:
        words = counted(len(made.unanswered), "argument")
        found.append(Obstacle(f"{words} sans suite écrite", firm=False))
    return tuple(found)


def listed(content: Content) -> Iterator[str]:
    """Every débat, in one line each."""
    arguments = hearing.arguments(content)
    for item in content.items:
        if item.debate is not None:
            made = ledger(content, arguments.get(item.id, ()))
            standing = phases.standing(item.debate, content.today)
            covered = f"{len(made.covered)} sur {counted(len(made.entries), 'argument')}"
            yield f"{standing:19} {item.id} : {covered} avec une suite"


def told(content: Content, debate: Item) -> Iterator[str]:
    """The ledger of one débat, line by line."""
    made = book(content, debate)
    if debate.debate is not None:
        yield f"{debate.title} : {phases.standing(debate.debate, content.today)}"
    for one in hearing.meetings(content, debate, "rencontres"):
        status = "tenue" if hearing.held(one, content.today) else "à venir"
        if not hearing.takes_place(one) and one.event is not None:
            status = one.event.status
        yield f"  rencontre du {iso_words(one.day or '')} ({status}) : {one.title[:_WIDEST]}"
    for heading, entries in (
        ("discutés, avec une suite", made.covered),
        ("discutés, sans suite", made.unanswered),
        ("pas encore discutés", made.unheard),
    ):
        if entries:
            yield f"{heading} : {len(entries)}"
            yield from (f"  {_line(one)}" for one in entries)
    if made.entries:
        ways = ", ".join(f"{one.name} {one.number}" for one in made.channels)
        yield f"par voie : {ways}"


def _line(one: Entry) -> str:
    kind = one.argument.argument.type if one.argument.argument else ""
    name = one.argument.id.rpartition("/")[2]
    changed = " ; modifié après avoir été entendu" if one.changed_after else ""
    return f"{name} ({kind}) : {one.argument.title[:_WIDEST]}{changed}"
