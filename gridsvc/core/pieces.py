"""The shapes of one coverage check: the pieces that are valid, ready for fast questions, and those that are not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.findings import Finding, FindingKind
from gridsvc.core.geojson import validity_fault
from gridsvc.core.lattice import Geometries, edge_keys
from gridsvc.core.metric import frame_of, in_frame

# Two steps of the coordinate grid: what lies nearer than this touches.
TOUCH_DEG = 2e-7


@dataclass(frozen=True)
class GridPiece:
    """A grid as the check sees it: its code, the code of its community, and its (multi)polygon in WGS 84 degrees."""

    code: str
    community_code: str
    polygon: BaseGeometry


@dataclass(frozen=True)
class Names:
    """What the whole and the piece are called in messages."""

    whole: str = "community"
    piece: str = "grid"


@dataclass
class Pieces:
    """The valid pieces and communities of one check, in arrays of the same order, and what was reported so far."""

    names: Names
    communities: Mapping[str, BaseGeometry]
    codes: Sequence[str]
    owners: NDArray[np.object_]
    polygons: Geometries
    frame: str
    tree: shapely.STRtree
    # All edges of the pieces, and which of them overlap or meet badly.
    edges: NDArray[np.int64]
    edge_owner: NDArray[np.intp]
    bad_edges: NDArray[np.int64]
    bad_owner: NDArray[np.intp]
    # Areas that are findings already, in metres: edges that only draw their outlines are no findings of their own.
    reported_m: list[BaseGeometry] = field(default_factory=list)

    @classmethod
    def of(cls, communities: Mapping[str, BaseGeometry], grids: Sequence[GridPiece], names: Names) -> "Pieces":
        """The arrays of valid shapes; at least one grid is needed."""
        owners, polygons = np.empty(len(grids), dtype=object), np.empty(len(grids), dtype=object)
        owners[:] = [grid.community_code for grid in grids]
        polygons[:] = [grid.polygon for grid in grids]
        bad: Geometries = np.empty(0, dtype=object)
        if not shapely.coverage_is_valid(polygons):
            bad = np.asarray(shapely.coverage_invalid_edges(polygons), dtype=object)
        return cls(
            names,
            communities,
            [grid.code for grid in grids],
            owners,
            polygons,
            frame_of(polygons),
            shapely.STRtree(polygons),
            *edge_keys(polygons),
            *edge_keys(bad),
        )

    def members(self, community_code: str) -> NDArray[np.intp]:
        """The pieces of a community."""
        return np.flatnonzero(self.owners == community_code)

    def touching(self, shapes: Geometries) -> list[set[int]]:
        """For each shape the pieces within a hair of it."""
        near: list[set[int]] = [set() for _ in shapes]
        shape, piece = self.tree.query(shapes, predicate="dwithin", distance=TOUCH_DEG)
        for row, other in zip(shape.tolist(), piece.tolist(), strict=True):
            near[row].add(other)
        return near

    def finding(
        self,
        kind: FindingKind,
        shape: BaseGeometry,
        pieces: Iterable[int],
        message: str,
        *,
        size: tuple[float, float] | None = None,
        community: str | None = None,
    ) -> Finding:
        """A finding about these pieces, and the community if one is named; measured here unless a size is given."""
        members = sorted(pieces)
        owners = {str(self.owners[i]) for i in members} | ({community} if community else set())
        codes = tuple(sorted(self.codes[i] for i in members))
        return Finding(kind, shape, *(size or self.size(shape)), codes, tuple(sorted(owners)), message)

    def size(self, shape: BaseGeometry) -> tuple[float, float]:
        """Square metres of an area, or metres of a line."""
        shape_m = in_frame(np.array([shape], dtype=object), self.frame)[0]
        return (shape_m.area, 0.0) if shape_m.area else (0.0, shape_m.length)


def invalid_finding(area: BaseGeometry, name: str, codes: tuple[str, ...], community: str) -> Finding | None:
    """The finding at the place where an area is not a valid (multi)polygon; None if it is one."""
    fault = validity_fault(area)
    if area.geom_type not in ("Polygon", "MultiPolygon"):
        message = f"the {name} is not a polygon"
    elif fault is None:
        return None
    else:
        message = f"the {name} is not valid: {fault.message}"
    place = shapely.Point(fault.geometry["coordinates"]) if fault and fault.geometry else shapely.Point()
    return Finding(FindingKind.INVALID_RING, place, 0.0, 0.0, codes, (community,), message)
