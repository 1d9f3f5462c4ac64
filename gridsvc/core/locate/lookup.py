"""Finding the code of each point: the hot loops.

Points go through in batches that stay in the first cache. Each pass does one thing to all points of a batch that are
still open, and the answers of one point do not wait for those of another: so the processor fetches many cells at once.
"""

import numpy as np

from gridsvc.core.locate.compiled import entry, inner
from gridsvc.core.locate.exact import ERROR_BOUND, exact_side, side
from gridsvc.core.locate.layout import (
    BLOCK_WORDS,
    EDGE_WORDS,
    FIXED_WORDS,
    MORE_SHIFT,
    OUTSIDE,
    POSITIONS_SHIFT,
    REFERENCE,
    SPLIT,
    SPLIT_BITS,
    UNIT_WORDS,
)
from gridsvc.core.locate.records import record_words

BATCH = 1024
_FLOATS, _POINTS = "Array(f8, 1, 'C', readonly=True)", "Array(i8, 1, 'C', readonly=True)"
_COUNT_MASK = (1 << POSITIONS_SHIFT) - 1
_POSITIONS_MASK = 0xFF


@inner
def root_cells(x, y, place, size, first, last, into):  # type: ignore[no-untyped-def]
    """The root cell of each point; the one after the last for what is outside the frame or not a number."""
    columns, rows = size[0], size[1]
    for i in range(first, last):
        u = (x[i] - place[0]) * place[2]
        v = (y[i] - place[1]) * place[3]
        is_inside = (u >= 0.0) & (u < columns) & (v >= 0.0) & (v < rows)
        into[i - first] = np.int64(v if is_inside else 0.0) * columns + np.int64(u if is_inside else 0.0)
        if not is_inside:
            into[i - first] = columns * rows


@inner
def _address(code):  # type: ignore[no-untyped-def]
    """The word that a block or a record begins at."""
    return ((REFERENCE - np.int64(code)) >> 1) * UNIT_WORDS


@inner
def _descend(x, y, place, ints, answers, waiting, count, records):  # type: ignore[no-untyped-def]
    """Follows the blocks, level by level, for the waiting points until none points to a block; lists the records found."""
    found = 0
    scale = 1.0
    while count > 0:
        scale *= SPLIT
        blocks = 0
        for k in range(count):
            i = waiting[k]
            is_record = (REFERENCE - answers[i]) & 1
            records[found] = i
            found += is_record
            waiting[blocks] = i
            blocks += 1 - is_record
        count = 0
        for k in range(blocks):
            i = waiting[k]
            column = np.int64((x[i] - place[0]) * place[2] * scale) & (SPLIT - 1)
            row = np.int64((y[i] - place[1]) * place[3] * scale) & (SPLIT - 1)
            code = ints[2 * _address(answers[i]) + (row << SPLIT_BITS) + column]
            answers[i] = code
            waiting[count] = i
            count += code < OUTSIDE
    return found


@inner
def _resolve(px, py, head, at, arena, reals, ints):  # type: ignore[no-untyped-def]
    """The position for a point in a cell crossed by borders: what changes on the way to the reference point."""
    while True:
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
        head = arena[at]


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


@entry(f"void({_FLOATS}, {_FLOATS}, {_FLOATS}, {_POINTS}, Array(i4, 1, 'C', readonly=True), {_POINTS}, i4[::1])")
def locate_into(x, y, place, size, cells, arena, answers):  # type: ignore[no-untyped-def]
    """Fills in the position for each point. `place` and `size` are those of the frame, `cells` ends with OUTSIDE."""
    ints = arena.view(np.int32)
    reals = arena.view(np.float64)
    where = np.empty(BATCH, dtype=np.int64)
    waiting, records = np.empty(BATCH + 1, dtype=np.int64), np.empty(BATCH + 1, dtype=np.int64)
    for first in range(0, len(x), BATCH):
        last = min(first + BATCH, len(x))
        root_cells(x, y, place, size, first, last, where)
        count = 0
        for k in range(last - first):
            code = cells[where[k]]
            answers[first + k] = code
            waiting[count] = first + k
            count += code < OUTSIDE
        of_records = _descend(x, y, place, ints, answers, waiting, count, records)
        for k in range(of_records):
            where[k] = arena[_address(answers[records[k]])]
        for k in range(of_records):
            i = records[k]
            answers[i] = _resolve(x[i], y[i], where[k], _address(answers[i]), arena, reals, ints)
