"""The map: as fine as the page can afford, with borders that stay common."""

import re

import pytest

from cq.content.geometry import Shape
from cq.content.model import Community, Content
from cq.site.plan import maps
from cq.site.plan.cards import Album

TODAY = "2026-11-21"
BORDER = tuple((2_350_000 + 7 * at % 90, 48_870_000 + 40 * at) for at in range(200))
ONE: Shape = (((*BORDER, (2_340_000, 48_878_000), (2_340_000, 48_870_000)),),)
OTHER: Shape = (((*BORDER[::-1], (2_360_000, 48_870_000), (2_360_000, 48_878_000)),),)
DOT: Shape = ((((2_345_000, 48_875_000), (2_345_001, 48_875_000), (2_345_000, 48_875_001)),),)


def drawn(shapes: dict[str, Shape], most: int, *, until: str = "") -> maps.Atlas | None:
    quartiers = tuple(
        Community("quartier", name, f"quartiers/{name}", name, (("jusqua", until),), shape, "OSM")
        for name, shape in shapes.items()
    )
    content = Content({}, (), quartiers, (), (), {}, (), today=TODAY)
    return maps.atlas(content, Album(content), most)


def points(path: str) -> list[tuple[int, int]]:
    """Where the path of one ring passes."""
    x, y, *steps = map(int, re.findall(r"-?\d+", path))
    found = [(x, y)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        found.append((found[-1][0] + dx, found[-1][1] + dy))
    return found


@pytest.mark.parametrize("most", [200_000, 3000, 1200, 200, 0])
def test_the_finest_that_the_page_can_afford(most: int) -> None:
    """Each size is finer than the next; what is taken fits, and the one before it does not."""
    every = [drawn({"a": ONE, "b": OTHER}, length) for length in range(most + 1, most + 2000, 20)]
    made = drawn({"a": ONE, "b": OTHER}, most)
    assert made is not None
    length = sum(len(shape.path) for shape in made.shapes)
    assert length <= most or made.width <= 30
    for finer in every:
        assert finer is not None
        if finer.width > made.width:
            assert sum(len(shape.path) for shape in finer.shapes) > most
    assert made.credits == ("OSM",)


@pytest.mark.parametrize("most", [200_000, 3000, 1200, 200, 0])
def test_what_two_outlines_share_they_share_on_paper(most: int) -> None:
    made = drawn({"a": ONE, "b": OTHER}, most)
    assert made is not None
    one, other = (points(shape.path) for shape in made.shapes)
    common = [point for point in one if point in other]
    corners = {(0, 0), (0, made.height), (made.width, 0), (made.width, made.height)}
    assert set(one) - set(common) <= corners
    assert len(common) >= 2


def test_what_is_too_small_is_a_dot() -> None:
    made = drawn({"a": ONE, "b": DOT}, 200)
    assert made is not None
    assert re.fullmatch(r"M\d+ \d+l0 0z", made.shapes[1].path)


def test_no_outline_of_today_no_map() -> None:
    assert drawn({}, 1000) is None
    assert drawn({"a": ()}, 1000) is None
    assert drawn({"a": ONE}, 1000, until="2025-01-01") is None
