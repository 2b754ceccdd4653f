"""Types that a plan keeps to itself: nothing of them is published, all of it is in the table."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cq.draw import canon, plan, sealing
from cq.draw.canon import BadFile
from cq.draw.plan import Plan, Quota

VECTOR = Path(__file__).parents[2] / "vectors" / "draw-sealed-16"
KEY = bytes.fromhex((VECTOR / "key.hex").read_text())
NONCE = sealing.nonce_of(KEY, "essai")
OPEN = Plan(
    features=("age", "genre"),
    types=(("16-29", "F"), ("16-29", "H"), ("30 et plus", "F"), ("30 et plus", "H")),
    counts=(3, 4, 6, 5),
    k=6,
    quotas=(Quota("age", "16-29", 2, 3), Quota("genre", "F", 3, 3)),
    compositions=((1, 1, 2, 2), (1, 2, 2, 1), (2, 1, 1, 2)),
    tickets=(250_000, 499_999, 250_001),
    household=("adresse",),
)


def read(name: str) -> object:
    return canon.read((VECTOR / name).read_bytes())


def test_the_example_is_opened_by_its_table_and_sealed_again() -> None:
    closed = plan.of_json(read("plan.json"))
    opened = sealing.opened(closed, (VECTOR / sealing.NAME).read_bytes())
    assert closed.is_closed
    assert not opened.is_closed
    assert canon.written(opened.as_json()) == (VECTOR / "plan.json").read_bytes()
    # From the values in their order, as a town hall has them.
    order = sorted(range(len(opened.types)), key=lambda kind: opened.types[kind])
    before = Plan(
        opened.features, tuple(opened.types[one] for one in order),
        tuple(opened.counts[one] for one in order), opened.k, opened.quotas,
        tuple(tuple(each[one] for one in order) for each in opened.compositions),
        opened.tickets, opened.household,
    )  # fmt: skip
    again, table = sealing.sealed(before, sealing.nonce_of(KEY, "sealed-16"))
    assert again == opened
    assert canon.written(table.as_json()) == (VECTOR / sealing.NAME).read_bytes()


def test_what_is_published_says_no_value_and_no_quota() -> None:
    made, _ = sealing.sealed(OPEN, NONCE)
    said = canon.written(made.as_json()).decode()
    assert set(json.loads(said)) == {
        "compositions", "counts", "features", "household", "k", "sealed", "tickets", "total",
    }  # fmt: skip
    assert not any(value in said for values in OPEN.types for value in values if len(value) > 1)
    assert NONCE not in said


def test_numbers_do_not_follow_the_values() -> None:
    """In the order of values, whoever knows which values there are would have the table."""
    orders = {
        sealing.sealed(OPEN, sealing.nonce_of(KEY, f"essai-{number}"))[0].types
        for number in range(60)
    }
    assert len(orders) > 15  # of 24


def test_the_lottery_is_the_same() -> None:
    made, _ = sealing.sealed(OPEN, NONCE)
    chances = dict(zip(OPEN.types, map(OPEN.chance, range(4)), strict=True))
    assert {values: made.chance(kind) for kind, values in enumerate(made.types)} == chances
    assert made.total == OPEN.total
    assert dict(zip(made.types, made.counts, strict=True)) == dict(
        zip(OPEN.types, OPEN.counts, strict=True)
    )


def test_a_second_stage_has_another_nonce() -> None:
    assert sealing.nonce_of(KEY, "courriers") != sealing.nonce_of(KEY, "jury")


def test_a_gap_is_told_from_the_composition_alone() -> None:
    made, _ = sealing.sealed(OPEN, NONCE)
    closed = plan.of_json(canon.read(canon.written(made.as_json())))
    for seats in ((1, 1, 1, 1), (3, 0, 0, 3), (0, 0, 6, 0)):
        assert [made.gap(seats, at) for at in range(3)] == [
            closed.gap(seats, at) for at in range(3)
        ]


TABLE = sealing.sealed(OPEN, NONCE)[1].as_json()
LEAVES = some.none() | some.booleans() | some.integers(-3, 9) | some.text(max_size=3)
VALUES = some.recursive(LEAVES, lambda one: some.lists(one, max_size=3), max_leaves=8)


@given(key=some.sampled_from(["nonce", "quotas", "types"]), value=VALUES, resealed=some.booleans())
def test_a_hostile_table_is_refused_and_nothing_else(
    key: str, value: object, *, resealed: bool
) -> None:
    made, _ = sealing.sealed(OPEN, NONCE)
    other = {**TABLE, key: value}
    try:
        data = canon.written(other)
    except ValueError:
        return  # no file of the protocol says it
    seal = canon.digest("types", data[:-1]).hex()
    closed = plan.of_json({**made.as_json(), "sealed": seal if resealed else made.sealed})
    if resealed and (key, value) == ("quotas", []):
        assert not sealing.opened(closed, data).quotas  # fewer quotas: held all the same
        return
    with pytest.raises(BadFile):
        sealing.opened(closed, data)
