"""The partition of a plan as it would be published, read from the database."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.geography.queries import registers
from gridsvc.geography.shapes import from_wkb
from gridsvc.plans.overlaps import Households
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.succession import DrawnGrid


def drawn_grids(
    session: Session, plan_id: UUID, communities: Sequence[str] | None = None, *, shaped: bool = True
) -> list[DrawnGrid]:
    """The grids of a plan as they are drawn now, in order of their keys; of some communities, with shapes or not."""
    rows = queries.drawn_grids(session, plan_id, communities)
    packed = [bytes.fromhex(row.geom) for row in rows] if shaped else [None] * len(rows)
    return [
        DrawnGrid(
            key=row.key,
            community_code=row.community_code,
            grid_id=row.grid_id,
            kind=row.kind,
            name=row.name,
            code=row.code,
            decided=row.decided,
            fresh_code=row.fresh_code,
            area_m2=row.area_m2,
            counts=row.counts,
            shape=shape,
            geom=row.geom,
        )
        for row, shape in zip(rows, from_wkb(packed), strict=True)
    ]


def households_of(session: Session, communities: Sequence[str]) -> Households:
    """The blocks of communities with the households in each."""
    blocks = registers.blocks_of(session, communities)
    return Households.of(blocks, from_wkb([block.wkb for block in blocks]))
