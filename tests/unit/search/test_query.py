"""Which pages answer, and in what order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.search.query import Filters, Index, Stale, akin
from tests.unit.search.small_index import Town, town

PAGES = {
    "wiki/travaux.md": "# Les travaux du canal\n\nL’aqueduc et l’écluse, quai de Valmy.",
    "wiki/banc.md": "# Le mobilier\n\nUn banc, deux bancs, et du cœur à l’ouvrage.",
    "wiki/association.md": "# Les associations\n\nLe 10e et la place du Marché.",
    "actualites/2020-05-01-piscine.md": "# La piscine rouvre\n\nLa piscine, un bassin.",
    "actualites/2026-05-01-piscine.md": "# La piscine ferme\n\nLa piscine, un bassin.",
    "actualites/2026-06-01-mai.md": "# Le joli mai\n\nUne fête au bassin.",
    "quartiers/nord/actualites/2026-06-02-maison.md": "# Autre chose\n\nUne maison, la mairie.",
}  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Town:
    return town(PAGES)


@pytest.fixture(scope="module")
def index(small: Town) -> Index:
    return small.index


def found(index: Index, question: str, **filters: str) -> list[str]:
    answer = index.search(question, Filters(**filters))
    return [index.card(number).address.rstrip("/").rsplit("/", 1)[-1] for number in answer.numbers]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("aqueduc", ["travaux"]),
        ("l'aqueduc", ["travaux"]),
        ("L’AQUEDUC", ["travaux"]),
        ("ecluse", ["travaux"]),
        ("coeur", ["banc"]),
        ("cœur", ["banc"]),
        ("bancs", ["banc"]),
        ("travail ", ["travaux"]),  # no such form: it begins like one
        ("associatif", ["association"]),
        ("marchés", ["association"]),
        ("10ème", ["association"]),
        ("quai de la Valmy", ["travaux"]),
        ("aque", ["travaux"]),
        ("aque canal", ["travaux"]),  # a beginning, though it is not the last word
        ("zzz", []),
        ("", []),
        ("l", []),
        ("de la", []),
        ("de la mar", ["association"]),
        ("les mes", []),
        ("la ", []),
    ],
)
def test_words_meet(index: Index, question: str, first: list[str]) -> None:
    assert found(index, question) == first


def test_titles_come_first_and_new_before_old(index: Index) -> None:
    assert found(index, "piscine") == ["2026-05-01-piscine", "2020-05-01-piscine"]
    assert found(index, "bassin")[-1] == "2020-05-01-piscine"


def test_the_age_of_a_page_is_that_of_what_happened_last() -> None:
    dossier = """---
etat: {state}
depuis: 2020-02-0{day}
etapes:
  - date: {step}
    titre: Une visite
---

# Les toits
"""
    index = town({
        "dossiers/a-vit/index.md": dossier.format(state="en-cours", day=1, step="2026-03-01"),
        "dossiers/b-dort/index.md": dossier.format(state="clos", day=2, step="2020-03-01"),
        "dossiers/c-viendra/index.md": dossier.format(state="en-cours", day=2, step="2027-03-01"),
        **{f"actualites/{year}-01-01-x.md": "# Autre\n\nTexte." for year in range(2021, 2027)},
    }).index  # fmt: skip
    assert found(index, "toits") == ["a-vit", "c-viendra", "b-dort"]
    assert index.year(index.search("toits").numbers[0]) == "2020"
    assert found(index, "toits", year="2026") == []


def test_a_word_that_is_being_typed_is_a_beginning(index: Index) -> None:
    assert found(index, "mai") == ["2026-06-01-mai", "2026-06-02-maison"]
    assert found(index, "mai ") == ["2026-06-01-mai"]
    assert found(index, "ma") == ["2026-06-01-mai", "2026-06-02-maison", "association"]


def test_an_empty_word_alone_may_be_a_beginning(index: Index) -> None:
    assert index.search("mes").asked == 1
    assert index.search("ma ma").asked == 0
    assert index.search("mes ").asked == index.search("les mes").asked == 0


def test_all_words_or_the_most_of_them(index: Index) -> None:
    answer = index.search("piscine bassin ")
    assert (answer.asked, answer.met, len(answer.numbers)) == (2, 2, 2)
    answer = index.search("piscine maison ")
    assert (answer.asked, answer.met, len(answer.numbers)) == (2, 1, 3)


def test_filters(index: Index) -> None:
    assert found(index, "bassin", year="2020") == ["2020-05-01-piscine"]
    assert found(index, "ma", kind="wiki") == ["association"]
    assert found(index, "ma", place="quartiers/nord/") == ["2026-06-02-maison"]
    assert found(index, "ma", place="quartiers/sud/") == []
    assert index.search("piscine maison ", Filters(place="quartiers/nord/")).met == 1


def test_what_is_marked_are_the_forms_of_the_words(index: Index) -> None:
    assert index.search("bancs ").forms == {"banc": 0, "bancs": 0}
    assert index.search("piscine bancs ").forms == {"piscine": 0, "banc": 1, "bancs": 1}


def test_a_page_knows_its_kind_place_and_year(index: Index) -> None:
    (number,) = index.search("maison").numbers
    assert (index.kind(number), index.place(number), index.year(number)) == (
        "news", "quartiers/nord/", "2026",
    )  # fmt: skip
    (undated,) = index.search("aqueduc").numbers
    assert index.year(undated) == ""
    assert index.card(undated).day == ""


def test_a_file_of_another_index_is_refused(small: Town) -> None:
    files = {
        name: text if name == "index.json" else text.replace(small.index.stamp, "00000000")
        for name, text in small.files.items()
    }
    other = Index(files.__getitem__)
    with pytest.raises(Stale):
        other.search("banc")
    with pytest.raises(Stale):
        other.card(0)


def test_only_what_a_question_needs_is_read(small: Town) -> None:
    read: list[str] = []

    def reader(name: str) -> str:
        read.append(name)
        return small.files[name]

    index = Index(reader)
    for _ in range(2):
        index.search("banc")
        index.card(0)
    assert read == ["index.json", "m/0.txt", "p/0.json"]


@pytest.mark.parametrize(
    ("word", "form", "same"),
    [
        ("rues", "rue", True),
        ("bancs", "banc", True),
        ("travail", "travaux", True),
        ("associatif", "association", True),
        ("nettoyer", "nettoyage", True),
        ("10eme", "10e", True),
        ("10eme", "11e", False),
        ("piste", "pistolet", False),
        ("gare", "gars", False),
        ("place", "plante", False),
        ("rue", "ruche", False),
    ],
)
def test_words_that_begin_alike(word: str, form: str, *, same: bool) -> None:
    assert akin(word, form) is same


@pytest.mark.parametrize(
    "question",
    [
        ".*", "(((", "[a-", "\\", "$^", "banc.*", "%00", "\x00", "a" * 10_000, "é" * 10_000,
        "e\u0301" * 5000, "🎉🎉", "قناة", "канал", "運河", "İSTANBUL", "\ud800", "<b>banc</b>",
        "__proto__ constructor", " ".join(f"mot{n}" for n in range(2000)), "\u202ebanc\u200b",
    ],
)  # fmt: skip
def test_hostile_questions_have_an_answer(index: Index, question: str) -> None:
    assert index.search(question).asked <= 12


@given(st.text(max_size=60))
def test_every_question_has_an_answer(small: Town, question: str) -> None:
    answer = small.index.search(question)
    assert answer.met <= answer.asked <= 12
    assert len(set(answer.numbers)) == len(answer.numbers)
    assert all(0 <= number < small.index.pages for number in answer.numbers)


def test_an_empty_site_answers() -> None:
    assert town({}).index.search("banc").numbers == ()
