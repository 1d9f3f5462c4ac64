"""What must hold before grids are published: sound features, known communities, an exact coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gridsvc.core import geojson
from gridsvc.core.coverage import Finding, GridPiece, coverage_report
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NetHasFaults, UnknownCommunity
from gridsvc.geography.faults import MAX_CODE_LENGTH, FaultList
from gridsvc.geography.grouping import first_covering
from gridsvc.geography.queries import nets, registers
from gridsvc.geography.shapes import Shapes, checked_polygons, from_wkb

KINDS = ("basic", "dedicated")
Ground: TypeAlias = Mapping[str, BaseGeometry | None]


class CommunityHasGrids(Conflict):
    """The community has grids in this net already; they are changed by a plan, not by an import."""

    code = "community_has_grids"


class VersionTooEarly(Conflict):
    """A later version of the net exists; versions are published in the order of their effect."""

    code = "version_too_early"


@dataclass(frozen=True)
class GridDraft:
    """A grid to publish; its polygon is degrees (WGS 84).

    Without a community it is the one the grid lies in; without a code one is given; without a name it is called by its
    number (第一网格); without counts the blocks inside are summed.
    """

    polygon: BaseGeometry | None
    community_code: str | None = None
    code: str | None = None
    name: str | None = None
    kind: str = "basic"
    counts: Mapping[str, int] | None = None
    synthetic: bool = False


def checked_drafts(drafts: Sequence[GridDraft]) -> Shapes:
    """The polygons as they may be stored. Raises InvalidInput with everything that is wrong with single features."""
    if not drafts:
        raise InvalidInput("There are no grids to publish.")
    faults = FaultList()
    shapes = checked_polygons([draft.polygon for draft in drafts], faults)
    for index, draft in enumerate(drafts):
        if draft.code is not None:
            faults.check_text(index, "the code", draft.code, longest=MAX_CODE_LENGTH)
        if draft.name is not None:
            faults.check_text(index, "the name", draft.name)
        if draft.kind not in KINDS:
            faults.add(index, "unknown_kind", f"{draft.kind!r} is not one of {', '.join(KINDS)}")
        faults.check_counts(index, draft.counts or {})
    faults.refuse()
    return shapes


def refuse_out_of_order(session: Session, net_id: UUID, start: datetime) -> None:
    """Raises VersionTooEarly if the net has a version at or after that moment."""
    last = nets.latest_version(session, net_id)
    if last is not None and start <= last.effective_at:
        raise VersionTooEarly(
            f"Version {last.number} of the net takes effect at {last.effective_at.isoformat()}; "
            f"a new one must be later than that, and {start.isoformat()} is not."
        )


def ground_of(session: Session, drafts: Sequence[GridDraft], start: datetime) -> Ground:
    """The communities in question with their outlines: those named, or all if one must be found by position."""
    named = {draft.community_code for draft in drafts if draft.community_code}
    wanted = None if any(draft.community_code is None for draft in drafts) else named
    rows = registers.community_shapes(session, start, wanted)
    return {row.code: shape for row, shape in zip(rows, from_wkb([row.wkb for row in rows]), strict=True)}


def owners_of(drafts: Sequence[GridDraft], shapes: Shapes, ground: Ground, start: datetime) -> list[str]:
    """The community of each grid: the one named, or the one that has a point inside the grid.

    Raises UnknownCommunity for each grid whose community is not registered or has no outline.
    """
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    outlined = [code for code, outline in ground.items() if outline is not None]
    outlines = np.array([ground[code] for code in outlined], dtype=object)
    found = first_covering(outlines, inside[:, 0], inside[:, 1]).tolist()
    owners, faults = [], FaultList()
    for index, (draft, place) in enumerate(zip(drafts, found, strict=True)):
        owner = draft.community_code or (outlined[place] if place >= 0 else "")
        owners.append(owner)
        if not owner:
            faults.add(index, UnknownCommunity.code, "the grid lies in no registered community")
        elif owner not in ground:
            faults.add(
                index, UnknownCommunity.code, f"the community {owner} is not registered (at {start:%Y-%m-%d %H:%M %Z})"
            )
        elif ground[owner] is None:
            faults.add(index, UnknownCommunity.code, f"the community {owner} has no outline yet")
    faults.refuse(UnknownCommunity)
    return owners


def refuse_second_net(session: Session, net_id: UUID, owners: Sequence[str], start: datetime) -> None:
    """Raises CommunityHasGrids if a community has grids of this net at or after that moment."""
    there = nets.communities_with_grids(session, net_id, set(owners), start)
    faults = FaultList()
    for index, owner in enumerate(owners):
        if owner in there:
            faults.add(index, CommunityHasGrids.code, f"the community {owner} has grids in this net already")
    faults.refuse(CommunityHasGrids)


def refuse_faults(drafts: Sequence[GridDraft], shapes: Shapes, owners: Sequence[str], ground: Ground) -> None:
    """Raises NetHasFaults with every place where the grids do not tile their communities, and its geometry."""
    names = [draft.code or f"feature {index + 1}" for index, draft in enumerate(drafts)]
    pieces = [GridPiece(*piece) for piece in zip(names, owners, shapes, strict=True)]
    outlines = {owner: outline for owner in set(owners) if (outline := ground[owner]) is not None}
    faults = FaultList()
    for finding in coverage_report(outlines, pieces):
        if finding.is_fault:
            faults.note(fault_of(finding))
    faults.refuse(NetHasFaults, "The grids do not cover their communities exactly")


def fault_of(finding: Finding) -> Fault:
    """A finding as a fault that names its grids and communities and carries its geometry."""
    size = f"{finding.size_m2:,.2f} m²" if finding.size_m2 else f"{finding.size_m:,.2f} m"
    message = f"{finding.message} ({size}; community {', '.join(finding.community_codes)})"
    geometry = None if finding.geometry.is_empty else geojson.geometry_object(finding.geometry)
    return Fault(", ".join(finding.codes or finding.community_codes), finding.kind.value, message, geometry)
