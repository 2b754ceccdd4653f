"""Files of quotas in the spellings that go round."""

from collections import Counter
from pathlib import PurePosixPath

import pytest

from cq.draw import quotas, tables
from cq.draw.plan import Quota
from cq.draw.quotas import Wanted

PATH = PurePosixPath("quotas.csv")
THERE = {"Genre": Counter({"Femme": 12, "Homme": 9}), "age": Counter({"16-24": 4, "25 ans": 17})}


def read(text: str) -> tuple[Wanted, ...]:
    sheet = tables.read(text.encode(), PATH).value
    assert sheet is not None
    made = quotas.read(sheet, PATH)
    assert not made.found
    return made.value


def faults(text: str) -> list[tuple[int, str]]:
    sheet = tables.read(text.encode(), PATH).value
    assert sheet is not None
    return [(one.span.line, one.message) for one in quotas.read(sheet, PATH).found]


OPENDLP = """category,name,suggest min,suggest max,Current #,min,max
genre,femme,1,2,3,4,6
genre,homme,1,2,3,4,6
"""


@pytest.mark.parametrize(
    "text",
    [
        "category,feature,min,max\ngenre,femme,4,6\ngenre,homme,4,6\n",
        "feature,value,min,max\ngenre, femme ,4,6\nGENRE,Homme,4,6\n",
        "feature,value,min,max,min_flex,max_flex\ngenre,femme,4,6,0,0\ngenre,homme,4,6,,\n",
        OPENDLP,
        "Critère;Valeur;Min;Max\ngenre;femme;4;6\ngenre;homme;4,0;6.0\n",
        "critère,valeur,minimum,maximum\ngenre,femme,4,6\ngenre,homme,4,6\n",
    ],
)
def test_each_spelling_is_read_and_matched_to_the_list(text: str):
    made = quotas.matched(read(text), {"Genre": THERE["Genre"]})
    assert not made.found
    assert [one.quota for one in made.value] == [
        Quota("Genre", "Femme", 4, 6), Quota("Genre", "Homme", 4, 6),
    ]  # fmt: skip
    assert not quotas.hints(made.value)


def test_how_far_a_quota_may_give_way_is_kept():
    made = read("feature,value,min,max,min_flex,max_flex\ng,f,4,6,3,8\ng,h,4,6,,7\ng,x,0,0,0,0\n")
    assert quotas.hints(made) == {("g", "f"): (3, 8), ("g", "h"): (4, 7), ("g", "x"): (0, 0)}


def test_lines_that_are_no_quotas_are_refused_with_their_number():
    head = "critère,valeur,min,max\n"
    assert faults(f"{head}a,x,4,quatre\na,,1,2\na,y,6,4\na,z,-1,2\na,x,1,2\na, X,1,2\n") == [
        (2, "un quota est un nombre entier de places"),
        (3, "cette ligne ne nomme pas son critère et sa valeur"),
        (4, "le minimum (6) dépasse le maximum (4)"),
        (5, "un quota est un nombre entier de places"),
        (7, "« X » a déjà ses quotas"),
    ]
    assert faults("a,b\n1,2\n")[0][1].startswith("les colonnes d’un fichier de quotas sont")
    assert faults(head) == [(1, "ce fichier n’a aucun quota")]
    flex = "feature,value,min,max,min_flex,max_flex\na,x,4,6,5,6\n"
    assert faults(flex) == [(2, "les bornes souples doivent entourer 4 et 6")]
    many = faults(head + "".join(f"a,{value},1,1\n" for value in range(6_000)))
    assert many == [(1, "ce fichier a plus de 5000 lignes")]
    huge = faults(f"{head}a,x,1,{'9' * 1_500}\n")
    assert huge == [(2, "un quota est un nombre entier de places")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("genre,femme,4,6\n", "« Homme » n’a pas de quota pour le critère « Genre »"),
        ("genr,femme,4,6\ngenr,homme,4,6\n", "la liste n’a pas de critère « genr »"),
    ],
)
def test_what_the_list_has_otherwise_is_a_finding(text: str, said: str):
    made = quotas.matched(read(f"critère,valeur,min,max\n{text}"), THERE)
    assert [one.message for one in made.found] == [said]
    assert not made.value


def test_two_spellings_in_the_list_are_never_half_counted():
    there = {"genre": Counter({"Femme": 3, "femme": 4})}
    made = quotas.matched(read("critère,valeur,min,max\ngenre,femme,1,2\n"), there)
    assert [one.message for one in made.found] == [
        "la liste écrit « Femme » et « femme » pour une seule valeur de « genre »"
    ]


def test_a_value_that_nobody_has_stays():
    made = quotas.matched(
        read("critère,valeur,min,max\ngenre,femme,1,2\ngenre,homme,1,2\ngenre,autre,0,1\n"),
        {"genre": THERE["Genre"]},
    )
    assert Quota("genre", "autre", 0, 1) in [one.quota for one in made.value]
