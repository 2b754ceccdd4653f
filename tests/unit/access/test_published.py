"""acces.json without its keyring: what can be said of a file that anybody may have touched."""

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.access import due, published
from cq.access.keyring import load
from cq.diagnostic import Severity
from tests.unit.access import town as in_town
from tests.unit.access.town import PHRASE, TODAY, new, town

PATH = PurePosixPath("content/acces.json")


def codes(data: bytes) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in published.faults(PATH, data)]


def sound(iterations: int = 1_000_000) -> bytes:
    return in_town.published(replace(town().keyring, iterations=iterations))[1]


def test_a_sound_one_has_no_fault() -> None:
    assert codes(sound()) == []


def test_too_few_iterations_are_told() -> None:
    assert codes(sound(1000)) == [("bad-acces", Severity.WARNING)]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"[]", b"null", b"<<<<<<< HEAD\n", b"\xff\xfe", b"[" * 100_000,
        b'{"f":"cq-acces","v":2}', b'{"f":"cq-acces","v":1}',
        b'{"f":"cq-acces","v":"' + b"x" * 10_000 + b'"}',
    ],
)  # fmt: skip
def test_a_damaged_one_is_one_short_fault(data: bytes) -> None:
    (found,) = published.faults(PATH, data)
    assert found.code == "bad-acces"
    assert len(found.message) < 250


@given(st.binary(max_size=200))
def test_any_bytes_are_a_fault(data: bytes) -> None:
    assert codes(data) == [("bad-acces", Severity.ERROR)]


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_byte_never_raises(place: int, change: int) -> None:
    data = bytearray(_SOUND)
    data[place % len(data)] ^= change
    list(published.faults(PATH, bytes(data)))
    published.agrees(new(), bytes(data))
    published.outgrown(new(), bytes(data))


_SOUND = sound()


def test_both_files_are_written(tmp_path: Path) -> None:
    keyring, access = tmp_path / "k" / "t.cqk", tmp_path / "s" / "acces.json"
    after = published.save(keyring, access, town().keyring)
    assert published.agrees(after, access.read_bytes())
    assert load(keyring, PHRASE) == after
    again = published.save(keyring, access, after)
    assert again.dummies == after.dummies
    first = json.loads(access.read_bytes())["slots"]
    published.save(keyring, access, after)
    second = json.loads(access.read_bytes())["slots"]
    assert first.keys() == second.keys()  # the same tags, so that no new one is seen to be real
    assert not set(first.values()) & set(second.values())


def test_what_a_build_is_told() -> None:
    home = town()
    path = PurePosixPath("content/acces.json")

    def found(access: bytes | None, today: str = TODAY) -> list[tuple[str, int]]:
        made = due.findings(home.keyring, home.content, today, access, path)
        return [(one.code, one.span.line) for one in made]

    home.keyring, data = in_town.published(home.keyring)
    assert found(data) == []
    assert found(None) == [("stale-acces", 1)]
    assert found(_SOUND) == [("stale-acces", 1)]
    assert found(data, "2027-01-01") == [("open-access", 2)]
    home.content = replace(home.content, records=())
    assert found(data, "2027-01-01") == []
