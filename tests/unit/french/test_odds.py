"""A chance in words that a resident understands, and never other than it is."""

from fractions import Fraction

import pytest

from cq.french import odds

BLANKS = str.maketrans("\u00a0\u202f", "  ")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (Fraction(0), "aucune chance"),
        (Fraction(1), "une place certaine"),
        (Fraction(1, 4), "1 chance sur 4 (25 %)"),
        (Fraction(5_882_337, 100_000_000), "1 chance sur 17 (5,88 %)"),
        (Fraction(3, 34), "environ 1 chance sur 11 (8,82 %, exactement 3 sur 34)"),
        (Fraction(8_615_610, 100_000_000), "environ 1 chance sur 12 (8,62 %)"),
        (Fraction(15, 87_967), "environ 1 chance sur 5 864 (0,0171 %, exactement 15 sur 87 967)"),
        (Fraction(1, 18_000), "1 chance sur 18 000 (0,0056 %)"),
        (Fraction(2, 5), "2 chances sur 5 (40 %)"),
        (Fraction(6, 13), "environ 5 chances sur 11 (46,15 %, exactement 6 sur 13)"),
        (Fraction(97, 100), "97 chances sur 100 (97 %)"),
        (Fraction(1, 3_000_000), "1 chance sur 3 000 000 (0,00003 %)"),
    ],
)
def test_chances_are_told_as_people_tell_them(chance: Fraction, words: str):
    assert odds.words(chance).translate(BLANKS) == words


def test_in_a_table():
    said = [
        odds.odds(Fraction(*one)).translate(BLANKS)
        for one in ((0, 1), (1, 1), (1, 4), (15, 87_967))
    ]
    assert said == ["aucune", "certaine", "1 sur 4", "environ 1 sur 5 864"]


def test_what_is_told_is_near_and_says_so():
    for of in range(2, 400):
        for many in range(1, of):
            chance = Fraction(many, of)
            near, about = odds.shown(chance)
            assert 0 < near < 1
            assert abs(near - chance) <= chance / 13
            assert about == (near != chance)
