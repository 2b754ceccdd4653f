"""The bench of the search asks what it says, and its yardstick is pinned to the byte."""

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def bench(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(root / "benchmarks")
    return importlib.import_module("search")


def test_a_question_is_the_two_longest_words_of_a_title(bench: ModuleType) -> None:
    titles = [f"Le quai {number} de Valmy, rénové" for number in range(1000)]
    asked = list(bench._titles(titles))
    assert len(asked) == bench.QUESTIONS
    assert asked[0] == {"question": "rénové Valmy", "first": []}


def test_few_titles_give_few_questions(bench: ModuleType) -> None:
    assert len(list(bench._titles(["Banc public", "Canal"]))) == 2


def test_every_golden_question_is_asked(bench: ModuleType) -> None:
    asked = bench._golden()
    assert len(asked) >= 40
    assert all(one["first"] for one in asked)


def test_the_yardstick_is_pinned(root: Path) -> None:
    folder = root / "benchmarks" / "yardstick"
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == asked
    assert {packages[f"node_modules/{name}"]["version"] for name in asked} == set(asked.values())
    for package in packages.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
