"""The index: polygons in, positions out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.errors import InvalidInput
from gridsvc.core.locate.boxes import BoxTree, runs_of, tree_of
from gridsvc.core.locate.cells import Cells
from gridsvc.core.locate.changes import changed_windows
from gridsvc.core.locate.nearness import candidates_into, distances_into
from gridsvc.core.locate.shapes import Shapes, checked
from gridsvc.core.locate.storage import read_index, write_index

Floats: TypeAlias = NDArray[np.float64]
Positions: TypeAlias = NDArray[np.int32]
Geometries: TypeAlias = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Candidates:
    """For each point the polygons near it: those of point i are `positions[offsets[i]:offsets[i + 1]]`, by order."""

    offsets: NDArray[np.int64]
    positions: Positions


@dataclass(frozen=True, eq=False)
class GridIndex:
    """Polygons, indexed so that millions of points a second find theirs. Immutable; safe to share between threads.

    The answers are exact for closed polygons: a point on a border belongs to all polygons that touch it there, and of
    several the one that is first in `order` answers.
    """

    shapes: Shapes
    cells: Cells
    order: NDArray[Any]

    @classmethod
    def build(cls, polygons: Sequence[BaseGeometry] | Geometries, *, order: ArrayLike | None = None) -> GridIndex:
        """Indexes Polygons and MultiPolygons in degrees (longitude, latitude), of any precision; they may overlap.

        `order` is one sortable value for each polygon, all different (numbers or codes); the smallest wins. Without it
        the place in the array decides. Raises InvalidGeometry with a fault ("feature 3") for every polygon that is not
        valid, is empty, flat or of another type, or has coordinates that are not finite or not on the globe (swapped?).
        """
        shapes = Shapes.of(checked(polygons))
        values = np.arange(len(shapes.count)) if order is None else np.array(order)
        return cls(shapes, Cells.of(shapes, _rank_of(values, len(shapes.count))), values)

    def __len__(self) -> int:
        """The number of positions, removed ones included."""
        return len(self.shapes.count)

    @property
    def nbytes(self) -> int:
        """Bytes held in arrays."""
        shapes, cells = self.shapes, self.cells
        arrays = (shapes.first, shapes.count, shapes.boxes, shapes.arena.entries, cells.codes)
        return sum(array.nbytes for array in (*arrays, cells.lines.entries, cells.details.entries, self.order))

    @cached_property
    def _rank(self) -> NDArray[np.int64]:
        return _rank_of(self.order, len(self))

    def locate(self, x: ArrayLike, y: ArrayLike, *, out: Positions | None = None) -> Positions:
        """The position of the polygon for each point (degrees), −1 outside all of them and for NaN and infinity.

        `x` and `y` have the same shape, which is that of the answer. `out`, a contiguous int32 array of that shape, is
        filled and returned instead of a new one. Runs on the calling thread and without the GIL. Raises InvalidInput if
        the shapes do not fit.
        """
        xs, ys, shape = points_of(x, y)
        if out is not None and (out.shape != shape or out.dtype != np.int32 or not out.flags.c_contiguous):
            raise InvalidInput(f"out is not a contiguous int32 array of the shape {shape}")
        answers = np.empty(len(xs), dtype=np.int32) if out is None else out.reshape(-1)
        self.cells.locate_into(xs, ys, self.shapes.ends, answers)
        return answers.reshape(shape) if out is None else out

    def border_distance_m(self, x: ArrayLike, y: ArrayLike, positions: NDArray[np.int32] | None = None) -> Floats:
        """Metres from each point to the nearest border of the polygon it belongs to; NaN outside all of them.

        `positions`, if given, are the answers of `locate`, or other polygons to measure to (−1 gives NaN). Edges are
        straight in longitude and latitude; below 60° a distance is off by less than 0.03 % per kilometre of it.
        """
        xs, ys, shape = points_of(x, y)
        owners = self.locate(xs, ys) if positions is None else np.ascontiguousarray(positions, dtype=np.int32).ravel()
        if len(owners) != len(xs):
            raise InvalidInput(f"there are {len(owners)} positions for {len(xs)} points")
        metres = np.empty(len(xs))
        distances_into(xs, ys, owners, *self._edges, metres)
        return metres.reshape(shape)

    @cached_property
    def _edges(self) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64], Floats, NDArray[np.int64]]:
        """The edges as kernels take them; the boxes of runs are made when they are first needed."""
        return self.shapes.ends, self.shapes.first, self.shapes.count, *runs_of(self.shapes)

    @cached_property
    def _tree(self) -> BoxTree:
        return tree_of(self.shapes.boxes)

    def candidates(self, x: ArrayLike, y: ArrayLike, band_m: float) -> Candidates:
        """For each point all polygons that it is in or not farther than `band_m` metres from, by order.

        A point that is not finite has none. Raises InvalidInput for a band that is negative or not finite.
        """
        xs, ys, _ = points_of(x, y)
        if not (np.isfinite(band_m) and band_m >= 0):
            raise InvalidInput(f"a band of {band_m} metres is none")
        offsets = np.zeros(len(xs) + 1, dtype=np.int64)
        found = candidates_into(xs, ys, float(band_m), *self._edges, *self._tree, self._rank, offsets)
        return Candidates(offsets, found)

    def update(
        self,
        changed: Mapping[int, BaseGeometry | None],
        *,
        added: Sequence[BaseGeometry] = (),
        added_order: Sequence[Any] | None = None,
    ) -> GridIndex:
        """A new index in which some polygons are others; this one stays as it is. Takes milliseconds.

        `changed` maps a position to its new polygon, or None to remove it (the position is not used again). `added`
        polygons get the next positions; `added_order` are their values in the order, by default (only if the order is
        one of numbers) after all others. Raises InvalidGeometry as `build` does, naming positions, and InvalidInput for
        a position that does not exist. Where a polygon reaches beyond the old outline, or hundreds change,
        everything is built again.
        """
        positions, polygons = _changes(changed, added, len(self))
        order = _longer_order(self.order, len(added), added_order)
        shapes = self.shapes.replaced(positions, polygons)
        rank = _rank_of(order, len(shapes.count))
        windows = changed_windows(self.cells.frame, self.shapes, shapes, positions)
        cells = Cells.of(shapes, rank) if windows is None else self.cells.remade(windows, shapes, rank)
        return GridIndex(shapes, cells, order)

    def save(self, path: Path) -> None:
        """Writes the index to one file: a zip of plain arrays (`.npz`), not compressed."""
        write_index(path, self.shapes, self.cells, self.order)

    @classmethod
    def load(cls, path: Path, *, mmap: bool = True) -> GridIndex:
        """Reads what `save` wrote; with `mmap` processes share the memory, and pages are read when they are needed.

        Raises UnreadableFile if it is not such a file or was written by another version.
        """
        return cls(*read_index(path, mmap))


def _rank_of(order: NDArray[Any], count: int) -> NDArray[np.int64]:
    """The place of each position in the order. Raises InvalidInput if it is not an order."""
    if order.shape != (count,):
        raise InvalidInput(f"the order has {order.size} values for {count} polygons")
    by_order = np.argsort(order, kind="stable")
    in_order = order[by_order]
    if (in_order[1:] == in_order[:-1]).any():
        raise InvalidInput("two polygons have the same place in the order")
    rank = np.empty(count, dtype=np.int64)
    rank[by_order] = np.arange(count)
    return rank


def points_of(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats, tuple[int, ...]]:
    """Coordinates as kernels take them, and their shape. Raises InvalidInput if the two do not fit together."""
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if xs.shape != ys.shape:
        raise InvalidInput(f"x has the shape {xs.shape}, y has {ys.shape}")
    return np.ascontiguousarray(xs).ravel(), np.ascontiguousarray(ys).ravel(), xs.shape


def _changes(
    changed: Mapping[int, BaseGeometry | None], added: Sequence[BaseGeometry], count: int
) -> tuple[NDArray[np.int64], Geometries]:
    """The positions that change and what becomes of them, in order. Raises InvalidInput, InvalidGeometry."""
    wrong = [position for position in changed if not 0 <= position < count]
    if wrong:
        raise InvalidInput(f"there is no position {wrong[0]}")
    fresh = {**changed, **{count + k: polygon for k, polygon in enumerate(added)}}
    polygons = np.fromiter(fresh.values(), dtype=object)
    stays = np.array([position >= count or polygon is not None for position, polygon in fresh.items()], dtype=bool)
    positions = np.fromiter(fresh, dtype=np.int64)
    checked(polygons[stays], positions[stays].tolist())
    return positions, polygons


def _longer_order(order: NDArray[Any], more: int, values: Sequence[Any] | None) -> NDArray[Any]:
    if values is None and more:
        if order.dtype.kind not in "iuf":
            raise InvalidInput("an order of codes needs the codes of what is added")
        values = (order.max(initial=-1) + 1 + np.arange(more)).tolist()
    return np.concatenate([order, np.array(values)]) if values is not None and len(values) else order
