"""Which edges touch which cells. Never too few: a cell counts as a little larger than it is.

A point is put in a cell by rounded arithmetic, an edge by other rounded arithmetic; the margin is far above both errors
(about 1e-8 of the smallest cell) and far below the size of a cell.
"""

import math

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.layout import SPLIT, Frame, Lists, Number, Numbers

MARGIN = 1e-3  # of a cell


@inner
def lists_of_window(ends: Numbers, frame: Frame, window: tuple[Number, Number, Number, Number]) -> Lists:
    """Lists for the root cells of a window (first column, first row, columns, rows), row by row."""
    columns, rows = window[2], window[3]
    start = np.zeros(columns * rows + 1, dtype=np.int64)
    nothing = np.empty(0, dtype=np.int32)
    for e in range(len(ends)):
        _visit(ends, e, frame, window, start, nothing)
    total = 0
    for cell in range(columns * rows):
        count = start[cell]
        start[cell] = total
        total += count
    edges = np.empty(total, dtype=np.int32)
    for e in range(len(ends)):
        _visit(ends, e, frame, window, start, edges)
    for cell in range(columns * rows, 0, -1):
        start[cell] = start[cell - 1]
    start[0] = 0
    return Lists(start, edges)


@inner
def _visit(
    ends: Numbers,
    e: Number,
    frame: Frame,
    window: tuple[Number, Number, Number, Number],
    counts: Numbers,
    edges: Numbers,
) -> None:
    """Counts edge e in each cell that it touches and, if there is room in `edges`, notes it there."""
    ax = (ends[e, 0] - frame.x0) * frame.per_degree_x - window[0]
    ay = (ends[e, 1] - frame.y0) * frame.per_degree_y - window[1]
    bx = (ends[e, 2] - frame.x0) * frame.per_degree_x - window[0]
    by = (ends[e, 3] - frame.y0) * frame.per_degree_y - window[1]
    low, high = min(ax, bx), max(ax, bx)
    bottom, top = min(ay, by), max(ay, by)
    if high + MARGIN < 0 or low - MARGIN >= window[2] or top + MARGIN < 0 or bottom - MARGIN >= window[3]:
        return
    slope = (by - ay) / (bx - ax) if bx != ax else 0.0
    for column in range(max(0, math.floor(low - MARGIN)), min(window[2] - 1, math.floor(high + MARGIN)) + 1):
        y0, y1 = bottom, top
        if bx != ax:
            y_left = ay + (max(low, column - MARGIN) - ax) * slope
            y_right = ay + (min(high, column + 1 + MARGIN) - ax) * slope
            y0, y1 = max(bottom, min(y_left, y_right)), min(top, max(y_left, y_right))
        for row in range(max(0, math.floor(y0 - MARGIN)), min(window[3] - 1, math.floor(y1 + MARGIN)) + 1):
            cell = row * window[2] + column
            if len(edges):
                edges[counts[cell]] = e
            counts[cell] += 1


@inner
def children_touched(ends: Numbers, e: Number, frame: Frame, level: Number, cx: Number, cy: Number) -> Number:
    """As 16 bits: which parts of cell (cx, cy) of a level edge e touches."""
    scale = float(SPLIT ** (level + 1))
    ax = (ends[e, 0] - frame.x0) * frame.per_degree_x * scale - SPLIT * cx
    ay = (ends[e, 1] - frame.y0) * frame.per_degree_y * scale - SPLIT * cy
    bx = (ends[e, 2] - frame.x0) * frame.per_degree_x * scale - SPLIT * cx
    by = (ends[e, 3] - frame.y0) * frame.per_degree_y * scale - SPLIT * cy
    dx, dy = bx - ax, by - ay
    reach = (0.5 + MARGIN) * (abs(dx) + abs(dy))
    first, last = max(0, math.floor(min(ax, bx) - MARGIN)), min(SPLIT - 1, math.floor(max(ax, bx) + MARGIN))
    lowest, highest = max(0, math.floor(min(ay, by) - MARGIN)), min(SPLIT - 1, math.floor(max(ay, by) + MARGIN))
    bits = 0
    for row in range(lowest, highest + 1):
        for column in range(first, last + 1):
            if abs(dx * (row + 0.5 - ay) - dy * (column + 0.5 - ax)) <= reach:
                bits |= 1 << (row * SPLIT + column)
    return bits
