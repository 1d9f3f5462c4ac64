"""Writing blocks and records into the arena."""

import numpy as np

from gridsvc.core.locate.compiled import inner
from gridsvc.core.locate.exact import side
from gridsvc.core.locate.layout import (
    BLOCK_WORDS,
    EDGE_WORDS,
    FIXED_WORDS,
    LINE_WORDS,
    MORE_SHIFT,
    POSITIONS_SHIFT,
    RECORD_POSITIONS,
    REFERENCE,
    UNIT_WORDS,
)


@inner
def reserve(arena, used, words):  # type: ignore[no-untyped-def]
    """The arena, larger if need be, so that `words` more fit after `used`."""
    if used + words <= len(arena):
        return arena
    larger = np.zeros(max(2 * len(arena), used + words), dtype=np.int64)
    for k in range(used):
        larger[k] = arena[k]
    return larger


@inner
def aligned_use(used):  # type: ignore[no-untyped-def]
    """The next word that begins a cache line."""
    return (used + LINE_WORDS - 1) // LINE_WORDS * LINE_WORDS


@inner
def new_block(arena, used, base):  # type: ignore[no-untyped-def]
    """Room for a block: the arena, its new use, the block's code and the place of its first code as int32."""
    used = aligned_use(used)
    arena = reserve(arena, used, np.int64(BLOCK_WORDS))
    return arena, used + BLOCK_WORDS, REFERENCE - 2 * ((base + used) // UNIT_WORDS), 2 * used


@inner
def leaf_words(edges):  # type: ignore[no-untyped-def]
    """About how many words a record of so many edges takes."""
    return LINE_WORDS + FIXED_WORDS + 2 + EDGE_WORDS * edges


@inner
def record_words(edges, positions):  # type: ignore[no-untyped-def]
    """How many words such a record takes, rounded up to whole units."""
    words = FIXED_WORDS + (positions + 2) // 2 + EDGE_WORDS * edges
    return (words + UNIT_WORDS - 1) // UNIT_WORDS * UNIT_WORDS


@inner
def write_records(arena, used, base, net, leaf, order):  # type: ignore[no-untyped-def]
    """Writes the record of a leaf in full, or several if it has many polygons: the arena, its new use and the code.

    The cache line before them is left empty.
    """
    used = aligned_use(used)
    code = REFERENCE - 2 * ((base + used) // UNIT_WORDS) - 1
    arena = reserve(arena, used, np.int64(LINE_WORDS))
    for k in range(LINE_WORDS):
        arena[used + k] = 0
    used += LINE_WORDS
    first = np.int64(0)  # not a literal: every function is compiled once for whole numbers, not again for 0
    while first < len(leaf.ranks):
        last = min(first + RECORD_POSITIONS, len(leaf.ranks))
        edges = np.int64(0)
        for e in leaf.edges:
            edges += bits_of(net, e, leaf, first, last) != 0
        words = record_words(edges, last - first)
        arena = reserve(arena, used, words)
        _fill(arena, used, net, leaf, order, first, last, edges)
        used += words
        first = last
    return arena, used, code


@inner
def bits_of(net, e, leaf, first, last):  # type: ignore[no-untyped-def]
    """Which polygons, of those from `first` to `last` in the leaf, edge e belongs to."""
    bits = 0
    for k in range(net.start[e], net.start[e + 1]):
        place = leaf.place[net.owners[k]]
        if net.owners[k] < leaf.cover and first <= place < last:
            bits |= 1 << (place - first)
    return bits


@inner
def _fill(arena, at, net, leaf, order, first, last, edges):  # type: ignore[no-untyped-def]
    reals, ints = arena.view(np.float64), arena.view(np.int32)
    more = np.int64(last < len(leaf.ranks))
    arena[at] = edges | (last - first) << POSITIONS_SHIFT | more << MORE_SHIFT
    reals[at + 1] = leaf.x
    reals[at + 2] = leaf.y
    bits = 0
    for rank in leaf.inside:
        if first <= leaf.place[rank] < last:
            bits |= 1 << (leaf.place[rank] - first)
    arena[at + 3] = bits
    ids = 2 * (at + FIXED_WORDS)
    ints[ids] = leaf.answer
    for k in range(first, last):
        ints[ids + 1 + k - first] = order[leaf.ranks[k]]
    word = at + FIXED_WORDS + (last - first + 2) // 2
    for e in leaf.edges:
        bits = bits_of(net, e, leaf, first, last)
        if bits:
            _fill_edge(reals, word, net.ends, e, leaf)
            arena[word + 4] = bits
            word += EDGE_WORDS


@inner
def _fill_edge(reals, word, ends, e, leaf):  # type: ignore[no-untyped-def]
    is_left = side(ends[e, 0], ends[e, 1], ends[e, 2], ends[e, 3], leaf.x, leaf.y) > 0
    a, b = (0, 2) if is_left else (2, 0)
    reals[word], reals[word + 1] = ends[e, a], ends[e, a + 1]
    reals[word + 2], reals[word + 3] = ends[e, b], ends[e, b + 1]
