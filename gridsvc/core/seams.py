"""Borders that do not match vertex by vertex: between two pieces, and between a community and its pieces."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.cuts import TOLERANCE_M
from gridsvc.core.findings import Finding, FindingKind
from gridsvc.core.lattice import Geometries, counted, edge_keys, has_row, lines_of
from gridsvc.core.metric import in_frame
from gridsvc.core.pieces import TOUCH_DEG, Pieces

_NO_EDGES = np.zeros((0, 2), dtype=np.int64)


def odd_edges(pieces: Pieces) -> dict[str, NDArray[np.int64]]:
    """By community, the edges that do not fit; communities that are tiled exactly are left out.

    An edge inside a community occurs twice among its pieces, an edge on its border once there and once in the community
    itself. If nothing overlaps and every edge occurs twice, the outlines are the same and the tiling is exact.
    """
    codes = sorted(set(pieces.owners.tolist()) & set(pieces.communities))
    place = {code: i for i, code in enumerate(codes)}
    community = np.array([place.get(owner, -1) for owner in pieces.owners], dtype=np.int64)[pieces.edge_owner]
    wholes = np.empty(len(codes), dtype=object)
    wholes[:] = [pieces.communities[code] for code in codes]
    ring_edges, ring_owner = edge_keys(wholes)
    of_pieces = np.column_stack([community, pieces.edges])[community >= 0]
    rows, times = counted(np.vstack([of_pieces, np.column_stack([ring_owner, ring_edges])]))
    odd = rows[times != 2]
    bounds = np.searchsorted(odd[:, 0], np.arange(len(codes) + 1)).tolist()
    return {
        code: odd[start:stop, 1:] for code, (start, stop) in zip(codes, pairwise(bounds), strict=True) if stop > start
    }


def unmatched_borders(pieces: Pieces, odd: Mapping[str, NDArray[np.int64]]) -> Iterator[Finding]:
    """Findings for the edges that do not fit and are not the outline of an area that is reported itself.

    First those along the border of a community, then the others: borders where two pieces meet badly.
    """
    reported = shapely.STRtree(pieces.reported_m)
    on_ring, inside = [_NO_EDGES], [pieces.bad_edges]
    for code, edges in odd.items():
        along = _runs_along(lines_of(edges), shapely.boundary(pieces.communities[code]))
        on_ring.append(edges[along])
        inside.append(edges[~along])
        yield from _at_community(pieces, code, _fresh(pieces, reported, edges[along]))
    wanted = has_row(pieces.edges, np.vstack(inside)) & ~has_row(pieces.edges, np.vstack(on_ring))
    edges, owner = pieces.edges[wanted], pieces.edge_owner[wanted]
    fresh = has_row(edges, _fresh(pieces, reported, np.unique(edges, axis=0)))
    yield from _between_pieces(pieces, lines_of(edges[fresh]), owner[fresh])


def _at_community(pieces: Pieces, code: str, edges: NDArray[np.int64]) -> Iterator[Finding]:
    if not len(edges):
        return
    own = has_row(edges, edge_keys(np.array([pieces.communities[code]], dtype=object))[0])
    shape = _joined(lines_of(edges[own] if own.any() else edges))  # both draw the same border: once is enough
    near = [i for i in pieces.touching(np.array([shape], dtype=object))[0] if pieces.owners[i] == code]
    name = pieces.names
    message = f"the {name.piece}s do not meet the border of the {name.whole} {code} vertex by vertex"
    yield pieces.finding(FindingKind.UNMATCHED_BORDER, shape, near, message, community=code)


def _between_pieces(pieces: Pieces, lines: Geometries, owner: NDArray[np.intp]) -> Iterator[Finding]:
    """One finding for each two pieces whose common border is drawn by these lines; of two drawings the shorter."""
    groups: dict[tuple[int, ...], dict[int, list[BaseGeometry]]] = {}
    near = pieces.touching(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    for line, others, mine in zip(lines, near, owner.tolist(), strict=True):
        for pair in [tuple(sorted({mine, other})) for other in others - {mine}] or [(mine,)]:
            groups.setdefault(pair, {}).setdefault(mine, []).append(line)
    for pair, sides in sorted(groups.items()):
        shape = min((_joined(np.array(side, dtype=object)) for side in sides.values()), key=lambda shape: shape.length)
        message = f"the {pieces.names.piece}s meet, but not vertex by vertex"
        yield pieces.finding(FindingKind.UNMATCHED_BORDER, shape, pair, message)


def _runs_along(lines: Geometries, border: BaseGeometry) -> NDArray[np.bool_]:
    """Which edges lie on the border: with the middle and both ends."""
    shapely.prepare(border)
    return _everywhere(lines, lambda points: shapely.dwithin(points, border, TOUCH_DEG))


def _fresh(pieces: Pieces, reported: shapely.STRtree, edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """The edges that do not just draw the outline of reported areas, that is, leave it in the middle or at an end."""

    def is_drawn(points: Geometries) -> NDArray[np.bool_]:
        near, _ = reported.query(in_frame(points, pieces.frame), predicate="dwithin", distance=TOLERANCE_M)
        return np.isin(np.arange(len(points)), near)

    return edges[~_everywhere(lines_of(edges), is_drawn)]


def _everywhere(lines: Geometries, holds: Callable[[Geometries], NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """For which lines something holds at the middle and both ends; later points are asked of fewer lines."""
    left = np.arange(len(lines))
    for share in (0.5, 0.0, 1.0):
        left = left[holds(shapely.line_interpolate_point(lines[left], share, normalized=True))]
    return np.isin(np.arange(len(lines)), left)


def _joined(lines: Geometries) -> BaseGeometry:
    joined: BaseGeometry = shapely.line_merge(shapely.MultiLineString(list(lines)))
    return joined
