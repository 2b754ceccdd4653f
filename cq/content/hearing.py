"""What belongs to a débat: its arguments, its meetings, and which of them heard each argument.

Pure questions to a Content, for the checks and for `cq.debates`. What follows from the answers is
theirs.
"""

import posixpath

from cq.content.item import Item
from cq.content.links import of_reference
from cq.content.model import Content

_FOR_EVER = "9999-12-31"


def debate_id(argument: Item) -> str:
    """The id of the débat beside which an argument lies: debats/<slug>/arguments/<name>."""
    return posixpath.dirname(posixpath.dirname(argument.id))


def arguments(content: Content) -> dict[str, tuple[Item, ...]]:
    """The arguments of each débat, by its id, as they came; nothing of a refused header."""
    grouped: dict[str, list[Item]] = {}
    for item in content.items:
        if item.argument is not None:
            grouped.setdefault(debate_id(item), []).append(item)
    return {
        debate: tuple(sorted(found, key=lambda one: (one.day or "", one.id)))
        for debate, found in grouped.items()
    }


def meetings(content: Content, item: Item, field: str) -> tuple[Item, ...]:
    """The meetings that a key of `item` names, the first one first; wrong names are left out."""
    named = {}
    for reference in item.references:
        if reference.field == field:
            found = of_reference(content, item, field, reference.target).item
            if found is not None and found.event is not None and found.day is not None:
                named[found.id] = found
    return tuple(sorted(named.values(), key=lambda one: (one.day or "", one.id)))


def answered(content: Content, argument: Item) -> Item | None:
    """What an argument answers: another argument of its own débat, else nothing."""
    for reference in argument.references:
        if reference.field == "repond_a":
            found = of_reference(content, argument, "repond_a", reference.target).item
            if found is not None and found.argument is not None:
                return found if debate_id(found) == debate_id(argument) else None
    return None


def takes_place(event: Item) -> bool:
    """Whether a meeting is to be, or was: neither cancelled nor put off to another day."""
    return event.event is not None and event.event.status == "confirmé"


def held(event: Item, today: str) -> bool:
    """Whether it took place, or takes place `today` (ISO)."""
    return takes_place(event) and event.day is not None and event.day <= today


def last_day(event: Item) -> str:
    """The last day (ISO) on which a meeting may hear anything; one that comes back has many."""
    facts = event.event
    if facts is not None and facts.repetition is not None:
        return facts.repetition.until or _FOR_EVER
    return (facts.end_day if facts is not None else None) or event.day or ""
