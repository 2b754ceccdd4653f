"""What a glossary's headings define, and what each way of writing a term matches."""

import re
from pathlib import PurePosixPath

import pytest

from cq.content.body import Heading
from cq.content.terms import LONGEST, MOST, Term, pattern, terms, ways

GLOSSARY = PurePosixPath("content/wiki/glossaire.md")


def matches(way: str, text: str) -> bool:
    firsts, made = pattern(way)
    return re.fullmatch(made, text[1:]) is not None and text[0] in firsts


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("content/wiki/glossaire.md", 1),
        ("content/wiki/glossaire/index.md", 1),
        ("content/groupes/canal/wiki/glossaire.md", 1),
        ("content/prive/wiki/glossaire.md", 1),
        ("content/wiki/canal/glossaire.md", 0),
        ("content/pages/glossaire.md", 0),
        ("content/wiki/glossaire-du-bruit.md", 0),
    ],
)
def test_where_a_glossary_lies(path: str, is_one: int) -> None:
    found = terms(PurePosixPath(path), [Heading(2, "Vœu", "voeu")])
    assert len(found) == is_one


def test_a_heading_with_smaller_ones_below_defines_nothing() -> None:
    headings = [
        Heading(2, "Les moyens", "moyens"), Heading(3, "Charte", "charte"),
        Heading(3, "Vœu", "voeu"), Heading(2, "Commission", "commission"),
    ]  # fmt: skip
    assert [term.ways[0] for term in terms(GLOSSARY, headings)] == ["Charte", "Vœu", "Commission"]


def test_an_empty_glossary_defines_nothing() -> None:
    assert terms(GLOSSARY, []) == ()


def test_the_first_definition_keeps_the_word() -> None:
    headings = [Heading(2, "Budget (BP)", "a"), Heading(2, "bp, ou budget", "b"),
                Heading(2, "budget (B.P.)", "c")]  # fmt: skip
    assert terms(GLOSSARY, headings) == (
        Term("a", ("Budget", "BP")), Term("b", ("bp, ou budget",)), Term("c", ("B.P.",)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Conseil de quartier (CQ)", ("Conseil de quartier", "CQ")),
        ("CQ (conseil de quartier, conseil)", ("CQ", "conseil de quartier", "conseil")),
        ("A (B) C", ("A (B) C",)),
        ("Un mot ()", ("Un mot",)),
        ("(CQ)", ("CQ",)),
        ("Vœu (a, b, c)", ("Vœu",)),
        ("?", ()),
        ("2026", ()),
        ("<b>", ()),
        ("x" * (LONGEST + 1), ()),
        ("x" * 10_000 + " (CQ)", ()),
        ("Voeu (" + "ab, " * 2000 + ")", ()),
    ],
)
def test_the_ways_of_writing(heading: str, expected: tuple[str, ...]) -> None:
    assert ways(heading) == expected


def test_a_thick_glossary_is_bounded() -> None:
    headings = [Heading(2, f"Mot numéro {n}", f"m{n}") for n in range(MOST + 50)]
    assert len(terms(GLOSSARY, headings)) == MOST


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("Conseil de quartier", "conseils de quartier"),
        ("Conseil de quartier", "Conseil\u00a0de\nquartiers"),
        ("Équipe d'animation", "équipes d’animation"),
        ("Vœu", "vœux"),
        ("Vœu", "voeu"),
        ("Conseil municipal", "conseils municipaux"),
        ("Co-construction", "co\u2011construction"),
        ("DDCT", "DDCT"),
        ("plan A & B", "plan A &amp; B"),
        ("a.*(b|c)+", "a.*(b|c)+"),
        ("x<b>gras</b>", "x&lt;b&gt;gras&lt;/b&gt;"),
    ],
)
def test_what_a_term_is_in_a_text(way: str, text: str) -> None:
    assert matches(way, text)


@pytest.mark.parametrize(
    ("way", "text"),
    [("DDCT", "ddct"), ("DDCT", "DDCTs"), ("Vœu", "vœuz"), ("a.*b", "axxb"), ("Pluies", "pluiess"),
     ("Plan Vigipirate", "plan vigipirate")],
)  # fmt: skip
def test_what_it_is_not(way: str, text: str) -> None:
    assert not matches(way, text)
