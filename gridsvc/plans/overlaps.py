"""What old and new grids have in common: ground in m² and households, measured between two coverages."""

from collections.abc import Sequence
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


@dataclass(frozen=True)
class Portions:
    """Which part of which block lies in which piece: three columns, the shares of a block sum to 1."""

    piece: NDArray[np.intp]
    block: NDArray[np.intp]
    share: NDArray[np.float64]

    def sums(self, counts: NDArray[np.float64], pieces: int) -> NDArray[np.float64]:
        """What the counts of the blocks come to in each of so many pieces; a column of counts, or several."""
        found = np.zeros((pieces, *counts.shape[1:]))
        share = self.share.reshape(-1, *[1] * (counts.ndim - 1))
        np.add.at(found, self.piece, counts[self.block] * share)
        return found


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
    inhabited = np.flatnonzero(lived.counts)
    portions = _portions(common, in_frame(lived.shapes[inhabited], frame))
    lived_in = portions.sums(lived.counts[inhabited], len(common))
    return [
        Overlap(parents.keys[parent], children.keys[child], area, households)
        for parent, child, area, households in zip(*pairs.tolist(), areas.tolist(), lived_in.tolist(), strict=True)
    ]


def portions(pieces_4326: Geometries, blocks_4326: Geometries) -> Portions:
    """Which part of each block lies in which piece of a coverage; a block outside of it is in none."""
    if not len(pieces_4326) or not len(blocks_4326):
        nothing = np.empty(0, dtype=np.intp)
        return Portions(nothing, nothing, np.empty(0))
    frame = frame_of(pieces_4326)
    return _portions(in_frame(pieces_4326, frame), in_frame(blocks_4326, frame))


def _portions(pieces: Geometries, blocks: Geometries) -> Portions:
    shapely.prepare(pieces)
    found = shapely.STRtree(blocks).query(pieces, predicate="intersects")
    inside = shapely.covers(pieces[found[0]], shapely.point_on_surface(blocks[found[1]]))
    home = np.full(len(blocks), -1, dtype=np.intp)
    home[found[1][inside]] = found[0][inside]
    is_cut = _are_cut(pieces, blocks, home)
    whole = np.flatnonzero(~is_cut)
    among = is_cut[found[1]]
    piece, block = found[0][among], found[1][among]
    parts = shapely.area(shapely.intersection(pieces[piece], blocks[block]))
    sums = np.bincount(block, weights=parts, minlength=len(blocks))
    real = sums[block] > 0
    piece, block, parts = piece[real], block[real], parts[real]
    return Portions(
        np.concatenate([home[whole], piece]),
        np.concatenate([whole, block]),
        np.concatenate([np.ones(len(whole)), parts / sums[block]]),
    )


def _are_cut(pieces: Geometries, blocks: Geometries, home: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which blocks lie in more than the piece that has their middle; a block without one is outside, or cut."""
    is_cut = home < 0
    rest = np.flatnonzero(~is_cut)
    doubtful = rest[~shapely.covers(pieces[home[rest]], blocks[rest])]
    outside = shapely.area(shapely.difference(blocks[doubtful], pieces[home[doubtful]]))
    is_cut[doubtful[outside > LEAST_M2]] = True
    return is_cut
