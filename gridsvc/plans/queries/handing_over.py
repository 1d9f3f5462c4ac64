"""Queries on what passes from worker to worker at the instant of a plan: doors and open incidents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# Only versions that a plan ended or began can have changed hands; a place on a border belongs to the smallest code.
_PLACED = """
    WITH changed AS (
        SELECT v.id, v.grid_id, v.scheme, v.code, v.geom, v.valid,
            upper(v.valid) IS NOT DISTINCT FROM CAST(:at AS timestamptz) AS is_old,
            held.worker_id, worker.number, worker.name
        FROM grid_version v
        LEFT JOIN responsibility held ON held.grid_id = v.grid_id AND held.role = 'main' AND upper_inf(held.recorded)
            AND held.valid @> CASE WHEN upper(v.valid) = CAST(:at AS timestamptz)
                THEN CAST(:at AS timestamptz) - interval '1 microsecond' ELSE CAST(:at AS timestamptz) END
        LEFT JOIN worker ON worker.id = held.worker_id
        WHERE v.id IN (SELECT parent_version_id FROM lineage WHERE plan_id = :plan_id
            UNION SELECT child_version_id FROM lineage WHERE plan_id = :plan_id)
    ), placed AS (
        SELECT DISTINCT ON (thing.id, changed.is_old) thing.id, changed.is_old, changed.grid_id, changed.code,
            changed.worker_id, changed.number, changed.name
        FROM changed JOIN {things} thing ON ST_Covers(changed.geom, thing.point)
        WHERE {alive}
        ORDER BY thing.id, changed.is_old, changed.scheme COLLATE "C", changed.code COLLATE "C"
    )
    SELECT {columns}, was.code AS from_code, is_now.code AS to_code,
        was.worker_id AS from_worker_id, was.number AS from_number, was.name AS from_name,
        is_now.worker_id AS to_worker_id, is_now.number AS to_number, is_now.name AS to_name
    FROM placed was JOIN placed is_now ON is_now.id = was.id AND was.is_old AND NOT is_now.is_old
    JOIN {things} thing ON thing.id = was.id
    WHERE was.worker_id IS DISTINCT FROM is_now.worker_id
    ORDER BY was.code COLLATE "C", is_now.code COLLATE "C", {order}
"""
_DOORS = text(
    _PLACED.format(
        things="door",
        alive="thing.registered @> CAST(:at AS timestamptz)",
        columns="thing.code, thing.address",
        order='thing.code COLLATE "C"',
    )
)
# What a handler took on stays with them until somebody else accepts it; their name is told beside it.
_INCIDENTS = text(
    _PLACED.format(
        things="incident",
        alive="thing.closed_at IS NULL AND thing.point IS NOT NULL",
        columns="CAST(thing.number AS text) AS code, thing.category, "
        "(SELECT worker.name FROM case_holder holder JOIN worker ON worker.id = holder.worker_id "
        "WHERE holder.incident_id = thing.id AND holder.until IS NULL) AS held_by",
        order="thing.number",
    )
)


def doors_passed(session: Session, plan_id: UUID, at: datetime) -> Sequence[Row[Any]]:
    """Doors whose main worker is another one from the instant of a plan on: code, address, grids and workers."""
    return session.execute(_DOORS, {"plan_id": plan_id, "at": at}).all()


def incidents_passed(session: Session, plan_id: UUID, at: datetime) -> Sequence[Row[Any]]:
    """The same for incidents that are open now: number, category, and who took them on, if anybody did."""
    return session.execute(_INCIDENTS, {"plan_id": plan_id, "at": at}).all()
