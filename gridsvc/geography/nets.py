"""Publishing grids: the first net of communities, checked as a coverage, numbered, and in effect from a moment on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from sqlalchemy.orm import Session

from gridsvc.core.metric import frame_of, in_frame
from gridsvc.geography.gate import BASE_NET, exclusive_gate
from gridsvc.geography.grouping import summed_counts
from gridsvc.geography.netcheck import (
    CommunityHasGrids,
    GridDraft,
    VersionTooEarly,
    checked_drafts,
    ground_of,
    owners_of,
    refuse_faults,
    refuse_out_of_order,
    refuse_second_net,
)
from gridsvc.geography.numbering import Numbered, default_name, number_grids, stored_scheme
from gridsvc.geography.queries import nets, registers
from gridsvc.geography.shapes import Shapes, as_shapes, on_frozen_rings, to_ewkb
from gridsvc.geography.tables import NetVersion
from gridsvc.infra.copying import Same, copy_columns, fresh_ids, range_from
from gridsvc.infra.db import new_id

__all__ = ["STANDARD_SCHEME", "CommunityHasGrids", "GridDraft", "PublishedNet", "VersionTooEarly", "publish_grids"]

STANDARD_SCHEME = "standard15"


@dataclass(frozen=True)
class PublishedNet:
    """A published net version; `codes` and `grid_ids` are in the order of the drafts."""

    net_version_id: UUID
    number: int
    effective_at: datetime
    codes: tuple[str, ...]
    grid_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class _Grids:
    """Checked grids as columns."""

    drafts: Sequence[GridDraft]
    shapes: Shapes
    owners: Sequence[str]
    scheme: str
    numbered: Numbered
    areas_m2: Sequence[float]
    counts: Sequence[Mapping[str, int]]


def publish_grids(
    session: Session,
    drafts: Sequence[GridDraft],
    *,
    scheme: str = STANDARD_SCHEME,
    effective_at: datetime | None,
    by: str,
    net_key: str = BASE_NET,
) -> PublishedNet:
    """Publishes the grids of communities that have none yet, as a new version of the net.

    `effective_at` may lie in the past (an existing net is brought in), but not at or before a version that is there;
    None means the moment at which everything is ready. Edges along the border of a community get its frozen vertices;
    apart from that nothing is changed, and nothing is stored if anything is wrong: InvalidInput for broken features,
    UnknownCommunity, CommunityHasGrids, NetHasFaults with a fault and its geometry for every place where the grids do
    not tile their communities, InvalidCode, CodeTaken, CodesExhausted, VersionTooEarly.

    The database refuses a living grid that nobody answers for when the transaction commits: the caller adds a main row
    or a named vacancy for each grid (`people.staffing.import_grids_with_vacancies` does both).
    """
    registers.expect_long_work(session)
    shapes = checked_drafts(drafts)
    net_id = nets.ensure_net(session, net_key, net_key)
    nets.lock_net(session, net_key)
    start = effective_at or nets.now(session)
    refuse_out_of_order(session, net_id, start)
    ground = ground_of(session, drafts, start)
    owners = owners_of(drafts, shapes, ground, start)
    refuse_second_net(session, net_id, owners, start)
    shapes = on_frozen_rings(shapes, as_shapes([ground[owner] for owner in sorted(set(owners))]))
    refuse_faults(drafts, shapes, owners, ground)
    grids = _measured(session, drafts, shapes, owners, scheme)
    # An import is rare: intake may wait behind the gate for the fraction of a second that writing takes.
    passed_at = exclusive_gate(session, net_key).passed_at
    version = _new_version(session, net_id, passed_at=passed_at, effective_at=effective_at or passed_at, by=by)
    ids = _store(session, grids, version)
    return PublishedNet(version.id, version.number, version.effective_at, tuple(grids.numbered.codes), ids)


def _measured(
    session: Session, drafts: Sequence[GridDraft], shapes: Shapes, owners: Sequence[str], scheme: str
) -> _Grids:
    """The grids with their codes, areas and counts; where they lie for numbering is told by their centroids."""
    plane = in_frame(shapes, frame_of(shapes))
    middles = shapely.get_coordinates(shapely.centroid(plane))
    places = (middles[:, 0].tolist(), middles[:, 1].tolist())
    numbered = number_grids(session, stored_scheme(session, scheme), [draft.code for draft in drafts], owners, places)
    return _Grids(
        drafts, shapes, owners, scheme, numbered, shapely.area(plane).tolist(), _counts(session, drafts, shapes, owners)
    )


def _counts(
    session: Session, drafts: Sequence[GridDraft], shapes: Shapes, owners: Sequence[str]
) -> list[Mapping[str, int]]:
    """What is in each grid: as given, or the sums of the blocks in it."""
    if all(draft.counts is not None for draft in drafts):
        return [dict(draft.counts or {}) for draft in drafts]
    summed = summed_counts(registers.blocks_of(session, set(owners)), shapes, owners)
    return [made if draft.counts is None else dict(draft.counts) for draft, made in zip(drafts, summed, strict=True)]


def _new_version(session: Session, net_id: UUID, *, passed_at: datetime, effective_at: datetime, by: str) -> NetVersion:
    last = nets.latest_version(session, net_id)
    version = NetVersion(
        id=new_id(),
        net_id=net_id,
        number=1 if last is None else last.number + 1,
        published_at=passed_at,
        effective_at=effective_at,
        published_by=by,
    )
    session.add(version)
    session.flush()
    return version


def _store(session: Session, grids: _Grids, version: NetVersion) -> tuple[UUID, ...]:
    """Writes identities, codes and versions of the grids; returns their ids."""
    many = len(grids.drafts)
    ids = tuple(new_id() for _ in range(many))
    codes: dict[str, Sequence[Any] | Same] = {
        "scheme": Same(grids.scheme),
        "code": grids.numbered.codes,
        "community_code": grids.owners,
    }
    copy_columns(session, "grid", {"id": ids, "net_id": Same(version.net_id)})
    copy_columns(session, "grid_code", codes | {"grid_id": ids, "sequence": grids.numbered.sequences})
    names = [
        draft.name or default_name(code, sequence)
        for draft, code, sequence in zip(grids.drafts, grids.numbered.codes, grids.numbered.sequences, strict=True)
    ]
    own: dict[str, Sequence[Any] | Same] = {
        "id": fresh_ids(many),
        "grid_id": ids,
        "net_id": Same(version.net_id),
        "net_version_id": Same(version.id),
        "kind": [draft.kind for draft in grids.drafts],
        "name": names,
        "geom": to_ewkb(grids.shapes),
        "area_m2": grids.areas_m2,
        "counts": grids.counts,
        "synthetic": [draft.synthetic for draft in grids.drafts],
        "valid": Same(range_from(version.effective_at)),
    }
    copy_columns(session, "grid_version", codes | own)
    return ids
