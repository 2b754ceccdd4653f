"""From items to what lists and pages show of them. No templates, no addresses of lists."""

import posixpath
from collections.abc import Callable, Iterable

from cq.content import links
from cq.content.draws import ANNOUNCED
from cq.content.item import Item
from cq.content.model import Community, Content, listed_under
from cq.debates import phases
from cq.dossiers import standing
from cq.dossiers.board import Board, board
from cq.french.folding import sort_key
from cq.french.typography import plain
from cq.site.target import FileTarget
from cq.site.views import Card, Person, Place

UNNAMED = Person("un conseiller ou une conseillère")


class Album:
    """The cards of one audience, made once each, and the few questions asked of them."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._cards: dict[str, Card] = {}
        self._boards: dict[str | None, Board] = {}
        self._ways: dict[str, tuple[links.Resolved, ...]] = {}
        self._sorted: dict[str, dict[str | None, tuple[Item, ...]]] = {}  # by kind and home
        self.places = {one.home: place_of(one) for one in content.communities.values()}
        self.published_files: dict[str, str] = {}  # path -> address of what some page shows

    def card(self, item: Item) -> Card:
        card = self._cards.get(item.id)
        if card is None:
            card = self._cards[item.id] = self._make(item)
        return card

    def cards(self, items: Iterable[Item]) -> tuple[Card, ...]:
        return tuple(map(self.card, items))

    def _make(self, item: Item) -> Card:
        card = Card(
            item.address, item.title, item.kind, item.summary, item.day,
            self.places.get(item.home), item.updated,
        )  # fmt: skip
        if item.event is not None:
            event = item.event
            return card._replace(
                end_day=event.end_day, start=event.start, end=event.end, where=plain(event.place),
                type=event.type, status=event.status, repeated=event.repetition is not None,
            )  # fmt: skip
        if item.document is not None:
            blob = self.content.blobs.get(posixpath.normpath(item.document.file))
            if blob is not None:
                return card._replace(
                    type=item.document.type, file=self.publish(blob.path),
                    format=posixpath.splitext(blob.path)[1][1:].upper(), size=blob.size,
                    language=item.document.language,
                )  # fmt: skip
            return card._replace(type=item.document.type, language=item.document.language)
        if item.debate is not None:
            return card._replace(state=phases.standing(item.debate, self.content.today))
        if item.argument is not None:
            return card._replace(type=item.argument.type)
        return self._followed(item, card)

    def _followed(self, item: Item, card: Card) -> Card:
        if item.jury is not None:
            draw = self.content.by_draw.get(item.id)
            return card._replace(
                state=draw.state if draw else ANNOUNCED, where=plain(item.jury.place)
            )
        dossier = standing.of_dossier(item, self.content.today)
        if dossier is not None:
            facts = dossier.facts
            return card._replace(
                state=facts.state, due=facts.due, late=dossier.late, asleep=dossier.dormant,
                next_step=plain(facts.next_step),
            )  # fmt: skip
        question = standing.of_question(item, self.content.today)
        if question is None:
            return card
        answer = question.answer
        if answer is None:
            return card._replace(
                state=question.state, due=question.facts.due, late=question.late,
                days=question.age if question.asked <= self.content.today else None,
            )  # fmt: skip
        return card._replace(
            state=question.state, answered=answer.day, by=plain(answer.by), days=question.delay
        )

    def publish(self, path: str) -> str:
        """The address of an attachment that a page shows: what nobody shows is not published."""
        address = self.published_files.get(path)
        if address is None:
            address = self.published_files[path] = links.address_of_file(self.content, path)
        return address

    def files(self) -> tuple[FileTarget, ...]:
        """The attachments that some page shows: to be asked once all pages are planned."""
        return tuple(
            FileTarget(address, self.content.blobs[path], self.content.audience or "")
            for path, address in sorted(self.published_files.items())
        )

    def addresses(self, item: Item) -> tuple[str | None, ...]:
        """Where each link of the item's text leads; None for one that leads nowhere today."""
        return tuple(map(self._address, self.ways(item)))

    def ways(self, item: Item) -> tuple[links.Resolved, ...]:
        """Where each link of the item's text leads, found once."""
        found = self._ways.get(item.id)
        if found is None:
            found = self._ways[item.id] = tuple(
                links.of_link(self.content, item, link[0], link[1]) for link in item.links
            )
        return found

    def way(self, item: Item, number: int) -> links.Resolved:
        """Where one link leads: without the others, where nobody has asked for them."""
        found = self._ways.get(item.id)
        if found is not None:
            return found[number]
        return links.of_link(self.content, item, *item.links[number][:2])

    def names(self, item: Item) -> tuple[tuple[int, str], ...]:
        """Titles for the `[[links]]` that bring no words of their own, by their number."""
        found = []
        for number, (link, way) in enumerate(zip(item.links, self.ways(item), strict=True)):
            if link[0] == "wiki" and link[1] == link[2] and way.item is not None:
                found.append((number, way.item.title))
        return tuple(found)

    def sizes(self, item: Item) -> tuple[tuple[int, int, int], ...]:
        """How large the images of the item's text are, by the number of their hole."""
        found = []
        for number, (link, way) in enumerate(zip(item.links, self.ways(item), strict=True)):
            if link[0] == "image":
                blob = self.content.blobs.get(way.path) if way.state == "file" else None
                if blob is not None and blob.width:
                    found.append((number, blob.width, blob.height))
        return tuple(found)

    def _address(self, found: links.Resolved) -> str | None:
        if found.state == "file":
            return self.publish(found.path)
        if found.state in {"item", "list", "here", "outside"}:
            return found.address
        return None

    def author(self, item: Item) -> Person | None:
        if item.author is None:
            return None
        member = self.content.names.get(item.author)
        return Person(member.name, plain(member.function)) if member else UNNAMED

    def named(self, item: Item, field: str) -> tuple[Item, ...]:
        """The items that a key of `item` names."""
        found = []
        for reference in item.references:
            if reference.field == field:
                way = links.of_reference(self.content, item, field, reference.target)
                if way.item is not None:
                    found.append(way.item)
        return tuple(found)

    def communities(self, item: Item, field: str) -> tuple[Place, ...]:
        """Those that `item` names under « quartiers » or « groupes »."""
        return tuple(self.places[one.home] for one in self.content.named(item, field))

    def board(self, home: str | None) -> Board:
        """What a community follows; None is the whole site."""
        if home not in self._boards:
            followed = (*self.of("dossier", home), *self.of("question", home))
            self._boards[home] = board(followed, self.content.today)
        return self._boards[home]

    def of(self, kind: str, home: str | None = None) -> tuple[Item, ...]:
        """Items of a kind, dated ones newest first, the others by title; `home` narrows to what
        one community lists, None is the whole site.
        """
        if kind not in self._sorted:
            items = [item for item in self.content.items if item.kind == kind]
            grouped: dict[str | None, list[Item]] = {None: sorted(items, key=_order(kind))}
            for item in grouped[None]:
                for where in listed_under(item):
                    grouped.setdefault(where, []).append(item)
            self._sorted[kind] = {where: tuple(found) for where, found in grouped.items()}
        return self._sorted[kind].get(home, ())


def paragraphs(text: str) -> tuple[str, ...]:
    """A text of several paragraphs (`types.Prose`), each as readers see it."""
    return tuple(plain(one) for one in text.split("\n\n") if one)


def place_of(community: Community) -> Place:
    return Place(plain(community.name), community.address, community.kind)


def _order(kind: str) -> Callable[[Item], tuple[object, ...]]:
    if kind in {"page", "wiki"}:
        return lambda item: (sort_key(item.title), item.id)
    return lambda item: (_backwards(item.day or ""), item.id)


def _backwards(day: str) -> tuple[int, ...]:
    """A sort key that turns ISO days round: newest first, ids still ascending."""
    return tuple(-ord(one) for one in day)
