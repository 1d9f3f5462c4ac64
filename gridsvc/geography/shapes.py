"""Geometry as it may be stored: degrees on the fixed grid of 1e-7, whole and valid; or a fault that names the place.

Nothing is repaired. What is changed: the third dimension is left out, coordinates are rounded to the grid, polygons
become multipolygons with right-handed rings; none of this moves a line by more than half a centimetre.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core import datum
from gridsvc.core.densify import densify_along
from gridsvc.geography.faults import FaultList

Shapes: TypeAlias = NDArray[np.object_]
Flags: TypeAlias = NDArray[np.bool_]

# Size, not validity, is what costs; a street block needs a few dozen corners.
MAX_VERTICES = 10_000
MAX_AREA_VERTICES = 200_000
SRID = 4326
# Byte order, type with the flag for a reference system, and the system; two numbers follow.
_POINT_HEAD = bytes.fromhex("0101000020E6100000")
_PLACE = re.compile(r"\[(-?[\d.e+-]+) (-?[\d.e+-]+)")
_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)


def as_shapes(geometries: Sequence[BaseGeometry | None] | Shapes) -> Shapes:
    """The geometries as an array of objects, one for each feature."""
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def checked_polygons(
    polygons: Sequence[BaseGeometry | None] | Shapes,
    faults: FaultList,
    *,
    may_be_missing: bool = False,
    max_vertices: int = MAX_VERTICES,
) -> Shapes:
    """Multipolygons in degrees as they may be stored. Faulty ones are noted in `faults` and become None."""
    shapes = _checked_coordinates(as_shapes(polygons), faults, _POLYGONS, "a polygon", may_be_missing, max_vertices)
    invalid = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    for index in np.flatnonzero(invalid).tolist():
        reason = str(shapely.is_valid_reason(shapes[index]))
        faults.add(index, "invalid_geometry", f"the ring is not valid: {reason}", _place(reason))
    shapes[invalid] = None
    return as_multi(shapely.orient_polygons(shapes))


def checked_lines(lines: Sequence[BaseGeometry | None] | Shapes, faults: FaultList) -> Shapes:
    """Multilines in degrees as they may be stored. Faulty ones are noted in `faults` and become None."""
    shapes = _checked_coordinates(as_shapes(lines), faults, _LINES, "a line", False, MAX_AREA_VERTICES)
    single = shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING
    shapes[single] = shapely.multilinestrings(shapes[single][:, None])
    return shapes


def as_multi(shapes: Shapes) -> Shapes:
    """Polygons as multipolygons; what is missing stays missing."""
    single = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    made = shapes.copy()
    if single.any():
        made[single] = shapely.multipolygons(shapes[single][:, None])
    return made


def on_frozen_rings(shapes: Shapes, outlines: Shapes) -> Shapes:
    """Multipolygons with the vertices that the frozen borders of their communities have along them; no line moves."""
    if not len(outlines):
        return shapes
    return as_multi(np.asarray(shapely.orient_polygons(densify_along(shapes, outlines)), dtype=object))


def check_degrees(x: NDArray[np.float64], y: NDArray[np.float64], faults: FaultList) -> None:
    """Notes each point that is not a place on the globe."""
    with np.errstate(invalid="ignore"):
        good = (np.abs(x) <= 180) & (np.abs(y) <= 90)
    for index in np.flatnonzero(~good).tolist():
        faults.add(index, "invalid_coordinate", "the position is missing or not on the globe; x is the longitude")


def to_ewkb(shapes: Shapes) -> list[str | None]:
    """EWKB in hexadecimal with the reference system, as COPY takes it; None where a shape is missing."""
    made: Any = shapely.to_wkb(shapely.set_srid(shapes, SRID), hex=True, include_srid=True)
    return list(made)


def point_array(x: NDArray[np.float64], y: NDArray[np.float64]) -> Shapes:
    """Points as an array of shapes."""
    return np.asarray(shapely.points(x, y), dtype=object)


def points_to_ewkb(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[str]:
    """Points as EWKB in hexadecimal."""
    raw = np.empty((len(x), 25), dtype=np.uint8)
    raw[:, :9] = np.frombuffer(_POINT_HEAD, dtype=np.uint8)
    raw[:, 9:17] = x.astype("<f8")[:, None].view(np.uint8)
    raw[:, 17:] = y.astype("<f8")[:, None].view(np.uint8)
    text = raw.tobytes().hex()
    return [text[start : start + 50] for start in range(0, len(text), 50)]


def from_wkb(values: Sequence[bytes | None]) -> Shapes:
    """Shapes of WKB values."""
    return np.asarray(shapely.from_wkb(np.array(values, dtype=object)), dtype=object)


def _checked_coordinates(
    shapes: Shapes, faults: FaultList, types: tuple[Any, ...], noun: str, may_be_missing: bool, max_vertices: int
) -> Shapes:
    """The shapes in two dimensions on the grid; None for each that cannot be taken."""
    missing = shapely.is_missing(shapes)
    wrong_kind = ~missing & ~np.isin(shapely.get_type_id(shapes), types)
    empty = ~missing & ~wrong_kind & shapely.is_empty(shapes)
    too_long = shapely.get_num_coordinates(shapes) > max_vertices
    for flags, code, message in (
        (missing & (not may_be_missing), "missing", f"there is no geometry; {noun} is needed"),
        (wrong_kind, "invalid_geometry", f"the geometry is not {noun}"),
        (empty, "invalid_geometry", "the geometry is empty"),
        (too_long, "invalid_geometry", f"the geometry has more than {max_vertices} vertices"),
    ):
        for index in np.flatnonzero(flags).tolist():
            faults.add(index, code, message)
    kept = shapes.copy()
    kept[wrong_kind | empty | too_long] = None
    kept = np.asarray(shapely.force_2d(kept), dtype=object)
    lost = _off_the_globe(kept)
    for index in np.flatnonzero(lost).tolist():
        faults.add(index, "invalid_coordinate", "a coordinate is not on the globe; x is the longitude, y the latitude")
    kept[lost] = None
    return np.asarray(shapely.transform(kept, datum.to_grid), dtype=object)


def _off_the_globe(shapes: Shapes) -> Flags:
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    with np.errstate(invalid="ignore"):
        bad = ~((np.abs(coordinates[:, 0]) <= 180) & (np.abs(coordinates[:, 1]) <= 90))
    flags = np.zeros(len(shapes), dtype=np.bool_)
    flags[owners[bad]] = True
    return flags


def _place(reason: str) -> dict[str, Any] | None:
    found = _PLACE.search(reason)
    return {"type": "Point", "coordinates": [float(found[1]), float(found[2])]} if found else None
