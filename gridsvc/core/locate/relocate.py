"""Locating again after a redraw: only the points in cells that changed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gridsvc.core.locate.index import GridIndex


@dataclass(frozen=True)
class Relocated:
    """The points whose polygon is another one: their places in the arrays, the position before and the position now."""

    points: NDArray[np.int64]
    before: NDArray[np.int32]
    now: NDArray[np.int32]


def relocate(
    x: ArrayLike, y: ArrayLike, old: GridIndex, new: GridIndex, positions: NDArray[np.int32] | None = None
) -> Relocated:
    """What changes for these points from `old` to `new`; fast if `new` came from `old` by `update`, right in any case.

    `positions` are the answers of `old`, if they are known (they are not checked).
    """
    raise NotImplementedError
