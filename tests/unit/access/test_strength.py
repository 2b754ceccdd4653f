"""What a phrase is worth: never more than it is, to whoever knows the council and the list."""

import random  # noqa: TID251 - with a seed of its own

import pytest

from cq.access.strength import around, measured, told
from cq.seal import phrase
from tests.unit.access.town import content


def test_drawn_words_are_worth_eleven_bits_each_and_eight_are_enough() -> None:
    choice = random.Random(1).choice  # noqa: S311 - a test's own
    for _ in range(300):  # of which four would have a word twice
        found = measured(phrase.made(choice))
        assert (found.bits, found.of_the_list, found.enough) == (88, True, True)
    # One that came twice counts once.
    again = measured("abaisser bougie départ facture héron invoquer policier abaisser")
    assert (again.bits, again.enough) == (77, False)


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        ("conseil-de-quartier", 30),
        ("CentreVille2026!", 45),
        ("jaimelamairie", 40),
        ("Camille Passerelle, canal", 40),
        ("les-sanglots-longs-des-violons", 79),
        ("abaisser bougie départ facture", 44),
        ("abaisser " * 8, 11),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 30),
        ("!!!! ???? ….", 0),
        ("", 0),
    ],
)
def test_what_people_choose_is_refused(typed: str, most: float) -> None:
    found = measured(typed, around(content()))
    assert found.bits <= most
    assert not found.enough


def test_signs_and_capitals_count_for_nothing_since_they_are_dropped() -> None:
    plain = measured("zbrkt quenelle gyroscope")
    assert measured("Zbrkt! QUENELLE; gyroscope…").bits == plain.bits


def test_the_council_s_own_words_are_known() -> None:
    typed = "passerelle berges canal kiosque"
    assert measured(typed, around(content())).bits < measured(typed).bits


def test_a_guess_costs_as_much_as_its_hashing() -> None:
    slow, quick = measured("conseil", iterations=1_000_000), measured("conseil", iterations=100_000)
    assert slow.bits == quick.bits
    assert slow.euros == pytest.approx(10 * quick.euros)


def test_the_table_of_costs() -> None:
    """The figures of the format's design, from 1Password's challenge."""
    from cq.access.strength import Strength

    def euros(bits: float) -> float:
        return 2.0 ** (bits - 1) * 6 / 2**32 * 10

    assert euros(44) == pytest.approx(123_000, rel=0.01)
    assert euros(88) == pytest.approx(2e18, rel=0.1)
    assert "environ 120 000 €" in told(Strength(44.0, euros(44), of_the_list=False)).replace(
        "\u202f", " "
    )
    assert "milliards" in told(Strength(88.0, euros(88), of_the_list=True))
    assert "moins d’un euro" in told(Strength(10.0, euros(10), of_the_list=False))


def test_a_very_long_phrase_is_measured_in_time() -> None:
    assert measured("quenelle gyroscope " * 5000).bits < 400
