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
# Plain joins, so that the planner looks up one grid by its indexes and hashes the whole net; a worker with several
# leaves, now or to come, has a row for each.
_ANSWERS = """
    SELECT held.grid_id, CASE WHEN held.role = 'main' THEN lower(held.valid) END, upper(held.valid),
        worker.id, worker.name, worker.phone,
        lower(absence.valid), upper(absence.valid), absence.id IS NOT NULL, cover.id, cover.name, cover.phone
    FROM responsibility held
    LEFT JOIN worker ON worker.id = held.worker_id
    LEFT JOIN leave absence ON absence.worker_id = held.worker_id AND upper_inf(absence.recorded)
        AND NOT absence.valid << tstzrange(CAST(:at AS timestamptz), NULL)
    LEFT JOIN worker cover ON cover.id = absence.cover_worker_id AND NOT EXISTS (
        SELECT FROM leave WHERE leave.worker_id = cover.id AND leave.valid @> CAST(:at AS timestamptz)
            AND upper_inf(leave.recorded)
    )
    WHERE held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded) {which}
    ORDER BY held.grid_id, held.role DESC, worker.number, absence.valid
"""
_ANSWERS_EVERYWHERE = text(_ANSWERS.format(which=""))
_ANSWERS_FOR = text(_ANSWERS.format(which="AND held.grid_id = ANY(:grid_ids)"))
# For one grid a plan made once serves for ever; for a list of unknown length PostgreSQL plans anew each time.
_ANSWERS_FOR_ONE = text(_ANSWERS.format(which="AND held.grid_id = :grid_id"))

# Every version of a row has the number of the transaction that wrote it: with the ids it tells any change of the rows
# that an answer is made of. Summed, because that needs no order.
_ANSWERS_STAMP = text(
    """
    SELECT CAST(held.stamp AS text) || ' ' || CAST(away.stamp AS text) || ' ' || CAST(people.stamp AS text) FROM
        (SELECT coalesce(sum(uuid_hash_extended(id, CAST(CAST(xmin AS text) AS bigint))), 0) AS stamp
         FROM responsibility WHERE valid @> CAST(:at AS timestamptz) AND upper_inf(recorded)) held,
        (SELECT coalesce(sum(uuid_hash_extended(id, CAST(CAST(xmin AS text) AS bigint))), 0)
             + count(*) FILTER (WHERE valid @> CAST(:at AS timestamptz)) AS stamp
         FROM leave WHERE NOT valid << tstzrange(CAST(:at AS timestamptz), NULL) AND upper_inf(recorded)) away,
        (SELECT coalesce(sum(uuid_hash_extended(id, CAST(CAST(xmin AS text) AS bigint))), 0) AS stamp
         FROM worker) people
    """
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


def holders(session: Session, at: datetime, grid_ids: Sequence[UUID] | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who holds which grid at a moment, all grids or those asked for: main before backups, grid by grid.

    Rows are (grid_id, since, until, worker id, name, phone, leave from, leave until, is there a leave, cover id, name,
    phone), one for each leave that is not over; `since` is told of the main row, and a cover who is away is left out.
    """
    if grid_ids is None:
        return session.execute(_ANSWERS_EVERYWHERE, {"at": at}).all()
    if len(grid_ids) == 1:
        return session.execute(_ANSWERS_FOR_ONE, {"at": at, "grid_id": grid_ids[0]}).all()
    return session.execute(_ANSWERS_FOR, {"at": at, "grid_ids": list(grid_ids)}).all()


def answers_stamp(session: Session, at: datetime) -> str:
    """A text that differs whenever who answers for any grid may differ: by another moment or by another state."""
    return str(session.scalar(_ANSWERS_STAMP, {"at": at}))


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
