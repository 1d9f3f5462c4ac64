"""Drawing the grids of a community anew from whole blocks, as a proposal assigns them."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.core.lineage import identities
from gridsvc.core.partition import Partition
from gridsvc.geography.shapes import Shapes, as_multi, as_shapes, on_frozen_rings
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.overlaps import Households, Pieces, overlaps

MOST_SHOWN = 20


def divided(drawing: Drawing, groups: Sequence[Sequence[str]], blocks: Mapping[str, BaseGeometry]) -> Drawing:
    """The drawing whose grids are these groups of blocks; a group that is mostly a grid of before keeps its key.

    Raises InvalidInput for blocks that are unknown, stand twice or are left out, and NotAPartition when the blocks do
    not tile the community.
    """
    _refuse_unlike(groups, blocks)
    outline = drawing.partition.community()
    merged = [shapely.coverage_union_all([blocks[block] for block in group]) for group in groups]
    shapes = on_frozen_rings(as_multi(as_shapes(merged)), as_shapes([outline]))
    names = _names(drawing, shapes)
    polygons = dict(zip(names, shapes.tolist(), strict=True))
    return drawing.redrawn(Partition.from_polygons(outline, polygons))


def _refuse_unlike(groups: Sequence[Sequence[str]], blocks: Mapping[str, BaseGeometry]) -> None:
    given = Counter(block for group in groups for block in group)
    wrong = {
        "unknown_block": sorted(set(given) - set(blocks)),
        "block_twice": sorted(block for block, times in given.items() if times > 1),
        "block_left_out": sorted(set(blocks) - set(given)),
    }
    faults = [
        Fault("operation.grids", code, f"block {block}")
        for code, found in wrong.items()
        for block in found[:MOST_SHOWN]
    ]
    if faults:
        raise InvalidInput("The blocks of the community do not stand once each in the division.", faults=faults)


def _names(drawing: Drawing, shapes: Shapes) -> list[str]:
    """The key of each new grid: that of the one it mostly is, or a new one."""
    before = drawing.partition.polygons()
    nobody = Households(np.empty(0, dtype=object), np.empty(0))
    old = Pieces(list(before), as_multi(as_shapes(list(before.values()))))
    new = Pieces([str(place) for place in range(len(shapes))], shapes)
    kept = identities(overlaps(old, new, nobody))
    fresh = iter(range(drawing.next_number, drawing.next_number + len(shapes)))
    return [kept.get(str(place)) or f"{drawing.community_code}+{next(fresh)}" for place in range(len(shapes))]
