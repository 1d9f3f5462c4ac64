"""GeoJSON looked at strictly before the reading library sees it, which takes a text for a number and a gap for zero."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gridsvc.core.errors import Fault, InvalidGeometry, InvalidInput, UnreadableFile
from gridsvc.core.fields import is_storable
from gridsvc.core.geojson import MAX_NESTING, is_nested_deeper, parse_text

MOST_FAULTS = 1000
# How many lists stand around a position, by type of geometry.
LEVELS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
SIZES = (2, 3)


def declared_crs(source: Path) -> str | None:
    """The old `crs` member, if there is one; without it the file says nothing, since much GeoJSON is in GCJ-02.

    Raises UnreadableFile for a text that is not strict JSON or no collection of features, InvalidGeometry with a fault
    for each feature whose coordinates are not lists of two or three numbers, as deep as its type says, and InvalidInput
    for each with a text that cannot be stored.
    """
    document = parse_text(source.read_bytes())
    if not isinstance(document, dict):
        raise UnreadableFile("The file is not a GeoJSON object.")
    features = list(_features(document))
    _refuse(InvalidGeometry, InvalidGeometry.code, map(_fault_of, features))
    _refuse(InvalidInput, "bad_character", map(_text_fault_of, features))
    member = document.get("crs")
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and name else None


def _refuse(kind: type[InvalidInput], code: str, reasons: Iterable[str | None]) -> None:
    faults = [Fault(f"feature {number}", code, reason) for number, reason in enumerate(reasons, 1) if reason]
    if faults:
        message = f"{faults[0].place}: {faults[0].message}. Nothing was stored."
        raise kind(message, faults=faults[:MOST_FAULTS])


def _features(document: dict[str, Any]) -> Iterator[Any]:
    if document.get("type") != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise UnreadableFile("The file is not a FeatureCollection.")
    yield from document["features"]


def _fault_of(feature: Any) -> str | None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        return "this is not a Feature"
    if not isinstance(feature.get("properties") or {}, dict):
        return "the properties are not an object"
    if is_nested_deeper(feature.get("properties"), MAX_NESTING):
        return f"the properties are nested more than {MAX_NESTING} deep"
    geometry = feature.get("geometry")
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in LEVELS:
        return f"the type of the geometry is none of {', '.join(LEVELS)}"
    if not _are_positions(geometry.get("coordinates"), LEVELS[kind]):
        return "the coordinates are not lists of two or three numbers"
    return None


def _text_fault_of(feature: dict[str, Any]) -> str | None:
    """The library ends a text at a NUL and leaves out half a character, without a word."""
    texts = _texts(feature.get("properties"))
    return None if all(map(is_storable, texts)) else "a field holds a character that cannot be stored"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _are_positions(value: Any, levels: int) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if levels:
        return all(_are_positions(one, levels - 1) for one in value)
    # Exact types: a truth value is a number in Python.
    return len(value) in SIZES and all(type(number) in (int, float) and abs(number) < 1e300 for number in value)
