"""The coding of the index, and its shards on small sites."""

from bisect import bisect_right
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cq.search.bag import bag_of_text
from cq.search.bounds import TABLE, bounds
from cq.search.coding import DIGITS, decoded, encoded, gap, impact, impacts, rarity
from cq.search.index import built, numbering, shard_file
from cq.search.words import forms, pieces, words


@given(st.dictionaries(st.integers(0, 200_000), st.integers(1, 31), max_size=50))
def test_postings_come_back(pages: dict[int, int]) -> None:
    assert dict(decoded(encoded(sorted(pages.items())))) == pages


def test_the_coding_of_the_format() -> None:
    assert encoded([(0, 1)]) == "BB"  # page 0 is one step from -1
    assert encoded([(0, 1), (31, 17)]) == "BBfR"
    assert gap(32) == "gB"
    assert gap(1024) == "ggB"


def test_impacts_are_whole_and_bounded() -> None:
    values = [impact(weight, length) for weight in range(1, 64) for length in (1, 300, 10**7)]
    assert (min(values), max(values)) == (1, 15)
    assert impact(1, 300) == 7
    plain, titled = impacts(300)
    assert DIGITS.index(titled["B"]) == DIGITS.index(plain["B"]) + 16


def test_a_rare_word_tells_more() -> None:
    told = [rarity(10_000, found) for found in (1, 10, 100, 1_000, 5_000, 10_000)]
    assert told == sorted(told, reverse=True)
    assert told[-1] == 1


def test_cuts_depend_on_the_number_of_pages_alone() -> None:
    assert len(TABLE) == 512
    assert list(TABLE) == sorted(set(TABLE))
    assert all(cut.isascii() for cut in TABLE)
    counts = {pages: len(bounds(pages)) for pages in (0, 1, 31, 32, 1000, 10_000, 10**6)}
    assert counts == {0: 1, 1: 1, 31: 1, 32: 2, 1000: 32, 10_000: 512, 10**6: 512}
    assert all(set(bounds(pages)) <= set(TABLE) and bounds(pages)[0] == "" for pages in counts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dossier", "dossiers"), ("réunion", "réunions"), ("équipe", "équipes"),
        ("dépôt", "dépôts"), ("demande", "demandera"),
        ("rue", "rues"), ("association", "associations"),
        ("bancs", "banc"),
    ],
)  # fmt: skip
def test_the_forms_of_a_word_stand_in_one_shard(one: str, other: str) -> None:
    """A browser cannot stem: it finds them together, or half of their pages."""
    left, right = (bisect_right(TABLE, form) for text in (one, other) for form in forms(text))
    assert left == right


def test_few_words_of_the_demonstration_are_cut_in_two(root: Path) -> None:
    places: dict[str, set[int]] = {}
    for path in sorted((root / "content").rglob("*.md")):
        for piece in pieces(path.read_text(encoding="utf-8")):
            for form, stem in words(piece):
                places.setdefault(stem, set()).add(bisect_right(TABLE, form))
    apart = {stem for stem, shards in places.items() if len(shards) > 1}
    assert len(places) > 1500
    assert len(apart) < len(places) / 50, sorted(apart)


def test_a_shard_as_it_is_read() -> None:
    bags = [bag_of_text("Le banc du canal"), bag_of_text("Des bancs"), bag_of_text("Une écluse")]
    (state,) = built(bags, len(bags))
    stamp = numbering(["a/", "b/", "c/"])
    assert state == "banc\tbanc:1 bancs:1\tBLBM\ncanal\tcanal:1\tBL\neclus\tecluse:1\tDM\n"
    assert shard_file(stamp, state) == f"{stamp}\nbanc bancs\tBLBM\ncanal\tBL\necluse\tDM\n"
    assert len(stamp) == 8
    assert numbering(["b/", "a/", "c/"]) != stamp


def test_forms_on_both_sides_of_a_cut_have_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cq.search.index.bounds", lambda _: ("", "bancs"))
    left, right = built([bag_of_text("banc"), bag_of_text("bancs"), bag_of_text("banc bancs")], 3)
    assert left == "banc\tbanc:2\tBMCN\n"
    assert right == "banc\tbancs:2\tCMBN\n"
