"""cq's lottery for a pool and its quotas, as a process of its own: chances, seconds, the plan.

Reads the two files as `cq draw-jury plan` does; no list is frozen and nothing is published.
"""

import csv
import json
import sys
import time
from collections import Counter
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parent.parent))

from cq.draw import leximin, quotas, tables
from cq.draw.plan import Plan


def plan_of(wanted: Path, people: Path, seats: int) -> tuple[Plan, dict[str, int], float]:
    """The plan, the type of each person, and the seconds that the search took."""
    sheet = tables.read(wanted.read_bytes(), PurePosixPath(wanted.name)).value
    if sheet is None:
        raise SystemExit("no quotas")
    read = quotas.read(sheet, PurePosixPath(wanted.name)).value
    rows = list(csv.DictReader(people.read_text("utf-8").splitlines()))
    features = tuple(dict.fromkeys(one.quota.feature for one in read))
    there = {name: Counter(row[name] for row in rows) for name in features}
    matched = quotas.matched(read, there)
    counts = Counter(tuple(row[name] for name in features) for row in rows)
    types = tuple(sorted(counts))
    question = leximin.Question(
        features, types, tuple(counts[one] for one in types), seats,
        tuple(one.quota for one in matched.value),
    )  # fmt: skip
    start = time.perf_counter()
    made = leximin.proposed(question)
    seconds = time.perf_counter() - start
    places = {one: at for at, one in enumerate(types)}
    return made, {row["id"]: places[tuple(row[f] for f in features)] for row in rows}, seconds


def main(wanted: str, people: str, seats: str, out: str) -> None:
    import highspy  # what starting costs is not what the search costs

    made, kinds, seconds = plan_of(Path(wanted), Path(people), int(seats))
    found = {
        "chances": [float(made.chance(kinds[one])) for one in sorted(kinds)],
        "plan": made.digest(),
        "seconds": seconds,
        "solver": highspy.Highs().version(),
        "types": len(made.types),
    }
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
