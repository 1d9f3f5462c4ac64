"""What is done after a plan has taken effect, in batches that may be broken off and done again.

Open incidents get their new territory, and for the ground that changed hands hand-overs are opened; those of earlier
plans that nobody took come to nothing where the ground is the giver's again. Nothing here makes the switch happen; it
only writes down what follows from it. Closed incidents stay as they are, and duties follow their grids by themselves,
for they are reckoned when they are read.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.access.audit import Origin, coming_from
from gridsvc.geography.locating import prepare_many
from gridsvc.handover.transfer import Passed, PlanOpening, drop_for_plan, open_for_plan
from gridsvc.incidents.rerouting import reroute_batch
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.events import announce
from gridsvc.plans.queries import ground
from gridsvc.plans.queries import publishing as queries

# A batch is inside the gate: a publisher waits for it to end, and intake behind the publisher.
BATCH = 100
HANDOVERS_AT_ONCE = 200
ACTOR = "plan"


@dataclass(frozen=True)
class FollowedUp:
    """What was written down: open incidents that moved, hand-overs that were opened, and those that came to nothing."""

    moved: int
    opened: int
    dropped: int = 0


def follow_up_plan(engine: Engine, plan_id: UUID) -> FollowedUp:
    """Move the open incidents of a plan's communities and open its hand-overs, once it is in effect.

    Each batch is a transaction of its own; done again it finds nothing left. A plan that was withdrawn or is not yet in
    effect leaves nothing to do.
    """
    with unit_of_work(engine) as session:
        plan = queries.plan(session, plan_id)
        communities = queries.communities(session, plan_id)
        now = queries.clock(session)
        if plan is None or plan.status != "published" or plan.effective_at is None or plan.effective_at > now:
            return FollowedUp(0, 0)
        opening = PlanOpening(plan_id, plan.effective_at, plan.title, f"{ACTOR} {plan.number}")
        prepare_many(session, now)
    moved, last = 0, None
    while True:
        with unit_of_work(engine) as session:
            batch = reroute_batch(session, actor=opening.by, communities=communities, after=last, limit=BATCH)
        moved, last = moved + batch.changed, batch.last
        if last is None:
            break
    opened = 0
    while True:
        with unit_of_work(engine) as session:
            made = open_handovers(session, opening, now=now)
        if made == 0:
            break
        opened += made
    with unit_of_work(engine) as session, coming_from(Origin(access="job")):
        dropped = drop_undone(session, opening, now=now)
        announce(session, "net")
    return FollowedUp(moved, opened, dropped)


def drop_undone(session: Session, opening: PlanOpening, *, now: datetime) -> int:
    """Let hand-overs be over that nobody took and whose ground the plan gave back to the giver; returns how many.

    What the taker took on meanwhile comes back by the plan's own hand-overs.
    """
    found = ground.came_back(session, opening.plan_id, opening.effective_at)
    return drop_for_plan(session, found, opening, now=now)


def open_handovers(session: Session, opening: PlanOpening, *, now: datetime) -> int:
    """Open some of the hand-overs that a plan still lacks and return how many; none when every piece is in one."""
    queries.lock_plan(session, opening.plan_id)
    pieces = [Passed(**row._mapping) for row in ground.ground_passed(session, opening.plan_id, opening.effective_at)]
    pairs = groupby(pieces, key=lambda piece: (piece.from_worker_id, piece.to_worker_id))
    some = [piece for _, group in islice(pairs, HANDOVERS_AT_ONCE) for piece in group]
    return len(open_for_plan(session, some, opening, now=now))
