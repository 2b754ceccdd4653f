"""What the public files of a draw tell a site; a file that was touched turns a light red."""

import hashlib
from pathlib import Path

import pytest

from cq.content import draws
from cq.content.draws import AMBER, GREEN, RED, Draw
from cq.draw import canon, pool
from cq.draw.transcript import NAMES
from cq.jury.told import Known, stages, told

_HEAD = b"date,etape,empreinte,note\n"


@pytest.fixture
def files(root: Path) -> dict[str, bytes]:
    folder = root / "tests" / "vectors" / "draw-simple-12"
    return {name: (folder / name).read_bytes() for name in NAMES}


def read(files: dict[str, bytes], name: str = "simple-12") -> Draw:
    return told(f"jurys/{name}", "key", Known(files, dict))


def reds(draw: Draw) -> list[str]:
    return [one.name for one in draw.lights if one.state == RED]


def test_the_names_are_those_of_the_protocol() -> None:
    assert draws.NAMES[:5] == NAMES


def test_a_whole_draw_is_told(files: dict[str, bytes]) -> None:
    draw = read(files)
    assert {one.state for one in draw.lights} <= {GREEN, AMBER}
    assert (draw.people, draw.seats, draw.replaced, draw.state) == (12, 3, 1, draws.DRAWN)
    assert [one.chance for one in draw.groups] == [(1, 4)]
    assert draw.jury[0][0] == draw.events[0].leaving
    assert draw.events[0].entering == draw.groups[0].reserve[0]
    assert len(draw.words) == 6
    assert draw.faults == ()


def test_the_pieces_are_the_whole_list(files: dict[str, bytes]) -> None:
    draw, data = read(files), files["pool.txt"]
    assert len(draw.shards) == 256
    assert b"".join(data[one.start : one.start + one.size] for one in draw.shards) == data
    leaves = [bytes.fromhex(one.leaf) for one in draw.shards]
    promise = canon.read(files["commitment.json"])
    assert canon.digest("pool", *leaves).hex() == pool.root(data) == promise["pool_root"]


def test_before_the_draw_nothing_is_drawn(files: dict[str, bytes]) -> None:
    draw = read({name: files[name] for name in NAMES[:3]})
    assert (draw.state, draw.drawn, draw.seed, draw.jury) == ("engagé", False, "", ())
    assert draw.sources[0].value == ""
    assert reds(draw) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "light"),
    [
        ("pool.txt", b"0,\n", b"1,\n", "liste"),
        ("plan.json", b'"k":3', b'"k":4', "plan"),
        ("commitment.json", b'"pool_size":12', b'"pool_size":13', "liste"),
        ("sources.json", b'"round":1000', b'"round":1001', "graine"),
        ("transcript.json", b'"ticket":0', b'"ticket":1', "tirage"),
        ("transcript.json", b'"gap":0', b'"gap":1', "remplacements"),
    ],
)
def test_a_file_that_was_touched(
    files: dict[str, bytes], name: str, old: bytes, new: bytes, light: str
) -> None:
    assert old in files[name]
    draw = read(files | {name: files[name].replace(old, new, 1)})
    assert reds(draw)[:1] == [light]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]\n", b"null\n", b"\xff", b"[" * 100_000, b"1" * 9999]
)
@pytest.mark.parametrize("name", draws.NAMES)
def test_whatever_a_file_holds_is_told(files: dict[str, bytes], name: str, data: bytes) -> None:
    draw = read(files | {name: data})
    assert reds(draw) or draw.faults or not draw.page_known


def test_a_draw_of_another_name(files: dict[str, bytes]) -> None:
    assert [one.file for one in read(files, "autre").faults] == ["commitment.json"]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (b"2026-01-01,gel,,x\n2026-01-02,gel,,y,z\n", 3),
        (b"1/1/2026,gel,,x\n", 2),
        (b"2026-02-01,gel,,x\n2026-01-02,engagement,,y\n", 3),
        (b"2026-01-01,gel,XYZ,x\n", 2),
        (b'2026-01-01,gel,,"a\nb"\n2026-01-02,purge,zz,\n', 4),
        (b"2026-01-01,gel,,\xff\n", 2),
        (b"2026-01-01,gel,," + b"x" * 21_000 + b"\n", 2),
        (b'2026-01-01,gel,,"=HYPERLINK(""https://x.example"")"\n', 2),
        (b"2026-01-01,-1+cmd|x,,\n", 2),
    ],
)
def test_a_log_that_is_none(files: dict[str, bytes], lines: bytes, line: int) -> None:
    draw = read(files | {"journal.csv": _HEAD + lines})
    assert [(one.file, one.line) for one in draw.faults] == [("journal.csv", line)]
    assert draw.journal == ()


def test_words_as_long_as_a_source_takes_them_are_a_line(files: dict[str, bytes]) -> None:
    """What `draw` writes when it refuses a second saying: both of them."""
    note = f"{'l' * 200} : « {'x' * 10_000} » au lieu de « {'y' * 10_000} »"
    draw = read(files | {"journal.csv": _HEAD + f"2026-01-01,refus,,{note}\n".encode()})
    assert (draw.faults, len(draw.journal)) == ((), 1)


def test_a_cancelled_draw_says_so(files: dict[str, bytes]) -> None:
    log = _HEAD + "2026-01-01,annulation,,la liste était fausse\n".encode()
    draw = read({name: files[name] for name in NAMES[:3]} | {"journal.csv": log})
    assert draw.state == draws.STOPPED
    assert draw.cancelled is not None
    assert draw.cancelled.note == "la liste était fausse"


def test_an_unknown_page_is_not_ours(files: dict[str, bytes]) -> None:
    data = b"<script>alert(1)</script>"
    draw = read(files | {"verifier.html": data})
    assert (draw.page, draw.page_known) == (hashlib.sha256(data).hexdigest(), False)


def test_a_second_stage_knows_its_first(files: dict[str, bytes]) -> None:
    found = stages({"a": files["transcript.json"], "b": b"{"})
    assert found[read(files).stage] == files["transcript.json"]
