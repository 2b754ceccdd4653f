"""A draw's public papers: the commitment before, the transcript after."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cq.draw.canon import PROTOCOL, BadFile, canonical, digest, is_plain
from cq.draw.plan import Plan
from cq.draw.pool import MOST_PEOPLE, Person
from cq.draw.replacement import Event, Panel
from cq.draw.seating import RESERVES, Drawn, drawn, ranked, seed_of
from cq.draw.sources import Source, Valued, named, seconds_of

NAMES = ("pool.txt", "plan.json", "commitment.json", "sources.json", "transcript.json")
_KEYS = {
    "draw", "plan", "pool_root", "pool_size", "previous", "protocol", "published", "sources",
    "title",
}  # fmt: skip
_HEX = re.compile("[0-9a-f]{64}")
_DRAW = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_ID = 60
_MOST_TITLE = 300
MOST_SOURCES = 16


@dataclass(frozen=True, slots=True)
class Commitment:
    """What is promised before chance speaks. Digests are 64 hexadecimal digits; `published` is
    « 2026-12-05T11:00:00Z »; `previous` is the digest of the first stage's transcript, if any.
    """

    draw: str
    title: str
    pool_size: int
    pool_root: str
    plan: str
    sources: tuple[Source, ...]
    published: str
    previous: str | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "draw": self.draw,
            "plan": self.plan,
            "pool_root": self.pool_root,
            "pool_size": self.pool_size,
            "previous": self.previous,
            "protocol": PROTOCOL,
            "published": self.published,
            "sources": [one.as_json() for one in self.sources],
            "title": self.title,
        }

    def digest(self) -> bytes:
        """The 32 bytes `C`, the fingerprint that is published and spoken."""
        return digest("commit", canonical(self.as_json()))


def commitment(value: Any) -> Commitment:  # noqa: ANN401 - it comes from a file of anyone's
    """The commitment that a file says. Raises `BadFile`."""
    if not isinstance(value, dict) or value.keys() != _KEYS or value["protocol"] != PROTOCOL:
        raise BadFile(f"ce n’est pas un engagement du protocole {PROTOCOL}")
    sources = value["sources"]
    if not isinstance(sources, list) or not 1 <= len(sources) <= MOST_SOURCES:
        raise BadFile("l’engagement ne nomme aucune source, ou trop")
    made = Commitment(
        value["draw"], value["title"], value["pool_size"], value["pool_root"], value["plan"],
        tuple(map(named, sources)), value["published"], value["previous"],
    )  # fmt: skip
    digests = [made.pool_root, made.plan, *([made.previous] if made.previous is not None else [])]
    if not all(isinstance(one, str) and _HEX.fullmatch(one) for one in digests):
        raise BadFile("une empreinte de l’engagement n’est pas lisible")
    if (
        not isinstance(made.draw, str)
        or len(made.draw) > _MOST_ID
        or not _DRAW.fullmatch(made.draw)
    ):
        raise BadFile("l’engagement n’a pas d’identifiant lisible")
    if not isinstance(made.title, str) or not is_plain(made.title, _MOST_TITLE):
        raise BadFile("l’engagement n’a pas de titre lisible")
    if type(made.pool_size) is not int or not 1 <= made.pool_size <= MOST_PEOPLE:
        raise BadFile("l’engagement n’a pas d’effectif possible")
    try:
        seconds_of(made.published)
    except (ValueError, TypeError):
        raise BadFile("la date de l’engagement n’est pas lisible") from None
    return made


class Result:
    """A draw done: what every light and every page is made from.

    Raises `ValueError` where the sources are not those of the commitment: a draw without one of
    them would be another draw.
    """

    def __init__(
        self, promise: Commitment, plan: Plan, pool: Sequence[Person], sources: Sequence[Valued]
    ) -> None:
        self.promise, self.plan, self.sources = promise, plan, tuple(sources)
        if tuple(one.source for one in self.sources) != promise.sources:
            raise ValueError("not the sources of the commitment")
        self.commit = promise.digest().hex()
        self.seed = seed_of(bytes.fromhex(self.commit), [one.seed() for one in sources])
        self.order = ranked(self.seed, pool)
        self.drawn: Drawn = drawn(self.seed, plan, self.order)

    def panel(self) -> Panel:
        """The jury on the day of the draw, ready for replacements."""
        return Panel(self.plan, self.drawn, self.order, self.commit)

    def transcript(self, events: Sequence[Event] = ()) -> dict[str, object]:
        """What `transcript.json` says."""
        seats = self.plan.compositions[self.drawn.composition]
        return {
            "commit": self.commit,
            "commitment": self.promise.as_json(),
            "composition": self.drawn.composition,
            "events": [one.as_json() for one in events],
            "passed_household": list(self.drawn.passed_household),
            "protocol": PROTOCOL,
            "reserve": {
                str(kind): list(rest[: RESERVES * seats[kind]])
                for kind, rest in enumerate(self.drawn.reserve)
                if seats[kind]
            },
            "seats": [[one.pid, one.type] for one in self.drawn.seats],
            "seed": self.seed.hex(),
            "sources": [one.as_json() for one in self.sources],
            "ticket": self.drawn.ticket,
            "waived_household": list(self.drawn.waived_household),
        }


def stage_digest(transcript: object) -> str:
    """What a second stage's commitment calls `previous`."""
    return digest("transcript", canonical(transcript)).hex()


def stage_of(data: bytes) -> str:
    """The same of a file's bytes, which say it in the one spelling or are no transcript: nothing
    is parsed, so that a thousand of them may be looked at.
    """
    return digest("transcript", data.removesuffix(b"\n")).hex()


def called(transcript: Any) -> set[str]:  # noqa: ANN401 - as above
    """Who was drawn by a first stage: seats, and those who came after. Raises `BadFile`.

    No more of its form is asked than this needs, as the page does: that stage has its own lights.
    """
    said = transcript if isinstance(transcript, dict) else {}
    seats, events = said.get("seats"), said.get("events")
    if (
        not (isinstance(seats, list) and isinstance(events, list))
        or not all(isinstance(one, list) and len(one) == 2 for one in seats)
        or not all(isinstance(pid, str) for pid, _ in seats)
        or not all(isinstance(event, dict) for event in events)
    ):
        raise BadFile("le premier tirage donné n’est pas un procès-verbal de tirage")
    came = [event.get("in") for event in events]
    return {pid for pid, _ in seats} | {one for one in came if isinstance(one, str)}
