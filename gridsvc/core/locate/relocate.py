"""Locating again after a redraw: only the points in cells that changed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridsvc.core.errors import InvalidInput
from gridsvc.core.locate.cells import frame_arrays
from gridsvc.core.locate.index import GridIndex, points_of
from gridsvc.core.locate.lookup import points_in_cells


@dataclass(frozen=True, eq=False)
class Relocated:
    """The points whose polygon is another one: their places in the arrays, the position before and the position now."""

    points: NDArray[np.int64]
    before: NDArray[np.int32]
    now: NDArray[np.int32]


def relocate(
    x: ArrayLike, y: ArrayLike, old: GridIndex, new: GridIndex, positions: NDArray[np.int32] | None = None
) -> Relocated:
    """What changes for these points from `old` to `new`; fast if `new` came from `old` by `update`, right in any case.

    `positions` are the answers of `old`, if they are known (they are not checked). Raises InvalidInput if the lengths
    differ.
    """
    xs, ys, _ = points_of(x, y)
    known = None if positions is None else np.asarray(positions, dtype=np.int32).ravel()
    if known is not None and len(known) != len(xs):
        raise InvalidInput(f"there are {len(known)} positions for {len(xs)} points")
    touched = _touched(xs, ys, old, new)
    xs, ys = xs[touched], ys[touched]
    before = old.locate(xs, ys) if known is None else known[touched]
    now = new.locate(xs, ys)
    differs = before != now
    return Relocated(touched[differs], before[differs], now[differs])


def _touched(xs: NDArray[np.float64], ys: NDArray[np.float64], old: GridIndex, new: GridIndex) -> NDArray[np.int64]:
    """The points that may have changed: those in root cells with another code, if the codes mean the same thing."""
    if not new.cells.shares_with(old.cells):
        return np.arange(len(xs))
    is_other = old.cells.codes != new.cells.codes
    found = np.empty(len(xs) + 1, dtype=np.int64)
    count = points_in_cells(xs, ys, *frame_arrays(new.cells.frame), is_other, found)
    return found[:count]
