"""GeoJSON in and out: what is sent follows RFC 7946, what is read is taken whole or refused with its place."""

import json
import math
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core import geojson
from gridsvc.core.errors import InvalidGeometry, UnreadableFile

SQUARE = [[117.0, 32.0], [117.1, 32.0], [117.1, 32.1], [117.0, 32.1], [117.0, 32.0]]
HOLE = [[117.04, 32.04], [117.04, 32.06], [117.06, 32.06], [117.06, 32.04], [117.04, 32.04]]
BOW_TIE = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def collection(*geometries: Any) -> dict[str, Any]:
    features = [{"type": "Feature", "geometry": geometry, "properties": {}} for geometry in geometries]
    return {"type": "FeatureCollection", "features": features}


def test_outer_rings_run_counter_clockwise_and_holes_clockwise() -> None:
    clockwise = shapely.Polygon(SQUARE[::-1], [HOLE[::-1]])
    outer, hole = geojson.geometry_object(clockwise)["coordinates"]
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw


def test_seven_decimals_and_no_altitude() -> None:
    assert geojson.geometry_object(shapely.Point(1 / 3, -1e-9, 5.0)) == {"type": "Point", "coordinates": [0.3333333, 0]}


@pytest.mark.parametrize(
    "wkt",
    [
        "POINT (117.5 32.5)",
        "LINESTRING (117 32, 117.5 32.5)",
        "MULTIPOINT (117 32, 118 33)",
        "POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0), (0.5 0.5, 0.5 1, 1 1, 1 0.5, 0.5 0.5))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
        "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
        "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))",
        "POLYGON EMPTY",
    ],
)
def test_every_kind_of_geometry_is_written(wkt: str) -> None:
    geometry = shapely.from_wkt(wkt)
    written = json.dumps(geojson.geometry_object(geometry), allow_nan=False)
    assert shapely.from_geojson(written).equals(geometry) or geometry.is_empty


def test_a_collection_has_no_crs() -> None:
    one = geojson.feature(shapely.Point(1, 2), {"code": "a"}, feature_id="a")
    made = geojson.feature_collection([one, geojson.feature(None, {})], numberMatched=2)
    assert made["type"] == "FeatureCollection"
    assert made["numberMatched"] == 2
    assert [f.get("id") for f in made["features"]] == ["a", None]
    assert "id" not in made["features"][1]
    with pytest.raises(ValueError, match="crs"):
        geojson.feature_collection([], crs="EPSG:4490")


def test_what_is_written_can_be_read() -> None:
    shape = shapely.Polygon(SQUARE, [HOLE])
    assert geojson.parse_geometry(geojson.geometry_object(shape)).equals(shape)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (None, "geometry"),
        ([], "geometry"),
        ({"type": "Curve", "coordinates": []}, "geometry"),
        ({"type": ["Polygon"], "coordinates": []}, "geometry"),
        ({"type": "GeometryCollection", "geometries": []}, "geometry"),
        ({"type": "Point"}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": ["117", "32"]}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": [True, 32]}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": [None, 32]}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": [math.nan, 32]}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": [math.inf, 32]}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": [10**400, 32]}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": [117, 32, 20]}, "geometry.coordinates"),
        ({"type": "Point", "coordinates": "ab"}, "geometry.coordinates"),
        ({"type": "LineString", "coordinates": [[1, 1]]}, "geometry.coordinates"),
        (polygon(), "geometry.coordinates"),
        (polygon([]), "geometry.coordinates[0]"),
        (polygon(SQUARE[:3]), "geometry.coordinates[0]"),
        (polygon(SQUARE[:4]), "geometry.coordinates[0]"),
        (polygon(SQUARE, [[1, 1], [2, 2], {}, [1, 1]]), "geometry.coordinates[1][2]"),
        (polygon([SQUARE]), "geometry.coordinates[0]"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], 7]}, "geometry.coordinates[1]"),
    ],
)
def test_wrong_types_are_refused_at_their_place(value: object, place: str) -> None:
    with pytest.raises(InvalidGeometry) as refusal:
        geojson.parse_geometry(value)
    assert refusal.value.faults[0].place == place


def test_a_crossing_is_shown_where_it_is() -> None:
    with pytest.raises(InvalidGeometry) as refusal:
        geojson.parse_geometry(polygon(BOW_TIE))
    fault = refusal.value.faults[0]
    assert fault.message == "self-intersection"
    assert fault.geometry == {"type": "Point", "coordinates": [1.0, 1.0]}


def test_ten_thousand_vertices_are_the_limit() -> None:
    def circle(n: int) -> list[list[float]]:
        ring = [[math.cos(2 * math.pi * i / n), math.sin(2 * math.pi * i / n)] for i in range(n)]
        return [*ring, ring[0]]

    assert shapely.get_num_coordinates(geojson.parse_geometry(polygon(circle(9_999)))) == 10_000
    with pytest.raises(InvalidGeometry):
        geojson.parse_geometry(polygon(circle(10_000)))
    with pytest.raises(InvalidGeometry):
        geojson.parse_feature_collection(collection(*[polygon(circle(9_000))] * 23))


def test_features_come_with_properties_and_id() -> None:
    value = collection(polygon(SQUARE), None)
    value["features"][0] |= {"properties": {"code": "007"}, "id": 3}
    first, second = geojson.parse_feature_collection(value)
    assert (first.properties, first.id) == ({"code": "007"}, 3)
    assert second.geometry is None


def test_each_bad_feature_is_named() -> None:
    value = collection(polygon(SQUARE), polygon(BOW_TIE), {"type": "Point", "coordinates": ["1", 2]})
    with pytest.raises(InvalidGeometry) as refusal:
        geojson.parse_feature_collection(value)
    places = [fault.place for fault in refusal.value.faults]
    assert places == ["feature 1.geometry", "feature 2.geometry.coordinates"]


@pytest.mark.parametrize(
    "value", [None, {}, {"type": "FeatureCollection"}, {"type": "FeatureCollection", "features": [1]}]
)
def test_what_is_no_collection_is_refused(value: object) -> None:
    with pytest.raises(InvalidGeometry):
        geojson.parse_feature_collection(value)


def test_properties_are_not_nested_without_end() -> None:
    deep: dict[str, Any] = {}
    for _ in range(7):
        deep = {"in": deep}
    value = collection(None)
    value["features"][0]["properties"] = deep
    with pytest.raises(InvalidGeometry):
        geojson.parse_feature_collection(value)
    value["features"][0]["properties"] = deep["in"]["in"]
    assert len(geojson.parse_feature_collection(value)) == 1


@pytest.mark.parametrize("text", ["{", "NaN", "[Infinity]", '{"a": 1, "a": 2}', "[" * 100_000, b"\xff", "1" * 5000])
def test_only_strict_json_is_read(text: str | bytes) -> None:
    with pytest.raises(UnreadableFile):
        geojson.parse_text(text)


def read_or_refusal(value: object) -> shapely.geometry.base.BaseGeometry | InvalidGeometry:
    try:
        return geojson.parse_geometry(value)
    except InvalidGeometry as refusal:
        return refusal


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


@given(st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon"]), JSON)
def test_any_coordinates_are_a_valid_shape_or_refused(kind: str, coordinates: object) -> None:
    result = read_or_refusal({"type": kind, "coordinates": coordinates})
    if isinstance(result, InvalidGeometry):
        assert result.faults[0].place
    else:
        assert result.is_valid
        assert not result.is_empty


positions = st.lists(st.integers(-3, 3) | st.floats(width=16), min_size=2, max_size=2)


@given(st.lists(positions, min_size=3, max_size=8))
def test_any_ring_is_a_valid_shape_or_refused(ring: list[list[float]]) -> None:
    result = read_or_refusal(polygon([*ring, ring[0]]))
    if isinstance(result, InvalidGeometry):
        json.dumps(result.faults[0].geometry, allow_nan=False)
    else:
        assert result.is_valid
        assert result.area > 0
