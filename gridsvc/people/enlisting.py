"""Workers as a register: taking them on, changing their data, what they do, and what remains when they leave."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.fields import EARLIEST, text_faults
from gridsvc.core.revisions import Expected
from gridsvc.infra.db import new_id
from gridsvc.people import leave
from gridsvc.people.queries import holding, leaves, posts, workers
from gridsvc.people.staffing import Appointment, WorkerDraft, appoint, register_workers

LONGEST_NUMBER = 32
LONGEST_NAME = 60
LONGEST_PHONE = 32
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]*")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{2,}")

WorkerRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Duty:
    """A function a worker can have: a grid, the counter, or a service line by its key."""

    kind: Literal["grid", "counter", "line"]
    line_key: str | None = None


@dataclass(frozen=True)
class Leaving:
    """What changed when somebody left: codes of grids now vacant or without backup, and leaves to cover anew."""

    vacant: list[str]
    without_backup: list[str]
    uncovered_leaves: list[UUID]
    post: str | None


def find_worker(session: Session, actor: Actor, worker_id: UUID, *, to_change: bool = False) -> WorkerRow:
    """A worker in one's jurisdiction, or oneself, locked when something is to be changed; raises NotFound."""
    row = workers.worker(session, worker_id, to_change=to_change)
    if row is None or not (actor.scope.covers(row.community_code) or actor.scope.worker_id == worker_id):
        raise NotFound
    return row


def enlist(session: Session, actor: Actor, draft: WorkerDraft) -> UUID:
    """Add a worker of one's jurisdiction; refuses a number that is taken, and fields that cannot be right."""
    actor = actor.by("people.edit")
    if not actor.scope.covers(draft.community_code):
        raise NotFound
    faults = draft_faults(draft, workers.known_areas(session, [draft.community_code]))
    if faults:
        raise InvalidInput("The worker cannot be registered like this.", faults=faults)
    if draft.number in workers.worker_numbers(session, [draft.number]):
        raise Conflict(faults=[Fault("body.number", "number_taken", "This number is already in use.")])
    worker_id = register_workers(session, [draft])[draft.number]
    audit.record(session, actor, "worker.create", "worker", worker_id)
    return worker_id


def change_worker(
    session: Session, actor: Actor, worker_id: UUID, changes: Mapping[str, str | None], expected: Expected
) -> int:
    """Change name, phone or community of a worker; returns the new revision, raises Stale for an old one."""
    actor = actor.by("people.edit")
    row = find_worker(session, actor, worker_id, to_change=True)
    expected.check(row.revision)
    values = {name: changes[name] for name in ("name", "phone", "community_code") if name in changes}
    draft = WorkerDraft(
        row.number,
        values.get("name", row.name) or "",
        values.get("community_code", row.community_code) or "",
        values.get("phone", row.phone),
    )
    faults = draft_faults(draft, workers.known_areas(session, [draft.community_code]))
    if faults:
        raise InvalidInput("The worker cannot be changed like this.", faults=faults)
    if not actor.scope.covers(draft.community_code):
        raise NotFound
    revision = workers.change_worker(session, worker_id, values)
    audit.record(session, actor, "worker.change", "worker", worker_id, detail={"fields": sorted(values)})
    return revision


def leave_service(
    session: Session, actor: Actor, worker_id: UUID, *, at: datetime, expected: Expected, now: datetime | None = None
) -> Leaving:
    """Let a worker serve no more from a moment on: their grids become named vacancies, their post is free.

    Leaves that they were to cover lose that cover, and their own end. Refuses whoever has left already.
    """
    actor = actor.by("people.edit")
    row = find_worker(session, actor, worker_id, to_change=True)
    expected.check(row.revision)
    if row.left_at is not None:
        raise Conflict(f"This worker left at {row.left_at.isoformat()} already.")
    if at.tzinfo is None or at < EARLIEST:
        raise InvalidInput(faults=[Fault("body.at", "impossible_time", "Say when, with its zone, after 2000.")])
    held = workers.future_of_worker(session, worker_id, at)
    known_from = _give_up(session, held, worker_id, at, now)
    post = posts.posts_of(session, [worker_id], at).get(worker_id)
    posts.end_holdings(session, at, worker_ids=[worker_id])
    workers.end_functions(session, [worker_id], at)
    uncovered = _end_leaves(session, actor, worker_id, at, known_from)
    workers.change_worker(session, worker_id, {"left_at": at})
    codes = {grid.grid_id: grid.code for grid in holding.grids_by_id(session, [h.grid_id for h in held], at).values()}
    audit.record(session, actor, "worker.leave", "worker", worker_id, detail={"grids": len(codes)})
    main, backup = (
        sorted({codes[row.grid_id] for row in held if row.role == role and row.grid_id in codes})
        for role in ("main", "backup")
    )
    return Leaving(main, backup, uncovered, post)


def _give_up(
    session: Session, held: Sequence[WorkerRow], worker_id: UUID, at: datetime, now: datetime | None
) -> datetime:
    """Vacancies where the worker was to be the main one, and no backup where they were to be that."""
    grid_ids = sorted({row.grid_id for row in held})
    known_from = now or max(holding.recording_time(session, grid_ids), leaves.recording_time(session, worker_id))
    mains = [
        Appointment(row.grid_id, None, max(at, row.since), "main", row.until) for row in held if row.role == "main"
    ]
    for appointment in mains:  # one by one: a worker may hold a grid at several times
        appoint(session, [appointment], now=known_from)
    backups = [
        {"grid_id": row.grid_id, "worker_id": worker_id, "since": max(at, row.since), "until": row.until}
        for row in held
        if row.role == "backup"
    ]
    for span in backups:
        holding.cut(session, "backup", [span], known_from)
    holding.drop_never_known(session, grid_ids)
    return known_from


def _end_leaves(session: Session, actor: Actor, worker_id: UUID, at: datetime, now: datetime) -> list[UUID]:
    """End the worker's own leaves, and free the leaves of others that they were to cover, which are returned."""
    for row in leaves.overlapping(session, [worker_id], at, LATEST, states=leave.COUNTING):
        leave.end_with_service(session, actor, row, at, now)
    covered = leaves.overlapping_covers(session, worker_id, at)
    for row in covered:
        leave.lose_cover(session, actor, row, now)
    return [row.request_id for row in covered]


def set_duties(
    session: Session, actor: Actor, worker_id: UUID, *, main: Duty, others: Sequence[Duty], since: datetime
) -> None:
    """Say what a worker does from a moment on: one main function, and those claimed beside it (一人双岗).

    Refuses a service line that the city does not have, and a function that is named twice.
    """
    actor = actor.by("people.edit")
    row = find_worker(session, actor, worker_id, to_change=True)
    faults = duty_faults(main, others, workers.service_line_keys(session))
    if faults:
        raise InvalidInput("The functions cannot be like this.", faults=faults)
    workers.end_functions(session, [worker_id], since)
    workers.insert_functions(session, function_rows(worker_id, main, others, Range(since, row.left_at, bounds="[)")))
    audit.record(session, actor, "worker.functions", "worker", worker_id, detail={"second": len(others)})


def duty_faults(main: Duty, others: Sequence[Duty], lines: Collection[str]) -> list[Fault]:
    """What is wrong with the functions of a worker; `lines` are the keys of the city's service lines."""
    faults = []
    for place, duty in (("body.main", main), *((f"body.others.{i}", duty) for i, duty in enumerate(others))):
        if (duty.kind == "line") != (duty.line_key is not None):
            faults.append(Fault(place, "line_without_key", "A service line, and nothing else, has a key."))
        elif duty.line_key is not None and duty.line_key not in lines:
            faults.append(Fault(f"{place}.line_key", "unknown_service_line", "The city has no such service line."))
    return faults + [
        Fault(f"body.others.{i}", "function_twice", "This function is claimed already.")
        for i, duty in enumerate(others)
        if duty == main or duty in others[:i]
    ]


def function_rows(
    worker_id: UUID, main: Duty, others: Sequence[Duty], valid: Range[datetime]
) -> list[Mapping[str, Any]]:
    """The rows of the functions of a worker for a time."""
    ranked = [("main", main), *(("second", duty) for duty in others)]
    return [
        {"id": new_id(), "worker_id": worker_id, "rank": rank, "kind": duty.kind, "line_key": duty.line_key}
        | {"valid": valid}
        for rank, duty in ranked
    ]


def draft_faults(draft: WorkerDraft, areas: Collection[str]) -> list[Fault]:
    """What is wrong with the data of a worker; `areas` are those of the management tree, as far as asked for."""
    faults = worker_faults(draft, "body.")
    if not faults and draft.community_code not in areas:
        faults.append(Fault("body.community_code", "unknown_community", "There is no such community."))
    return faults


def worker_faults(draft: WorkerDraft, place: str = "") -> list[Fault]:
    """What is wrong with the fields of a worker, each with its place."""
    faults = [
        *text_faults(f"{place}number", draft.number, limit=LONGEST_NUMBER),
        *text_faults(f"{place}name", draft.name, limit=LONGEST_NAME),
        *text_faults(f"{place}phone", draft.phone, limit=LONGEST_PHONE),
    ]
    if not _NUMBER.fullmatch(draft.number):
        faults.append(Fault(f"{place}number", "not_a_number", "A worker's number has letters, digits, - . and _ only."))
    if not draft.name.strip():
        faults.append(Fault(f"{place}name", "missing", "The name is missing."))
    if draft.phone is not None and not _PHONE.fullmatch(draft.phone):
        faults.append(Fault(f"{place}phone", "not_a_phone", "This is not a phone number."))
    return faults


def is_known_area(session: Session, code: str) -> bool:
    """Whether the management tree has such an area."""
    return code in workers.known_areas(session, [code])
