"""Queries on what visits say of grids and doors at a moment: last visits, doors reached, visits by day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# One step down the index (grid_id, occurred_at DESC) for each grid, however long the history is.
_PATROL = text(
    """
    SELECT grid.grid_id, grid.began_at, last.occurred_at AS last_visit, contact.heard_at
    FROM (
        SELECT version.grid_id,
            (SELECT min(lower(past.valid)) FROM grid_version past WHERE past.grid_id = version.grid_id) AS began_at
        FROM grid_version version
        WHERE version.net_id = (SELECT id FROM net WHERE key = :net) AND version.valid @> CAST(:at AS timestamptz)
          AND (CAST(:grid_ids AS uuid[]) IS NULL OR version.grid_id = ANY(CAST(:grid_ids AS uuid[])))
    ) grid
    LEFT JOIN LATERAL (
        SELECT visit.occurred_at FROM visit
        WHERE visit.grid_id = grid.grid_id AND visit.occurred_at <= CAST(:at AS timestamptz)
        ORDER BY visit.occurred_at DESC LIMIT 1
    ) last ON true
    LEFT JOIN responsibility held ON held.grid_id = grid.grid_id AND held.role = 'main'
        AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
    LEFT JOIN device_contact contact ON contact.worker_id = held.worker_id
    """
)

_DOORS = text(
    """
    SELECT
        (SELECT count(*) FROM (
            SELECT DISTINCT door_id FROM visit
            WHERE occurred_at > CAST(:start AS timestamptz) AND occurred_at <= CAST(:at AS timestamptz)
              AND door_id IS NOT NULL AND result = 'done'
        ) reached JOIN door ON door.id = reached.door_id AND door.registered @> CAST(:at AS timestamptz)) AS visited,
        (SELECT count(*) FROM door WHERE registered @> CAST(:at AS timestamptz)) AS doors
    """
)

_BY_DAY = text(
    """
    SELECT day, count(visit.id) AS visits FROM (
        SELECT number, CAST(timezone(:zone, CAST(:at AS timestamptz)) AS date) - number AS day
        FROM generate_series(0, :days - 1) number
    ) days
    LEFT JOIN visit ON visit.occurred_at >= timezone(:zone, CAST(day AS timestamp))
        AND visit.occurred_at < timezone(:zone, CAST(day + 1 AS timestamp))
        AND visit.occurred_at <= CAST(:at AS timestamptz)
    GROUP BY day ORDER BY day
    """
)


def last_visits(
    session: Session, at: datetime, *, net: str, grid_ids: Sequence[UUID] | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """For each living grid, or those asked for: since when it is, its last visit, and when its device was heard."""
    ids = None if grid_ids is None else list(grid_ids)
    return session.execute(_PATROL, {"at": at, "net": net, "grid_ids": ids}).all()


def doors_reached(session: Session, start: datetime, at: datetime) -> Row[*tuple[Any, ...]]:
    """How many registered doors were reached after `start` and up to `at`, and how many are registered at `at`."""
    return session.execute(_DOORS, {"start": start, "at": at}).one()


def visits_by_day(session: Session, at: datetime, *, days: int, zone: str) -> Sequence[int]:
    """The number of visits on each of the last `days` days of the city up to a moment, the oldest first."""
    rows = session.execute(_BY_DAY, {"at": at, "days": days, "zone": zone}).all()
    return [row.visits for row in rows]
