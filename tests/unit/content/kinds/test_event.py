"""An événement: its hours, its place, its repetition, and what it says of a wrong one."""

# ruff: noqa: E501 - a case is a line

import json

import pytest

PATH = "content/agenda/2026-03-10-pleniere.md"
SOUND = "titre: Plénière\ndebut: 19:30\nlieu: École Vicq-d’Azir\n"


def test_a_whole_event(read):
    parsed = read(
        PATH,
        "titre: Plénière\ndate: 2026-03-10\ndebut: 19h30\nfin: 21:30\n"
        "lieu:\n  nom: École\n  adresse: 5, rue Vicq-d’Azir\n  acces: métro\n  pmr: oui\n"
        "type: Pleniere\nstatut: annule\nrevision: 2\n"
        "repetition:\n  chaque: mois\n  rang: -1\n  jour: Samedi\n  jusqua: 2027-06-30\n"
        "  sauf: 2027-05-29\n"
        "ordre_du_jour: [Plan vélo, Canal]\npoints_au_vote: Vœu n° 3\n"
        "compte_rendu: compte-rendu-2026-03-10\n",
    )
    assert parsed.found == ()
    event = parsed.item.event
    assert (event.start, event.end, event.type, event.status) == (
        "19:30", "21:30", "plénière", "annulé",
    )  # fmt: skip
    assert (event.place, event.place_address) == ("École", "5, rue Vicq-d’Azir")
    assert event.place_access == "métro ; accessible en fauteuil roulant"
    assert tuple(event.repetition) == ("mois", -1, 5, "2027-06-30", ("2027-05-29",))
    assert (event.agenda, event.votes, event.revision) == (
        ("Plan vélo", "Canal"), ("Vœu n° 3",), 2,
    )  # fmt: skip
    assert [one.target for one in parsed.item.references] == ["compte-rendu-2026-03-10"]


def test_heure_is_another_name_of_debut(read):
    parsed = read(PATH, "titre: T\nHeure: 19:30\nlieu: ici")
    assert parsed.item.event.start == "19:30"
    assert [one.code for one in parsed.found] == ["key-form"]
    assert parsed.found[0].hints == ("écrivez : debut:",)


def test_both_names_at_once_are_an_error(said):
    assert said(PATH, "heure: 19:30\ndebut: 20:30\nlieu: ici") == [
        "2:1 key-form la clé « heure » est lue « debut »",
        "3:1 duplicate-key « heure » et « debut » sont la même clé, écrite deux fois",
    ]


def test_a_place_may_be_a_text(read):
    assert json.loads(read(PATH, SOUND).fields)["lieu"] == {"nom": "École Vicq-d’Azir"}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("debut: 19:30\nheure: 20:30\nlieu: ici", "3:1 duplicate-key « debut » et « heure » sont la même clé, écrite deux fois"),
        ("debut:\n  - 19:30\nlieu: ici", "2:1 wrong-shape « debut » attend une seule valeur, pas une liste"),
        ("debut:\n  heure: 19\nlieu: ici", "2:1 wrong-shape « debut » attend une seule valeur, pas des clés"),
        ("debut: 19:30\nlieu:\n  - ici", "3:1 wrong-shape « lieu » attend des clés, chacune sur sa ligne, pas une liste"),
        ("debut: 19:30\nlieu:", "3:1 missing-value « lieu » est vide"),
        ('debut: 19:30\nlieu: ""', "3:7 missing-value « lieu » est vide"),
        ("debut: 19:30", "2:1 missing-value il manque la clé « lieu »"),
        ("debut: 19:30\nlieu:\n  adresse: x", "3:1 missing-value il manque la clé « nom » dans « lieu »"),
        ("debut: 19:30\nlieu:\n  nom:\n  adresse: x", "4:3 missing-value « nom » est vide"),
        ("debut: 19:30\nlieu:\n  nom: x\n  pmr: peut-être", "5:8 not-a-flag pmr : « peut-être » n’est ni oui ni non"),
        ("debut: 19:30\nlieu: ici\nordre_du_jour:\n  un: a", "4:1 wrong-shape « ordre_du_jour » attend une liste, pas des clés"),
        ("debut: 19:30\nlieu: ici\nordre_du_jour:\n  - a\n  - b: c\n    d: e", "6:5 wrong-shape dans « ordre_du_jour », une valeur simple est attendue ici, pas des clés"),
        ("debut: 19:30\nlieu: ici\nordre_du_jour: [a, [b]]", "4:20 wrong-shape dans « ordre_du_jour », une valeur simple est attendue ici, pas une liste"),
        ('debut: 19:30\nlieu: ici\nmots_cles: [a, ""]', "4:16 missing-value une des valeurs de « mots_cles » est vide"),
        ("debut: 19:30\nlieu: ici\nrevision: -1", "4:11 out-of-range revision : -1 est trop petit"),
        ("debut: 19:30\nlieu: ici\nrevision: deux", "4:11 not-a-number revision : « deux » n’est pas un nombre entier"),
        ("debut: 19:30\nlieu: ici\nrepetition: mois", "4:13 wrong-shape « repetition » attend des clés, chacune sur sa ligne, pas une seule valeur"),
        ("debut: 19:30\nlieu: ici\nrepetition:\n  chaque: mois\n  rang: 9", "6:9 out-of-range rang : 9 est trop grand"),
        ("debut: 19:30\nlieu: ici\nrepetition:\n  chaque: mois\n  rang: -2", "6:9 out-of-range rang : -2 est trop petit"),
        ("debut: 19:30\nlieu: ici\nrepetition:\n  chaque: mois\n  rang: 0", "6:9 unknown-choice rang: 0 ne désigne aucune semaine du mois"),
        ("debut: 19:30\nlieu: ici\nrepetition:\n  chaque: an", "5:11 unknown-choice chaque : « an » n’est pas prévu ici"),
        ("debut: 19:30\nlieu: ici\nrepetition:\n  chaque: semaine\n  jusqua: 2026-01-01", "6:11 end-before-start la répétition s’arrête avant la première réunion"),
        ("debut: 19:30\nlieu: ici\ntype: réunion", "4:7 unknown-choice type : « réunion » n’est pas prévu ici"),
        ("debut: 21:30\nfin: 19:30\nlieu: ici", "3:6 end-before-start la fin (19:30) vient avant le début (21:30)"),
        ("fin: 19:30\nlieu: ici", "2:6 end-before-start il y a une heure de fin, mais pas d’heure de début"),
        ("debut: 19:30\ndate_fin: 2026-03-09\nlieu: ici", "3:11 end-before-start l’événement finirait le 9 mars 2026, avant de commencer"),
        ("lieu: ici", "1:1 whole-day sans « debut », l’événement dure toute la journée"),
        ("debut: 19:30\nlieu: ici\nlieux: là", "4:1 unknown-key la clé « lieux » n’est pas prévue ici"),
        ("debut: 19:30\nlieu:\n  nom: x\n  adrese: y", "5:3 unknown-key la clé « adrese » n’est pas prévue ici"),
    ],
)  # fmt: skip
def test_what_is_said(said, header: str, expected: str):
    assert said(PATH, header) == [expected]


def test_all_faults_at_once(said):
    found = said(
        PATH,
        "debut: tard\nfin: 25:00\ndate: 2026-02-31\ntype: réunion\nrevision: -1\nlieu:\n  pmr: bof\n"
        "titr: T",
    )
    assert [line.split(" ")[:2] for line in found] == [
        ["2:8", "not-a-time"],
        ["3:6", "not-a-time"],
        ["4:7", "impossible-date"],
        ["5:7", "unknown-choice"],
        ["6:11", "out-of-range"],
        ["7:1", "missing-value"],
        ["8:8", "not-a-flag"],
        ["9:1", "unknown-key"],
    ]


def test_an_end_after_midnight_needs_its_day(read):
    found = read(PATH, "debut: 21:00\nfin: 01:00\nlieu: ici").found
    assert found[0].hints[-1].endswith("date_fin: 2026-03-11")
    assert read(PATH, "debut: 21:00\nfin: 01:00\ndate_fin: 2026-03-11\nlieu: ici").found == ()
