"""The floors of ARCHITECTURE.md, held by import-linter, and one door for each outside thing."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# What imports a library, and nothing else does. Pydantic is the language of the models and Typer
# that of the commands: these two are met in more than one place, and stand here as folders.
DOORS = {
    "PIL": ("cq/site/pictures.py",),
    "ahocorasick_rs": ("cq/audit/net.py",),
    "bcrypt": ("cq/access/logins.py",),
    "cryptography": ("cq/seal/cipher.py",),
    "git": ("cq/repository/",),
    "highspy": ("cq/draw/solver.py",),  # only where it is installed
    "icalendar": ("cq/site/feeds/calendar.py", "cq/agenda/ical.py"),  # out, and in
    "jinja2": ("cq/theme/", "cq/site/render.py"),  # render tells a template's fault
    "keyring": ("cq/access/system.py",),  # only where it is installed
    "markdown": ("cq/content/markup/",),
    "markupsafe": ("cq/theme/", "cq/site/render.py"),
    "mnemonic": ("cq/seal/phrase.py",),
    "msgspec": ("cq/digest.py", "cq/content/parsed.py"),
    "nh3": ("cq/content/",),
    "py_arkworks_bls12381": ("cq/jury/signature.py",),
    "pydantic": ("cq/content/",),
    "pydantic_core": ("cq/content/",),
    "pypdfium2": ("cq/content/pdf.py",),
    "rich": ("cq/console.py", "cq/tables.py"),
    "segno": ("cq/site/feeds/", "cq/access/", "cq/jury/"),  # its vCards, its QR codes
    "snowballstemmer": ("cq/search/stems.py",),
    "typer": ("cq/cli.py", "cq/commands/", "cq/console.py", "cq/usage/"),
    "watchfiles": ("cq/preview/watch.py",),
    "yaml": ("cq/content/yaml/",),
    "zxcvbn": ("cq/access/strength.py",),
}
# Nothing on the way to `cq --help` may load these: each costs 70 ms or more.
HEAVY = (
    "bcrypt",
    "cryptography",
    "git",
    "highspy",
    "icalendar",
    "jinja2",
    "keyring",
    "markdown",
    "msgspec",
    "nh3",
    "PIL",
    "pydantic",
    "pypdfium2",
    "rich",
    "segno",
    "snowballstemmer",
    "watchfiles",
    "yaml",
    "zxcvbn",
)


def lint(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(checkout), "LANG": "C.UTF-8"},
    )


def test_the_floors_hold(root: Path) -> None:
    done = lint(root)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "text"),
    [
        pytest.param("cq/utils.py", '"""A floor that nobody planned."""\n', id="unplanned module"),
        pytest.param("cq/digest.py", "import cq.content.scan\n", id="upwards"),
        pytest.param("cq/theme/__init__.py", "def f():\n    import cq.site\n", id="hidden upwards"),
    ],
)
def test_a_broken_floor_is_seen(module: str, text: str, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "cq", tmp_path / "cq")
    shutil.copy(root / "pyproject.toml", tmp_path)
    path = tmp_path / module
    path.write_text((path.read_text() if path.exists() else "") + "\n" + text)
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout or "exhaustive" in (done.stdout + done.stderr).lower()


def imported(tree: ast.AST) -> set[str]:
    """The top-level names of every import, wherever it stands."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_one_door_for_each_library(modules: dict[str, ast.Module]) -> None:
    side_doors = [
        f"{path} imports {name}, whose door is {' or '.join(DOORS[name])}"
        for path, tree in modules.items()
        for name in sorted(imported(tree) & DOORS.keys())
        if not path.startswith(DOORS[name])
    ]
    assert not side_doors


def test_every_library_is_declared(modules: dict[str, ast.Module]) -> None:
    """What cq imports is the standard library, itself, or one of the doors' libraries."""
    foreign = set().union(*map(imported, modules.values())) - set(sys.stdlib_module_names)
    assert foreign - {"cq"} <= DOORS.keys()


def test_the_command_line_starts_light(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, cq.cli; print(*sys.modules, sep='\\n')"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(HEAVY) & set(done.stdout.split())
