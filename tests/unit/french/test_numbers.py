"""Numbers and telephone numbers."""

import pytest

from cq.french import numbers


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1\u202f000"),
        (12000, "12\u202f000"),
        (1234567, "1\u202f234\u202f567"),
        (-1200, "\u22121\u202f200"),
        (12000.5, "12\u202f000,5"),
        (3.0, "3"),
    ],
)
def test_numbers_are_grouped_by_narrow_spaces(value, words):
    assert numbers.number(value) == words


def test_decimals_may_be_fixed():
    assert numbers.number(12000.5, 2) == "12\u202f000,50"
    assert numbers.number(3, 1) == "3,0"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0\u00a0octet"),
        (1, "1\u00a0octet"),
        (850, "850\u00a0octets"),
        (1000, "1\u00a0ko"),
        (1234567, "1,2\u00a0Mo"),
        (9_940_000, "9,9\u00a0Mo"),
        (9_960_000, "10\u00a0Mo"),
        (12_400_000, "12\u00a0Mo"),
        (999_499, "999\u00a0ko"),
        (999_999, "1\u00a0Mo"),
        (5 * 10**15, "5\u202f000\u00a0To"),
    ],
)
def test_sizes(count, words):
    assert numbers.size(count) == words


def test_plurals_begin_at_two():
    assert [numbers.plural(n, "page") for n in (0, 1, 1.5, 2, -3)] == [
        *("page", "page", "page", "pages", "pages")
    ]
    assert numbers.plural(2, "vœu", "vœux") == "vœux"
    assert numbers.plural(1, "vœu", "vœux") == "vœu"
    assert numbers.counted(12000, "page") == "12\u202f000\u00a0pages"


def test_ordinals():
    assert [numbers.ordinal(n) for n in (1, 2, 10, 21)] == ["1er", "2e", "10e", "21e"]
    assert numbers.ordinal(1, feminine=True) == "1re"
    assert numbers.ordinal_html(10) == "10<sup>e</sup>"
    assert numbers.ordinal_html(1) == "1<sup>er</sup>"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("0153721020", "01 53 72 10 20"),
        ("01.53.72.10.20", "01 53 72 10 20"),
        ("01 53 72 10 20", "01 53 72 10 20"),
        ("01\u00a053\u202f72 10 20", "01 53 72 10 20"),
        ("01-53-72-10-20", "01 53 72 10 20"),
        ("01/53/72/10/20", "01 53 72 10 20"),
        ("+33 1 53 72 10 20", "01 53 72 10 20"),
        ("+33153721020", "01 53 72 10 20"),
        ("+33 (0)1 53 72 10 20", "01 53 72 10 20"),
        ("+33 01 53 72 10 20", "01 53 72 10 20"),
        ("0033 1 53 72 10 20", "01 53 72 10 20"),
        ("Tél. : 01 53 72 10 20", "01 53 72 10 20"),
        ("Téléphone 01 53 72 10 20", "01 53 72 10 20"),
        ("0 800 123 456", "08 00 12 34 56"),
        ("3975", "3975"),
        ("39 75", "3975"),
        ("17", "17"),
        ("112", "112"),
        ("116 006", "116 006"),
        ("+32 2 123 45 67", "+32 2 123 45 67"),
        ("0032 2 123 45 67", "+32 2 123 45 67"),
    ],
)
def test_telephone_numbers_are_read(text, canonical):
    assert numbers.read_phone(text) == (canonical, canonical, None, "", ())


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("153721020", "vouliez-vous dire 01 53 72 10 20 ?"),
        ("01 53 72 10 2", "il manque 1\u00a0chiffre"),
        ("01 53 72", "il manque 4\u00a0chiffres"),
        ("01 53 72 10 200", "il y a 1\u00a0chiffre de trop"),
        ("28287504", "un numéro a dix chiffres et commence par 0"),
        ("00 53 72 10 20", "un numéro a dix chiffres et commence par 0"),
        ("01 53 72 10 20 / 01 53 72 10 21", "il y a deux numéros sur la ligne"),
        ("01 53 72 10 20 ou 01 53 72 10 21", "il y a deux numéros sur la ligne"),
        ("à la mairie", "un numéro ne contient que des chiffres"),
        ("٠١٥٣٧٢١٠٢٠", "un numéro ne contient que des chiffres"),
        ("", "un numéro ne contient que des chiffres"),
        ("0" * 100_000, "il y a"),
    ],
)
def test_other_telephone_numbers_are_refused(text, hint):
    reading = numbers.read_phone(text)
    assert (reading.value, reading.canonical, reading.code) == (None, None, "not-a-phone")
    assert reading.hints[0].startswith(hint)
    assert reading.hints[-1] == "écrivez par exemple : 01 53 72 10 20"


def test_a_number_is_shown_unbroken_and_dialled_from_abroad():
    assert numbers.phone_uri("01 53 72 10 20") == "tel:+33153721020"
    assert numbers.phone_uri("3975") == "tel:3975"
    assert numbers.phone_uri("+32 2 123 45 67") == "tel:+3221234567"
    assert numbers.phone_shown("01 53 72 10 20") == "01\u00a053\u00a072\u00a010\u00a020"
    assert numbers.phone_html("01 53 72 10 20") == (
        '<a href="tel:+33153721020">01\u00a053\u00a072\u00a010\u00a020</a>'
    )


def test_a_link_to_dial_lets_no_markup_through():
    assert numbers.phone_html('1"><script>') == '<a href="tel:1">1</a>'
