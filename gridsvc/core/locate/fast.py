"""Records: lines and a table of answers that decide nearly every point of a cell.

On which side of each line a point lies tells its polygon: borders lie on the lines, so a part of the cell that no line
crosses lies in one polygon. The table is filled by asking the details for points spread over the cell; what no
such point shows stays unknown, and points there, as those too near a line, are decided by the details.
"""

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.layout import (
    FAST_ANSWERS,
    FAST_DETAILS,
    FAST_KNOWN_SHIFT,
    FAST_LINES,
    FAST_PALETTE,
    FAST_TABLE,
    SPLIT,
    Edges,
    Frame,
    Leaf,
    Number,
    Numbers,
    Store,
)
from gridsvc.core.locate.records import new_line, write_details
from gridsvc.core.locate.resolve import resolve, sides

_SAMPLES = 64
_STEP_X, _STEP_Y = 0.7548776662466927, 0.5698402909980532
# A shorter edge, in root cells, gives no line: its ends are known to 1e-12, so its direction would be off by 1e-8.
_SHORTEST = 1e-4


@inner
def write_record(
    store: Store,
    net: Edges,
    leaf: Leaf,
    order: Numbers,
    ends: Numbers,
    frame: Frame,
    cell: tuple[Number, Number, Number],
) -> tuple[Store, Number]:
    """Writes a leaf; the store and its code. `cell` is level, cx, cy; `ends` are those of all edges."""
    store, code, at = new_line(store)
    store, begin = write_details(store, net, leaf, order)
    store.lines.view(np.int32)[at + FAST_DETAILS] = begin
    ints, floats = store.lines.view(np.int32), store.lines.view(np.float32)
    floats[at + 2], floats[at + 5], floats[at + 8] = 1.0, 1.0, 1.0
    if len(leaf.edges) <= FAST_LINES and _fill_lines(floats, at, net, leaf.edges, frame, cell):
        _fill_table(ints, floats, at, store.details, begin - store.details_base, ends, frame, cell, len(leaf.edges))
    return store, code - 1


@inner
def _fill_table(
    ints: Numbers,
    floats: Numbers,
    at: Number,
    details: Numbers,
    begin: Number,
    ends: Numbers,
    frame: Frame,
    cell: tuple[Number, Number, Number],
    lines: Number,
) -> None:
    """Asks the details for points all over the cell, and notes what they tell."""
    level, cx, cy = cell
    scale = float(SPLIT**level)
    root_x, root_y = cx // SPLIT**level, cy // SPLIT**level
    table, answers, unknown = 0, 0, 1 << lines
    for sample in range(_SAMPLES):
        if not unknown:
            break
        u = (cx + (0.31 + sample * _STEP_X) % 1.0) / scale
        v = (cy + (0.17 + sample * _STEP_Y) % 1.0) / scale
        combination, is_clear = sides(floats, np.uint64(at), np.float32(u - root_x), np.float32(v - root_y))
        if not is_clear or (table >> (FAST_KNOWN_SHIFT + combination)) & 1:
            continue
        x, y = frame.x0 + u / frame.per_degree_x, frame.y0 + v / frame.per_degree_y
        answer = resolve(x, y, begin, details, ends)
        place = 0
        while place < answers and ints[at + FAST_PALETTE + place] != answer:
            place += 1
        if place < FAST_ANSWERS:
            ints[at + FAST_PALETTE + place] = answer
            answers = max(answers, place + 1)
            table |= place << (2 * combination) | 1 << (FAST_KNOWN_SHIFT + combination)
            unknown -= 1
    ints[at + FAST_TABLE] = table


@inner
def _fill_lines(
    floats: Numbers, at: Number, net: Edges, edges: Numbers, frame: Frame, cell: tuple[Number, Number, Number]
) -> bool:
    """Writes the lines through the edges; False if one is too short to tell its line."""
    root_x, root_y = cell[1] // SPLIT ** cell[0], cell[2] // SPLIT ** cell[0]
    for line in range(len(edges)):
        ends = net.ends[edges[line]]
        ax, ay = (ends[0] - frame.x0) * frame.per_degree_x - root_x, (ends[1] - frame.y0) * frame.per_degree_y - root_y
        bx, by = (ends[2] - frame.x0) * frame.per_degree_x - root_x, (ends[3] - frame.y0) * frame.per_degree_y - root_y
        a, b = ay - by, bx - ax
        longest = max(abs(a), abs(b))
        if longest < _SHORTEST:
            return False
        floats[at + 3 * line], floats[at + 3 * line + 1] = a / longest, b / longest
        floats[at + 3 * line + 2] = -(a / longest * ax + b / longest * ay)
    return True
