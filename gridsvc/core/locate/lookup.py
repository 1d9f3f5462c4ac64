"""Finding the code of each point: the hot loops.

Points go through in batches that stay in the first cache. Each pass does one thing to all points of a batch that are
still open, and no point waits for another, so the processor fetches the cells of many points at once. What happens
next to a point is decided by where it is noted, not by a branch, which would be guessed wrongly as often as not.
Indices are unsigned: for signed ones numba asks each time whether they count from the end.
"""

import numpy as np

from gridsvc.core.locate.compiled import entry, inner
from gridsvc.core.locate.layout import (
    FAST_DETAILS,
    FAST_TABLE,
    LINE_INTS,
    OUTSIDE,
    REFERENCE,
    SPLIT,
    SPLIT_BITS,
    Number,
    Numbers,
)
from gridsvc.core.locate.resolve import decide, resolve

BATCH = 1024
# A place within its root cell is a whole number of this many bits: the digits of the parts that it lies in.
_BITS = 24
_ONE = float(1 << _BITS)
_ONE_32 = np.float32(_ONE)
_MASK = (1 << _BITS) - 1
_INTS_PER_LINE = np.uint64(LINE_INTS)
_FLOATS, _SIZE = "Array(f8, 1, 'C', readonly=True)", "Array(i8, 1, 'C', readonly=True)"


@inner
def root_cells(xs: Numbers, ys: Numbers, place: Numbers, size: Numbers, cell: Numbers) -> None:
    """The root cell of each point; the one after the last for what is outside the frame or not a number.

    Written so that the compiler makes vector instructions of it: that is why the cell is computed in floating point.
    """
    x0, y0, per_x, per_y = place[0], place[1], place[2], place[3]
    columns, rows = float(size[0]), float(size[1])
    after = columns * rows
    for i in range(len(xs)):
        across = (xs[i] - x0) * per_x
        up = (ys[i] - y0) * per_y
        is_inside = (across >= 0.0) & (across < columns) & (up >= 0.0) & (up < rows)
        cell[i] = np.int64(np.floor(up) * columns + np.floor(across) if is_inside else after)


@inner
def _digits(coordinate: Number, start: Number, per_degree: Number) -> Number:
    """Where a point lies in its root cell along one axis."""
    return np.int64((coordinate - start) * per_degree * _ONE) & _MASK


@inner
def _place(code: Number) -> Number:
    """Where a block or a record begins among the lines, counted in int32."""
    return np.uint64((REFERENCE - np.int64(code)) >> 1) * _INTS_PER_LINE


@inner
def _sort_out(
    code: Number, k: Number, blocks: Numbers, of_blocks: Number, records: Numbers, of_records: Number
) -> tuple[Number, Number]:
    """Notes an open point with the blocks or with the records; how many of each there are now."""
    is_record = np.uint64(code & 1)
    is_block = np.uint64(code < OUTSIDE) & ~is_record
    blocks[of_blocks] = k
    records[of_records] = k
    return of_blocks + is_block, of_records + (is_record & np.uint64(code < OUTSIDE))


@entry(f"void({_FLOATS}, {_FLOATS}, {_FLOATS}, {_SIZE}, i4[::1], i8[::1], i8[::1], f8[:,::1], i4[::1])")
def locate_into(
    x: Numbers,
    y: Numbers,
    place: Numbers,
    size: Numbers,
    cells: Numbers,
    lines: Numbers,
    details: Numbers,
    ends: Numbers,
    answers: Numbers,
) -> None:
    """Fills in the position for each point. `place` and `size` are those of the frame, `cells` ends with OUTSIDE."""
    ints, floats = lines.view(np.int32), lines.view(np.float32)
    cell = np.empty(BATCH, dtype=np.uint64)
    u, v = np.empty(BATCH, dtype=np.int32), np.empty(BATCH, dtype=np.int32)
    blocks, records = np.empty(BATCH + 1, dtype=np.uint32), np.empty(BATCH + 1, dtype=np.uint32)
    for first in range(0, len(x), BATCH):
        last = min(first + BATCH, len(x))
        xs, ys, codes = x[first:last], y[first:last], answers[first:last]
        root_cells(xs, ys, place, size, cell.view(np.int64))
        waiting = np.uint64(0)
        for k in range(np.uint64(last - first)):
            codes[k] = cells[cell[k]]
        for k in range(np.uint64(last - first)):
            blocks[waiting] = k
            waiting += np.uint64(codes[k] < OUTSIDE)
        of_blocks, of_records = np.uint64(0), np.uint64(0)
        for j in range(waiting):
            k = blocks[j]
            u[k] = _digits(xs[k], place[0], place[2])
            v[k] = _digits(ys[k], place[1], place[3])
            of_blocks, of_records = _sort_out(codes[k], k, blocks, of_blocks, records, of_records)
        shift = _BITS
        while of_blocks:
            shift -= SPLIT_BITS
            waiting, of_blocks = of_blocks, np.uint64(0)
            for j in range(waiting):
                k = blocks[j]
                part = SPLIT * ((v[k] >> shift) & (SPLIT - 1)) + ((u[k] >> shift) & (SPLIT - 1))
                code = ints[_place(codes[k]) + np.uint64(part)]
                codes[k] = code
                of_blocks, of_records = _sort_out(code, k, blocks, of_blocks, records, of_records)
        touched = np.int32(0)
        for j in range(of_records):  # brings the records into the cache, many at a time
            touched |= ints[_place(codes[records[j]]) + np.uint64(FAST_TABLE)]
        cell[0] = np.uint64(touched)
        unclear = np.uint64(0)
        for j in range(of_records):
            k = records[j]
            at = _place(codes[k])
            answer, is_certain = decide(floats, ints, at, np.float32(u[k]) / _ONE_32, np.float32(v[k]) / _ONE_32)
            codes[k] = answer
            blocks[unclear] = k
            cell[unclear] = ints[at + np.uint64(FAST_DETAILS)]
            unclear += np.uint64(1 - is_certain)
        for j in range(unclear):
            k = blocks[j]
            codes[k] = resolve(xs[k], ys[k], np.int64(cell[j]), details, ends)


@entry(f"i8({_FLOATS}, {_FLOATS}, {_FLOATS}, {_SIZE}, b1[::1], i8[::1])")
def points_in_cells(x: Numbers, y: Numbers, place: Numbers, size: Numbers, is_meant: Numbers, found: Numbers) -> Number:
    """Notes the points that lie in the root cells meant; how many. `found` has room for one more than all."""
    cell = np.empty(BATCH, dtype=np.uint64)
    count = np.uint64(0)
    for first in range(0, len(x), BATCH):
        last = min(first + BATCH, len(x))
        root_cells(x[first:last], y[first:last], place, size, cell.view(np.int64))
        for k in range(np.uint64(last - first)):
            found[count] = first + np.int64(k)
            count += np.uint64(is_meant[cell[k]])
    return np.int64(count)
