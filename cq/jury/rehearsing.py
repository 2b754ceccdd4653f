"""`cq draw-jury --rehearsal`: a whole draw on the spot, which says everywhere that it is worth
nothing. Only numbers are written, made with a key of their own: they lead to nobody.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cq.content import logbook
from cq.draw import canon, page
from cq.draw import plan as plans
from cq.draw import pool as pools
from cq.draw.plan import Plan
from cq.draw.pool import pid_of, salt_of
from cq.draw.sources import DICE, Source
from cq.draw.transcript import Commitment, Result
from cq.jury import announced, checked, lights, moments, people, proposed
from cq.jury.folders import JOURNAL, PLAN, Backwards, Entry, Folders, Step

MARK = "RÉPÉTITION"
_PEOPLE, _SEATS, _THROWS = 60, 12, 32


def rehearsed(place: Path, real: Folders | None, key: bytes, now: int, zone: str) -> Iterator[str]:
    """Do it all in `place`, with the list and the plan of the draw `real` or with invented people;
    the lines to show. `key` is 32 random bytes. Raises Backwards, Refused or OSError.
    """
    plan, entries = _of(real) if real else _invented()
    found = people.pool([_renumbered(one, key) for one in entries], plan, key)
    folders = Folders("repetition", place, place)
    data = pools.written(found)
    source = Source(DICE, label=f"{MARK} : dés inventés, sans valeur", count=_THROWS)
    title = f"{MARK} de {real.name}" if real else MARK
    promise = Commitment(
        "repetition", title, len(found), pools.root(data), plan.digest(), (source,),
        moments.iso(now),
    )  # fmt: skip
    thrown = canon.digest("repetition", key)
    value = source.valued(" ".join(str(one % 6 + 1) for one in thrown))
    made = Result(promise, plan, found, [value])
    day = moments.iso(now)[:10]
    panel = made.panel()
    events = [panel.replace(made.drawn.seats[0].pid)]
    journal = (
        Entry(day, logbook.PAGE, page.fingerprint(page.page()), page.NAME),
        Entry(day, logbook.PROMISED, promise.digest().hex(), MARK),
        Entry(day, logbook.DRAWN, made.seed.hex(), MARK),
        Entry(day, f"{logbook.REPLACED} 1", events[0].digest(), MARK),
    )
    folders.publish_together({
        "pool.txt": data, "plan.json": canon.written(plan.as_json()), page.NAME: page.page(),
        "commitment.json": canon.written(promise.as_json()), JOURNAL: folders.noted(*journal),
        "sources.json": canon.written([value.as_json()]),
        "transcript.json": canon.written(made.transcript(events)),
    })  # fmt: skip
    banner = f"*** {MARK} : rien de ce qui suit ne compte ***"
    yield banner
    yield "1. l’engagement, publié et lu à voix haute avant que le hasard parle"
    yield from (f"   {line}" for line in announced.asked(promise, plan, zone))
    yield from (f"   {line}" for line in announced.told(promise))
    yield "2. ce que le hasard a dit, saisi dans la salle"
    yield f"   {source.label}\n   {value.value}"
    yield "3. le tirage, qui en découle"
    yield from (f"   {line}" for line in announced.result(made))
    yield "4. une personne refuse : la suivante selon la règle, sans nouveau hasard"
    yield f"   sort : {events[0].leaving}\n   entre : {events[0].entering or 'personne'}"
    yield "5. n’importe qui refait le tout"
    yield from (f"   {line}" for line in lights.told(checked.of(place).verdict, colour=False))
    yield banner
    yield f"les fichiers, à effacer quand vous voulez : {place}"


def _of(real: Folders) -> tuple[Plan, list[people.Entry]]:
    if real.step() < Step.PLANNED or not (real.private / PLAN).is_file():
        raise Backwards(
            f"pour répéter {real.name} il faut sa liste gelée et son plan, sur cette machine\n"
            "pour répéter avec des personnes inventées : cq draw-jury --rehearsal"
        )
    return proposed.of(real), people.entries(real)


def _renumbered(one: people.Entry, key: bytes) -> people.Entry:
    salt = salt_of(key, one.row["id"])
    return one._replace(salt=salt, pid=pid_of(salt, one.hashed))


def _invented() -> tuple[Plan, list[people.Entry]]:
    """People who are nobody, as many of each of two sorts, and seats for both alike."""
    sorts = ("moins de 40 ans", "40 ans et plus")
    rows = [
        {"id": str(number), "age": sorts[number % 2], "nom": f"Personne inventée {number}"}
        for number in range(1, _PEOPLE + 1)
    ]
    half = (_PEOPLE // 2, _PEOPLE // 2)
    types = tuple((one,) for one in sorted(sorts))
    seats = ((_SEATS // 2, _SEATS // 2),)
    plan = replace(
        plans.simple(_PEOPLE, _SEATS), features=("age",), types=types, counts=half,
        compositions=seats,
    )  # fmt: skip
    return plan, [people.Entry(row, row, b"", "") for row in rows]
