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
    WITH life AS (
        SELECT grid_id, min(lower(valid)) AS began_at, bool_or(valid @> CAST(:at AS timestamptz)) AS lives
        FROM grid_version
        WHERE net_id = (SELECT id FROM net WHERE key = :net)
          AND (CAST(:grid_ids AS uuid[]) IS NULL OR grid_id = ANY(CAST(:grid_ids AS uuid[])))
        GROUP BY grid_id
    )
    SELECT life.grid_id, CASE WHEN last.occurred_at IS NULL THEN life.began_at END, last.occurred_at,
        held.worker_id IS NOT NULL
            AND coalesce(contact.heard_at < last.occurred_at + make_interval(secs => CAST(:cycle_s AS float8)), true)
    FROM life
    LEFT JOIN LATERAL (
        SELECT visit.occurred_at FROM visit
        WHERE visit.grid_id = life.grid_id AND visit.occurred_at <= CAST(:at AS timestamptz)
        ORDER BY visit.occurred_at DESC LIMIT 1
    ) last ON true
    LEFT JOIN responsibility held ON held.grid_id = life.grid_id AND held.role = 'main'
        AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
    LEFT JOIN device_contact contact ON contact.worker_id = held.worker_id
    WHERE life.lives
    """
)

# Almost every door is registered without end. So all doors are counted, which an index alone can do, and the few that
# were not registered at the moment are taken off again.
_DOORS = text(
    """
    WITH absent AS MATERIALIZED (
        SELECT id FROM door WHERE NOT upper_inf(registered) AND upper(registered) <= CAST(:at AS timestamptz)
        UNION ALL
        SELECT id FROM door WHERE lower(registered) > CAST(:at AS timestamptz)
    )
    SELECT
        (SELECT count(*) FROM (
            SELECT DISTINCT door_id FROM visit
            WHERE occurred_at > CAST(:start AS timestamptz) AND occurred_at <= CAST(:at AS timestamptz)
              AND door_id IS NOT NULL AND result = 'done' AND door_id NOT IN (SELECT id FROM absent)
        ) reached) AS visited,
        (SELECT count(*) FROM door) - (SELECT count(*) FROM absent) AS doors
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
    session: Session, at: datetime, *, cycle_s: float, net: str, grid_ids: Sequence[UUID] | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """For each living grid, or those asked for: (grid_id, since when it is, its last visit, is its device silent).

    Since when it is stands only where there was no visit. A device is silent when it was not heard from since the last
    visit fell due, `cycle_s` seconds later. Only what is needed is fetched: moments are the dearest values to read.
    """
    ids = None if grid_ids is None else list(grid_ids)
    return session.execute(_PATROL, {"at": at, "cycle_s": cycle_s, "net": net, "grid_ids": ids}).all()


def doors_reached(session: Session, start: datetime, at: datetime) -> Row[*tuple[Any, ...]]:
    """How many registered doors were reached after `start` and up to `at`, and how many are registered at `at`."""
    return session.execute(_DOORS, {"start": start, "at": at}).one()


def visits_by_day(session: Session, at: datetime, *, days: int, zone: str) -> Sequence[int]:
    """The number of visits on each of the last `days` days of the city up to a moment, the oldest first."""
    rows = session.execute(_BY_DAY, {"at": at, "days": days, "zone": zone}).all()
    return [row.visits for row in rows]
