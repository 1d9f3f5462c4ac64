"""Queries on what visits say of grids at a moment: their last visits, whose device is silent, and visits by day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.patrols.queries.counting import COUNTS

# One step down the index (grid_id, occurred_at DESC) for each grid, however long the history is.
_PATROL = """
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
        WHERE visit.grid_id = life.grid_id AND visit.occurred_at <= CAST(:until AS timestamptz) AND {counts}
        ORDER BY visit.occurred_at DESC LIMIT 1
    ) last ON true
    LEFT JOIN responsibility held ON held.grid_id = life.grid_id AND held.role = 'main'
        AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
    LEFT JOIN device_contact contact ON contact.worker_id = held.worker_id
    WHERE life.lives
"""
_LAST_VISITS = text(_PATROL.format(counts=COUNTS))

# As known at an earlier moment a device had been heard from if something that it sent had been received by then.
_SILENT = text(
    """
    SELECT asked.id FROM unnest(CAST(:ids AS uuid[]), CAST(:due AS timestamptz[])) AS asked (id, due_at)
    JOIN responsibility held ON held.grid_id = asked.id AND held.role = 'main'
        AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded) AND held.worker_id IS NOT NULL
    LEFT JOIN device_contact contact ON contact.worker_id = held.worker_id
    WHERE CASE WHEN CAST(:known_at AS timestamptz) IS NULL OR contact.heard_at <= CAST(:known_at AS timestamptz)
        THEN coalesce(contact.heard_at < asked.due_at, true)
        ELSE NOT EXISTS (
            SELECT FROM visit WHERE visit.worker_id = held.worker_id AND visit.received_at >= asked.due_at
              AND visit.received_at <= CAST(:known_at AS timestamptz)
              AND visit.occurred_at <= CAST(:known_at AS timestamptz)
        ) END
    """
)

_DAYS = """
    SELECT day, timezone(:zone, CAST(day AS timestamp)) AS began_at,
        timezone(:zone, CAST(day + 1 AS timestamp)) AS ended_at
    FROM (
        SELECT CAST(timezone(:zone, CAST(:at AS timestamptz)) AS date) - number AS day
        FROM generate_series(0, :days - 1) number
    ) numbered
"""

# All visits can be counted by an index alone; the few that are void are taken off again.
_NOW = """
    (SELECT count(*) FROM visit WHERE occurred_at >= began_at AND occurred_at < ended_at
        AND occurred_at <= CAST(:at AS timestamptz) AND result <> 'withdrawn')
    - (SELECT count(*) FROM visit WHERE occurred_at >= began_at AND occurred_at < ended_at
        AND occurred_at <= CAST(:at AS timestamptz) AND void_at IS NOT NULL AND result <> 'withdrawn')
"""
_AS_KNOWN = """
    (SELECT count(*) FROM visit WHERE occurred_at >= began_at AND occurred_at < ended_at
        AND occurred_at <= CAST(:at AS timestamptz) AND {counts})
"""
_BY_DAY = """
    SELECT day, {number} AS visits FROM ({days}) days ORDER BY day
"""
_BY_DAY_NOW = text(_BY_DAY.format(days=_DAYS, number=_NOW))
_BY_DAY_AS_KNOWN = text(_BY_DAY.format(days=_DAYS, number=_AS_KNOWN.format(counts=COUNTS)))


def last_visits(
    session: Session,
    at: datetime,
    *,
    cycle_s: float,
    net: str,
    grid_ids: Sequence[UUID] | None,
    known_at: datetime | None = None,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """For each living grid, or those asked for: (grid_id, since when it is, its last visit, is its device silent).

    Since when it is stands only where there was no visit. A device is silent when it was not heard from since the last
    visit fell due, `cycle_s` seconds later. Only what is needed is fetched: moments are the dearest values to read.
    """
    values = {
        "at": at,
        # Nothing happened after it was received, so what is not known yet need not be looked through.
        "until": at if known_at is None else min(at, known_at),
        "known_at": known_at,
        "cycle_s": cycle_s,
        "net": net,
        "grid_ids": None if grid_ids is None else list(grid_ids),
    }
    return session.execute(_LAST_VISITS, values).all()


def silent_since(
    session: Session, asked: Sequence[tuple[UUID, datetime]], at: datetime, known_at: datetime | None
) -> set[UUID]:
    """Those of the grids, each with its due time, whose main worker's device was not heard from since then."""
    if not asked:
        return set()
    ids, due = (list(column) for column in zip(*asked, strict=True))
    values = {"ids": ids, "due": due, "at": at, "known_at": known_at}
    return set(session.scalars(_SILENT, values))


def visits_by_day(
    session: Session, at: datetime, *, days: int, zone: str, known_at: datetime | None = None
) -> Sequence[int]:
    """The number of visits on each of the last `days` days of the city up to a moment, the oldest first."""
    statement = _BY_DAY_NOW if known_at is None else _BY_DAY_AS_KNOWN
    rows = session.execute(statement, {"at": at, "days": days, "zone": zone, "known_at": known_at}).all()
    return [row.visits for row in rows]
