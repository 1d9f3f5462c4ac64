"""What old and new grids have in common: ground in m² and households, measured between two coverages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.core.lineage import Overlap
from gridsvc.core.metric import Geometries, frame_of, in_frame

HOUSEHOLDS = "households"
# Neighbours share lines vertex by vertex; anything smaller than this is the rounding of a projection, not ground.
LEAST_M2 = 0.5


@dataclass(frozen=True)
class Pieces:
    """Grids by their keys, with their shapes in EPSG:4326."""

    keys: Sequence[str]
    shapes: Geometries


@dataclass(frozen=True)
class Households:
    """Blocks with the households that live in each; shapes in EPSG:4326."""

    shapes: Geometries
    counts: NDArray[np.float64]

    @classmethod
    def of(cls, blocks: Sequence[Any], shapes: Geometries) -> "Households":
        """From rows with `counts`."""
        return cls(shapes, np.array([block.counts.get(HOUSEHOLDS, 0) for block in blocks], dtype=np.float64))


def overlaps(parents: Pieces, children: Pieces, lived: Households) -> list[Overlap]:
    """Every pair of an old and a new grid that have ground in common, with the households that live on it.

    A block that lies in one piece counts there as a whole; the households of one that is cut are shared as its area is.
    Areas are measured in the metric frame in the middle of the old grids.
    """
    if not len(parents.keys) or not len(children.keys):
        return []
    frame = frame_of(parents.shapes)
    old, new = in_frame(parents.shapes, frame), in_frame(children.shapes, frame)
    pairs = shapely.STRtree(new).query(old, predicate="intersects")
    common = shapely.intersection(old[pairs[0]], new[pairs[1]])
    areas = shapely.area(common)
    real = areas > LEAST_M2
    pairs, common, areas = pairs[:, real], common[real], areas[real]
    lived_in = _households(common, in_frame(lived.shapes, frame), lived.counts)
    return [
        Overlap(parents.keys[parent], children.keys[child], area, households)
        for parent, child, area, households in zip(*pairs.tolist(), areas.tolist(), lived_in.tolist(), strict=True)
    ]


def households_by_piece(shapes: Geometries, lived: Households) -> Mapping[int, float]:
    """The households of each piece, by its place; pieces without any are left out."""
    frame = frame_of(shapes)
    found = _households(in_frame(shapes, frame), in_frame(lived.shapes, frame), lived.counts)
    return {place: count for place, count in enumerate(found.tolist()) if count}


def _households(pieces: Geometries, blocks: Geometries, counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The households on each piece of a coverage, all in one metric frame."""
    lived = np.zeros(len(pieces))
    inhabited = np.flatnonzero(counts)
    if not len(inhabited) or not len(pieces):
        return lived
    blocks, counts = blocks[inhabited], counts[inhabited]
    shapely.prepare(pieces)
    touching = defaultdict(list)
    found = shapely.STRtree(blocks).query(pieces, predicate="intersects")
    inside = shapely.covers(pieces[found[0]], shapely.point_on_surface(blocks[found[1]]))
    home = np.full(len(blocks), -1, dtype=np.intp)
    home[found[1][inside]] = found[0][inside]
    for piece, block in zip(*found.tolist(), strict=True):
        touching[block].append(piece)
    is_cut = _are_cut(pieces, blocks, home)
    np.add.at(lived, home[~is_cut], counts[~is_cut])
    for block in np.flatnonzero(is_cut).tolist():
        among = np.array(touching[block], dtype=np.intp)
        parts = shapely.area(shapely.intersection(pieces[among], blocks[block]))
        if parts.sum() > 0:
            lived[among] += counts[block] * parts / parts.sum()
    return lived


def _are_cut(pieces: Geometries, blocks: Geometries, home: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which blocks lie in more than the piece that has their middle; a block without one is outside, or cut."""
    is_cut = home < 0
    rest = np.flatnonzero(~is_cut)
    doubtful = rest[~shapely.covers(pieces[home[rest]], blocks[rest])]
    outside = shapely.area(shapely.difference(blocks[doubtful], pieces[home[doubtful]]))
    is_cut[doubtful[outside > LEAST_M2]] = True
    return is_cut
