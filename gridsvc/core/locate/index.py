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
from gridsvc.core.locate.cells import Cells
from gridsvc.core.locate.shapes import Shapes, checked

Floats: TypeAlias = NDArray[np.float64]
Positions: TypeAlias = NDArray[np.int32]
Geometries: TypeAlias = NDArray[np.object_]


@dataclass(frozen=True)
class Candidates:
    """For each point the polygons near it: those of point i are `positions[offsets[i]:offsets[i + 1]]`, by order."""

    offsets: NDArray[np.int64]
    positions: Positions


@dataclass(frozen=True)
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
        """Indexes Polygons and MultiPolygons in degrees (longitude, latitude), any precision; holes and overlaps are fine.

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
        arrays = (shapes.first, shapes.count, shapes.boxes, shapes.arena.entries, cells.codes, cells.arena.entries)
        return sum(array.nbytes for array in (*arrays, self.order))

    @cached_property
    def _rank(self) -> NDArray[np.int64]:
        return _rank_of(self.order, len(self))

    def locate(self, x: ArrayLike, y: ArrayLike) -> Positions:
        """The position of the polygon for each point (degrees), −1 outside all of them and for NaN and infinity.

        `x` and `y` have the same shape, which is that of the answer. Runs on the calling thread and without the GIL.
        """
        xs, ys, shape = _points(x, y)
        answers = np.empty(len(xs), dtype=np.int32)
        self.cells.locate_into(xs, ys, answers)
        return answers.reshape(shape)

    def border_distance_m(self, x: ArrayLike, y: ArrayLike, positions: NDArray[np.int32] | None = None) -> Floats:
        """Metres from each point to the nearest border of the polygon it belongs to; NaN outside all of them.

        `positions`, if given, are the answers of `locate`, or other polygons to measure to (−1 gives NaN).
        """
        raise NotImplementedError

    def candidates(self, x: ArrayLike, y: ArrayLike, band_m: float) -> Candidates:
        """For each point all polygons that it is in or not farther than `band_m` metres from, by order."""
        raise NotImplementedError

    def update(
        self,
        changed: Mapping[int, BaseGeometry | None],
        *,
        added: Sequence[BaseGeometry] = (),
        added_order: Sequence[Any] = (),
    ) -> GridIndex:
        """A new index in which some polygons are others; this one stays as it is. Takes milliseconds.

        `changed` maps a position to its new polygon, or None to remove it (the position is not used again). `added`
        polygons get the next positions; `added_order` are their values in the order, by default after all others.
        Raises InvalidGeometry as `build` does, naming positions.
        """
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Writes the index to one file."""
        raise NotImplementedError

    @classmethod
    def load(cls, path: Path, *, mmap: bool = True) -> GridIndex:
        """Reads what `save` wrote; with `mmap` processes share the memory, and pages are read when they are needed.

        Raises UnreadableFile if it is not such a file or was written by another version.
        """
        raise NotImplementedError


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


def _points(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats, tuple[int, ...]]:
    """Coordinates as kernels take them, and their shape. Raises InvalidInput if the two do not fit together."""
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if xs.shape != ys.shape:
        raise InvalidInput(f"x has the shape {xs.shape}, y has {ys.shape}")
    return np.ascontiguousarray(xs).ravel(), np.ascontiguousarray(ys).ravel(), xs.shape
