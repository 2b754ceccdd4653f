"""Where a text says what was asked, and what of it stands out."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cq.search.excerpt import FAR, ROUND, excerpt, marks

FOUND = {"banc": 0, "bancs": 0, "quai": 1}


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end in marks(text, FOUND)]


def test_words_are_marked_as_they_are_written() -> None:
    assert marked("Des Bancs, l’arrière-banc ; ba\u00adnc du QUAI, quais") == [
        "Bancs", "banc", "ba\u00adnc", "QUAI",
    ]  # fmt: skip


def test_an_excerpt_is_where_most_words_stand_together() -> None:
    text = f"Un banc, des bancs. {'Autre chose. ' * 40}Le quai a\nun banc. {'La fin. ' * 40}"
    shown = excerpt([text], FOUND)
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "Le quai a un banc. La fin." in shown
    assert len(shown) <= ROUND + 4


def test_of_several_texts_the_first_that_has_the_most() -> None:
    assert excerpt(["Un banc.", "Le quai et un banc.", "Un quai, deux bancs."], FOUND) == (
        "Le quai et un banc."
    )
    assert excerpt(["Rien.", ""], FOUND) == ""
    assert excerpt([], FOUND) == ""


@pytest.mark.parametrize("wall", ["x" * 500, "x/" * 500, "https://" + "é-" * 300])
def test_a_word_without_spaces_around_is_shown(wall: str) -> None:
    shown = excerpt([f"{wall}-banc-{wall}"], FOUND)
    assert marked(shown) == ["banc"]
    assert len(shown) <= 2 * ROUND


def test_only_the_beginning_of_a_book_is_looked_at() -> None:
    start = time.perf_counter()
    assert excerpt(["x " * FAR + "banc"], FOUND) == ""
    assert excerpt(["banc " * FAR], FOUND).startswith("banc banc")
    assert time.perf_counter() - start < 5


@given(some.text(alphabet="banc quis\u00e9\u0301\u00ad\U0001f389-", max_size=600))
def test_an_excerpt_is_of_its_text(text: str) -> None:
    shown = excerpt([text], FOUND)
    assert bool(shown) is bool(marked(text))
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert not shown or marked(shown)
