"""Areas where a coverage fails: ground that two pieces share, that none covers, or that lies outside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gridsvc.core.findings import Finding, FindingKind
from gridsvc.core.lattice import Geometries
from gridsvc.core.metric import in_frame
from gridsvc.core.pieces import Pieces

# An area smaller than 1 m² and on average narrower than 2 cm is what rounding and resurveying leave behind. It is
# still a fault, but named for what it is: a border that does not match.
TOLERANCE_M2 = 1.0
TOLERANCE_M = 0.02
# Below a square centimetre an intersection is arithmetic; the unmatched edges around it are reported all the same.
NOISE_M2 = 1e-4


@dataclass(frozen=True)
class _Cut:
    """The polygons of one kind that an overlay left, with the pieces each concerns."""

    kind: FindingKind
    message: str
    polygons: Geometries
    concerned: Sequence[tuple[int, ...]]
    community: str | None = None


def overlaps(pieces: Pieces) -> Iterator[Finding]:
    """Ground that two pieces cover. One of every such pair has bad edges, so only those are looked at."""
    bad = np.unique(pieces.bad_owner)
    left, right = pieces.tree.query(pieces.polygons[bad], predicate="intersects")
    pairs = np.sort(np.column_stack([bad[left], right]), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    shared, rows = _polygons(shapely.intersection(pieces.polygons[pairs[:, 0]], pieces.polygons[pairs[:, 1]]))
    message = f"two {pieces.names.piece}s cover the same ground"
    concerned = [(int(a), int(b)) for a, b in pairs[rows]]
    yield from _findings(pieces, _Cut(FindingKind.OVERLAP, message, shared, concerned))


def gaps_and_pieces_outside(pieces: Pieces, communities: Iterable[str]) -> Iterator[Finding]:
    """Ground of these communities that no piece covers, and ground of their pieces that lies outside them."""
    name = pieces.names
    for code in communities:
        whole, members = pieces.communities[code], pieces.members(code)
        # Where nothing overlaps the union is the outline of the unmatched edges, found much faster.
        is_clean = not np.isin(members, pieces.bad_owner).any()
        covered = (shapely.coverage_union_all if is_clean else shapely.union_all)(pieces.polygons[members])
        missing, _ = _polygons(np.array([shapely.difference(whole, covered)], dtype=object))
        near = [tuple(sorted(i for i in found if pieces.owners[i] == code)) for found in pieces.touching(missing)]
        message = f"no {name.piece} covers this ground of the {name.whole} {code}"
        yield from _findings(pieces, _Cut(FindingKind.GAP, message, missing, near, code))
        outside, rows = _polygons(shapely.difference(pieces.polygons[members], whole))
        own = [(int(members[row]),) for row in rows]
        message = f"the {name.piece} reaches out of its {name.whole} {code}"
        yield from _findings(pieces, _Cut(FindingKind.OUTSIDE_COMMUNITY, message, outside, own, code))


def _polygons(overlay: Geometries) -> tuple[Geometries, NDArray[np.intp]]:
    """The polygons in the results of an overlay and the row each comes from; points and lines are left out."""
    parts, rows = shapely.get_parts(overlay, return_index=True)
    is_area = shapely.area(parts) > 0
    return parts[is_area], rows[is_area]


def _findings(pieces: Pieces, cut: _Cut) -> Iterator[Finding]:
    """A finding for each area, and one for all the slivers of rounding along one border."""
    parts_m = in_frame(cut.polygons, pieces.frame)
    area, half_outline = shapely.area(parts_m), shapely.length(parts_m) / 2
    is_sliver = (area < TOLERANCE_M2) & (area < TOLERANCE_M * half_outline)
    slivers: dict[tuple[int, ...], list[int]] = {}
    for row in np.flatnonzero(area >= NOISE_M2).tolist():
        pieces.reported_m.append(parts_m[row])
        concerned = cut.concerned[row]
        if is_sliver[row]:
            slivers.setdefault(concerned, []).append(row)
            continue
        size = (float(area[row]), 0.0)
        yield pieces.finding(cut.kind, cut.polygons[row], concerned, cut.message, size=size, community=cut.community)
    for concerned, rows in slivers.items():
        yield pieces.finding(
            FindingKind.UNMATCHED_BORDER,
            _together(cut.polygons[rows]),
            concerned,
            f"mere slivers: {cut.message}",
            size=(float(area[rows].sum()), float(half_outline[rows].sum())),
            community=cut.community,
        )


def _together(polygons: Geometries) -> BaseGeometry:
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(list(polygons))
