"""The coverage as values: whether grids tile their communities exactly, and every place where they do not.

The same check serves blocks in communities and communities in streets; only the names in the messages differ.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.densify import densify, densify_along
from gridsvc.core.findings import Finding, FindingKind
from gridsvc.core.geojson import validity_fault
from gridsvc.core.lattice import Geometries, counted, edge_keys, has_row, lines_of
from gridsvc.core.metric import frame_of, in_frame

__all__ = ["Finding", "FindingKind", "GridPiece", "Names", "coverage_report", "densify", "densify_along"]

# A gap, overlap or piece outside that is nowhere wider than 2 cm and smaller than 1 m² is what rounding and
# resurveying leave behind. It is still a fault, but named for what it is: a border that does not match.
TOLERANCE_M = 0.02
TOLERANCE_M2 = 1.0
# Below a square centimetre an intersection is arithmetic; the unmatched edges around it are reported all the same.
NOISE_M2 = 1e-4
_NO_EDGES = np.zeros((0, 2), dtype=np.int64)
# Two steps of the coordinate grid: what lies nearer than this touches.
_TOUCH_DEG = 2e-7


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


def coverage_report(
    communities: Mapping[str, BaseGeometry], grids: Sequence[GridPiece], names: Names | None = None
) -> tuple[Finding, ...]:
    """Every place where the grids do not tile their communities; empty if they do so exactly, vertex by vertex.

    Coordinates lie on the grid of 1e-7 degrees (ValueError if not). First the coverage is proven: no two pieces overlap
    or meet badly (`coverage_is_valid`), and the edges that only one grid of a community has are exactly the edges of
    the community. Only where that fails are shapes cut to find the faults. A community without any grid is not asked
    for; a piece that is not a valid polygon is reported and left out, so that what it should cover shows as a gap.
    """
    check = _Check.prepared(communities, grids, names or Names())
    found = [*check.invalid, *_unknown(check), *_multipart(check)]
    if len(check.polygons):
        found += _overlaps(check)
        odd = _odd_edges(check)
        found += _gaps_and_pieces_outside(check, odd)
        found += _unmatched(check, odd)
    order = list(FindingKind)
    return tuple(sorted(found, key=lambda f: (order.index(f.kind), f.community_codes, f.codes, -f.size_m2, -f.size_m)))


@dataclass
class _Check:
    """The valid shapes of one check, its frame, and what has been found so far."""

    names: Names
    communities: dict[str, BaseGeometry]
    known: frozenset[str]
    invalid: list[Finding]
    codes: NDArray[np.object_]
    owners: NDArray[np.object_]
    polygons: Geometries
    frame: str = ""
    tree: shapely.STRtree = field(default_factory=lambda: shapely.STRtree([]))
    # All edges of the pieces, and which of them overlap or meet badly.
    edges: NDArray[np.int64] = field(default_factory=lambda: _NO_EDGES)
    edge_owner: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    bad_edges: NDArray[np.int64] = field(default_factory=lambda: _NO_EDGES)
    bad_owner: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    # Areas already reported, in metres and a hair wider.
    reported_m: list[BaseGeometry] = field(default_factory=list)

    @classmethod
    def prepared(cls, communities: Mapping[str, BaseGeometry], grids: Sequence[GridPiece], names: Names) -> "_Check":
        invalid: list[Finding] = []
        wholes = {code: area for code, area in communities.items() if _is_sound(area, names.whole, (), code, invalid)}
        sound = [g for g in grids if _is_sound(g.polygon, names.piece, (g.code,), g.community_code, invalid)]
        codes, owners, polygons = (np.empty(len(sound), dtype=object) for _ in range(3))
        for i, grid in enumerate(sound):
            codes[i], owners[i], polygons[i] = grid.code, grid.community_code, grid.polygon
        check = cls(names, wholes, frozenset(communities), invalid, codes, owners, polygons)
        if sound:
            check.frame = frame_of(polygons)
            check.tree = shapely.STRtree(polygons)
            check.edges, check.edge_owner = edge_keys(polygons)
            if not shapely.coverage_is_valid(polygons):
                check.bad_edges, check.bad_owner = edge_keys(shapely.coverage_invalid_edges(polygons))
        return check

    def members(self, community_code: str) -> NDArray[np.intp]:
        return np.flatnonzero(self.owners == community_code)

    def touching(self, shape: BaseGeometry) -> NDArray[np.intp]:
        """The pieces within a hair of the shape."""
        return np.sort(self.tree.query(shape, predicate="dwithin", distance=_TOUCH_DEG))

    def finding(
        self, kind: FindingKind, shape: BaseGeometry, pieces: Sequence[int], message: str, size: tuple[float, float]
    ) -> Finding:
        codes = tuple(sorted(str(self.codes[i]) for i in pieces))
        owners = tuple(sorted({str(self.owners[i]) for i in pieces}))
        return Finding(kind, shape, *size, codes, owners, message)


def _is_sound(area: BaseGeometry, name: str, codes: tuple[str, ...], community: str, invalid: list[Finding]) -> bool:
    """Whether this is a valid (multi)polygon; if not, a finding is added where it breaks."""
    fault = validity_fault(area)
    if area.geom_type not in ("Polygon", "MultiPolygon"):
        message = f"the {name} is not a polygon"
    elif fault is None:
        return True
    else:
        message = f"the {name} is not valid: {fault.message}"
    place = shapely.Point(fault.geometry["coordinates"]) if fault and fault.geometry else shapely.Point()
    invalid.append(Finding(FindingKind.INVALID_RING, place, 0.0, 0.0, codes, (community,), message))
    return False


def _unknown(check: _Check) -> Iterator[Finding]:
    for i, owner in enumerate(check.owners):
        if owner not in check.known:
            message = f"the {check.names.whole} {owner} is not registered"
            shape = check.polygons[i]
            yield check.finding(FindingKind.UNKNOWN_COMMUNITY, shape, [i], message, _size(check, shape))


def _multipart(check: _Check) -> Iterator[Finding]:
    counts = shapely.get_num_geometries(check.polygons)
    for i in np.flatnonzero(counts > 1).tolist():
        message = f"the {check.names.piece} consists of {counts[i]} separate parts"
        shape = check.polygons[i]
        yield check.finding(FindingKind.MULTIPART, shape, [i], message, _size(check, shape))


def _overlaps(check: _Check) -> Iterator[Finding]:
    """Pieces that share ground. One of every such pair has bad edges, so only those are looked at."""
    bad = np.unique(check.bad_owner)
    left, right = check.tree.query(check.polygons[bad], predicate="intersects")
    pairs = np.sort(np.column_stack([bad[left], right]), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    shared = shapely.intersection(check.polygons[pairs[:, 0]], check.polygons[pairs[:, 1]])
    for part, row in _areas(shared):
        message = f"two {check.names.piece}s cover the same ground"
        yield from _area_finding(check, FindingKind.OVERLAP, part, pairs[row].tolist(), message)


def _gaps_and_pieces_outside(check: _Check, odd: Iterable[str]) -> Iterator[Finding]:
    """Ground of a community that no piece covers, and ground of pieces that lies outside."""
    for code in odd:
        whole, members = check.communities[code], check.members(code)
        covered = shapely.union_all(check.polygons[members])
        for part, _ in _areas(np.array([shapely.difference(whole, covered)], dtype=object)):
            near = [i for i in check.touching(part) if check.owners[i] == code]
            message = f"no {check.names.piece} covers this ground of the {check.names.whole} {code}"
            yield from _area_finding(check, FindingKind.GAP, part, near, message, code)
        for part, row in _areas(shapely.difference(check.polygons[members], whole)):
            message = f"the {check.names.piece} reaches out of its {check.names.whole} {code}"
            yield from _area_finding(check, FindingKind.OUTSIDE_COMMUNITY, part, [members[row]], message)


def _odd_edges(check: _Check) -> dict[str, NDArray[np.int64]]:
    """By community, the edges that do not fit; communities that are tiled exactly are left out.

    An edge inside a community occurs twice among its pieces, an edge on its border once there and once in the community
    itself. If nothing overlaps and every edge occurs twice, the outlines are the same and the tiling is exact.
    """
    codes = sorted(set(check.owners.tolist()) & set(check.communities))
    place = {code: i for i, code in enumerate(codes)}
    community = np.array([place.get(owner, -1) for owner in check.owners], dtype=np.int64)[check.edge_owner]
    wholes = np.empty(len(codes), dtype=object)
    wholes[:] = [check.communities[code] for code in codes]
    ring_edges, ring_owner = edge_keys(wholes)
    of_pieces = np.column_stack([community, check.edges])[community >= 0]
    rows, times = counted(np.vstack([of_pieces, np.column_stack([ring_owner, ring_edges])]))
    odd = rows[times != 2]
    bounds = np.searchsorted(odd[:, 0], np.arange(len(codes) + 1)).tolist()
    return {
        code: odd[start:stop, 1:] for code, (start, stop) in zip(codes, pairwise(bounds), strict=True) if stop > start
    }


def _unmatched(check: _Check, odd: Mapping[str, NDArray[np.int64]]) -> Iterator[Finding]:
    """Edges that do not fit and are not the outline of an area that is reported itself.

    First those along the border of a community, then the others: borders where two pieces meet badly.
    """
    on_ring, inside = [_NO_EDGES], [check.bad_edges]
    for code, edges in odd.items():
        along = _runs_along(lines_of(edges), shapely.boundary(check.communities[code]))
        on_ring.append(edges[along])
        inside.append(edges[~along])
        yield from _unmatched_ring(check, code, edges[along])
    wanted = has_row(check.edges, np.vstack(inside)) & ~has_row(check.edges, np.vstack(on_ring))
    lines = lines_of(check.edges[wanted])
    fresh = ~_is_reported(check, lines)
    yield from _unmatched_pairs(check, lines[fresh], check.edge_owner[wanted][fresh])


def _unmatched_ring(check: _Check, code: str, edges: NDArray[np.int64]) -> Iterator[Finding]:
    lines = lines_of(edges)
    lines = lines[~_is_reported(check, lines)]
    if not len(lines):
        return
    own = has_row(edge_keys(lines)[0], edge_keys(np.array([check.communities[code]], dtype=object))[0])
    shape = _joined(lines[own] if own.any() else lines)  # both draw the same border: once is enough
    near = [i for i in check.touching(shape) if check.owners[i] == code]
    message = f"the {check.names.piece}s do not meet the border of the {check.names.whole} {code} vertex by vertex"
    finding = check.finding(FindingKind.UNMATCHED_BORDER, shape, near, message, _size(check, shape))
    yield _of_community(finding, code)


def _unmatched_pairs(check: _Check, lines: Geometries, owner: NDArray[np.intp]) -> Iterator[Finding]:
    """One finding for each two pieces whose common border is drawn by these lines; of two drawings the shorter."""
    groups: dict[tuple[int, ...], dict[int, list[BaseGeometry]]] = {}
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    for line, middle, mine in zip(lines, middles, owner.tolist(), strict=True):
        others = set(check.touching(middle).tolist()) - {mine}
        for pair in [tuple(sorted({mine, other})) for other in others] or [(mine,)]:
            groups.setdefault(pair, {}).setdefault(mine, []).append(line)
    for pair, sides in sorted(groups.items()):
        shape = min((_joined(np.array(side, dtype=object)) for side in sides.values()), key=lambda shape: shape.length)
        message = f"the {check.names.piece}s meet, but not vertex by vertex"
        yield check.finding(FindingKind.UNMATCHED_BORDER, shape, pair, message, _size(check, shape))


def _runs_along(lines: Geometries, border: BaseGeometry) -> NDArray[np.bool_]:
    """Which edges lie on the border: with both ends and the middle."""
    shapely.prepare(border)
    places = [shapely.line_interpolate_point(lines, share, normalized=True) for share in (0.0, 0.5, 1.0)]
    near = [shapely.dwithin(points, border, _TOUCH_DEG) for points in places]
    return np.asarray(np.logical_and.reduce(near))


def _is_reported(check: _Check, lines: Geometries) -> NDArray[np.bool_]:
    """Which lines only draw the outline of areas that are reported themselves."""
    reported = np.zeros(len(lines), dtype=bool)
    if check.reported_m and len(lines):
        region = shapely.get_parts(shapely.union_all(check.reported_m))
        drawn, _ = shapely.STRtree(region).query(in_frame(lines, check.frame), predicate="covered_by")
        reported[drawn] = True
    return reported


def _area_finding(
    check: _Check, kind: FindingKind, part: BaseGeometry, pieces: Sequence[int], message: str, community: str = ""
) -> Iterator[Finding]:
    """The finding of an area: under its own kind, or as an unmatched border if it is a sliver of rounding."""
    part_m = in_frame(np.array([part], dtype=object), check.frame)[0]
    if part_m.area < NOISE_M2:
        return
    check.reported_m.append(part_m.buffer(TOLERANCE_M))
    length = 0.0
    if part_m.area < TOLERANCE_M2 and part_m.buffer(-TOLERANCE_M / 2).is_empty:
        kind, length = FindingKind.UNMATCHED_BORDER, part_m.length / 2
        message = f"a sliver of rounding: {message}"
    finding = check.finding(kind, part, pieces, message, (part_m.area, length))
    yield _of_community(finding, community) if community else finding


def _of_community(finding: Finding, code: str) -> Finding:
    owners = tuple(sorted({code, *finding.community_codes}))
    return Finding(
        finding.kind, finding.geometry, finding.size_m2, finding.size_m, finding.codes, owners, finding.message
    )


def _areas(shapes: Geometries) -> Iterator[tuple[BaseGeometry, int]]:
    """The polygons in the results of an overlay, with the row each comes from; points and lines are left out."""
    parts, rows = shapely.get_parts(shapes, return_index=True)
    for part, row in zip(parts, rows, strict=True):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield part, int(row)


def _joined(lines: Geometries) -> BaseGeometry:
    joined: BaseGeometry = shapely.line_merge(shapely.MultiLineString(list(lines)))
    return joined


def _size(check: _Check, shape: BaseGeometry) -> tuple[float, float]:
    """Area and length in metres; the length of an area is not asked for."""
    shape_m = in_frame(np.array([shape], dtype=object), check.frame)[0]
    return (shape_m.area, 0.0) if shape_m.area else (0.0, shape_m.length)
