"""docs/diagnostics.md and the code name the same findings, with the same weight."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

WORDS = {"error": "erreur", "warning": "avertissement", "note": "note"}
SECTION = re.compile(r"^## `([^`]+)`\n\n\*\*([^*]+)\*\* · (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def emitted(modules: dict[str, ast.Module]) -> dict[str, set[str]]:
    """Code → the severities it is emitted with, read from the calls to error, warning and note."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in modules.items():
        if path == "cq/diagnostic.py":
            continue
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            name = node.func.id
            if name in WORDS:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found[first.value].add(WORDS[name])
    return dict(found)


@pytest.fixture(scope="module")
def documented(root: Path) -> dict[str, set[str]]:
    """Code → the severities its section names: « Erreur ou note »."""
    text = (root / "docs/diagnostics.md").read_text(encoding="utf-8")
    return {
        code: set(re.findall(r"erreur|avertissement|note", severities.lower()))
        for code, severities, _title in SECTION.findall(text)
    }


def test_every_section_has_the_form(root: Path) -> None:
    text = (root / "docs/diagnostics.md").read_text(encoding="utf-8")
    headed = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert [f"`{code}`" for code, _, _ in SECTION.findall(text)] == headed
    assert len(headed) == len(set(headed))


def test_every_code_is_documented(
    emitted: dict[str, set[str]], documented: dict[str, set[str]]
) -> None:
    assert emitted
    assert not sorted(emitted.keys() - documented.keys())


def test_every_documented_code_is_emitted(
    emitted: dict[str, set[str]], documented: dict[str, set[str]]
) -> None:
    assert not sorted(documented.keys() - emitted.keys())


def test_the_severities_are_the_same(
    emitted: dict[str, set[str]], documented: dict[str, set[str]]
) -> None:
    assert {code: emitted[code] for code in emitted.keys() & documented.keys()} == {
        code: documented[code] for code in emitted.keys() & documented.keys()
    }
