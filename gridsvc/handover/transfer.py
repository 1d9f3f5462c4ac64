"""Giving grids from one worker to another, or ground by a plan; the open work is handed over with them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, GridsvcError, InvalidInput
from gridsvc.core.fields import text_faults
from gridsvc.handover.confirming import LONGEST_REASON, Opening, drop_handover, open_handover
from gridsvc.handover.queries import ground, records
from gridsvc.people import holders
from gridsvc.people.enlisting import find_worker
from gridsvc.people.queries import holding, workers

MOST_GRIDS = 500


@dataclass(frozen=True)
class Transfer:
    """These grids go from one worker to another at a moment; `until` lets them come back."""

    from_worker_id: UUID
    to_worker_id: UUID
    grid_codes: Sequence[str]
    effective_at: datetime
    reason: str
    until: datetime | None = None
    move_id: UUID | None = None


@dataclass(frozen=True)
class Passed:
    """Ground that lay in one version of a grid and by a plan lies in another, whose main worker is another one.

    `grid_id` is the grid that has it now; nobody as a taker: a vacancy. `is_most`: the grid got most of its ground so.
    """

    from_worker_id: UUID
    to_worker_id: UUID | None
    grid_id: UUID
    parent_version_id: UUID
    child_version_id: UUID
    is_most: bool


@dataclass(frozen=True)
class PlanOpening:
    """What the hand-overs of a plan have in common."""

    plan_id: UUID
    effective_at: datetime
    reason: str
    by: str


def transfer(session: Session, actor: Actor, wanted: Transfer, *, now: datetime) -> UUID:
    """Let the other worker be the main one of the grids from the moment on, and open the hand-over of their work.

    All or nothing. Refuses grids that the giver does not hold then, with each by its code, and whatever
    `people.holders.change_holder` refuses.
    """
    actor = actor.by("handover.manage")
    check_transfer(session, actor, wanted)
    faults: list[Fault] = []
    grid_ids = []
    for code in sorted(set(wanted.grid_codes)):
        change = holders.Change(code, "main", wanted.to_worker_id, wanted.effective_at, wanted.until)
        try:
            grid_ids.append(holders.change_holder(session, actor, change).grid_id)
        except GridsvcError as refusal:
            faults += faults_of(code, refusal)
    if faults:
        raise Conflict("Some grids cannot be given like this; nothing was changed.", faults=faults)
    opening = Opening(
        "transfer", wanted.from_worker_id, wanted.to_worker_id, grid_ids, wanted.effective_at, wanted.reason,
        until=wanted.until, move_id=wanted.move_id,
    )  # fmt: skip
    handover_id = open_handover(session, opening, by=actor.username, now=now)
    audit.record(session, actor, "handover.open", "handover", handover_id, detail={"grids": len(grid_ids)})
    return handover_id


def check_transfer(session: Session, actor: Actor, wanted: Transfer) -> None:
    """Refuse a transfer that is wrong in itself: to oneself, without grids, or of grids that the giver has not got."""
    giver = find_worker(session, actor, wanted.from_worker_id)
    faults = list(text_faults("body.reason", wanted.reason, limit=LONGEST_REASON))
    if not wanted.reason.strip():
        faults.append(Fault("body.reason", "missing", "Say why the grids change hands."))
    if wanted.from_worker_id == wanted.to_worker_id:
        faults.append(Fault("body.to_worker_id", "is_giver", "Nobody hands over to themself."))
    taker = workers.worker(session, wanted.to_worker_id)
    if taker is None or not actor.scope.covers(taker.community_code):
        faults.append(Fault("body.to_worker_id", "unknown_worker", "There is no such worker."))
    if not 1 <= len(set(wanted.grid_codes)) <= MOST_GRIDS:
        faults.append(Fault("body.grid_codes", "bad_number", f"Name 1 to {MOST_GRIDS} grids."))
    faults += _not_held(session, giver, wanted)
    if faults:
        raise InvalidInput("The grids cannot be handed over like this.", faults=faults)


def _not_held(session: Session, giver: Any, wanted: Transfer) -> Iterator[Fault]:
    """Grids that are not the giver's to hand over; one that is there by its code, another by its place in the list."""
    held = held_by(session, giver.id, wanted.effective_at)
    known = holding.grids_by_code(session, sorted(set(wanted.grid_codes)), wanted.effective_at)
    for place, code in enumerate(wanted.grid_codes):
        if code not in known:
            yield Fault(f"body.grid_codes.{place}", "unknown_grid", "No grid bears this code then.")
        elif code not in held:
            yield Fault(f"grid {code}", "not_held", f"{giver.name} is not the main worker of this grid then.")


def held_by(session: Session, worker_id: UUID, at: datetime) -> dict[str, UUID]:
    """The grids that somebody is the main worker of at a moment: id by code."""
    mains = {row.grid_id for row in workers.future_of_worker(session, worker_id, at) if _is_main(row, at)}
    return {row.code: row.grid_id for row in holding.grids_by_id(session, sorted(mains), at).values()}


def _is_main(row: object, at: datetime) -> bool:
    return getattr(row, "role", "") == "main" and getattr(row, "since", at) <= at


def faults_of(code: str, refusal: GridsvcError) -> list[Fault]:
    """What was refused about a grid, under its code."""
    inner = refusal.faults or (Fault("", refusal.code, refusal.message),)
    return [Fault(f"grid {code}", fault.code, fault.message) for fault in inner]


def open_for_plan(session: Session, passed: Sequence[Passed], opening: PlanOpening, *, now: datetime) -> list[UUID]:
    """Open a hand-over for each pair of workers between whom ground passed; its list is of what lies on that ground.

    Who is the main worker before and after was settled when the plan was published; nobody's right is asked here.
    """
    pairs: dict[tuple[UUID, UUID | None], list[Passed]] = defaultdict(list)
    for piece in passed:
        pairs[piece.from_worker_id, piece.to_worker_id].append(piece)
    made = []
    for (giver, taker), pieces in sorted(pairs.items(), key=lambda pair: str(pair[0])):
        grids = [piece.grid_id for piece in pieces]
        asked = Opening("plan", giver, taker, grids, opening.effective_at, opening.reason, plan_id=opening.plan_id)
        made.append(open_handover(session, asked, by=opening.by, now=now))
        versions = ("parent_version_id", "child_version_id", "is_most")
        ground.add_pieces(session, made[-1], [{name: getattr(each, name) for name in versions} for each in pieces])
    return made


def drop_for_plan(session: Session, handover_ids: Sequence[UUID], opening: PlanOpening, *, now: datetime) -> int:
    """Let hand-overs be over that a plan has made needless; those that were taken meanwhile stay. Returns how many."""
    dropped = 0
    for handover_id in handover_ids:
        records.lock(session, handover_id)
        row = records.handover(session, handover_id)
        if row is not None and row.state in ("open", "given"):
            drop_handover(session, row, now)
            audit.record(session, None, "handover.cancel", "handover", handover_id, username=opening.by)
            dropped += 1
    return dropped
