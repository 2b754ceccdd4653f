"""Quartiers side by side: outlines that overlap or lie far away, streets that two of them claim.

Only perimeters that stand on the same days are compared: they change in time.
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import PurePosixPath

from cq.content.geometry import Box, box_of, gap, overlap, points_of
from cq.content.model import Community, Content
from cq.content.perimeters import Street, file_of
from cq.diagnostic import Diagnostic, Label, Span, error, warning
from cq.french.numbers import number
from cq.french.streets import street_key

_TOLERANCE = 1000  # square metres: a border drawn twice, a metre apart and a kilometre long
_FAR = 5000  # metres to the nearest other quartier
_Seen = dict[str, list[tuple[Community, Street]]]


def overlapping_outlines(content: Content) -> Iterator[Diagnostic]:
    """An address in two outlines has two quartiers. Below a thousand square metres it is a
    border drawn twice, and nothing is said.
    """
    for (first, box), (second, other) in combinations(_boxes(content), 2):
        if not box.meets(other) or not _together(first, second):
            continue
        surface = overlap(first.outline, second.outline)
        if surface <= _TOLERANCE:
            continue
        shown = f"{number(round(surface / 10_000, 1))} ha" if surface >= 10_000 else (
            f"{number(round(surface, -2))} m²"
        )  # fmt: skip
        yield warning(
            "overlapping-outlines",
            f"les contours de « {first.name} » et de « {second.name} » se chevauchent sur {shown}",
            _place(content, second, "contour"),
            "une adresse à cet endroit aurait deux quartiers",
            "corrigez les deux contours ensemble, leur bord commun passant par les mêmes points",
            labels=(Label(_place(content, first, "contour"), "l’autre contour"),),
        )


def far_outlines(content: Content) -> Iterator[Diagnostic]:
    """A wrong figure puts a quartier in another town, and shrinks all others to a dot."""
    boxes = _boxes(content)
    if len(boxes) < 3:
        return
    for quartier, box in boxes:
        nearest = min(gap(box, other) for one, other in boxes if one is not quartier)
        if nearest > _FAR:
            yield warning(
                "far-outline",
                f"le contour de « {quartier.name} » est à {number(round(nearest / 1000))} km "
                "des autres quartiers",
                _place(content, quartier, "contour"),
                "sur la carte, les autres quartiers deviendraient minuscules",
                "vérifiez les coordonnées, ou retirez la ligne « contour »",
            )


def _boxes(content: Content) -> list[tuple[Community, Box]]:
    return [(one, box_of(points_of(one.outline))) for one in content.quartiers if one.outline]


def streets_twice(content: Content) -> Iterator[Diagnostic]:
    """The same number of the same street in two quartiers: « mon quartier » would answer twice."""
    seen: _Seen = {}
    for quartier in content.quartiers:
        for street in quartier.streets:
            key = street_key(street.name)
            for other, same in seen.get(key, ()):
                common = street.common(same)
                if other.home == quartier.home or common is None or not _together(other, quartier):
                    continue
                yield _twice(content, (quartier, street), (other, same), common)
                break
            seen.setdefault(key, []).append((quartier, street))


def _twice(
    content: Content, here: tuple[Community, Street], there: tuple[Community, Street], common: int
) -> Diagnostic:
    (quartier, street), (other, same) = here, there
    return error(
        "street-twice",
        f"le {common}, {street.name} est dans deux quartiers : « {quartier.name} » et "
        f"« {other.name} »",
        _row(content, quartier, street),
        "cette adresse aurait deux réponses",
        "donnez à chacun son côté et ses numéros, par exemple :\n"
        f"{street.name},pair,,\n{street.name},impair,,",
        labels=(Label(_row(content, other, same), "l’autre ligne"),),
    )


def _together(one: Community, other: Community) -> bool:
    """Whether two perimeters stand on a common day."""
    since = max(str(one.fact("depuis") or ""), str(other.fact("depuis") or ""))
    ends = [str(each.fact("jusqua")) for each in (one, other) if each.fact("jusqua")]
    return not ends or since <= min(ends)


def _row(content: Content, quartier: Community, street: Street) -> Span:
    return Span(_file(content, quartier, "rues"), street.line)


def _place(content: Content, quartier: Community, key: str) -> Span:
    return Span(_file(content, quartier, key))


def _file(content: Content, quartier: Community, key: str) -> PurePosixPath:
    record = next(one for one in content.records
                  if one.kind == "quartier" and one.home == quartier.home)  # fmt: skip
    return PurePosixPath(file_of(record, key))
