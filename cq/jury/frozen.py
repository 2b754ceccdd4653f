"""A list that is frozen: written once, and told from any other afterwards."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cq.content import logbook
from cq.draw import canon
from cq.french.dates import iso_words
from cq.jury import shapes
from cq.jury.folders import (
    FROZEN,
    KEY,
    PEOPLE,
    PLAN,
    TYPES,
    Backwards,
    Entry,
    Folders,
    Step,
    tabled,
)

_KEY_BYTES = 32


class Frozen(NamedTuple):
    """What a freeze settles. `hashed` are the columns that make a person's number, `first` the
    draw that a second stage draws within; `counts` and `about` are plain JSON.
    """

    day: str
    features: tuple[str, ...]
    household: tuple[str, ...]
    hashed: tuple[str, ...]
    lists: tuple[Mapping[str, object], ...]  # file, label, rows, digest
    counts: Mapping[str, Any]
    about: Mapping[str, str]  # source, purpose, destruction, notice
    first: str | None = None

    def as_json(self, people: str) -> dict[str, object]:
        return {
            **self._asdict(),
            "features": list(self.features),
            "household": list(self.household),
            "hashed": list(self.hashed),
            "lists": [dict(one) for one in self.lists],
            "counts": dict(self.counts),
            "about": dict(self.about),
            "people": people,
        }


class Table(NamedTuple):
    """The people: `columns` begin with the number."""

    columns: Sequence[str]
    rows: Iterable[Sequence[str]]


def keep(folders: Folders, frozen: Frozen, table: Table, key: bytes, note: str) -> str:
    """Write a freeze, its mark last, so that one which was interrupted is none; the line that tells
    it is kept with it, should it be stopped before the journal has it. Its fingerprint.
    """
    if len(key) != _KEY_BYTES:
        raise ValueError("a key of another length")
    for late in (PLAN, TYPES, FROZEN):  # a plan never stands without the freeze it was made for
        (folders.private / late).unlink(missing_ok=True)
    folders.keep(KEY, key.hex().encode() + b"\n")
    columns = table.columns
    folders.keep_people(columns, (dict(zip(columns, row, strict=True)) for row in table.rows))
    people = _digest(folders)
    # Keyed: whoever guesses who stands in a short list cannot try the guess.
    mark = canon.keyed(key, "list", bytes.fromhex(people)).hex()
    said = {**frozen.as_json(people), "mark": mark, "note": note}
    folders.keep(FROZEN, canon.written(said))
    folders.note(Entry(frozen.day, logbook.FROZEN, mark, note))
    return mark


def widen(folders: Folders, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Keep the same people with columns more, which no number is made of. Whoever is stopped
    between the two files has the list of before, or that of after.
    """
    said, table = folders.frozen(), tabled(columns, map(dict, rows))
    made = {**said, "people": hashlib.sha256(table).hexdigest(), "before": _digest(folders)}
    folders.keep(FROZEN, canon.written(made))
    folders.keep(PEOPLE, table)


def unchanged(folders: Folders) -> None:
    """Raise Backwards where the people are no longer those that were frozen."""
    said = folders.frozen()
    if said.get("people") and _digest(folders) not in {said["people"], said.get("before")}:
        raise Backwards(
            f"la liste a changé depuis le gel{_since(said)} : refusé\n"
            f"elle est dans {folders.private / PEOPLE} ; remettez celle du gel, ou gelez de nouveau"
            f" avant l’engagement : cq draw-jury freeze {folders.name} LISTE.csv --refaire"
        )


def of(folders: Folders) -> Frozen:
    """The freeze of a draw, whose people are still those. Raises Backwards."""
    if not (folders.private / FROZEN).is_file():
        raise Backwards(
            f"la liste de {folders.name} n’est pas gelée, ou elle est détruite\n"
            f"pour la geler : cq draw-jury freeze {folders.name} LISTE.csv"
        )
    unchanged(folders)
    said = folders.frozen()
    shapes.lacking(said, ("counts", "day", "features", "household", "lists"), FROZEN)
    return Frozen(
        said["day"], tuple(said["features"]), tuple(said["household"]),
        tuple(said.get("hashed", ())), tuple(said["lists"]), said["counts"],
        said.get("about", {}), said.get("first"),
    )  # fmt: skip


def again(folders: Folders, digests: Iterable[str], *, redo: bool) -> bool:
    """Whether these very lists are frozen already. Raises Backwards where others are, unless it is
    to be done again, which it may until the draw is committed.
    """
    step = folders.step()
    if step == Step.NEW or (redo and step < Step.COMMITTED):
        return False
    said = folders.frozen() if (folders.private / FROZEN).is_file() else {}
    if said and [one.get("digest") for one in said.get("lists", ())] == list(digests):
        return True
    if step >= Step.COMMITTED:
        raise Backwards(
            f"la liste a changé depuis le gel{_since(said)}, et ce tirage est engagé : refusé\n"
            "pour un autre tirage, un autre nom : cq draw-jury freeze AUTRE-NOM LISTE.csv"
        )
    raise Backwards(
        f"la liste a changé depuis le gel{_since(said)} : refusé\n"
        f"pour geler de nouveau : cq draw-jury freeze {folders.name} LISTE.csv … --refaire"
    )


def _since(said: Mapping[str, Any]) -> str:
    return f" du {iso_words(said['day'])}" if "day" in said else ""


def _digest(folders: Folders) -> str:
    return hashlib.sha256(folders.kept(PEOPLE)).hexdigest()
