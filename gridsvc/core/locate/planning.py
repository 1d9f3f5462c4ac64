"""Choosing the root cells, and turning a change into the windows of root cells that have to be made again."""

import math

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.locate.layout import MAX_LEVEL, SPLIT, Frame
from gridsvc.core.locate.raster import MARGIN

CELLS_PER_EDGE = 24.0  # root cells, 4 bytes each
CROSSINGS_PER_EDGE = 24.0  # root cells that an edge touches, on average
_FEWEST_CELLS = 4096.0
_FRAME_MARGIN = 1e-6  # of the whole extent, on each side, so that no edge lies at the end of the frame
_SMALLEST_ROOT_DEG = 1e-8
_SMALLEST_CELL_DEG = 1e-10  # a thousand times what separates two doubles at 180 degrees


def frame_for(boxes: NDArray[np.float64], ends: NDArray[np.float64]) -> Frame:
    """The frame for polygons with these boxes and edges, as drawn: about square cells on the ground, memory bounded."""
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(boxes):
        return Frame(0.0, 0.0, 1.0, 1.0, 1, 1)
    x0, y0 = boxes[:, :2].min(axis=0).tolist()
    x1, y1 = boxes[:, 2:].max(axis=0).tolist()
    width, height = max(x1 - x0, 4 * _SMALLEST_ROOT_DEG), max(y1 - y0, 4 * _SMALLEST_ROOT_DEG)
    x0, y0 = x0 - width * _FRAME_MARGIN, y0 - height * _FRAME_MARGIN
    width, height = width * (1 + 3 * _FRAME_MARGIN), height * (1 + 3 * _FRAME_MARGIN)
    squeeze = max(math.cos(math.radians(y0 + height / 2)), 0.01)
    length = float(np.abs(ends[:, 2] - ends[:, 0]).sum() * squeeze + np.abs(ends[:, 3] - ends[:, 1]).sum())
    wanted = max(CELLS_PER_EDGE * len(ends), _FEWEST_CELLS)
    side = max(
        math.sqrt(width * squeeze * height / wanted),
        length / max(CROSSINGS_PER_EDGE * len(ends), _FEWEST_CELLS),
        _SMALLEST_ROOT_DEG,
    )
    columns, rows = math.ceil(width * squeeze / side), math.ceil(height / side)
    return Frame(x0, y0, columns / width, rows / height, columns, rows)


def levels_of(frame: Frame) -> int:
    """How often a root cell may be split."""
    side = min(1 / frame.per_degree_x, 1 / frame.per_degree_y)
    return max(0, min(MAX_LEVEL, math.floor(math.log(side / _SMALLEST_CELL_DEG, SPLIT))))


def window_of(frame: Frame, ends: NDArray[np.float64]) -> tuple[int, int, int, int] | None:
    """First column and row and number of columns and rows around some edges; None if one lies outside the frame."""
    x, y = ends[:, [0, 2]], ends[:, [1, 3]]
    left, right = (x.min() - frame.x0) * frame.per_degree_x, (x.max() - frame.x0) * frame.per_degree_x
    bottom, top = (y.min() - frame.y0) * frame.per_degree_y, (y.max() - frame.y0) * frame.per_degree_y
    if left < 0 or bottom < 0 or right >= frame.columns or top >= frame.rows:
        return None
    first_column, first_row = max(math.floor(left - MARGIN), 0), max(math.floor(bottom - MARGIN), 0)
    last_column = min(math.floor(right + MARGIN), frame.columns - 1)
    last_row = min(math.floor(top + MARGIN), frame.rows - 1)
    return first_column, first_row, last_column - first_column + 1, last_row - first_row + 1
