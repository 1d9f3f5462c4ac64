"""Giving a grid to somebody from a day on: appointments, transfers, backups and late entries, with every refusal named.

A grid always has one main worker or a named vacancy. Whoever held it before holds it until then; what was planned for
later is never overwritten without being told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.people.leave import span_words
from gridsvc.people.queries import holding, leaves, workers
from gridsvc.people.staffing import Appointment, appoint

Role = Literal["main", "backup"]
Held = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Change:
    """Who is to hold a grid, as what, from when on; `until` lets whoever held it before come back.

    No worker means a vacancy, or no backup. `replace_later` also does away with what was planned for later.
    """

    grid_code: str
    role: Role
    worker_id: UUID | None
    since: datetime
    until: datetime | None = None
    replace_later: bool = False


@dataclass(frozen=True)
class Changed:
    """What an appointment did: the grid, who held it so far, and what somebody should know."""

    grid_id: UUID
    known_from: datetime
    before: list[Held]
    notes: list[str]


def change_holder(session: Session, actor: Actor, change: Change, *, now: datetime | None = None) -> Changed:
    """Give a grid of one's jurisdiction to a worker, or to nobody, from a moment on.

    Refuses a grid that does not live then, a worker who is unknown or leaves before, one who would be main and backup
    at once, and what would undo a later appointment, which is named.
    """
    actor = actor.by("people.edit")
    grid = grid_of(session, actor, change)
    known_from = now or holding.recording_time(session, [grid.grid_id])
    held = holding.history(session, [grid.grid_id])
    worker = None if change.worker_id is None else workers.worker(session, change.worker_id)
    invalid, conflicts = check_change(change, grid, held, worker)
    if invalid:
        raise InvalidInput("The grid cannot be given like this.", faults=invalid)
    if conflicts:
        raise Conflict("This contradicts who holds the grid; nothing was changed.", faults=conflicts)
    if worker is not None and not actor.scope.covers(worker.community_code):
        raise NotFound
    before = [row for row in held if row.role == change.role and _overlaps(row, change)]
    made = Appointment(grid.grid_id, change.worker_id, change.since, change.role, change.until)
    appoint(session, [made], now=known_from)
    audit.record(session, actor, f"responsibility.{change.role}", "grid", grid.code, detail={"vacant": worker is None})
    return Changed(grid.grid_id, known_from, before, list(_notes(session, change, worker)))


def grid_of(session: Session, actor: Actor, change: Change) -> Held:
    """The grid that bears the code when it is given; raises NotFound, or InvalidInput for a time without zone."""
    if change.since.tzinfo is None or (change.until is not None and change.until.tzinfo is None):
        raise InvalidInput(faults=[Fault("body.since", "naive_time", "The time has no zone; say which one is meant.")])
    grid = holding.grids_by_code(session, [change.grid_code], change.since).get(change.grid_code)
    if grid is None or not actor.scope.covers(grid.community_code, grid.grid_id):
        raise NotFound("No grid bears this code at that moment, or it is not yours to change.")
    return grid


def check_change(
    change: Change, grid: Held, held: Sequence[Held], worker: Held | None, place: str = "body."
) -> tuple[list[Fault], list[Fault]]:
    """What is wrong with a change in itself, and what it contradicts; `held` is who holds the grid as known now."""
    invalid, conflicts = [], []
    if change.until is not None and change.until <= change.since:
        invalid.append(Fault(f"{place}until", "not_after_since", "The time ends after it begins."))
    if change.worker_id is not None and worker is None:
        invalid.append(Fault(f"{place}worker_id", "unknown_worker", "There is no such worker."))
    leaves_at = None if worker is None else worker.left_at
    if worker is not None and leaves_at is not None and (change.until is None or change.until > leaves_at):
        words = f"{worker.name} leaves the service at {leaves_at:%Y-%m-%d}."
        invalid.append(Fault(f"{place}worker_id", "worker_left", words))
    rows = [row for row in held if row.grid_id == grid.grid_id and _overlaps(row, change)]
    if change.role == "backup" and worker is not None:
        conflicts += [
            Fault(f"{place}worker_id", "is_main", f"{worker.name} is the main worker of the grid {_words(row)}.")
            for row in rows
            if row.role == "main" and row.worker_id == worker.id
        ]
    if not change.replace_later:
        conflicts += [
            Fault(f"{place}since", "later_appointment", f"{row.name or 'A vacancy'} is planned {_words(row)}.")
            for row in rows
            if row.role == change.role and row.since > change.since and row.worker_id != change.worker_id
        ]
    return invalid, conflicts


def _overlaps(row: Held, change: Change) -> bool:
    return (row.until is None or row.until > change.since) and (change.until is None or row.since < change.until)


def _words(row: Held) -> str:
    return f"from {span_words(row.since, row.until)}"


def _notes(session: Session, change: Change, worker: Held | None) -> Sequence[str]:
    """What is allowed but should be known: no account, so no list on the phone; or away when it begins."""
    if worker is None:
        return ()
    notes = [] if worker.has_account else ["no_account"]
    moment = timedelta(microseconds=1)
    away = leaves.overlapping(session, [worker.id], change.since, change.since + moment, states=("approved",))
    return [*notes, *("on_leave" for _ in away[:1])]
