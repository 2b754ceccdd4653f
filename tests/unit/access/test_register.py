"""The register as rights."""

from dataclasses import replace

import pytest

from cq.access import register
from cq.access.register import NoRegister, Unnamed, known, members, space_meant, spaces
from tests.unit.access.town import ALL, REGISTER, content


def test_spaces_are_those_of_the_communities_and_the_common_one() -> None:
    assert spaces(content()) == ALL


def test_a_folder_whose_name_is_no_slug_has_no_space() -> None:
    made = content(more={"quartiers/Le Port/quartier.yml": "nom: Le Port\n"})
    assert spaces(made) == ALL


def test_what_each_role_opens() -> None:
    found = {one.id: one.spaces for one in members(content())}
    assert found["canal"] == ("conseillers", "g-berges", "q-canal")
    assert found["voirie"] == ("conseillers", "g-berges")
    assert found["animatrice"] == ALL


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("quartiers: [Gare]", "q-gare"),
        ("quartiers: [quartiers/gare/]", "q-gare"),
        ("quartiers: gare", "q-gare"),
        ("groupes: [berges]", "g-berges"),
        ("quartiers: [berges]", None),
        ("groupes: [gare]", None),
        ("quartiers: [nulle-part]", None),
        ("quartiers: ['../../x']", None),
        ("quartiers: [conseillers]", None),
    ],
)
def test_a_name_opens_what_it_means_or_nothing(written: str, opened: str | None) -> None:
    (one,) = members(content(f"- {{id: x, nom: X, depuis: 2025-01-01, {written}}}\n"))
    assert one.spaces == (("conseillers", opened) if opened else ("conseillers",))


def test_the_place_of_an_entry_is_told() -> None:
    assert [one.line for one in members(content())] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "people",
    [
        "- {id: a, nom: A}\n",
        "- {id: a, nom: A, depuis: 2025-01-01, role: roi}\n",
        "pas une liste\n",
    ],
)
def test_a_register_with_a_fault_is_not_relied_on(people: str) -> None:
    made = content(people)
    # As the front half says of every text with an error.
    made = replace(made, unread=made.unread | {register.PATH})
    with pytest.raises(NoRegister):
        members(made)


def test_without_a_register_nobody_is_known() -> None:
    with pytest.raises(NoRegister, match="cq validate"):
        members(replace(content(), records=()))


def test_an_id_that_serves_twice_by_itself_is_refused() -> None:
    people = "- {id: a, nom: A, depuis: 2025-01-01}\n- {id: a, nom: B, depuis: 2025-01-01}\n"
    with pytest.raises(NoRegister, match="sert deux fois"):
        members(content(people))


def test_days() -> None:
    found = {one.id: one for one in members(content())}
    assert found["gare"].active("2026-12-31")
    assert not found["gare"].active("2027-01-01")
    assert found["prochaine"].active("2026-09-01")
    assert not found["prochaine"].active("2026-08-31")
    assert not found["animatrice"].ended("2999-01-01")


PEOPLE = [("c-pont", "Camille Pont"), ("d-pont", "Dominique Pont"), ("pont", "Élie Pont")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("c-pont", "c-pont"), ("camille  PONT", "c-pont"), ("elie pont", "pont"), ("Pont", "pont")],
)
def test_a_person_is_meant(typed: str, meant: str) -> None:
    assert known(typed, PEOPLE) == meant


def test_a_person_that_is_not_there() -> None:
    with pytest.raises(Unnamed, match="vouliez-vous dire"):
        known("camile pont", PEOPLE)
    with pytest.raises(Unnamed, match="plusieurs"):
        known("a b", [("x", "A B"), ("y", "a-b")])


def test_a_hostile_name_moves_no_cursor() -> None:
    with pytest.raises(Unnamed) as caught:
        known("\x1b[2Jx", PEOPLE)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("q-gare", "q-gare"), ("gare", "q-gare"), ("La Gare", "q-gare"), ("les berges", "g-berges"),
        ("conseillers", "conseillers"), ("espace des conseillers", "conseillers"),
    ],
)  # fmt: skip
def test_a_space_is_meant(typed: str, meant: str) -> None:
    assert space_meant(typed, content(REGISTER)) == meant


def test_a_quartier_and_a_group_of_one_name() -> None:
    """`cq access rotate` must not renew the keys of the other one."""
    made = content(
        REGISTER,
        more={
            "groupes/canal/groupe.yml": "nom: Le canal\ntype: commission\n",
            "groupes/q-gare/groupe.yml": "nom: Autour\ntype: commission\n",
        },
    )
    with pytest.raises(Unnamed, match="plusieurs espaces : g-canal, q-canal"):
        space_meant("canal", made)
    assert space_meant("Le canal", made) == "g-canal"
    assert space_meant("q-canal", made) == "q-canal"
    assert space_meant("q-gare", made) == "q-gare"


def test_a_space_that_is_not_there() -> None:
    for typed in ("", " ", "prive", "q-"):
        with pytest.raises(Unnamed, match="q-canal"):
            space_meant(typed, content())
