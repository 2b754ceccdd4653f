"""docs/diagnostics.md and the code name the same findings, with the same weight."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

WORDS = {"error": "erreur", "warning": "avertissement", "note": "note", "refuse": "erreur"}
# Where a finding is built from one that has its code already: a reading, a refusal, a kept finding.
TRANSLATORS = {
    "cq/diagnostic.py",
    "cq/content/parsed.py",
    "cq/content/schema.py",
    "cq/content/types.py",
}
SECTION = re.compile(r"^## `([^`]+)`\n\n\*\*([^*]+)\*\* · (.+)$", re.MULTILINE)


def literals(node: ast.expr | None) -> list[str]:
    """The strings that an expression may be: `"a"`, or `"a" if x else "b"`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        sides = literals(node.body), literals(node.orelse)
        return [*sides[0], *sides[1]] if all(sides) else []
    return []


def argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    named = [one.value for one in call.keywords if one.arg == name]
    return call.args[place] if len(call.args) > place else next(iter(named), None)


def emissions(tree: ast.Module) -> Iterator[tuple[ast.Call, list[str], str]]:
    """Each call that gives a finding its code: the call, its codes, the severity's French word."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        # `error(…)` as it is imported from cq.diagnostic; `ledger.note(…)` is another thing.
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name in WORDS:
            yield node, literals(argument(node, 0, "code")), WORDS[name]
        elif name == "Reading" and (code := argument(node, 2, "code")) is not None:
            # Without a value it will be an error, with one a note on its form.
            value = argument(node, 0, "value")
            refused = isinstance(value, ast.Constant) and value.value is None
            yield node, literals(code), "erreur" if refused else "note"


def printed(tree: ast.Module) -> list[str]:
    """Codes of faults outside the content, which the command line writes out: « erreur[x] »."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [
        code
        for text in texts
        if isinstance(text, str)
        for code in re.findall(r"erreur\[([a-z-]+)\]", text)
    ]


@pytest.fixture(scope="module")
def emitted(modules: dict[str, ast.Module]) -> dict[str, set[str]]:
    """Code → the severities it is emitted with."""
    found: dict[str, set[str]] = defaultdict(set)
    for tree in modules.values():
        for _call, codes, word in emissions(tree):
            for code in codes:
                found[code].add(word)
        for code in printed(tree):
            found[code].add("erreur")
    return dict(found)


def test_every_code_is_spelt_where_it_is_emitted(modules: dict[str, ast.Module]) -> None:
    assert not [
        f"{path}:{call.lineno}"
        for path, tree in modules.items()
        if path not in TRANSLATORS
        for call, codes, _word in emissions(tree)
        if not codes
    ]


def test_emissions_are_seen() -> None:
    tree = ast.parse(
        'error("a", m, s); found.append(note("b" if x else "c", m, s)); refuse("d", m)\n'
        'Reading(None, None, "e", m); Reading(v, c, code="f"); Reading(v, c); warning(g, m, s)'
    )
    assert sorted((codes, word) for _, codes, word in emissions(tree)) == [
        ([], "avertissement"),
        (["a"], "erreur"),
        (["b", "c"], "note"),
        (["d"], "erreur"),
        (["e"], "erreur"),
        (["f"], "note"),
    ]


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
    # Examples show headings too.
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    headed = re.findall(r"^## (.*)$", outside, re.MULTILINE)
    assert headed == sorted(headed)
    assert [f"`{code}`" for code, _, _ in SECTION.findall(text)] == headed
    assert len(headed) == len(set(headed))


def test_every_code_is_documented(
    emitted: dict[str, set[str]], documented: dict[str, set[str]]
) -> None:
    assert emitted
    missing = sorted(emitted.keys() - documented.keys())
    assert not missing, "docs/diagnostics.md lacks " + ", ".join(missing)


def test_every_documented_code_is_emitted(
    emitted: dict[str, set[str]], documented: dict[str, set[str]]
) -> None:
    gone = sorted(documented.keys() - emitted.keys())
    assert not gone, "nothing emits " + ", ".join(gone)


def test_the_severities_are_the_same(
    emitted: dict[str, set[str]], documented: dict[str, set[str]]
) -> None:
    assert not [
        f"{code} is emitted as {' and '.join(sorted(emitted[code]))}"
        for code in sorted(emitted.keys() & documented.keys())
        if emitted[code] != documented[code]
    ]
