"""Names of streets, as people write them."""

import pytest

from cq.french.streets import directory_key, directory_letter, street_key


@pytest.mark.parametrize(
    "name",
    [
        "rue du Faubourg-Saint-Denis", "R. du Fbg St Denis", "RUE DU FG-ST-DENIS",
        "rue  du faubourg saint-denis",
    ],
)  # fmt: skip
def test_spellings_of_one_street(name: str) -> None:
    assert street_key(name) == "rue du faubourg saint denis"


def test_two_streets() -> None:
    assert street_key("rue Saint-Maur") != street_key("avenue Saint-Maur")
    assert street_key("rue de l’Échiquier") == "rue de l echiquier"


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("rue de la Grange-aux-Belles", "G"), ("rue Bichat", "B"), ("quai de Valmy", "V"),
        ("rue de l’Échiquier", "E"), ("rue du 8-Mai-1945", "#"), ("La Villette", "V"),
        ("rue du Faubourg-Saint-Denis", "S"), ("Rond-point de la Villette", "V"), ("rue", "R"),
        ("", "#"), ("北京路", "#"),
    ],
)  # fmt: skip
def test_where_a_directory_lists_them(name: str, letter: str) -> None:
    assert directory_letter(name) == letter


def test_the_order_of_a_directory() -> None:
    names = ["rue Yves-Toudic", "rue Bichat", "avenue Richerand", "quai de Jemmapes", "rue Alibert"]
    assert sorted(names, key=directory_key) == [
        "rue Alibert", "rue Bichat", "quai de Jemmapes", "avenue Richerand", "rue Yves-Toudic",
    ]  # fmt: skip
