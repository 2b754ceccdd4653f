"""The terms that a text writes: the same as one plain expression a term finds, and quickly."""

import re
import time
from collections.abc import Iterable
from html import escape
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cq.content.terms import SIGNS, even, ways
from cq.site.sought import Sought, Word

_BEFORE = r"\b(?<![&#@./\-‐‑])"
_AFTER = r"(?![\w@/\-‐‑]|\.\w)"


def found(terms: Iterable[tuple[str, str]], html: str) -> list[tuple[str, str]]:
    """(words, address) of each term that is written in a text, from the left."""
    sought, read, done, each = Sought(terms), dict[int, Word](), 0, []
    for match in re.finditer(sought.beginnings or r"(?!)", html):
        term = sought.at(html, match.start(), read) if match.start() >= done else None
        if term is not None:
            done = term[0]
            each.append((html[match.start() : done], term[1]))
    return each


def plainly(terms: Iterable[tuple[str, str]], html: str) -> list[tuple[str, str]]:
    """The same, one term after the other at every place."""
    ranked = sorted(terms, key=lambda one: (-len(one[0]), one))
    asked = [(re.compile(_BEFORE + expression(way) + _AFTER), address) for way, address in ranked]
    each, place = [], 0
    while place < len(html):
        matches = ((one.match(html, place), address) for one, address in asked)
        match, address = next((one for one in matches if one[0]), (None, ""))
        if match is not None:
            each.append((match[0], address))
        place = match.end() if match else place + 1
    return each


def expression(way: str) -> str:
    """What a way of writing a term is in escaped HTML."""
    name = any(sign.isupper() for sign in way[1:])
    words = [_word(one, name=name) for one in even(escape(way, quote=False)).split(" ")]
    first, rest = words[0][0], words[0][1:]
    if not name:
        words[0] = f"(?:{first.lower()}{rest}|{first.upper()}{rest})"
    return r"\s{1,3}".join(map(_typed, words))


def _word(word: str, *, name: bool) -> str:
    if name or not re.search(r"[^\W\d_]{2}[^\W\d_sxz]\Z", word):
        return re.escape(word)
    if word.endswith("al"):
        return f"{re.escape(word[:-1])}(?:ls?|ux)"
    return f"{re.escape(word)}[sx]?"


def _typed(made: str) -> str:
    made = made.replace("oe", "(?:oe|œ)").replace("Oe", "(?:Oe|Œ)")
    return made.replace("'", "['’]").replace(r"\-", "[-‐‑]")


WORDS = some.sampled_from([
    "bal", "bals", "balx", "baux", "Bal", "BAL", "bau", "travail", "travaux", "les", "ab", "a", "B",
    "vœu", "voeux", "Œuvre", "oeuvres", "d'a", "d’a", "a-b", "a‑b", "R&D", "a.b", "C+", "2", "a/b",
    "anticonstitution", "anticonstitutionnel", "anticonstitutionnels", "c.", "(a)", "x_y",
])  # fmt: skip
SPACES = some.sampled_from([" ", " ", " ", "\u00a0", "  ", "\n", "    ", ", ", ".", "-", "'", "; "])
TERMS = some.lists(
    some.lists(WORDS, min_size=1, max_size=4).map(" ".join).flatmap(
        lambda words: some.sampled_from(ways(words) or ("Mot",))
    ),
    max_size=12, unique_by=lambda way: even(way).lower(),
)  # fmt: skip


@given(TERMS, some.lists(some.tuples(WORDS, SPACES), max_size=25))
def test_the_same_terms_as_plainly(terms: list[str], words: list[tuple[str, str]]) -> None:
    each = [(way, f"#{number}") for number, way in enumerate(terms)]
    html = escape("".join(map("".join, words)), quote=False)
    assert found(each, html) == plainly(each, html)


@given(
    some.lists(some.text("abœoelsux'’-‑.& ;A", min_size=1, max_size=8), max_size=8),
    some.text("abœoelsux'’-‑.& ;A\u00a0", max_size=80),
)
def test_the_same_letter_by_letter(words: list[str], text: str) -> None:
    unlike = {even(way).lower(): way for word in words for way in ways(word)}
    each = [(way, way) for way in unlike.values()]
    html = escape(text, quote=False)
    assert found(each, html) == plainly(each, html)


def is_found(way: str, text: str) -> bool:
    return found([(way, "#")], escape(text, quote=False)) == [(escape(text, quote=False), "#")]


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ("Conseil de quartier", "conseils de quartier"),
        ("Conseil de quartier", "Conseil\u00a0de\nquartiers"),
        ("Équipe d'animation", "équipes d’animation"),
        ("Équipe d’animation", "Équipe d'animation"),
        ("Vœu", "vœux"),
        ("Vœu", "voeu"),
        ("Voeu", "vœu"),
        ("Œuvre sociale", "oeuvres sociales"),
        ("Oeuvre sociale", "œuvre sociale"),
        ("Conseil municipal", "conseils municipaux"),
        ("Co-construction", "co\u2011construction"),
        ("DDCT", "DDCT"),
        ("plan A & B", "plan A & B"),
        ("a.*(b|c)+", "a.*(b|c)+"),
        ("x<b>gras</b>", "x<b>gras</b>"),
        ("citoyen·ne·s", "citoyen·ne·s"),
    ],
)
def test_what_a_term_is_in_a_text(way: str, text: str) -> None:
    assert is_found(way, text)


@pytest.mark.parametrize(
    ("way", "text"),
    [("DDCT", "ddct"), ("DDCT", "DDCTs"), ("Vœu", "vœuz"), ("a.*b", "axxb"), ("Pluies", "pluiess"),
     ("Plan Vigipirate", "plan vigipirate"), ("municipal", "municipalx"), ("École", "ecole")],
)  # fmt: skip
def test_what_it_is_not(way: str, text: str) -> None:
    assert not is_found(way, text)


def test_of_two_that_overlap_the_first_and_the_longest_win() -> None:
    terms = [("Budget participatif", "bp"), ("Budget", "b"), ("participatif", "p"),
             ("participatif local", "pl")]  # fmt: skip
    assert found(terms, "Le budget participatif local, un budget") == [
        ("budget participatif", "bp"), ("budget", "b"),
    ]  # fmt: skip


def test_a_singular_and_a_plural_that_are_two_terms() -> None:
    terms = [("Moyen", "un"), ("Moyens", "des")]
    assert found(terms, "un moyen, des moyens") == [("moyen", "un"), ("moyens", "des")]


_ALIKE = "conseil de quartier du dixième arrondissement de la ville numéro "
_LONG = "anticonstitutionnellement" * 2
_PLURALS = [" ".join(words) for words in product(("bal", "bals"), repeat=9)][:300]


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ([f"{_ALIKE}{n}" for n in range(300)], f"{_ALIKE}x "),
        ([f"{_LONG}w{n}" for n in range(300)], f"{_LONG}zz "),
        ([f"{plural} zz" for plural in _PLURALS], "bals "),
        ([f"{'ab ' * 25}z{n}" for n in range(300)], "ab "),
        ([f"{'a;' * ((SIGNS - n) % SIGNS)}z{n}" for n in range(300)], "a;"),
        ([f"{'œ' * 30}{n}" for n in range(300)], f"{'œoe' * 15} "),
    ],
    ids=["words", "letters", "plurals", "short", "signs", "ligatures"],
)
def test_terms_that_begin_alike_cost_no_more_than_others(terms: list[str], text: str) -> None:
    sought = Sought((term, "#") for term in terms)
    html = text * (60_000 // len(text))
    start, read = time.process_time(), dict[int, Word]()
    for match in re.finditer(sought.beginnings, html):
        sought.at(html, match.start(), read)
    assert time.process_time() - start < 3  # measured 0.1, and one for the signs
