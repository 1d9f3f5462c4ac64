"""What a redraw may leave behind: no slivers, no grid in pieces and no cut compound, unless that is meant."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.cuts import TOLERANCE_M, TOLERANCE_M2
from gridsvc.core.partition import Partition, lines_4326
from gridsvc.core.redraw.plane import Plane
from gridsvc.core.redraw.refusals import refuse
from gridsvc.core.refusals import CutsBlocks, GridCutOff, GridVanishes, NothingChanges, Sliver

# A border that runs less deep into a block than this follows the block's own border as well as it was surveyed.
CUT_DEPTH_M = 0.5


@dataclass(frozen=True)
class Permit:
    """The blocks of the community (id to polygon in degrees), and what was expressly allowed.

    `confirmed`: blocks may be cut. `parts`: a grid may come to consist of separate parts (an enclave, or the middle of
    painting block by block).
    """

    blocks: Mapping[str, BaseGeometry] = field(default_factory=dict)
    confirmed: bool = False
    parts: bool = False


def checked(before: Partition, after: Partition, permit: Permit) -> Partition:
    """The redrawn partition, if it may stand. Refuses with the geometry otherwise."""
    if after == before:
        raise refuse(NothingChanges, "grids")
    if gone := sorted(set(before.keys) - set(after.keys)):
        raise refuse(GridVanishes, "grids", [before.polygon(key) for key in gone], keys=gone)
    _refuse_slivers(before, after)
    if not permit.parts:
        _refuse_parts(before, after)
    if not permit.confirmed:
        _refuse_cuts(before, after, permit.blocks)
    return after


def cut_blocks(before: Partition, after: Partition, blocks: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The blocks that borders run through which were not there before, by id."""
    fresh = {
        (start, end)
        for (start, end) in after.owners
        if start < end and (start, end) not in before.owners and (end, start) not in before.owners
    }
    if not fresh or not blocks:
        return {}
    plane, ids = Plane.of(before), list(blocks)
    lines = plane.from_degrees(lines_4326(fresh))
    shapes = np.empty(len(ids), dtype=object)
    shapes[:] = [blocks[block] for block in ids]
    shapes = plane.all_from_degrees(shapes)
    near = np.sort(shapely.STRtree(shapes).query(lines, predicate="intersects"))
    deep = shapely.intersects(shapely.buffer(shapes[near], -CUT_DEPTH_M), lines)
    return {ids[i]: blocks[ids[i]] for i in near[deep].tolist()}


def _refuse_slivers(before: Partition, after: Partition) -> None:
    known = set(shapely.to_wkb(shapely.get_parts(list(before.polygons().values()))).tolist())
    parts = shapely.get_parts(list(after.polygons().values()))
    fresh = parts[[wkb not in known for wkb in shapely.to_wkb(parts).tolist()]]
    measured = Plane.of(before).all_from_degrees(fresh)
    area, half_outline = shapely.area(measured), shapely.length(measured) / 2
    is_sliver = (area < TOLERANCE_M2) | (area < TOLERANCE_M * half_outline)
    if is_sliver.any():
        raise refuse(Sliver, "grids", list(fresh[is_sliver]))


def _refuse_parts(before: Partition, after: Partition) -> None:
    counts = _part_counts(before)
    for key, number in _part_counts(after).items():
        if number > max(counts.get(key, 1), 1):
            raise refuse(GridCutOff, "grids", after.polygon(key), keys=[key])


def _part_counts(partition: Partition) -> Counter[str]:
    return Counter({key: shapely.get_num_geometries(polygon) for key, polygon in partition.polygons().items()})


def _refuse_cuts(before: Partition, after: Partition, blocks: Mapping[str, BaseGeometry]) -> None:
    if cut := cut_blocks(before, after, blocks):
        words = f"This cuts the compounds {', '.join(cut)}; confirm that it is meant."
        raise refuse(CutsBlocks, "blocks", list(cut.values()), words, block_ids=list(cut))
