"""Where chance comes from: named in the commitment, worth something only afterwards.

A round of drand's quicknet (signed by a league of organisations), dice thrown in the room, lottery
numbers, words spoken. A typed source says beforehand how many values it will have: nobody chooses
when to stop throwing.
"""

import calendar
import hashlib
import math
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cq.draw.canon import BadFile, BadText, clean, is_plain

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
GENESIS = 1_692_803_367  # of quicknet, in seconds since 1970
PERIOD = 3  # seconds from a round to the next
DRAND, DICE, LOTTO, WORDS = "drand", "des", "loto", "mots"
LARGEST = {DICE: 6, LOTTO: 49}
# A compressed point of BLS12-381 that is not the one at infinity, whose first bits are 1 and 0.
_SIGNATURE = re.compile("[89ab][0-9a-f]{95}")
_DATE = re.compile(
    "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
)
_MOST_VALUES = 1_000
_MOST_LABEL = 300
_MOST_WORDS = 10_000  # characters
_DRAWN = 5  # of the lottery's numbers, before the one that is drawn apart
# Fewer can be tried out beforehand by whoever chooses the key of the list.
ENOUGH_BITS = 80


class BadValue(ValueError):
    """A value that is none for its source; the words are French, for who typed it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source as the commitment names it. `round` is drand's; `count`, of dice or lottery
    numbers, is how many there will be.
    """

    kind: str
    round: int = 0
    label: str = ""
    count: int = 0

    def as_json(self) -> dict[str, object]:
        if self.kind == DRAND:
            return {"chain": QUICKNET, "kind": self.kind, "round": self.round}
        named: dict[str, object] = {"kind": self.kind, "label": self.label}
        return named if self.kind == WORDS else {**named, "count": self.count}

    def choices(self) -> int:
        """How many values it may have that nobody chooses: 1 for words, which somebody does."""
        if self.kind == DRAND:
            return 1 << 256
        if self.kind == DICE:
            return int(6**self.count)
        return math.comb(49, min(self.count, _DRAWN)) if self.kind == LOTTO else 1

    def bits(self) -> float:
        """How much nobody can know of it beforehand."""
        return math.log2(self.choices())

    def valued(self, value: str) -> "Valued":
        """The source with what it gave, as it was typed or fetched. Raises `BadValue`."""
        if self.kind == DRAND:
            return Valued(self, _signature(value))
        return Valued(self, self._normal(value))

    def _normal(self, value: str) -> str:
        try:
            text = clean(value)
        except BadText:
            raise BadValue("un caractère n’a pas sa place ici") from None
        if self.kind == WORDS:
            if not text:
                raise BadValue("des mots étaient attendus")
            if len(text) > _MOST_WORDS:
                raise BadValue(f"attendu : {_MOST_WORDS} caractères au plus")
            return text
        numbers = re.split(r"[^0-9]+", text.strip(" ,;-"))
        # « 426 » said in one breath is three dice.
        if self.kind == DICE and len(numbers) == 1:
            numbers = list(numbers[0])
        largest = LARGEST[self.kind]
        if not all(re.fullmatch("[1-9][0-9]?", one) and int(one) <= largest for one in numbers):
            raise BadValue(f"attendu : des nombres de 1 à {largest}, séparés par des espaces")
        if len(numbers) != self.count:
            raise BadValue(f"attendu : {self.count} nombres, comme l’engagement l’annonce")
        # Nobody chooses in which order the lottery's numbers are told.
        return " ".join(sorted(numbers, key=int) if self.kind == LOTTO else numbers)

    def time(self) -> int:
        """When drand's round comes, in seconds since 1970."""
        return GENESIS + (self.round - 1) * PERIOD


@dataclass(frozen=True, slots=True)
class Valued:
    """A source and its value: a signature in hexadecimal digits, or a normalised text."""

    source: Source
    value: str

    def as_json(self) -> dict[str, object]:
        key = "signature" if self.source.kind == DRAND else "text"
        return {**self.source.as_json(), key: self.value}

    def seed(self) -> bytes:
        """What it brings to the seed."""
        if self.source.kind == DRAND:
            return hashlib.sha256(bytes.fromhex(self.value)).digest()
        return self.value.encode()


def _signature(value: str) -> str:
    text = value.strip().lower()
    if not _SIGNATURE.fullmatch(text):
        raise BadValue("attendu : une signature de drand, 96 chiffres hexadécimaux")
    return text


def round_at(moment: int) -> int:
    """The first round of quicknet at or after `moment`, in seconds since 1970."""
    return max(1, -(-(moment - GENESIS) // PERIOD) + 1)


def seconds_of(text: str) -> int:
    """Seconds since 1970 of « 2026-12-05T11:00:00Z ». Raises `ValueError`."""
    if not _DATE.fullmatch(text):  # `strptime` takes more spellings than one
        raise ValueError(text)
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ"))


def enough(some: Iterable[Source]) -> bool:
    """Whether nobody could have tried out beforehand all that these sources may give."""
    return math.prod(one.choices() for one in some) >= 1 << ENOUGH_BITS


def named(value: Any) -> Source:  # noqa: ANN401 - it comes from a file that anyone may have written
    """The source that a commitment names. Raises `BadFile`."""
    if not isinstance(value, dict):
        raise BadFile("une source n’est pas lisible")
    kind, made = str(value.get("kind")), None
    if kind == DRAND and _is_count(value.get("round")):
        made = Source(DRAND, round=value["round"])
    elif kind in {DICE, LOTTO} and _is_count(value.get("count")):
        made = Source(kind, label=_label(value), count=value["count"])
        if made.count > _MOST_VALUES:
            raise BadFile("une source annonce trop de nombres")
    elif kind == WORDS:
        made = Source(WORDS, label=_label(value))
    if made is None or made.as_json() != value:
        raise BadFile("une source n’est d’aucune sorte connue")
    return made


def valued(value: Any) -> Valued:  # noqa: ANN401 - as above
    """The source with its value that `sources.json` holds. Raises `BadFile`."""
    rest = dict(value) if isinstance(value, Mapping) else {}
    given = rest.pop("signature" if rest.get("kind") == DRAND else "text", None)
    source = named(rest)
    if not isinstance(given, str):
        raise BadFile("une source n’a pas de valeur")
    try:
        made = source.valued(given)
    except BadValue as fault:
        raise BadFile(f"la valeur d’une source n’est pas possible ({fault})") from None
    if made.value != given:
        raise BadFile("la valeur d’une source n’est pas écrite comme le protocole le veut")
    return made


def _is_count(value: object) -> bool:
    return type(value) is int and 1 <= value < 1 << 53


def _label(value: Mapping[str, object]) -> str:
    label = value.get("label")
    if not isinstance(label, str) or not label or not is_plain(label, _MOST_LABEL):
        raise BadFile("une source n’a pas de nom lisible")
    return label
