"""No module holds two ideas: 400 lines at most, and a command 100."""

import ast
from pathlib import Path

import pytest

FORBIDDEN_NAMES = {"utils", "util", "common", "misc", "base", "helpers", "helper", "tools"}
FORBIDDEN_ENDINGS = ("Manager", "Helper", "Handler", "Service", "Context", "Info", "Data")


@pytest.mark.parametrize(("folder", "most"), [("cq", 400), ("cq/commands", 100)])
def test_no_module_is_too_long(folder: str, most: int, root: Path) -> None:
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (root / folder).rglob("*.py")
    }
    assert lengths
    assert not {path: length for path, length in lengths.items() if length > most}


def test_every_module_says_what_it_is_for(modules: dict[str, ast.Module]) -> None:
    assert not [path for path, tree in modules.items() if not ast.get_docstring(tree)]


def test_no_module_is_named_after_nothing(modules: dict[str, ast.Module]) -> None:
    parts = {path: {Path(part).stem for part in Path(path).parts} for path in modules}
    assert not {
        path: found & FORBIDDEN_NAMES for path, found in parts.items() if found & FORBIDDEN_NAMES
    }


def test_no_class_is_named_after_nothing(modules: dict[str, ast.Module]) -> None:
    assert not [
        f"{path}: {node.name}"
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(FORBIDDEN_ENDINGS)
    ]
