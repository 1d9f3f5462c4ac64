"""Whether the city is looked after: the patrol status of grids, and which doors were reached. Defined here, once.

- Patrol status of a grid: on time, due soon, overdue, never, or unknown, by its last visit that counts, the norm of the
  grid patrol (or the setting of the cycle, while the city has set no norm) and the responsible device.
- Door coverage of a period: distinct doors visited in it, of the doors registered at its end, by the net at its end.

Everything is asked of a moment `at`, by the time of the fact; `known_at` asks what was known at an earlier moment.
What a silent device did not report is unknown, never undone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.geography.gate import BASE_NET
from gridsvc.patrols import norms
from gridsvc.patrols.due import ALL
from gridsvc.patrols.queries import ledger
from gridsvc.patrols.queries import status as queries
from gridsvc.patrols.where import EVERYWHERE, Where

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

    @property
    def share(self) -> float | None:
        """The share; None where there is no door."""
        return share(self.visited, self.doors)


@dataclass(frozen=True, slots=True)
class Period:
    """After `start` and up to `end`, as known now or at an earlier moment."""

    start: datetime
    end: datetime
    known_at: datetime | None = None


def share(done: int, of: int) -> float | None:
    """One number of another, None instead of a division by nothing."""
    return done / of if of else None


def patrol_status(
    session: Session,
    at: datetime,
    *,
    cycle_days: float,
    due_soon_share: float,
    net_key: str = BASE_NET,
    grid_ids: Sequence[UUID] | None = None,
    known_at: datetime | None = None,
) -> dict[UUID, GridPatrol]:
    """The patrol status at `at` of every grid that lives then, or of those asked for.

    On time until `due_soon_share` of the time to the due moment has passed since the last visit, then due soon, then
    overdue; never when there was no visit at all. Past due it is unknown while the device of the main worker has not
    been heard from since the due time: the visit may have been made and not been sent. A vacant grid has no device to
    wait for. Without a norm for grids, `cycle_days` is the time from visit to visit.
    """
    cycle = timedelta(days=cycle_days)
    rows = queries.last_visits(
        session, at, cycle_s=cycle.total_seconds(), net=net_key, grid_ids=grid_ids, known_at=known_at
    )
    norm = norms.norm_of(session, "grid", ALL, at)
    if norm is None and known_at is None:
        soon = cycle * due_soon_share
        return {
            grid_id: _patrol(began_at, last_visit, is_silent, at, cycle, soon)
            for grid_id, began_at, last_visit, is_silent in rows
        }
    due_of = (lambda anchor: anchor + cycle) if norm is None else norms.reckoning(session).remembering(norm)
    return _patrols_by_norm(session, rows, at, due_of, due_soon_share, known_at)


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


def _patrols_by_norm(
    session: Session,
    rows: Sequence[Any],
    at: datetime,
    due_of: Callable[[datetime], datetime],
    due_soon_share: float,
    known_at: datetime | None,
) -> dict[UUID, GridPatrol]:
    """The same where due times are not all one cycle away; only the overdue are asked for their devices."""
    due = {row[0]: due_of(row[2] if row[2] is not None else row[1]) for row in rows}
    late = [(row[0], due[row[0]]) for row in rows if row[2] is not None and at > due[row[0]]]
    silent = queries.silent_since(session, late, at, known_at)
    found: dict[UUID, GridPatrol] = {}
    for grid_id, _, last_visit, _ in rows:
        due_at = due[grid_id]
        status: PatrolStatus = "never"
        if last_visit is not None:
            if at > due_at:
                status = "unknown" if grid_id in silent else "overdue"
            else:
                status = "due_soon" if at > last_visit + (due_at - last_visit) * due_soon_share else "on_time"
        found[grid_id] = GridPatrol(last_visit, due_at, status)
    return found


def door_coverage(session: Session, at: datetime, *, days: float, known_at: datetime | None = None) -> DoorCoverage:
    """Distinct doors where a visit was done in the `days` up to `at`, of the doors registered at `at`."""
    return doors_reached(session, Period(at - timedelta(days=days), at, known_at))


def doors_reached(session: Session, period: Period, where: Where = EVERYWHERE) -> DoorCoverage:
    """Door coverage of a period in a part of the city."""
    if where.is_everywhere:
        row = ledger.doors_everywhere(session, _values(period, where))
        return DoorCoverage(row.visited, row.doors)
    by_grid = doors_by_grid(session, period, where)
    return DoorCoverage(sum(one.visited for one in by_grid.values()), sum(one.doors for one in by_grid.values()))


def doors_by_grid(session: Session, period: Period, where: Where) -> dict[str, DoorCoverage]:
    """Door coverage of each grid in a part of the city, by its code in the net at the period's end."""
    rows = ledger.doors_by_grid(session, _values(period, where), is_small=where.is_small)
    return {row.grid_code: DoorCoverage(row.visited, row.doors) for row in rows}


def list_doors(
    session: Session, period: Period, where: Where, *, reached: bool | None, after: str | None, most: int
) -> Sequence[Any]:
    """The doors behind door coverage, in order of their codes: (code, address, grid_code, is_reached)."""
    values = _values(period, where) | {"reached": reached, "after": after, "most": most}
    if where.is_everywhere:
        return ledger.list_doors_everywhere(session, values)
    return ledger.list_doors(session, values, is_small=where.is_small)


def _values(period: Period, where: Where) -> dict[str, Any]:
    return where.limits() | {
        "start": period.start,
        "at": period.end,
        "known_at": period.known_at,
        "net": BASE_NET,
    }


def visits_by_day(
    session: Session, at: datetime, *, days: int, timezone: str, known_at: datetime | None = None
) -> list[int]:
    """Visits on each of the last `days` days of the city, the oldest first; the last day counts up to `at`."""
    return list(queries.visits_by_day(session, at, days=days, zone=timezone, known_at=known_at))
