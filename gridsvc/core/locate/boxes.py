"""Boxes around runs of edges, and a packed tree of boxes around polygons: what distances and candidates search."""

from __future__ import annotations

import math
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.locate.nearness import FAN
from gridsvc.core.locate.shapes import Shapes

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]


class Runs(NamedTuple):
    """Boxes around runs of about √n of the n edges of a polygon; position p has those `first[p]` to `first[p + 1]`."""

    boxes: Floats
    first: Integers


def runs_of(shapes: Shapes) -> Runs:
    """The runs of all polygons."""
    length = np.ceil(np.sqrt(shapes.count)).astype(np.int64)
    runs = -(-shapes.count // np.maximum(length, 1))
    first = np.append(0, np.cumsum(runs))
    owner = np.repeat(np.arange(len(runs)), runs)
    number = np.arange(first[-1]) - first[owner]
    begin = shapes.first[owner] + number * length[owner]
    end = np.minimum(begin + length[owner], shapes.first[owner] + shapes.count[owner])
    boxes = np.empty((len(owner), 4))
    if len(owner):
        ends = np.vstack([shapes.ends, np.zeros((1, 4))])  # reduceat takes no end behind the last row
        marks = np.column_stack([begin, end]).ravel()
        low, high = np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])
        boxes[:, :2] = np.minimum.reduceat(low, marks)[::2]
        boxes[:, 2:] = np.maximum.reduceat(high, marks)[::2]
    return Runs(boxes, first)


class BoxTree(NamedTuple):
    """A packed tree (sort-tile-recursive): a box for each polygon in `leaves`, then level by level up to the root.

    The children of node k are `begin[k]` to `begin[k + 1]`; leaves have none.
    """

    boxes: Floats
    begin: Integers
    leaves: Integers


def tree_of(boxes: Floats) -> BoxTree:
    """The tree of the boxes that are there; removed polygons are left out."""
    leaves = np.flatnonzero(np.isfinite(boxes).all(axis=1))
    x, y = boxes[leaves, 0] + boxes[leaves, 2], boxes[leaves, 1] + boxes[leaves, 3]
    slices = max(1, math.isqrt(-(-len(leaves) // FAN)))
    strip = np.empty(len(leaves), dtype=np.int64)
    strip[np.argsort(x, kind="stable")] = np.arange(len(leaves)) * slices // max(len(leaves), 1)
    leaves = leaves[np.lexsort((y, strip))]
    levels, begins, offset = [boxes[leaves]], [np.zeros(len(leaves), dtype=np.int64)], 0
    while len(levels[-1]) > 1:
        below = levels[-1]
        first = np.arange(0, len(below), FAN)
        levels.append(np.hstack([np.minimum.reduceat(below[:, :2], first), np.maximum.reduceat(below[:, 2:], first)]))
        begins.append(offset + first)
        offset += len(below)
    begin = np.concatenate([*begins, [offset]]).astype(np.int64)
    return BoxTree(np.ascontiguousarray(np.vstack(levels)), begin, leaves.astype(np.int64))
