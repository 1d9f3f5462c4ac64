"""Writing blocks, records and details into the arenas."""

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.exact import side
from gridsvc.core.locate.layout import (
    DETAIL_POSITIONS,
    DETAIL_WORDS,
    LINE_INTS,
    LINE_WORDS,
    MORE_SHIFT,
    POSITIONS_SHIFT,
    REFERENCE,
    Edges,
    Leaf,
    Number,
    Numbers,
    Store,
)


@inner
def reserve(arena: Numbers, used: Number, words: Number) -> Numbers:
    """The arena, larger if need be, so that `words` more fit after `used`."""
    if used + words <= len(arena):
        return arena
    larger = np.zeros(max(2 * len(arena), used + words), dtype=np.int64)
    for k in range(used):
        larger[k] = arena[k]
    return larger


@inner
def new_line(store: Store) -> tuple[Store, Number, Number]:
    """Room for a block or record, all zero: the store, the code of a block there, and its first place as int32."""
    used = store.lines_used
    lines = reserve(store.lines, used, np.int64(LINE_WORDS))
    code = REFERENCE - 2 * ((store.lines_base + used) // LINE_WORDS)
    grown = Store(
        lines, used + LINE_WORDS, store.lines_base, store.details, store.details_used, store.details_base
    )  # fmt: skip
    return grown, code, used // LINE_WORDS * LINE_INTS


@inner
def leaf_words(edges: Number) -> Number:
    """About how many words a cell with so many edges takes, details included."""
    return LINE_WORDS + DETAIL_WORDS + 2 + edges


@inner
def detail_words(edges: Number, positions: Number) -> Number:
    """How many words such details take."""
    return DETAIL_WORDS + (positions + 2) // 2 + edges


@inner
def write_details(store: Store, net: Edges, leaf: Leaf, order: Numbers) -> tuple[Store, Number]:
    """Writes the details of a leaf, in several parts if it has many polygons: the store and the word they begin at."""
    details, used = store.details, store.details_used
    first: Number = np.int64(0)  # not a literal: every function is compiled once for whole numbers, not again for 0
    while first < len(leaf.ranks):
        last: Number = min(first + DETAIL_POSITIONS, len(leaf.ranks))
        edges: Number = np.int64(0)
        for e in leaf.edges:
            edges += _bits_of(net, e, leaf, first, last) != 0
        words = detail_words(edges, last - first)
        details = reserve(details, used, words)
        _fill(details, used, net, leaf, order, first, last, edges)
        used += words
        first = last
    grown = Store(store.lines, store.lines_used, store.lines_base, details, used, store.details_base)
    return grown, store.details_base + store.details_used


@inner
def _bits_of(net: Edges, e: Number, leaf: Leaf, first: Number, last: Number) -> Number:
    """Which polygons, of those from `first` to `last` in the leaf, edge e belongs to."""
    bits = 0
    for k in range(net.start[e], net.start[e + 1]):
        place = leaf.place[net.owners[k]]
        if net.owners[k] < leaf.cover and first <= place < last:
            bits |= 1 << (place - first)
    return bits


@inner
def _fill(
    details: Numbers, at: Number, net: Edges, leaf: Leaf, order: Numbers, first: Number, last: Number, edges: Number
) -> None:
    reals, ints = details.view(np.float64), details.view(np.int32)
    more = np.int64(last < len(leaf.ranks))
    details[at] = edges | (last - first) << POSITIONS_SHIFT | more << MORE_SHIFT
    reals[at + 1] = leaf.x
    reals[at + 2] = leaf.y
    bits = 0
    for rank in leaf.inside:
        if first <= leaf.place[rank] < last:
            bits |= 1 << (leaf.place[rank] - first)
    details[at + 3] = bits
    ids = 2 * (at + DETAIL_WORDS)
    ints[ids] = leaf.answer
    for k in range(first, last):
        ints[ids + 1 + k - first] = order[leaf.ranks[k]]
    word = at + detail_words(np.int64(0), last - first)
    for e in leaf.edges:
        bits = _bits_of(net, e, leaf, first, last)
        if bits:
            details[word] = _reference(net, e, leaf) << 32 | bits
            word += 1


@inner
def _reference(net: Edges, e: Number, leaf: Leaf) -> Number:
    """The row of an edge among all ends, complemented if the reference point is right of it as it is drawn there.

    `net.ends` has the smaller end first; a negative row says that it is drawn the other way.
    """
    ends, row = net.ends[e], net.rows[e]
    is_left = side(ends[0], ends[1], ends[2], ends[3], leaf.x, leaf.y) > 0
    if row < 0:
        return ~row if not is_left else row
    return row if is_left else ~row
