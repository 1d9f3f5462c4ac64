"""Which root cells a change of polygons touches."""

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.locate.cells import Window
from gridsvc.core.locate.layout import Frame
from gridsvc.core.locate.planning import window_of
from gridsvc.core.locate.shapes import Shapes, unmatched

_MOST_CHANGES = 500  # more polygons than that are not one redraw


def changed_windows(frame: Frame, old: Shapes, new: Shapes, positions: NDArray[np.int64]) -> list[Window] | None:
    """Windows that hold everything in which two sets of shapes differ; None if all cells have to be made again.

    That is so if a change reaches beyond the frame, and better so if very many polygons change.
    A point changes only if edges that one of the two polygons has, and the other has not, run around it: so it lies in
    the box of these edges.
    """
    if len(positions) > _MOST_CHANGES:
        return None
    windows: list[Window] = []
    for position in positions.tolist():
        before = old.edges_at(np.array([position]))[0] if position < len(old.count) else np.empty((0, 4))
        edges = unmatched(before, new.edges_at(np.array([position]))[0])
        if len(edges):
            window = window_of(frame, edges)
            if window is None:
                return None
            windows = _merged(windows, window)
    return windows


def _merged(windows: list[Window], window: Window) -> list[Window]:
    """The windows with one more; those that overlap become one."""
    while True:
        touching = [other for other in windows if _overlap(window, other)]
        if not touching:
            return [*windows, window]
        windows = [other for other in windows if other not in touching]
        window = reduce(_around, touching, window)


def _overlap(one: Window, other: Window) -> bool:
    return all(one[k] < other[k] + other[k + 2] and other[k] < one[k] + one[k + 2] for k in range(2))


def _around(one: Window, other: Window) -> Window:
    column, row = min(one[0], other[0]), min(one[1], other[1])
    last_column, last_row = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return column, row, last_column - column, last_row - row
