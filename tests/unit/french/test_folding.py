"""Comparing French words."""

import time

import pytest

from cq.french.folding import fold, nearest, slug, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élysée", "elysee"),
        ("E\u0301lyse\u0301e", "elysee"),
        ("Œuvre", "oeuvre"),
        ("Lætitia", "laetitia"),
        ("Straße", "strasse"),
        ("L’été", "l'ete"),
        ("L'ÉTÉ", "l'ete"),
        ("pri\u00advé", "prive"),
        ("pri\u200bvé", "prive"),
        ("ＰＲＩＶＥ", "prive"),
        ("prıve", "prive"),
        ("PRİVE", "prive"),
        ("p\ufe0frive", "prive"),
        ("prive\u3164", "prive"),
        ("a\u00a0b\u202fc", "a b c"),
        ("1ᵉʳ", "1er"),
        ("nº 5", "n° 5"),
        ("", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vœu n° 12", "voeu-n-12"),
        ("L’eau d'ici", "l-eau-d-ici"),
        ("  Louis-Blanc / Aqueduc  ", "louis-blanc-aqueduc"),
        ("Çà & là : 20 m²", "ca-la-20-m2"),
        ("Œuvre_ouverte.pdf", "oeuvre-ouverte-pdf"),
        ("—", ""),
        ("", ""),
        ("中文", ""),
    ],
)
def test_slugs(text, name):
    assert slug(text) == name


def test_french_order():
    words = ["Zola", "Étoile", "école", "œuf", "Ecole", "officiel", "Odéon", "cote", "côté", "coté"]
    assert sorted(words, key=sort_key) == [
        *("cote", "coté", "côté", "Ecole", "école", "Étoile", "Odéon", "œuf", "officiel", "Zola")
    ]


def test_leading_articles_count_unless_asked():
    words = ["Le Canal", "La Villette", "L’Aqueduc", "Les Bords", "Lapin", "Le"]
    assert sorted(words, key=lambda w: sort_key(w, articles=False)) == [
        *("L’Aqueduc", "Les Bords", "Le Canal", "Lapin", "Le", "La Villette")
    ]
    assert sorted(["Le Canal", "Jardin"], key=sort_key) == ["Jardin", "Le Canal"]


KEYS = ["titre", "resume", "date", "debut", "fin", "lieu", "type", "statut", "mots_cles"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("titer", ["titre"]),
        ("Titre", ["titre"]),
        ("résumé", ["resume"]),
        ("motscles", ["mots_cles"]),
        ("dbut", ["debut"]),
        ("lieux", ["lieu"]),
        ("couleur", []),
        ("xy", []),
        ("", []),
        ("   ", []),
        ("organisateur", []),
    ],
)
def test_the_nearest_key(word, found):
    assert nearest(word, KEYS) == found


def test_several_are_ordered_by_likelihood():
    names = ["louis-blanc-aqueduc", "louis-blanc-aqueducs", "grange-aux-belles"]
    assert nearest("louis-blanc-aquedcu", names, most=3) == names[:2]
    assert nearest("louis-blanc-aqueducs", names) == ["louis-blanc-aqueducs"]
    assert nearest("louis-blanc-aqueducs", names, most=0) == []


def test_a_name_in_part_finds_the_only_one_that_holds_it():
    names = ["louis-blanc-aqueduc", "grange-aux-belles-terrage", "porte-saint-denis"]
    assert nearest("louis-blanc", names) == ["louis-blanc-aqueduc"]
    assert nearest("saint", [*names, "saint-vincent"]) == []


def test_ten_thousand_names_are_searched_at_once():
    names = [
        f"quartiers/louis-blanc-aqueduc/agenda/2026-03-10-pleniere-{n:05}" for n in range(10_000)
    ]
    start = time.process_time()
    found = nearest("quartiers/louis-blanc-aqueduc/agenda/2026-03-10-plenière-x0042", names, most=3)
    # About 0.1 s; the margin is for a machine that is busy.
    assert time.process_time() - start < 3
    assert found[0].endswith("00042")


def test_a_monstrous_word_costs_nothing():
    start = time.process_time()
    assert nearest("a" * 1_000_000, KEYS) == []
    assert nearest("abc" * 20, ["b" * 100_000 for _ in range(3)]) == []
    assert time.process_time() - start < 3
