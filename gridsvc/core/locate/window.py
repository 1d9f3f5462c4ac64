"""Making the root cells of a window: walking along its rows, from cell to cell, and always knowing where one is."""

import numpy as np

from gridsvc.core.locate.compiled import entry, inner
from gridsvc.core.locate.layout import Edges, Frame
from gridsvc.core.locate.raster import lists_of_window
from gridsvc.core.locate.tree import NOBODY, plant, scratch
from gridsvc.core.locate.ways import copy, reference_point, toggle_crossed

_ARGUMENTS = "(f8[:,::1], i8[::1], i4[::1], i4[::1], f8[::1], i8[::1], i8[::1], i8, i4[:,::1], i8)"


@inner
def _scratch_for(net, lists, ranks):  # type: ignore[no-untyped-def]
    longest, most_owners = np.int64(0), np.int64(0)
    for cell in range(len(lists.start) - 1):
        owners = 0
        for k in range(lists.start[cell], lists.start[cell + 1]):
            owners += net.start[lists.edges[k] + 1] - net.start[lists.edges[k]]
        longest = max(longest, lists.start[cell + 1] - lists.start[cell])
        most_owners = max(most_owners, owners)
    return scratch(ranks, longest, most_owners)


@inner
def _ranks_around(net, at, ranks):  # type: ignore[no-untyped-def]
    """Fills in the ranks whose polygons contain a point that is on no edge; how many."""
    count = np.int64(0)
    far = at[0]
    for e in range(len(net.ends)):
        far = min(far, net.ends[e, 0] - 1.0, net.ends[e, 2] - 1.0)
    way = (far, at[1], at[0], at[1])
    for e in range(np.int32(len(net.ends))):
        count = toggle_crossed(net, e, way, ranks, count, NOBODY)
    return count


@inner
def _step(net, lists, way, ranks, count, seen):  # type: ignore[no-untyped-def]
    """The ranks after a step from one cell into the next: every edge on the way is in the list of one or both."""
    marks, stamp = seen
    (px, py), (qx, qy) = way
    for k in range(2):
        for e in lists[k]:
            if marks[e] != stamp:
                marks[e] = stamp
                count = toggle_crossed(net, e, (px, py, qx, qy), ranks, count, NOBODY)
    return count


@entry(f"Tuple((i8[::1], i8)){_ARGUMENTS}")
def make_window(ends, start, owners, order, place, size, window, max_level, cells, base):  # type: ignore[no-untyped-def]
    """Fills `cells[rows, columns]` of a window with codes, and gives the new part of the arena and its length in words.

    `ends`, `start`, `owners` are the distinct edges of all polygons whose box meets the window or its left neighbour
    column, complete; owners are ranks, `order` the position of each rank. `place` is x0, y0 and the cells per degree of
    the frame, `size` its columns and rows, `window` the first column and row and how many; `base` is the word that the new
    part begins at, a multiple of a cache line.
    """
    net = Edges(ends, start, owners)
    frame = Frame(place[0], place[1], place[2], place[3], size[0], size[1])
    # One column more on the left: a row begins where the polygons are known from the row before.
    wide = (window[0] - 1, window[1], window[2] + 1, window[3])
    lists = lists_of_window(ends, frame, wide)
    work = _scratch_for(net, lists, len(order))
    seen = np.zeros(len(ends), dtype=np.int64)
    nobody = np.empty(0, dtype=np.int32)
    row_ranks, row_count, row_at = np.empty(len(order) + 1, dtype=np.int32), np.int64(0), (0.0, 0.0)
    ranks = np.empty(len(order) + 1, dtype=np.int32)
    arena, used, stamp = np.zeros(4096, dtype=np.int64), np.int64(0), np.int64(0)
    for row in range(wide[3]):
        first = row * wide[2]
        here = lists.edges[lists.start[first] : lists.start[first + 1]]
        at = reference_point(ends, here, frame, 1.0, wide[0], wide[1] + row)
        if row == 0:
            row_count = _ranks_around(net, at, row_ranks)
        else:
            below = lists.edges[lists.start[first - wide[2]] : lists.start[first - wide[2] + 1]]
            stamp += 1
            row_count = _step(net, (below, here), (row_at, at), row_ranks, row_count, (seen, stamp))
        row_at, count = at, row_count
        copy(row_ranks, count, ranks)
        for column in range(1, wide[2]):
            before, here = here, lists.edges[lists.start[first + column] : lists.start[first + column + 1]]
            if len(here) == 0 and len(before) == 0:
                cells[row, column - 1] = order[ranks[0]] if count else -1
                continue
            cx, cy = wide[0] + column, wide[1] + row
            start_at = at
            if len(before) == 0:  # the last reference point may lie some cells back: nothing is between
                start_at = reference_point(ends, nobody, frame, 1.0, cx - 1, cy)
            at = reference_point(ends, here, frame, 1.0, cx, cy)
            stamp += 1
            count = _step(net, (before, here), (start_at, at), ranks, count, (seen, stamp))
            if len(here) == 0:
                cells[row, column - 1] = order[ranks[0]] if count else -1
                continue
            copy(here, len(here), work.lists)
            copy(ranks, count, work.sets)
            root = (cx, cy, len(here), count, at[0], at[1])
            arena, used, code = plant(arena, used, base, net, order, frame, max_level, work, root)
            cells[row, column - 1] = code
    return arena, used
