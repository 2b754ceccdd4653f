"""GeoJSON as people and machines write it, and as somebody hostile would."""

import json
import time
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cq import digest
from cq.content.outline import parse_outline
from cq.content.parsed import Parsed, record_of, row_of
from cq.content.perimeters import outline_of
from cq.content.scan import Source

PATH = PurePosixPath("content/quartiers/canal/contour.geojson")
RING = [[2.36, 48.87], [2.37, 48.87], [2.37, 48.88], [2.36, 48.87]]
WHOLE = ((2_360_000, 48_870_000), (2_370_000, 48_870_000), (2_370_000, 48_880_000))
POLYGON = {"type": "Polygon", "coordinates": [RING]}


def parsed(text: str | bytes) -> Parsed:
    data = text.encode() if isinstance(text, str) else text
    return parse_outline(Source(PATH, data, digest.of_bytes(data)))


def codes(found: Parsed) -> list[str]:
    return [one.code for one in found.found]


@pytest.mark.parametrize(
    "value",
    [
        POLYGON,
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        {"type": "Feature", "properties": None, "geometry": POLYGON},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": POLYGON}]},
        {"type": "Polygon", "coordinates": [[[*point, 35.5] for point in RING]]},  # with a height
        {"type": "Polygon", "coordinates": [[RING[0], *RING]]},  # a point said twice
    ],
)
def test_the_same_outline(value: object) -> None:
    found = parsed("\ufeff" + json.dumps(value))
    assert codes(found) == []
    assert found.record is not None
    # As it comes back from the ledger.
    assert outline_of(record_of(row_of(found).record)) == (((WHOLE,),), "")


@pytest.mark.parametrize(
    ("properties", "credit"),
    [
        ({"credit": "© Ville", "source": "x"}, "© Ville"),
        ({"source": "Ville de Paris", "licence": "ODbL"}, "Ville de Paris, ODbL"),
        ({"licence": "ODbL"}, ""),
        ({"source": 3, "credit": ["x"]}, ""),
        ({"credit": "a\n\u202e  b"}, "a b"),
        ({"credit": "x" * 1000}, "x" * 160),
        ([], ""),
    ],
)
def test_whose_data_it_is(properties: object, credit: str) -> None:
    found = parsed(json.dumps({"type": "Feature", "properties": properties, "geometry": POLYGON}))
    assert found.record is not None
    assert outline_of(found.record)[1] == credit


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


def comb(points: int, slant: int) -> list[list[float]]:
    """Long edges side by side. Slanted, the rectangles of all of them meet: no sweep can part them,
    and each pair is looked at.
    """
    teeth = [(0.05 if at % 4 in {1, 2} else 0.0, at * 1e-5) for at in range(points)]
    ring = [*teeth, (-0.01, points * 1e-5), (-0.01, -1e-5), teeth[0]]
    return [[round(2.3 + u - slant * v, 6), round(48.8 + slant * u + v, 6)] for u, v in ring]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-geojson"),
        ("null", "not-geojson"),
        ("[1, 2]", "not-geojson"),
        (nested(100_000), "not-geojson"),
        ('{"type": "Polygon", "coordinates": ' + nested(900) + "}", "not-geojson"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 2], [2, 3]]]}', "not-geojson"),
        ('{"type": "Polygon", "coordinates": [[[1e999, 1], [1, 2], [2, 3]]]}', "not-geojson"),
        (f'{{"type": "Polygon", "coordinates": [[[{"9" * 9000}, 1]]]}}', "not-geojson"),
        ('{"type": "Polygon", "coordinates": [[[true, false], [0, 1], [1, 1]]]}', "not-geojson"),
        ('{"type": "Polygon", "coordinates": {"a": 1}}', "not-geojson"),
        ('{"type": {"a": 1}, "coordinates": []}', "not-geojson"),
        ('{"type": ["Feature"]}', "not-geojson"),
        (json.dumps({"type": "Polygon", "coordinates": [[[2.3, 48.8]] * 4000]}), "outline-too-big"),
        (json.dumps({"type": "MultiPolygon", "coordinates": [[RING]] * 60}), "outline-too-big"),
        (json.dumps({"type": "MultiPolygon", "coordinates": [[RING], [RING]]}), "crossing-outline"),
    ],
)
def test_what_is_no_outline_is_one_finding(text: str, code: str) -> None:
    found = parsed(text)
    assert codes(found) == [code]
    assert found.record is None


def test_another_encoding_is_said() -> None:
    assert codes(parsed('{"credit": "é"}'.encode("cp1252"))) == ["not-utf8"]


@pytest.mark.parametrize("slant", [0, 1])
def test_the_worst_accepted_outline_is_read(slant: int) -> None:
    text = json.dumps({"type": "Polygon", "coordinates": [comb(2997, slant)]})
    start = time.process_time()
    assert codes(parsed(text)) == []
    assert time.process_time() - start < 20  # 1.4 s when this was written
    assert codes(parsed(text.replace("[[[", "[[[2.299, 48.8], [", 1))) == ["outline-too-big"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "geometry", "features", "x"]), inner
        )
        | st.lists(st.lists(st.tuples(st.floats(2, 3), st.floats(48, 49)), max_size=5), max_size=3)
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection", "Point"])


@given(KINDS, VALUES, VALUES)
@settings(max_examples=100)
def test_nothing_that_is_json_stops_the_reader(kind: str, one: Any, other: Any) -> None:
    value = {"type": kind, "coordinates": one, "geometry": other, "features": [other]}
    found = parsed(json.dumps(value))
    assert (found.record is None) == any(said.severity.name == "ERROR" for said in found.found)
