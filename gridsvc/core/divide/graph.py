"""The blocks of a community as a graph: shared borders, what cutting there costs, and what hangs together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.lattice import Geometries, edge_keys, lines_of
from gridsvc.core.metric import frame_of, in_frame

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

# A border between blocks runs along a road or river if it is nowhere farther from its line than this.
REACH_M = 12.0
_MARGIN_M = 2 * REACH_M


@dataclass(frozen=True)
class Barrier:
    """Lines (degrees) that borders should follow: a metre along them costs `cost` of a metre elsewhere.

    A closed barrier (a river, a railway) does not hold together what lies on its two sides, except over a bridge.
    """

    lines: Sequence[BaseGeometry]
    cost: float = 0.3
    is_closed: bool = False


@dataclass(frozen=True, eq=False)
class BlockGraph:
    """Blocks by number, and their shared borders as rows of `pairs` (smaller number first).

    `weights` is what is balanced (households or workload). `lengths_m` is the border in metres, `costs` the same in the
    metres that cutting there counts for; `joined` says whether two blocks hang together over it.
    """

    ids: tuple[str, ...]
    weights: Floats
    areas_m2: Floats
    perimeters_m: Floats
    pairs: Ints
    lengths_m: Floats
    costs: Floats
    joined: Bools

    def __post_init__(self) -> None:
        if len(set(self.ids)) != len(self.ids) or len(self.weights) != len(self.ids):
            raise ValueError("every block needs an id of its own and a weight")
        if not np.isfinite(self.weights).all() or (self.weights < 0).any():
            raise ValueError("weights are finite and not negative")

    @classmethod
    def of(
        cls,
        polygons: Mapping[str, BaseGeometry],
        weights: Mapping[str, float],
        *,
        barriers: Sequence[Barrier] = (),
        bridges: Iterable[tuple[str, str]] = (),
    ) -> "BlockGraph":
        """The graph of blocks given by their polygons (degrees on the 1e-7 grid) that share their vertices.

        Blocks that touch in a corner are no neighbours. `bridges` are pairs of blocks that hang together over a closed
        barrier. ValueError for coordinates off the grid.
        """
        ids = tuple(polygons)
        shapes = np.empty(len(ids), dtype=object)
        shapes[:] = [polygons[block] for block in ids]
        frame = frame_of(shapes)
        metric = in_frame(shapes, frame)
        edges, sides = _shared_edges(shapes)
        drawn = in_frame(lines_of(edges), frame)
        length = shapely.length(drawn)
        cost, is_open = length.copy(), np.ones(len(edges), dtype=bool)
        for barrier in barriers:
            along = _along(drawn, in_frame(np.array(barrier.lines, dtype=object), frame))
            cost[along] = np.minimum(cost[along], length[along] * barrier.cost)
            if barrier.is_closed:
                is_open[along] = False
        pairs, row = np.unique(sides, axis=0, return_inverse=True)
        row = row.reshape(-1)
        joined = np.bincount(row, weights=is_open, minlength=len(pairs)) > 0
        number = {block: i for i, block in enumerate(ids)}
        over = {tuple(sorted((number[a], number[b]))) for a, b in bridges}
        joined |= np.array([tuple(pair) in over for pair in pairs.tolist()], dtype=bool)
        return cls(
            ids,
            np.array([weights[block] for block in ids], dtype=np.float64),
            np.asarray(shapely.area(metric)),
            np.asarray(shapely.length(metric)),
            pairs.reshape(-1, 2).astype(np.int64),
            _summed(row, length, len(pairs)),
            _summed(row, cost, len(pairs)),
            joined,
        )

    @property
    def count(self) -> int:
        """The number of blocks."""
        return len(self.ids)

    @cached_property
    def rows(self) -> tuple[Ints, Ints, Bools, Floats]:
        """The neighbours row by row: where the row of each block starts, then neighbour, joined and cost."""
        ends = np.vstack([self.pairs, self.pairs[:, ::-1]])
        order = np.lexsort((ends[:, 1], ends[:, 0]))
        start = np.searchsorted(ends[order, 0], np.arange(self.count + 1)).astype(np.int64)
        twice = np.concatenate([self.joined, self.joined])[order]
        return start, np.ascontiguousarray(ends[order, 1]), twice, np.concatenate([self.costs, self.costs])[order]

    def components(self, labels: Ints | None = None) -> Ints:
        """For each block the number of the connected piece it is in: of the whole, or of its label."""
        a, b = self.pairs[self.joined].T
        if labels is not None:
            same = labels[a] == labels[b]
            a, b = a[same], b[same]
        lowest = np.arange(self.count)
        while True:
            before = lowest.copy()
            np.minimum.at(lowest, a, lowest[b])
            np.minimum.at(lowest, b, lowest[a])
            lowest = lowest[lowest]
            if (lowest == before).all():
                return np.unique(lowest, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _summed(rows: Ints, values: Floats, count: int) -> Floats:
    return np.bincount(rows, weights=values, minlength=count).astype(np.float64)


def _shared_edges(shapes: Geometries) -> tuple[Ints, Ints]:
    """The edges that two blocks have, and which two."""
    edges, owner = edge_keys(shapes)
    order = np.lexsort((owner, edges[:, 1], edges[:, 0]))
    edges, owner = edges[order], owner[order]
    twin = (edges[1:] == edges[:-1]).all(axis=1) & (owner[1:] != owner[:-1])
    first = np.flatnonzero(twin)
    return edges[first], np.column_stack([owner[first], owner[first + 1]]).astype(np.int64)


def _stretches(lines: Geometries) -> Geometries:
    """The single edges of lines."""
    points, line = shapely.get_coordinates(lines, return_index=True)
    together = line[1:] == line[:-1]
    return np.asarray(
        shapely.linestrings(np.stack([points[:-1][together], points[1:][together]], axis=1)), dtype=object
    )


def _along(edges: Geometries, lines: Geometries) -> Bools:
    """Which edges run along one of the lines: both ends and the middle are near it."""
    near = np.ones(len(edges), dtype=bool)
    if not len(lines) or not len(edges):
        return ~near
    west, south, east, north = shapely.total_bounds(edges)
    # Roads lead far beyond a community, and distances to long lines are slow: a small margin of them will do.
    clipped = shapely.clip_by_rect(lines, west - _MARGIN_M, south - _MARGIN_M, east + _MARGIN_M, north + _MARGIN_M)
    tree = shapely.STRtree(_stretches(shapely.get_parts(clipped)))
    for share in (0.0, 0.5, 1.0):
        points = shapely.line_interpolate_point(edges[near], share, normalized=True)
        hit = np.zeros(len(points), dtype=bool)
        hit[tree.query(points, predicate="dwithin", distance=REACH_M)[0]] = True
        near[np.flatnonzero(near)[~hit]] = False
    return near
