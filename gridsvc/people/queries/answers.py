"""Queries on who answers for a grid at a moment, and on when a worker's device was heard from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# Responsibility and leave speak of a time (`valid`) and were held to be so for a time (`recorded`). An answer is given
# as known now, of the rows whose recorded time is still open, or as it was known at an earlier moment.
# Plain joins, so that the planner looks up one grid by its indexes and hashes the whole net; a worker with several
# leaves, now or to come, has a row for each. Only approved leave counts, and nobody covers who is away.
_ANSWERS = """
    SELECT held.grid_id, CASE WHEN held.role = 'main' THEN lower(held.valid) END, upper(held.valid),
        worker.id, worker.name, worker.phone,
        lower(absence.valid), upper(absence.valid), absence.id IS NOT NULL,
        cover.id, cover.name, cover.phone, absence.cover_source
    FROM responsibility held
    LEFT JOIN worker ON worker.id = held.worker_id
    LEFT JOIN leave absence ON absence.worker_id = held.worker_id AND {absence_known}
        AND absence.state = 'approved' AND NOT absence.valid << tstzrange(CAST(:at AS timestamptz), NULL)
    LEFT JOIN worker cover ON cover.id = absence.cover_worker_id AND NOT EXISTS (
            SELECT FROM leave other WHERE other.worker_id = cover.id AND other.valid @> CAST(:at AS timestamptz)
                AND {other_known} AND other.state = 'approved'
    )
    WHERE held.valid @> CAST(:at AS timestamptz) AND {held_known} {which}
    ORDER BY held.grid_id, held.role DESC, worker.number, absence.valid
"""


def _answers(which: str, known: str) -> Any:
    words = {f"{name}_known": known.format(name) for name in ("absence", "other", "held")}
    return text(_ANSWERS.format(which=which, **words))


_NOW = "upper_inf({}.recorded)"
_THEN = "{}.recorded @> CAST(:known_at AS timestamptz)"
_FOR = "AND held.grid_id = ANY(:grid_ids)"
_ANSWERS_EVERYWHERE = _answers("", _NOW)
_ANSWERS_FOR = _answers(_FOR, _NOW)
# For one grid a plan made once serves for ever; for a list of unknown length PostgreSQL plans anew each time.
_ANSWERS_FOR_ONE = _answers("AND held.grid_id = :grid_id", _NOW)
_ANSWERS_KNOWN_EVERYWHERE = _answers("", _THEN)
_ANSWERS_KNOWN_FOR = _answers(_FOR, _THEN)

# Every version of a row has the number of the transaction that wrote it: with the ids it tells any change of the rows
# that an answer is made of. Summed, because that needs no order.
_ANSWERS_STAMP = text(
    """
    SELECT CAST(held.stamp AS text) || ' ' || CAST(away.stamp AS text) || ' ' || CAST(people.stamp AS text) FROM
        (SELECT coalesce(sum(uuid_hash_extended(id, CAST(CAST(xmin AS text) AS bigint))), 0) AS stamp
         FROM responsibility WHERE valid @> CAST(:at AS timestamptz) AND upper_inf(recorded)) held,
        (SELECT coalesce(sum(uuid_hash_extended(id, CAST(CAST(xmin AS text) AS bigint))), 0)
             + count(*) FILTER (WHERE valid @> CAST(:at AS timestamptz)) AS stamp
         FROM leave WHERE NOT valid << tstzrange(CAST(:at AS timestamptz), NULL) AND upper_inf(recorded)
             AND state = 'approved') away,
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
      AND leave.state = 'approved' AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
    """
)

_NOTE_CONTACT = text(
    """
    INSERT INTO device_contact (worker_id, heard_at)
    SELECT * FROM unnest(CAST(:worker_ids AS uuid[]), CAST(:moments AS timestamptz[]))
    ON CONFLICT (worker_id) DO UPDATE SET heard_at = greatest(device_contact.heard_at, excluded.heard_at)
    """
)


def holders(
    session: Session, at: datetime, grid_ids: Sequence[UUID] | None = None, known_at: datetime | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who holds which grid at a moment, all grids or those asked for: main before backups, grid by grid.

    As known now, or as it was known at `known_at`. Rows are (grid_id, since, until, worker id, name, phone, leave from,
    leave until, is there a leave, cover id, name, phone, cover source), one for each leave that is not over; `since` is
    told of the main row, and a cover who is away is left out.
    """
    if known_at is not None:
        values: dict[str, Any] = {"at": at, "known_at": known_at}
        if grid_ids is None:
            return session.execute(_ANSWERS_KNOWN_EVERYWHERE, values).all()
        return session.execute(_ANSWERS_KNOWN_FOR, values | {"grid_ids": list(grid_ids)}).all()
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


def note_contact(session: Session, heard: Mapping[UUID, datetime]) -> None:
    """Note when the devices of workers were heard from; an earlier moment never replaces a later one."""
    # One order for everybody, so that two batches cannot block each other.
    ordered = sorted(heard.items())
    if ordered:
        session.execute(
            _NOTE_CONTACT, {"worker_ids": [who for who, _ in ordered], "moments": [moment for _, moment in ordered]}
        )
