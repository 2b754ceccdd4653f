"""Names of people, and of all that looks like them."""

import time

import pytest

from cq.content.people import names_person


@pytest.mark.parametrize(
    "text",
    ["Jeanne Martin", "Jean-Luc Martin", "Mme Martin", "M. Martin, maire",
     "maire du 10e (Jeanne Martin)", "le cabinet de Madame Martin", "Élodie N’Guyen",
     "service de la voirie / Jeanne Martin"],
)  # fmt: skip
def test_a_name_is_seen(text: str) -> None:
    assert names_person(text)


@pytest.mark.parametrize(
    "text",
    ["", "mairie du 10e", "Mairie de Paris", "Direction Voirie", "Conseil Louis-Blanc – Aqueduc",
     "Paris Habitat", "SNCF Réseau", "Île-de-France Mobilités", "Madame la maire", "RATP",
     "équipe d’animation Louis-Blanc", "Commission Propreté", "adjointe à la voirie",
     "direction de la voirie, section Nord"],
)  # fmt: skip
def test_a_function_is_none(text: str) -> None:
    assert not names_person(text)


def test_a_hostile_value_takes_no_time() -> None:
    begin = time.process_time()
    for text in ("Aa-" * 50_000, "A " * 50_000, "(" * 50_000, "Mme " * 50_000):
        names_person(text)
    assert time.process_time() - begin < 2
