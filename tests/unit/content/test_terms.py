"""What a glossary's headings define, and what the words of each way of writing a term go by."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cq.content.body import Heading
from cq.content.terms import (
    LONGEST,
    MOST,
    SIGNS,
    Term,
    in_singular,
    keys,
    readings,
    spellings,
    terms,
    undefined,
    ways,
)

GLOSSARY = PurePosixPath("content/wiki/glossaire.md")


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


def test_a_heading_with_nothing_below_defines_nothing() -> None:
    html = (
        '<h2 id="vide">Vide</h2>\n<h2 id="dessin">Dessin</h2><p><img src="a.png" alt=""></p>'
        '<h2 id="mot">Mot</h2><p>Dit.</p><h2 class="x" id="fin">Fin</h2>\n<hr>\n'
        '<section class="notes"><ol><li>Une note.</li></ol></section>'
    )
    assert undefined(html) == {"vide", "fin"}
    headings = [Heading(2, one, one.lower()) for one in ("Vide", "Dessin", "Mot", "Fin")]
    assert [term.ways[0] for term in terms(GLOSSARY, headings, html)] == ["Dessin", "Mot"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Compost", "COMPOSTS", True),
        ("Conseil de quartier", "conseils de quartiers", True),
        ("Local", "locaux", True),
        ("Festival", "festivals", True),
        ("Bureau", "bureaux", True),
        ("Vœu", "vœux", True),
        ("Poids", "Poids", True),
        ("Bail", "bal", False),
        ("Vélo", "vélodrome", False),
        ("Bus", "bu", False),
    ],
)
def test_a_word_and_its_plural_are_one(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert (in_singular(one) == in_singular(other)) is same


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
        ("Un mot ()", ("mot",)),
        ("(CQ)", ()),
        ("? (CQ)", ()),
        ("Vœu (a, b, c)", ("Vœu",)),
        ("Le vœu (les vœux, un souhait)", ("vœu", "vœux", "souhait")),
        ("L'ordre du jour (l’ordre)", ("ordre du jour", "ordre")),
        ("La Poste", ("La Poste",)),
        ("L'École", ("L'École",)),
        ("Les", ("Les",)),
        ("Lettre", ("Lettre",)),
        ("?", ()),
        ("2026", ()),
        ("<b>", ()),
        ("x" * (LONGEST + 1), ()),
        ("x" * 10_000 + " (CQ)", ()),
        ("Voeu (" + "ab, " * 2000 + ")", ()),
        ("a" + "." * SIGNS, ("a" + "." * SIGNS,)),
        ("a" + "." * (SIGNS + 1), ()),
    ],
)
def test_the_ways_of_writing(heading: str, expected: tuple[str, ...]) -> None:
    assert ways(heading) == expected


def test_a_thick_glossary_is_bounded() -> None:
    headings = [Heading(2, f"Mot numéro {n}", f"m{n}") for n in range(MOST + 50)]
    assert len(terms(GLOSSARY, headings)) == MOST


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("Conseil de quartier", ("\nconseil\n", "de", "quartier\n")),
        ("Vœux d’équipe", ("\nvoeux", "d'équipe\n")),
        ("Plan Vélo", ("Plan", "Vélo")),
        ("Canal & port", ("\ncanal\n", "&amp;", "port\n")),
        ("12 bis", ("\n12", "bis")),
    ],
)
def test_what_the_words_of_a_term_go_by(way: str, expected: tuple[str, ...]) -> None:
    assert keys(way) == expected


@given(some.text("balsuxBé", min_size=1, max_size=6), some.booleans())
def test_each_spelling_of_a_word_is_read_as_it(word: str, first: bool) -> None:  # noqa: FBT001
    for found in ways(f"b{word} {word}"):
        key = keys(found)[0 if first else 1]
        assert all(key in readings(one, first=first) for one in spellings(key))
