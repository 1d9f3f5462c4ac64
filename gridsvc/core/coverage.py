"""The coverage as values: whether grids tile their communities exactly, and every place where they do not.

The same check serves blocks in communities and communities in streets; only the names in the messages differ.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core.cuts import TOLERANCE_M, TOLERANCE_M2, gaps_and_pieces_outside, overlaps
from gridsvc.core.densify import densify, densify_along
from gridsvc.core.findings import Finding, FindingKind
from gridsvc.core.pieces import GridPiece, Names, Pieces, invalid_finding
from gridsvc.core.seams import odd_edges, unmatched_borders

__all__ = [
    "TOLERANCE_M",
    "TOLERANCE_M2",
    "Finding",
    "FindingKind",
    "GridPiece",
    "Names",
    "coverage_report",
    "densify",
    "densify_along",
]


def coverage_report(
    communities: Mapping[str, BaseGeometry], grids: Sequence[GridPiece], names: Names | None = None
) -> tuple[Finding, ...]:
    """Every place where the grids do not tile their communities; empty if they do so exactly, vertex by vertex.

    Coordinates are WGS 84 degrees on the grid of 1e-7 (ValueError if not). First the coverage is proven: no two pieces
    overlap or meet badly (`coverage_is_valid`), and the edges that only one grid of a community has are exactly those
    of the community. Only where that fails are shapes cut to find the faults. Areas beyond the tolerances are gaps,
    overlaps and pieces outside; mere slivers are unmatched borders, so nothing is hidden. A community without any grid
    is not asked for. What is not a valid polygon is reported and left out, so that its ground shows as a gap.
    """
    names = names or Names()
    broken = {code: invalid_finding(area, names.whole, (), code) for code, area in communities.items()}
    wholes = {code: area for code, area in communities.items() if broken[code] is None}
    faults = [invalid_finding(grid.polygon, names.piece, (grid.code,), grid.community_code) for grid in grids]
    sound = [grid for grid, fault in zip(grids, faults, strict=True) if fault is None]
    found = [fault for fault in (*broken.values(), *faults) if fault is not None]
    if sound:
        pieces = Pieces.of(wholes, sound, names)
        odd = odd_edges(pieces)
        found += _unknown(pieces, set(communities))
        found += _multipart(pieces)
        found += overlaps(pieces)
        found += gaps_and_pieces_outside(pieces, odd)
        found += unmatched_borders(pieces, odd)
    order = list(FindingKind)
    return tuple(sorted(found, key=lambda f: (order.index(f.kind), f.community_codes, f.codes, -f.size_m2, -f.size_m)))


def _unknown(pieces: Pieces, registered: set[str]) -> Iterator[Finding]:
    for i, owner in enumerate(pieces.owners):
        if owner not in registered:
            message = f"the {pieces.names.whole} {owner} is not registered"
            yield pieces.finding(FindingKind.UNKNOWN_COMMUNITY, pieces.polygons[i], [i], message)


def _multipart(pieces: Pieces) -> Iterator[Finding]:
    counts = shapely.get_num_geometries(pieces.polygons)
    for i in np.flatnonzero(counts > 1).tolist():
        message = f"the {pieces.names.piece} consists of {counts[i]} separate parts"
        yield pieces.finding(FindingKind.MULTIPART, pieces.polygons[i], [i], message)
