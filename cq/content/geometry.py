"""Outlines as whole numbers: do they cross, do they overlap, how large, where is the middle.

A point is (longitude, latitude) in millionths of a degree, 11 cm at most: whole numbers make every
answer about sides exact, and two quartiers that share a border share its very points. No file, no
message, no projection on paper (`cq.site.plan.maps`).
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

Point = tuple[int, int]
Ring = tuple[Point, ...]  # not closed: the last point is joined to the first
Polygon = tuple[Ring, ...]  # the shell, then its holes
Shape = tuple[Polygon, ...]
Edge = tuple[Point, Point]

UNIT = 1_000_000  # a degree
_METRES = 111_195.0 / UNIT  # of a millionth of a degree of latitude, on a sphere of 6,371 km


class Box(NamedTuple):
    """The rectangle around a shape."""

    west: int
    south: int
    east: int
    north: int

    def meets(self, other: "Box") -> bool:
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )


def points_of(shape: Shape) -> Iterator[Point]:
    return (point for polygon in shape for ring in polygon for point in ring)


def box_of(points: Iterable[Point]) -> Box:
    """Around at least one point."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def edges_of(ring: Ring) -> Iterator[Edge]:
    return pairwise((*ring, ring[0]))


def tidy(points: Sequence[Point]) -> Ring:
    """The ring without its closing point and without points said twice in a row."""
    kept = [point for point, before in zip(points, [None, *points], strict=False)
            if point != before]  # fmt: skip
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def side(a: Point, b: Point, c: Point) -> int:
    """Where `c` lies from the line a → b: 1 left, -1 right, 0 on it. Exact."""
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _within(a: Point, b: Point, c: Point) -> bool:
    """Whether `c`, on the line through a and b, is on the edge between them."""
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def meet(one: Edge, other: Edge) -> bool:
    """Whether two edges have a point in common."""
    (a, b), (c, d) = one, other
    s1, s2, s3, s4 = side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)
    if s1 != s2 and s3 != s4:
        return True
    return (
        (s1 == 0 and _within(a, b, c)) or (s2 == 0 and _within(a, b, d))
        or (s3 == 0 and _within(c, d, a)) or (s4 == 0 and _within(c, d, b))
    )  # fmt: skip


def cross(one: Edge, other: Edge) -> bool:
    """Whether two edges go through each other; touching is no crossing."""
    (a, b), (c, d) = one, other
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def _near(edges: Sequence[Edge]) -> Iterator[tuple[int, int]]:
    """The pairs of edges whose rectangles meet, by their numbers: a sweep along the axis on which
    the edges are the shorter.
    """
    across = sum(abs(b[0] - a[0]) for a, b in edges)
    x, y = (0, 1) if across <= sum(abs(b[1] - a[1]) for a, b in edges) else (1, 0)
    spans = [
        (min(a[x], b[x]), max(a[x], b[x]), min(a[y], b[y]), max(a[y], b[y]), number)
        for number, (a, b) in enumerate(edges)
    ]
    spans.sort()
    for at, (_, east, south, north, number) in enumerate(spans):
        for follower in range(at + 1, len(spans)):
            west, _, low, high, other = spans[follower]
            if west > east:
                break
            if low <= north and south <= high:
                yield (number, other) if number < other else (other, number)


def crossing(ring: Ring) -> Point | None:
    """A corner of the first edge that meets another one of its own ring, or None.

    What OGC calls a simple ring, and shapely a valid one: edges meet their neighbours at the common
    point, and nothing else.
    """
    edges = list(edges_of(ring))
    last = len(edges) - 1
    worst = None
    for first, second in _near(edges):
        if worst is not None and first >= worst:
            continue
        if second == first + 1 or (first == 0 and second == last):
            before, after = (first, second) if second == first + 1 else (second, first)
            (a, b), (_, c) = edges[before], edges[after]
            # Neighbours may only meet elsewhere by going back over themselves.
            back = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0
            wrong = side(a, b, c) == 0 and back
        else:
            wrong = meet(edges[first], edges[second])
        if wrong:
            worst = first
    return None if worst is None else edges[worst][0]


def tangled(shape: Shape) -> Point | None:
    """A corner where rings of one shape go through each other, a hole lies outside its shell or a
    part inside another; None where they do not.
    """
    rings = [ring for polygon in shape for ring in polygon]
    edges = [edge for ring in rings for edge in edges_of(ring)]
    owners = [number for number, ring in enumerate(rings) for _ in ring]
    for first, second in _near(edges):
        if owners[first] != owners[second] and cross(edges[first], edges[second]):
            return edges[first][0]
    for polygon in shape:
        for hole in polygon[1:]:
            if all(inside(polygon[:1], point) is False for point in hole):
                return hole[0]
    for one, other in combinations(shape, 2):
        for inner, outer in ((one, other), (other, one)):
            if inside(outer, label_of((inner,))) and all(
                inside(outer, point) is not False for point in inner[0]
            ):
                return inner[0][0]
    return None


def inside(polygon: Sequence[Ring], point: Point) -> bool | None:
    """Whether `point` is in the polygon; None where it is on its line.

    Ray casting with whole numbers: a ray to the east, each edge owning its lower end.
    """
    x, y = point
    within = False
    for ring in polygon:
        for (ax, ay), (bx, by) in edges_of(ring):
            if (ay > y) == (by > y):
                if ay == y == by and min(ax, bx) <= x <= max(ax, bx):
                    return None
                if point in {(ax, ay), (bx, by)}:
                    return None
                continue
            turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if turn == 0:
                return None
            if (turn > 0) == (by > ay):
                within = not within
    return within


def scale_of(latitude: float) -> float:
    """How much shorter a degree of longitude is than one of latitude, at millionths of a degree."""
    return math.cos(math.radians(latitude / UNIT))


def area(ring: Ring) -> int:
    """Twice the area, in square millionths of a degree; negative where the ring goes clockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in edges_of(ring))


def gap(one: Box, other: Box) -> float:
    """Metres between two rectangles, 0 where they meet."""
    across = max(0, other.west - one.east, one.west - other.east) * scale_of(one.south)
    upright = max(0, other.south - one.north, one.south - other.north)
    return float((across**2 + upright**2) ** 0.5 * _METRES)


def overlap(one: Shape, other: Shape) -> float:
    """The square metres that two shapes both cover.

    By strips: between two neighbouring heights at which an edge begins, ends or crosses another,
    all edges lie side by side, and what both shapes cover is made of trapezoids.
    """
    first, second = box_of(points_of(one)), box_of(points_of(other))
    if not first.meets(second):
        return 0.0
    west, east = max(first.west, second.west), min(first.east, second.east)
    low, high = max(first.south, second.south), min(first.north, second.north)
    # What begins east of the common rectangle is beside it; what ends west of it only tells
    # whether its own shape has begun, and needs no strips of its own.
    edges = [
        (edge, owner)
        for owner, shape in enumerate((one, other))
        for polygon in shape
        for ring in polygon
        for edge in edges_of(ring)
        if edge[0][1] != edge[1][1] and max(edge[0][1], edge[1][1]) >= low
        and min(edge[0][1], edge[1][1]) <= high and min(edge[0][0], edge[1][0]) <= east
    ]  # fmt: skip
    within = [one for one in edges if max(one[0][0][0], one[0][1][0]) >= west]
    heights = {float(low), float(high)}
    heights.update(float(y) for edge, _ in within for _, y in edge if low < y < high)
    for a, b in _near([edge for edge, _ in within]):
        if within[a][1] != within[b][1] and cross(within[a][0], within[b][0]):
            heights.add(_height(within[a][0], within[b][0]))
    found = _by_strips(edges, sorted(height for height in heights if low <= height <= high))
    return found * _METRES**2 * scale_of((low + high) / 2)


def _height(one: Edge, other: Edge) -> float:
    """Where two edges that cross do so."""
    ((ax, ay), (bx, by)), ((cx, cy), (dx, dy)) = one, other
    along = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    part = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / along
    return ay + part * (by - ay)


def _at(edge: Edge, height: float) -> float:
    (ax, ay), (bx, by) = edge
    return ax + (bx - ax) * (height - ay) / (by - ay)


def _by_strips(edges: list[tuple[Edge, int]], heights: list[float]) -> float:
    """What both owners cover, edge by edge from the west, in each strip between two heights."""
    rows = sorted((min(a[1], b[1]), max(a[1], b[1]), (a, b), owner) for (a, b), owner in edges)
    waiting, total = 0, 0.0
    active: list[tuple[int, int, Edge, int]] = []
    for low, high in pairwise(heights):
        middle = (low + high) / 2
        # Each edge owns its lower end, for those that end inside a strip, west of it all.
        active = [one for one in active if one[1] > middle]
        while waiting < len(rows) and rows[waiting][0] <= middle:
            if rows[waiting][1] > middle:
                active.append(rows[waiting])
            waiting += 1
        cuts = sorted((_at(edge, middle), owner) for _, _, edge, owner in active)
        covered = [False, False]
        begun = None
        for x, owner in cuts:
            covered[owner] = not covered[owner]
            if all(covered):
                begun = x
            elif begun is not None:
                # The middle of a trapezoid is its mean width.
                total += (x - begun) * (high - low)
                begun = None
    return total


def label_of(shape: Shape) -> Point:
    """A place for the name, inside the shape: at the height of its centre of gravity, in the
    middle of the widest stretch.
    """
    x, y = middle_of(shape)
    polygon = max(shape, key=lambda one: abs(area(one[0])))
    cuts = sorted(
        _at((a, b), y) for ring in polygon for a, b in edges_of(ring) if (a[1] > y) != (b[1] > y)
    )
    stretches = list(zip(cuts[::2], cuts[1::2], strict=False))
    if not stretches:
        return x, y
    west, east = max(stretches, key=lambda one: one[1] - one[0])
    return round((west + east) / 2), y


def middle_of(shape: Shape) -> Point:
    """The centre of gravity of the largest part: where its name may stand."""
    shell = max((polygon[0] for polygon in shape), key=lambda ring: abs(area(ring)))
    twice = area(shell)
    if twice == 0:
        return shell[0]
    # From its first corner: small numbers, which floats hold.
    x0, y0 = shell[0]
    moved = tuple((x - x0, y - y0) for x, y in shell)
    x = sum((ax + bx) * (ax * by - bx * ay) for (ax, ay), (bx, by) in edges_of(moved))
    y = sum((ay + by) * (ax * by - bx * ay) for (ax, ay), (bx, by) in edges_of(moved))
    return x0 + round(x / (3 * twice)), y0 + round(y / (3 * twice))
