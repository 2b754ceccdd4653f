"""A second stage: those who answered, among those whom a first draw has called.

Everyone keeps the number of the first stage, so that anyone can see that the second lies within it:
what makes that number is left as it was, and answers stand beside it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cq.draw import canon
from cq.draw.tables import alike
from cq.french.numbers import counted
from cq.jury import people
from cq.jury.columns import ID, Wanted, key_of, left_out
from cq.jury.criteria import CRITERION
from cq.jury.folders import Backwards, Folders, Refused, Step
from cq.jury.lists import Faulty, Lists, doubles
from cq.terminal import one_line


class Joined(NamedTuple):
    """Answers, with what the first list knows of each: `lists` as if one list had said it all.

    `hashed` are the columns that make a number.
    """

    lists: Lists
    hashed: tuple[str, ...]
    said: tuple[str, ...]


def guard(first: Folders) -> None:
    """Raise Backwards unless a second stage may follow `first`."""
    name, step = first.name, first.step()
    if first.is_cancelled() or step < Step.DRAWN:
        raise Backwards(
            f"le premier tirage, {name}, n’a pas eu lieu : personne n’y est appelé\n"
            "où en sont les tirages : cq draw-jury"
        )
    if step == Step.PURGED:
        raise Backwards(f"la liste du premier tirage, {name}, est détruite : il ne peut être suivi")


def called(first: Folders) -> dict[str, people.Entry]:
    """Whom `first` has called, at the draw or since, by both their numbers. Raises Refused."""
    transcript = canon.read(first.files()["transcript.json"])
    pids = {pid for pid, _ in transcript["seats"]}
    pids |= {event["in"] for event in transcript["events"]}
    found: dict[str, people.Entry] = {}
    for one in people.entries(first):
        if one.pid in pids:
            found[one.row[ID]] = found[one.pid] = one
    return found


def joined(answers: Lists, first: Folders, wanted: Wanted) -> Joined:
    """Criteria may be of the answers or of the first list; of the answers only what is wanted is
    kept. Raises Refused, with the line of whoever was not called.
    """
    known = called(first)
    strangers = [
        f"{answers.where(row)} : ce numéro n’est pas parmi les personnes tirées de {first.name}"
        for row in answers.rows
        if row.cells[0] not in known
    ]
    if strangers:
        raise Faulty(strangers)
    entries = [known[row.cells[0]] for row in answers.rows]
    before = tuple(entries[0].row)  # the columns of the first list
    hashed = tuple(entries[0].hashed)
    criteria = [_criterion(name, answers.columns, before) for name in map(key_of, wanted.features)]
    kept = [_criterion(name, answers.columns, before) for name in map(key_of, wanted.kept or ())]
    columns = list(dict.fromkeys((*criteria, *(one for one in kept if one not in before))))
    left = [one for one in answers.columns[1:] if one not in (*columns, *before)]
    rows = []
    for row, entry in zip(answers.rows, entries, strict=True):
        known_of = {**entry.row, **dict(zip(answers.columns[1:], row.cells[1:], strict=True))}
        cells = (*entry.hashed.values(), *(known_of[one] for one in columns))
        rows.append(row._replace(cells=cells))
    twice = list(doubles([one.file for one in answers.files], rows))
    if twice:
        raise Faulty(twice)
    # A column that makes a number stays as it is: a criterion may yet be filled or respelt.
    names = [f"{CRITERION}{one}" if one in hashed else one for one in columns]
    roles = Wanted(
        id=ID,
        address=tuple(first.frozen()["household"]),
        features=tuple(names[columns.index(one)] for one in criteria),
    )
    together = answers._replace(columns=(*hashed, *names), rows=rows, roles=roles)
    said = (*left_out(left), *_differing(answers, entries, (*columns, *left)))
    return Joined(together, hashed, said)


def _criterion(name: str, answered: Sequence[str], before: Sequence[str]) -> str:
    if name in answered or name in before:
        return name
    raise Refused(
        f"aucune colonne « {one_line(name)} », ni dans les réponses ni dans la première liste ; "
        f"il y a : {', '.join(dict.fromkeys((*answered, *before)))}"
    )


def _differing(
    answers: Lists, entries: Sequence[people.Entry], columns: Sequence[str]
) -> Iterator[str]:
    """Answers that contradict the first list, where nothing but the first list is kept."""
    for place, name in enumerate(answers.columns):
        if place == 0 or name in columns:
            continue
        other = sum(
            alike(row.cells[place]) != alike(entry.row[name])
            for row, entry in zip(answers.rows, entries, strict=True)
        )
        if other:
            differ = counted(other, "réponse diffère", "réponses diffèrent")
            yield f"« {name} » : {differ} de la première liste, qui est gardée"
