"""Which shape has what: points and blocks assigned to the areas they lie in."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.geography.shapes import Shapes, from_wkb, point_array

NOWHERE = -1


def first_covering(shapes: Shapes, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.intp]:
    """For each point the first shape that covers it, borders included; -1 where there is none."""
    shapely.prepare(shapes)
    pairs = shapely.STRtree(point_array(x, y)).query(shapes, predicate="covers")
    return first_of_pairs(pairs[0], pairs[1], len(x))


def first_of_pairs(shapes: NDArray[np.intp], points: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """For each of `count` points the smallest shape it is paired with; -1 where there is none."""
    none = np.iinfo(np.intp).max
    winner = np.full(count, none, dtype=np.intp)
    np.minimum.at(winner, points, shapes)
    winner[winner == none] = NOWHERE
    return winner


def summed_counts(blocks: Sequence[Any], shapes: Shapes, owners: Sequence[str]) -> list[Mapping[str, int]]:
    """The counts of each shape: the sums, kind by kind, of the blocks (community_code, counts, wkb) inside.

    A block belongs to the shape of its own community that has a point inside the block; grids are made of whole blocks,
    so any such point will do, and a block that a foreign net cuts goes to one side as a whole.
    """
    sums: list[dict[str, int]] = [{} for _ in owners]
    if not blocks:
        return list(sums)
    inside = shapely.get_coordinates(shapely.point_on_surface(from_wkb([block.wkb for block in blocks])))
    for block, place in zip(blocks, first_covering(shapes, inside[:, 0], inside[:, 1]).tolist(), strict=True):
        if place == NOWHERE or owners[place] != block.community_code:
            continue
        kinds = sums[place]
        for kind, count in block.counts.items():
            kinds[kind] = kinds.get(kind, 0) + count
    return list(sums)
