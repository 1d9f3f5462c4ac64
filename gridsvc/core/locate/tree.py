"""Splitting one root cell until each part has few edges, and writing its parts.

Depth first with a stack of its own. A part is split as long as it pays and its share of the memory lasts; both are
decided from the cell alone, so that an update makes the same tree as a new build.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.fast import write_record
from gridsvc.core.locate.layout import (
    LINE_WORDS,
    MAX_LEVEL,
    OUTSIDE,
    SPLIT,
    Edges,
    Frame,
    Leaf,
    Number,
    Numbers,
    Store,
)
from gridsvc.core.locate.raster import children_touched
from gridsvc.core.locate.records import leaf_words, new_line
from gridsvc.core.locate.ways import copy, reference_point, sort, toggle_crossed

NOBODY = 2**31 - 1  # as cover: no polygon contains the whole cell
CELLS = SPLIT * SPLIT
FEW_EDGES = 3  # a part with so few is not split: its first cache line decides
WORDS_PER_EDGE = 100  # what the tree of a root cell may take for each edge that touches the cell: 800 bytes
_LEVEL, _CX, _CY, _LIST, _COUNT, _SET, _INSIDE, _COVER, _SLOT, _MAY = range(10)


Pair: TypeAlias = tuple[Number, Number]
Triple: TypeAlias = tuple[Number, Number, Number]
Root: TypeAlias = tuple[Number, Number, Number, Number, Number, Number]


class Scratch(NamedTuple):
    """Room to work in, used again for every cell.

    Lists and sets of the parts that wait lie one after another in `lists` and `sets`; `waiting` and `points` describe
    the parts (columns by the names above, and reference points); `seen` and `place` have one entry for each rank.
    """

    lists: NDArray[np.int32]
    sets: NDArray[np.int32]
    waiting: NDArray[np.int64]
    points: NDArray[np.float64]
    seen: NDArray[np.int64]
    place: NDArray[np.int64]
    ranks: NDArray[np.int32]
    touched: NDArray[np.int32]
    counts: NDArray[np.int64]


@inner
def scratch(ranks: Number, longest: Number, owners: Number) -> Scratch:
    """Room for root cells with at most `longest` edges, which have at most so many owners together."""
    parts = CELLS * MAX_LEVEL + 1
    return Scratch(
        np.empty(4096 + 32 * longest, dtype=np.int32),
        np.empty((parts + 1) * (min(owners, ranks) + 2) + ranks, dtype=np.int32),
        np.empty((parts, 10), dtype=np.int64),
        np.empty((parts, 2)),
        np.zeros(ranks + 1, dtype=np.int64),
        np.zeros(ranks + 1, dtype=np.int64),
        np.empty(ranks + 1, dtype=np.int32),
        np.empty(longest + 1, dtype=np.int32),
        np.empty(CELLS, dtype=np.int64),
    )


@inner
def plant(
    store: Store, net: Edges, order: Numbers, ends: Numbers, frame: Frame, max_level: Number, work: Scratch, root: Root
) -> tuple[Store, Number]:
    """Writes the tree of a root cell: the store and the code of the cell.

    `root` is (cx, cy, number of edges, number of ranks inside, x and y of the reference point); the edges and the ranks
    lie at the beginning of the scratch. `ends` are those of all edges of the index.
    """
    cx, cy, count, inside, x, y = root
    code = np.int64(OUTSIDE)
    none = np.int64(0)
    rest = (none + NOBODY, none - 1, WORDS_PER_EDGE * count)
    _wait(work, none, (none, cx, cy), (none, count), (none, inside), rest, (x, y))
    waiting = none + 1
    while waiting > 0:
        waiting -= 1
        part = work.waiting[waiting]
        slot = part[_SLOT]
        _prune(net, part, work)
        answer = np.int64(order[part[_COVER]]) if part[_COVER] != NOBODY else np.int64(OUTSIDE)
        if part[_COUNT] == 0:
            written = answer
        elif _is_worth_splitting(net, frame, max_level, part, work):
            store, written, first = new_line(store)
            waiting = _split(net, frame, part.copy(), work, waiting, first)
        else:
            leaf = _leaf(net, part, work, waiting, answer)
            cell = (part[_LEVEL], part[_CX], part[_CY])
            store, written = write_record(store, net, leaf, order, ends, frame, cell)
        if slot < 0:
            code = written
        else:
            store.lines.view(np.int32)[slot] = written
    return store, code


@inner
def _wait(work: Scratch, waiting: Number, cell: Triple, edges: Pair, inside: Pair, rest: Triple, point: Pair) -> None:
    part = work.waiting[waiting]
    part[_LEVEL], part[_CX], part[_CY] = cell
    part[_LIST], part[_COUNT] = edges
    part[_SET], part[_INSIDE] = inside
    part[_COVER], part[_SLOT], part[_MAY] = rest
    work.points[waiting, 0], work.points[waiting, 1] = point


@inner
def _prune(net: Edges, part: Numbers, work: Scratch) -> None:
    """Finds the first polygon that contains the whole part, and drops what only comes after it in the order."""
    stamp = _mark(net, part, work)
    cover = part[_COVER]
    for k in range(part[_SET], part[_SET] + part[_INSIDE]):
        if work.seen[work.sets[k]] != stamp:
            cover = work.sets[k]
            part[_INSIDE] = k - part[_SET]
            break
    part[_COVER] = cover
    kept = part[_LIST]
    for k in range(part[_LIST], part[_LIST] + part[_COUNT]):
        e = work.lists[k]
        for owner in range(net.start[e], net.start[e + 1]):
            if net.owners[owner] < cover:
                work.lists[kept] = e
                kept += 1
                break
    part[_COUNT] = kept - part[_LIST]


@inner
def _mark(net: Edges, part: Numbers, work: Scratch) -> Number:
    """Marks the ranks that edges of the part belong to; gives the mark."""
    work.seen[-1] += 1
    stamp = work.seen[-1]
    for k in range(part[_LIST], part[_LIST] + part[_COUNT]):
        e = work.lists[k]
        for owner in range(net.start[e], net.start[e + 1]):
            work.seen[net.owners[owner]] = stamp
    return stamp


@inner
def _is_worth_splitting(net: Edges, frame: Frame, max_level: Number, part: Numbers, work: Scratch) -> bool:
    """Whether to split; then `touched` and `counts` are filled in, and the part's share is what its parts may share."""
    level = part[_LEVEL]
    if level >= max_level or part[_COUNT] <= FEW_EDGES:
        return False
    for child in range(CELLS):
        work.counts[child] = 0
    for k in range(part[_COUNT]):
        bits = children_touched(net.ends, work.lists[part[_LIST] + k], frame, level, part[_CX], part[_CY])
        work.touched[k] = bits
        for child in range(CELLS):
            work.counts[child] += (bits >> child) & 1
    words, total = LINE_WORDS, 0
    for child in range(CELLS):
        total += work.counts[child]
        words += leaf_words(work.counts[child]) if work.counts[child] else 0
    if words > part[_MAY] or part[_LIST] + part[_COUNT] + total > len(work.lists):
        return False
    part[_MAY] -= words
    return True


@inner
def _split(net: Edges, frame: Frame, part: Numbers, work: Scratch, waiting: Number, first: Number) -> Number:
    """Puts the sixteen parts of a part on the stack; gives its new height."""
    total = np.int64(1)
    for child in range(CELLS):
        total += work.counts[child]
    at, set_at = part[_LIST] + part[_COUNT], part[_SET] + part[_INSIDE]
    x, y = work.points[waiting, 0], work.points[waiting, 1]
    scale = float(SPLIT ** (part[_LEVEL] + 1))
    for child in range(CELLS):
        cx, cy = part[_CX] * SPLIT + child % SPLIT, part[_CY] * SPLIT + child // SPLIT
        count = np.int64(0)
        for k in range(part[_COUNT]):
            if (work.touched[k] >> child) & 1:
                work.lists[at + count] = work.lists[part[_LIST] + k]
                count += 1
        new_x, new_y = reference_point(net.ends, work.lists[at : at + count], frame, scale, cx, cy)
        ranks = work.sets[set_at:]
        copy(work.sets[part[_SET] :], part[_INSIDE], ranks)
        inside = part[_INSIDE]
        way = (x, y, new_x, new_y)
        for k in range(part[_COUNT]):
            inside = toggle_crossed(net, work.lists[part[_LIST] + k], way, ranks, inside, part[_COVER])
        may = leaf_words(count) + part[_MAY] * count // total
        rest = (part[_COVER], first + child, may)
        _wait(work, waiting, (part[_LEVEL] + 1, cx, cy), (at, count), (set_at, inside), rest, (new_x, new_y))
        waiting += 1
        at += count
        set_at += inside
    return waiting


@inner
def _leaf(net: Edges, part: Numbers, work: Scratch, waiting: Number, answer: Number) -> Leaf:
    edges = work.lists[part[_LIST] : part[_LIST] + part[_COUNT]]
    inside = work.sets[part[_SET] : part[_SET] + part[_INSIDE]]
    work.seen[-1] += 1
    stamp = work.seen[-1]
    count = 0
    for e in edges:
        for k in range(net.start[e], net.start[e + 1]):
            rank = net.owners[k]
            if rank < part[_COVER] and work.seen[rank] != stamp:
                work.seen[rank] = stamp
                work.ranks[count] = rank
                count += 1
    ranks = work.ranks[:count]
    sort(ranks)
    for k in range(count):
        work.place[ranks[k]] = k
    return Leaf(
        edges, ranks, work.place, inside, part[_COVER], answer, work.points[waiting, 0], work.points[waiting, 1]
    )
