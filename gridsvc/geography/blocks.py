"""Registering blocks: the atoms of division, with the counts of what is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from gridsvc.core.errors import UnknownCommunity
from gridsvc.core.metric import area_m2
from gridsvc.geography.faults import MAX_CODE_LENGTH, FaultList
from gridsvc.geography.queries import registers
from gridsvc.geography.shapes import Shapes, as_shapes, checked_polygons, from_wkb, on_frozen_rings, to_ewkb
from gridsvc.geography.tables import Block
from gridsvc.infra.copying import Same, copy_columns, fresh_ids

# Two centimetres in degrees: what rounding and densifying may move a shared border, and no more.
BORDER_TOLERANCE_DEG = 2e-7


@dataclass(frozen=True)
class BlockBatch:
    """Blocks to register, as columns of equal length. Polygons are degrees (WGS 84), counts by kind (households …)."""

    codes: Sequence[str]
    community_codes: Sequence[str]
    polygons: Sequence[BaseGeometry | None]
    counts: Sequence[Mapping[str, int]]
    names: Sequence[str | None] | None = None
    synthetic: bool = False


def register_blocks(session: Session, batch: BlockBatch) -> int:
    """Adds the blocks; returns their number.

    All faults are told at once by feature number and nothing is stored: a code that is missing, comes twice or is
    registered already; an unknown community (UnknownCommunity if nothing else is wrong); a broken polygon or one that
    leaves its community by more than two centimetres; a count that is not a whole number from 0. Edges along the
    border of a community get its frozen vertices. Whether blocks tile their communities is told by the health report.
    """
    registers.expect_long_work(session)
    faults = FaultList()
    for index, code in enumerate(batch.codes):
        faults.check_text(index, "the code", code, longest=MAX_CODE_LENGTH)
    faults.check_codes(list(batch.codes), registers.taken_codes(session, Block, batch.codes))
    for index, counts in enumerate(batch.counts):
        faults.check_counts(index, counts)
    shapes = checked_polygons(batch.polygons, faults)
    communities = _communities(session, batch, faults)
    _check_inside(batch.community_codes, communities, shapes, faults)
    only_unknown = faults.total and all(fault.code == UnknownCommunity.code for fault in faults.listed)
    faults.refuse(UnknownCommunity) if only_unknown else faults.refuse()
    rings = as_shapes([outline for outline in communities.values() if outline is not None])
    return copy_columns(
        session,
        "block",
        {
            "id": fresh_ids(len(batch.codes)),
            "code": batch.codes,
            "name": batch.names or [None] * len(batch.codes),
            "community_code": batch.community_codes,
            "geom": to_ewkb(on_frozen_rings(shapes, rings)),
            "counts": [dict(counts) for counts in batch.counts],
            "synthetic": Same(batch.synthetic),
        },
    )


def _communities(session: Session, batch: BlockBatch, faults: FaultList) -> dict[str, BaseGeometry | None]:
    rows = registers.current_communities(session, set(batch.community_codes))
    known = {row.code: shape for row, shape in zip(rows, from_wkb([row.wkb for row in rows]), strict=True)}
    for index, code in enumerate(batch.community_codes):
        if code not in known:
            faults.add(index, UnknownCommunity.code, f"the community {code} is not registered")
    return known


def _check_inside(
    community_codes: Sequence[str], communities: Mapping[str, BaseGeometry | None], shapes: Shapes, faults: FaultList
) -> None:
    """Notes blocks that leave their community by more than the tolerance; one without an outline holds anything."""
    owners = np.array(community_codes, dtype=object)
    for code, outline in communities.items():
        mine = np.flatnonzero((owners == code) & ~shapely.is_missing(shapes))
        if outline is None or not len(mine):
            continue
        wide = shapely.buffer(outline, BORDER_TOLERANCE_DEG, quad_segs=1, join_style="mitre")
        shapely.prepare(wide)
        for index in mine[~shapely.covers(wide, shapes[mine])].tolist():
            _note_outside(index, code, shapely.difference(shapes[index], outline), faults)


def _note_outside(index: int, code: str, outside: BaseGeometry, faults: FaultList) -> None:
    size_m2 = float(area_m2(np.array([outside], dtype=object))[0])
    message = f"{size_m2:,.1f} m² of the block lie outside its community {code}"
    faults.add(index, "outside_community", message, shapely.geometry.mapping(outside))
