"""GeoJSON by RFC 7946: building what we send, and reading what we are sent with limits and without repair.

Read coordinates may be in any declared system, so their range is left to `datum`; written ones are WGS 84 degrees.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.datum import to_grid
from gridsvc.core.errors import Fault, InvalidGeometry, UnreadableFile

MAX_POLYGON_VERTICES = 10_000
MAX_FILE_VERTICES = 200_000
MAX_NESTING = 6
MAX_FAULTS = 1000
_LARGEST = float(np.finfo(np.float64).max)

_CODE = InvalidGeometry.code
_REASON = re.compile(r"(?P<what>[^\[]+)\[(?P<x>\S+) (?P<y>[^\]\s]+).*\]")


@dataclass(frozen=True)
class Feature:
    """A feature as read: its geometry (None where the sender gave null), properties and id."""

    geometry: BaseGeometry | None
    properties: Mapping[str, Any] = field(default_factory=dict)
    id: str | int | None = None


# Writing -------------------------------------------------------------------------------------------------------------


def geometry_object(geometry: BaseGeometry) -> dict[str, Any]:
    """A geometry in WGS 84 degrees as a GeoJSON object: seven decimals, outer rings counter-clockwise, no altitude."""
    if geometry.geom_type.endswith("Polygon"):
        geometry = shapely.orient_polygons(geometry, exterior_cw=False)
    return {"type": geometry.geom_type, **_content(geometry)}


def feature(
    geometry: BaseGeometry | None, properties: Mapping[str, Any], feature_id: str | int | None = None
) -> dict[str, Any]:
    """One Feature object; without an id the member is left out."""
    made: dict[str, Any] = {"type": "Feature"}
    if feature_id is not None:
        made["id"] = feature_id
    made["geometry"] = None if geometry is None else geometry_object(geometry)
    made["properties"] = dict(properties)
    return made


def feature_collection(features: Iterable[Mapping[str, Any]], **members: Any) -> dict[str, Any]:
    """A FeatureCollection of feature objects, with foreign members such as `numberMatched`; never with `crs`."""
    if "crs" in members:
        raise ValueError("RFC 7946 knows no crs member: coordinates are WGS 84")
    return {"type": "FeatureCollection", **members, "features": list(features)}


# Reading -------------------------------------------------------------------------------------------------------------


def parse_text(text: str | bytes) -> Any:
    """The plain values of a JSON text. Raises UnreadableFile for NaN, doubled keys, bad UTF-8 or absurd nesting."""
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_single_keys)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("The text is not strict JSON.") from error


def parse_geometry(value: object, place: str = "geometry") -> BaseGeometry:
    """A valid Point, LineString, Polygon or MultiPolygon of two finite numbers a position.

    Raises InvalidGeometry with the place of the fault: wrong types, rings that are open or too short, too many
    vertices, and invalid shapes, with the spot where they cross. Nothing is repaired or dropped.
    """
    geometry = _built(value, place)
    fault = validity_fault(geometry, place)
    if fault is not None:
        raise InvalidGeometry(fault.message, faults=[fault])
    return geometry


def parse_feature_collection(value: object) -> list[Feature]:
    """The features of a FeatureCollection. Raises InvalidGeometry with one fault for each bad feature."""
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        raise _refusal("$", "a FeatureCollection is needed")
    items = value.get("features")
    if not isinstance(items, list):
        raise _refusal("features", "a list is needed")
    features: list[Feature] = []
    faults: list[Fault] = []
    vertices = 0
    for number, item in enumerate(items):
        try:
            one = _feature(item, f"feature {number}")
        except InvalidGeometry as error:
            faults.extend(error.faults)
            continue
        vertices += 0 if one.geometry is None else int(shapely.get_num_coordinates(one.geometry))
        if vertices > MAX_FILE_VERTICES:
            raise _refusal(f"feature {number}", f"a file may have {MAX_FILE_VERTICES} vertices")
        features.append(one)
    if faults:
        raise InvalidGeometry(faults=faults[:MAX_FAULTS], bad_features=len(faults))
    return features


def is_nested_deeper(value: object, limit: int) -> bool:
    """Whether more than `limit` levels of lists and objects stand inside a value; looks no deeper than that."""
    layer: list[Any] = [value]
    for _ in range(limit + 1):
        layer = [
            child
            for holder in layer
            if isinstance(holder, dict | list)
            for child in (holder.values() if isinstance(holder, dict) else holder)
        ]
    return any(isinstance(left, dict | list) for left in layer)


def validity_fault(geometry: BaseGeometry, place: str = "geometry") -> Fault | None:
    """What is wrong with the shape and where, as a fault with a Point; None if it is valid and not empty."""
    if geometry.is_empty:
        return Fault(place=place, code=_CODE, message="the geometry is empty")
    if shapely.is_valid(geometry):
        return None
    reason = str(shapely.is_valid_reason(geometry))
    match = _REASON.match(reason)
    if match is None:
        return Fault(place=place, code=_CODE, message=reason.lower())
    spot = [float(match["x"]), float(match["y"])]
    point = {"type": "Point", "coordinates": spot} if all(map(math.isfinite, spot)) else None
    return Fault(place=place, code=_CODE, message=match["what"].strip().lower(), geometry=point)


def _content(geometry: BaseGeometry) -> dict[str, Any]:
    if geometry.geom_type == "GeometryCollection":
        return {"geometries": [geometry_object(part) for part in shapely.get_parts(geometry)]}
    return {"coordinates": _coordinates(geometry)}


def _coordinates(geometry: BaseGeometry) -> list[Any]:
    if geometry.geom_type == "Polygon":
        return [_positions(ring) for ring in shapely.get_rings(geometry)]
    if geometry.geom_type.startswith("Multi"):
        return [_coordinates(part) for part in shapely.get_parts(geometry)]
    positions = _positions(geometry)
    if geometry.geom_type == "Point":
        return positions[0] if positions else []
    return positions


def _positions(geometry: BaseGeometry) -> list[Any]:
    positions: list[Any] = to_grid(shapely.get_coordinates(geometry)).tolist()
    return positions


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _single_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key is given twice")
    return made


def _feature(item: object, place: str) -> Feature:
    if not isinstance(item, dict) or item.get("type") != "Feature":
        raise _refusal(place, "a Feature is needed")
    properties, identity = item.get("properties") or {}, item.get("id")
    if not isinstance(properties, dict) or is_nested_deeper(properties, MAX_NESTING):
        raise _refusal(f"{place}.properties", f"an object nested at most {MAX_NESTING} deep is needed")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        raise _refusal(f"{place}.id", "a text or a whole number is needed")
    raw = item.get("geometry")
    geometry = None if raw is None else parse_geometry(raw, f"{place}.geometry")
    return Feature(geometry, properties, identity)


def _built(value: object, place: str) -> BaseGeometry:
    if not isinstance(value, dict):
        raise _refusal(place, "a geometry object is needed")
    kind, coordinates, place = value.get("type"), value.get("coordinates"), f"{place}.coordinates"
    if kind == "Point":
        return shapely.Point(_position(coordinates, place))
    if kind == "LineString":
        return shapely.LineString(_line(coordinates, place, least=2))
    if kind == "Polygon":
        return _polygon(coordinates, place)
    if kind == "MultiPolygon":
        parts = _list(coordinates, place, least=1)
        if _vertices_in(parts) > MAX_FILE_VERTICES:
            raise _refusal(place, f"a geometry may have {MAX_FILE_VERTICES} vertices")
        return shapely.MultiPolygon([_polygon(part, f"{place}[{i}]") for i, part in enumerate(parts)])
    raise _refusal(place.removesuffix(".coordinates"), "the type must be Point, LineString, Polygon or MultiPolygon")


def _polygon(value: object, place: str) -> shapely.Polygon:
    rings = _list(value, place, least=1)
    if _vertices_in([rings]) > MAX_POLYGON_VERTICES:
        raise _refusal(place, f"a polygon may have {MAX_POLYGON_VERTICES} vertices")
    shell, *holes = [_ring(ring, f"{place}[{i}]") for i, ring in enumerate(rings)]
    return shapely.Polygon(shell, holes)


def _ring(value: object, place: str) -> list[tuple[float, float]]:
    positions = _line(value, place, least=4)
    if positions[0] != positions[-1]:
        raise _refusal(place, "the ring is not closed")
    return positions


def _line(value: object, place: str, least: int) -> list[tuple[float, float]]:
    positions = _list(value, place, least)
    if len(positions) > MAX_POLYGON_VERTICES:
        raise _refusal(place, f"a line may have {MAX_POLYGON_VERTICES} vertices")
    return [_position(position, f"{place}[{i}]") for i, position in enumerate(positions)]


def _position(value: object, place: str) -> tuple[float, float]:
    # Exact types: truth values are numbers in Python, and text must never be read as one.
    if type(value) is not list or len(value) != 2 or any(type(number) not in (int, float) for number in value):
        raise _refusal(place, "a position is two numbers, x and y")
    x, y = value
    if not (abs(x) <= _LARGEST and abs(y) <= _LARGEST):  # also false for NaN
        raise _refusal(place, "a position is two finite numbers")
    return float(x), float(y)


def _list(value: object, place: str, least: int) -> list[Any]:
    if not isinstance(value, list) or len(value) < least:
        raise _refusal(place, f"a list of at least {least} is needed")
    return value


def _vertices_in(polygons: Sequence[Any]) -> int:
    rings = (ring for rings in polygons if isinstance(rings, list) for ring in rings)
    return sum(len(ring) for ring in rings if isinstance(ring, list))


def _refusal(place: str, message: str) -> InvalidGeometry:
    return InvalidGeometry(message, faults=[Fault(place=place, code=_CODE, message=message)])
