"""Making the root cells of a window: walking along its rows, from cell to cell, and always knowing where one is."""

from typing import TypeAlias

import numpy as np

from gridsvc.core.locate.compiled import entry, inner
from gridsvc.core.locate.layout import OUTSIDE, Edges, Frame, Lists, Number, Numbers, Store
from gridsvc.core.locate.raster import lists_of_window
from gridsvc.core.locate.tree import NOBODY, Scratch, plant, scratch
from gridsvc.core.locate.ways import copy, reference_point, toggle_crossed

Point: TypeAlias = tuple[Number, Number]
_NET = "f8[:,::1], i8[::1], i8[::1], i4[::1], i4[::1], f8[:,::1]"
_MADE = "Tuple((i8[::1], i8, i8[::1], i8))"


@inner
def _scratch_for(net: Edges, lists: Lists, ranks: Number) -> Scratch:
    longest: Number = np.int64(0)
    most_owners: Number = np.int64(0)
    for cell in range(len(lists.start) - 1):
        owners = 0
        for k in range(lists.start[cell], lists.start[cell + 1]):
            owners += net.start[lists.edges[k] + 1] - net.start[lists.edges[k]]
        longest = max(longest, lists.start[cell + 1] - lists.start[cell])
        most_owners = max(most_owners, owners)
    room: Scratch = scratch(ranks, longest, most_owners)
    return room


@inner
def _ranks_around(net: Edges, at: Point, ranks: Numbers) -> Number:
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
def _step(
    net: Edges,
    lists: tuple[Numbers, Numbers],
    way: tuple[Point, Point],
    ranks: Numbers,
    count: Number,
    seen: tuple[Numbers, Number],
) -> Number:
    """The ranks after a step from one cell into the next: every edge on the way is in the list of one or both."""
    marks, stamp = seen
    (px, py), (qx, qy) = way
    for k in range(2):
        for e in lists[k]:
            if marks[e] != stamp:
                marks[e] = stamp
                count = toggle_crossed(net, e, (px, py, qx, qy), ranks, count, NOBODY)
    return count


@inner
def _edges_in(lists: Lists, cell: Number) -> Numbers:
    return lists.edges[lists.start[cell] : lists.start[cell + 1]]


@inner
def _walk(
    store: Store,
    net: Edges,
    order: Numbers,
    ends: Numbers,
    frame: Frame,
    max_level: Number,
    work: Scratch,
    lists: Lists,
    wide: tuple[Number, Number, Number, Number],
    row: Number,
    at: Point,
    inside: tuple[Numbers, Number],
    seen: tuple[Numbers, Number],
    cells: Numbers,
) -> tuple[Store, Number]:
    """Makes the cells of a row; the store and the last mark. `inside` are the ranks around `at`, left of the row."""
    (ranks, count), (marks, stamp) = inside, seen
    here = _edges_in(lists, row * wide[2])
    for column in range(1, wide[2]):
        before, here = here, _edges_in(lists, row * wide[2] + column)
        cx, cy = wide[0] + column, wide[1] + row
        if len(here) or len(before):
            if len(before) == 0:  # the last reference point may lie some cells back: nothing is between
                at = reference_point(net.ends, before, frame, 1.0, cx - 1, cy)
            to = reference_point(net.ends, here, frame, 1.0, cx, cy)
            stamp += 1
            count = _step(net, (before, here), (at, to), ranks, count, (marks, stamp))
            at = to
        if len(here) == 0:
            cells[row, column - 1] = order[ranks[0]] if count else OUTSIDE
            continue
        copy(here, len(here), work.lists)
        copy(ranks, count, work.sets)
        root = (cx, cy, len(here), count, at[0], at[1])
        store, code = plant(store, net, order, ends, frame, max_level, work, root)
        cells[row, column - 1] = code
    return store, stamp


@entry(f"{_MADE}({_NET}, f8[::1], i8[::1], i8[::1], i8, i4[:,::1], i8, i8)")
def make_window(
    net_ends: Numbers,
    rows: Numbers,
    start: Numbers,
    owners: Numbers,
    order: Numbers,
    ends: Numbers,
    place: Numbers,
    size: Numbers,
    window: Numbers,
    max_level: Number,
    cells: Numbers,
    lines_base: Number,
    details_base: Number,
) -> tuple[Numbers, Number, Numbers, Number]:
    """Fills `cells[rows, columns]` of a window with codes; gives the new lines and details, and how many words of each.

    The first four are the Edges of all polygons whose box meets the window or its left neighbour column, complete;
    owners are ranks, `order` the position of each rank, `ends` those of all edges of the index. `place` is x0, y0 and
    the cells per degree of the frame, `size` its columns and rows, `window` the first column and row and how many; the
    bases are the words that new lines (a whole number of lines) and details begin at in their arenas.
    """
    net = Edges(net_ends, rows, start, owners)
    frame = Frame(place[0], place[1], place[2], place[3], size[0], size[1])
    # One column more on the left: a row begins where the polygons are known from the row before.
    wide = (window[0] - 1, window[1], window[2] + 1, window[3])
    lists = lists_of_window(net_ends, frame, wide)
    work = _scratch_for(net, lists, len(order))
    row_ranks, ranks = np.empty(len(order) + 1, dtype=np.int32), np.empty(len(order) + 1, dtype=np.int32)
    row_count, row_at, seen = np.int64(0), (0.0, 0.0), (np.zeros(len(net_ends), dtype=np.int64), np.int64(0))
    none: Number = np.int64(0)
    store = Store(np.zeros(4096, dtype=np.int64), none, lines_base, np.zeros(4096, dtype=np.int64), none, details_base)
    for row in range(wide[3]):
        cell = row * wide[2]
        here = _edges_in(lists, cell)
        at = reference_point(net_ends, here, frame, 1.0, wide[0], wide[1] + row)
        if row == 0:
            row_count = _ranks_around(net, at, row_ranks)
        else:
            seen = (seen[0], seen[1] + 1)
            row_count = _step(net, (_edges_in(lists, cell - wide[2]), here), (row_at, at), row_ranks, row_count, seen)
        row_at = at
        copy(row_ranks, row_count, ranks)
        seen = (seen[0], seen[1] + 1)
        store, marks = _walk(
            store, net, order, ends, frame, max_level, work, lists, wide, row, at, (ranks, row_count), seen, cells
        )
        seen = (seen[0], marks)
    return store.lines, store.lines_used, store.details, store.details_used
