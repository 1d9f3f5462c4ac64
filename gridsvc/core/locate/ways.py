"""Ways between reference points: which polygons one is in, told by the borders crossed on the way from another."""

import math

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.exact import crosses, side
from gridsvc.core.locate.layout import Edges, Frame, Number, Numbers

_TRIES = 1000
# Of the two-dimensional golden ratio: places spread evenly, none of them on a line that a person would draw.
_STEP_X, _STEP_Y = 0.7548776662466927, 0.5698402909980532


@inner
def reference_point(
    ends: Numbers, edges: Numbers, frame: Frame, level_scale: Number, cx: Number, cy: Number
) -> tuple[Number, Number]:
    """A point in the inner part of a cell that is on no line of these edges."""
    for attempt in range(_TRIES):
        u = 0.2 + 0.6 * _fraction(0.4172 + attempt * _STEP_X)
        v = 0.2 + 0.6 * _fraction(0.5631 + attempt * _STEP_Y)
        x = frame.x0 + (cx + u) / level_scale / frame.per_degree_x
        y = frame.y0 + (cy + v) / level_scale / frame.per_degree_y
        if _is_free(ends, edges, x, y):
            return x, y
    raise ValueError("no reference point was found: the lines of the edges fill the cell")


@inner
def _fraction(value: Number) -> Number:
    return value - math.floor(value)


@inner
def _is_free(ends: Numbers, edges: Numbers, x: Number, y: Number) -> bool:
    for e in edges:  # noqa: SIM110  # numba knows no generators
        if side(ends[e, 0], ends[e, 1], ends[e, 2], ends[e, 3], x, y) == 0:
            return False
    return True


@inner
def copy(values: Numbers, count: Number, into: Numbers) -> None:
    """Copies the first values (a slice assignment does the same, but takes numba half a second each)."""
    for k in range(count):
        into[k] = values[k]


@inner
def toggle(ranks: Numbers, count: Number, rank: Number) -> Number:
    """Puts a rank into the first `count` sorted ranks or, if it is there, takes it out; gives the new count."""
    at = count
    while at > 0 and ranks[at - 1] >= rank:
        at -= 1
    if at < count and ranks[at] == rank:
        for k in range(at, count - 1):
            ranks[k] = ranks[k + 1]
        return count - 1
    for k in range(count, at, -1):
        ranks[k] = ranks[k - 1]
    ranks[at] = rank
    return count + 1


@inner
def sort(ranks: Numbers) -> None:
    """Sorts ranks where they are: a heap sort, since numba takes a second to compile its own."""
    for end in range(2 * len(ranks) - 1, -1, -1):
        # First every entry sinks into the heap, from the last to the first; then the largest go behind it, one by one.
        size = min(end, len(ranks))
        parent = max(end - len(ranks), 0)
        if end < len(ranks):
            ranks[0], ranks[end] = ranks[end], ranks[0]
        while 2 * parent + 1 < size:
            child = 2 * parent + 1
            if child + 1 < size and ranks[child + 1] > ranks[child]:
                child += 1
            if ranks[parent] >= ranks[child]:
                break
            ranks[parent], ranks[child] = ranks[child], ranks[parent]
            parent = child


@inner
def toggle_crossed(
    net: Edges, e: Number, way: tuple[Number, Number, Number, Number], ranks: Numbers, count: Number, cover: Number
) -> Number:
    """Toggles the owners, smaller than `cover`, of edge e if the way (px, py, qx, qy) crosses it; the new count."""
    ends = net.ends
    if crosses(ends[e, 0], ends[e, 1], ends[e, 2], ends[e, 3], way[0], way[1], way[2], way[3]):
        for k in range(net.start[e], net.start[e + 1]):
            if net.owners[k] < cover:
                count = toggle(ranks, count, net.owners[k])
    return count
