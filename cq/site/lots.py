"""What a draw by lot adds to the page of an item: its rule, its promise, its result, all without a
name.

Parts of a view, under the law of `cq.site.views`: plain frozen values, told in docs/themes.md.
"""

from typing import NamedTuple

from cq.site.pieces import Card, Place


class LotStep(NamedTuple):
    """One date of a draw's calendar, done or to come. A fingerprint is that of the journal."""

    title: str
    day: str
    state: str  # « fait », « passé », « à venir », « en retard »
    fingerprint: str = ""
    note: str = ""


class LotLight(NamedTuple):
    """One of the five lights of the verification."""

    name: str
    state: str  # « vert », « orange », « rouge », « éteint »
    said: tuple[str, ...]


class LotSource(NamedTuple):
    """Where chance comes from."""

    kind: str  # "drand" | "des" | "loto" | "mots"
    title: str
    round: int  # of drand; 0 for the others
    time: str  # of that round, in the room: « 2026-12-05T12:00:00+01:00 »
    value: str  # "" before the draw


class LotGroup(NamedTuple):
    """People whom the plan does not tell apart, and the chance of each."""

    name: str  # « femme, 18 à 29 ans », « Type 3 » where the types are sealed
    people: int
    seats: str  # « 3 », « de 2 à 4 »
    drawn: int | None  # seats of the composition that was drawn
    chance: str  # « 1 sur 4 »
    percent: str  # « 25 % »
    small: bool  # fewer people than five, who may be recognised
    reserve: tuple[str, ...]  # numbers, in the order of rank


class LotSeat(NamedTuple):
    """A seat on the day of the draw."""

    number: str
    group: str
    replaced: int  # by which replacement; 0: never


class LotReplacement(NamedTuple):
    """One replacement; its reason is nobody's."""

    rank: int
    leaving: str
    entering: str  # "" when nobody was left
    gap: int


class LotFile(NamedTuple):
    """A public file of the draw, published as it is."""

    name: str
    words: str
    address: str
    size: int


class Jury(NamedTuple):
    """A draw by lot. Long lists are cut: the files have the rest."""

    state: str  # « annoncé », « liste gelée », « engagé », « tiré », « annulé »
    reason: str  # of the cancelling
    steps: tuple[LotStep, ...]
    place: str
    quartiers: tuple[Place, ...]
    title: str  # as it was promised
    people: int
    seats: int
    features: tuple[str, ...]
    quotas: tuple[tuple[str, str], ...]  # « femme », « de 14 à 16 »
    household: bool
    compositions: int
    total: int  # tickets
    groups: tuple[LotGroup, ...]
    odds: tuple[str, ...]  # « 5,88 % », the least and the greatest; one where they are alike
    types: int
    sealed: str  # digest of the table that keeps the values of types; "" where all read them
    fingerprint: str
    words: tuple[str, ...]
    qr: tuple[int, str]  # side and path of a QR code of the fingerprint, in its own units
    sources: tuple[LotSource, ...]
    drawn: bool
    seed: str
    ticket: int
    composition: int  # from 1
    jury: tuple[LotSeat, ...]
    passed: int  # people whose household was seated
    waived: int
    replaced: int
    events: tuple[LotReplacement, ...]
    lights: tuple[LotLight, ...]
    verify: str  # address of the page that does it again; "" where there is none
    page: str  # the fingerprint of that page
    files: tuple[LotFile, ...]
    first: Card | None  # the first stage
    second: tuple[Card, ...]
    purpose: str
    basis: str
    origin: str
    told: str
    consequences: str
    validated: str
    owner: str
    service: str
    contact: str
    destroyed: str
