"""The examples of the protocol, byte for byte: what another hand wrote is what we write.

`draw-simple-12` came with the design: twelve people with awkward names. The others are of
tests/vectors/make_jury_v1.py.
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cq.draw import canon, plan, pool, sources
from cq.draw.replacement import Event
from cq.draw.transcript import NAMES, Commitment, Result, commitment, stage_digest
from cq.draw.verify import State, verified

VECTORS = Path(__file__).parents[2] / "vectors"
EXAMPLE = VECTORS / "draw-simple-12"
KEY = bytes.fromhex((EXAMPLE / "key.hex").read_text())
EXAMPLES = ["draw-simple-12", "draw-quotas-16", "draw-two-stages/1", "draw-two-stages/2"]


def files(example: str = "draw-simple-12") -> dict[str, bytes]:
    return {name: (VECTORS / example / name).read_bytes() for name in NAMES}


def rows(place: Path) -> list[dict[str, str]]:
    with place.open(encoding="utf-8", newline="") as stream:
        return [
            {name: canon.clean(text) for name, text in row.items()}
            for row in csv.DictReader(stream)
        ]


def people() -> list[pool.Person]:
    some = rows(EXAMPLE / "pool.csv")
    return [pool.Person(pool.pid_of(pool.salt_of(KEY, row["id"]), row), 0) for row in some]


def first_stage(example: str) -> bytes | None:
    first = VECTORS / "draw-two-stages" / "1" / "transcript.json"
    return first.read_bytes() if example == "draw-two-stages/2" else None


def test_the_list_has_the_bytes_of_the_example() -> None:
    assert pool.written(people()) == files()["pool.txt"]
    assert pool.written(reversed(people())) == files()["pool.txt"]


def test_plan_commitment_and_transcript_have_the_bytes_of_the_example() -> None:
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


def test_households_and_types_have_the_bytes_of_the_example() -> None:
    place = VECTORS / "draw-quotas-16"
    key = bytes.fromhex((place / "key.hex").read_text())
    made = plan.of_json(canon.read((place / "plan.json").read_bytes()))
    listed = [
        pool.Person(
            pool.pid_of(pool.salt_of(key, row["id"]), row),
            made.types.index(tuple(row[one] for one in made.features)),
            pool.household_of(key, [row[one] for one in made.household]),
        )
        for row in rows(place / "pool.csv")
    ]

    assert pool.written(listed) == (place / "pool.txt").read_bytes()


def test_a_second_stage_keeps_the_numbers_of_the_first() -> None:
    first, second = VECTORS / "draw-two-stages/1", VECTORS / "draw-two-stages/2"
    key = bytes.fromhex((first / "key.hex").read_text())
    numbers = {
        row["id"]: pool.pid_of(pool.salt_of(key, row["id"]), row)
        for row in rows(first / "pool.csv")
    }
    made = plan.of_json(canon.read((second / "plan.json").read_bytes()))
    listed = [
        pool.Person(numbers[row["id"]], made.types.index((row["age"],)))
        for row in rows(second / "answers.csv")
    ]

    assert pool.written(listed) == (second / "pool.txt").read_bytes()
    promise = commitment(canon.read((second / "commitment.json").read_bytes()))
    assert promise.previous == stage_digest(canon.read((first / "transcript.json").read_bytes()))


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_drawn_again(example: str) -> None:
    expected = files(example)
    promise = commitment(canon.read(expected["commitment.json"]))
    made = plan.of_json(canon.read(expected["plan.json"]))
    listed = pool.read(expected["pool.txt"])
    values = [sources.valued(one) for one in canon.read(expected["sources.json"])]
    result = Result(promise, made, listed[::-1], values)
    panel = result.panel()
    for event in canon.read(expected["transcript.json"])["events"]:
        panel.replace(event["out"])

    assert canon.written(made.as_json()) == expected["plan.json"]
    assert canon.written(promise.as_json()) == expected["commitment.json"]
    assert canon.written(result.transcript(panel.events)) == expected["transcript.json"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_verified(example: str) -> None:
    verdict = verified(
        files(example),
        signed=lambda number, _: number == 1000,
        previous=first_stage(example),
    )

    assert {light.state for light in verdict.lights.values()} == {State.GREEN}
    assert verdict.good
    assert not verdict.waiting


def test_the_example_with_quotas_has_all_that_may_happen() -> None:
    said = canon.read(files("draw-quotas-16")["transcript.json"])
    kinds = {one.pid: one.type for one in pool.read(files("draw-quotas-16")["pool.txt"])}
    events = [Event(*(one[key] for key in ("n", "out", "in", "type", "gap", "prev")))
              for one in said["events"]]  # fmt: skip

    assert len(said["passed_household"]) > len(said["waived_household"]) > 0
    assert any(one.entering and kinds[one.entering] != one.type for one in events)
    assert [one.entering for one in events[-2:]] == [None, None]
    assert said["composition"] > 0
    assert {one["kind"] for one in said["sources"]} == {"drand", "des", "loto", "mots"}


def test_the_examples_are_what_their_scripts_write(tmp_path: Path) -> None:
    for script in ("make_jury_v1.py", "make_jury_tampers.py"):
        place = tmp_path / "tampers.json" if "tampers" in script else tmp_path
        subprocess.run([sys.executable, VECTORS / script, place], check=True)

    assert (tmp_path / "tampers.json").read_bytes() == (VECTORS / "draw-tampers.json").read_bytes()
    for place in filter(Path.is_file, tmp_path.rglob("draw-*/**/*")):
        assert place.read_bytes() == (VECTORS / place.relative_to(tmp_path)).read_bytes()


def test_without_a_checker_the_signature_is_amber() -> None:
    verdict = verified(files())

    assert verdict.lights["graine"].state is State.AMBER
    assert verdict.good


def test_a_second_stage_without_its_first_is_amber() -> None:
    verdict = verified(files("draw-two-stages/2"), signed=lambda _round, _signature: True)

    assert verdict.lights["liste"].state is State.AMBER
    assert verdict.good
