"""Workers: their answers in order, their faults as faults, and no waiting for one that is gone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cq.over import WorkerLost, aside, over


def double(number: int) -> int:
    return 2 * number


def fail_at_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


def die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.mark.parametrize("jobs", [1, 2, 5, 64])
def test_answers_come_in_order(jobs: int) -> None:
    assert list(over(double, range(1000), jobs=jobs)) == [2 * one for one in range(1000)]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("count", "asked"), [(0, 0), (3, 1), (100, 1)])
def test_what_can_wait_is_done_once_with_or_without_workers(
    jobs: int, count: int, asked: int
) -> None:
    done: list[int] = []
    answers = over(double, range(count), jobs=jobs, meanwhile=lambda: done.append(1))
    assert len(list(answers)) == count
    assert len(done) == asked


def test_what_a_worker_raises_is_raised_with_its_place() -> None:
    with pytest.raises(ValueError, match="seven") as caught:
        list(over(fail_at_seven, range(100), jobs=2))
    assert "fail_at_seven" in caught.value.__notes__[0]


def test_a_killed_worker_is_said_and_not_waited_for() -> None:
    with pytest.raises(WorkerLost, match="arrêté"):
        list(over(die_at_seven, range(100), jobs=2))


def test_a_preparation_that_fails_is_said_once() -> None:
    def prepare() -> None:
        raise LookupError("nothing to work with")

    with pytest.raises(LookupError):
        list(over(double, range(100), jobs=2, prepare=prepare))


def test_what_cannot_be_sent_is_a_fault() -> None:
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        list(over(lambda _: lambda: None, range(100), jobs=2))


def test_no_worker_stays_behind() -> None:
    before = children()
    answers = over(double, range(10_000), jobs=3)
    assert next(answers) == 0
    assert len(children() - before) == 3
    answers.close()
    assert children() == before


def test_aside_answers_and_fails_like_the_function() -> None:
    assert aside(lambda: 3, jobs=2)() == 3
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0, jobs=2)()
    with pytest.raises(WorkerLost):
        aside(lambda: os.kill(os.getpid(), signal.SIGKILL), jobs=2)()


_PARENT = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell leaves it ignored
from cq.over import over
def slow(number):
    time.sleep(0.05)
    return number
for one in over(slow, range(10_000), jobs=3):
    print(one, flush=True)
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(sign: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stderr is not None
        parent.stdout.readline()
        workers = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        assert len(workers) == 3
        parent.send_signal(sign)
        parent.wait(10)
        limit = time.monotonic() + 10
        while any(Path(f"/proc/{one}").exists() for one in workers) and time.monotonic() < limit:
            time.sleep(0.02)
        assert not any(Path(f"/proc/{one}").exists() for one in workers)
        assert "Process Fork" not in parent.stderr.read()
