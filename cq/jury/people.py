"""Who stands behind which number: the frozen list as the public pool has it.

Nothing here leaves the town hall but the numbers, the types and the households.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cq.draw.plan import Plan
from cq.draw.pool import Person, household_of, pid_of, salt_of
from cq.jury import shapes
from cq.jury.folders import PEOPLE, Folders, Refused
from cq.jury.frozen import unchanged


class Entry(NamedTuple):
    """A person of the frozen list: `row` as it was frozen, `hashed` as their number commits to it
    (of a second stage: the row of the first), their salt and their number.
    """

    row: Mapping[str, str]
    hashed: Mapping[str, str]
    salt: bytes
    pid: str


def first_of(folders: Folders) -> Folders | None:
    """The first stage of this draw; None for a draw that follows no other."""
    first = folders.frozen().get("first")
    return folders.sibling(first) if isinstance(first, str) and first else None


def entries(folders: Folders) -> list[Entry]:
    """Everyone of the frozen list, with their number. Raises Refused or OSError."""
    unchanged(folders)
    key, rows = folders.key(), folders.people()
    first, columns = first_of(folders), folders.frozen().get("hashed")
    hashed: Iterable[Mapping[str, str]] = rows
    if columns:  # what a second stage needs of the first, which may be destroyed by then
        if not rows[0].keys() >= set(columns):
            raise shapes.damaged(PEOPLE)
        hashed = [{name: row[name] for name in columns} for row in rows]
    elif first:
        hashed = _hashed(first, rows)
    found = []
    for row, row_hashed in zip(rows, hashed, strict=True):
        salt = salt_of(key, row["id"])
        found.append(Entry(row, row_hashed, salt, pid_of(salt, row_hashed)))
    return found


def _hashed(first: Folders, rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The rows of the first stage, which the numbers commit to."""
    before = {one.row["id"]: one.hashed for one in entries(first)}
    try:
        return [before[row["id"]] for row in rows]
    except KeyError as unknown:
        raise Refused(
            f"l’identifiant {unknown.args[0]} n’est pas dans la liste de {first.name}, "
            "le premier tirage\ngelez la liste à nouveau"
        ) from None


def pool(found: Iterable[Entry], plan: Plan, key: bytes) -> list[Person]:
    """The public line of each, by the plan. Raises Refused where the two do not fit."""
    types = {values: number for number, values in enumerate(plan.types)}
    people = []
    for one in found:
        values = tuple(one.row.get(feature, "") for feature in plan.features)
        kind = types.get(values)
        if kind is None:
            raise Refused(
                "la liste et le plan ne se répondent pas : "
                f"le plan ne connaît pas « {', '.join(values)} »\n"
                "refaites le plan : cq draw-jury plan"
            )
        address = [one.hashed.get(column, "") for column in plan.household]
        people.append(Person(one.pid, kind, household_of(key, address) if address else ""))
    if len({one.pid for one in people}) != len(people):
        raise Refused("deux personnes de la liste ont le même identifiant : gelez-la à nouveau")
    return people
