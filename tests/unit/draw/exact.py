"""Draws with all that the core has, and prints one digest of every byte: run by test_exact.py.

    python exact.py TURN

Nothing but cq.draw and Python's own library, so that any Python can run it. What TURN changes is
the order in which things come.
"""

import hashlib
import sys
from dataclasses import replace

from cq.draw import canon, plan, pool, sources
from cq.draw.transcript import Commitment, Result, commitment
from cq.draw.verify import verified

turn = int(sys.argv[1])
KEY = bytes(range(200, 232))
FEATURES = ("age", "quartier")


def shuffled(some: list) -> list:
    """Another order each turn, the same each time."""
    return sorted(some, key=lambda one: hashlib.sha256(f"{turn} {one}".encode()).digest())


rows = [
    {
        "id": f"É{number:04}", "nom": canon.clean(f"  N’Guye\u0302\u0303n\u00a0{number % 41} "),
        "age": ("jeune", "adulte", "aîné")[number * number % 3],
        "quartier": ("Nord", "Sud")[number % 5 == 0],
        "voie": f"{number % 97} rue de l’Église" if number % 11 else "",
    }
    for number in range(400)
]  # fmt: skip
types = sorted({tuple(row[one] for one in FEATURES) for row in rows})
counts = [sum(tuple(row[one] for one in FEATURES) == kind for row in rows) for kind in types]
moved = [(one, other) for one in range(len(types)) for other in range(len(types))]
compositions = sorted({
    tuple(6 + (number == one) - (number == other) for number in range(len(types)))
    for one, other in moved
})  # fmt: skip
tickets = [plan.TICKETS // len(compositions)] * len(compositions)
tickets[0] += plan.TICKETS - sum(tickets)
lottery = plan.Plan(
    FEATURES, tuple(types), tuple(counts), sum(compositions[0]), (), tuple(compositions),
    tuple(tickets), ("voie",),
)  # fmt: skip
lottery = replace(lottery, quotas=tuple(
    plan.Quota("quartier", one, 5, 40) for one in ("Nord", "Sud")
))  # fmt: skip
people = [
    pool.Person(
        pool.pid_of(pool.salt_of(KEY, row["id"]), dict(shuffled(list(row.items())))),
        types.index(tuple(row[one] for one in FEATURES)),
        pool.household_of(KEY, [row["voie"]]),
    )
    for row in shuffled(rows)
]
listed = pool.written(shuffled(people))
dice = sources.Source(sources.DICE, label="Dés", count=31)
promise = Commitment(
    "exact", "Le même, où que ce soit", len(people), pool.root(listed), lottery.digest(), (dice,),
    "2026-11-22T10:00:00Z",
)  # fmt: skip
result = Result(
    promise, lottery, shuffled(people), [dice.valued("3162254416352116542336124556214")]
)
panel = result.panel()
for _ in range(60):
    panel.replace(min(panel.sitting))
files = {
    "pool.txt": listed,
    "plan.json": canon.written(lottery.as_json()),
    "commitment.json": canon.written(promise.as_json()),
    "sources.json": canon.written([one.as_json() for one in result.sources]),
    "transcript.json": canon.written(result.transcript(panel.events)),
}
verdict = verified(files)
assert verdict.good, verdict.lights
assert not verdict.waiting
assert commitment(canon.read(files["commitment.json"])) == promise
assert plan.of_json(canon.read(files["plan.json"])) == lottery
sys.stdout.write(hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest())
