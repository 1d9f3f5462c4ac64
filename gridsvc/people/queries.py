"""Every query on workers, posts, responsibilities and leave."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, text, update
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.people.tables import Post, Responsibility, Worker

# Responsibility and leave speak of a time (`valid`) and were held to be so for a time (`recorded`). An answer about
# any moment is given as known now: of the rows whose recorded time is still open.
_ANSWERS = """
    WITH away AS MATERIALIZED (
        SELECT DISTINCT ON (worker_id) worker_id, upper(valid) AS until, cover_worker_id FROM leave
        WHERE valid @> CAST(:at AS timestamptz) AND upper_inf(recorded) AND {whose}
        ORDER BY worker_id, upper(valid) DESC NULLS FIRST
    ), ahead AS MATERIALIZED (
        SELECT worker_id, min(lower(valid)) AS since FROM leave
        WHERE valid >> tstzrange(NULL, CAST(:at AS timestamptz), '[]') AND upper_inf(recorded) AND {whose}
        GROUP BY worker_id
    ), spare AS (
        SELECT DISTINCT ON (second.grid_id)
            second.grid_id, worker.id, worker.name, worker.phone, away.worker_id IS NOT NULL AS is_away
        FROM responsibility second JOIN worker ON worker.id = second.worker_id
        LEFT JOIN away ON away.worker_id = worker.id
        WHERE second.role = 'backup' AND second.valid @> CAST(:at AS timestamptz) AND upper_inf(second.recorded)
          AND {second}
        ORDER BY second.grid_id, is_away, worker.number
    )
    SELECT held.grid_id,
           lower(held.valid) AS since, upper(held.valid) AS held_until,
           main.id AS main_id, main.name AS main_name, main.phone AS main_phone,
           away.worker_id IS NOT NULL AS is_away, away.until AS away_until, ahead.since AS next_leave,
           cover.id AS cover_id, cover.name AS cover_name, cover.phone AS cover_phone,
           spare.id AS backup_id, spare.name AS backup_name, spare.phone AS backup_phone, spare.is_away AS backup_away
    FROM responsibility held
    LEFT JOIN worker main ON main.id = held.worker_id
    LEFT JOIN away ON away.worker_id = held.worker_id
    LEFT JOIN ahead ON ahead.worker_id = held.worker_id
    LEFT JOIN worker cover ON cover.id = away.cover_worker_id AND NOT EXISTS (
        SELECT FROM leave WHERE leave.worker_id = cover.id AND leave.valid @> CAST(:at AS timestamptz)
            AND upper_inf(leave.recorded)
    )
    LEFT JOIN spare ON spare.grid_id = held.grid_id
    WHERE held.role = 'main' AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
      AND {held}
"""
_ANSWERS_EVERYWHERE = text(_ANSWERS.format(second="true", held="true", whose="true"))
_ANSWERS_FOR = text(
    _ANSWERS.format(
        second="second.grid_id = ANY(:grid_ids)",
        held="held.grid_id = ANY(:grid_ids)",
        whose="worker_id IN (SELECT worker_id FROM responsibility WHERE grid_id = ANY(:grid_ids))",
    )
)

_GRIDS_OF_WORKER = text(
    """
    SELECT held.grid_id, held.role FROM responsibility held
    WHERE held.worker_id = :worker_id AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
    UNION ALL
    SELECT held.grid_id, 'cover' FROM leave
    JOIN responsibility held ON held.worker_id = leave.worker_id AND held.role = 'main'
    WHERE leave.cover_worker_id = :worker_id AND leave.valid @> CAST(:at AS timestamptz) AND upper_inf(leave.recorded)
      AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
    """
)

_CLOSE_MAIN = text(
    """
    WITH asked AS (
        SELECT * FROM unnest(CAST(:grid_ids AS uuid[]), CAST(:since AS timestamptz[])) AS asked (grid_id, since)
    ), closed AS (
        UPDATE responsibility old SET recorded = tstzrange(lower(old.recorded), CAST(:now AS timestamptz))
        FROM asked
        WHERE old.grid_id = asked.grid_id AND old.role = 'main' AND upper_inf(old.recorded)
          AND old.valid && tstzrange(asked.since, NULL)
        RETURNING old.grid_id, old.worker_id, tstzrange(lower(old.valid), asked.since) AS kept,
                  lower(old.valid) < asked.since AS has_kept
    )
    INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT gen_random_uuid(), grid_id, worker_id, 'main', kept, tstzrange(CAST(:now AS timestamptz), NULL)
    FROM closed WHERE has_kept
    """
)

# What was recorded and replaced in one transaction was never known to anybody.
_DROP_NEVER_KNOWN = text("DELETE FROM responsibility WHERE isempty(recorded) AND grid_id = ANY(:grid_ids)")


_NOTE_CONTACT = text(
    """
    INSERT INTO device_contact (worker_id, heard_at)
    SELECT * FROM unnest(CAST(:worker_ids AS uuid[]), CAST(:moments AS timestamptz[]))
    ON CONFLICT (worker_id) DO UPDATE SET heard_at = greatest(device_contact.heard_at, excluded.heard_at)
    """
)


def answers(session: Session, at: datetime, grid_ids: Sequence[UUID] | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who holds which grid at a moment, with leave and cover: one row for each living grid, or each one asked for."""
    if grid_ids is None:
        return session.execute(_ANSWERS_EVERYWHERE, {"at": at}).all()
    return session.execute(_ANSWERS_FOR, {"at": at, "grid_ids": list(grid_ids)}).all()


def grids_of_worker(session: Session, worker_id: UUID, at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """The grids a worker holds as main or backup, or covers, at a moment: (grid_id, role)."""
    return session.execute(_GRIDS_OF_WORKER, {"worker_id": worker_id, "at": at}).all()


def worker_of_account(session: Session, account_id: UUID) -> Row[*tuple[Any, ...]] | None:
    """The worker who logs in with an account: (id, number, name, community_code)."""
    return session.execute(
        select(Worker.id, Worker.number, Worker.name, Worker.community_code).where(Worker.account_id == account_id)
    ).one_or_none()


def contains(words: str) -> str:
    """A LIKE pattern for rows that contain `words`, whose own signs mean themselves."""
    return "%" + re.sub(r"([%_\\])", r"\\\1", words) + "%"


def workers_named(session: Session, words: str, scope: Scope, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Workers within a scope whose name or number contains some words: (id, number, name, community_code)."""
    pattern = contains(words)
    return session.execute(
        select(Worker.id, Worker.number, Worker.name, Worker.community_code)
        .where(Worker.name.ilike(pattern) | Worker.number.ilike(pattern), within(scope, Worker.community_code))
        .order_by(Worker.name, Worker.number)
        .limit(limit)
    ).all()


def worker_numbers(session: Session, numbers: Sequence[str]) -> dict[str, UUID]:
    """The ids of the workers with these numbers."""
    found = session.execute(select(Worker.number, Worker.id).where(Worker.number.in_(numbers)))
    return {row.number: row.id for row in found}


def set_account(session: Session, worker_id: UUID, account_id: UUID) -> bool:
    """Link a worker to an account; False when they have one already."""
    statement = update(Worker).where(Worker.id == worker_id, Worker.account_id.is_(None)).values(account_id=account_id)
    return bool(session.execute(statement.returning(Worker.id)).one_or_none())


def insert_workers(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add workers."""
    session.execute(insert(Worker), list(rows))


def insert_posts(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add posts."""
    session.execute(insert(Post), list(rows))


def insert_responsibilities(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add responsibilities, recorded from now on."""
    session.execute(insert(Responsibility), list(rows))


def close_main(session: Session, grid_ids: Sequence[UUID], since: Sequence[datetime], now: datetime) -> None:
    """End the main rows of grids from a moment each on, keeping what was held before and what was known before."""
    given = {"grid_ids": list(grid_ids), "since": list(since), "now": now}
    session.execute(_CLOSE_MAIN, given)
    session.execute(_DROP_NEVER_KNOWN, {"grid_ids": list(grid_ids)})


def post_counts(session: Session, scope: Scope) -> tuple[int, int]:
    """How many posts are authorised, and how many of them are filled."""
    row = session.execute(
        select(func.count(), func.count(Post.worker_id)).select_from(Post).where(within(scope, Post.community_code))
    ).one()
    return row[0], row[1]


def count_workers(session: Session) -> int:
    """How many workers are registered."""
    return session.scalar(select(func.count()).select_from(Worker)) or 0


def note_contact(session: Session, heard: Mapping[UUID, datetime]) -> None:
    """Note when the devices of workers were heard from; an earlier moment never replaces a later one."""
    # One order for everybody, so that two batches cannot block each other.
    ordered = sorted(heard.items())
    if ordered:
        session.execute(
            _NOTE_CONTACT, {"worker_ids": [who for who, _ in ordered], "moments": [moment for _, moment in ordered]}
        )
