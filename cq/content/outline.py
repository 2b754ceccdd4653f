"""A quartier's outline: GeoJSON in (RFC 7946), polygons in whole millionths of a degree out.

Says what is wrong in the one file, with its line; what two outlines say together is for
`cq.content.checks.perimeters`.
"""

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from cq.content.characters import visible
from cq.content.geometry import UNIT, Point, Shape, crossing, tangled, tidy
from cq.content.parsed import Parsed, key_of
from cq.content.perimeters import record_of
from cq.content.scan import Source
from cq.content.text import decode
from cq.diagnostic import Diagnostic, Span, error, has_errors, warning

_MOST_POINTS = 3000  # the worst outline of so many takes a second
_MOST_PARTS = 50
_LONGEST_CREDIT = 160
_PAIR = re.compile(r"\[\s*-?[0-9][^\[\]{}]*\]")
# Degrees: west, south, east, north of the Hexagon and of what is French overseas.
_FRANCE = (
    (-5.5, 41.2, 9.8, 51.3),
    (-63.4, 15.7, -60.9, 18.3),  # Guadeloupe, Saint-Martin, Saint-Barthélemy
    (-61.4, 14.2, -60.6, 15.1),  # Martinique
    (-54.8, 2.0, -51.4, 6.0),  # Guyane
    (55.0, -21.6, 56.0, -20.7),  # La Réunion
    (44.8, -13.2, 45.5, -12.4),  # Mayotte
    (-56.7, 46.6, -56.0, 47.3),  # Saint-Pierre-et-Miquelon
    (163.0, -23.0, 168.5, -19.0),  # Nouvelle-Calédonie
    (-155.0, -28.5, -134.0, -7.5),  # Polynésie
    (-178.4, -14.6, -175.9, -13.0),  # Wallis-et-Futuna
)
_EXAMPLE = (
    '{"type": "Feature", "properties": {"credit": "…"}, "geometry": '
    '{"type": "Polygon", "coordinates": [[[2.3593, 48.8844], …, [2.3593, 48.8844]]]}}'
)
_LOST = "sans contour, le quartier manquerait sur la carte"

_Position = tuple[float, float]
_Rings = list[list[list[_Position]]]  # polygons, rings, points; as written


def parse_outline(source: Source) -> Parsed:
    """The outline that a GeoJSON file gives, as a record; no record where it cannot be used."""
    path = source.path
    key = key_of(str(path), source.digest)
    text = decode(source)
    if text.value is None:
        return Parsed(str(path), key, found=text.found)
    reader = _Reader(path, text.value)
    shape = reader.shape()
    found = (*text.found, *reader.found)
    if shape is None or has_errors(found):
        return Parsed(str(path), key, found=found)
    record = record_of(path, "outline", [shape, reader.credit])
    return Parsed(str(path), key, record=record, found=found)


class _Refused(Exception):
    """What stands in the file is no outline; the finding says why."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.code)
        self.finding = finding


class _Reader:
    def __init__(self, path: PurePosixPath, text: str) -> None:
        self.path = path
        self.text = text
        self.credit = ""
        self.found: list[Diagnostic] = []

    def shape(self) -> Shape | None:
        try:
            rings = self._rings(self._geometry(self._load()))
        except _Refused as refused:
            self.found.append(refused.finding)
            return None
        misplaced = self._misplaced(rings)
        if misplaced is not None:
            self.found.append(misplaced)
            return None
        self.found.extend(self._open(rings))
        shape = tuple(
            tuple(tidy([_whole(point) for point in ring]) for ring in polygon) for polygon in rings
        )
        self.found.extend(self._crossed(shape))
        return shape

    def _load(self) -> object:
        try:
            return json.loads(self.text, parse_int=float)
        except json.JSONDecodeError as fault:
            raise _Refused(
                error(
                    "not-geojson",
                    "ce fichier n’est pas du GeoJSON : la lecture s’arrête ici",
                    Span(self.path, fault.lineno, fault.colno),
                    _LOST,
                    f"exportez-le de nouveau ; il ressemble à :\n{_EXAMPLE}",
                )
            ) from None
        except (RecursionError, ValueError):
            raise self._no("ce fichier emboîte trop de crochets") from None

    def _no(self, message: str) -> _Refused:
        return _Refused(
            error(
                "not-geojson",
                message,
                Span(self.path),
                _LOST,
                f"un contour est un Polygon ou un MultiPolygon :\n{_EXAMPLE}",
            )
        )

    def _geometry(self, root: object) -> dict[str, object]:
        """The geometry of a Feature, of a FeatureCollection of one, or the geometry itself."""
        if _kind(root) == "FeatureCollection" and isinstance(root, dict):
            features = root.get("features")
            if not isinstance(features, list) or len(features) != 1:
                many = len(features) if isinstance(features, list) else 0
                raise self._no(
                    f"ce fichier contient {many} objets, il en faut un seul : ce quartier"
                )
            root = features[0]
        if _kind(root) == "Feature" and isinstance(root, dict):
            self.credit = _credit(root.get("properties"))
            root = root.get("geometry")
        kind = _kind(root)
        if kind not in {"Polygon", "MultiPolygon"} or not isinstance(root, dict):
            it_is = f" : c’est « {visible(kind)[:40]} »" if kind else ""
            raise self._no(f"ce fichier ne contient pas de polygone{it_is}")
        return root

    def _rings(self, geometry: dict[str, object]) -> _Rings:
        parts = geometry.get("coordinates")
        if geometry["type"] == "Polygon":
            parts = [parts]
        if not isinstance(parts, list) or not parts:
            raise self._no("ce polygone n’a pas de coordonnées")
        rings: _Rings = []
        total = holes = 0
        for part in parts:
            if not isinstance(part, list) or not part or not all(map(_is_list, part)):
                raise self._no("ce polygone n’a pas la forme attendue : une liste de contours")
            holes += len(part)
            total += sum(map(len, part))
            if total > _MOST_POINTS or holes > _MOST_PARTS:
                raise _Refused(
                    error(
                        "outline-too-big",
                        f"ce contour est trop détaillé : plus de 3 000 points "
                        f"ou de {_MOST_PARTS} morceaux",
                        Span(self.path),
                        _LOST,
                        "simplifiez-le, tous les quartiers ensemble pour que leurs bords restent "
                        "communs (mapshaper.org, « Simplify »)",
                    )
                )
            rings.append([[self._position(point) for point in ring] for ring in part])
            if any(len(tidy([_whole(point) for point in ring])) < 3 for ring in rings[-1]):
                raise self._no("ce contour a moins de trois points : il n’entoure rien")
        return rings

    def _position(self, value: object) -> _Position:
        if isinstance(value, list) and len(value) >= 2:
            x, y = value[0], value[1]
            # A number beyond is no place on any map, and would not be a whole one.
            if isinstance(x, float) and isinstance(y, float) and abs(x) < 1e9 and abs(y) < 1e9:
                return x, y
        raise self._no("un point du contour n’est pas une paire [longitude, latitude]")

    def _at(self, number: int) -> Span:
        """Where the point `number` (from 0, in the order of the file) is written."""
        start = self.text.find('"coordinates"')
        pairs = _PAIR.finditer(self.text, max(0, start))
        pair = next((one for count, one in enumerate(pairs) if count == number), None)
        if pair is None:
            return Span(self.path)
        line = self.text.count("\n", 0, pair.start()) + 1
        column = pair.start() - self.text.rfind("\n", 0, pair.start())
        width = len(pair[0]) if "\n" not in pair[0] else 1
        return Span(self.path, line, column, width)

    def _misplaced(self, rings: _Rings) -> Diagnostic | None:
        points = list(_flat(rings))
        lost = next((number for number, one in enumerate(points) if not _in_france(*one)), None)
        if lost is None:
            return None
        x, y = points[lost]
        if all(_in_france(latitude, longitude) for longitude, latitude in points):
            return error(
                "wrong-coordinates",
                "la longitude et la latitude sont échangées",
                self._at(0),
                f"[{points[0][0]}, {points[0][1]}] est loin de la France ; GeoJSON écrit la "
                "longitude d’abord",
                f"écrivez : [{points[0][1]}, {points[0][0]}], et de même pour tous les points",
            )
        if abs(x) > 180 or abs(y) > 90:
            return error(
                "wrong-coordinates",
                "ces coordonnées ne sont pas en degrés",
                self._at(lost),
                "c’est sans doute du Lambert 93, que les cartes du web ne lisent pas",
                "exportez de nouveau le fichier en WGS 84 (EPSG:4326), comme le veut GeoJSON",
            )
        return error(
            "wrong-coordinates",
            "un point du contour n’est pas en France",
            self._at(lost),
            f"longitude {x}, latitude {y} : le quartier serait très loin sur la carte",
            "corrigez ce point, ou exportez de nouveau le fichier en WGS 84 (EPSG:4326)",
        )

    def _open(self, rings: _Rings) -> Iterator[Diagnostic]:
        """RFC 7946: the last point of a ring is its first once more."""
        number = 0
        for ring in chain.from_iterable(rings):
            number += len(ring)
            if _whole(ring[0]) != _whole(ring[-1]):
                yield warning(
                    "open-ring",
                    "ce contour n’est pas fermé : son dernier point n’est pas le premier",
                    self._at(number - 1),
                    "il est fermé d’un trait droit ; vérifiez que des points ne manquent pas",
                    f"ajoutez à la fin : [{ring[0][0]}, {ring[0][1]}]",
                )

    def _crossed(self, shape: Shape) -> Iterator[Diagnostic]:
        for ring in chain.from_iterable(shape):
            corner = crossing(ring)
            if corner is not None:
                yield error(
                    "crossing-outline",
                    "ce contour se coupe lui-même près de ce point",
                    self._at(self._number(corner)),
                    "on ne saurait plus ce qui est dedans et ce qui est dehors",
                    "ouvrez le fichier dans un éditeur de cartes (geojson.io, QGIS) et défaites "
                    "le croisement",
                )
                return
        corner = tangled(shape)
        if corner is not None:
            yield error(
                "crossing-outline",
                "deux morceaux de ce contour se croisent ou se recouvrent près de ce point",
                self._at(self._number(corner)),
                "on ne saurait plus ce qui est dedans et ce qui est dehors",
                "ouvrez le fichier dans un éditeur de cartes (geojson.io, QGIS) et séparez-les",
            )

    def _number(self, corner: Point) -> int:
        """The place in the file of the first point that is this corner."""
        start = max(0, self.text.find('"coordinates"'))
        for number, pair in enumerate(_PAIR.finditer(self.text, start)):
            value = json.loads(pair[0], parse_int=float)
            if len(value) >= 2 and _whole((value[0], value[1])) == corner:
                return number
        return 0


def _kind(value: object) -> str:
    """The `type` of a GeoJSON object; "" for what has none."""
    kind = value.get("type") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else ""


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _flat(rings: _Rings) -> Iterator[_Position]:
    return (point for polygon in rings for ring in polygon for point in ring)


def _whole(point: _Position) -> Point:
    return round(point[0] * UNIT), round(point[1] * UNIT)


def _in_france(longitude: float, latitude: float) -> bool:
    return any(
        west <= longitude <= east and south <= latitude <= north
        for west, south, east, north in _FRANCE
    )


def _credit(properties: object) -> str:
    """Whose data it is: `credit`, or what open data calls it."""
    if not isinstance(properties, dict):
        return ""
    for keys in (("credit",), ("attribution",), ("source", "licence"), ("source", "license")):
        words = [properties.get(key) for key in keys]
        said = [" ".join(visible(word).split()) for word in words if isinstance(word, str) and word]
        if said and isinstance(words[0], str):
            return ", ".join(said)[:_LONGEST_CREDIT]
    return ""
