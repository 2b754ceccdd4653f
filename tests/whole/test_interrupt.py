"""Ctrl-C in the middle of a build: said in one sentence, and the published site is whole."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.site.tree import tree_hash

Site = Callable[[str], Path]
StartCq = Callable[..., subprocess.Popen[str]]

# A stage that says where it is, and then takes so long that no finger comes too late.
_SLOWLY = """
import pathlib, time
import cq.{module} as stage
quickly = stage.{name}
def slowly(*given):
    pathlib.Path({begun!r}).touch()
    time.sleep(1)
    return quickly(*given)
stage.{name} = slowly
"""


@pytest.fixture
def build(start_cq: StartCq) -> Callable[..., subprocess.Popen[str]]:
    def start(root: Path, first: str = "") -> subprocess.Popen[str]:
        return start_cq("build", "--root", root, "--clean", "--jobs", "2", first=first)

    return start


def wait_for(sign: Path, running: subprocess.Popen[str]) -> None:
    while not sign.exists():
        assert running.poll() is None, running.communicate()
        time.sleep(0.01)


@pytest.mark.parametrize("group", [True, False])  # a terminal tells the workers too; kill does not
@pytest.mark.parametrize(("module", "name"), [("front", "_parse_one"), ("back", "_make")])
def test_ctrl_c_is_said_and_changes_nothing(
    module: str, name: str, site: Site, build, tmp_path: Path, *, group: bool
) -> None:
    root = site("minimal")
    first = build(root)
    first.communicate(timeout=60)
    assert first.returncode == 0
    before = tree_hash(root / "build" / "site")
    for number in range(60):
        file = root / "content" / "wiki" / f"page-{number}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# Page {number}\n\nLe conseil se réunit **mardi**.\n", "utf-8")
    begun = tmp_path / "begun"
    stopped = build(root, _SLOWLY.format(module=module, name=name, begun=str(begun)))
    wait_for(begun, stopped)
    if group:
        os.killpg(stopped.pid, signal.SIGINT)
    else:
        stopped.send_signal(signal.SIGINT)
    _, said = stopped.communicate(timeout=60)
    assert (stopped.returncode, said) == (130, "\nrien n’a été publié\ncq : interrompu\n")
    assert tree_hash(root / "build" / "site") == before
    last = build(root)
    last.communicate(timeout=120)
    assert last.returncode == 0
    assert tree_hash(root / "build" / "site") != before


# Before anything was begun: cq itself is still being read.
_TOO_EARLY = """
import os, signal, sys
class Stop:
    def find_spec(name, *_):
        if name == "cq.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop)
"""


def test_ctrl_c_before_the_build_has_begun_ends_it(site: Site, build) -> None:
    root = site("minimal")
    early = build(root, _TOO_EARLY)
    answer, said = early.communicate(timeout=60)
    assert (early.returncode, answer, said) == (130, "", "")
    assert not (root / "build").exists()


# The worst moment: the site has just been published, the notes about it are not written.
_TOO_LATE = """
import os, signal
from cq.site import exchange
swap = exchange.swap
def swap_then_stop(*folders):
    swap(*folders)
    os.kill(os.getpid(), signal.SIGINT)
exchange.swap = swap_then_stop
"""


def test_ctrl_c_after_publication_is_too_late(site: Site, build) -> None:
    root = site("minimal")
    late = build(root, _TOO_LATE)
    answer, said = late.communicate(timeout=60)
    assert (late.returncode, said) == (0, "")
    assert "le site :" in answer
    assert (root / "build" / "site" / "index.html").is_file()
