"""Words as the index sees them, and what hostile texts make of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.french.folding import fold
from cq.search.words import LONGEST, forms, is_kept, pieces, remembered, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("L’aqueduc d'Arcueil", ["l", "aqueduc", "d", "arcueil"]),
        ("Cœur, ÉLÈVE, nævus, Straße", ["coeur", "eleve", "naevus", "strasse"]),
        ("10e arrondissement, 10ᵉ, n° 12", ["10e", "arrondissement", "10e", "n", "12"]),
        ("Grange-aux-Belles", ["grange", "aux", "belles"]),
        ("e\u0301cole E\u0301COLE", ["ecole", "ecole"]),
        ("ﬁn ½ ㎏", ["fin", "1", "2", "kg"]),
        ("co\u00adop\u200bérative", ["cooperative"]),
        ("\u0130STANBUL ıslak", ["istanbul", "islak"]),
        ("snake_case", ["snake", "case"]),
        ("مرحبا 🚲 中文", ["مرحبا", "中文"]),
        ("", []),
    ],
)
def test_the_words_of_a_text(text: str, said: list[str]) -> None:
    assert forms(text) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [("réunions", "réunion"), ("chevaux", "cheval"), ("nationaux", "national"), ("10e", "10ème"),
     ("publiée", "publier"), ("habitante", "habitants"), ("1er", "1re"),
     ("commissions", "commission"), ("quais", "quai"), ("conseillers", "conseiller"),
     ("vélos", "vélo"), ("élus", "élu"), ("photos", "photo")],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    (left,), (right,) = words(one), words(other)
    assert left[1] == right[1]
    assert left[0] != right[0]


def test_what_is_too_small_to_look_for() -> None:
    assert [form for form in forms("Le conseil de l’école a 7 bancs, c’est peu") if is_kept(form)] \
        == ["conseil", "ecole", "7", "bancs", "peu"]  # fmt: skip


@given(st.text(max_size=300))
def test_pieces_have_the_words_of_the_whole(text: str) -> None:
    """Cutting first, in lower case, changes no word: each piece is then folded only once."""
    there = [form for piece in pieces(text) for form, _ in words(piece)]
    assert there == [form for form in forms(text) if is_kept(form)]
    for form, stem in (word for piece in pieces(text) for word in remembered(piece)):
        assert re.fullmatch(r"[^\W_]{1,40}", form)
        assert re.fullmatch(r"[^\W_]{1,40}", stem)
        assert fold(form) == form


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "e" + "\u0301" * 50_000 + "cole", "é" * 100_000, "🚲" * 50_000, "ﷺ" * 5_000,
     "½" * 20_000, "a_" * 50_000],
)  # fmt: skip
def test_a_hostile_text_makes_small_words(text: str) -> None:
    found = {word for piece in pieces(text) for word in words(piece)}
    assert len(found) <= 10
    assert all(len(part) <= LONGEST for word in found for part in word)


def test_a_word_of_many_letters_is_cut() -> None:
    assert words("anticonstitutionnellement" * 3)[0][0] == ("anticonstitutionnellement" * 3)[:40]
    assert words("canal") == (("canal", "canal"),)
