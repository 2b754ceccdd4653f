"""From lists to a frozen list: who is in, who is not and why, and what is kept of it."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cq.draw import plan
from cq.jury import cases, decisions, freezing, frozen, people
from cq.jury.cases import Rules
from cq.jury.columns import Wanted
from cq.jury.folders import Backwards, Folders, Refused, Step
from cq.jury.lists import Faulty, Given

KEY = bytes(range(32))
ABOUT = {"source": "s", "purpose": "p", "destruction": "2027-06-30", "notice": "courrier"}
NOBODY = freezing.Person(None, veiled=False)
RULES = Rules(datetime.date(2027, 3, 1))
GROWN = RULES._replace(least=16)
HEAD = "id,nom,prenom,naissance,adresse,sexe\n"
A = "1,Martin,Zoé,1980-02-03,3 rue A,F\n"
B = "2,N’Diaye,Noé,12/05/2012,4 rue B,M\n"
C = "3,Öztürk,Inès,01/01/1970,5 rue C,F\n"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders("essai", tmp_path / "public", tmp_path / "prive")


def given(*texts: str) -> tuple[Given, ...]:
    return tuple(Given(f"L{at}", f"l{at}.csv", text.encode()) for at, text in enumerate(texts, 1))


def wish(*texts: str, wanted: Wanted | None = None, **more) -> freezing.Wish:
    rules = more.pop("rules", RULES)
    return freezing.Wish(given(*texts), wanted or Wanted(), rules, ABOUT, "2026-11-22", **more)


def freeze(folders: Folders, asked: freezing.Wish, person: freezing.Person = NOBODY) -> list[str]:
    return freezing.freeze(folders, asked, person, KEY)


def batch(*lines: str) -> tuple[str, bytes]:
    return "d.csv", "\n".join(["genre,cas,choix,raison", *lines]).encode()


def test_a_clean_list_is_frozen_and_numbered(folders: Folders):
    said = freeze(folders, wish(HEAD + A, HEAD + C))
    assert folders.step() == Step.FROZEN
    assert [row["id"] for row in folders.people()] == ["1", "3"]
    assert folders.key() == KEY
    assert len(people.pool(people.entries(folders), plan.simple(2, 1), KEY)) == 2
    (entry,) = folders.journal()
    assert entry.step == "gel"
    assert entry.fingerprint in "\n".join(said)
    public = (folders.public / "journal.csv").read_text()
    assert "L1 : 1\u00a0ligne lue" in public
    assert not any(name in public for name in ("Martin", "Öztürk", "rue"))


def test_minors_are_excluded_by_rule_and_counted(folders: Folders):
    asked = wish(HEAD + A + B + C, rules=GROWN)
    freeze(folders, asked)
    assert [row["id"] for row in folders.people()] == ["1", "3"]
    assert frozen.of(folders).counts["lists"][0]["excluded"] == {"age": 1}


def test_the_same_lists_again_change_nothing_and_others_are_refused(folders: Folders):
    freeze(folders, wish(HEAD + A))
    assert "rien à faire" in freeze(folders, wish(HEAD + A))[0]
    with pytest.raises(Backwards, match="a changé depuis le gel du 22 novembre 2026"):
        freeze(folders, wish(HEAD + C))
    freeze(folders, wish(HEAD + C, redo=True))
    assert [row["id"] for row in folders.people()] == ["3"]
    assert len(folders.journal()) == 2
    folders.publish("commitment.json", b"{}\n")
    with pytest.raises(Backwards, match="engagé"):
        freeze(folders, wish(HEAD + A, redo=True))


def test_people_who_were_changed_since_are_refused(folders: Folders):
    freeze(folders, wish(HEAD + A))
    folders.keep("personnes.csv", folders.kept("personnes.csv") + C.encode())
    with pytest.raises(Backwards, match="a changé depuis le gel"):
        people.entries(folders)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ((HEAD + A + A.replace("Zoé", "Léa"),), "l1.csv:3 : le même numéro qu’en l1.csv:2"),
        ((HEAD + A, HEAD + C.replace("3,", "1,", 1)), "l2.csv:2 : le même numéro qu’en l1.csv:2"),
        ((HEAD + A.replace("1,", " ,", 1),), "l1.csv:2 : pas de numéro"),
        ((HEAD + A.replace("Zoé", "Z\x00é"),), "l1.csv:2"),
        ((HEAD + A + "\ufeff" + C,), "l1.csv:3"),
        ((HEAD + A + '4,"Oubli,x,1980-01-01,y,F\n',), "l1.csv"),
        ((HEAD + A + "5," + "x" * 10_000_000 + ",x,1980-01-01,y,F\n",), "l1.csv:3"),
        (("nom,prenom\nA,B\n",), "aucune colonne ne numérote"),
        ((HEAD,), "personne dans ces listes"),
        (("",), "l1.csv"),
    ],
)
def test_what_no_list_may_be_is_refused_with_its_line(folders: Folders, texts, words: str):
    with pytest.raises(Refused) as refused:
        freeze(folders, wish(*texts))
    assert words in str(refused.value)
    assert folders.step() == Step.NEW
    assert not folders.journal()


def test_a_workbook_is_refused_with_what_to_do(folders: Folders):
    asked = wish()._replace(given=(Given("L", "l.xlsx", b"PK\x03\x04..."),))
    with pytest.raises(Refused, match="classeur") as refused:
        freeze(folders, asked)
    assert "Enregistrer sous, « CSV UTF-8" in str(refused.value)


def test_a_coding_is_no_fault(folders: Folders):
    text = (HEAD + A + "2,B\x00,,,,\n").replace(",", ";")
    with pytest.raises(Faulty) as refused:
        freeze(folders, wish(text))
    assert refused.value.faults == (
        "l1.csv:3 : cette ligne a un caractère invisible (U+0000)",
    )  # fmt: skip


def test_letters_that_were_lost_before_us_are_told(folders: Folders):
    lost = C.replace("Inès", "In\ufffds") + B.replace("Noé", "NoÃ©")
    said = "\n".join(freeze(folders, wish(HEAD + A + lost)))
    assert "2\u00a0lignes ont perdu des lettres" in said
    assert "l1.csv:3" in said
    assert "perdu" not in "\n".join(freeze(folders.sibling("autre"), wish(HEAD + A + B)))


def test_faults_by_the_thousand_are_counted(folders: Folders):
    with pytest.raises(Faulty) as refused:
        freeze(folders, wish(HEAD + A * 2 + "".join(f"1,x{n},,,,\n" for n in range(3000))))
    assert len(str(refused.value).split("\n")) == 13
    assert "et 2990 de plus\n" in str(refused.value)
    assert "--prefixer" in str(refused.value)


def test_formulas_stay_what_was_written(folders: Folders):
    freeze(folders, wish(HEAD + A.replace("Zoé", "=cmd|' /C calc'!A0")))
    assert folders.people()[0]["prenom"] == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("text", "kind", "rules"),
    [
        (HEAD + A + A.replace("1,", "9,", 1), "doublon", RULES),
        (HEAD + A + A, "repetition", RULES),
        (HEAD + A.replace(",F\n", ",\n"), "critere", RULES),
        (
            HEAD + A.replace("1980-02-03", "31/02/1980"),
            "date",
            GROWN,
        ),
        (HEAD + A.replace("1980-02-03", ""), "date", GROWN),
        (
            HEAD + A.replace("1980-02-03", "2031-01-01"),
            "date",
            GROWN,
        ),
    ],
)
def test_what_is_doubtful_waits_for_a_decision(
    folders: Folders, text: str, kind: str, rules: Rules
):
    asked = wish(text + C, wanted=Wanted(features=("sexe",)), rules=rules)
    with pytest.raises(Refused, match="cas à décider") as refused:
        freeze(folders, asked)
    assert "--decisions" in str(refused.value)
    assert folders.step() == Step.NEW
    template = folders.kept(decisions.TO_SETTLE).decode("utf-8-sig")
    assert template.split("\r\n")[1].startswith(f"{kind};")
    choice = "premier" if kind == "doublon" else "exclure"
    freeze(folders, asked._replace(batch=batch(f"{kind},*,{choice},vérifié au guichet")))
    counts = frozen.of(folders).counts
    assert counts["lists"][0]["excluded"] == {kind: 1}
    assert "vérifié au guichet" in folders.kept("decisions.csv").decode()
    assert not (folders.private / decisions.TO_SETTLE).exists()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/02/1990", "1990-02-01"),
        ("1/2/1990", "1990-02-01"),
        ("1990-02-01", "1990-02-01"),
        ("1990-02-01 00:00:00", "1990-02-01"),
        ("1990-02-01T00:00:00.000", "1990-02-01"),
        ("01/02/1990 0:00", "1990-02-01"),
        ("01021990", "1990-02-01"),
        ("19900201", "1990-02-01"),
        ("1er février 1990", "1990-02-01"),
        ("1990-01-31T23:00:00Z", None),
        ("31/02/1990", None),
        ("1/2/90", None),
        ("01/021990", None),
        ("32874", None),
        ("00/00/1975", None),
    ],
)
def test_a_day_is_read_where_it_has_one_reading(text: str, day: str | None):
    assert cases.born(text) == (datetime.date.fromisoformat(day) if day else None)


def test_an_age_without_a_date_of_birth_is_refused(folders: Folders):
    text = (HEAD + A + B).replace("naissance", "jour")
    with pytest.raises(Refused, match="--naissance COLONNE"):
        freeze(folders, wish(text, rules=GROWN))
    assert folders.step() == Step.NEW


def test_a_column_of_dates_that_nobody_can_read_is_one_fault(folders: Folders):
    rows = "".join(f"{n},Nom{n},X,{32874 + n},{n} rue A,F\n" for n in range(10, 24))
    for rules in (GROWN, RULES._replace(bands=(16, 30))):
        with pytest.raises(Refused, match="14 dates de naissance sur 15") as refused:
            freeze(folders, wish(HEAD + A, HEAD + A.replace("1,", "9,", 1) + rows, rules=rules))
        assert "l2.csv:3" in str(refused.value)
        assert "AAAA-MM-JJ" in str(refused.value)
    # Without them, everyone is a case: some lists know no date of birth.
    blank = "".join(f"{n},Nom{n},X,,{n} rue A,F\n" for n in range(10, 24))
    with pytest.raises(Refused, match="14\u00a0cas à décider"):
        freeze(folders, wish(HEAD + A + blank, rules=GROWN))


def test_a_perimeter_s_slip_is_told(folders: Folders):
    wanted = Wanted(perimeter="sexe")
    rules = RULES._replace(perimeter=("f", "ff"))
    said = "\n".join(freeze(folders, wish(HEAD + A + B, wanted=wanted, rules=rules)))
    assert "personne n’a « ff » pour « sexe »" in said
    women = "".join(f"{n},Nom{n},X,1980-01-01,{n} rue A,F\n" for n in range(10, 15))
    rules = RULES._replace(perimeter=("x",))
    for rows, words in ((A + B, "a d’autres valeurs"), (A + B + women, "vaut souvent F$")):
        with pytest.raises(Refused, match=f"« sexe » {words}"):
            freeze(folders, wish(HEAD + rows, wanted=wanted, rules=rules, redo=True))


def test_what_was_guessed_is_said_before_anybody_decides(folders: Folders):
    with pytest.raises(Refused, match=r"date de naissance : « naissance » \(d’après son nom\)"):
        freeze(folders, wish(HEAD + A + A.replace("1,", "9,", 1)))


def test_a_decision_is_kept_at_once_and_never_asked_again(folders: Folders):
    text = HEAD + A + A.replace("1,", "9,", 1) + C + C.replace("3,", "8,", 1)
    asked: list[str] = []

    def asks(answers: list[tuple[str, str]]) -> Callable[..., tuple[str, str]]:
        def one(case, *_) -> tuple[str, str]:
            asked.append(case.name)
            if not answers:
                raise KeyboardInterrupt
            return answers.pop()

        return one

    with pytest.raises(KeyboardInterrupt):
        freeze(folders, wish(text), freezing.Person(asks([("garder", "jumeaux")]), veiled=False))
    freeze(folders, wish(text), freezing.Person(asks([("8", "déménagé")]), veiled=False))
    assert asked == ["1 9", "3 8", "3 8"]
    assert [row["id"] for row in folders.people()] == ["1", "9", "8"]


def test_a_decision_holds_for_its_rows_only(folders: Folders):
    text = HEAD + A.replace(",F\n", ",\n") + C
    wanted = Wanted(features=("sexe",))
    decided = batch("critere,1,garder,vu")
    freeze(folders, wish(text, wanted=wanted, batch=decided))
    assert folders.people()[0]["sexe"] == "non renseigné"
    other = text.replace("3 rue A", "30 rue A")
    with pytest.raises(Refused, match="à décider"):
        freeze(folders, wish(other, wanted=wanted, redo=True))


def test_a_file_of_decisions_may_come_back_from_a_spreadsheet(folders: Folders):
    rows = HEAD + A.replace("1,", "0012,", 1) + A.replace("1,", "0044,", 1)
    for case, choice in (("doublon", "0044"), ("Doublon", "0044"), ("doublon", "Premier")):
        freeze(folders, wish(rows, batch=batch(f"{case},0012 0044,{choice},vu"), redo=True))
    assert [row["id"] for row in folders.people()] == ["0012"]
    other = folders.sibling("autre")
    with pytest.raises(Faulty, match="c’est « 0012 0044 »"):
        freeze(other, wish(rows, batch=batch("doublon,12 44,premier,vu")))


def test_many_cases_are_settled_by_one_line_that_is_shown(folders: Folders):
    rows = "".join(f"{n},Nom{n},X,1980-01-01,{n} rue A,\n" for n in range(10, 21))
    with pytest.raises(Refused, match=re.escape("critere;*;exclure;RAISON")):
        freeze(folders, wish(HEAD + A + rows, wanted=Wanted(features=("sexe",))))


def test_somebody_who_asks_is_left_out(folders: Folders):
    freeze(folders, wish(HEAD + A + C, batch=batch("retrait,3,exclure,opposition du 3 mars")))
    assert [row["id"] for row in folders.people()] == ["1"]
    assert "opposition" not in (folders.public / "journal.csv").read_text()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nimporte,1,garder,x", "« nimporte » n’est pas un genre"),
        ("Zoé Martin 0012,1,garder,x", "le début de cette ligne n’est pas un genre"),
        ("doublon,1 9,garder,", "il manque la raison"),
        ("doublon,1 7,garder,x", "aucun cas de ce genre"),
        ("doublon,1 9,7,x", "n’est pas un choix"),
        ("retrait,77,exclure,x", "un retrait nomme"),
    ],
)
def test_a_bad_decision_is_refused_by_its_line(folders: Folders, line: str, words: str):
    asked = wish(HEAD + A + A.replace("1,", "9,", 1), batch=batch(line))
    with pytest.raises(Faulty, match=r"d\.csv:2") as refused:
        freeze(folders, asked)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "name",
    ["nom", "Prénom", "nationalité", "Religion", "pays de naissance", "consonance du nom"],
)
def test_no_stratum_of_names_origins_or_beliefs(folders: Folders, name: str):
    with pytest.raises(Refused, match="ne peut pas être un critère"):
        freeze(folders, wish(HEAD + A, wanted=Wanted(features=(name,))))


def test_nobody_is_sorted_by_origin_in_a_perimeter_either(folders: Folders):
    with pytest.raises(Refused, match="ne peut pas être un critère"):
        freeze(folders, wish(HEAD + A, wanted=Wanted(perimeter="nationalité")))


@pytest.mark.parametrize(
    "name", ["Bureau de vote", "bureau_vote", "Quartier politique de la ville", "terrasse", "tracé"]
)
def test_where_people_vote_is_no_opinion(name: str):
    freezing.forbidden([name])


def test_no_more_is_kept_than_is_needed(folders: Folders):
    text = "id,civilite,nom,e-mail,lieu de naissance,adresse,commentaires,sexe,quartier\n"
    text += "1,Mme,A,a@example.org,Vire,3 rue A,réfugiée,F,Danube\n"
    text += "2,M.,B,b@example.org,Nice,4 rue A,,M,Danube\n"
    asked = wish(text, wanted=Wanted(features=("quartier",)))
    said = "\n".join(freeze(folders, asked))
    assert "e_mail, lieu_de_naissance, commentaires, sexe ; pour en garder : --avec" in said
    assert list(folders.people()[0]) == ["id", "civilite", "nom", "adresse", "quartier"]
    assert "Vire" not in folders.kept("personnes.csv").decode()
    wanted = Wanted(features=("quartier",), kept=("Sexe",), without=("nom",))
    freeze(folders, asked._replace(wanted=wanted, redo=True))
    assert list(folders.people()[0]) == ["id", "civilite", "adresse", "sexe", "quartier"]
    with pytest.raises(Refused, match="aucune colonne « mobile »"):
        freeze(folders, asked._replace(wanted=Wanted(kept=("mobile",)), redo=True))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(without=("telephone",)), "aucune colonne « telephone »"),
        (Wanted(without=("adrese",)), "vouliez-vous dire « adresse »"),
        (Wanted(renamed={"nom_de_naissance": "nom"}), "aucune colonne « nom_de_naissance »"),
        (Wanted(features=("id",)), "« id » a une valeur pour chacun"),
        (Wanted(features=("naissance",)), "--tranches 16,30,45,60"),
    ],
)
def test_a_column_that_cannot_be_meant_is_refused(folders: Folders, wanted: Wanted, words: str):
    with pytest.raises(Refused) as refused:
        freeze(folders, wish(HEAD + A, wanted=wanted))
    assert words in str(refused.value)


def test_the_number_may_be_a_name_or_an_address(folders: Folders):
    text = HEAD.replace("id,", "") + A.removeprefix("1,") + C.removeprefix("3,")
    wanted = Wanted(id="nom", names=("nom", "prenom"), address=("nom",), features=("sexe", "sexe"))
    freeze(folders, wish(text, wanted=wanted))
    assert folders.frozen()["household"] == ["id"]
    assert folders.frozen()["features"] == ["sexe"]
    rules = RULES._replace(perimeter=("zoe",))
    wanted = Wanted(id="sexe", perimeter="sexe")
    with pytest.raises(Refused, match="personne n’est dans ce périmètre"):
        freeze(
            folders, wish(HEAD + A, wanted=wanted._replace(without=("id",)), rules=rules, redo=True)
        )


def test_a_column_called_id_that_is_not_the_number_is_in_nobody_s_way(folders: Folders):
    text = "id,numero,nom\n7,1,A\n7,2,B\n"
    freeze(folders, wish(text, wanted=Wanted(id="numero")))
    assert folders.people()[0] == {"id": "1", "nom": "A"}
    with pytest.raises(Refused, match="--sans id"):
        freeze(folders, wish(text, wanted=Wanted(id="numero", features=("id",)), redo=True))


def test_many_at_one_address_are_told_first(folders: Folders):
    rows = "".join(f"{n},Nom{n},X,1980-01-01,12 quai du Foyer,F\n" for n in range(100, 145))
    said = "\n".join(freeze(folders, wish(HEAD + rows)))
    assert "45\u00a0personnes, dont l1.csv:2" in said
    assert "quai" not in said


def test_a_town_for_an_address_is_told_before_it_makes_one_home(folders: Folders):
    head = "id,nom,adresse,code postal\n"
    rows = ("1,A,3 rue A,75019\n", "2,B,,75019\n", "3,C,,75019\n", "4,D,,\n")
    said = "\n".join(freeze(folders, wish(head + "".join(rows))))
    assert "2 personnes n’ont qu’une commune" in said
    assert "1\u00a0personne sans adresse" in said
    said = "\n".join(freeze(folders, wish(head + rows[0] + rows[1], redo=True)))
    assert "commune" not in said


def test_a_log_says_no_more_than_lines_and_counts(folders: Folders):
    text = HEAD + A.replace("1980-02-03", "trois février 80") + C
    asked = wish(text, rules=GROWN)
    with pytest.raises(Refused) as refused:
        freeze(folders, asked, freezing.Person(None, veiled=True))
    assert "l1.csv:2" in str(refused.value)
    assert "trois" not in str(refused.value)


def test_the_roll_alone_and_silence_are_warned_of(folders: Folders):
    other = freeze(folders.sibling("autre"), wish(HEAD + A)._replace(
        given=(Given("volontaires des Alpes", "v.csv", (HEAD + A).encode()),)
    ))  # fmt: skip
    assert not any(line.startswith("attention") for line in other)
    asked = wish(HEAD + A)._replace(given=(Given("LP", "lp.csv", (HEAD + A).encode()),))
    said = freeze(folders, asked._replace(about={**ABOUT, "notice": ""}))
    assert sum(line.startswith("attention") for line in said) == 2


def test_classes_of_age_are_a_criterion_and_in_no_number(folders: Folders):
    freeze(folders, wish(HEAD + A + C))
    before = {one.row["id"]: one.pid for one in people.entries(folders)}
    asked = wish(HEAD + A + C + B, rules=RULES._replace(bands=(16, 30, 57)), redo=True)
    freeze(folders, asked)
    bands = {row["id"]: row["tranche_d_age"] for row in folders.people()}
    assert bands == {"1": "30-56 ans", "3": "57 ans et plus", "2": "moins de 16 ans"}
    assert folders.frozen()["features"] == ["tranche_d_age"]
    assert before.items() <= {one.row["id"]: one.pid for one in people.entries(folders)}.items()


def test_the_exports_of_others_are_read_as_they_are(folders: Folders):
    """respondents.csv of panelot, StratifySelect and sortition-algorithms."""
    text = (
        "nationbuilder_id,first_name,last_name,email,mobile_number,primary_address1,primary_zip,"
        "gender,age_bracket\n"
        "p0,Ada,Brown,a@example.org,07,12 Elm Row,75019,Female,16-29\n"
        "p1,Max,Brown,b@example.org,07,12 Elm Row,75019,male,30-44\n"
        "p2,Eve,Stone,c@example.org,07,1 Oak Lane,75019,Male,30-44\n"
        "p3,Tom,Stone,d@example.org,07,3 Oak Lane,75019,Male,30-44\n"
    )
    freeze(folders, wish(text, wanted=Wanted(features=("Gender", "age bracket"))))
    assert {row["gender"] for row in folders.people()} == {"Female", "Male"}
    assert folders.frozen()["household"] == ["primary_address1", "primary_zip"]


def test_lists_of_a_promise_are_not_said_to_await_a_plan(tmp_path: Path):
    made = Folders("essai", tmp_path / "public", tmp_path / "prive")
    made.keep("gel.json", b"{}")
    assert "cq draw-jury plan essai" in "\n".join(freezing._again(made))
    made.publish("commitment.json", b"{}")
    said = "\n".join(freezing._again(made))
    assert ("engagé" in said, "--refaire" in said, "plan" in said) == (True, False, False)
