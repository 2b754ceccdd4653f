"""Kill, fill, forbid, collide: the published site stays whole, and the next build is right.

The faults are real ones: SIGKILL, a full disk, a read-only disk, a user without rights.
"""

import contextlib
import importlib.util
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from cq.site import exchange
from cq.site.write import WriteFailed

HERE = Path(__file__).parent
DRIVER = HERE / "driver.py"
ROOT = HERE.parent.parent
_spec = importlib.util.spec_from_file_location("crash_driver", DRIVER)
driver = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(driver)

NOBODY = 65534


def start(root: Path, version: int, workers: int = 1) -> subprocess.Popen:
    command = [sys.executable, str(DRIVER), str(root), str(version), str(workers)]
    search = {"PYTHONPATH": str(ROOT), "PATH": os.defpath}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=search, text=True)
    assert child.stdout.readline() == "ready\n"
    return child


def ended(child: subprocess.Popen) -> int:
    with child:
        child.communicate(timeout=60)
    return child.returncode


def published(root: Path) -> dict[str, bytes] | None:
    site = root / "build/site"
    assert not site.is_symlink()
    if not site.exists():
        return None
    return {
        str(file.relative_to(site)): file.read_bytes()
        for file in site.rglob("*")
        if not file.is_dir()
    }


def in_a_child(work) -> int:
    """Run `work` in a fork: 0, 3 for `WriteFailed`, 9 for any other exception, minus a signal."""
    child = os.fork()
    if not child:
        code = 9
        try:
            work()
            code = 0
        except WriteFailed:
            code = 3
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def root(tmp_path):
    """In memory where there is such a disk: some others take milliseconds to remove a folder, and
    it is processes that die here, not disks. The unit tests build on the usual disk.
    """
    memory = Path("/dev/shm")  # noqa: S108 — no fixed name in it
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def built(root):
    driver.build(root, driver.pages(1))
    return root


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_twenty_five_moments_each(built, workers):
    driver.build(built, driver.pages(2))
    driver.build(built, driver.pages(1))
    begin = time.perf_counter()
    assert ended(start(built, 2, workers)) == 0
    driver.build(built, driver.pages(1))
    whole = (time.perf_counter() - begin) / 2  # a start and two builds: a build and some
    outcomes = []
    for moment in range(25):
        old, new = driver.pages(moment + 1), driver.pages(moment + 2)
        # The golden section spreads the moments evenly whatever their number; no dice to repeat.
        delay = (moment * 0.6180339887498949) % 1 * whole
        child = start(built, moment + 2, workers)
        time.sleep(delay)
        child.kill()
        killed = ended(child) == -signal.SIGKILL
        found = published(built)
        assert found in (old, new), f"neither old nor new after {delay:.4f} s"
        outcomes.append((killed, found == new))
        if moment % 3 == 0:  # and the build that mends is killed, too
            child = start(built, moment + 2, workers)
            time.sleep(whole / 3)
            child.kill()
            ended(child)
            assert published(built) in (old, new)
        driver.build(built, new, workers)
        assert published(built) == new
    assert (True, False) in outcomes, "no kill came before the exchange: the test tests nothing"


MUTATING = ("open", "write", "link", "unlink", "mkdir", "rmdir", "rename", "replace", "utime")


def killed_at(step: int) -> None:
    """From now on, the process kills itself in place of its `step`th change to the disk."""
    left = iter(range(step - 1, -1, -1))
    for name in MUTATING:
        real = getattr(os, name)

        def counted(*args, _real=real, **options):
            if not next(left):
                os.kill(os.getpid(), signal.SIGKILL)
            return _real(*args, **options)

        setattr(os, name, counted)
    swap = exchange._at_once

    def swapped(*places):
        if not next(left):
            os.kill(os.getpid(), signal.SIGKILL)
        return swap(*places)

    exchange._at_once = swapped


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("state", ["settled", "unsettled", "unknown"])
def test_killed_before_every_single_change_to_the_disk(root, at_once, state, monkeypatch):
    """Not at random but at each call in turn, in the three ways in which a build can go."""
    if not at_once:
        monkeypatch.setattr(exchange, "_at_once", lambda *_: False)
    one, two = driver.pages(1, 12), driver.pages(2, 12)
    saw_nothing = saw_new = 0
    for step in range(1, 500):
        driver.build(root, one)
        if state != "settled":
            (root / "build/cache/settled.json").unlink()
        if state == "unknown":
            (root / "user-cache/ledger").unlink()

        def work(step=step):
            killed_at(step)
            driver.build(root, two)

        code = in_a_child(work)
        found = published(root)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        if found is None:  # possible only between two renames, and mended by any next start
            assert not at_once
            saw_nothing += 1
            driver.build(root, one)
            assert published(root) == one
        else:
            assert found in (one, two)
            saw_new += found == two
        driver.build(root, two)
        assert published(root) == two
    else:
        pytest.fail("the build never came to its end")
    assert step > 20
    assert saw_new
    assert saw_nothing == (not at_once)


def test_a_worker_that_outlives_its_parent_does_not_spoil_the_next_build(built):
    """The lock is the worker's too: the next build waits until it has stopped writing."""
    slow = driver._put

    def orphan():
        def delayed(*args):
            time.sleep(0.004)
            return slow(*args)

        driver._put = delayed
        driver.build(built, driver.pages(2), 2)

    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            orphan()
        os._exit(0)
    time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert published(built) == driver.pages(1)
    driver.build(built, driver.pages(3))
    assert published(built) == driver.pages(3)
    time.sleep(0.3)
    assert published(built) == driver.pages(3)
    driver.build(built, driver.pages(4))
    assert published(built) == driver.pages(4)


def test_two_builds_at_once(built):
    for version in (2, 4):
        both = [start(built, version, 2), start(built, version + 1)]
        assert [ended(one) for one in both] == [0, 0]
        assert published(built) in (driver.pages(version), driver.pages(version + 1))
        driver.build(built, driver.pages(version))
        assert published(built) == driver.pages(version)


# A mount of its own, seen by nobody else and gone with the process; without root, in a user
# namespace. Where even that is forbidden (some containers), the tests below it still bind.
UNSHARE = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-rm"]


def with_mounts(script: str, *arguments: object) -> subprocess.CompletedProcess:
    command = [*UNSHARE, "sh", "-euc", script, "sh", *map(str, arguments)]
    search = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}  # noqa: TID251 — to find mount
    return subprocess.run(
        command, capture_output=True, text=True, env=search, timeout=60, check=False
    )


def mounts_allowed() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        return with_mounts('mount -t tmpfs none "$1"', folder).returncode == 0


needs_mounts = pytest.mark.skipif(not mounts_allowed(), reason="mounting is forbidden here")


@needs_mounts
def test_a_full_disk(tmp_path):
    """A disk of its own that has room for the old site and not for the new one."""
    script = """
        disk=$1 keep=$2 python=$3 driver=$4
        mount -t tmpfs -o size=3500k,nr_inodes=4000 none "$disk"
        "$python" "$driver" "$disk" 1
        cp -r "$disk/build/site" "$keep/before"
        head -c 10m /dev/zero > "$disk/ballast" 2>/dev/null || true
        truncate -s -200K "$disk/ballast"
        code=0; "$python" "$driver" "$disk" 2 > "$keep/said" || code=$?
        echo $code > "$keep/code"
        cp -r "$disk/build/site" "$keep/full"
        rm "$disk/ballast"
        "$python" "$driver" "$disk" 2
        cp -r "$disk/build/site" "$keep/after"
    """
    disk, keep = tmp_path / "disk", tmp_path / "keep"
    disk.mkdir()
    keep.mkdir()
    done = with_mounts(script, disk, keep, sys.executable, DRIVER)
    assert done.returncode == 0, done.stderr
    assert (keep / "code").read_text() == "3\n"
    assert "il n’y a plus de place sur le disque" in (keep / "said").read_text()
    for name, version in (("before", 1), ("full", 1), ("after", 2)):
        place = tmp_path / "look" / name / "build"
        place.mkdir(parents=True)
        shutil.copytree(keep / name, place / "site")
        assert published(place.parent) == driver.pages(version), name


@needs_mounts
def test_a_read_only_disk(built):
    """The whole build/ folder on a disk that was remounted read-only, as after an I/O error."""
    script = """
        mount --bind "$1/build" "$1/build"
        mount -o remount,ro,bind "$1/build"
        code=0; "$2" "$3" "$1" 2 || code=$?
        test $code -eq 3
    """
    done = with_mounts(script, built, sys.executable, DRIVER)
    assert done.returncode == 0, done.stderr
    assert "en lecture seule" in done.stdout
    assert published(built) == driver.pages(1)
    driver.build(built, driver.pages(2))
    assert published(built) == driver.pages(2)


def test_a_size_limit_in_the_middle_of_a_build(built):
    """RLIMIT_FSIZE: the kernel refuses to make a file longer, half-way through it."""
    wanted = driver.pages(2)
    wanted["section-0/film.pdf"] = bytes(3_000_000)

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        driver.build(built, wanted)

    assert in_a_child(limited) == 3
    assert published(built) == driver.pages(1)
    assert not list((built / "build/cache/next").rglob("film.pdf"))
    driver.build(built, wanted)
    assert published(built) == wanted


@pytest.mark.parametrize("locked", ["build", "build/cache", "build/cache/next", "build/cache/lock"])
def test_a_user_without_the_right_to_write(built, locked):
    """Root is bound by no mode, so the build becomes nobody where the tests run as root."""
    driver.build(built, driver.pages(2))
    if os.geteuid() == 0:
        for one in (built, *built.rglob("*")):
            os.chown(one, NOBODY, NOBODY, follow_symlinks=False)
    place = built / locked
    place.chmod(0o555 if place.is_dir() else 0o444)

    def unprivileged():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        driver.build(built, driver.pages(3))

    assert in_a_child(unprivileged) == 3
    assert published(built) == driver.pages(2)
    place.chmod(0o755 if place.is_dir() else 0o644)
    assert in_a_child(unprivileged) == 0
    assert published(built) == driver.pages(3)
