"""Queries that read and change who holds which grid; nothing that was known is ever rewritten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.geography.tables import GridVersion
from gridsvc.people.tables import Responsibility, Worker

_LOCK_GRIDS = text("SELECT id FROM grid WHERE id = ANY(CAST(:grid_ids AS uuid[])) ORDER BY id FOR NO KEY UPDATE")
_RECORDING_TIME = text(
    """
    SELECT greatest(clock_timestamp(), max(lower(recorded))) FROM responsibility
    WHERE grid_id = ANY(CAST(:grid_ids AS uuid[])) AND upper_inf(recorded)
    """
)

# What was held in a span of time is closed, and what of it lies before and after the span is held again.
_CUT = text(
    """
    WITH asked AS (
        SELECT * FROM unnest(CAST(:grid_ids AS uuid[]), CAST(:worker_ids AS uuid[]),
            CAST(:since AS timestamptz[]), CAST(:until AS timestamptz[])) AS asked (grid_id, worker_id, since, until)
    ), closed AS (
        UPDATE responsibility old SET recorded = tstzrange(lower(old.recorded), CAST(:now AS timestamptz))
        FROM asked
        WHERE old.grid_id = asked.grid_id AND old.role = :role AND upper_inf(old.recorded)
          AND old.valid && tstzrange(asked.since, asked.until)
          AND (asked.worker_id IS NULL OR old.worker_id = asked.worker_id)
        RETURNING old.grid_id, old.worker_id, old.valid, asked.since, asked.until
    )
    INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT gen_random_uuid(), grid_id, worker_id, :role, kept, tstzrange(CAST(:now AS timestamptz), NULL)
    FROM closed, unnest(tstzmultirange(valid) - tstzmultirange(tstzrange(since, until))) AS kept
    """
)

# Nobody holds a grid before it was there or after it was gone.
_HOLD = text(
    """
    INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT asked.id, asked.grid_id, asked.worker_id, asked.role,
        tstzrange(asked.since, asked.until) * coalesce(life.span, tstzrange(NULL, NULL)),
        tstzrange(CAST(:now AS timestamptz), NULL)
    FROM unnest(CAST(:ids AS uuid[]), CAST(:grid_ids AS uuid[]), CAST(:worker_ids AS uuid[]), CAST(:roles AS text[]),
        CAST(:since AS timestamptz[]), CAST(:until AS timestamptz[]))
        AS asked (id, grid_id, worker_id, role, since, until)
    CROSS JOIN LATERAL (
        SELECT range_merge(range_agg(valid)) AS span FROM grid_version WHERE grid_version.grid_id = asked.grid_id
    ) life
    WHERE life.span IS NULL OR tstzrange(asked.since, asked.until) && life.span
    """
)

# Nobody held a new grid before, and it has no end yet.
_INHERIT = text(
    """
    INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT gen_random_uuid(), o.grid_id, main.worker_id, 'main', tstzrange(CAST(:since AS timestamptz), NULL),
        tstzrange(known.since, NULL)
    FROM grid_opening o CROSS JOIN (SELECT clock_timestamp() AS since) known
    LEFT JOIN responsibility main ON main.grid_id = o.made_of[1] AND main.role = 'main' AND upper_inf(main.recorded)
        AND main.valid @> CAST(:since AS timestamptz)
    WHERE o.batch_id = :batch_id AND o.is_new
    """
)

# What was recorded and replaced in one transaction was never known to anybody.
_DROP_NEVER_KNOWN = text(
    "DELETE FROM responsibility WHERE isempty(recorded) AND grid_id = ANY(CAST(:grid_ids AS uuid[]))"
)

# Whoever left the service meanwhile goes on until then, and after them there is a vacancy.
_RESUME = text(
    """
    WITH closed AS (
        UPDATE responsibility old SET recorded = tstzrange(lower(old.recorded), CAST(:now AS timestamptz))
        WHERE old.grid_id = ANY(CAST(:grid_ids AS uuid[])) AND upper_inf(old.recorded)
          AND upper(old.valid) = CAST(:since AS timestamptz)
        RETURNING old.grid_id, old.worker_id, old.role, lower(old.valid) AS began
    ), resumed AS (
        SELECT closed.*, greatest(worker.left_at, CAST(:since AS timestamptz)) AS ends,
            worker.left_at IS NOT NULL AS has_left
        FROM closed LEFT JOIN worker ON worker.id = closed.worker_id
    )
    INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT gen_random_uuid(), grid_id, who, role, span, tstzrange(CAST(:now AS timestamptz), NULL)
    FROM (
        SELECT grid_id, worker_id AS who, role, tstzrange(began, CASE WHEN has_left THEN ends END) AS span
        FROM resumed
        UNION ALL
        SELECT grid_id, NULL, role, tstzrange(ends, NULL) FROM resumed WHERE has_left AND role = 'main'
    ) rows
    """
)

_HISTORY = """
    SELECT held.id, held.grid_id, held.role, held.worker_id, worker.number, worker.name,
        lower(held.valid) AS since, upper(held.valid) AS until,
        lower(held.recorded) AS known_from, upper(held.recorded) AS known_until
    FROM responsibility held LEFT JOIN worker ON worker.id = held.worker_id
    WHERE held.grid_id = ANY(CAST(:grid_ids AS uuid[])) {known}
    ORDER BY held.grid_id, held.role DESC, held.valid, held.recorded
"""
_HISTORY_NOW = text(_HISTORY.format(known="AND upper_inf(held.recorded)"))
_HISTORY_THEN = text(_HISTORY.format(known="AND held.recorded @> CAST(:known_at AS timestamptz)"))
_HISTORY_ALL = text(_HISTORY.format(known=""))

_GRIDS_BY_CODE = text(
    """
    SELECT v.code, v.grid_id, v.name, v.community_code, lower(v.valid) AS since, upper(v.valid) AS until
    FROM grid_version v
    WHERE v.code = ANY(CAST(:codes AS text[])) AND v.valid @> CAST(:at AS timestamptz)
      AND v.net_id = (SELECT id FROM net WHERE key = :net)
    """
)
_GRIDS_BY_ID = text(
    """
    SELECT v.code, v.grid_id, v.name, v.community_code FROM grid_version v
    WHERE v.grid_id = ANY(CAST(:grid_ids AS uuid[])) AND v.valid @> CAST(:at AS timestamptz)
    ORDER BY v.code COLLATE "C"
    """
)


def recording_time(session: Session, grid_ids: Sequence[UUID]) -> datetime:
    """The moment from which a change is known: read after nobody else can change these grids, and never going back."""
    session.execute(_LOCK_GRIDS, {"grid_ids": list(grid_ids)})
    found: datetime = session.execute(_RECORDING_TIME, {"grid_ids": list(grid_ids)}).scalar_one()
    return found


def cut(session: Session, role: str, spans: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """End what is held in spans of time (grid_id, worker_id or None for anybody, since, until or None)."""
    if not spans:
        return
    grid_ids = [span["grid_id"] for span in spans]
    values = {
        "grid_ids": grid_ids,
        "worker_ids": [span.get("worker_id") for span in spans],
        "since": [span["since"] for span in spans],
        "until": [span.get("until") for span in spans],
    }
    session.execute(_CUT, values | {"role": role, "now": now})


def hold(session: Session, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Add responsibilities (id, grid_id, worker_id, role, since, until) for as long as their grids live."""
    names = {"id": "ids", "grid_id": "grid_ids", "worker_id": "worker_ids", "role": "roles"}
    names |= {"since": "since", "until": "until"}
    if rows:
        values = {plural: [row[name] for row in rows] for name, plural in names.items()}
        session.execute(_HOLD, values | {"now": now})


def inherit(session: Session, batch_id: UUID, since: datetime) -> None:
    """Let the new grids of a batch be held by the main workers of the first of those that they are made of."""
    session.execute(_INHERIT, {"batch_id": batch_id, "since": since})


def drop_never_known(session: Session, grid_ids: Sequence[UUID]) -> None:
    """Forget what was recorded and replaced in this very transaction."""
    session.execute(_DROP_NEVER_KNOWN, {"grid_ids": list(grid_ids)})


def resume(session: Session, grid_ids: Sequence[UUID], since: datetime, now: datetime) -> None:
    """Let what was to end at a moment go on without end."""
    session.execute(_RESUME, {"grid_ids": list(grid_ids), "since": since, "now": now})


def history(
    session: Session, grid_ids: Sequence[UUID], known_at: datetime | None = None, *, every_version: bool = False
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who held grids and will: as known now, as known at a moment, or every version that was ever held to be so.

    Rows are (id, grid_id, role, worker_id, number, name, since, until, known_from, known_until).
    """
    values: dict[str, Any] = {"grid_ids": list(grid_ids)}
    if every_version:
        return session.execute(_HISTORY_ALL, values).all()
    if known_at is not None:
        return session.execute(_HISTORY_THEN, values | {"known_at": known_at}).all()
    return session.execute(_HISTORY_NOW, values).all()


def held_in(session: Session, scope: Scope, at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who holds which grid of a scope at a moment: (code, role, number, name, since, until)."""
    return session.execute(
        select(
            GridVersion.code,
            Responsibility.role,
            Worker.number,
            Worker.name,
            func.lower(Responsibility.valid).label("since"),
            func.upper(Responsibility.valid).label("until"),
        )
        .join(GridVersion, GridVersion.grid_id == Responsibility.grid_id)
        .outerjoin(Worker, Worker.id == Responsibility.worker_id)
        .where(
            Responsibility.valid.contains(at),
            func.upper_inf(Responsibility.recorded),
            GridVersion.valid.contains(at),
            within(scope, GridVersion.community_code, GridVersion.grid_id),
        )
        .order_by(GridVersion.code, Responsibility.role.desc(), Worker.number)
    ).all()


def grids_in(session: Session, scope: Scope, at: datetime) -> dict[UUID, str]:
    """The codes of the grids of a scope at a moment, by id."""
    found = session.execute(
        select(GridVersion.grid_id, GridVersion.code)
        .where(GridVersion.valid.contains(at), within(scope, GridVersion.community_code, GridVersion.grid_id))
        .order_by(GridVersion.code)
    )
    return {row.grid_id: row.code for row in found}


def grids_by_code(
    session: Session, codes: Sequence[str], at: datetime, net: str = "base"
) -> dict[str, Row[*tuple[Any, ...]]]:
    """The grids that bear codes at a moment: (code, grid_id, name, community_code, since, until)."""
    found = session.execute(_GRIDS_BY_CODE, {"codes": list(codes), "at": at, "net": net})
    return {row.code: row for row in found}


def grids_by_id(session: Session, grid_ids: Sequence[UUID], at: datetime) -> dict[UUID, Row[*tuple[Any, ...]]]:
    """Grids as they are at a moment: (code, grid_id, name, community_code)."""
    found = session.execute(_GRIDS_BY_ID, {"grid_ids": list(grid_ids), "at": at})
    return {row.grid_id: row for row in found}
