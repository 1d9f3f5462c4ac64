"""Changing many grids at once: a preview, then a job that does all or nothing, and an undo that rewrites nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.audit import Origin, coming_from
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.core.errors import Conflict, Fault, GridsvcError, NotFound
from gridsvc.handover.confirming import Opening, open_handover
from gridsvc.handover.errors import WrongHandoverState
from gridsvc.handover.queries import moves as queries
from gridsvc.handover.queries import records
from gridsvc.handover.transfer import Transfer, check_transfer, faults_of, held_by, transfer
from gridsvc.infra.db import new_id, unit_of_work
from gridsvc.infra.jobs import defer
from gridsvc.people import holders
from gridsvc.people.enlisting import find_worker
from gridsvc.people.queries import holding, workers

TASK = "move_grids"
DOING = frozenset({"handover.manage", "handover.confirm", "people.edit"})


@dataclass(frozen=True)
class Load:
    """What a worker has as main worker: grids and, where known, their households."""

    grids: int
    households: int | None


@dataclass(frozen=True)
class Preview:
    """What a change would do: the grids, and the loads of both sides at its moment, before and after."""

    move_id: UUID
    codes: list[str]
    giver: tuple[Load, Load]
    taker: tuple[Load, Load]


def preview_move(session: Session, actor: Actor, wanted: Transfer, *, now: datetime) -> Preview:
    """Try a change out and keep what is asked, so that it can be carried out as it was shown; nothing else changes.

    Without grids, all that the giver holds at the moment. Everything that the change would be refused for is refused
    here already, by grid.
    """
    actor = actor.by("handover.manage")
    actor = actor.by("people.edit")
    giver = find_worker(session, actor, wanted.from_worker_id)
    held = held_by(session, giver.id, wanted.effective_at)
    wanted = replace(wanted, grid_codes=sorted(set(wanted.grid_codes) or held))
    check_transfer(session, actor, wanted)
    before = workers.loads(session, [giver.id, wanted.to_worker_id], wanted.effective_at)
    with session.begin_nested() as trial:
        transfer(session, actor, wanted, now=now)
        after = workers.loads(session, [giver.id, wanted.to_worker_id], wanted.effective_at)
        trial.rollback()
    move_id = new_id()
    values = {
        "id": move_id,
        "from_worker_id": giver.id,
        "to_worker_id": wanted.to_worker_id,
        "community_code": giver.community_code,
        "grid_ids": [held[code] for code in wanted.grid_codes],
        "reason": wanted.reason,
        "effective_at": wanted.effective_at,
        "state": "previewed",
        "account_id": actor.account_id,
        "asked_by": actor.username,
        "asked_at": now,
    }
    queries.insert_move(session, values)
    none = (0, None)
    loads = [(Load(*before.get(who, none)), Load(*after.get(who, none))) for who in (giver.id, wanted.to_worker_id)]
    return Preview(move_id, list(wanted.grid_codes), *loads)


def visible_move(session: Session, actor: Actor, move_id: UUID, *, lock: bool = False) -> Any:
    """A change whose giver is in one's jurisdiction; raises NotFound."""
    row = queries.move(session, move_id, lock=lock)
    if row is None or not actor.scope.covers(row.GridMove.community_code):
        raise NotFound
    return row


def run_move(session: Session, actor: Actor, move_id: UUID) -> None:
    """Have a previewed change carried out by the job process, as soon as this is stored."""
    actor = actor.by("handover.manage")
    actor = actor.by("people.edit")
    row = visible_move(session, actor, move_id, lock=True).GridMove
    if row.state not in ("previewed", "failed"):
        raise WrongHandoverState("This change is under way or was carried out already.")
    queries.change(session, move_id, {"state": "queued", "failure": None, "account_id": actor.account_id})
    queries.change(session, move_id, {"asked_by": actor.username})
    defer(session, TASK, {"move_id": str(move_id)})
    audit.record(session, actor, "move.run", "grid_move", move_id, detail={"grids": len(row.grid_ids)})


def carry_out(engine: Engine, move_id: UUID, *, now: datetime) -> None:
    """The job: all grids change hands and their hand-over is opened, or none and the reason is kept.

    Done again it changes nothing: only what is queued is carried out.
    """
    with coming_from(Origin(access="job")):
        try:
            with unit_of_work(engine) as session:
                _carry_out(session, move_id, now)
        except GridsvcError as refusal:
            words = "; ".join([refusal.message, *(f"{one.place}: {one.message}" for one in refusal.faults[:20])])
            with unit_of_work(engine) as session:
                queries.change(session, move_id, {"state": "failed", "failure": words[:2000]})


def _carry_out(session: Session, move_id: UUID, now: datetime) -> None:
    found = queries.move(session, move_id, lock=True)
    if found is None or found.GridMove.state != "queued":
        return
    row = found.GridMove
    # Whoever asked had the right when they did; the job does no more than that.
    actor = Actor(row.account_id, row.asked_by, row.asked_by, frozenset(), DOING, WHOLE_CITY)
    codes = [grid.code for grid in holding.grids_by_id(session, row.grid_ids, row.effective_at).values()]
    if len(codes) != len(row.grid_ids):
        raise Conflict("Some of the grids are no longer there.")
    wanted = Transfer(row.from_worker_id, row.to_worker_id, codes, row.effective_at, row.reason, move_id=move_id)
    transfer(session, actor, wanted, now=now)
    former = {str(grid_id): str(row.from_worker_id) for grid_id in row.grid_ids}
    queries.change(session, move_id, {"state": "done", "done_at": now, "former": former})


def undo_move(session: Session, actor: Actor, move_id: UUID, *, now: datetime) -> list[str]:
    """Give the grids of a change back from now on, or from its moment if that is to come; returns their codes.

    A hand-over that nobody took is cancelled, one that was taken is followed by one back. Refuses, by grid, when
    somebody else has got a grid since.
    """
    actor = actor.by("handover.manage")
    row = visible_move(session, actor, move_id, lock=True).GridMove
    if row.state != "done":
        raise WrongHandoverState("Only what was carried out can be undone.")
    since = max(now, row.effective_at)
    _give_back(session, actor, row, since)
    for waiting in records.unfinished_for(session, move_id=move_id):
        records.change(session, waiting.id, {"state": "cancelled", "given_at": None, "given_by": None})
    _hand_back(session, actor, row, since, now)
    queries.change(session, move_id, {"state": "undone", "undone_at": now})
    audit.record(session, actor, "move.undo", "grid_move", move_id, detail={"grids": len(row.grid_ids)})
    return sorted(grid.code for grid in holding.grids_by_id(session, row.grid_ids, since).values())


def _give_back(session: Session, actor: Actor, row: Any, since: datetime) -> None:
    held = held_by(session, row.to_worker_id, since)
    faults: list[Fault] = []
    for grid in holding.grids_by_id(session, row.grid_ids, since).values():
        if grid.code not in held:
            faults.append(Fault(f"grid {grid.code}", "changed_since", "Somebody else has got this grid since."))
            continue
        try:
            holders.change_holder(session, actor, holders.Change(grid.code, "main", row.from_worker_id, since))
        except GridsvcError as refusal:
            faults += faults_of(grid.code, refusal)
    if faults:
        raise Conflict("The change cannot be undone like this; nothing was changed.", faults=faults)


def _hand_back(session: Session, actor: Actor, row: Any, since: datetime, now: datetime) -> None:
    """Where the taker has taken work over already, it has to be handed back."""
    if not records.taken_for(session, row.id):
        return
    opening = Opening("transfer", row.to_worker_id, row.from_worker_id, row.grid_ids, since, row.reason)
    open_handover(session, opening, by=actor.username, now=now)
