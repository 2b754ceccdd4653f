"""What a user installs: the wheel's files, and cq at work with nothing of the checkout in reach."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

# What the build reads and the wheel does not hold.
METADATA = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    """The output of a command that knows nothing of the machine but its programs."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env={
            "PATH": os.environ["PATH"],  # noqa: TID251 - the tests' own front door
            "HOME": str(cwd),
            "LANG": "C.UTF-8",
        }
        | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(checkout: Path, what: str, out: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", what, "-d", out, cwd=checkout)
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(root, "wheel", tmp_path_factory.mktemp("wheel"))


def names(wheel: Path) -> set[str]:
    """The wheel's files, its metadata folder without the version."""
    with zipfile.ZipFile(wheel) as archive:
        listed = archive.namelist()
    return {re.sub(r"^conseils_de_quartier-[^/]+\.dist-info/", "meta/", name) for name in listed}


def expected(root: Path) -> set[str]:
    """The package, the themes inside it, the explanations inside it, and nothing else."""
    package = {
        path.relative_to(root).as_posix()
        for path in (root / "cq").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    themes = {
        "cq/" + path.relative_to(root).as_posix()
        for path in (root / "themes").rglob("*")
        if path.is_file()
    }
    return package | themes | {"cq/diagnostics.md"} | {f"meta/{name}" for name in METADATA}


def test_the_wheel_holds_the_package_and_its_theme(wheel: Path, root: Path) -> None:
    assert names(wheel) == expected(root)
    assert any(name.startswith("cq/themes/default/") for name in names(wheel))
    assert "cq/py.typed" in names(wheel)


def test_the_source_archive_makes_the_same_wheel(wheel: Path, root: Path, tmp_path: Path) -> None:
    archive = build(root, "sdist", tmp_path / "sdist")
    run(sys.executable, "-m", "tarfile", "-e", archive, tmp_path, cwd=tmp_path)
    (unpacked,) = tmp_path.glob("conseils_de_quartier-*")
    assert names(build(unpacked, "wheel", tmp_path / "wheel")) == names(wheel)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel alone; its libraries are lent by ours."""
    place = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", place / "venv", cwd=place)
    python = place / "venv" / "bin" / "python"
    has_pip = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    )
    if has_pip.returncode == 0:
        installer = [sys.executable, "-m", "pip", "--python", python, "install"]
    else:  # uv makes environments without pip
        uv = shutil.which("uv")
        assert uv, "neither pip nor uv can install the wheel"
        installer = [uv, "pip", "install", "--python", python]
    run(*installer, "--quiet", "--no-index", "--no-deps", wheel, cwd=place)
    return place / "venv" / "bin"


@pytest.fixture
def elsewhere(installed: Path, tmp_path: Path) -> Callable[..., str]:
    """Runs a program of that environment in an empty folder."""
    (folder := tmp_path / "ailleurs").mkdir()
    libraries = sysconfig.get_path("purelib")

    def call(program: str, *arguments: str | Path) -> str:
        return run(
            installed / program,
            *arguments,
            cwd=folder,
            PYTHONPATH=libraries,
            CQ_CACHE_DIR=str(tmp_path / "cache"),
            CQ_TODAY="2026-03-01",
        )

    return call


def test_it_is_the_wheel_that_runs(elsewhere: Callable[..., str], installed: Path) -> None:
    place = elsewhere("python", "-c", "import cq; print(cq.__file__)")
    assert Path(place).is_relative_to(installed.parent)


def test_it_says_its_version(elsewhere: Callable[..., str]) -> None:
    import cq

    assert cq.__version__ in elsewhere("cq", "--version")


def test_it_builds_a_site(elsewhere: Callable[..., str], site: Callable[[str], Path]) -> None:
    minimal = site("minimal")
    elsewhere("cq", "build", "--root", minimal)
    page = minimal / "build/site/actualites/2026-02-14-un-banc/index.html"
    assert "Un banc rue des Lilas" in page.read_text(encoding="utf-8")
    assert list((minimal / "build/site").rglob("*.css"))


def test_it_makes_a_site_that_builds(elsewhere: Callable[..., str], tmp_path: Path) -> None:
    place = tmp_path / "conseils-19"
    elsewhere("cq", "init", place, "--arrondissement", "19")
    elsewhere("cq", "new", "actualite", "--titre", "Un banc", "--root", place)
    elsewhere("cq", "validate", "--root", place)
    elsewhere("cq", "build", "--public-only", "--root", place)
    home = (place / "build/site/index.html").read_text(encoding="utf-8")
    assert "Un banc" in home
    assert "Réunion publique (exemple fictif)" in home


def test_it_explains_its_findings(elsewhere: Callable[..., str], root: Path) -> None:
    text = (root / "docs/diagnostics.md").read_text(encoding="utf-8")
    code, title = re.findall(r"^## `([^`]+)`\n\n\*\*[^*]+\*\* · (.+)$", text, re.MULTILINE)[0]
    told = " ".join(elsewhere("cq", "validate", "--explain", code).split())
    assert " ".join(title.split()[:3]).strip("`") in told.replace("`", "")
