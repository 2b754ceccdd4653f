"""The search of the demo as residents ask it, and the same at the terminal."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from cq.search.words import words
from tests.conftest import DEMO_DAY, RunCq
from tests.golden_search import Golden, addresses, golden, published


def test_there_are_forty_questions_and_each_is_asked_once() -> None:
    asked = golden()
    assert len(asked) >= 40
    assert all(one.first for one in asked)
    assert max(Counter(one.question for one in asked).values()) == 1


@pytest.mark.parametrize("one", golden(), ids=lambda one: one.question)
def test_what_residents_look_for_comes_first(one: Golden, built: Path) -> None:
    assert set(addresses(published(built), one.question, len(one.first))) == one.first


def test_some_are_answered_by_the_text_of_a_pdf_alone(root: Path, built: Path) -> None:
    """No word of theirs stands in a source of the demo: without PDF texts nothing answers."""
    asked = [one for one in golden() if one.part.startswith("Said by a PDF")]
    assert len(asked) >= 4
    written = {
        stem
        for path in (root / "content").rglob("*")
        if path.suffix in {".md", ".yml"}
        for _, stem in words(path.read_text("utf-8"))
    }
    for one in asked:
        wanted = {stem for _, stem in words(one.question)}
        assert wanted
        assert not wanted & written, one.question
        for address in one.first:
            name = address.removesuffix("/")
            text = (built / f"{name}.pdf.txt").read_text("utf-8")
            assert wanted <= {stem for _, stem in words(text)}, one.question


def test_the_terminal_gives_the_same_order(built: Path, root: Path, run_cq: RunCq) -> None:
    index = published(built)
    for question in ("plénière d’hiver", "quai de Valmy", "banc"):
        ran = run_cq("search", question, "--format", "json", "--today", DEMO_DAY, "--root", root)
        assert ran.returncode == 0, ran.stderr
        rows = json.loads(ran.stdout)
        assert [row["adresse"] for row in rows] == addresses(index, question, index.pages)
        table = run_cq("search", question, "--today", DEMO_DAY, "--root", root).stdout
        assert table.count("content/") == min(20, len(rows))
        if len(rows) > 20:
            assert f"--nombre {len(rows)}" in table


def test_the_terminal_narrows_a_search(root: Path, run_cq: RunCq) -> None:
    def ask(*options: str) -> list[dict[str, str]]:
        ran = run_cq("search", "plénière", *options, "--format", "csv", "--today", DEMO_DAY,
                     "--root", root)  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return list(csv.DictReader(io.StringIO(ran.stdout)))

    assert {row["sorte"] for row in ask("--sorte", "evenement")} == {"événement"}
    assert {row["date"][:4] for row in ask("--annee", "2016")} == {"2016"}
    assert {row["lieu"] for row in ask("--quartier", "louis-blanc-aqueduc")} == {
        "Louis-Blanc – Aqueduc"
    }
    assert len(ask("--nombre", "3")) == 3


def test_the_terminal_says_how_many_and_what_is_wrong(root: Path, run_cq: RunCq) -> None:
    ran = run_cq("search", "aqueduc", "dinosaure", "--today", DEMO_DAY, "--root", root)
    assert "aucune page n’a tous ces mots" in ran.stdout
    ran = run_cq("search", "dinosaure", "--today", DEMO_DAY, "--root", root)
    assert (ran.returncode, ran.stdout) == (0, "0\u00a0page\n")
    ran = run_cq("search", "banc", "--sorte", "poterie", "--today", DEMO_DAY, "--root", root)
    assert ran.returncode == 2
    assert "actualite" in ran.stderr
