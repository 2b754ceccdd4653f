"""Page, actualité, document and page de wiki: their own keys, and those that all share."""

# ruff: noqa: E501 - a case is a line

import json

import pytest

NEWS = "content/actualites/2026-03-12-bancs.md"
DOCUMENT = "content/documents/compte-rendu.md"


@pytest.mark.parametrize("path", ["content/pages/x.md", "content/wiki/a/b/x.md", NEWS])
def test_the_keys_that_all_share(read, path: str):
    parsed = read(
        path,
        "titre: Un titre\nresume: Deux mots.\nmots_cles: canal\ngroupes: [canal]\ndossiers: [d]\n"
        "maj: 2026-03-12\nanciennes_adresses: actu/bancs\npublie_le: 2026-12-01\n"
        "expire: 2027-01-31\nbrouillon: oui\n",
    )
    assert [one for one in parsed.found if one.code != "never-published"] == []
    item = parsed.item
    assert (item.keywords, item.old_addresses, item.draft) == (("canal",), ("actu/bancs",), True)
    assert (item.updated, item.publish, item.expires) == ("2026-03-12", "2026-12-01", "2027-01-31")
    assert [(one.field, one.target) for one in item.references] == [
        ("groupes", "canal"), ("dossiers", "d"),
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["content/pages/x.md", "content/wiki/x.md"])
def test_no_key_is_needed(read, path: str):
    assert read(path, "resume:").found == ()


def test_keys_are_read_through_accents_capitals_and_spaces(read):
    parsed = read(
        "content/pages/x.md", "Titre : T\nRésumé: R\nMots-clés: [a]\nPublié le: 2026-12-01"
    )
    assert json.loads(parsed.fields) == {
        "titre": "T", "resume": "R", "mots_cles": ["a"], "publie_le": "2026-12-01",
    }  # fmt: skip
    (one,) = [one for one in parsed.found if one.code == "key-form"]
    assert one.message == "4 clés sont comprises, mais s’écrivent autrement"
    assert one.hints[0].startswith("« Titre » est lue « titre », « Résumé » est lue « resume »")
    assert one.hints[-1] == "écrivez : titre:, resume:, mots_cles:, publie_le:"
    assert [fix.text for fix in one.fixes] == ["titre", "resume", "mots_cles", "publie_le"]


def test_values_that_are_read_leave_the_line_to_write(read):
    found = read("content/pages/x.md", "maj: 5 janvier 2026").found
    assert [(one.code, one.hints[-1]) for one in found] == [
        ("date-form", "écrivez : maj: 2026-01-05"),
    ]
    edit = found[0].fixes[0]
    assert (edit.line, edit.column, edit.end_column, edit.text) == (2, 6, 20, "2026-01-05")


def test_an_empty_value_is_an_absent_key(read):
    parsed = read("content/pages/x.md", "titre:\nexpire:\nmots_cles:\nbrouillon:\nresume: ~")
    assert parsed.found == ()
    assert parsed.fields == "{}"


def test_a_picture(read):
    parsed = read(NEWS, "image:\n  fichier: banc.jpg\n  alt: Un banc\n  credit: Mairie")
    assert parsed.found == ()
    assert parsed.item.image == ("content/actualites/banc.jpg", "Un banc")
    assert [(one.field, one.line) for one in parsed.item.references] == [("image.fichier", 3)]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("image: banc.jpg", "2:8 wrong-shape « image » attend des clés, chacune sur sa ligne, pas une seule valeur"),
        ("image:\n  fichier: banc.jpg", "2:1 missing-value il manque la clé « alt » dans « image »"),
        ("auteur: [a, b]", "2:1 wrong-shape « auteur » attend une seule valeur, pas une liste"),
        ("date: 2026-03-11", "2:7 date-differs la clé dit 11 mars 2026, le nom du fichier 12 mars 2026"),
        ("tite: X", "2:1 unknown-key la clé « tite » n’est pas prévue ici"),
    ],
)  # fmt: skip
def test_what_is_said_of_an_actualite(said, header: str, expected: str):
    assert said(NEWS, header) == [expected]


def test_a_wrong_picture_shows_the_lines_to_write(read):
    assert read(NEWS, "image: banc.jpg").found[0].hints == (
        "écrivez par exemple :\nimage:\n  fichier: banc.jpg\n  alt: Un banc neuf au bord du canal",
    )


def test_the_nearest_key_is_named(read):
    assert read(NEWS, "tite: X").found[0].hints[-1] == "vouliez-vous dire « titre » ?"
    assert read(NEWS, "zzzzzz: X").found[0].hints[-1].startswith("clés prévues : titre, resume")


def test_a_document(read):
    parsed = read(
        DOCUMENT,
        "fichier: pv.pdf\ndate: 2026-03-10\ntype: voeu\nevenement: 2026-03-10-pleniere\n"
        "langue: fr\ncredit: Atelier\nlicence: Licence Ouverte 2.0\nversion_accessible: pv.md",
    )
    assert parsed.found == ()
    assert tuple(parsed.item.document) == ("vœu", "content/documents/pv.pdf", "fr")
    assert [one.field for one in parsed.item.references] == [
        "evenement", "fichier", "version_accessible",
    ]  # fmt: skip


def test_all_that_a_document_lacks(read, said):
    assert said(DOCUMENT, "titre: T") == [
        "2:1 missing-value il manque la clé « fichier »",
        "2:1 missing-value il manque la clé « date »",
        "2:1 missing-value il manque la clé « type »",
    ]
    assert [one.hints[-1] for one in read(DOCUMENT, "titre: T").found] == [
        "ajoutez la ligne : fichier: compte-rendu-2026-03-10.pdf",
        "ajoutez la ligne : date: 2026-03-10",
        "ajoutez la ligne : type: compte-rendu",
    ]
