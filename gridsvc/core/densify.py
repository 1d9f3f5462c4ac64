"""Densifying borders: vertices put into long edges so that equal edges of neighbours get equal vertices.

Everything is computed per edge, from its two ends alone and in whole steps of the grid: neither the direction in which
a ring runs nor the other shapes in the call can change the result.
"""

import math
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.lattice import STEPS_PER_DEGREE, Geometries, Steps, degrees_of, steps_of, vertex_keys

_Pieces: TypeAlias = Callable[[NDArray[np.int64]], NDArray[np.int64]]

MAX_EDGE_M = 10.0
# Rounding an inserted vertex moves it by up to 8 mm, and the length of an edge is estimated to 1 in 1,000.
_ROUNDING_M = 0.02
_LENGTH_MARGIN = 1.001
_STEPS_PER_BAND = STEPS_PER_DEGREE // 100
_GRS80_A_M, _GRS80_E2 = 6378137.0, 0.00669438002290


def densify(polygons: Geometries, max_m: float = MAX_EDGE_M) -> Geometries:
    """The polygons (or multipolygons) with no edge longer than `max_m`; vertices that were there stay.

    Coordinates lie on the 1e-7 degree grid, before and after; ValueError if they do not. An inserted vertex lies
    within 8 mm of its edge. Validity is not checked: a spit of land narrower than that could cross itself.
    """
    return _rebuilt(polygons, lambda ends: _pieces(ends, max_m))


def densify_along(polygons: Geometries, rings: Geometries, max_m: float = MAX_EDGE_M) -> Geometries:
    """Like `densify`, but only edges that run along `rings` get vertices: those whose new vertices all lie on them.

    `rings` are the already densified outer borders (polygons or rings of the communities); so grids and blocks meet
    them vertex by vertex while borders inside a community stay light.
    """
    known = np.unique(vertex_keys(steps_of(shapely.get_coordinates(rings))))

    def pieces(ends: NDArray[np.int64]) -> NDArray[np.int64]:
        counts = _pieces(ends, max_m)
        edge, step = _expanded(counts)
        points = _points(ends[edge], step, counts[edge])
        missed = (step > 0) & ~np.isin(vertex_keys(points), known)
        misses = np.bincount(edge[missed], minlength=len(counts))
        return np.where(misses > 0, 1, counts)

    return _rebuilt(polygons, pieces)


def _rebuilt(polygons: Geometries, pieces: _Pieces) -> Geometries:
    polygons = np.atleast_1d(np.asarray(polygons, dtype=object))
    parts, owner = shapely.get_parts(polygons, return_index=True)
    if not len(parts):
        return polygons.copy()
    kind, coordinates, (ring_starts, polygon_starts) = shapely.to_ragged_array(parts, include_z=False)
    if kind is not shapely.GeometryType.POLYGON:
        raise ValueError("only polygons have borders to densify")
    steps = steps_of(coordinates)
    ends = np.column_stack([steps[:-1], steps[1:]])
    counts = np.ones(len(steps), dtype=np.int64)
    is_edge = np.ones(len(ends), dtype=bool)
    is_edge[ring_starts[1:-1] - 1] = False  # from the end of a ring to the start of the next
    counts[:-1][is_edge] = pieces(ends[is_edge])
    edge, step = _expanded(counts)
    ends = np.vstack([ends, np.column_stack([steps[-1:], steps[-1:]])])
    points = _points(ends[edge], step, counts[edge])
    starts = np.concatenate([[0], np.cumsum(counts)])
    dense = shapely.from_ragged_array(kind, degrees_of(points), (starts[ring_starts], polygon_starts))
    return _regrouped(polygons, np.asarray(dense, dtype=object), owner)


def _regrouped(polygons: Geometries, parts: Geometries, owner: NDArray[np.intp]) -> Geometries:
    out = polygons.copy()
    is_single = shapely.get_type_id(polygons) == shapely.GeometryType.POLYGON
    single_part = is_single[owner]
    out[owner[single_part]] = parts[single_part]
    shapely.multipolygons(parts[~single_part], indices=owner[~single_part], out=out)
    return out


def _pieces(ends: NDArray[np.int64], max_m: float) -> NDArray[np.int64]:
    """Into how many pieces each edge (rows of x, y, x, y in steps) is cut."""
    if max_m < 1:
        raise ValueError("edges shorter than a metre are not worth their bytes")
    length = _lengths_m(ends) * _LENGTH_MARGIN
    return np.maximum(np.ceil(length / (max_m - _ROUNDING_M)), 1).astype(np.int64)


def _lengths_m(ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """Lengths of short edges on the ellipsoid, in metres.

    Metres per step come from a table by hundredth of a degree, computed one by one, and the rest is plain
    multiplication: so the same edge has the same length to the last bit in every call.
    """
    band = (ends[:, 1] + ends[:, 3]) // (2 * _STEPS_PER_BAND)
    bands, row = np.unique(band, return_inverse=True)
    table = np.array([_metres_per_step(int(number)) for number in bands]).reshape(-1, 2)[row]
    east = np.abs(ends[:, 2] - ends[:, 0]) * table[:, 0]
    north = np.abs(ends[:, 3] - ends[:, 1]) * table[:, 1]
    return np.asarray(np.sqrt(east * east + north * north))


def _metres_per_step(band: int) -> tuple[float, float]:
    latitude = math.radians(band / 100)
    flat = 1 - _GRS80_E2 * math.sin(latitude) ** 2
    across = _GRS80_A_M / math.sqrt(flat) * math.cos(latitude)
    along = _GRS80_A_M * (1 - _GRS80_E2) / (flat * math.sqrt(flat))
    return math.radians(across) / STEPS_PER_DEGREE, math.radians(along) / STEPS_PER_DEGREE


def _expanded(counts: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """For every point to be made: its edge, and which point of the edge it is (0 is the start)."""
    edge = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return edge, np.arange(len(edge)) - first[edge]


def _points(ends: NDArray[np.int64], step: NDArray[np.int64], count: NDArray[np.int64]) -> Steps:
    """Point `step` of `count` on each edge, counted from its smaller end and rounded to the grid, halves upward."""
    start, stop = ends[:, :2], ends[:, 2:]
    is_backward = (start[:, 0] > stop[:, 0]) | ((start[:, 0] == stop[:, 0]) & (start[:, 1] > stop[:, 1]))
    low = np.where(is_backward[:, None], stop, start)
    high = np.where(is_backward[:, None], start, stop)
    place = np.where(is_backward, count - step, step)[:, None]
    count = count[:, None]
    return np.asarray(low + (2 * (high - low) * place + count) // (2 * count))
