"""The arrondissement drawn on a sheet of whole units: one path a quartier, borders kept common.

Equirectangular at the mean latitude: over a town, nobody can tell it from a better projection.
Knows no HTML and no colour; the theme draws.
"""

import math
from collections.abc import Iterator, Sequence

from cq.content.geometry import (
    UNIT,
    Box,
    Point,
    Polygon,
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
    for width in _WIDTHS:
        sheet = _Sheet(box, width)
        # The coarsest of all is taken as it is.
        paths = sheet.paths(drawn, most if width > _WIDTHS[-1] else math.inf)
        if paths is not None:
            return sheet.atlas(drawn, paths, album)
    return None


class _Sheet:
    """Where a point of the ground lies on paper of one size."""

    def __init__(self, box: Box, width: int) -> None:
        self.box = box
        # Six decimals, so that no machine's cosine rounds otherwise than another's.
        narrow = round(scale_of((box.south + box.north) / 2), 6)
        self.width, self.height = (box.east - box.west) * narrow, box.north - box.south
        # Millionths of a degree of latitude.
        self.unit = max(self.width, self.height) / width or 1.0
        self.across, self.upright = narrow / self.unit, 1 / self.unit
        self.narrow = narrow

    def atlas(self, quartiers: Sequence[Community], paths: Sequence[str], album: Album) -> Atlas:
        credits_ = dict.fromkeys(plain(one.credit) for one in quartiers if one.credit)
        return Atlas(
            width=max(1, round(self.width / self.unit)),
            height=max(1, round(self.height / self.unit)),
            shapes=tuple(
                Shape(album.places[one.home], path, *self.at(label_of(one.outline)))
                for one, path in zip(quartiers, paths, strict=True)
            ),
            credits=tuple(credits_),
            west=self.box.west / UNIT,
            north=self.box.north / UNIT,
            across=round(UNIT * self.narrow / self.unit, 3),
            upright=round(UNIT / self.unit, 3),
        )

    def paths(self, quartiers: Sequence[Community], most: float) -> list[str] | None:
        """An SVG path for each; None as soon as they are longer than `most` together."""
        found, length = [], 0
        for one in quartiers:
            parts = []
            for part in self._parts(one.outline):
                length += len(part)
                if length > most:
                    return None
                parts.append(part)
            found.append("".join(parts))
        return found

    def _parts(self, shape: Sequence[Polygon]) -> Iterator[str]:
        """All rings as one path, by steps from each point to the next."""
        for polygon in shape:
            for ring in polygon:
                x, y = self.at(ring[0])
                yield f"M{x} {y}l"
                gap = ""
                for point in ring[1:]:
                    next_x, next_y = self.at(point)
                    if (next_x, next_y) != (x, y):
                        yield f"{gap}{next_x - x} {next_y - y}"
                        x, y, gap = next_x, next_y, " "
                yield "z" if gap else "0 0z"  # a dot, at this size

    def at(self, point: Point) -> Point:
        return (
            round((point[0] - self.box.west) * self.across),
            round((self.box.north - point[1]) * self.upright),
        )
