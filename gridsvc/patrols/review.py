"""What a person judges: whether a flagged visit counts, and whether the register of doors is to be corrected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.audit import record
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.fields import text_faults
from gridsvc.infra.events import announce
from gridsvc.patrols.logged import LONGEST_ADDRESS, LONGEST_CODE, LONGEST_NOTE
from gridsvc.patrols.queries import reading, recording, rounds
from gridsvc.patrols.queries import review as queries
from gridsvc.patrols.where import Where

Verdict = Literal["counts", "does_not_count"]


@dataclass(frozen=True)
class Decision:
    """What the community says to a correction. A door that is new gets its code, and the address if it reads better."""

    is_right: bool
    reason: str | None = None
    door_code: str | None = None
    address: str | None = None


def visible_visit(session: Session, visit_id: UUID, actor: Actor) -> Any:
    """The visit, if it is one's own or in one's jurisdiction; NotFound otherwise."""
    row = reading.visit(session, visit_id)
    if row is None:
        raise NotFound
    is_own = actor.scope.worker_id is not None and row.worker_id == actor.scope.worker_id
    if not is_own and not actor.scope.covers(row.community_code, row.grid_id):
        raise NotFound
    return row


def review_visit(
    session: Session, visit_id: UUID, verdict: Verdict, *, note: str | None, now: datetime, actor: Actor
) -> None:
    """Say whether a flagged visit counts. One that does not stays as it is and is void from now on.

    Refuses a visit that is out of sight, one without flags, one's own, and Conflict for one that was judged or
    corrected already.
    """
    actor = actor.by("visits.review")
    row = visible_visit(session, visit_id, actor)
    faults = list(text_faults("note", note, limit=LONGEST_NOTE))
    if not row.flags:
        faults.append(Fault("visit_id", "not_flagged", "Nothing about this visit is odd."))
    if row.worker_id == actor.scope.worker_id:
        faults.append(Fault("visit_id", "own_visit", "Nobody judges their own visits."))
    _refuse(faults)
    if row.void_at is not None:
        raise Conflict("This visit does not count already.")
    values = {"visit_id": visit_id, "verdict": verdict, "note": note, "by": actor.username, "at": now}
    if not queries.judge(session, values):
        raise Conflict("Somebody judged this visit already.")
    if verdict == "does_not_count":
        recording.void_visit(session, visit_id, now)
        rounds.unreach(session, visit_id)
        rounds.match_stops(session, row.worker_id, row.occurred_at)
    record(session, actor, "visit.review", "visit", visit_id, detail={"verdict": verdict, "flags": list(row.flags)})
    announce(session, "visit", row.grid_code)


def decide_correction(
    session: Session, correction_id: UUID, decision: Decision, *, now: datetime, actor: Actor
) -> None:
    """Confirm or refuse what a worker found wrong in the register; only then does it count.

    A door that is gone or empty is registered until the visit; one that moved ends there and begins anew under the
    code given; one that was missing begins with the visit. Refuses a correction that is out of sight, Conflict for one
    decided already, and InvalidInput for a code that is missing or taken or a place that lies in no block.
    """
    actor = actor.by("register.confirm")
    limits = Where(actor.scope).limits()
    asked = {"id": correction_id, "state": None, "after_at": None, "after_id": None, "most": 1}
    row = next(iter(reading.register_page(session, limits, asked)), None)
    if row is None:
        raise NotFound
    if queries.lock_correction(session, correction_id) != "pending":
        raise Conflict("This correction was decided already.")
    _refuse(list(_faults(row, decision)))
    new_door_id = None
    if decision.is_right:
        new_door_id = _apply(session, row, decision)
    values = {
        "id": correction_id,
        "state": "confirmed" if decision.is_right else "refused",
        "by": actor.username,
        "at": now,
        "reason": decision.reason,
        "new_door_id": new_door_id,
    }
    queries.close_correction(session, values)
    detail = {"kind": row.kind, "state": values["state"]}
    record(session, actor, "register.decide", "register_correction", correction_id, detail=detail)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)


def _faults(row: Any, decision: Decision) -> list[Fault]:
    faults = [
        *text_faults("reason", decision.reason, limit=LONGEST_NOTE),
        *text_faults("door_code", decision.door_code, limit=LONGEST_CODE),
        *text_faults("address", decision.address, limit=LONGEST_ADDRESS),
    ]
    is_new = row.kind in ("missing", "moved")
    if not decision.is_right:
        return faults if decision.reason else [*faults, Fault("reason", "missing", "Say why it is refused.")]
    if is_new and not decision.door_code:
        faults.append(Fault("door_code", "missing", "A door that is new needs its code."))
    if not is_new and decision.door_code:
        faults.append(Fault("door_code", "not_wanted", "A door that goes gets no code."))
    return faults


def _apply(session: Session, row: Any, decision: Decision) -> UUID | None:
    if row.kind != "missing" and not queries.end_door(session, row.door_id, row.occurred_at):
        raise Conflict("The door was not registered any more at the time of the visit.")
    if row.kind not in ("missing", "moved"):
        return None
    from gridsvc.geography.doors import DoorBatch, register_doors  # shapely is not for an idle service

    assert decision.door_code is not None
    batch = DoorBatch(
        codes=[decision.door_code], addresses=[decision.address or row.address or ""], x=[row.x], y=[row.y]
    )
    try:
        register_doors(session, batch, registered_from=row.occurred_at)
    except InvalidInput as refusal:
        faults = [
            Fault("visit" if one.code == "no_block" else "door_code", one.code, one.message) for one in refusal.faults
        ]
        raise InvalidInput(refusal.message, faults=faults) from refusal
    return queries.door_id(session, decision.door_code)
