"""GeoJSON looked at strictly before the reading library sees it, which takes a text for a number and a gap for zero."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gridsvc.core.errors import Fault, InvalidGeometry, UnreadableFile
from gridsvc.core.geojson import parse_text

MOST_FAULTS = 1000
# How many lists stand around a position, by type of geometry.
LEVELS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
SIZES = (2, 3)


def declared_crs(source: Path) -> str | None:
    """The old `crs` member, if there is one; without it the file says nothing, since much GeoJSON is in GCJ-02.

    Raises UnreadableFile for a text that is not strict JSON or no collection of features, and InvalidGeometry with a
    fault for each feature whose coordinates are not lists of two or three numbers, as deep as its type says.
    """
    document = parse_text(source.read_bytes())
    if not isinstance(document, dict):
        raise UnreadableFile("The file is not a GeoJSON object.")
    faults = [
        Fault(f"feature {number}", InvalidGeometry.code, reason)
        for number, feature in enumerate(_features(document), 1)
        if (reason := _fault_of(feature)) is not None
    ]
    if faults:
        message = f"{faults[0].place}: {faults[0].message}. Nothing was stored."
        raise InvalidGeometry(message, faults=faults[:MOST_FAULTS])
    member = document.get("crs")
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and name else None


def _features(document: dict[str, Any]) -> Iterator[Any]:
    if document.get("type") != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise UnreadableFile("The file is not a FeatureCollection.")
    yield from document["features"]


def _fault_of(feature: Any) -> str | None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return "this is not a Feature"
    if not isinstance(feature.get("properties") or {}, dict):
        return "the properties are not an object"
    geometry = feature.get("geometry")
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in LEVELS:
        return f"the type of the geometry is none of {', '.join(LEVELS)}"
    if not _are_positions(geometry.get("coordinates"), LEVELS[kind]):
        return "the coordinates are not lists of two or three numbers"
    return None


def _are_positions(value: Any, levels: int) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if levels:
        return all(_are_positions(one, levels - 1) for one in value)
    # Exact types: a truth value is a number in Python.
    return len(value) in SIZES and all(type(number) in (int, float) and abs(number) < 1e300 for number in value)
