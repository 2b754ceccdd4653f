"""Processes that may die: how each ends is an answer, and the others go on."""

import ctypes
import multiprocessing
import os
import resource
import signal
import time

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
