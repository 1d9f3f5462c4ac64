"""The border lines of a coverage, each held once: from labelled edges to arcs with a grid on either side.

Points are whole steps of the grid of 1e-7 degrees. An edge runs with its grid on the left; what nobody holds on the
other side is the border of the community.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.lattice import Geometries, steps_of

Point: TypeAlias = tuple[int, int]
# From a point to the next, with the grid on the left.
Edge: TypeAlias = tuple[Point, Point]
Owners: TypeAlias = dict[Edge, str]


@dataclass(frozen=True, slots=True)
class Arc:
    """A border line between two junctions: the grid on its left, and the one on its right (None: not this community).

    `left` is the smaller key of the two; a line without junctions is closed and begins at its smallest point.
    """

    points: tuple[Point, ...]
    left: str
    right: str | None

    @property
    def is_closed(self) -> bool:
        """Whether the line comes back to where it began."""
        return self.points[0] == self.points[-1]


class OverlappingEdges(Exception):
    """Two grids hold the same edge in the same direction, so they overlap there."""

    def __init__(self, edge: Edge, keys: tuple[str, str]) -> None:
        super().__init__(edge, keys)
        self.edge, self.keys = edge, keys


def edges_of(polygons: Sequence[shapely.Geometry] | Geometries, keys: Sequence[str]) -> Owners:
    """The edges of polygons in degrees with their keys. Raises OverlappingEdges, and ValueError off the grid."""
    return _edges(polygons, keys, steps_of)


def edges_of_steps(polygons: Sequence[shapely.Geometry] | Geometries, keys: Sequence[str], origin: Point) -> Owners:
    """The edges of polygons in steps from an origin."""

    def placed(coordinates: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.rint(coordinates).astype(np.int64) + np.array(origin, dtype=np.int64)

    return _edges(polygons, keys, placed)


def arc_edges(arcs: Iterable[Arc]) -> Owners:
    """The edges that arcs stand for, on both of their sides."""
    owners: Owners = {}
    for arc in arcs:
        for start, end in pairwise(arc.points):
            _put(owners, (start, end), arc.left)
            if arc.right is not None:
                _put(owners, (end, start), arc.right)
    return owners


def arcs_of(owners: Owners) -> tuple[Arc, ...]:
    """The arcs of a coverage given by its edges, in one order only: equal coverages give equal arcs.

    Edges with the same grid on both sides are no border and vanish.
    """
    onward: dict[Point, list[tuple[Point, str, str | None]]] = {}
    into: dict[Point, int] = {}
    for (start, end), left in owners.items():
        right = owners.get((end, start))
        if right is None or left < right:
            onward.setdefault(start, []).append((end, left, right))
            into[end] = into.get(end, 0) + 1
    sides_into = {end: (left, right) for edges in onward.values() for end, left, right in edges}
    passed = {
        point
        for point, edges in onward.items()
        if len(edges) == 1 and into.get(point) == 1 and sides_into[point] == edges[0][1:]
    }
    starts = [(start, edge) for start, edges in onward.items() if start not in passed for edge in edges]
    arcs = [_followed(onward, passed, start, edge) for start, edge in starts]
    left_over = passed - {point for arc in arcs for point in arc.points}
    while left_over:
        start = min(left_over)
        arcs.append(_followed(onward, passed - {start}, start, onward[start][0]))
        left_over.difference_update(arcs[-1].points)
    return tuple(sorted(arcs, key=lambda arc: (arc.left, arc.right or "", arc.points)))


def _followed(
    onward: dict[Point, list[tuple[Point, str, str | None]]],
    passed: set[Point],
    start: Point,
    edge: tuple[Point, str, str | None],
) -> Arc:
    end, left, right = edge
    points = [start, end]
    while end in passed:
        end = onward[end][0][0]
        points.append(end)
    return Arc(tuple(points), left, right)


def _edges(
    polygons: Sequence[shapely.Geometry] | Geometries, keys: Sequence[str], placed: Callable[[Any], Any]
) -> Owners:
    shapes = np.empty(len(keys), dtype=object)
    shapes[:] = list(polygons)
    parts, part_owner = shapely.get_parts(shapely.orient_polygons(shapes, exterior_cw=False), return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    points: list[Point] = list(map(tuple, placed(coordinates).tolist()))
    owner = part_owner[ring_part[ring]].tolist()
    owners: Owners = {}
    same_ring = (ring[1:] == ring[:-1]).tolist()
    for i, together in enumerate(same_ring):
        if together and points[i] != points[i + 1]:
            _put(owners, (points[i], points[i + 1]), keys[owner[i]])
    return owners


def _put(owners: Owners, edge: Edge, key: str) -> None:
    other = owners.setdefault(edge, key)
    if other != key:
        raise OverlappingEdges(edge, (other, key))
