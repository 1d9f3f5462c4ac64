"""The first cache line of a record: lines and a table of answers that decide nearly every point of a cell.

On which side of each line a point lies tells its polygon: borders lie on the lines, so a part of the cell that no line
crosses lies in one polygon. The table is filled by asking the full record for points spread over the cell; what no
such point shows stays unknown, and points there, as those too near a line, are decided by the full record.
"""

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.layout import (
    FAST_ANSWERS,
    FAST_KNOWN_SHIFT,
    FAST_LINES,
    FAST_PALETTE,
    FAST_TABLE,
    LINE_WORDS,
    SPLIT,
)
from gridsvc.core.locate.resolve import resolve, sides

_SAMPLES = 64
_STEP_X, _STEP_Y = 0.7548776662466927, 0.5698402909980532
# A shorter edge, in root cells, gives no line: its ends are known to 1e-12, so its direction would be off by 1e-8.
_SHORTEST = 1e-4


@inner
def fill_fast(arena, at, net, edges, frame, cell):  # type: ignore[no-untyped-def]
    """Fills the cache line at word `at`, which the full record follows; `cell` is level, cx, cy."""
    floats, ints, reals = arena.view(np.float32), arena.view(np.int32), arena.view(np.float64)
    level, cx, cy = cell
    scale = float(SPLIT**level)
    root_x, root_y = cx // SPLIT**level, cy // SPLIT**level
    for line in range(FAST_LINES):
        floats[2 * at + 3 * line + 2] = 1.0
    if len(edges) > FAST_LINES:
        return
    for line in range(len(edges)):
        if not _fill_line(floats, 2 * at + 3 * line, net.ends[edges[line]], frame, root_x, root_y):
            return
    table, answers = 0, 0
    for sample in range(_SAMPLES):
        u = (cx + (0.31 + sample * _STEP_X) % 1.0) / scale
        v = (cy + (0.17 + sample * _STEP_Y) % 1.0) / scale
        combination, is_clear = sides(floats, np.uint64(2 * at), np.float32(u - root_x), np.float32(v - root_y))
        if not is_clear or (table >> (FAST_KNOWN_SHIFT + combination)) & 1:
            continue
        x, y = frame.x0 + u / frame.per_degree_x, frame.y0 + v / frame.per_degree_y
        answer = resolve(x, y, at + LINE_WORDS, arena, reals, ints)
        place = 0
        while place < answers and ints[2 * at + FAST_PALETTE + place] != answer:
            place += 1
        if place < FAST_ANSWERS:
            ints[2 * at + FAST_PALETTE + place] = answer
            answers = max(answers, place + 1)
            table |= place << (2 * combination) | 1 << (FAST_KNOWN_SHIFT + combination)
    ints[2 * at + FAST_TABLE] = table


@inner
def _fill_line(floats, at, ends, frame, root_x, root_y):  # type: ignore[no-untyped-def]
    """Writes the line through an edge; False if the edge is too short to tell it."""
    ax, ay = (ends[0] - frame.x0) * frame.per_degree_x - root_x, (ends[1] - frame.y0) * frame.per_degree_y - root_y
    bx, by = (ends[2] - frame.x0) * frame.per_degree_x - root_x, (ends[3] - frame.y0) * frame.per_degree_y - root_y
    a, b = ay - by, bx - ax
    longest = max(abs(a), abs(b))
    if longest < _SHORTEST:
        return False
    floats[at], floats[at + 1] = a / longest, b / longest
    floats[at + 2] = -(a / longest * ax + b / longest * ay)
    return True
