"""What a published plan passes from worker to worker: doors gained and given, and open incidents handed over."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.plans.drafts import visible_plan
from gridsvc.plans.errors import WrongPlanState
from gridsvc.plans.queries import handing_over as queries


@dataclass(frozen=True)
class Side:
    """A worker by number and name; without them a named vacancy."""

    worker_id: UUID | None
    number: str | None
    name: str | None


@dataclass(frozen=True)
class Thing:
    """A door (code and address) or an open incident (number and category) that passes from one worker to another.

    `held_by` is who took an incident on: they keep it until somebody else accepts it.
    """

    code: str
    what: str
    from_code: str
    to_code: str
    giver: Side
    taker: Side
    held_by: str | None = None


@dataclass
class Balance:
    """How much a worker gains and gives by a plan."""

    side: Side
    doors_gained: int = 0
    doors_given: int = 0
    incidents_gained: int = 0
    incidents_given: int = 0


@dataclass(frozen=True)
class HandoverList:
    """Everything that passes at the instant of a plan, and the sums for each worker, by number; vacancies come last."""

    effective_at: datetime
    doors: Sequence[Thing]
    incidents: Sequence[Thing]
    balances: Sequence[Balance] = field(default_factory=tuple)


def handover_list(session: Session, actor: Actor, plan_id: UUID) -> HandoverList:
    """What passes by a published plan, by the main workers as known now.

    Raises NotFound for a plan outside one's jurisdiction, WrongPlanState for one that is not published.
    """
    actor.require("plans.read")
    plan = visible_plan(session, actor, plan_id)
    if plan.status != "published" or plan.effective_at is None:
        raise WrongPlanState(
            f"The plan is {plan.status}; only a published plan passes anything on.", status=plan.status
        )
    doors = [_thing(row, row.address) for row in queries.doors_passed(session, plan_id, plan.effective_at)]
    incidents = [
        _thing(row, row.category, row.held_by) for row in queries.incidents_passed(session, plan_id, plan.effective_at)
    ]
    return HandoverList(plan.effective_at, doors, incidents, _balances(doors, incidents))


def _thing(row: Any, what: str, held_by: str | None = None) -> Thing:
    giver = Side(row.from_worker_id, row.from_number, row.from_name)
    taker = Side(row.to_worker_id, row.to_number, row.to_name)
    return Thing(row.code, what, row.from_code, row.to_code, giver, taker, held_by)


def _balances(doors: Iterable[Thing], incidents: Iterable[Thing]) -> list[Balance]:
    found: dict[UUID | None, Balance] = {}
    counts: dict[tuple[UUID | None, str], int] = defaultdict(int)
    for kind, things in (("doors", doors), ("incidents", incidents)):
        for thing in things:
            for side, way in ((thing.taker, "gained"), (thing.giver, "given")):
                found.setdefault(side.worker_id, Balance(side))
                counts[side.worker_id, f"{kind}_{way}"] += 1
    for (worker, name), count in counts.items():
        setattr(found[worker], name, count)
    return sorted(found.values(), key=lambda balance: (balance.side.number is None, balance.side.number or ""))
