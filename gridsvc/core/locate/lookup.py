"""Finding the code of each point: the hot loops.

Points go through in batches that stay in the first cache. Each pass does one thing to all points of a batch that are
still open, and the answers of one point do not wait for those of another: so the processor fetches many cells at once.
"""

import numpy as np

from gridsvc.core.locate.compiled import entry, inner
from gridsvc.core.locate.layout import LINE_WORDS, OUTSIDE, REFERENCE, SPLIT, SPLIT_BITS, UNIT_WORDS
from gridsvc.core.locate.resolve import decide, resolve

BATCH = 1024
_FLOATS, _POINTS = "Array(f8, 1, 'C', readonly=True)", "Array(i8, 1, 'C', readonly=True)"


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


@entry(f"void({_FLOATS}, {_FLOATS}, {_FLOATS}, {_POINTS}, i4[::1], i8[::1], i4[::1])")
def locate_into(x, y, place, size, cells, arena, answers):  # type: ignore[no-untyped-def]
    """Fills in the position for each point. `place` and `size` are those of the frame, `cells` ends with OUTSIDE."""
    ints = arena.view(np.int32)
    floats = arena.view(np.float32)
    reals = arena.view(np.float64)
    where = np.empty(BATCH, dtype=np.int64)
    waiting, records = np.empty(BATCH + 1, dtype=np.int64), np.empty(BATCH + 1, dtype=np.int64)
    for first in range(0, len(x), BATCH):
        last = min(first + BATCH, len(x))
        root_cells(x, y, place, size, first, last, where)
        count = np.int64(0)
        for k in range(last - first):
            code = cells[where[k]]
            answers[first + k] = code
            waiting[count] = first + k
            count += code < OUTSIDE
        of_records = _descend(x, y, place, ints, answers, waiting, count, records)
        unclear = 0
        for k in range(of_records):
            i = records[k]
            at = 2 * _address(answers[i])
            u, v = (x[i] - place[0]) * place[2], (y[i] - place[1]) * place[3]
            answer, is_certain = decide(floats, ints, at, np.float32(u - np.int64(u)), np.float32(v - np.int64(v)))
            waiting[unclear] = i
            where[unclear] = at // 2 + LINE_WORDS
            unclear += 1 - is_certain
            answers[i] = answer
        for k in range(unclear):
            answers[waiting[k]] = resolve(x[waiting[k]], y[waiting[k]], where[k], arena, reals, ints)


@entry(f"i8({_FLOATS}, {_FLOATS}, {_FLOATS}, {_POINTS}, b1[::1], i8[::1])")
def points_in_cells(x, y, place, size, is_meant, found):  # type: ignore[no-untyped-def]
    """Notes the points that lie in the root cells meant; how many. `found` has room for one more than all."""
    where = np.empty(BATCH, dtype=np.int64)
    count = np.int64(0)
    for first in range(0, len(x), BATCH):
        last = min(first + BATCH, len(x))
        root_cells(x, y, place, size, first, last, where)
        for k in range(last - first):
            found[count] = first + k
            count += is_meant[where[k]]
    return count
