"""The ledger of a débat: which arguments a meeting has heard, and what became of each.

An argument is covered when a meeting that took place has heard it *and* its `suite` says what it
became. What is not covered is what a synthesis leaves out.

Channels are counted without masking small numbers: each argument stands on the page with its own
channel, so that anyone may count them again; the count tells nothing of a person that the page
does not show.
"""

from typing import NamedTuple

from cq.content import hearing
from cq.content.item import ORIGINS, Item
from cq.content.model import Content
from cq.debates.threads import Thread, threads


class Entry(NamedTuple):
    """One argument in the ledger."""

    argument: Item
    heard: tuple[Item, ...]  # meetings that took place
    planned: tuple[Item, ...]  # meetings to come that will hear it
    answers: Item | None
    changed_after: Item | None  # the last meeting that heard it before it was modified

    @property
    def follow_up(self) -> str:
        return self.argument.argument.follow_up if self.argument.argument else ""

    @property
    def covered(self) -> bool:
        return bool(self.heard and self.follow_up)


class Channel(NamedTuple):
    """How many arguments came one way, and how many of these were heard."""

    name: str
    number: int
    heard: int


class Ledger(NamedTuple):
    """All arguments of a débat, as they came."""

    entries: tuple[Entry, ...]

    @property
    def unheard(self) -> tuple[Entry, ...]:
        """Those that no meeting has heard yet."""
        return tuple(one for one in self.entries if not one.heard)

    @property
    def unanswered(self) -> tuple[Entry, ...]:
        """Those that were heard, and of which nobody says what became."""
        return tuple(one for one in self.entries if one.heard and not one.follow_up)

    @property
    def covered(self) -> tuple[Entry, ...]:
        return tuple(one for one in self.entries if one.covered)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every channel, also those by which nothing came: whom the débat did not reach."""
        return tuple(
            Channel(name, len(same), sum(bool(one.heard) for one in same))
            for name in ORIGINS
            for same in [[one for one in self.entries if _origin(one) == name]]
        )

    def threads(self) -> tuple[Thread, ...]:
        """The arguments as a tree of answers, by their ids."""
        answers = {
            one.argument.id: one.answers.id for one in self.entries if one.answers is not None
        }
        return threads([one.argument.id for one in self.entries], answers)


def _origin(entry: Entry) -> str:
    return entry.argument.argument.origin if entry.argument.argument else ""


def entry(content: Content, argument: Item) -> Entry:
    """What the ledger says of one argument on the day of `content`."""
    named = hearing.meetings(content, argument, "discute_a")
    heard = tuple(one for one in named if hearing.held(one, content.today))
    coming = tuple(one for one in named if hearing.takes_place(one) and one not in heard)
    changed = argument.updated or ""
    before = [one for one in heard if hearing.last_day(one) < changed]
    return Entry(
        argument, heard, coming, hearing.answered(content, argument),
        before[-1] if before else None,
    )  # fmt: skip


def ledger(content: Content, arguments: tuple[Item, ...]) -> Ledger:
    """The ledger of one débat, from its arguments (`hearing.arguments`)."""
    return Ledger(tuple(entry(content, one) for one in arguments))
