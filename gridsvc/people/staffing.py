"""Workers and posts, and who is given which grid. A grid without a main worker has a named vacancy instead."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.geography import nets
from gridsvc.geography.nets import GridDraft, PublishedNet
from gridsvc.infra.db import new_id
from gridsvc.people.queries import holding, posts, workers
from gridsvc.people.tables import Leave


@dataclass(frozen=True)
class WorkerDraft:
    """A worker to be registered; `number` is the city's own and unique."""

    number: str
    name: str
    community_code: str
    phone: str | None = None
    account_id: UUID | None = None
    synthetic: bool = False


@dataclass(frozen=True)
class PostDraft:
    """An authorised post of an area or a station, filled since `since` by the worker with that number, or vacant."""

    number: str
    community_code: str
    worker_number: str | None = None
    kind: Literal["grid", "counter", "clerical", "service"] = "grid"
    station_code: str | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Appointment:
    """From `since` until `until`, or for good, the worker holds the grid.

    No worker as main means a named vacancy, no worker as backup that there is no backup.
    """

    grid_id: UUID
    worker_id: UUID | None
    since: datetime
    role: Literal["main", "backup"] = "main"
    until: datetime | None = None


@dataclass(frozen=True)
class LeaveDraft:
    """A worker is away from `since` until `until`; `cover_worker_id` says who covers when it is not the backup."""

    worker_id: UUID
    since: datetime
    until: datetime
    reason: str
    cover_worker_id: UUID | None = None


def register_workers(session: Session, drafts: Sequence[WorkerDraft]) -> dict[str, UUID]:
    """Add workers and return their ids by number; refuses numbers that are taken or come twice."""
    numbers = [draft.number for draft in drafts]
    _refuse_taken(numbers, workers.worker_numbers(session, numbers))
    ids = {draft.number: new_id() for draft in drafts}
    workers.insert_workers(session, [asdict(draft) | {"id": ids[draft.number]} for draft in drafts])
    return ids


def give_account(session: Session, number: str, account_id: UUID) -> None:
    """Let the worker with that number log in by an account; raises NotFound, or Conflict when they have one."""
    worker_id = workers.worker_numbers(session, [number]).get(number)
    if worker_id is None:
        raise NotFound("No worker has this number.")
    if not workers.set_account(session, worker_id, account_id):
        raise Conflict("The worker has an account already.")


def _refuse_taken(numbers: Sequence[str], known: dict[str, UUID]) -> None:
    seen: set[str] = set()
    faults = []
    for row, number in enumerate(numbers):
        if number in known or number in seen:
            faults.append(Fault(f"row {row}", "number_taken", "This number is already in use."))
        seen.add(number)
    if faults:
        raise Conflict("Some worker numbers are already in use; nothing was added.", faults=faults)


def register_posts(session: Session, drafts: Sequence[PostDraft]) -> dict[str, UUID]:
    """Add posts and return their ids by number; refuses workers and stations that are not registered."""
    known_workers = workers.worker_numbers(session, [draft.worker_number for draft in drafts if draft.worker_number])
    stations = posts.stations_by_code(session, [draft.station_code for draft in drafts if draft.station_code])
    faults = [
        Fault(f"row {row}", f"unknown_{what}", f"No {what} has this number.")
        for row, draft in enumerate(drafts)
        for what, number, known in (
            ("worker", draft.worker_number, known_workers),
            ("station", draft.station_code, stations),
        )
        if number and number not in known
    ]
    if faults:
        raise InvalidInput("Some posts name what is not registered; nothing was added.", faults=faults)
    ids = {draft.number: new_id() for draft in drafts}
    posts.insert_posts(
        session,
        [
            {
                "id": ids[draft.number],
                "number": draft.number,
                "community_code": draft.community_code,
                "station_id": stations[draft.station_code].id if draft.station_code else None,
                "kind": draft.kind,
                "valid": Range(draft.since, None, bounds="[)"),
            }
            for draft in drafts
        ],
    )
    posts.insert_holdings(
        session,
        [
            {
                "id": new_id(),
                "post_id": ids[draft.number],
                "worker_id": known_workers[draft.worker_number],
                "valid": Range(draft.since, None, bounds="[)"),
            }
            for draft in drafts
            if draft.worker_number
        ],
    )
    return ids


def appoint(session: Session, appointments: Sequence[Appointment], *, now: datetime | None = None) -> datetime:
    """Give grids to workers for a time; what was held before and after, and what was known before, stays.

    Whoever becomes the main worker of a grid is its backup no longer; there is one backup at a time. Nobody holds a
    grid that is not there. `now` is the moment from which this is known, which is returned: left out, the clock read
    after the grids were locked, so that no two changes of a grid overlap.
    """
    grid_ids = list({appointment.grid_id for appointment in appointments})
    known_from = now or holding.recording_time(session, grid_ids)
    spans = [{"grid_id": a.grid_id, "since": a.since, "until": a.until, "role": a.role} for a in appointments]
    for role in ("main", "backup"):
        holding.cut(session, role, [span for span in spans if span["role"] == role], known_from)
    doubled = [
        {"grid_id": a.grid_id, "worker_id": a.worker_id, "since": a.since, "until": a.until}
        for a in appointments
        if a.role == "main" and a.worker_id
    ]
    holding.cut(session, "backup", doubled, known_from)
    kept = [a for a in appointments if a.role == "main" or a.worker_id is not None]
    holding.hold(session, [asdict(a) | {"id": new_id()} for a in kept], known_from)
    holding.drop_never_known(session, grid_ids)
    return known_from


def open_grids(session: Session, grid_ids: Sequence[UUID], *, since: datetime, now: datetime | None = None) -> None:
    """Give each new grid a named vacancy from its first moment on."""
    appoint(session, [Appointment(grid_id, None, since) for grid_id in grid_ids], now=now)


def inherit_grids(session: Session, batch_id: UUID, *, since: datetime) -> None:
    """Give each new grid of a batch that begins to the main worker whom its first parent will have then, or to nobody.

    See `gridsvc.geography.staged`. Those who hold the parents are read, and not changed.
    """
    holding.inherit(session, batch_id, since)


def close_grids(session: Session, grid_ids: Sequence[UUID], *, since: datetime, now: datetime | None = None) -> None:
    """Let nobody answer for grids that end at a moment; what was held and known before stays."""
    known_from = now or holding.recording_time(session, grid_ids)
    for role in ("main", "backup"):
        holding.cut(session, role, [{"grid_id": grid_id, "since": since} for grid_id in grid_ids], known_from)
    holding.drop_never_known(session, grid_ids)


def reopen_grids(session: Session, grid_ids: Sequence[UUID], *, since: datetime, now: datetime | None = None) -> None:
    """Let go on whoever held grids that were to end at a moment and now do not: a plan was withdrawn."""
    known_from = now or holding.recording_time(session, grid_ids)
    holding.resume(session, grid_ids, since, known_from)
    holding.drop_never_known(session, grid_ids)


def record_leaves(session: Session, drafts: Sequence[LeaveDraft], *, now: datetime) -> None:
    """Enter absences that need no decision any more, known from `now` on."""
    session.add_all(
        Leave(
            id=new_id(),
            request_id=new_id(),
            worker_id=draft.worker_id,
            reason=draft.reason,
            cover_worker_id=draft.cover_worker_id,
            cover_source="hand" if draft.cover_worker_id else None,
            valid=Range(draft.since, draft.until, bounds="[)"),
            recorded=Range(now, None, bounds="[)"),
        )
        for draft in drafts
    )
    session.flush()


def import_grids_with_vacancies(
    session: Session,
    drafts: Sequence[GridDraft],
    *,
    scheme: str = "standard15",
    effective_at: datetime,
    by: str,
    now: datetime,
) -> PublishedNet:
    """Publish imported grids, each with a named vacancy from its first moment on.

    Refuses what `gridsvc.geography.nets.publish_grids` refuses; nothing is half done.
    """
    net = nets.publish_grids(session, drafts, scheme=scheme, effective_at=effective_at, by=by)
    vacancies = [Appointment(grid_id, None, effective_at) for grid_id in net.grid_ids]
    appoint(session, vacancies, now=now)
    return net
