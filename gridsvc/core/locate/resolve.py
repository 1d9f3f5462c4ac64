"""Deciding a point in a cell crossed by borders: by the signs of lines if they are clear, else exactly."""

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.exact import ERROR_BOUND, exact_side, side
from gridsvc.core.locate.layout import (
    DETAIL_WORDS,
    FAST_KNOWN_SHIFT,
    FAST_PALETTE,
    FAST_TABLE,
    MORE_SHIFT,
    POSITIONS_SHIFT,
    Number,
    Numbers,
)
from gridsvc.core.locate.records import detail_words

_COUNT_MASK = (1 << POSITIONS_SHIFT) - 1
_POSITIONS_MASK = 0xFF
# Eight roundings of numbers up to 2 to 24 binary digits make less than this.
UNCLEAR = np.float32(1e-6)


@inner
def sides(floats: Numbers, at: Number, u: Number, v: Number) -> tuple[Number, Number]:
    """The sides of the three lines as three bits, and whether they are all clear; `at` counts in float32."""
    first = floats[at] * u + floats[at + np.uint64(1)] * v + floats[at + np.uint64(2)]
    second = floats[at + np.uint64(3)] * u + floats[at + np.uint64(4)] * v + floats[at + np.uint64(5)]
    third = floats[at + np.uint64(6)] * u + floats[at + np.uint64(7)] * v + floats[at + np.uint64(8)]
    is_clear = (abs(first) > UNCLEAR) & (abs(second) > UNCLEAR) & (abs(third) > UNCLEAR)
    return np.int32(first > 0) | np.int32(second > 0) << 1 | np.int32(third > 0) << 2, is_clear


@inner
def decide(floats: Numbers, ints: Numbers, at: Number, u: Number, v: Number) -> tuple[Number, Number]:
    """The answer of a record, which begins at `at` in int32, and whether it holds."""
    combination, is_clear = sides(floats, at, u, v)
    table = ints[at + np.uint64(FAST_TABLE)]
    is_known = (table >> (FAST_KNOWN_SHIFT + combination)) & 1
    answer = (table >> (2 * combination)) & 3
    return ints[at + np.uint64(FAST_PALETTE + answer)], is_known & is_clear


@inner
def _edge_between(ends: Numbers, reference: Number, px: Number, py: Number, rx: Number, ry: Number) -> Number:
    """1 if the edge is crossed on the way from p to r, which is on its left; 2 if p is on it; else 0."""
    if reference >= 0:
        ax, ay, bx, by = ends[reference, 0], ends[reference, 1], ends[reference, 2], ends[reference, 3]
    else:
        bx, by, ax, ay = ends[~reference, 0], ends[~reference, 1], ends[~reference, 2], ends[~reference, 3]
    left = (ax - px) * (by - py)
    right = (ay - py) * (bx - px)
    determinant, bound = left - right, ERROR_BOUND * (abs(left) + abs(right))
    if determinant > bound:
        return 0
    if determinant >= -bound:
        p_side = exact_side(ax, ay, bx, by, px, py)
        if p_side == 0 and min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by):
            return 2
        if p_side >= 0:
            return 0
    return np.int64((side(px, py, rx, ry, ax, ay) >= 0) != (side(px, py, rx, ry, bx, by) >= 0))


@inner
def resolve(px: Number, py: Number, at: Number, details: Numbers, ends: Numbers) -> Number:
    """The position for a point, from the details: what changes on the way to the reference point. Exact."""
    reals, ints = details.view(np.float64), details.view(np.int32)
    while True:
        head = details[at]
        edges, positions = head & _COUNT_MASK, (head >> POSITIONS_SHIFT) & _POSITIONS_MASK
        bits, on = details[at + 3], np.int64(0)
        ids = 2 * (at + DETAIL_WORDS)
        end = at + detail_words(edges, positions)
        for word in range(end - edges, end):
            relation = _edge_between(ends, details[word] >> 32, px, py, reals[at + 1], reals[at + 2])
            bits ^= (details[word] & _COUNT_MASK) * (relation & 1)
            on |= (details[word] & _COUNT_MASK) * (relation >> 1)
        bits |= on
        if bits:
            while not bits & 1:
                bits >>= 1
                ids += 1
            return ints[ids + 1]
        if not (head >> MORE_SHIFT) & 1:
            return ints[ids]
        at = end
