"""How an index lies in memory: a table of root cells, and an arena of blocks and records that their codes point to.

A code is a position (0 and up), OUTSIDE, or an address: `REFERENCE - 2 * unit` of a block, one less of a record, where
a unit is 32 bytes of the arena. A block holds the codes of the 4 x 4 cells that a cell is split into, row by row: one
cache line. A record holds what a cell crossed by borders needs. First a cache line that decides nearly every point:

    float32     three lines as a, b, c: a point (u, v), in fractions of its root cell, is on the side a u + b v + c > 0
    int32       for each combination of sides two bits, which of four answers holds; from bit 16 on: is that known
    int32       the four answers

and then, for points too close to a line and for cells with more borders, everything in full:

    word 0      number of edges, number of positions << 32, and 1 << 40 if another record of the same cell follows
    words 1, 2  a reference point, not on the line of any edge of the record
    word 3      which of the positions contain the reference point, as bits
    then        int32: the answer if no bit is left at the end, the positions by order; filled up to a whole word
    then        each edge: ax, ay, bx, by (the reference point on its left), and the bits of the polygons it borders

The arena is addressed as int64, float64, int32 and float32 at once; it only grows, so that an index and its updates share it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

OUTSIDE = -1
REFERENCE = -2
UNIT_WORDS = 4
SPLIT = 4  # a cell is split into SPLIT x SPLIT
SPLIT_BITS = 2
BLOCK_WORDS = SPLIT * SPLIT // 2
LINE_WORDS = 8  # of a cache line
MAX_LEVEL = 6
RECORD_POSITIONS = 62
EDGE_WORDS = 5
FAST_LINES = 3
FAST_ANSWERS = 4
FAST_TABLE = 9  # places as int32 or float32 within the first cache line
FAST_PALETTE = 10
FAST_KNOWN_SHIFT = 16
FIXED_WORDS = 4
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
    """Distinct edges (rows ax, ay, bx, by) and the polygons that each belongs to: `owners[start[e]:start[e + 1]]`."""

    ends: NDArray[np.float64]
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
