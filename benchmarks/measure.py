"""One process, measured from outside: wall time, processor time, peak memory of all it starts.

Linux only (`/proc`). A process is called with an environment made here, never the caller's, so
that two people measure the same thing. Timing and memory are separate runs: reading a process's
memory map holds its lock.
"""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PERIOD = 0.02  # seconds between two looks at the memory
_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Call:
    """What to run, where, with which variables beside the fixed ones; output goes to `log`."""

    command: Sequence[str]
    folder: Path
    variables: Mapping[str, str]
    log: Path


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: `wall` from before the start to after the end, `cpu` of it and its children."""

    wall: float
    cpu: float

    def __add__(self, then: "Timing") -> "Timing":
        """Both, one after the other."""
        return Timing(self.wall + then.wall, self.cpu + then.cpu)


class CallError(Exception):
    """The tool itself failed: its number would mean nothing."""


def timing(call: Call) -> Timing:
    os.sync()  # the disk owes nothing to the run before
    with call.log.open("wb") as log:
        start = time.perf_counter()
        process = _start(call, log.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    _finish(call, process, status)
    return Timing(wall, usage.ru_utime + usage.ru_stime)


def spread(rounds: Sequence[Timing]) -> dict[str, float]:
    """The least, the middle and the most of the wall times; the middle of the processor times."""
    walls = [run.wall for run in rounds]
    cpu = statistics.median(run.cpu for run in rounds)
    return {"min": min(walls), "median": statistics.median(walls), "max": max(walls), "cpu": cpu}


def peak(call: Call) -> int:
    """Bytes: the most that all processes of the call held at one look, shared pages counted once.

    The sum of « proportional set sizes »: a page that two workers share counts half in each.
    """
    most = 0
    with call.log.open("wb") as log:
        process = _start(call, log.fileno())
        while True:
            done, status, _ = os.wait4(process.pid, os.WNOHANG)
            if done:
                break
            most = max(most, sum(_memory(pid) for pid in _session(process.pid)))
            time.sleep(PERIOD)
    _finish(call, process, status)
    return most


def _start(call: Call, log: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        call.command,
        cwd=call.folder,
        env={"PATH": _PATH, "LANG": "C.UTF-8", **call.variables},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,  # the mark by which `_session` knows the call's processes
    )


def _finish(call: Call, process: subprocess.Popen[bytes], status: int) -> None:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        words = call.log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise CallError(f"{' '.join(call.command)} : sortie {process.returncode}\n{words}")


def _session(leader: int) -> list[int]:
    """The processes of the session that `leader` opened, those orphaned on the way included."""
    entries = os.listdir("/proc")  # noqa: PTH208 - fifty times a second, no Path for each
    return [int(entry) for entry in entries if entry.isdigit() and _field(entry) == leader]


def _field(entry: str) -> int:
    try:
        stat = Path("/proc", entry, "stat").read_bytes()
    except OSError:  # gone between the listing and now
        return 0
    # After the name, which stands in brackets and may hold anything: state, parent, group, session.
    return int(stat.rpartition(b")")[2].split()[3])


def _memory(pid: int) -> int:
    try:
        rollup = Path("/proc", str(pid), "smaps_rollup").read_bytes()
    except OSError:
        return 0
    for line in rollup.splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) * 1024
    return 0
