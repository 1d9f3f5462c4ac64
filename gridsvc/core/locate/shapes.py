"""The polygons of an index as edges: checked, laid end to end, and compared edge by edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.errors import Fault, InvalidGeometry
from gridsvc.core.locate.layout import Edges
from gridsvc.core.locate.memory import Arena

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Geometries: TypeAlias = NDArray[np.object_]

_GLOBE = np.array([-180.0, -90.0, 180.0, 90.0])
_AREAL = [shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON]


def checked(polygons: Iterable[BaseGeometry], first: int | Iterable[int] = 0) -> Geometries:
    """The polygons as an array. Raises InvalidGeometry with a fault for each that cannot be used ("feature 3").

    `first` is the position of the first one, or all their positions.
    """
    geometries = np.fromiter(polygons, dtype=object)
    names = range(first, first + len(geometries)) if isinstance(first, int) else list(first)
    known = geometries.copy()
    known[~np.asarray(shapely.is_geometry(geometries), dtype=bool)] = None
    box = shapely.bounds(known).reshape(-1, 4)
    with np.errstate(invalid="ignore"):
        is_between = np.asarray((box >= _GLOBE[[0, 1, 0, 1]]) & (box <= _GLOBE[[2, 3, 2, 3]]))
    on_globe: NDArray[np.bool_] = is_between.min(axis=1, initial=True)
    is_areal = np.isin(np.asarray(shapely.get_type_id(known)), _AREAL)
    is_usable: NDArray[np.bool_] = is_areal & on_globe & np.asarray(shapely.is_valid(known), dtype=bool)
    bad = np.flatnonzero(~is_usable).tolist()
    if bad:
        faults = [Fault(f"feature {names[k]}", InvalidGeometry.code, _reason(known[k], bool(on_globe[k]))) for k in bad]
        raise InvalidGeometry(f"{len(bad)} of {len(geometries)} polygons cannot be used", faults=faults)
    return geometries


def _reason(geometry: BaseGeometry | None, on_globe: bool) -> str:
    if geometry is None:
        return "this is not a geometry"
    if shapely.get_type_id(geometry) not in _AREAL:
        return f"a {geometry.geom_type} is not a polygon"
    if geometry.is_empty:
        return "the polygon is empty"
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return "a coordinate is not a finite number"
    if not on_globe:
        return "the coordinates are not longitude and latitude in degrees; are the axes swapped?"
    return f"the polygon is not valid: {shapely.is_valid_reason(geometry)}"


def edges_of(polygons: Geometries) -> tuple[Floats, Integers]:
    """The edges, as rows ax, ay, bx, by in the order of the rings, and the index of the polygon of each."""
    parts, part_owner = shapely.get_parts(polygons, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    coordinates = coordinates + 0.0  # no negative zero: equal places are equal bits
    ends = np.hstack([coordinates[:-1], coordinates[1:]])
    is_edge = (ring[1:] == ring[:-1]) & (ends[:, :2] != ends[:, 2:]).any(axis=1)
    owner = part_owner[ring_part[ring[:-1][is_edge]]]
    return np.ascontiguousarray(ends[is_edge]), owner.astype(np.int64)


def _is_backward(ends: Floats) -> NDArray[np.bool_]:
    """Which edges run from their larger end (x, then y) to the smaller: turned round, two drawings of one are equal."""
    return np.asarray((ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3])))


def distinct(ends: Floats, rows: Integers, owner: NDArray[np.int32]) -> Edges:
    """Each edge once, with all its owners; `rows` are where the edges come from, which is kept for one of each."""
    is_backward = _is_backward(ends)
    ends = np.where(is_backward[:, None], ends[:, [2, 3, 0, 1]], ends)
    by_place = np.lexsort(ends.T[::-1])
    ends, owner, rows = ends[by_place], owner[by_place], np.where(is_backward, ~rows, rows)[by_place]
    is_first = np.ones(len(ends), dtype=bool)
    is_first[1:] = (ends[1:] != ends[:-1]).any(axis=1)
    start = np.append(np.flatnonzero(is_first), len(ends)).astype(np.int64)
    return Edges(np.ascontiguousarray(ends[is_first]), np.ascontiguousarray(rows[is_first]), start, owner)


def unmatched(one: Floats, other: Floats) -> Floats:
    """The edges that only one of two polygons has."""
    count = len(one) + len(other)
    edges = distinct(np.vstack([one, other]), np.arange(count), np.zeros(count, dtype=np.int32))
    alone: Floats = edges.ends[np.diff(edges.start) == 1]
    return alone


@dataclass(frozen=True, eq=False)
class Shapes:
    """The edges of all polygons: those of position p are `count[p]` rows of the arena from `first[p]` on.

    `boxes` are x and y, smallest and largest; a removed polygon has no edges and a box of NaN. All that is needed of
    the arena lies before `end`.
    """

    arena: Arena
    first: Integers
    count: Integers
    boxes: Floats
    end: int

    @classmethod
    def of(cls, polygons: Geometries) -> Shapes:
        """The shapes of checked polygons."""
        ends, owner = edges_of(polygons)
        count = np.bincount(owner, minlength=len(polygons)).astype(np.int64)
        boxes = shapely.bounds(polygons).reshape(-1, 4)
        return cls(Arena.of([ends.ravel()]), np.cumsum(count) - count, count, boxes, ends.size)

    @property
    def ends(self) -> Floats:
        """All rows of the arena."""
        return np.asarray(self.arena.entries[: len(self.arena.entries) // 4 * 4]).reshape(-1, 4)

    def edges_at(self, positions: NDArray[np.integer]) -> tuple[Floats, Integers, NDArray[np.int32]]:
        """The edges of some polygons, their rows in the arena, and the place of the polygon of each in `positions`."""
        count = self.count[positions]
        place = np.repeat(np.arange(len(positions)), count)
        begin = np.cumsum(count) - count
        rows = self.first[positions][place] + np.arange(len(place)) - begin[place]
        return self.ends[rows], rows, place.astype(np.int32)

    def replaced(self, positions: Integers, polygons: Geometries) -> Shapes:
        """Other shapes at some positions (None: removed), which may lie behind the last one."""
        kept = np.array([polygon is not None for polygon in polygons], dtype=bool)
        ends, owner = edges_of(polygons[kept])
        fresh = np.bincount(owner, minlength=int(kept.sum())).astype(np.int64)
        size = max(len(self.count), int(positions.max(initial=-1)) + 1)
        first, count, boxes = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64), np.full((size, 4), np.nan)
        first[: len(self.first)], count[: len(self.count)], boxes[: len(self.boxes)] = (
            self.first,
            self.count,
            self.boxes,
        )
        count[positions], boxes[positions] = 0, np.nan
        arena, end = self._with_more(ends)
        first[positions[kept]] = (end - ends.size) // 4 + np.cumsum(fresh) - fresh
        count[positions[kept]] = fresh
        boxes[positions[kept]] = shapely.bounds(polygons[kept]).reshape(-1, 4)
        return Shapes(arena, first, count, boxes, end)

    def _with_more(self, ends: Floats) -> tuple[Arena, int]:
        """The arena with more rows at its end, and this end."""
        arena = self.arena
        while True:
            with arena.lock:
                if arena.has_room(ends.size):
                    return arena, arena.add(ends.ravel())
            arena = arena.fork(self.end, ends.size)
