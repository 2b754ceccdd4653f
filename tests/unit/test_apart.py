"""Processes that may die: how each ends is an answer, and the others go on."""

import ctypes
import multiprocessing
import os
import resource
import signal
import time
from pathlib import Path

import pytest

from cq.apart import Bounds, End, apart

SHORT = Bounds(seconds=1, memory=64 << 20, answer=1 << 10)


def itself(thing: str) -> bytes:
    return thing.encode()


def work(data: bytes) -> bytes:  # noqa: C901 - one thing after the other
    match data:
        case b"crash":
            ctypes.string_at(0)
        case b"abort":
            os.abort()
        case b"loop":
            while True:
                pass
        case b"memory":
            held = bytearray(1 << 30)
            return held[:1]
        case b"kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"long":
            return b"x" * (1 << 11)
        case b"open":
            try:
                os.open("/dev/null", os.O_RDONLY)
            except OSError:
                return b"shut"
        case b"nothing":
            os._exit(0)
        case b"wrong":
            raise ValueError
        case b"end":
            os.kill(os.getpid(), signal.SIGTERM)
    return data.upper()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_each_has_its_own_end(jobs: int) -> None:
    things = ["a", "crash", "b", "abort", "loop", "c", "memory", "kill", "long", "d", "open"]
    things += ["nothing", "wrong", "end", "e"]
    assert list(apart(itself, work, things, jobs=jobs, bounds=SHORT)) == [
        b"A", End.CRASHED, b"B", End.CRASHED, End.SLOW, b"C", End.CRASHED, End.KILLED,
        End.CRASHED, b"D", b"shut", End.CRASHED, End.CRASHED, End.CRASHED, b"E",
    ]  # fmt: skip


def test_the_time_of_one_is_not_that_of_the_next() -> None:
    def busy(data: bytes) -> bytes:
        since = time.process_time()
        while time.process_time() - since < 0.6:
            pass
        return data

    assert list(apart(itself, busy, ["a", "b", "c"], jobs=1, bounds=SHORT)) == [b"a", b"b", b"c"]


def test_one_that_sleeps_is_waited_for_and_then_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cq.apart._PATIENCE", 0.3)

    def asleep(data: bytes) -> bytes:
        time.sleep(30 if data == b"asleep" else 0)
        return data

    since = time.monotonic()
    assert list(apart(itself, asleep, ["a", "asleep", "b"], jobs=2, bounds=SHORT)) == [
        b"a", End.SLOW, b"b",
    ]  # fmt: skip
    assert time.monotonic() - since < 10


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def has_only_its_pipe(data: bytes) -> bytes:
    return b"%d" % sum(_is_open(number) for number in range(3, 500)) + data


def test_a_process_keeps_nothing_of_ours_open(tmp_path: Path) -> None:
    with (tmp_path / "ledger").open("w", encoding="utf-8"):
        answers = list(apart(itself, has_only_its_pipe, ["a", "b", "c"], jobs=3))
    assert answers == [b"1a", b"1b", b"1c"]


@pytest.mark.parametrize(
    ("said", "end"),
    [
        (b"\0\0\0\0\0\0\0\x09+half", End.SLOW),
        (b"\0\0", End.SLOW),
        (b"\xff\xff\xff\xff\xff\xff\xff\xff+", End.CRASHED),
        (b"\0\0\0\0\0\0\0\2+ab", End.CRASHED),
        (b"\0\0\0\0\0\0\0\0", End.CRASHED),
        (b"\0\0\0\0\0\0\0\3?ab", End.CRASHED),
        (b"\0\0\0\0\0\0\0\3!no", End.CRASHED),
    ],
    ids=["half", "no size", "too long", "more", "empty", "neither", "a fault that is none"],
)
def test_one_that_a_file_has_taken_over_is_ended(
    said: bytes, end: End, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers whatever it likes, and sleeps: we neither wait for more nor believe it."""
    monkeypatch.setattr("cq.apart._PATIENCE", 0.5)

    def taken_over(data: bytes) -> bytes:
        if data == b"bad":
            number = next(one for one in range(3, 500) if _is_open(one))
            os.write(number, said)
            time.sleep(30)
        return data

    since = time.monotonic()
    things = ["a", "bad", "b"]
    assert list(apart(itself, taken_over, things, jobs=1, bounds=SHORT)) == [b"a", end, b"b"]
    assert time.monotonic() - since < 10
    assert multiprocessing.active_children() == []


def test_a_slow_one_does_not_gather_the_answers_of_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cq.apart._AHEAD", 2)

    def take(thing: int) -> bytes:
        (tmp_path / str(thing)).touch()
        return b"%d" % thing

    def uneven(data: bytes) -> bytes:
        if data == b"0":
            time.sleep(0.5)
        return data

    answers = apart(take, uneven, range(50), jobs=2)
    assert next(answers) == b"0"
    assert {one.name for one in tmp_path.iterdir()} == {"0", "1", "2", "3"}
    assert list(answers) == [b"%d" % number for number in range(1, 50)]


def test_what_a_process_has_seen_before_is_not_to_blame() -> None:
    """The second one falls only in a process that has had another: it gets one of its own."""
    seen: list[bytes] = []

    def fragile(data: bytes) -> bytes:
        if seen:
            os.abort()
        seen.append(data)
        return data

    assert list(apart(itself, fragile, ["a", "b", "c"], jobs=1)) == [b"a", b"b", b"c"]


def test_a_file_that_is_gone_is_said() -> None:
    def take(thing: str) -> bytes:
        raise FileNotFoundError(2, "absent", thing)

    with pytest.raises(OSError, match=r"absent: 'a\.pdf'"):
        list(apart(take, work, ["a.pdf"], jobs=1))


def test_ours_keeps_its_own_bounds_and_no_child() -> None:
    before = [resource.getrlimit(one) for one in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)]
    answers = apart(itself, work, ["a", "b", "c"], jobs=3)
    assert next(answers) == b"A"
    answers.close()  # type: ignore[attr-defined]
    after = [resource.getrlimit(one) for one in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)]
    assert before == after
    assert multiprocessing.active_children() == []


def test_nothing_to_do_makes_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process was made"))
    assert not list(apart(itself, work, [], jobs=4))
