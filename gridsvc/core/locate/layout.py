"""How an index lies in memory: a table of root cells, an arena of cache lines, and an arena of details.

A code, of a root cell or of a part of one, is a position (0 and up), OUTSIDE, or `REFERENCE - 2 * line` for a line that
is a block, one less for one that is a record. A block holds the codes of the 4 x 4 parts that a cell is split into, row
by row. A record decides nearly every point of a cell crossed by borders; it holds

    float32     three lines as a, b, c: a point (u, v), in fractions of its root cell, is on the side a u + b v + c > 0
    int32       for each combination of sides two bits, which of four answers holds; from bit 16 on: is that known
    int32       the four answers
    int32       the word that the details begin at

Details decide every point, exactly. Points too near a line and cells with more borders need them:

    word 0      number of edges, number of positions << 32, and 1 << 40 if more details of the same cell follow
    words 1, 2  a reference point, not on the line of any edge
    word 3      which of the positions contain the reference point, as bits
    then        int32: the answer if no bit is left at the end, the positions by order; filled up to a whole word
    then        for each edge a word: its row among the ends of all edges, complemented if the reference point is on
                its right, and in the lower half the bits of the polygons it borders

Arenas only grow, so that an index and its updates share them.
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

# What kernels compute with: numba knows the types exactly, and has other rules for mixing them than numpy's stubs.
Number: TypeAlias = Any
Numbers: TypeAlias = NDArray[Any]

OUTSIDE = -1
REFERENCE = -2
LINE_WORDS = 8
LINE_INTS = 16
SPLIT = 4  # a cell is split into SPLIT x SPLIT parts
SPLIT_BITS = 2
MAX_LEVEL = 6
FAST_LINES = 3
FAST_ANSWERS = 4
FAST_TABLE = 9  # places within a record, counted in int32
FAST_PALETTE = 10
FAST_DETAILS = 14
FAST_KNOWN_SHIFT = 16
DETAIL_WORDS = 4  # before the positions
DETAIL_POSITIONS = 31
POSITIONS_SHIFT = 32
MORE_SHIFT = 40


class Frame(NamedTuple):
    """The root cells: `columns` x `rows` from (x0, y0) on, `per_degree_x` of them to a degree."""

    x0: float
    y0: float
    per_degree_x: float
    per_degree_y: float
    columns: int
    rows: int


class Edges(NamedTuple):
    """Distinct edges (rows ax, ay, bx, by) and the polygons that each belongs to: `owners[start[e]:start[e + 1]]`.

    `rows` says where each is found among the ends of all edges, in this or the other direction.
    """

    ends: NDArray[np.float64]
    rows: NDArray[np.int64]
    start: NDArray[np.int64]
    owners: NDArray[np.int32]


class Lists(NamedTuple):
    """Which edges touch which cells: those of cell c are `edges[start[c]:start[c + 1]]`."""

    start: NDArray[np.int64]
    edges: NDArray[np.int32]


class Leaf(NamedTuple):
    """A cell that is not split further, as it is written: ranks are places in the order of the polygons.

    `edges` touch it; `ranks` are the polygons that they bound, by order, `place` the place of each of these in `ranks`,
    `inside` those that contain the reference point (x, y). The polygon of rank `cover` contains the whole cell, so only
    smaller ones matter, and `answer`, its position, is given where none of them is.
    """

    edges: NDArray[np.int32]
    ranks: NDArray[np.int32]
    place: NDArray[np.int64]
    inside: NDArray[np.int32]
    cover: int
    answer: int
    x: float
    y: float


class Store(NamedTuple):
    """What a window is written to: arenas with their use and the place where each begins in the arena of the index."""

    lines: NDArray[np.int64]
    lines_used: int
    lines_base: int
    details: NDArray[np.int64]
    details_used: int
    details_base: int
