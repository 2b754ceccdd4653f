"""Folders from a hand that means harm: a red light in a bounded time, never an error."""

import hashlib
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cq.draw import canon, plan, pool, sources
from cq.draw.plan import Plan, Quota
from cq.draw.pool import Person
from cq.draw.seating import seed_of
from cq.draw.transcript import NAMES, Commitment, Result
from cq.draw.verify import State, verified

EXAMPLE = Path(__file__).parents[2] / "vectors" / "draw-quotas-16"
FILES = {name: (EXAMPLE / name).read_bytes() for name in NAMES}
DICE = sources.Source(sources.DICE, label="Dés", count=31)
SEEN = DICE.valued("3162254416352116542336124556214")


def red(files: dict[str, bytes]) -> list[str]:
    lights = verified(files).lights.values()
    return [light.said[-1] for light in lights if light.state is State.RED]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[" * 16_000_000, "n’est pas du JSON"),
        (b'{"a":' * 3_000_000, "n’est pas du JSON"),
        (b"9" * 1_000_000, "n’est pas du JSON"),
        (b"[" * 34 + b"]" * 34 + b"\n", "n’est pas du JSON"),
        (b"[" * 33 + b"]" * 33 + b"\n", "n’est pas un plan"),
        (b'"\\ud800"\n', "n’est pas du JSON"),
        ('"e\u0301"\n'.encode(), "n’est pas du JSON"),
        (b'{"k":1e2}\n', "n’est pas du JSON"),
        (b'{"k":-0}\n', "forme unique"),
        (b'{"k":9007199254740992}\n', "n’est pas du JSON"),
        (b"NaN\n", "n’est pas du JSON"),
        (b"\xff\xfe[\x00]\x00\n\x00", "forme unique"),
        (b"[" + b"1," * 8_000_000 + b"1]\n", "trop gros"),
        (b"", "n’est pas du JSON"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plan_says_so(data: bytes, words: str) -> None:
    (said,) = red({**FILES, "plan.json": data})

    assert "plan.json" in said
    assert words in said


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a" * 128_000_001, "trop gros"),
        ("é".encode(), "ligne 1 : un caractère"),
        (b"\n" * 2_000_001, "plus de 2000000 lignes"),
        (FILES["pool.txt"].replace(b"\n", b"\x0b"), "dernière ligne"),
        (FILES["pool.txt"].replace(b"\n", b"\r"), "dernière ligne"),
        (b"0" * 32 + b",1000000,\n", "ligne 1 : attendu"),
        (b"x" + FILES["pool.txt"], "ligne 1 : attendu"),
    ],
)
def test_a_file_that_is_no_list_says_so(data: bytes, words: str) -> None:
    (said,) = red({**FILES, "pool.txt": data})

    assert "pool.txt" in said
    assert words in said


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "\x1b[2J"), ("title", "x" * 301), ("title", 3), ("draw", "../../etc"),
        ("draw", "x" * 61), ("pool_size", True), ("pool_size", 0), ("pool_size", -16),
        ("pool_size", 2**53 - 1), ("pool_root", "0" * 63), ("pool_root", ["0" * 64]),
        ("plan", "A" * 64), ("previous", ""), ("previous", []), ("published", "2026-11-22"),
        ("published", "2026-13-01T00:00:00Z"), ("published", "2026-12-01T00:00:60Z"),
        ("published", "٢٠٢٦-12-01T00:00:00Z"), ("published", None), ("sources", {}),
        ("sources", [None]), ("sources", [{"kind": []}]), ("sources", [{"kind": "drand"}] * 17),
        ("sources", [{"kind": "des", "label": "\x07", "count": 40}]),
        ("sources", [{"kind": "des", "label": "Dés", "count": 1_001}]),
        ("sources", [{"kind": "des", "label": "Dés", "count": True}]),
        ("sources", [{"kind": "mots", "label": "Mots", "count": 3}]),
    ],
)  # fmt: skip
def test_a_commitment_that_is_none_turns_one_light_red(key: str, value: Any) -> None:
    made = canon.read(FILES["commitment.json"])
    made[key] = value

    (said,) = red({**FILES, "commitment.json": canon.written(made)})

    assert said.startswith("Dans commitment.json : ")


def test_a_plan_that_would_take_hours_is_not_read() -> None:
    wide = plan.simple(12, 3).as_json()
    wide |= {"features": ["f"], "types": [[f"{number:06}"] for number in range(50_001)]}
    with pytest.raises(canon.BadFile, match="trop grand"):
        plan.of_json(wide)
    with pytest.raises(canon.BadFile, match="trop grand"):
        plan.of_json({**plan.simple(12, 3).as_json(), "features": ["f"] * 33})
    many = {**wide, "types": wide["types"][:2_000], "compositions": [[]] * 1_001}
    with pytest.raises(canon.BadFile, match="trop grand"):
        plan.of_json(many)


def chained(people: int, kinds: int, homes: int, seats: int) -> dict[str, bytes]:
    """A draw whose every member is replaced until nobody is left, in few and crowded homes."""
    listed = [
        Person(hashlib.sha256(str(number).encode()).hexdigest()[:32], number % kinds,
               f"{number % homes:016x}")
        for number in range(people)
    ]  # fmt: skip
    types = tuple((f"{kind:03}",) for kind in range(kinds))
    quotas = tuple(Quota("t", value, seats, seats) for (value,) in types)
    made = Plan(("t",), types, (people // kinds,) * kinds, seats * kinds, quotas,
                ((seats,) * kinds,), (1,), ("voie",))  # fmt: skip
    text = pool.written(listed)
    promise = Commitment("essai", "Essai", people, pool.root(text), made.digest(), (DICE,),
                         "2026-11-22T10:00:00Z")  # fmt: skip
    result = Result(promise, made, listed, [SEEN])
    panel = result.panel()
    while panel.sitting:
        panel.replace(next(iter(panel.sitting)))
    written = [made.as_json(), promise.as_json(), [SEEN.as_json()],
               result.transcript(panel.events)]  # fmt: skip
    return dict(zip(NAMES, [text, *map(canon.written, written)], strict=True))


def test_a_long_chain_is_verified_without_going_through_everyone_each_time() -> None:
    files = chained(people=10_000, kinds=20, homes=300, seats=100)
    start = time.process_time()
    verdict = verified(files)

    assert verdict.good
    assert time.process_time() - start < 5  # one on a calm machine


def test_many_quotas_for_many_compositions_are_no_long_work() -> None:
    """Quotas for values that nobody has cost one look, not one for each composition."""
    many, k = 30_000, 40_000
    made = Plan(
        ("t",),
        (("a",), ("b",)),
        (k, k),
        k,
        (
            Quota("t", "a", 1, k),
            Quota("t", "b", 1, k),
            *(Quota("t", f"b{n:04}", 0, 0) for n in range(4_998)),
        ),
        tuple((seats, k - seats) for seats in range(1, many + 1)),
        (*[1] * (many - 1), plan.TICKETS - many + 1),
    )
    start = time.process_time()

    assert plan.of_json(made.as_json()) == made
    assert time.process_time() - start < 3  # a quarter of one on a calm machine
    for least in (1, 2):  # one that each composition breaks; one that the first does
        at = 0 if least == 2 else 5
        quotas = list(made.quotas)
        quotas[at] = Quota("t", quotas[at].value, least, k)
        with pytest.raises(canon.BadFile, match="la composition 1 ne tient pas"):
            plan.of_json(replace(made, quotas=tuple(quotas)).as_json())


def test_too_many_replacements_for_too_many_types_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cq.draw.verify._MOST_STEPS", 60 * (10 * 1 + 10) - 1)

    assert red(chained(people=60, kinds=10, homes=7, seats=2)) == [
        "transcript.json a trop de remplacements pour être vérifié."
    ]


def test_a_seed_needs_every_source() -> None:
    promise = Commitment("essai", "Essai", 2, "0" * 64, "0" * 64, (DICE,), "2026-11-22T10:00:00Z")
    people = [Person("0" * 32, 0), Person("1" * 32, 0)]
    for values in (
        [],
        [SEEN, SEEN],
        [sources.Source(sources.DICE, label="X", count=1).valued("1")],
    ):
        with pytest.raises(ValueError, match="not the sources"):
            Result(promise, plan.simple(2, 1), people, values)
    for values in ([], [b""], [b"x", b""]):
        with pytest.raises(ValueError, match="no value"):
            seed_of(bytes(32), values)


def test_two_people_with_one_number_are_not_written() -> None:
    with pytest.raises(ValueError, match="one pid"):
        pool.written([Person("0" * 32, 0), Person("0" * 32, 1)])


@pytest.mark.parametrize(
    ("kind", "count", "typed", "value"),
    [
        ("des", 3, "426", "4 2 6"), ("des", 3, " 4, 2 ;6 ", "4 2 6"), ("des", 1, "4", "4"),
        ("loto", 5, "49-3-17-3-8", "3 3 8 17 49"), ("mots", 0, " Été\u00a0 42 ", "Été 42"),
        ("des", 3, "427", None), ("des", 3, "4 2", None), ("des", 3, "٤ 2 6", None),
        ("des", 1, "", None), ("loto", 5, "1 2 3 4 50", None), ("loto", 5, "01 2 3 4 5", None),
        ("mots", 0, " \u2009 ", None), ("mots", 0, "x" * 10_001, None),
        ("mots", 0, "\ufeffa", None),
    ],
)  # fmt: skip
def test_what_is_typed_has_one_spelling(kind: str, count: int, typed: str, value: str) -> None:
    source = sources.Source(kind, label="L", count=count)
    if value is None:
        with pytest.raises(sources.BadValue):
            source.valued(typed)
    else:
        made = source.valued(typed)
        assert made.value == value
        assert sources.valued(made.as_json()) == made


def test_weak_sources_are_told_from_strong_ones() -> None:
    def named(kind: str, count: int = 0) -> sources.Source:
        return sources.Source(kind, round=1, label="L", count=count)

    assert sources.enough([named("drand")])
    assert sources.enough([named("des", 31)])
    assert not sources.enough([named("des", 30), named("mots")])
    assert sources.enough([named("des", 23), named("loto", 6)])
    assert not sources.enough([named("des", 22), named("loto", 6)])
    assert not sources.enough([])
