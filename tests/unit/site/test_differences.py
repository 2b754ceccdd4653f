"""What differs between two versions of a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.site.differences import ADDED, REMOVED, Piece, between


def test_words_in_a_paragraph() -> None:
    old = "Le\nUn banc bleu posé au bord du canal."
    assert between(old, old.replace("bleu", "vert")) == (
        (), (Piece("", "Un banc "), Piece(REMOVED, "bleu"), Piece(ADDED, "vert"),
             Piece("", " posé au bord du canal.")),
    )  # fmt: skip


def test_whole_paragraphs() -> None:
    assert between("a\nb", "a\nc d e\nb") == ((), (Piece(ADDED, "c d e"),), ())
    assert between("a\nc d e\nb", "a\nb") == ((), (Piece(REMOVED, "c d e"),), ())


def test_another_paragraph_is_not_mixed_in() -> None:
    old, new = "Écrire à la mairie avant lundi.", "Un banc, tout neuf, à deux pas."
    assert between(old, new) == ((Piece(REMOVED, old), Piece(ADDED, new)),)


def test_nothing() -> None:
    assert between("a\nb", "a\nb") == ()
    assert between("", "") == ()


words = st.lists(st.sampled_from(["a", "b", "banc ", " ", "\n", "é", "."])).map("".join)


@given(words, words)
def test_each_version_can_be_read_out_of_it(old: str, new: str) -> None:
    """But for the paragraphs that both have."""
    found = between(old, new)
    for text, other in ((old, ADDED), (new, REMOVED)):
        lines = ["".join(p.text for p in one if p.how != other) for one in found if one]
        left = iter(text.split("\n"))
        assert all(any(line == own for own in left) for line in lines if line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\n" * 100_000, "b\na\n" * 50_000),
        ("a " * 50_000, "b a " * 25_000),
        ("".join(f"{n % 37}\n" for n in range(9999)), "".join(f"{n % 41}\n" for n in range(9999))),
        ("".join(f"{n % 7}\n" for n in range(390)), "".join(f"{n % 11}\n" for n in range(390))),
        ("".join(f"{n % 7} " for n in range(290)), "".join(f"{n % 11} " for n in range(290))),
    ],
)  # fmt: skip
def test_no_text_takes_long(old: str, new: str) -> None:
    start = time.process_time()
    assert between(old, new)
    assert time.process_time() - start < 3
