"""sortition-algorithms on a pool: `chances` for everyone's, `draw SEED` for a jury of one seed.

Called as its own command does it, in its own environment, which is not ours. Its leximin asks for
a solver that one has to buy, so that its default, maximin, is what it has.
"""

import json
import sys
import time
from pathlib import Path

from sortition_algorithms import adapters, core
from sortition_algorithms.committee_generation import find_distribution_maximin
from sortition_algorithms.settings import Settings


def main(quotas: str, people: str, seats: int, out: str, seed: int | None) -> None:
    source = adapters.CSVFileDataSource(
        features_file=Path(quotas),
        people_file=Path(people),
        already_selected_file=None,
        selected_file=Path(out),
        remaining_file=Path(out),
    )
    settings = Settings(id_column="id", columns_to_keep=[], random_number_seed=seed or 0)
    data = adapters.SelectionData(source)
    features, _ = data.load_features(seats)
    everyone, _ = data.load_people(settings, features)
    start = time.perf_counter()
    if seed is not None:
        done, juries, _ = core.run_stratification(features, everyone, seats, settings)
        found = {"jury": sorted(juries[0]) if done else []}
    else:
        juries, weights, _ = find_distribution_maximin(features, everyone, seats, [])
        chances = dict.fromkeys(everyone, 0.0)
        for jury, weight in zip(juries, weights, strict=True):
            for one in jury:
                chances[one] += weight
        found = {"chances": [chances[one] for one in sorted(chances)]}
    found["seconds"] = time.perf_counter() - start
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    given = sys.argv[5:]
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], int(given[0]) if given else None)
