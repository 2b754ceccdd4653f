"""The example draw of the protocol, byte for byte: twelve people with awkward names."""

import csv
import json
from pathlib import Path

from cq.draw import canon, plan, pool, sources
from cq.draw.transcript import NAMES, Commitment, Result
from cq.draw.verify import State, verified

EXAMPLE = Path(__file__).parents[2] / "vectors" / "draw-simple-12"
KEY = bytes.fromhex((EXAMPLE / "key.hex").read_text())


def files() -> dict[str, bytes]:
    return {name: (EXAMPLE / name).read_bytes() for name in NAMES}


def people() -> list[pool.Person]:
    with (EXAMPLE / "pool.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            {name: canon.clean(text) for name, text in row.items()}
            for row in csv.DictReader(stream)
        ]
    return [pool.Person(pool.pid_of(pool.salt_of(KEY, row["id"]), row), 0) for row in rows]


def test_the_list_has_the_bytes_of_the_example():
    assert pool.written(people()) == files()["pool.txt"]
    assert pool.written(reversed(people())) == files()["pool.txt"]


def test_plan_commitment_and_transcript_have_the_bytes_of_the_example():
    expected = files()
    made = plan.simple(12, 3)
    round_1000 = sources.Source(sources.DRAND, round=1000)
    promise = Commitment(
        draw="simple-12",
        title="Jury d'essai « simple-12 »",
        pool_size=12,
        pool_root=pool.root(expected["pool.txt"]),
        plan=made.digest(),
        sources=(round_1000,),
        published="2023-08-22T10:00:00Z",
    )
    signature = json.loads(expected["sources.json"])[0]["signature"]
    values = [round_1000.valued(signature)]
    result = Result(promise, made, people(), values)
    panel = result.panel()
    panel.replace(result.drawn.seats[0].pid)

    assert canon.written(made.as_json()) == expected["plan.json"]
    assert canon.written(promise.as_json()) == expected["commitment.json"]
    assert canon.written([one.as_json() for one in values]) == expected["sources.json"]
    assert canon.written(result.transcript(panel.events)) == expected["transcript.json"]


def test_the_example_is_verified():
    verdict = verified(files(), signed=lambda number, _: number == 1000)

    assert {light.state for light in verdict.lights.values()} == {State.GREEN}
    assert verdict.good


def test_without_a_checker_the_signature_is_amber():
    verdict = verified(files())

    assert verdict.lights["graine"].state is State.AMBER
    assert verdict.good


def test_before_the_draw_three_lights_are_off():
    known = files()
    verdict = verified({name: known[name] for name in NAMES[:3]})

    assert [light.state for light in verdict.lights.values()] == [
        State.GREEN, State.GREEN, State.OFF, State.OFF, State.OFF,
    ]  # fmt: skip
    assert verdict.good
