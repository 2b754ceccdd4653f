"""site.yml, equipe.yml, quartier.yml and groupe.yml: whole, and with every fault at once."""

# ruff: noqa: E501 - a case is a line

import json

import pytest

SITE = """\
nom: Conseils de quartier
id: cq-paris10
arrondissement:
  numero: 10
  nom: Paris 10e
  code_insee: 75110
  code_postal: 01000
"""


def test_a_site(read):
    parsed = read(
        "content/site.yml",
        SITE + "adresse_web: https://conseils10.example/\nfuseau: Europe/Paris\n"
        "editeur:\n  nom: Mairie\n  telephone: 0153721010\n  courriel: a@b.example\n"
        "hebergeur: {nom: H, adresse: 1 rue X, telephone: +33 1 53 72 10 20}\n"
        "depot: {adresse: https://forge.example/x, public: non}\n"
        "protection: double\naccessibilite: {etat: Partiellement conforme, date: 2026-11-02}\n"
        "adresses_fonctionnelles: contact@b.example\n",
    )
    assert parsed.found == ()
    fields = json.loads(parsed.record.fields[0])
    assert fields["arrondissement"]["code_postal"] == "01000"
    assert fields["editeur"]["telephone"] == "01 53 72 10 10"
    assert fields["depot"]["public"] is False
    assert fields["accessibilite"]["etat"] == "partiellement conforme"
    assert fields["adresses_fonctionnelles"] == ["contact@b.example"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("fuseau: Europe/Pari", "8:9 unknown-choice fuseau : le fuseau « Europe/Pari » n’existe pas"),
        ("fuseau: UTC", "8:9 unknown-choice fuseau : le fuseau « UTC » ne convient pas à un agenda"),
        ("fuseau: Africa/Casablanca", "8:9 unknown-choice fuseau : le fuseau « Africa/Casablanca » ne convient pas à un agenda"),
        ("fuseau: [a]", "8:1 wrong-shape « fuseau » attend une seule valeur, pas une liste"),
        (
            "contact: a?bcc=b@c.fr",
            "8:10 not-an-email contact : « a?bcc=b@c.fr » n’est pas une adresse de courriel",
        ),
        ("contact: contact", "8:10 not-an-email contact : « contact » n’est pas une adresse de courriel"),
        ("adresse_web: conseils10.example", "8:14 not-an-address adresse_web : « conseils10.example » n’est pas une adresse web"),
        ("adresse_web: http://[x", "8:14 not-an-address adresse_web : « http://[x » n’est pas une adresse web"),
        ("editeur: Mairie", "8:10 wrong-shape « editeur » attend des clés, chacune sur sa ligne, pas une seule valeur"),
        ("editeur: {nom: M, telephone: 12}", "8:30 not-a-phone telephone : « 12 » n’est pas un numéro de téléphone"),
        ("protection: rien", "8:13 unknown-choice protection : « rien » n’est pas prévu ici"),
        ("adresses: x", "8:1 unknown-key la clé « adresses » n’est pas prévue ici"),
        ("dépôt: {adresse: https://a.example}", "8:1 key-form la clé « dépôt » est lue « depot »"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_site(said, more: str, expected: str):
    assert said("content/site.yml", SITE + more) == [expected]


def test_an_empty_arrondissement_shows_all_its_lines(read):
    found = read("content/site.yml", "nom: X\nid: x\narrondissement:\n").found
    assert [one.message for one in found] == ["« arrondissement » est vide"]
    assert found[0].hints[-1] == (
        "écrivez :\narrondissement:\n  numero: 10\n  nom: Paris 10e\n  code_insee: 75110\n"
        "  code_postal: 75010"
    )


def test_what_an_arrondissement_lacks_is_all_said(said):
    found = said("content/site.yml", "nom: X\nid: x\narrondissement:\n  numero: 0\n")
    assert found == [
        "3:1 missing-value il manque la clé « nom » dans « arrondissement »",
        "3:1 missing-value il manque la clé « code_insee » dans « arrondissement »",
        "3:1 missing-value il manque la clé « code_postal » dans « arrondissement »",
        "4:11 out-of-range numero : 0 est trop petit",
    ]


def test_an_equipe(read):
    parsed = read(
        "content/equipe.yml",
        "- id: animatrice\n  nom: Camille Exemple\n  consentement: 2026-01-15\n"
        "  quartiers: louis-blanc-aqueduc\n",
    )
    assert parsed.found == ()
    assert [one.target for one in parsed.record.references] == ["louis-blanc-aqueduc"]


def test_faults_of_an_equipe(read, said):
    text = "- id: a\n  nom: A\n- nom: B\n  consentement: hier\n- c\n- [d]\n"
    assert said("content/equipe.yml", text) == [
        "1:3 missing-value il manque la clé « consentement »",
        "3:3 missing-value il manque la clé « id »",
        "4:17 not-a-date consentement : « hier » n’est pas une date",
        "5:3 wrong-shape chaque entrée de la liste attend des clés, pas une seule valeur",
        "6:3 wrong-shape chaque entrée de la liste attend des clés, pas une liste",
    ]
    hints = [one.hints[-1] for one in read("content/equipe.yml", text).found]
    assert hints[-1] == (
        "écrivez par exemple :\n- id: animatrice\n  nom: Camille Exemple\n  consentement: 2026-01-15"
    )


def test_a_quartier(read):
    parsed = read(
        "content/quartiers/canal/quartier.yml",
        'nom: Canal\nnumero: 012\ndepuis: 2002-07-01\njusqua: "2030-12-31"\n'
        "contour: contours/canal.geojson\nrues: rues.csv\nadresse: canal@conseils10.example\n",
    )
    assert parsed.found == ()
    assert json.loads(parsed.record.fields[0])["numero"] == "012"
    assert [one.field for one in parsed.record.references] == ["contour", "rues"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("numero: 3", "1:1 missing-value il manque la clé « nom »"),
        ("nom: C\ncontour: /x.geojson", "2:10 bad-path contour : « /x.geojson » n’est pas le nom d’un fichier posé à côté"),
        ("nom: C\nrues: https://x.example/a.csv", "2:7 bad-path rues : « https://x.example/a.csv » n’est pas le nom d’un fichier posé à côté"),
        ("nom: C\ndepuis: [2002]", "2:1 wrong-shape « depuis » attend une seule valeur, pas une liste"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_quartier(said, header: str, expected: str):
    assert said("content/quartiers/canal/quartier.yml", header) == [expected]


def test_a_groupe(read):
    parsed = read(
        "content/groupes/canal/groupe.yml",
        "nom: Canal\ntype: Groupe de travail\nobjet: Les berges\nquartiers: [a, b]\n",
    )
    assert parsed.found == ()
    assert json.loads(parsed.record.fields[0])["type"] == "groupe-de-travail"


def test_what_is_said_of_a_groupe(said):
    assert said("content/groupes/canal/groupe.yml", "objet: x\nquartiers:\n  a: b\n") == [
        "1:1 missing-value il manque la clé « nom »",
        "1:1 missing-value il manque la clé « type »",
        "2:1 wrong-shape « quartiers » attend une liste, pas des clés",
    ]
