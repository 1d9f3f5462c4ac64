"""Whether grids are looked after: the patrol status of each, and how many doors were reached.

Until duties exist, a grid is due when its last visit is older than a setting. What a silent device did not report is
unknown, never undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.geography.gate import BASE_NET
from gridsvc.patrols.queries import status as queries

PatrolStatus = Literal["on_time", "due_soon", "overdue", "never", "unknown"]
PATROL: tuple[PatrolStatus, ...] = ("on_time", "due_soon", "overdue", "never", "unknown")


class GridPatrol(NamedTuple):
    """How one grid is looked after: its last visit, when the next is due, and what that comes to."""

    last_visit: datetime | None
    due_at: datetime | None
    status: PatrolStatus


@dataclass(frozen=True, slots=True)
class DoorCoverage:
    """Doors where a visit succeeded in a period, of the doors registered at its end."""

    visited: int
    doors: int


def patrol_status(
    session: Session,
    at: datetime,
    *,
    cycle_days: float,
    due_soon_share: float,
    net_key: str = BASE_NET,
    grid_ids: Sequence[UUID] | None = None,
) -> dict[UUID, GridPatrol]:
    """The patrol status at `at` of every grid that lives then, or of those asked for.

    On time until `due_soon_share` of `cycle_days` has passed since the last visit, then due soon, then overdue; never
    when there was no visit at all. Past due it is unknown while the device of the main worker has not been heard from
    since the due time: the visit may have been made and not been sent. A vacant grid has no device to wait for.
    """
    cycle = timedelta(days=cycle_days)
    soon = cycle * due_soon_share
    rows = queries.last_visits(session, at, cycle_s=cycle.total_seconds(), net=net_key, grid_ids=grid_ids)
    return {
        grid_id: _patrol(began_at, last_visit, is_silent, at, cycle, soon)
        for grid_id, began_at, last_visit, is_silent in rows
    }


def _patrol(
    began_at: datetime,
    last_visit: datetime | None,
    is_silent: bool,
    at: datetime,
    cycle: timedelta,
    soon: timedelta,
) -> GridPatrol:
    if last_visit is None:
        return GridPatrol(None, began_at + cycle, "never")
    due_at = last_visit + cycle
    if at > due_at:
        return GridPatrol(last_visit, due_at, "unknown" if is_silent else "overdue")
    return GridPatrol(last_visit, due_at, "due_soon" if at > last_visit + soon else "on_time")


def door_coverage(session: Session, at: datetime, *, days: float) -> DoorCoverage:
    """Distinct doors where a visit was done in the `days` up to `at`, of the doors registered at `at`."""
    row = queries.doors_reached(session, at - timedelta(days=days), at)
    return DoorCoverage(row.visited, row.doors)


def visits_by_day(session: Session, at: datetime, *, days: int, timezone: str) -> list[int]:
    """Visits on each of the last `days` days of the city, the oldest first; the last day counts up to `at`."""
    return list(queries.visits_by_day(session, at, days=days, zone=timezone))
