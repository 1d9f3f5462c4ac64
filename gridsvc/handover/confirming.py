"""Hand-overs from opening to taking: the list names every open item, and both sides confirm it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.handover import cases
from gridsvc.handover.errors import WrongHandoverState
from gridsvc.handover.openwork import Extent, OpenItem, open_items
from gridsvc.handover.queries import ground, records
from gridsvc.handover.queries import items as item_queries
from gridsvc.infra.db import new_id
from gridsvc.people.queries import workers

Kind = Literal["transfer", "leave", "plan", "leaving"]
LONGEST_REASON = 200


@dataclass(frozen=True)
class Opening:
    """A hand-over to be opened; without a taker it waits for somebody to be named."""

    kind: Kind
    from_worker_id: UUID
    to_worker_id: UUID | None
    grid_ids: Sequence[UUID]
    effective_at: datetime
    reason: str
    until: datetime | None = None
    is_whole: bool = False
    leave_id: UUID | None = None
    plan_id: UUID | None = None
    move_id: UUID | None = None


def open_handover(session: Session, opening: Opening, *, by: str, now: datetime) -> UUID:
    """Store a hand-over and return its id. Who may do so is asked by whoever changes the responsibility."""
    giver = workers.worker(session, opening.from_worker_id)
    if giver is None:
        raise NotFound
    handover_id = new_id()
    values = {
        "id": handover_id,
        "kind": opening.kind,
        "state": "open",
        "from_worker_id": opening.from_worker_id,
        "to_worker_id": opening.to_worker_id,
        "community_code": giver.community_code,
        "is_whole": opening.is_whole,
        "reason": opening.reason,
        "effective_at": opening.effective_at,
        "until": opening.until,
        "leave_id": opening.leave_id,
        "plan_id": opening.plan_id,
        "move_id": opening.move_id,
        "opened_by": by,
        "opened_at": now,
    }
    records.insert_handover(session, values, opening.grid_ids)
    return handover_id


def visible_handover(session: Session, actor: Actor, handover_id: UUID) -> Any:
    """A hand-over in one's jurisdiction, or of which one is a side; raises NotFound."""
    row = records.handover(session, handover_id)
    if row is None or not (actor.scope.covers(row.community_code) or _is_side(actor, row)):
        raise NotFound
    return row


def handover_list(session: Session, row: Any, now: datetime) -> list[OpenItem]:
    """The open items: those of now while nobody took over, afterwards those that were taken over."""
    if row.state in ("taken", "cancelled"):
        return [
            OpenItem(i.kind, i.ref_id, i.code, i.what, i.grid_code, i.status, i.due_at, i.passing)
            for i in records.items(session, row.id)
        ]
    return open_items(session, _extent(session, row), now)


def doors_passed(session: Session, row: Any, now: datetime) -> int | None:
    """How many doors lie on the ground that a plan passed on; None for any other hand-over."""
    return ground.count_doors(session, row.id, now) if row.kind == "plan" else None


def confirm_giving(session: Session, actor: Actor, handover_id: UUID, *, now: datetime) -> None:
    """The giver says that the list names everything; for one who cannot, whoever manages hand-overs does."""
    row = _to_confirm(session, actor, handover_id, "from_worker_id")
    if row.state != "open":
        raise WrongHandoverState
    _name_items(session, row, now)
    records.change(session, row.id, {"state": "given", "given_at": now, "given_by": actor.username})
    _note(session, actor, row, "handover.give", "from_worker_id")


def confirm_taking(session: Session, actor: Actor, handover_id: UUID, *, now: datetime) -> int:
    """The taker takes over: accepted incidents and pairings are theirs from now on; returns how many pieces passed.

    Refuses before the giver confirmed, before the hand-over takes effect, and without a taker.
    """
    row = _to_confirm(session, actor, handover_id, "to_worker_id")
    if row.state != "given":
        raise WrongHandoverState("The other side has not confirmed yet, or this is over.")
    if row.to_worker_id is None:
        raise WrongHandoverState("Nobody is named who takes over; name somebody first.")
    if row.effective_at > now:
        raise WrongHandoverState("This hand-over has not taken effect yet.")
    passing = [item for item in _name_items(session, row, now) if item.passing == "on_taking"]
    _pass(session, row, passing, by=actor.username, now=now)
    records.change(session, row.id, {"state": "taken", "taken_at": now, "taken_by": actor.username})
    _note(session, actor, row, "handover.take", "to_worker_id", passed=len(passing))
    return len(passing)


def name_taker(session: Session, actor: Actor, handover_id: UUID, worker_id: UUID) -> None:
    """Say who is to take over. Refuses the giver themself, and somebody out of sight or who has left."""
    actor = actor.by("handover.manage")
    row = _locked(session, actor, handover_id)
    if row.state not in ("open", "given"):
        raise WrongHandoverState
    worker = workers.worker(session, worker_id)
    if worker is None or not actor.scope.covers(worker.community_code) or worker.left_at is not None:
        raise InvalidInput(faults=[Fault("body.to_worker_id", "unknown_worker", "There is no such worker.")])
    if worker_id == row.from_worker_id:
        raise InvalidInput(faults=[Fault("body.to_worker_id", "is_giver", "Nobody hands over to themself.")])
    records.change(session, row.id, {"to_worker_id": worker_id})
    audit.record(session, actor, "handover.name_taker", "handover", row.id)


def cancel_handover(session: Session, actor: Actor, handover_id: UUID, *, now: datetime) -> None:
    """Take a hand-over back that nobody took; who is responsible for grids is not changed by it."""
    actor = actor.by("handover.manage")
    row = _locked(session, actor, handover_id)
    if row.state not in ("open", "given"):
        raise WrongHandoverState
    drop_handover(session, row, now)
    audit.record(session, actor, "handover.cancel", "handover", row.id)


def drop_handover(session: Session, row: Any, now: datetime) -> None:
    """Let a hand-over that nobody took be over; what was open then stays written down."""
    _name_items(session, row, now)
    records.change(session, row.id, {"state": "cancelled", "given_at": None, "given_by": None})


def _extent(session: Session, row: Any) -> Extent:
    grid_ids = frozenset(records.grids_of(session, row.id))
    ground_of = row.id if row.kind == "plan" else None
    return Extent(row.from_worker_id, grid_ids, row.is_whole, row.kind == "leave", ground_of)


def _name_items(session: Session, row: Any, now: datetime) -> list[OpenItem]:
    found = open_items(session, _extent(session, row), now)
    records.replace_items(session, row.id, [item.values() for item in found], now)
    return found


def _pass(session: Session, row: Any, passing: Sequence[OpenItem], *, by: str, now: datetime) -> None:
    for item in passing:
        if item.kind == "incident":
            item_queries.lock_incident(session, item.ref_id)
            cases.give_case(session, item.ref_id, row.to_worker_id, by=by, now=now, handover_id=row.id)
    wanted = {item.ref_id for item in passing if item.kind == "pairing"}
    pairings = [one for one in item_queries.pairings_of(session, row.from_worker_id, now) if one.id in wanted]
    if pairings:
        subjects = [one.subject_id for one in pairings]
        item_queries.pass_pairings(session, [one.id for one in pairings], subjects, row.to_worker_id, now)


def _is_side(actor: Actor, row: Any) -> bool:
    me = actor.scope.worker_id
    return me is not None and me in (row.from_worker_id, row.to_worker_id)


def _locked(session: Session, actor: Actor, handover_id: UUID) -> Any:
    records.lock(session, handover_id)
    return visible_handover(session, actor, handover_id)


def _to_confirm(session: Session, actor: Actor, handover_id: UUID, side: str) -> Any:
    """The hand-over, if the actor is that side of it, or manages hand-overs where it belongs."""
    actor = actor.by("handover.confirm")
    row = _locked(session, actor, handover_id)
    if actor.scope.worker_id is None or getattr(row, side) != actor.scope.worker_id:
        actor = actor.by("handover.manage")
        if not actor.scope.covers(row.community_code):
            raise NotFound
    return row


def _note(session: Session, actor: Actor, row: Any, action: str, side: str, **counts: int) -> None:
    on_behalf = getattr(row, side) != actor.scope.worker_id
    audit.record(session, actor, action, "handover", row.id, detail={"on_behalf": on_behalf} | counts)
