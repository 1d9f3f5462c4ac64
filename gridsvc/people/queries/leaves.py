"""Queries on leave: its versions, who else is away, and who could cover."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session, aliased

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.people.queries.workers import inside
from gridsvc.people.tables import Leave, Worker

_COVER = aliased(Worker)
_ROWS = (
    Leave.id,
    Leave.request_id,
    Leave.worker_id,
    Worker.number,
    Worker.name,
    Worker.community_code,
    Leave.reason,
    Leave.state,
    Leave.note,
    Leave.written_by,
    Leave.cover_worker_id,
    _COVER.number.label("cover_number"),
    _COVER.name.label("cover_name"),
    Leave.cover_source,
    func.lower(Leave.valid).label("since"),
    func.upper(Leave.valid).label("until"),
    func.lower(Leave.recorded).label("known_from"),
    func.upper(Leave.recorded).label("known_until"),
)

_LOCK_WORKER = text("SELECT id FROM worker WHERE id = :worker_id FOR NO KEY UPDATE")
_RECORDING_TIME = text(
    "SELECT greatest(clock_timestamp(), max(lower(recorded))) FROM leave "
    "WHERE worker_id = :worker_id AND upper_inf(recorded)"
)
_CLOSE = text(
    "UPDATE leave SET recorded = tstzrange(lower(recorded), CAST(:now AS timestamptz)) "
    "WHERE id = :id AND upper_inf(recorded)"
)
_DROP_NEVER_KNOWN = text("DELETE FROM leave WHERE id = :id AND isempty(recorded)")

# Grids of somebody who goes on leave for which no backup is there for the whole of it.
_WITHOUT_BACKUP = text(
    """
    SELECT count(*) FROM responsibility held
    WHERE held.worker_id = :worker_id AND held.role = 'main' AND upper_inf(held.recorded)
      AND held.valid && tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz))
      AND NOT EXISTS (
        SELECT FROM responsibility backup
        WHERE backup.grid_id = held.grid_id AND backup.role = 'backup' AND upper_inf(backup.recorded)
          AND backup.valid @> held.valid * tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz))
          AND NOT EXISTS (
            SELECT FROM leave away WHERE away.worker_id = backup.worker_id AND away.state = 'approved'
              AND upper_inf(away.recorded)
              AND away.valid && tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz))
          )
      )
    """
)

# Colleagues of the same community who are there all the time, those with the fewest grids and covers first.
_LEAST_LOADED = text(
    """
    SELECT worker.id FROM worker
    CROSS JOIN LATERAL (
        SELECT count(*) AS grids, coalesce(sum(CAST(v.counts ->> 'households' AS bigint)), 0) AS households
        FROM responsibility held
        LEFT JOIN grid_version v ON v.grid_id = held.grid_id AND v.valid @> CAST(:since AS timestamptz)
        WHERE held.worker_id = worker.id AND held.role = 'main' AND upper_inf(held.recorded)
          AND held.valid @> CAST(:since AS timestamptz)
    ) load
    CROSS JOIN LATERAL (
        SELECT count(*) AS covers FROM leave other
        WHERE other.cover_worker_id = worker.id AND other.state = 'approved' AND upper_inf(other.recorded)
          AND other.valid && tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz))
    ) covering
    WHERE worker.community_code = :community AND worker.id <> :worker_id
      AND (worker.left_at IS NULL OR worker.left_at >= CAST(:until AS timestamptz))
      AND NOT EXISTS (
        SELECT FROM leave away WHERE away.worker_id = worker.id AND away.state = 'approved'
          AND upper_inf(away.recorded)
          AND away.valid && tstzrange(CAST(:since AS timestamptz), CAST(:until AS timestamptz))
      )
    ORDER BY load.grids + covering.covers, load.households, worker.number LIMIT 1
    """
)

_MAIN_GRIDS = text(
    """
    SELECT DISTINCT held.grid_id FROM responsibility held
    WHERE held.worker_id = :worker_id AND held.role = 'main' AND upper_inf(held.recorded)
      AND held.valid @> CAST(:at AS timestamptz)
    """
)


def recording_time(session: Session, worker_id: UUID) -> datetime:
    """The moment from which a change is known: read after nobody else can change this worker's leave."""
    session.execute(_LOCK_WORKER, {"worker_id": worker_id})
    found: datetime = session.execute(_RECORDING_TIME, {"worker_id": worker_id}).scalar_one()
    return found


def insert_leave(session: Session, values: Mapping[str, Any], now: datetime) -> None:
    """Add a version of a leave, known from a moment on."""
    session.execute(insert(Leave).values(**values, recorded=Range(now, None, bounds="[)")))


def close_version(session: Session, version_id: UUID, now: datetime) -> None:
    """Hold a version of a leave to be so no longer."""
    session.execute(_CLOSE, {"id": version_id, "now": now})
    session.execute(_DROP_NEVER_KNOWN, {"id": version_id})


def leave_by_request(
    session: Session, request_id: UUID, known_at: datetime | None = None
) -> Row[*tuple[Any, ...]] | None:
    """A leave as known now, or at a moment."""
    asked = _known(select(*_ROWS), known_at).where(Leave.request_id == request_id)
    return session.execute(_joined(asked)).one_or_none()


def versions(session: Session, request_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every version of a leave, the oldest first."""
    asked = _joined(select(*_ROWS)).where(Leave.request_id == request_id).order_by(func.lower(Leave.recorded))
    return session.execute(asked).all()


def list_leaves(
    session: Session,
    scope: Scope,
    *,
    since: datetime,
    until: datetime,
    area_code: str | None = None,
    worker_id: UUID | None = None,
    states: Sequence[str] = (),
    known_at: datetime | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 200,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Leaves within a scope that touch a span of time, by their beginning; a worker's own are always within."""
    allowed = within(scope, Worker.community_code)
    if scope.worker_id is not None:
        allowed = allowed | (Leave.worker_id == scope.worker_id)
    span = Range(since, until, bounds="[)")
    asked = _joined(_known(select(*_ROWS), known_at)).where(allowed, Leave.valid.overlaps(span))
    if area_code:
        asked = asked.where(inside(Worker.community_code, area_code))
    if worker_id:
        asked = asked.where(Leave.worker_id == worker_id)
    if states:
        asked = asked.where(Leave.state.in_(states))
    if after:
        asked = asked.where(func.row(func.lower(Leave.valid), Leave.request_id) > func.row(*after))
    return session.execute(asked.order_by(func.lower(Leave.valid), Leave.request_id).limit(limit)).all()


def overlapping(
    session: Session, worker_ids: Sequence[UUID], since: datetime, until: datetime, *, states: Sequence[str]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Leaves of workers in some states that overlap a span of time, as known now."""
    span = Range(since, until, bounds="[)")
    asked = _joined(_known(select(*_ROWS), None)).where(
        Leave.worker_id.in_(worker_ids), Leave.state.in_(states), Leave.valid.overlaps(span)
    )
    return session.execute(asked.order_by(func.lower(Leave.valid))).all()


def overlapping_covers(
    session: Session, worker_id: UUID, since: datetime, until: datetime | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Leaves of others, requested or approved, that a worker is to cover at some time of a span."""
    asked = _joined(_known(select(*_ROWS), None)).where(
        Leave.cover_worker_id == worker_id,
        Leave.state.in_(("requested", "approved")),
        Leave.valid.overlaps(Range(since, until, bounds="[)")),
    )
    return session.execute(asked.order_by(func.lower(Leave.valid))).all()


def grids_without_backup(session: Session, worker_id: UUID, since: datetime, until: datetime) -> int:
    """How many grids of a worker have no backup who is there throughout a span of time."""
    values = {"worker_id": worker_id, "since": since, "until": until}
    return session.scalar(_WITHOUT_BACKUP, values) or 0


def least_loaded(
    session: Session, worker_id: UUID, community_code: str, since: datetime, until: datetime
) -> UUID | None:
    """The colleague of the same community with the least to do who is there throughout a span of time."""
    values = {"worker_id": worker_id, "community": community_code, "since": since, "until": until}
    found: UUID | None = session.scalar(_LEAST_LOADED, values)
    return found


def main_grids(session: Session, worker_id: UUID, at: datetime) -> list[UUID]:
    """The grids a worker holds as main at a moment."""
    return list(session.scalars(_MAIN_GRIDS, {"worker_id": worker_id, "at": at}))


def _known(asked: Any, known_at: datetime | None) -> Any:
    if known_at is None:
        return asked.where(func.upper_inf(Leave.recorded))
    return asked.where(Leave.recorded.contains(known_at))


def _joined(asked: Any) -> Any:
    return (
        asked.select_from(Leave)
        .join(Worker, Worker.id == Leave.worker_id)
        .outerjoin(_COVER, _COVER.id == Leave.cover_worker_id)
    )
