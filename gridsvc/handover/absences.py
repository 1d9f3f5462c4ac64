"""Leave with its hand-overs: opened when it is approved, cancelled when it is off, and back again when it is over."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, NotFound
from gridsvc.handover.confirming import Opening, drop_handover, open_handover
from gridsvc.handover.queries import absences as queries
from gridsvc.handover.queries import records
from gridsvc.handover.transfer import held_by
from gridsvc.infra.db import unit_of_work
from gridsvc.people import leave
from gridsvc.people.leave import CoverRule
from gridsvc.people.queries import leaves

# So long before a leave begins its list is there at the latest, however the leave was entered.
AHEAD = timedelta(days=1)
BATCH = 100
JOB = "leave"


def approve_leave(
    session: Session,
    actor: Actor,
    leave_id: UUID,
    *,
    rule: CoverRule,
    cover_worker_id: UUID | None = None,
    note: str | None = None,
) -> None:
    """Let a leave count, and open the hand-overs to those who cover; refuses what `people.leave` refuses."""
    leave.approve_leave(session, actor, leave_id, rule=rule, cover_worker_id=cover_worker_id, note=note)
    row = leave.find_leave(session, actor, leave_id)
    _open(session, row, by=actor.username, now=row.known_from)


def cancel_leave(session: Session, actor: Actor, leave_id: UUID, *, note: str | None = None) -> None:
    """Take a leave back; lists that nobody took are cancelled, and what was taken on meanwhile goes back."""
    leave.cancel_leave(session, actor, leave_id, note=note)
    row = leave.find_leave(session, actor, leave_id)
    _settle(session, queries.over(session, row.known_from, leave_id=leave_id), by=actor.username, now=row.known_from)


def cover_leave(session: Session, actor: Actor, leave_id: UUID, cover_worker_id: UUID | None) -> None:
    """Name by hand who covers; lists that nobody took are opened anew, to whoever covers then."""
    leave.cover_leave(session, actor, leave_id, cover_worker_id)
    row = leave.find_leave(session, actor, leave_id)
    for waiting in records.unfinished_for(session, leave_id=leave_id):
        drop_handover(session, waiting, row.known_from)
    _open(session, row, by=actor.username, now=row.known_from)


def hand_over_for_leave(session: Session, actor: Actor, leave_id: UUID, *, now: datetime) -> list[UUID]:
    """The hand-overs of an approved leave that nobody took yet, one for each who covers; opened if there are none.

    Grids that nobody covers make one that waits for a taker. Refuses a leave that does not count.
    """
    actor = actor.by("handover.manage")
    row = leave.find_leave(session, actor, leave_id)
    if not actor.scope.covers(row.community_code):
        raise NotFound
    if row.state != "approved":
        raise Conflict("Only an approved leave is handed over.")
    if waiting := records.unfinished_for(session, leave_id=leave_id):
        return [one.id for one in waiting]
    made = _open(session, row, by=actor.username, now=now)
    audit.record(session, actor, "handover.open", "leave", leave_id, detail={"handovers": len(made)})
    return made


def turn_leaves(engine: Engine, *, now: datetime) -> int:
    """The job: open what is missing for leaves about to begin, and settle those that are over; returns how many.

    Whatever way a leave came in, by import, late, or cut short. Each batch is a transaction of its own, and done again
    it finds nothing.
    """
    done = 0
    while True:
        with unit_of_work(engine) as session:
            without = queries.leaves_without(session, now, ahead=AHEAD, most=BATCH)
            rows = [row for each in without if (row := leaves.leave_by_request(session, each)) is not None]
            opened = sum(len(_open(session, row, by=JOB, now=now)) for row in rows)
            settled = _settle(session, queries.over(session, now, most=BATCH), by=JOB, now=now)
        done += opened + settled
        if opened + settled == 0:
            return done


def _open(session: Session, row: Any, *, by: str, now: datetime) -> list[UUID]:
    """One hand-over for each who covers a leave that counts and is not over; none while some of it wait.

    What somebody took over already they hand over, when somebody else covers now.
    """
    leaves.recording_time(session, row.worker_id)  # nobody else opens them meanwhile
    if row.state != "approved" or row.until <= now or records.unfinished_for(session, leave_id=row.request_id):
        return []
    giver_of = {
        grid_id: one.to_worker_id
        for one in records.taken_for_leave(session, row.request_id)
        for grid_id in records.grids_of(session, one.id)
    }
    pairs: dict[tuple[UUID, UUID | None], list[UUID]] = defaultdict(list)
    for cover in leave.covers_of(session, row, now):
        giver, taker = giver_of.get(cover.grid_id, row.worker_id), cover.who.id if cover.who else None
        if giver != taker:
            pairs[giver, taker].append(cover.grid_id)
    made = []
    for (giver, taker), grids in sorted(pairs.items(), key=str):
        since = row.since if giver == row.worker_id else max(row.since, now)
        asked = Opening("leave", giver, taker, grids, since, row.reason, until=row.until, leave_id=row.request_id)
        made.append(open_handover(session, asked, by=by, now=now))
    return made


def _settle(session: Session, found: Sequence[Any], *, by: str, now: datetime) -> int:
    """Cancel lists that waited in vain, and open one back where whoever covered has something that does not go back."""
    for row in found:
        if row.state in ("open", "given"):
            drop_handover(session, records.handover(session, row.id), now)
        if row.must_go_back:
            held = set(held_by(session, row.worker_id, now).values())
            grids = [grid for grid in records.grids_of(session, row.id) if grid in held]
            since = min(row.until, now)
            back = Opening("leave", row.to_worker_id, row.worker_id, grids, since, row.reason, leave_id=row.leave_id)
            open_handover(session, back, by=by, now=now)
    return len(found)
