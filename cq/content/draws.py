"""The public side of the draws (`content/jurys/<id>/`): which files it is, and what they tell.

Facts only, all plain values: they are read once, far from here (`cq.jury.told`), and remembered by
the bytes of the files. What is wrong with them is said by `cq.content.checks.draws`.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

from cq.content import logbook
from cq.content.item import Blob
from cq.content.layout import CONTENT, is_slug, place

FOLDER = "jurys"
POOL, PLAN, PROMISE, VALUES, TRANSCRIPT = (
    "pool.txt", "plan.json", "commitment.json", "sources.json", "transcript.json",
)  # fmt: skip
JOURNAL, PAGE = "journal.csv", "verifier.html"
NAMES = (POOL, PLAN, PROMISE, VALUES, TRANSCRIPT, JOURNAL, PAGE)
# What may be told beside them: minutes that were signed, a photograph of the dice. No table: a
# list of people is one, and git keeps for ever what was once committed.
BESIDE = frozenset((".pdf", ".png", ".jpg", ".jpeg", ".webp", ".svg"))

GREEN, AMBER, RED, OFF = "vert", "orange", "rouge", "éteint"
SMALL = 5  # people of a type: fewer may be recognised
ANNOUNCED, DRAWN, STOPPED = "annoncé", "tiré", "annulé"  # where a draw stands
COMING = (ANNOUNCED, "liste gelée", "engagé")
_VALIDATED = "validé par : "


class Light(NamedTuple):
    """One of the five lights, with its sentences."""

    name: str
    state: str
    said: tuple[str, ...]


class Source(NamedTuple):
    """Where chance came from; `value` is "" before the draw."""

    kind: str  # "drand" | "des" | "loto" | "mots"
    label: str
    many: int  # of dice or numbers
    round: int  # of drand
    time: int  # of that round, in seconds since 1970
    value: str


class Group(NamedTuple):
    """People whom the plan does not tell apart."""

    type: int
    values: tuple[str, ...]  # () where they are sealed
    people: int
    least: int  # seats, over all compositions
    most: int
    seats: int | None  # of the composition that was drawn
    chance: tuple[int, int]  # of one of them, as a fraction
    reserve: tuple[str, ...]  # the first in rank


class Event(NamedTuple):
    """One replacement; `entering` is "" when nobody was left."""

    number: int
    leaving: str
    entering: str
    type: int
    gap: int
    digest: str


class Entry(NamedTuple):
    """A line of the public journal, and where it stands in the file."""

    day: str
    step: str
    fingerprint: str
    note: str
    line: int


class Shard(NamedTuple):
    """The lines of `pool.txt` with one beginning: a telephone fetches them alone."""

    start: int
    size: int
    digest: str  # as `cq.digest` has it
    leaf: str  # as the protocol has it


class Fault(NamedTuple):
    """What is wrong with a file, whatever the lights say."""

    file: str
    line: int
    words: str


class Draw(NamedTuple):
    """What the public files of one draw tell. Long lists are cut at `SHOWN`."""

    id: str
    key: str  # the digest of its files
    title: str = ""
    published: str = ""  # « 2026-12-05T11:00:00Z »; "" before it is promised
    fingerprint: str = ""
    words: tuple[str, ...] = ()  # of control
    previous: str = ""  # digest of the first stage's transcript
    stage: str = ""  # digest of its own transcript: what a second stage calls `previous`
    stages: str = ""  # the digest of all transcripts when it was read
    people: int = 0
    seats: int = 0
    features: tuple[str, ...] = ()
    household: tuple[str, ...] = ()
    quotas: tuple[tuple[str, str, int, int], ...] = ()  # feature, value, least, most
    compositions: int = 0
    total: int = 0  # tickets
    types: int = 0
    sealed: str = ""  # digest of the table that keeps the values of types; "" where all read them
    small: int = 0  # types of fewer than SMALL people
    groups: tuple[Group, ...] = ()
    sources: tuple[Source, ...] = ()
    drawn: bool = False
    ticket: int = 0
    composition: int = 0
    seed: str = ""
    jury: tuple[tuple[str, int], ...] = ()  # number, type; in the order of rank
    passed: int = 0  # people whose household was seated
    waived: int = 0
    replaced: int = 0
    events: tuple[Event, ...] = ()
    lights: tuple[Light, ...] = ()
    journal: tuple[Entry, ...] = ()
    page: str = ""  # the fingerprint of verifier.html
    page_known: bool = False
    shards: tuple[Shard, ...] = ()
    faults: tuple[Fault, ...] = ()

    def stands(self, key: str, stages: str) -> bool:
        """Whether it is still told by files of these digests: its own, and, where another draw came
        before, the transcripts of all.
        """
        return self.key == key and (not self.previous or self.stages == stages)

    @property
    def state(self) -> str:
        """Where it stands, by its files alone."""
        if self.cancelled:
            return STOPPED
        if self.drawn:
            return DRAWN
        if self.fingerprint:
            return COMING[2]
        return COMING[1] if any(one.step == logbook.FROZEN for one in self.journal) else ANNOUNCED

    @property
    def cancelled(self) -> Entry | None:
        """The line that says so: a draw that was announced stays on the list."""
        return next((one for one in self.journal if one.step == logbook.CANCELLED), None)

    @property
    def validated(self) -> str:
        """Who answers for it, by function, as its line in the journal says."""
        return next((validator(one.note) for one in self.journal if one.step == logbook.DRAWN), "")


def validation(function: str) -> str:
    """What the journal says of who answers for a draw."""
    return f"{_VALIDATED}{function}" if function else ""


def validator(note: str) -> str:
    """Who answers for a draw, from what the journal says of it."""
    return note.removeprefix(_VALIDATED).strip() if note.startswith(_VALIDATED) else ""


# Bytes of a file that is read at all: each reader of `cq.draw` refuses a larger one.
MOST = {POOL: 128_000_000, JOURNAL: 4_000_000, PAGE: 1_000_000}
MOST_JSON = 16_000_000
SHOWN = 500  # seats, types, replacements: the files have the rest


def _draw_of(path: str) -> tuple[str, str] | None:
    """(id of the page, name) of one of a draw's own public files."""
    parts = path.split("/")
    if len(parts) != 4 or parts[:2] != [CONTENT, FOLDER] or not is_slug(parts[2]):
        return None
    return (f"{FOLDER}/{parts[2]}", parts[3]) if parts[3] in NAMES else None


def is_public(path: str) -> bool:
    """Whether this is one of a draw's own public files."""
    return path.startswith(f"{CONTENT}/{FOLDER}/") and _draw_of(path) is not None


def is_foreign(path: str) -> bool:
    """Whether this lies among the draws, where everyone reads, and is neither theirs nor a page nor
    something that may be told beside them.
    """
    if f"/{FOLDER}/" not in path:
        return False
    where = place(PurePosixPath(path))
    if where.private or where.rest[0] != FOLDER:
        return False
    name = PurePosixPath(path)
    return len(where.rest) > 3 or (name.suffix != ".md" and name.suffix.lower() not in BESIDE)


def files(blobs: Mapping[str, Blob]) -> dict[str, dict[str, Blob]]:
    """The public files of each draw, by the id of its page and by their names."""
    found: dict[str, dict[str, Blob]] = {}
    for path, blob in sorted(blobs.items()):
        at = _draw_of(path)
        if at is not None:
            found.setdefault(at[0], {})[at[1]] = blob
    return found


def of_item(blobs: Mapping[str, Blob], identifier: str) -> dict[str, Blob]:
    """The public files of one draw, by their names."""
    found = ((name, blobs.get(f"{CONTENT}/{identifier}/{name}")) for name in NAMES)
    return {name: blob for name, blob in found if blob is not None}
