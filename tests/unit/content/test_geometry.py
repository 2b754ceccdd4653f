"""Whole-number geometry: known figures, and what shapely 2.2 answers on the same figures."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cq.content import geometry

SQUARE = ((0, 0), (1000, 0), (1000, 1000), (0, 1000))
VECTORS = json.loads((Path(__file__).parent / "geometry_vectors.json").read_text())
WHOLE = st.integers(-12, 12)
RINGS = st.lists(st.tuples(WHOLE, WHOLE), min_size=3, max_size=9).map(geometry.tidy)


def star(radii: list[int]) -> geometry.Ring:
    """A ring around the origin, sound by construction."""
    turn = 2 * math.pi / len(radii)
    return tuple(
        (round(radius * math.cos(at * turn)), round(radius * math.sin(at * turn)))
        for at, radius in enumerate(radii)
    )


STARS = st.lists(st.integers(200, 3000), min_size=3, max_size=9).map(star)


def ring(points: list[list[int]]) -> geometry.Ring:
    return tuple((x, y) for x, y in points)


def square_metres(shape: geometry.Shape) -> float:
    """The area on the ground by the shoelace alone, holes left out."""
    twice = sum(
        abs(geometry.area(one)) * (1 if number == 0 else -1)
        for polygon in shape
        for number, one in enumerate(polygon)
    )
    box = geometry.box_of(geometry.points_of(shape))
    return twice / 2 * geometry._METRES**2 * geometry.scale_of((box.south + box.north) / 2)


def test_valid_rings_are_those_that_shapely_finds_valid() -> None:
    assert len(VECTORS["rings"]) > 300
    for points, valid in VECTORS["rings"]:
        assert (geometry.crossing(ring(points)) is None) == valid, points


def test_overlaps_are_those_that_shapely_measures() -> None:
    assert len(VECTORS["overlaps"]) > 100
    for one, other, square in VECTORS["overlaps"]:
        first, second = ((ring(one),),), ((ring(other),),)
        both = [geometry.box_of(ring(points)) for points in (one, other)]
        low, high = max(box.south for box in both), min(box.north for box in both)
        scale = geometry._METRES**2 * geometry.scale_of((low + high) / 2)
        assert geometry.overlap(first, second) == pytest.approx(square * scale, abs=0.01)


@given(RINGS)
def test_a_ring_is_as_sound_from_any_corner_and_either_way(points: geometry.Ring) -> None:
    assume(len(points) > 2)
    sound = geometry.crossing(points) is None
    for turned in (points[1:] + points[:1], points[::-1], tuple((y, x) for x, y in points)):
        assert (geometry.crossing(turned) is None) == sound


@given(STARS, STARS, st.tuples(WHOLE, WHOLE))
def test_an_overlap_is_mutual_and_no_larger_than_either(
    one: geometry.Ring, other: geometry.Ring, by: geometry.Point
) -> None:
    first = ((one,),)
    second = ((tuple((x + 200 * by[0], y + 200 * by[1]) for x, y in other),),)
    found = geometry.overlap(first, second)
    assert found == pytest.approx(geometry.overlap(second, first), abs=1e-6)
    whole = min(square_metres(first), square_metres(second))
    assert -1e-6 <= found <= whole * 1.000001 + 1e-6


@given(STARS, st.integers(-3000, 3000), st.sampled_from([(0, 1), (1, 0)]))
def test_two_halves_of_a_field_cover_what_the_whole_covers(
    one: geometry.Ring, cut: int, axes: tuple[int, int]
) -> None:
    """What lies beside the common rectangle is left out, on every side, and changes nothing."""

    def field(low: int, high: int) -> geometry.Shape:
        corners = ((low, -3001), (high, -3001), (high, 3001), (low, 3001))
        return ((tuple((corner[axes[0]], corner[axes[1]]) for corner in corners),),)

    shape = ((one,),)
    parts = [field(-3001, cut), field(cut, 3001)]
    found = sum(geometry.overlap(shape, part) for part in parts)
    metres = square_metres(shape) / geometry.scale_of(0)
    assert found == pytest.approx(metres, rel=1e-6)


@given(RINGS)
def test_a_shape_covers_itself(points: geometry.Ring) -> None:
    assume(len(points) > 2 and geometry.crossing(points) is None)
    shape = ((points,),)
    assert geometry.overlap(shape, shape) == pytest.approx(square_metres(shape), rel=1e-6)


@given(RINGS, st.tuples(WHOLE, WHOLE))
def test_of_two_halves_one_holds_the_point(points: geometry.Ring, point: geometry.Point) -> None:
    """What no border holds is in the ring, or in the rest of a larger one with it as a hole."""
    assume(len(points) > 2 and geometry.crossing(points) is None)
    around = ((-20, -20), (20, -20), (20, 20), (-20, 20))
    found = geometry.inside((points,), point)
    rest = geometry.inside((around, points), point)
    assert (found is None) == (rest is None)
    if found is not None:
        assert found != rest


@pytest.mark.parametrize(
    ("slug", "hectares"),
    [
        ("saint-vincent-de-paul-lariboisiere", 52.2), ("louis-blanc-aqueduc", 49.9),
        ("porte-saint-denis-paradis", 47.2), ("chateau-d-eau-lancry", 49.9),
        ("grange-aux-belles-terrage", 39.5), ("faubourg-du-temple-hopital-saint-louis", 50.5),
    ],
)  # fmt: skip
def test_the_area_of_a_paris_quartier(slug: str, hectares: float, root: Path) -> None:
    """The city's own figures, and 40 m of tolerance on the demo's outlines."""
    file = root / "content" / "quartiers" / slug / "contours" / f"{slug}.geojson"
    (points,) = json.loads(file.read_text("utf-8"))["geometry"]["coordinates"]
    whole = [[round(one * geometry.UNIT) for one in point] for point in points[:-1]]
    found = square_metres(((ring(whole),),))
    assert found == pytest.approx(hectares * 10_000, rel=0.09)


def test_a_common_border_is_no_overlap() -> None:
    beside = ((1000, 0), (2000, 0), (2000, 1000), (1000, 1000), (1000, 400))
    assert geometry.overlap(((SQUARE,),), ((beside,),)) == 0


def test_a_corner_beside_the_overlap_and_half_way_up_it() -> None:
    pointed = ((10, 0), (10, 10), (-5, 10), (-10, 5), (-5, 0))
    field = ((0, 0), (20, 0), (20, 10), (0, 10))
    found = geometry.overlap(((pointed,),), ((field,),))
    assert found == pytest.approx(100 * geometry._METRES**2, rel=1e-6)


def test_a_hole_is_not_covered() -> None:
    hole = ((200, 200), (800, 200), (800, 800), (200, 800))
    assert geometry.overlap(((SQUARE, hole),), ((hole,),)) == pytest.approx(0, abs=1e-9)
    assert geometry.tangled(((SQUARE, hole),)) is None


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(((SQUARE, ((2000, 0), (2100, 0), (2100, 100))),), id="hole outside"),
        pytest.param(((SQUARE, ((900, 100), (1100, 100), (1100, 300))),), id="hole across"),
        pytest.param(((SQUARE,), (((100, 100), (200, 100), (200, 200)),)), id="part inside"),
    ],
)
def test_rings_that_get_in_each_others_way(shape: geometry.Shape) -> None:
    assert geometry.tangled(shape) is not None


def test_the_middle() -> None:
    small = ((5000, 5000), (5010, 5000), (5010, 5010))
    assert geometry.middle_of(((small,), (SQUARE,))) == (500, 500)
