"""Débats as pages show them: the line of time, the arguments and their answers, the ledger.

What the ledger holds is decided in `cq.debates`; here it becomes cards and links.
"""

from functools import cached_property

from cq.content import hearing
from cq.content.item import ARGUMENT_TYPES, Item
from cq.content.model import Content, listed_on
from cq.debates import phases
from cq.debates.ledger import Entry, Ledger, ledger
from cq.debates.threads import Thread
from cq.french.typography import plain
from cq.site.matters import Argument, Channel, Debate, Moment, Side
from cq.site.pieces import Card, Step
from cq.site.plan.cards import Album, paragraphs

_HEADINGS = {
    "pour": "Pour", "contre": "Contre", "question": "Questions", "alternative": "Autres voies",
    "accord": "Points d’accord",
}  # fmt: skip
_CHANNELS = {"réunion": "en réunion", "en-ligne": "en ligne", "papier": "sur papier",
             "courriel": "par courriel"}  # fmt: skip
_OPEN = (phases.OPEN, phases.BETWEEN)


class Debates:
    """The débats of one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album
        self.today = content.today

    @cached_property
    def arguments(self) -> dict[str, tuple[Item, ...]]:
        return hearing.arguments(self.content)

    @cached_property
    def ledgers(self) -> dict[str, Ledger]:
        return {
            item.id: ledger(self.content, self.arguments.get(item.id, ()))
            for item in self.album.of("debate")
        }

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What the ledgers say of each argument, by its id."""
        return {one.argument.id: one for book in self.ledgers.values() for one in book.entries}

    @cached_property
    def replies(self) -> dict[str, list[Entry]]:
        """What answers an argument, by the id of the one that is answered."""
        found: dict[str, list[Entry]] = {}
        for one in self.entries.values():
            if one.answers is not None and one.answers.id != one.argument.id:
                found.setdefault(one.answers.id, []).append(one)
        return found

    @cached_property
    def by_event(self) -> dict[str, list[Item]]:
        """The débats that name a meeting, by its id."""
        named: dict[str, list[Item]] = {}
        for debate in self.album.of("debate"):
            for event in self.album.named(debate, "rencontres"):
                if debate not in named.setdefault(event.id, []):
                    named[event.id].append(debate)
        return named

    def of_event(self, event: Item) -> tuple[Card, ...]:
        return self.album.cards(self.by_event.get(event.id, ()))

    def debate(self, item: Item) -> Debate | None:
        """All that the page of a débat shows beside its text."""
        facts = item.debate
        if facts is None:
            return None
        book = self.ledgers[item.id]
        now = phases.current(facts, self.today)
        following = phases.following(facts, self.today)
        first, last = phases.span(facts)
        shown = {one.argument.id: one for one in book.entries}
        numbers = {name: at for at, name in enumerate(shown, 1)}
        dossiers = self.album.named(item, "dossier")
        return Debate(
            state=phases.standing(facts, self.today),
            first=first,
            last=last,
            phase=self._phase(now.name, now.start, now.end) if now else None,
            following=self._phase(following.name, following.start, following.end)
            if following and not facts.synthesis
            else None,
            dossier=self.album.card(dossiers[0]) if dossiers else None,
            line=self._line(item),
            sides=self._sides(book, shown, numbers),
            total=len(book.entries),
            covered=len(book.covered),
            channels=tuple(
                Channel(_CHANNELS.get(one.name, one.name), one.number, one.heard)
                for one in book.channels
            ),
            synthesis=paragraphs(facts.synthesis),
            unheard=_steps(item, book.unheard, numbers),
            unanswered=_steps(item, book.unanswered, numbers),
        )

    def _phase(self, name: str, start: str, end: str) -> Moment:
        state = phases.PAST if end < self.today else phases.NOW
        return Moment(plain(name), start, end, phases.COMING if start > self.today else state, None)

    def _line(self, item: Item) -> tuple[Moment, ...]:
        """Phases and meetings together, by their first day; a phase before what it holds."""
        moments = [
            self._phase(one.name, one.start, one.end)
            for one in (item.debate.phases if item.debate else ())
        ]
        for event in hearing.meetings(self.content, item, "rencontres"):
            card = self.album.card(event)
            day = card.day or ""
            state = phases.PAST if (card.end_day or day) < self.today else phases.NOW
            moments.append(
                Moment(
                    card.title, day, card.end_day or day,
                    phases.COMING if day > self.today else state, card,
                )
            )  # fmt: skip
        return tuple(
            sorted(moments, key=lambda one: (one.day, one.meeting is not None, one.end_day))
        )

    def _sides(
        self, book: Ledger, shown: dict[str, Entry], numbers: dict[str, int]
    ) -> tuple[Side, ...]:
        roots: dict[str, list[Argument]] = {}
        for thread in book.threads():
            made = self._thread(thread, shown, numbers)
            roots.setdefault(made.card.type, []).append(made)
        return tuple(
            Side(_HEADINGS[name], name, tuple(roots[name]))
            for name in ARGUMENT_TYPES
            if name in roots
        )

    def _thread(self, thread: Thread, shown: dict[str, Entry], numbers: dict[str, int]) -> Argument:
        replies = tuple(self._thread(one, shown, numbers) for one in thread.replies)
        made = self._shown(shown[thread.id])
        beyond = shown[thread.beyond].argument if thread.beyond else None
        return made._replace(
            number=numbers[thread.id],
            answers=self.album.card(beyond) if beyond else None,
            replies=replies,
        )

    def _shown(self, one: Entry) -> Argument:
        facts = one.argument.argument
        return Argument(
            card=self.album.card(one.argument),
            origin=_CHANNELS.get(facts.origin, facts.origin) if facts else "",
            heard=self.album.cards(one.heard),
            planned=self.album.cards(one.planned),
            follow_up=paragraphs(one.follow_up),
            changed_after=self.album.card(one.changed_after) if one.changed_after else None,
            answers=self.album.card(one.answers) if one.answers else None,
        )

    def argument(self, item: Item) -> Argument | None:
        """What the page of one argument shows beside its text; its answers without theirs."""
        if item.argument is None:
            return None
        replies = tuple(
            self._shown(one)._replace(answers=None) for one in self.replies.get(item.id, ())
        )
        return self._shown(self.entries[item.id])._replace(replies=replies)

    def home_of(self, argument: Item) -> Item | None:
        """The débat of an argument."""
        return self.content.by_id.get(hearing.debate_id(argument))

    # -- of a community

    def under(self, home: str | None) -> tuple[Item, ...]:
        """The débats of a community, or of the whole site (None); the last to begin first."""
        items = self.album.of("debate", home)
        return tuple(sorted(items, key=lambda one: (listed_on(one), one.id), reverse=True))

    def open(self, home: str | None) -> tuple[Card, ...]:
        """Those that are going on."""
        return tuple(
            self.album.card(item)
            for item in self.under(home)
            if item.debate and phases.standing(item.debate, self.today) in _OPEN
        )


def _steps(debate: Item, entries: tuple[Entry, ...], numbers: dict[str, int]) -> tuple[Step, ...]:
    """Links to arguments where they stand on the page of their débat."""
    return tuple(
        Step(one.argument.title, f"{debate.address}#cq_argument_{numbers[one.argument.id]}")
        for one in entries
    )
