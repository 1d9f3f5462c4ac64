"""Queries on the ground whose main worker is another one from the instant of a plan on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# What a vacancy gives nobody hands over. Most of a grid came from the parent that gave it most ground.
_PASSED = text(
    """
    SELECT * FROM (
        SELECT giver.worker_id AS from_worker_id, taker.worker_id AS to_worker_id, child.grid_id,
            share.parent_version_id, share.child_version_id,
            row_number() OVER (
                PARTITION BY share.child_version_id ORDER BY share.area_ppm * parent.area_m2 DESC, parent.id
            ) = 1 AS is_most
        FROM lineage share
        JOIN grid_version parent ON parent.id = share.parent_version_id
        JOIN grid_version child ON child.id = share.child_version_id
        LEFT JOIN responsibility giver ON giver.grid_id = parent.grid_id AND giver.role = 'main'
            AND upper_inf(giver.recorded)
            AND giver.valid @> CAST(:at AS timestamptz) - interval '1 microsecond'
        LEFT JOIN responsibility taker ON taker.grid_id = child.grid_id AND taker.role = 'main'
            AND upper_inf(taker.recorded) AND taker.valid @> CAST(:at AS timestamptz)
        WHERE share.plan_id = :plan_id
    ) passed
    WHERE from_worker_id IS NOT NULL AND from_worker_id IS DISTINCT FROM to_worker_id
      AND NOT EXISTS (SELECT FROM handover_ground known WHERE known.parent_version_id = passed.parent_version_id
          AND known.child_version_id = passed.child_version_id)
    ORDER BY from_worker_id, to_worker_id, grid_id, parent_version_id
    """
)


def ground_passed(session: Session, plan_id: UUID, at: datetime) -> Sequence[Row[Any]]:
    """Pieces of ground that no hand-over is about yet: both workers, the grid, both versions, and `is_most`."""
    return session.execute(_PASSED, {"plan_id": plan_id, "at": at}).all()
