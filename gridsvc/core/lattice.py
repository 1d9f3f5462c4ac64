"""The fixed grid of 1e-7 degrees as whole numbers, so that shared vertices and edges can be compared exactly."""

from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.datum import to_grid

Steps: TypeAlias = NDArray[np.int64]
Geometries: TypeAlias = NDArray[np.object_]

STEPS_PER_DEGREE = 10**7
# A stored number times 1e7 misses a whole number by at most 4e-7; farther off it was never put on the grid.
_SLACK_STEPS = 1e-3
_ROW = 2**31


def steps_of(degrees: NDArray[np.float64]) -> Steps:
    """Degrees as whole steps of the grid. Refuses (ValueError) what does not lie on it."""
    scaled = np.asarray(degrees, dtype=np.float64) * STEPS_PER_DEGREE
    whole = np.rint(scaled)
    if not (np.abs(scaled - whole) <= _SLACK_STEPS).all():
        raise ValueError("coordinates must lie on the grid of 1e-7 degrees; round them with datum.to_grid first")
    return whole.astype(np.int64)


def degrees_of(steps: Steps) -> NDArray[np.float64]:
    """Steps as the degrees that `datum.to_grid` would give, bit for bit."""
    return np.asarray(steps / STEPS_PER_DEGREE, dtype=np.float64)


def vertex_keys(steps: Steps) -> NDArray[np.int64]:
    """One whole number for each vertex; equal numbers are equal places, and their order is that of x, then y."""
    keys: NDArray[np.int64] = (steps[:, 0] + 180 * STEPS_PER_DEGREE) * _ROW + (steps[:, 1] + 90 * STEPS_PER_DEGREE)
    return keys


def edge_keys(geometries: Geometries) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The undirected edges of polygons or lines as rows of two vertex keys (smaller first), and whose they are.

    Edges of no length, made by doubled vertices, are left out. ValueError for coordinates off the grid.
    """
    lines, owner = _linework(geometries)
    coordinates, line = shapely.get_coordinates(lines, return_index=True)
    keys = vertex_keys(steps_of(coordinates))
    together = (line[1:] == line[:-1]) & (keys[1:] != keys[:-1])
    edges = np.sort(np.column_stack([keys[:-1], keys[1:]])[together], axis=1)
    return edges, owner[line[:-1][together]]


def lines_of(edges: NDArray[np.int64]) -> Geometries:
    """Edges, as rows of two vertex keys, as lines of two points in degrees."""
    x = edges // _ROW - 180 * STEPS_PER_DEGREE
    y = edges % _ROW - 90 * STEPS_PER_DEGREE
    return np.asarray(shapely.linestrings(degrees_of(x), degrees_of(y)), dtype=object)


def snapped(geometries: Geometries) -> Geometries:
    """The geometries with every coordinate rounded to the grid; whether they stay valid is for the caller to check."""
    return np.asarray(shapely.transform(geometries, to_grid), dtype=object)


def counted(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The distinct rows in order, and how often each occurs."""
    rows = rows[np.lexsort(rows.T[::-1])]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    starts = np.flatnonzero(first)
    return rows[first], np.diff(np.append(starts, len(rows)))


def has_row(rows: NDArray[np.int64], among: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of many rows occur among a few."""
    found = np.isin(rows[:, 0], among[:, 0])
    known = set(map(tuple, among.tolist()))
    found[found] = [tuple(row) in known for row in rows[found].tolist()]
    return found


def _linework(geometries: Geometries) -> tuple[Geometries, NDArray[np.intp]]:
    """The rings of polygons, or the parts of lines, with the index of the geometry they come from."""
    parts, part_owner = shapely.get_parts(geometries, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)  # of single polygons only, hence the parts
    return (rings, part_owner[part]) if len(rings) else (parts, part_owner)
