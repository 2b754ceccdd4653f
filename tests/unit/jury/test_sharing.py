"""Seats by stratum or by quotas, from files of any spelling; what cannot be is refused first."""

from pathlib import Path

import pytest

from cq.draw import canon
from cq.draw import plan as plans
from cq.jury import planning, sharing
from cq.jury.columns import Wanted
from cq.jury.folders import Folders, Refused, Step
from tests.unit.jury.test_freezing import freeze, wish

PEOPLE = "id,sexe,âge\n" + "".join(
    f"{n},{'Femme' if n % 3 else 'Homme'},{'16-29' if n < 8 else '30 et +'}\n" for n in range(30)
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders("essai", tmp_path / "public", tmp_path / "prive")
    freeze(made, wish(PEOPLE, wanted=Wanted(features=("sexe", "âge"))))
    return made


def quotas(*lines: str, head: str = "critère,valeur,min,max", **more: bool) -> sharing.Quotas:
    data = "\n".join([head, *lines]).encode()
    return sharing.Quotas("q.csv", data, **{"unlucky": False, "veiled": False, **more})


def propose(folders: Folders, way: sharing.Way, seats: int, *merges: str) -> plans.Plan:
    made = tuple(map(planning.merge_of, merges))
    planning.propose(folders, planning.Wish(seats, way.plan, way.features, made))
    return plans.of_json(canon.read(folders.kept("plan.json")))


def test_seats_in_proportion(folders: Folders):
    made = propose(folders, sharing.Proportional(unlucky=False), 6)
    assert made.features == ("sexe", "age")
    assert sum(made.compositions[0]) == 6
    assert made.total == 1


def test_a_stratum_without_a_seat_is_accepted_aloud(folders: Folders):
    with pytest.raises(Refused, match="2\u00a0strates sans aucune place, soit 8") as refused:
        propose(folders, sharing.Proportional(unlucky=False), 2)
    assert "  Homme, 16-29" in str(refused.value)
    made = propose(folders, sharing.Proportional(unlucky=True), 2)
    assert sorted(made.compositions[0]) == [0, 0, 1, 1]


def test_seats_of_a_file(folders: Folders):
    way = sharing.Given("s.csv", "Âge;places\n30 ET +;4\n16-29;2\n".encode("cp1252"))
    assert way.seats == 6
    made = propose(folders, way, 6)
    assert made.types == (("16-29",), ("30 et +",))
    assert made.compositions == ((2, 4),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("âge,places\n16-29,2\n", "ne dit rien de la strate « 30 et + »"),
        ("âge,places\n16-29,2\n30 et +,1\n16-29,2\n", "s.csv:4"),
        ("âge,places\n16-29,9\n30 et +,1\n", "s.csv:2 : 9\u00a0places pour 8"),
        ("âge,places\n16-29,x\n", "s.csv:2 : « x » n’est pas un nombre"),
        ("âge,places\n16-30,2\n30 et +,1\n", "n’est celle de personne"),
        ("âge,combien\n16-29,2\n", "il manque la colonne « places »"),
        ("ages,places\n16-29,2\n", "vouliez-vous dire « age » ?"),
    ],
)
def test_seats_of_a_bad_file_are_refused(folders: Folders, text: str, words: str):
    def given() -> plans.Plan:
        way = sharing.Given("s.csv", text.encode())
        return propose(folders, way, way.seats)

    with pytest.raises(Refused) as refused:
        given()
    assert words in str(refused.value)
    assert folders.step() == Step.FROZEN


@pytest.mark.parametrize("head", ["critère,valeur,min,max", "category,feature,min,max"])
def test_quotas_make_a_lottery_that_holds_them(folders: Folders, head: str):
    way = quotas("SEXE,femme,3,3", "sexe,homme,3,3", head=head)
    made = propose(folders, way, 6)
    assert made.features == ("sexe",)
    assert all(made.held(seats)["sexe", "Femme"] == 3 for seats in made.compositions)


def test_quotas_of_merged_values(folders: Folders):
    way = quotas("âge,tous,6,6")
    made = propose(folders, way, 6, "âge=16-29+30 et +:tous")
    assert made.types == (("tous",),)
    assert made.quotas[0].feature == "age_regroupe"


def test_quotas_that_nothing_holds_are_refused_with_the_smallest_change(folders: Folders):
    with pytest.raises(Refused, match="le plus petit changement") as refused:
        propose(folders, quotas("sexe,femme,5,5", "sexe,homme,3,3"), 6)
    assert "au lieu de" in str(refused.value)
    assert folders.step() == Step.FROZEN


def test_who_would_have_no_chance_is_named_by_number(folders: Folders):
    lines = ("sexe,femme,6,6", "sexe,homme,0,0")
    with pytest.raises(Refused, match="sans aucune chance") as refused:
        propose(folders, quotas(*lines), 6)
    assert "0, 3, 6" in str(refused.value)
    with pytest.raises(Refused, match="10\u00a0personnes : il faudrait"):
        propose(folders, quotas(*lines, veiled=True), 6)
    made = propose(folders, quotas(*lines, unlucky=True), 6)
    assert made.chance(made.types.index(("Homme",))) == 0


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("sexe,femme,3,6",), "« Homme » n’a pas de quota"),
        (("sexe,femmes,3,6", "sexe,homme,0,6"), "le fichier dit « femmes » : écrivez-y « Femme »"),
        (("sexe,femme,trois,6",), "q.csv:2"),
        (("genre,femme,3,6",), "« genre » n’est pas un critère"),
    ],
)
def test_a_bad_file_of_quotas_is_refused_by_line(folders: Folders, lines, words: str):
    with pytest.raises(Refused) as refused:
        propose(folders, quotas(*lines), 6)
    assert words in str(refused.value)


def test_what_is_to_change_is_said_in_the_file_s_words(folders: Folders):
    lines = ("âge,16-29,6,6", "âge,plus,3,3", "sexe,femme,0,6", "sexe,homme,0,6")
    with pytest.raises(Refused, match="age, plus : minimum 0 au lieu de 3"):
        propose(folders, quotas(*lines), 6, "âge=16-29+30 et +:16-29")


def test_who_has_no_chance_for_one_reason_is_said_in_one_line(folders: Folders):
    lines = ("sexe,femme,6,6", "sexe,homme,0,0", "âge,16-29,0,6", "âge,30 et +,0,6")
    with pytest.raises(Refused, match="sans aucune chance") as refused:
        propose(folders, quotas(*lines), 6)
    # Men of both ages, ten in all.
    assert str(refused.value).count("aucun jury ne peut retenir") == 1
    with pytest.raises(Refused, match="retenir 10\u00a0personnes : il faudrait"):
        propose(folders, quotas(*lines, veiled=True), 6)


def test_a_file_is_read_to_its_end_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "q.csv"
    path.write_text("critère,valeur,min,max\nsexe,femme,1,2\n", "utf-8")
    monkeypatch.setattr(sharing, "_MOST", 20)
    with pytest.raises(Refused, match="rien n’en est lu"):
        sharing.way(path, "", unlucky=False, veiled=False)


def test_one_way_at_a_time(tmp_path: Path):
    path = tmp_path / "q.csv"
    path.write_text("critère,valeur,min,max\nsexe,femme,1,2\n")
    with pytest.raises(Refused, match="l’un ou l’autre"):
        sharing.way(path, "proportionnel", unlucky=False, veiled=False)
    assert sharing.way(None, "Proportionnelles", unlucky=False, veiled=False).features is None
    with pytest.raises(Refused, match="« places »"):
        sharing.way(None, str(path), unlucky=False, veiled=False)
    for typed in ("proportionel", str(tmp_path / "absent.csv")):
        with pytest.raises(Refused, match="n’est pas un fichier"):
            sharing.way(None, typed, unlucky=False, veiled=False)
    own = tmp_path / "proportionnel.csv"
    own.write_text("sexe,places\n")
    with pytest.raises(Refused, match="aucune strate"):
        sharing.way(None, str(own), unlucky=False, veiled=False)
