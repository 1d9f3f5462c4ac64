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
from gridsvc.people import queries
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
    """An authorised post of a community, filled by the worker with that number or vacant."""

    number: str
    community_code: str
    worker_number: str | None = None


@dataclass(frozen=True)
class Appointment:
    """From `since` on the worker holds the grid; no worker as main means a named vacancy."""

    grid_id: UUID
    worker_id: UUID | None
    since: datetime
    role: Literal["main", "backup"] = "main"


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
    _refuse_taken(numbers, queries.worker_numbers(session, numbers))
    ids = {draft.number: new_id() for draft in drafts}
    queries.insert_workers(session, [asdict(draft) | {"id": ids[draft.number]} for draft in drafts])
    return ids


def give_account(session: Session, number: str, account_id: UUID) -> None:
    """Let the worker with that number log in by an account; raises NotFound, or Conflict when they have one."""
    worker_id = queries.worker_numbers(session, [number]).get(number)
    if worker_id is None:
        raise NotFound(f"No worker has the number {number}.")
    if not queries.set_account(session, worker_id, account_id):
        raise Conflict(f"The worker {number} has an account already.")


def _refuse_taken(numbers: Sequence[str], known: dict[str, UUID]) -> None:
    seen: set[str] = set()
    faults = []
    for row, number in enumerate(numbers):
        if number in known or number in seen:
            faults.append(Fault(f"row {row}", "number_taken", f"The number {number} is already in use."))
        seen.add(number)
    if faults:
        raise Conflict("Some worker numbers are already in use; nothing was added.", faults=faults)


def register_posts(session: Session, drafts: Sequence[PostDraft]) -> None:
    """Add posts; refuses a post given to a worker that is not registered."""
    wanted = [draft.worker_number for draft in drafts if draft.worker_number]
    workers = queries.worker_numbers(session, wanted)
    faults = [
        Fault(f"row {row}", "unknown_worker", f"No worker has the number {draft.worker_number}.")
        for row, draft in enumerate(drafts)
        if draft.worker_number and draft.worker_number not in workers
    ]
    if faults:
        raise InvalidInput("Some posts name workers that are not registered; nothing was added.", faults=faults)
    queries.insert_posts(
        session,
        [
            {
                "id": new_id(),
                "number": draft.number,
                "community_code": draft.community_code,
                "worker_id": workers.get(draft.worker_number) if draft.worker_number else None,
            }
            for draft in drafts
        ],
    )


def appoint(session: Session, appointments: Sequence[Appointment], *, now: datetime) -> None:
    """Give grids to workers from a moment each on; what was held before, and what was known before, stays."""
    main = [appointment for appointment in appointments if appointment.role == "main"]
    queries.close_main(session, [a.grid_id for a in main], [a.since for a in main], now)
    if appointments:
        queries.insert_responsibilities(session, [_row(appointment, now) for appointment in appointments])


def _row(appointment: Appointment, now: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "grid_id": appointment.grid_id,
        "worker_id": appointment.worker_id,
        "role": appointment.role,
        "valid": Range(appointment.since, None, bounds="[)"),
        "recorded": Range(now, None, bounds="[)"),
    }


def record_leaves(session: Session, drafts: Sequence[LeaveDraft], *, now: datetime) -> None:
    """Enter absences, known from `now` on."""
    session.add_all(
        Leave(
            worker_id=draft.worker_id,
            reason=draft.reason,
            cover_worker_id=draft.cover_worker_id,
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
