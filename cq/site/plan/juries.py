"""Draws by lot as pages show them: from the facts of their files, and what their pages say.

The list has them all, the cancelled ones too: whoever tries several draws and shows one is seen.
"""

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from zoneinfo import ZoneInfo

from cq.content import draws, logbook
from cq.content.draws import Draw, Group, Source
from cq.content.item import Item, JuryFacts
from cq.content.model import Content
from cq.french import numbers, odds
from cq.french.typography import plain
from cq.site import routes
from cq.site.feeds import qr
from cq.site.lots import (
    Jury,
    LotFile,
    LotGroup,
    LotLight,
    LotReplacement,
    LotSeat,
    LotSource,
    LotStep,
)
from cq.site.plan.cards import Album
from cq.site.plan.legal import facts as entries
from cq.site.plan.lists import Lists
from cq.site.target import FileTarget, Target
from cq.site.views import Card, Frame, ListView, Section

TITLE = "Tirages au sort"
_SECTIONS = (
    ("À venir", "a-venir", draws.COMING),
    ("Faits", "faits", (draws.DRAWN,)),
    ("Annulés", "annules", (draws.STOPPED,)),
)
_INTRO = (
    "Chaque tirage est annoncé avant d’avoir lieu, et peut être refait par tous ensuite\u00a0: sa "
    "liste, sa règle et ses sources de hasard sont publiées, sans aucun nom. Un tirage annulé "
    "reste ici."
)
_WORDS = {
    draws.POOL: "la liste, un numéro par personne",
    draws.PLAN: "la règle\u00a0: types, sièges, billets",
    draws.PROMISE: "l’engagement, publié avant le tirage",
    draws.VALUES: "ce que les sources de hasard ont donné",
    draws.TRANSCRIPT: "le résultat et les remplacements",
    draws.JOURNAL: "le journal public, étape par étape",
}
_SOURCES = {"des": "Dés", "loto": "Numéros du Loto", "mots": "Mots dits dans la salle"}
# What the public log calls its steps; others (« remplacement 2 ») are words already.
STEPS = {
    logbook.FROZEN: "La liste est arrêtée",
    logbook.PAGE: "La page qui vérifie est figée",
    logbook.PROMISED: "L’engagement est publié",
    logbook.SAID: "Les valeurs sont dites en public",
    logbook.DRAWN: "Le tirage, en public",
    logbook.REFUSED: "Une demande est refusée",
    "contestation": "Fin des contestations",
    logbook.PURGED: "La clé et la liste des personnes sont détruites",
    logbook.CANCELLED: "Le tirage est annulé",
}
_MOST_TIME = 253_402_214_400  # the last day that every clock can write


class Juries:
    """The draws of one audience."""

    def __init__(self, content: Content, album: Album) -> None:
        self.content = content
        self.album = album

    def jury(self, item: Item) -> Jury | None:
        """All that the page of a draw shows beside its text; its files are published with it."""
        facts = item.jury
        if facts is None:
            return None
        draw = self.content.by_draw.get(item.id) or Draw(item.id, "")
        site = self.content.site
        publisher = entries(site.get("editeur"))
        verify = f"{item.address}{routes.VERIFY}" if draw.page_known and draw.fingerprint else ""
        names = {one.type: _name(draw, one) for one in draw.groups}
        gone = {one.leaving: one.number for one in draw.events}
        cancelled = draw.cancelled
        return Jury(
            state=draw.state,
            reason=plain(cancelled.note) if cancelled else "",
            steps=tuple(_steps(item, facts, draw, self.content.today)),
            place=plain(facts.place),
            quartiers=self.album.communities(item, "quartiers"),
            title=plain(draw.title),
            people=draw.people,
            seats=draw.seats,
            features=tuple(map(_spoken, draw.features)),
            quotas=tuple(
                (f"{_spoken(feature)}\u00a0: {plain(value)}", _between(least, most))
                for feature, value, least, most in draw.quotas
            ),
            household=bool(draw.household),
            compositions=draw.compositions,
            total=draw.total,
            groups=tuple(_group(draw, one, names[one.type]) for one in draw.groups),
            odds=_extremes(draw.groups) if len(draw.groups) == draw.types else (),
            types=draw.types,
            sealed=draw.sealed,
            fingerprint=draw.fingerprint,
            words=draw.words,
            qr=qr.squares(draw.fingerprint) if draw.fingerprint else (0, ""),
            sources=tuple(_source(one, self.content.zone) for one in draw.sources),
            drawn=draw.drawn,
            seed=draw.seed,
            ticket=draw.ticket,
            composition=draw.composition + 1,
            jury=tuple(
                LotSeat(number, names.get(kind, ""), gone.get(number, 0))
                for number, kind in draw.jury
            ),
            passed=draw.passed,
            waived=draw.waived,
            replaced=draw.replaced,
            events=tuple(
                LotReplacement(one.number, one.leaving, one.entering, one.gap)
                for one in draw.events
            ),
            lights=tuple(
                LotLight(one.name, one.state, tuple(map(plain, one.said))) for one in draw.lights
            ),
            verify=verify,
            page=draw.page if verify else "",
            files=tuple(self._files(item)),
            first=self._first(draw),
            second=self._second(draw),
            purpose=plain(facts.purpose),
            basis=plain(facts.basis),
            origin=plain(facts.origin),
            told=plain(facts.told),
            consequences=plain(facts.consequences),
            validated=plain(facts.validated or draw.validated),
            owner=plain(facts.owner or publisher.get("nom", "")),
            service=plain(facts.service),
            contact=facts.contact or str(site.get("contact") or publisher.get("courriel", "")),
            destroyed=facts.destroyed,
        )

    def _files(self, item: Item) -> Iterator[LotFile]:
        for name, words in _WORDS.items():
            blob = self.content.blobs.get(f"content/{item.id}/{name}")
            if blob is not None:
                yield LotFile(name, words, self.album.publish(blob.path), blob.size)

    def _first(self, draw: Draw) -> Card | None:
        """The first stage of a draw in two: the one whose transcript it names."""
        if not draw.previous:
            return None
        found = (one for one in self.content.draws if one.stage == draw.previous)
        return next((self._card(one) for one in found), None)

    def _second(self, draw: Draw) -> tuple[Card, ...]:
        if not draw.stage:
            return ()
        found = (self._card(one) for one in self.content.draws if one.previous == draw.stage)
        return tuple(one for one in found if one is not None)

    def _card(self, draw: Draw) -> Card | None:
        item = self.content.by_id.get(draw.id)
        return self.album.card(item) if item is not None else None


def pieces(content: Content) -> Iterator[FileTarget]:
    """The page that verifies each draw, and its list in 256 pieces: a telephone fetches one of
    them, and nobody learns which line it looks for.
    """
    space = content.audience or ""
    stages = {draw.stage: draw.id for draw in content.draws if draw.stage}
    for draw in content.draws:
        item = content.by_id.get(draw.id)
        if item is None or item.jury is None:
            continue
        own = draws.of_item(content.blobs, draw.id)
        # What the page of a second stage compares its list with.
        first = draws.of_item(content.blobs, stages.get(draw.previous, ""))
        if draws.TRANSCRIPT in first:
            yield FileTarget(f"{item.address}{routes.PREVIOUS}", first[draws.TRANSCRIPT], space)
        if draw.page_known and draw.fingerprint:
            at = routes.file_of(f"{item.address}{routes.VERIFY}")
            yield FileTarget(at, own[draws.PAGE], space)
        for number, one in enumerate(draw.shards):
            yield FileTarget(
                f"{item.address}{routes.SHARDS}{number:02x}.txt", own[draws.POOL], space,
                (one.start, one.size, one.digest),
            )  # fmt: skip


def leaves(content: Content) -> Iterator[Target]:
    """The digests of the pieces, which give the digest of the whole list."""
    for draw in content.draws:
        item = content.by_id.get(draw.id)
        if item is not None and item.jury is not None and draw.shards:
            text = "".join(f"{one.leaf}\n" for one in draw.shards)
            yield Target(
                f"{item.address}{routes.SHARDS}index.txt", "@text", (text,),
                content.audience or "",
            )  # fmt: skip


def ahead(content: Content, album: Album) -> list[Card]:
    """The draws that one can still come and see, the next first."""
    cards = album.cards(reversed(album.of("jury")))
    return [c for c in cards if c.state in draws.COMING and (c.day or "") >= content.today]


def recent(content: Content, album: Album) -> list[Card]:
    """What the home tells of draws: those to come, the late ones too; a cancelled one until its
    day; then those that took place within a year.
    """
    since = f"{int(content.today[:4]) - 1:04}{content.today[4:]}"
    cards = album.cards(reversed(album.of("jury")))  # the next first
    coming = [
        card
        for card in cards
        if card.state in draws.COMING
        or (card.state == draws.STOPPED and (card.day or "") >= content.today)
    ]
    drawn = [card for card in cards if card.state == draws.DRAWN and (card.day or "") >= since]
    return [*coming, *reversed(drawn)]


class JuryList(Lists):
    """Plans the one list of draws, which only the whole site has, and only where there is one."""

    def targets(self) -> Iterator[Target]:
        items = self.album.of("jury", self.home)
        if self.home is not None or not items:
            return
        cards = self.album.cards(items)
        sections = tuple(
            Section(heading, anchor, same)
            for heading, anchor, states in _SECTIONS
            if (same := tuple(card for card in cards if card.state in states))
        )
        frame: Frame = self._frame(routes.JURIES, TITLE, routes.JURIES)
        view = ListView(frame._replace(description=_INTRO), _INTRO, sections)
        yield self._target(frame, "list.html", view)


def _name(draw: Draw, group: Group) -> str:
    if draw.sealed:
        return f"Type {group.type}"
    return _first_up(plain(", ".join(group.values))) or "Toutes les personnes"


def _first_up(text: str) -> str:
    return plain(text[:1].upper() + text[1:])


def _spoken(column: str) -> str:
    """« tranche_d_age » is the name of a column."""
    return _first_up(column.replace("_", " "))


def _between(least: int, most: int) -> str:
    if least == most:
        return numbers.number(least)
    return f"de {numbers.number(least)} à {numbers.number(most)}"


def _group(draw: Draw, group: Group, name: str) -> LotGroup:
    chance = Fraction(*group.chance)
    return LotGroup(
        name,
        group.people,
        _between(group.least, group.most),
        group.seats,
        odds.odds(chance),
        odds.percent(chance),
        group.people < draws.SMALL and not draw.sealed,
        group.reserve,
    )


def _extremes(groups: Iterable[Group]) -> tuple[str, ...]:
    """The least and the greatest chance; one where they are the same, none without a plan."""
    chances = {Fraction(*one.chance) for one in groups}
    return tuple(map(odds.percent, sorted({min(chances), max(chances)}))) if chances else ()


def _source(source: Source, zone: str) -> LotSource:
    """The time is that of the clock in the room."""
    if source.kind == "drand":
        title = f"Le tour {numbers.number(source.round)} de drand"
    else:
        title = _SOURCES[source.kind]
        if source.many:
            title = f"{title}\u00a0: {numbers.number(source.many)}"
        if source.label:
            title = f"{title}, {plain(source.label)}"
    time = ""
    if 0 < source.time <= _MOST_TIME:
        time = datetime.datetime.fromtimestamp(source.time, ZoneInfo(zone)).isoformat()
    return LotSource(source.kind, title, source.round, time, source.value)


def _steps(item: Item, facts: JuryFacts, draw: Draw, today: str) -> Iterator[LotStep]:
    """What the journal has is done; of the days that were announced it may lack some. Of the
    replacements the last says all: its fingerprint holds those before.
    """
    logged = {one.step.partition(" ")[0]: one for one in draw.journal}  # the last of each
    steps = [
        LotStep(STEPS.get(one.step, _first_up(one.step)), one.day, _DONE, one.fingerprint,
                plain(one.note))
        for one in draw.journal
        if not one.step.startswith(f"{logbook.REPLACED} ") or one is logged[logbook.REPLACED]
    ]  # fmt: skip
    if draw.fingerprint and logbook.PROMISED not in logged:
        promised = draw.published[:10]
        steps.append(LotStep(STEPS[logbook.PROMISED], promised, _DONE, draw.fingerprint))
    announced = [
        (logbook.FROZEN, facts.frozen, _DONE if draw.fingerprint else ""),
        (logbook.PROMISED, None if draw.fingerprint else facts.promised, ""),
        (logbook.DRAWN, item.day, _DONE if draw.drawn else ""),
        ("contestation", facts.contest, "passé" if (facts.contest or "") < today else ""),
        (logbook.PURGED, facts.destroyed, ""),
    ]
    for step, day, known in announced:
        if day and step not in logged and not draw.cancelled:
            late = "à venir" if day >= today else "en retard"
            steps.append(LotStep(STEPS[step], day, known or late))
    yield from sorted(steps, key=lambda one: one.day)


_DONE = "fait"
