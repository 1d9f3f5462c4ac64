"""Queries on ground that changed hands by a plan: its pieces, and which things lie on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from gridsvc.geography.tables import GridVersion
from gridsvc.handover.tables import HandoverGround

Thing = Literal["incident", "subject", "patrol", "correction"]

# Where each thing is; a round is wherever a stop is that was not reached yet.
_PLACES: Mapping[str, str] = {
    "incident": "SELECT id, point FROM incident WHERE id = ANY(CAST(:ids AS uuid[]))",
    "subject": "SELECT id, point FROM care_subject WHERE id = ANY(CAST(:ids AS uuid[]))",
    "patrol": """
        SELECT stop.patrol_id AS id, coalesce(stop.point, door.point, ST_PointOnSurface(block.geom)) AS point
        FROM patrol_stop stop LEFT JOIN door ON door.id = stop.door_id LEFT JOIN block ON block.id = stop.block_id
        WHERE stop.patrol_id = ANY(CAST(:ids AS uuid[])) AND stop.visit_id IS NULL
    """,
    "correction": """
        SELECT correction.id, coalesce(door.point, visit.point) AS point
        FROM register_correction correction JOIN visit ON visit.id = correction.visit_id
        LEFT JOIN door ON door.id = correction.door_id WHERE correction.id = ANY(CAST(:ids AS uuid[]))
    """,
    "door": """
        SELECT door.id, door.point FROM handover_ground own
        JOIN grid_version child ON child.id = own.child_version_id
        JOIN door ON door.point && child.geom AND ST_Covers(child.geom, door.point)
        WHERE own.handover_id = :handover_id AND door.registered @> CAST(:at AS timestamptz)
    """,
}
# A place on a border belongs to the smallest code, before and after (architecture, rule 2): so it is looked up which
# version had it and which has it, and not asked whether both of a piece cover it.
_VERSION = """
    SELECT version.id FROM grid_version version
    WHERE version.geom && thing.point AND ST_Covers(version.geom, thing.point) AND version.net_id = handed.net_id
      AND version.valid @> {moment}
    ORDER BY version.scheme COLLATE "C", version.code COLLATE "C" LIMIT 1
"""
_LYING = """
    SELECT DISTINCT thing.id
    FROM (SELECT handover.id, effective_at, net.id AS net_id FROM handover, net
        WHERE handover.id = :handover_id AND net.key = 'base') handed
    CROSS JOIN ({places}) thing
    JOIN LATERAL ({before}) was ON true
    JOIN LATERAL ({after}) became ON true
    JOIN handover_ground piece ON piece.handover_id = handed.id
        AND piece.parent_version_id = was.id AND piece.child_version_id = became.id
"""
LYING = {
    thing: text(
        _LYING.format(
            places=places,
            before=_VERSION.format(moment="handed.effective_at - interval '1 microsecond'"),
            after=_VERSION.format(moment="handed.effective_at"),
        )
    )
    for thing, places in _PLACES.items()
}


def add_pieces(session: Session, handover_id: UUID, pieces: Sequence[Mapping[str, Any]]) -> None:
    """Add the ground of a hand-over; a piece is in one hand-over at most."""
    session.execute(insert(HandoverGround), [{"handover_id": handover_id} | dict(piece) for piece in pieces])


def lying_on(session: Session, handover_id: UUID, thing: Thing, ids: Collection[UUID]) -> set[UUID]:
    """Which of these things are on the ground of a hand-over."""
    if not ids:
        return set()
    return set(session.scalars(LYING[thing], {"handover_id": handover_id, "ids": list(ids)}))


def count_doors(session: Session, handover_id: UUID, at: datetime) -> int:
    """How many doors that are registered at a moment lie on the ground of a hand-over."""
    return len(session.scalars(LYING["door"], {"handover_id": handover_id, "at": at}).all())


def grids_mostly_of(session: Session, handover_id: UUID) -> list[UUID]:
    """The grids most of whose ground came by a hand-over: their own round is handed over with it."""
    asked = (
        select(GridVersion.grid_id)
        .join(HandoverGround, HandoverGround.child_version_id == GridVersion.id)
        .where(HandoverGround.handover_id == handover_id, HandoverGround.is_most)
    )
    return list(session.scalars(asked))
