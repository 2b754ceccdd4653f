"""Who may be one person under two numbers, in lists that were not written by one hand."""

from pathlib import Path

import pytest

from cq.jury import cases, lists
from cq.jury.columns import Wanted
from cq.jury.folders import Folders, Refused
from tests.unit.jury.test_freezing import GROWN, HEAD, RULES, A, batch, freeze, given, wish

ROLL = (
    "Numéro d’électeur;Nom de naissance;Prénoms;Date de naissance;Numéro de voie;Libellé de voie\n"
    "E1;MARTIN;Zoé Marie;03/02/1980;3;RUE A\n"
    "E2;N'DIAYE;Noé;12/05/2012;4;RUE B\n"
    "E3;BEL ABBES;Jean-Paul;01/01/1970;5;RUE C\n"
)
VOLUNTEERS = HEAD + (
    "V1,Martin,Zoé,1980-02-03,12 quai D,F\n"
    'V2,Bel-Abbès,Jean Paul,1/1/1970,"5, rue C",M\n'
    "V3,Martin,Zoé,1991-04-04,3 rue A,F\n"
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders("essai", tmp_path / "public", tmp_path / "prive")


def found(*texts: str, wanted: Wanted | None = None) -> list[tuple[str, str]]:
    """Kind and numbers of each case among these lists."""
    read = lists.read(given(*texts), wanted or Wanted())
    return [(case.kind, case.name) for case in cases.examined(read, RULES).cases]


def test_other_columns_capitals_and_commas_hide_nobody():
    assert found(ROLL, VOLUNTEERS) == [("ressemblance", "E1 V1"), ("doublon", "E3 V2")]


def test_three_lists_have_one_case_for_one_person():
    other = "id;nom;prénom;né le\nX9;MARTIN;Zoé;3 février 1980\n"
    assert found(ROLL, VOLUNTEERS, other)[0] == ("ressemblance", "E1 V1 X9")


def test_whoever_only_bears_the_name_is_told_and_kept(folders: Folders):
    rows = HEAD + A + A.replace("1,", "4,", 1).replace("1980", "1991")
    said = "\n".join(freeze(folders, wish(rows)))
    assert "1\u00a0nom porté par plusieurs personnes différentes" in said
    assert len(folders.people()) == 2


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("id,nom,adresse\n1,Ali,3 rue A\n2,ALI,3 Rue A\n", [("doublon", "1 2")]),
        ("id,nom,adresse\n1,Ali,3 rue A\n2,Ali,4 rue A\n", []),
        ("id,nom\n1,Ali\n2,Ali\n", []),
        ("id,adresse\n1,3 rue A\n2,3 rue A\n", []),
        # A day that nobody can read is compared as it stands, and with the whole name.
        ("id,nom,prenom,naissance\n1,Ali,Li,00/00/75\n2,Ali,Li,00/00/75\n", [("doublon", "1 2")]),
        ("id,nom,prenom,naissance\n1,Ali,Li A,00/00/75\n2,Ali,Li,00/00/75\n", []),
        ("id,nom,prenom,naissance\n1,Ali,Li A,1/1/1975\n2,Ali,Lu,1/1/1975\n", []),
        ("id,nom,naissance\n1,\u0639\u0644\u064a,1/1/1975\n2,\u0645\u0646\u0649,1/1/1975\n", []),
    ],
)
def test_what_makes_two_rows_one_person(rows: str, expected: list[tuple[str, str]]):
    assert found(rows) == expected


def test_a_likely_double_is_decided_apart_from_the_sure_ones(folders: Folders):
    asked = wish(ROLL, VOLUNTEERS, rules=GROWN)
    with pytest.raises(Refused, match=r"l1.csv:2, l2.csv:2 : mêmes nom, premier prénom") as refused:
        freeze(folders, asked._replace(batch=batch("doublon,*,premier,vu")))
    assert "doublon probable : 1" in str(refused.value)
    freeze(folders, asked._replace(batch=batch("ressemblance,E1 V1,V1,a déménagé")))
    assert [row["id"] for row in folders.people()] == ["E3", "V1", "V3"]
    assert folders.frozen()["counts"]["lists"][0]["excluded"] == {"age": 1, "ressemblance": 1}


def test_each_list_s_own_name_for_the_number_and_the_birth_is_told():
    read = lists.read(given(ROLL, VOLUNTEERS), Wanted())
    assert "l1.csv : « numero_d_electeur » y est lu comme « id »" in "\n".join(read.said)
    assert "l1.csv : « date_de_naissance » y est lu comme « naissance »" in "\n".join(read.said)
    assert "un foyer n’est reconnu qu’au sein d’une liste" in "\n".join(read.said)
    births = [row.cells[read.columns.index("naissance")] for row in read.rows]
    assert births == [
        "03/02/1980",
        "12/05/2012",
        "01/01/1970",
        "1980-02-03",
        "1/1/1970",
        "1991-04-04",
    ]


def test_a_list_without_a_column_that_counts_is_refused_with_its_likeliest():
    other = ROLL.replace("Libellé de voie", "Sexe ?").replace("Numéro de voie", "sex")
    with pytest.raises(Refused, match="--renommer sex=sexe"):
        lists.read(given(other.replace("Sexe ?", "autre"), VOLUNTEERS), Wanted(features=("sexe",)))


def test_a_number_beside_a_street_is_the_house_s():
    read = lists.read(given("id,numéro,voie,étage,ville\n1,3,rue A,2,Paris\n"), Wanted())
    assert read.roles.address == ("numero", "voie", "etage", "ville")
    with pytest.raises(Refused, match="--id COLONNE"):
        lists.read(given("numéro,voie\n3,rue A\n"), Wanted())
    read = lists.read(given("numéro,nom,étage\n3,A,2\n"), Wanted())
    assert read.rows[0].cells == ("3", "A", "2")
    assert not read.roles.address
    # In no list of several is it taken for a person's.
    with pytest.raises(Refused, match=r"l2\.csv:1 : pas de colonne « id »"):
        lists.read(given("id,nom\n1,A\n", "numéro,voie\n3,rue A\n"), Wanted())


def test_a_town_is_nobodys_home():
    read = lists.read(given("id,nom,code postal,ville\n1,A,75019,Paris\n"), Wanted())
    assert read.roles.address == ()
    assert not any("adresse" in line for line in read.said)
