"""Leave from asking to covering: requested, approved or refused, withdrawn or cancelled, and who stands in.

Every step is a new version of the leave, so that what was known at any moment stays readable. Only an approved leave
counts. Who covers: whoever was named by hand, else the backup of the grid, else, where the city's rule says so, the
colleague of the same community with the least to do, else nobody, which is said by name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, Forbidden, InvalidInput, NotFound
from gridsvc.core.fields import EARLIEST, text_faults
from gridsvc.infra.db import new_id
from gridsvc.people.answer import Person, who_answers
from gridsvc.people.queries import holding, leaves, workers

CoverRule = Literal["backup", "backup_then_neighbour"]
How = Literal["hand", "backup", "rule", "uncovered"]

LONGEST_REASON = 200
LONGEST_LEAVE = timedelta(days=366)
FURTHEST_AHEAD = timedelta(days=732)
COUNTING = ("requested", "approved")

LeaveRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class LeaveRequest:
    """A worker wants to be away; `until` is needed, an absence whose end is unknown is prolonged later."""

    worker_id: UUID
    since: datetime
    until: datetime | None
    reason: str
    cover_worker_id: UUID | None = None


class GridCover(NamedTuple):
    """How one grid is covered when its main worker is away."""

    grid_id: UUID
    code: str
    name: str
    how: How
    who: Person | None


def request_leave(session: Session, actor: Actor, asked: LeaveRequest, *, now: datetime | None = None) -> UUID:
    """Ask for a leave, one's own or, with the right to approve, anybody's in one's jurisdiction; returns its id.

    Refuses a leave without end, one that overlaps another, and a cover who is the worker, is away or has left.
    """
    actor = actor.by("leave.request")
    worker = _worker_for(session, actor, asked.worker_id)
    known_from = now or leaves.recording_time(session, worker.id)
    until = _check_span(asked, known_from)
    if worker.left_at is not None and worker.left_at < until:
        raise InvalidInput(faults=[Fault("body.until", "worker_left", "The worker leaves the service before that.")])
    _refuse_overlap(session, worker.id, asked.since, until)
    _check_cover(session, actor, worker.id, asked.cover_worker_id, asked.since, until)
    request_id = new_id()
    values = {
        "id": new_id(),
        "request_id": request_id,
        "worker_id": worker.id,
        "reason": asked.reason.strip(),
        "state": "requested",
        "cover_worker_id": asked.cover_worker_id,
        "cover_source": "hand" if asked.cover_worker_id else None,
        "written_by": actor.username,
        "valid": Range(asked.since, until, bounds="[)"),
    }
    leaves.insert_leave(session, values, known_from)
    audit.record(session, actor, "leave.request", "leave", request_id)
    return request_id


def approve_leave(
    session: Session,
    actor: Actor,
    request_id: UUID,
    *,
    rule: CoverRule,
    cover_worker_id: UUID | None = None,
    note: str | None = None,
    now: datetime | None = None,
) -> None:
    """Let a requested leave count, and settle who covers: by hand, by the backups, or by the city's rule."""
    row, known_from = _to_decide(session, actor, request_id, now)
    _require_state(row, "requested")
    by_hand = cover_worker_id or row.cover_worker_id
    _check_cover(session, actor, row.worker_id, by_hand, row.since, row.until)
    cover: dict[str, Any] = {"cover_worker_id": by_hand, "cover_source": "hand" if by_hand else None}
    if by_hand is None:
        cover = _cover_by_rule(session, row, rule)
    _write(session, actor, row, known_from, state="approved", note=_noted(note), **cover)
    audit.record(session, actor, "leave.approve", "leave", request_id, detail={"cover": cover["cover_source"]})


def refuse_leave(session: Session, actor: Actor, request_id: UUID, *, note: str, now: datetime | None = None) -> None:
    """Refuse a requested leave, with a reason."""
    row, known_from = _to_decide(session, actor, request_id, now)
    _require_state(row, "requested")
    if not note.strip():
        raise InvalidInput(faults=[Fault("body.note", "missing", "Say why the leave is refused.")])
    _write(session, actor, row, known_from, state="refused", note=_noted(note))
    audit.record(session, actor, "leave.refuse", "leave", request_id)


def cancel_leave(
    session: Session, actor: Actor, request_id: UUID, *, note: str | None = None, now: datetime | None = None
) -> None:
    """Take a leave back: a requested one is withdrawn, an approved one cancelled, and one that has begun ends now.

    One's own, or with the right to approve, anybody's in one's jurisdiction.
    """
    actor = actor.by("leave.request")
    row = find_leave(session, actor, request_id)
    _worker_for(session, actor, row.worker_id)
    known_from = now or leaves.recording_time(session, row.worker_id)
    row = find_leave(session, actor, request_id)
    if row.state not in COUNTING or row.until <= known_from:
        raise Conflict("This leave is over or was decided otherwise; there is nothing to take back.")
    if row.state == "requested":
        _write(session, actor, row, known_from, state="withdrawn", note=_noted(note))
    elif row.since < known_from:
        _write(session, actor, row, known_from, until=known_from, note=_noted(note))
    else:
        _write(session, actor, row, known_from, state="cancelled", note=_noted(note))
    audit.record(session, actor, "leave.cancel", "leave", request_id)


def cover_leave(
    session: Session, actor: Actor, request_id: UUID, cover_worker_id: UUID | None, *, now: datetime | None = None
) -> None:
    """Name by hand who covers an approved leave, or nobody, and then the backups do."""
    row, known_from = _to_decide(session, actor, request_id, now)
    if row.state not in COUNTING:
        raise Conflict("Only a leave that is requested or approved can be covered.")
    _check_cover(session, actor, row.worker_id, cover_worker_id, row.since, row.until)
    source = "hand" if cover_worker_id else None
    _write(session, actor, row, known_from, cover_worker_id=cover_worker_id, cover_source=source)
    audit.record(session, actor, "leave.cover", "leave", request_id, detail={"by_hand": cover_worker_id is not None})


def find_leave(session: Session, actor: Actor, request_id: UUID, known_at: datetime | None = None) -> LeaveRow:
    """A leave one may see: one's own, one that one covers, or one in one's jurisdiction; raises NotFound."""
    row = leaves.leave_by_request(session, request_id, known_at)
    me = actor.scope.worker_id
    if row is None or not (
        actor.scope.covers(row.community_code) or (me is not None and me in (row.worker_id, row.cover_worker_id))
    ):
        raise NotFound
    return row


def covers_of(session: Session, row: LeaveRow, now: datetime) -> list[GridCover]:
    """How each grid of the worker is covered when the leave begins, or now if it has begun; none before it counts."""
    if row.state != "approved":
        return []
    at = max(row.since, min(now, row.until - timedelta(microseconds=1)))
    grid_ids = leaves.main_grids(session, row.worker_id, at)
    answers = who_answers(session, at, grid_ids) if grid_ids else {}
    found = []
    for grid_id, grid in holding.grids_by_id(session, grid_ids, at).items():
        answer = answers[grid_id]
        how: How = "uncovered"
        if answer.answers is not None:
            how = "backup" if answer.role == "backup" else row.cover_source or "hand"
        found.append(GridCover(grid_id, grid.code, grid.name, how, answer.answers))
    return found


def _worker_for(session: Session, actor: Actor, worker_id: UUID) -> LeaveRow:
    """The worker whose leave it is: oneself, or somebody in the jurisdiction of one who may approve."""
    row = workers.worker(session, worker_id)
    is_own = actor.scope.worker_id == worker_id
    if row is None or not (is_own or actor.scope.covers(row.community_code)):
        raise NotFound
    if not is_own:
        actor.require("leave.approve")
    return row


def _to_decide(session: Session, actor: Actor, request_id: UUID, now: datetime | None) -> tuple[LeaveRow, datetime]:
    actor = actor.by("leave.approve")
    row = find_leave(session, actor, request_id)
    if not actor.scope.covers(row.community_code):
        raise NotFound
    if row.worker_id == actor.scope.worker_id:
        raise Forbidden("Nobody decides on their own leave.")
    known_from = now or leaves.recording_time(session, row.worker_id)
    return find_leave(session, actor, request_id), known_from


def _require_state(row: LeaveRow, state: str) -> None:
    if row.state != state:
        raise Conflict(f"This leave is {row.state} already.")


def _check_span(asked: LeaveRequest, now: datetime) -> datetime:
    """The end of the leave; raises InvalidInput with everything that is wrong with its time and reason."""
    faults = list(text_faults("body.reason", asked.reason, limit=LONGEST_REASON))
    if not asked.reason.strip():
        faults.append(Fault("body.reason", "missing", "Say what kind of leave it is."))
    faults += _span_faults(asked.since, asked.until, now)
    if faults or asked.until is None:
        raise InvalidInput("The leave cannot be entered like this.", faults=faults)
    return asked.until


def _span_faults(since: datetime, until: datetime | None, now: datetime) -> list[Fault]:
    if since.tzinfo is None or (until is not None and until.tzinfo is None):
        return [Fault("body.since", "naive_time", "The times have no zone; say which one is meant.")]
    if until is None:
        words = "A leave needs an end; give the day that is expected, it can be followed by another one."
        return [Fault("body.until", "no_end", words)]
    if until <= since:
        return [Fault("body.until", "not_after_since", "A leave ends after it begins.")]
    if until - since > LONGEST_LEAVE:
        return [Fault("body.until", "too_long", f"A leave is at most {LONGEST_LEAVE.days} days long.")]
    if not EARLIEST <= since <= now + FURTHEST_AHEAD:
        return [Fault("body.since", "impossible_time", "A leave begins after 2000 and within two years from now.")]
    return []


def _refuse_overlap(session: Session, worker_id: UUID, since: datetime, until: datetime) -> None:
    faults = [
        Fault(
            "body.since", "leave_overlaps", f"There is a leave from {span_words(row.since, row.until)} ({row.state})."
        )
        for row in leaves.overlapping(session, [worker_id], since, until, states=COUNTING)
    ]
    if faults:
        raise Conflict("The worker is away at that time already; nothing was entered.", faults=faults)


def _check_cover(
    session: Session, actor: Actor, worker_id: UUID, cover_id: UUID | None, since: datetime, until: datetime
) -> None:
    if cover_id is None:
        return
    place = "body.cover_worker_id"
    if cover_id == worker_id:
        raise InvalidInput(faults=[Fault(place, "cover_is_self", "Nobody covers their own leave.")])
    cover = workers.worker(session, cover_id)
    is_visible = cover is not None and (
        actor.scope.covers(cover.community_code) or cover.community_code == _home_of(session, worker_id)
    )
    if cover is None or not is_visible:
        raise InvalidInput(faults=[Fault(place, "unknown_worker", "There is no such worker.")])
    if cover.left_at is not None and cover.left_at < until:
        words = f"{cover.name} leaves the service at {cover.left_at.isoformat()}."
        raise InvalidInput(faults=[Fault(place, "cover_left", words)])
    faults = [
        Fault(place, "cover_is_away", f"{cover.name} is away from {span_words(row.since, row.until)} ({row.state}).")
        for row in leaves.overlapping(session, [cover_id], since, until, states=("approved",))
    ]
    if faults:
        raise Conflict("The one who is to cover is away at that time.", faults=faults)


def _home_of(session: Session, worker_id: UUID) -> str | None:
    row = workers.worker(session, worker_id)
    return None if row is None else str(row.community_code)


def _cover_by_rule(session: Session, row: LeaveRow, rule: CoverRule) -> dict[str, Any]:
    found = None
    if rule == "backup_then_neighbour" and leaves.grids_without_backup(session, row.worker_id, row.since, row.until):
        found = leaves.least_loaded(session, row.worker_id, row.community_code, row.since, row.until)
    return {"cover_worker_id": found, "cover_source": "rule" if found else None}


def _write(session: Session, actor: Actor, row: LeaveRow, now: datetime, **changed: Any) -> None:
    """Follow a version of a leave with the next one."""
    values = {
        "state": row.state,
        "note": row.note,
        "cover_worker_id": row.cover_worker_id,
        "cover_source": row.cover_source,
    } | {name: value for name, value in changed.items() if name != "until"}
    values |= {
        "id": new_id(),
        "request_id": row.request_id,
        "worker_id": row.worker_id,
        "reason": row.reason,
        "written_by": actor.username,
        "valid": Range(row.since, changed.get("until", row.until), bounds="[)"),
    }
    leaves.close_version(session, row.id, now)
    leaves.insert_leave(session, values, now)


def _noted(note: str | None) -> str | None:
    if note is None:
        return None
    faults = list(text_faults("body.note", note, limit=LONGEST_REASON))
    if faults:
        raise InvalidInput(faults=faults)
    return note.strip() or None


def span_words(since: datetime, until: datetime | None) -> str:
    """A span of time in words of an answer."""
    end = "an open end" if until is None else f"{until:%Y-%m-%d %H:%M}"
    return f"{since:%Y-%m-%d %H:%M} to {end}"


def end_with_service(session: Session, actor: Actor, row: LeaveRow, at: datetime, now: datetime) -> None:
    """End a leave at the moment its worker leaves the service; one that would begin later is cancelled."""
    if row.since >= at:
        _write(session, actor, row, now, state="cancelled" if row.state == "approved" else "withdrawn")
    else:
        _write(session, actor, row, now, until=at)


def lose_cover(session: Session, actor: Actor, row: LeaveRow, now: datetime) -> None:
    """Let a leave be covered by the backups again, because whoever was to cover it leaves the service."""
    known_from = max(now, leaves.recording_time(session, row.worker_id))
    _write(session, actor, row, known_from, cover_worker_id=None, cover_source=None)
