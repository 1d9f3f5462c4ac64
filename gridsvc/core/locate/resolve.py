"""Deciding a point in a cell crossed by borders: by the signs of lines if they are clear, else exactly."""

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.exact import ERROR_BOUND, exact_side, side
from gridsvc.core.locate.layout import (
    EDGE_WORDS,
    FAST_KNOWN_SHIFT,
    FAST_PALETTE,
    FAST_TABLE,
    FIXED_WORDS,
    MORE_SHIFT,
    POSITIONS_SHIFT,
)
from gridsvc.core.locate.records import record_words

_COUNT_MASK = (1 << POSITIONS_SHIFT) - 1
_POSITIONS_MASK = 0xFF
# Eight roundings of numbers up to 2 to 24 binary digits make less than this.
UNCLEAR = np.float32(1e-6)


@inner
def sides(floats, at, u, v):  # type: ignore[no-untyped-def]
    """The sides of the three lines as three bits, and whether they are all clear; `at` counts in float32."""
    first = floats[at] * u + floats[at + np.uint64(1)] * v + floats[at + np.uint64(2)]
    second = floats[at + np.uint64(3)] * u + floats[at + np.uint64(4)] * v + floats[at + np.uint64(5)]
    third = floats[at + np.uint64(6)] * u + floats[at + np.uint64(7)] * v + floats[at + np.uint64(8)]
    is_clear = (abs(first) > UNCLEAR) & (abs(second) > UNCLEAR) & (abs(third) > UNCLEAR)
    return np.int32(first > 0) | np.int32(second > 0) << 1 | np.int32(third > 0) << 2, is_clear


@inner
def decide(floats, ints, at, u, v):  # type: ignore[no-untyped-def]
    """The answer of the first line of a record, which begins at `at` in float32, and whether it holds."""
    combination, is_clear = sides(floats, at, u, v)
    table = ints[at + np.uint64(FAST_TABLE)]
    is_known = (table >> (FAST_KNOWN_SHIFT + combination)) & 1
    answer = (table >> (2 * combination)) & 3
    return ints[at + np.uint64(FAST_PALETTE + answer)], is_known & is_clear


@inner
def _edge_between(reals, word, px, py, rx, ry):  # type: ignore[no-untyped-def]
    """1 if the edge at a word is crossed on the way from p to r, which is on its left; 2 if p is on it; else 0."""
    ax, ay, bx, by = reals[word], reals[word + 1], reals[word + 2], reals[word + 3]
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
def resolve(px, py, at, arena, reals, ints):  # type: ignore[no-untyped-def]
    """The position for a point, from the full record: what changes on the way to the reference point. Exact."""
    while True:
        head = arena[at]
        edges, positions = head & _COUNT_MASK, (head >> POSITIONS_SHIFT) & _POSITIONS_MASK
        bits = arena[at + 3]
        on = np.int64(0)
        word = at + FIXED_WORDS + (positions + 2) // 2
        for _ in range(edges):
            relation = _edge_between(reals, word, px, py, reals[at + 1], reals[at + 2])
            bits ^= arena[word + 4] * (relation & 1)
            on |= arena[word + 4] * (relation >> 1)
            word += EDGE_WORDS
        bits |= on
        ids = 2 * (at + FIXED_WORDS)
        if bits:
            while not bits & 1:
                bits >>= 1
                ids += 1
            return ints[ids + 1]
        if not (head >> MORE_SHIFT) & 1:
            return ints[ids]
        at += record_words(edges, positions)
