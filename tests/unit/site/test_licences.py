"""The licence of the data: recognised where it is a usual one, quoted otherwise."""

import pytest

from cq.site.plan import licences


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Licence Ouverte 2.0", "etalab-2.0"),
        ("licence ouverte / open licence, version 2.0", "etalab-2.0"),
        ("Etalab 2.0", "etalab-2.0"),
        ("Licence Ouverte 1.0", ""),
        ("ODbL 1.0", "ODbL-1.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("CC-BY-SA 4.0", "CC-BY-SA-4.0"),
        ("CC BY-NC 4.0", ""),
        ("CC0", "CC0-1.0"),
        ("Tous droits réservés", ""),
        ("", ""),
    ],
)
def test_a_licence_has_the_name_that_machines_know(written: str, name: str) -> None:
    licence = licences.of_site(written)
    assert licence.name == name
    assert bool(licence.address) == bool(name)
    assert licence.title
    if written and not name:
        assert licence.title == written


def test_the_file_names_licence_and_source() -> None:
    text = licences.text(licences.of_site("Licence Ouverte 2.0"), "Mairie du 10e")
    assert "Licence Ouverte 2.0" in text
    assert "https://www.etalab.gouv.fr/" in text
    assert "« Mairie du 10e »" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


def test_without_a_known_licence_the_law_speaks() -> None:
    text = " ".join(licences.text(licences.of_site(""), "Mairie").split())
    assert "L321-1" in text
    assert "L322-1" in text
