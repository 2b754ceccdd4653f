"""Where what cq says cannot be written, and where cq is asked to write what it should not."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.site.tree import tree_hash

Site = Callable[[str], Path]


@pytest.fixture
def shell(tmp_path: Path, root: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A line of sh in which `cq` is this checkout's."""

    def run(line: str, place: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-c", f'cq() {{ "{sys.executable}" -m cq "$@"; }}\n{line}'],
            cwd=place,
            env={"PATH": os.defpath, "PYTHONPATH": str(root), "HOME": str(tmp_path),
                 "CQ_TODAY": "2026-03-01"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )  # fmt: skip

    return run


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("cq validate >&-", 0),
        ("cq build >&- 2>&- <&-", 0),
        ("cq --nonsense 2>&-", 2),
        ("cq validate >/dev/full", 3),
        ("cq --help >/dev/full", 3),
        ("cq validate | true", 0),
        ("cq build | true", 0),
    ],
)
def test_a_stream_that_takes_nothing(site: Site, shell, line: str, code: int) -> None:
    done = shell(line, site("minimal"))
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_lost_report_does_not_lie_about_the_site(site: Site, shell) -> None:
    root = site("minimal")
    done = shell("cq build >/dev/full", root)
    assert done.returncode == 3
    assert "pas été touché" not in done.stderr
    assert (root / "build" / "site" / "index.html").is_file()


@pytest.mark.parametrize(("faulty", "code"), [(False, "0"), (True, "1")])
def test_a_reader_that_leaves_changes_no_exit_code(
    site: Site, shell, *, faulty: bool, code: str
) -> None:
    """`set -o pipefail; cq validate | head` tells of the content, not of the pipe."""
    root = site("minimal")
    # More than a pipe holds: notes, or errors.
    target = "nulle-part.md" if faulty else "index.md"
    words = "\n\n".join(f"[lien {number}]({target})" for number in range(3000))
    file = root / "content" / "wiki" / "liens.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"Titre : essai\n\n# Liens\n\n{words}\n".replace("index.md", "liens.md"))
    done = shell("{ cq validate --format short; echo $? >code; } | true", root)
    assert (root / "code").read_text().strip() == code
    assert not done.stderr
    done = shell("{ cq build; echo $? >code; } 2>&1 | true", root)
    assert (root / "code").read_text().strip() == code
    assert (root / "build" / "site" / "index.html").is_file() is not faulty


@pytest.mark.parametrize("name", ["yaml.py", "typer.py", "json.py", "sqlite3.py", "io.py"])
def test_no_program_of_the_content_runs(site: Site, shell, name: str) -> None:
    """`python -m cq` from content/: what a contributor put there is content, not a library."""
    root = site("minimal")
    (root / "content" / name).write_text("raise SystemExit('un programme du contenu a tourné')")
    for line in ("cq --help", "cq validate", "cq build"):
        done = shell(line, root / "content")
        assert "a tourné" not in done.stderr
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "output",
    [".", "..", "/", "content", "content/site", "content/actualites", "themes/new", ".git/x",
     "build", "build/site/sub", "build/cache/x", "build/cache", "nowhere/../content/x"],
)  # fmt: skip
def test_no_output_among_the_sources(site: Site, run_cq, output: str) -> None:
    root = site("minimal")
    assert run_cq("build", "--root", root).returncode == 0
    before = tree_hash(root)
    done = run_cq("build", "--output", output, cwd=root)
    assert done.returncode == 2
    assert "parmi ses propres fichiers" in done.stderr
    assert tree_hash(root) == before


def test_one_output_has_one_name(site: Site, run_cq) -> None:
    root = site("minimal")
    assert run_cq("build", "--output", "build/../out/", cwd=root).returncode == 0
    done = run_cq("build", "--output", "out", cwd=root)
    assert "rien n’avait changé" in done.stdout
    assert run_cq("build", "--output", "nowhere/../build/site", cwd=root).returncode == 0


@pytest.mark.parametrize("today", ["9999-12-31", "9500-01-01"])
def test_a_day_beyond_calendars_is_refused(site: Site, run_cq, today: str) -> None:
    root = site("minimal")
    assert run_cq("build", "--root", root, today=today).returncode == 2
    done = run_cq("build", "--root", root, "--today", today)
    assert done.returncode == 2
    assert "trop lointaine" in done.stderr


@pytest.mark.parametrize("today", ["0001-01-01", "1900-01-01", "8999-12-31"])
def test_an_odd_clock_builds(site: Site, run_cq, today: str) -> None:
    assert run_cq("build", "--root", site("minimal"), today=today).returncode == 0
