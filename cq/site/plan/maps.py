"""The arrondissement drawn on a sheet of whole units: one path a quartier, borders kept common.

Equirectangular at the mean latitude: over a town, nobody can tell it from a better projection.
Knows no HTML and no colour; the theme draws.
"""

from collections.abc import Sequence

from cq.content.geometry import (
    UNIT,
    Box,
    Point,
    Polygon,
    Ring,
    box_of,
    label_of,
    points_of,
    scale_of,
)
from cq.content.model import Community, Content
from cq.french.folding import sort_key
from cq.french.typography import plain
from cq.site.pieces import Atlas, Shape
from cq.site.plan.cards import Album

_WIDTHS = (20_000, 8000, 4000, 2000, 1000, 500, 250, 120, 60, 30)
# Bytes of all paths together: a sign on every page, a map to look at, one to measure on.
SIGN, MAP, SURVEY = 1200, 8000, 200_000


def atlas(content: Content, album: Album, most: int) -> Atlas | None:
    """The quartiers of today that have an outline, as finely as `most` bytes allow, or as coarsely
    as is drawn at all.

    Every point is rounded to the same grid, never left out for one quartier alone: what two
    outlines share, they share on paper. None where there is no outline.
    """
    drawn = [one for one in content.quartiers if one.outline and one.stands(content.today)]
    if not drawn:
        return None
    drawn.sort(key=lambda one: sort_key(one.name))
    box = box_of(point for one in drawn for point in points_of(one.outline))
    labels = [label_of(one.outline) for one in drawn]
    found = None
    for width in _WIDTHS:
        found = _drawn(drawn, labels, box, album, width)
        if sum(len(shape.path) for shape in found.shapes) <= most:
            break
    return found


def _drawn(
    quartiers: Sequence[Community], labels: Sequence[Point], box: Box, album: Album, width: int
) -> Atlas:
    # Six decimals, so that no machine's cosine rounds otherwise than another's.
    narrow = round(scale_of((box.south + box.north) / 2), 6)
    across, upright = (box.east - box.west) * narrow, box.north - box.south
    unit = max(across, upright) / width or 1.0  # millionths of a degree of latitude
    grid = _Grid(box.west, box.north, narrow / unit, 1 / unit)
    credits_ = dict.fromkeys(plain(one.credit) for one in quartiers if one.credit)
    return Atlas(
        width=max(1, round(across / unit)),
        height=max(1, round(upright / unit)),
        shapes=tuple(
            Shape(album.places[one.home], grid.path(one.outline), *grid.at(label))
            for one, label in zip(quartiers, labels, strict=True)
        ),
        credits=tuple(credits_),
        west=box.west / UNIT,
        north=box.north / UNIT,
        across=round(UNIT * narrow / unit, 3),
        upright=round(UNIT / unit, 3),
    )


class _Grid:
    """Where a point of the ground lies on paper."""

    def __init__(self, west: int, north: int, across: float, upright: float) -> None:
        self.west, self.north = west, north
        self.across, self.upright = across, upright

    def at(self, point: Point) -> Point:
        return (
            round((point[0] - self.west) * self.across),
            round((self.north - point[1]) * self.upright),
        )

    def path(self, shape: Sequence[Polygon]) -> str:
        """All rings as one SVG path, by steps from each point to the next."""
        return "".join(self._ring(ring) for polygon in shape for ring in polygon)

    def _ring(self, ring: Ring) -> str:
        (x, y), *others = map(self.at, ring)
        steps = [f"M{x} {y}l"]
        for next_x, next_y in others:
            if (next_x, next_y) != (x, y):
                steps.append(f"{next_x - x} {next_y - y} ")
                x, y = next_x, next_y
        if len(steps) == 1:
            steps.append("0 0 ")  # a dot, at this size
        return "".join(steps).rstrip() + "z"
