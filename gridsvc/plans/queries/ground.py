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

# A piece is what lay in the one version and lies in the other. Its grid may hold more than it, so of what the plan made
# of that grid only what covers some of the piece is asked for its worker. Borders are exact on the lattice, the
# intersections here are not: what is smaller than about a square metre is nothing.
_CAME_BACK = text(
    """
    SELECT handover.id FROM handover
    WHERE handover.kind = 'plan' AND handover.state IN ('open', 'given')
      AND EXISTS (
        SELECT FROM handover_ground piece JOIN lineage ON lineage.parent_version_id = piece.child_version_id
        WHERE piece.handover_id = handover.id AND lineage.plan_id = :plan_id
      )
      AND NOT EXISTS (
        SELECT FROM handover_ground piece
        JOIN grid_version was ON was.id = piece.parent_version_id
        JOIN grid_version became ON became.id = piece.child_version_id
        LEFT JOIN lineage ON lineage.parent_version_id = became.id AND lineage.plan_id = :plan_id
        LEFT JOIN grid_version later ON later.id = lineage.child_version_id
        LEFT JOIN responsibility main ON main.grid_id = later.grid_id AND main.role = 'main'
            AND upper_inf(main.recorded) AND main.valid @> CAST(:at AS timestamptz)
        WHERE piece.handover_id = handover.id AND main.worker_id IS DISTINCT FROM handover.from_worker_id
          AND (later.id IS NULL
            OR ST_Area(ST_Intersection(ST_Intersection(was.geom, became.geom), later.geom)) > 1e-10)
      )
    ORDER BY handover.opened_at, handover.id
    """
)


def came_back(session: Session, plan_id: UUID, at: datetime) -> Sequence[UUID]:
    """Hand-overs by earlier plans that nobody took and all of whose ground a plan gives back to their giver."""
    return session.scalars(_CAME_BACK, {"plan_id": plan_id, "at": at}).all()


def ground_passed(session: Session, plan_id: UUID, at: datetime) -> Sequence[Row[Any]]:
    """Pieces of ground that no hand-over is about yet: both workers, the grid, both versions, and `is_most`."""
    return session.execute(_PASSED, {"plan_id": plan_id, "at": at}).all()
