"""Bars are as long as what they say, whatever that is."""

from hypothesis import given
from hypothesis import strategies as some

from cq.site.plan.bars import chart

HEADS = ("État", "Dossiers")


def test_the_longest_has_the_whole_width() -> None:
    made = chart("x", "Dossiers", HEADS, [("a", 1, "1"), ("b", 8, "8"), ("c", 0, "0")])
    assert [bar.length for bar in made.bars] == ["12.5%", "100%", "0%"]
    assert [bar.at for bar in made.bars] == ["1.38em", "3.88em", "6.38em"]
    assert made.height == "7.5em"
    assert made.summary == "Dossiers\u00a0: a 1, b 8, c 0"


def test_nothing_to_show_divides_by_nothing() -> None:
    assert [one.length for one in chart("x", "X", HEADS, [("a", 0, "0")]).bars] == ["0%"]
    assert chart("x", "X", HEADS, []).bars == ()


@given(some.lists(some.floats(-10, 1e9), min_size=1))
def test_no_bar_leaves_the_drawing(values: list[float]) -> None:
    made = chart("x", "X", HEADS, [("a", value, "") for value in values])
    assert all(0 <= float(bar.length.removesuffix("%")) <= 100 for bar in made.bars)
