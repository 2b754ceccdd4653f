"""Ctrl-C in the middle of a build: said in one sentence, and the published site is whole."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cq.site.tree import tree_hash

ROOT = Path(__file__).resolve().parents[2]
# A shell that runs us in the background leaves Ctrl-C ignored, and children inherit that.
_HEARING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from cq.__main__ import main; main()"
)
TEXT = "Le conseil se réunit **mardi** pour parler du canal, des bancs et des arbres.\n\n" * 30


def start(root: Path, home: Path, program: str = _HEARING) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, "build", "--root", str(root), "--clean", "--jobs", "2"],
        cwd=home,
        env={
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            "CQ_CACHE_DIR": str(home / "cache"),
            "CQ_TODAY": "2026-03-01",
            "PATH": "/usr/bin:/bin",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def test_ctrl_c_is_said_and_changes_nothing(site: Callable[[str], Path], tmp_path: Path) -> None:
    root, home = site("minimal"), tmp_path / "home"
    home.mkdir()
    first = start(root, home)
    first.communicate(timeout=60)
    assert first.returncode == 0
    before = tree_hash(root / "build" / "site")
    for number in range(400):
        file = root / "content" / "wiki" / f"page-{number}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# Page {number}\n\n{TEXT}", "utf-8")
    stopped = told = 0
    # On a busy machine the first finger falls before the build has begun, of which nothing is said.
    for delay in (0.2, 0.4, 0.6, 0.8, 1.2, 2.5, 5.0):
        build = start(root, home)
        time.sleep(delay)
        build.send_signal(signal.SIGINT)
        _, said = build.communicate(timeout=60)
        if build.returncode == 130:
            stopped += 1
            assert said in {"", "\ncq : interrompu\n"} or "rien n’a été publié\n" in said
            told += "rien n’a été publié\ncq : interrompu" in said
            assert tree_hash(root / "build" / "site") == before
        assert "Traceback" not in said, said
        if build.returncode == 0:  # it was quicker than our finger
            break
    assert stopped
    assert told
    last = start(root, home)
    last.communicate(timeout=120)
    assert last.returncode == 0
    assert tree_hash(root / "build" / "site") != before


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


def test_ctrl_c_after_publication_is_too_late(site: Callable[[str], Path], tmp_path: Path) -> None:
    root, home = site("minimal"), tmp_path / "home"
    home.mkdir()
    late = start(root, home, _TOO_LATE + _HEARING)
    answer, said = late.communicate(timeout=60)
    assert (late.returncode, said) == (0, "")
    assert "le site :" in answer
    assert (root / "build" / "site" / "index.html").is_file()
