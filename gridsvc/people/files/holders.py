"""A table of who holds which grid: all grids at once, and the rows about one grid in their order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.core.errors import Conflict, Fault, GridsvcError, InvalidInput, NotFound
from gridsvc.people import holders
from gridsvc.people.enlisting import WorkerRow
from gridsvc.people.files.columns import ROLES
from gridsvc.people.files.reading import Row
from gridsvc.people.files.taking import Circumstances, Done, Taken, moment_of
from gridsvc.people.holders import Change, Held
from gridsvc.people.queries import holding, workers
from gridsvc.people.staffing import Appointment, appoint

_ROLES = dict(ROLES)


@dataclass(frozen=True)
class _Asked:
    """A row with what it asks for, the grid that bears its code then, and the worker it names."""

    row: Row
    change: Change
    grid: Held | None
    worker: WorkerRow | None


def take_responsibilities(session: Session, rows: Sequence[Row], given: Circumstances) -> Iterator[Taken]:
    """Every row by the rules of `holders`; what it finds is what the rows above it about the same grid left."""
    given.actor.require("people.edit")
    for turn in _turns(_asked(session, rows, given)):
        grid_ids = sorted({one.grid.grid_id for one in turn if one.grid is not None})
        known_from = holding.recording_time(session, grid_ids) if grid_ids else given.now
        held: dict[UUID, list[Held]] = {}
        for row in holding.history(session, grid_ids):
            held.setdefault(row.grid_id, []).append(row)
        made: dict[UUID, _Asked] = {}
        for one in turn:
            try:
                done = _take(one, held, given)
            except GridsvcError as refusal:
                yield one.row, refusal
                continue
            if done.action == "change" and one.grid is not None:
                made[one.grid.grid_id] = one
            yield one.row, done
        _store(session, made, given, known_from)


def _asked(session: Session, rows: Sequence[Row], given: Circumstances) -> list[_Asked]:
    named = sorted({row.values["worker"] for row in rows if "worker" in row.values})
    known = workers.workers_by_number(session, named)
    changes = [_change(row, known, given) for row in rows]
    codes: dict[datetime, set[str]] = {}
    for change in changes:
        codes.setdefault(change.since, set()).add(change.grid_code)
    grids = {since: holding.grids_by_code(session, sorted(some), since) for since, some in codes.items()}
    return [
        _Asked(row, change, grids[change.since].get(change.grid_code), known.get(row.values.get("worker", "")))
        for row, change in zip(rows, changes, strict=True)
    ]


def _change(row: Row, known: dict[str, Any], given: Circumstances) -> Change:
    worker, since = known.get(row.values.get("worker", "")), moment_of(row, "since", given)
    assert since is not None
    until = moment_of(row, "until", given, is_end=True)
    role: holders.Role = _ROLES[row.values["role"]]  # type: ignore[assignment]
    return Change(row.values["grid_code"], role, worker.id if worker else None, since, until)


def _turns(asked: Sequence[_Asked]) -> list[list[_Asked]]:
    """The rows in turns: in each a grid comes once at most, and its rows keep their order."""
    seen: dict[str, int] = {}
    turns: list[list[_Asked]] = []
    for one in asked:
        turn = seen[one.change.grid_code] = seen.get(one.change.grid_code, -1) + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(one)
    return turns


def _take(one: _Asked, held: dict[UUID, list[Held]], given: Circumstances) -> Done:
    change, grid = one.change, one.grid
    number = one.row.values.get("worker")
    if number is not None and one.worker is None:
        raise InvalidInput(faults=[Fault("worker", "unknown_worker", "No worker has this number.")])
    if grid is None or not given.actor.scope.covers(grid.community_code, grid.grid_id):
        raise NotFound("No grid bears this code at that moment, or it is not yours to change.")
    there = held.get(grid.grid_id, [])
    earlier = [row for row in there if row.role == change.role and row.since <= change.since]
    current = next((row for row in earlier if row.until is None or row.until > change.since), None)
    before = {"worker": current.number if current else None}
    what = f"{change.grid_code} {one.row.values['role']}"
    if _is_same(change, current):
        return Done("same", what, before, before)
    invalid, conflicts = holders.check_change(change, grid, there, one.worker)
    if invalid:
        raise InvalidInput("The grid cannot be given like this.", faults=invalid)
    if conflicts:
        raise Conflict("This contradicts who holds the grid; nothing was changed.", faults=conflicts)
    if one.worker is not None and not given.actor.scope.covers(one.worker.community_code):
        raise NotFound
    return Done("change", what, before, {"worker": number, "since": change.since.isoformat()})


def _is_same(change: Change, current: Held | None) -> bool:
    if current is None:
        return change.worker_id is None and change.role == "backup"
    covers = current.until is None or (change.until is not None and current.until >= change.until)
    return covers and current.worker_id == change.worker_id


def _store(session: Session, made: dict[UUID, _Asked], given: Circumstances, known_from: datetime) -> None:
    if not made:
        return
    appointments = [
        Appointment(grid_id, one.change.worker_id, one.change.since, one.change.role, one.change.until)
        for grid_id, one in made.items()
    ]
    appoint(session, appointments, now=known_from)
    for role in ("main", "backup"):
        given_out = {
            one.change.grid_code: {"vacant": one.worker is None} for one in made.values() if one.change.role == role
        }
        audit.record_each(session, given.actor, f"responsibility.{role}", "grid", given_out)
