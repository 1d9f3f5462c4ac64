"""What a plan, or all change between two moments, passes from worker to worker: doors, and open incidents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import InvalidInput, NotFound
from gridsvc.geography import redrawn
from gridsvc.geography.gate import BASE_NET
from gridsvc.plans.drafts import visible_plan
from gridsvc.plans.drawn import drawn_grids, households_of
from gridsvc.plans.errors import PlanStale, WrongPlanState
from gridsvc.plans.moved import moved_on
from gridsvc.plans.queries import handing_over as queries
from gridsvc.plans.queries import publishing
from gridsvc.plans.succession import changes_of
from gridsvc.plans.tables import Plan


@dataclass(frozen=True)
class Side:
    """A worker by number and name; without them a named vacancy."""

    worker_id: UUID | None
    number: str | None
    name: str | None


@dataclass(frozen=True)
class Thing:
    """A door (code, and address for who may read doors) or an open incident (number and category).

    It passes from one worker to another. `held_by` is who took an incident on: they keep it until somebody else accepts
    it.
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
    """Everything that passes at an instant, and the sums for each worker, by number; vacancies come last."""

    effective_at: datetime
    doors: Sequence[Thing]
    incidents: Sequence[Thing]
    balances: Sequence[Balance] = field(default_factory=tuple)


def handover_list(session: Session, actor: Actor, plan_id: UUID) -> HandoverList:
    """What passes by a plan, by the main workers as known now; by one that is not published, as if it took effect now.

    Raises NotFound for a plan outside one's jurisdiction, PlanStale for one whose grids moved on, and WrongPlanState
    for one that was withdrawn.
    """
    actor = actor.by("plans.read")
    plan = visible_plan(session, actor, plan_id)
    if plan.status == "withdrawn":
        raise WrongPlanState("A plan that was withdrawn passes nothing on.", status=plan.status)
    if plan.status == "published" and plan.effective_at is not None:
        return _listed(session, actor, queries.by_plan(plan_id, plan.effective_at))
    return _listed(session, actor, _as_if_now(session, plan))


def between(
    session: Session, actor: Actor, since: datetime, until: datetime, community: str | None = None
) -> HandoverList:
    """What passed, or is to pass, from the net of one moment to that of a later one in one's jurisdiction.

    Raises NotFound for a community outside of it, and InvalidInput when the moments stand the wrong way round.
    """
    actor = actor.by("plans.read")
    if since > until:
        raise InvalidInput("The first moment is the earlier one.")
    if community is not None and not actor.scope.covers(community):
        raise NotFound
    mine = None if actor.scope.city_wide else sorted(actor.scope.community_codes)
    return _listed(session, actor, queries.between(BASE_NET, since, until, [community] if community else mine))


def _listed(session: Session, actor: Actor, passing: queries.Passing) -> HandoverList:
    tells_addresses = "doors.read" in actor.permissions
    doors = [_thing(row, row.address if tells_addresses else "") for row in queries.doors_passed(session, passing)]
    incidents = [_thing(row, row.category, row.held_by) for row in queries.incidents_passed(session, passing)]
    return HandoverList(passing.at, doors, incidents, _balances(doors, incidents))


def _as_if_now(session: Session, plan: Plan) -> queries.Passing:
    """A draft's grids go on with their workers; a new one gets that of the grid it has most households from."""
    communities = publishing.communities(session, plan.id)
    living = redrawn.living_grids(session, plan.net_id, communities)
    if moved := [code for each in moved_on(session, plan, living) for code in each.changed]:
        raise PlanStale(f"Changed since the plan was drawn: {', '.join(moved)}.", grids=moved)
    told = changes_of(living, drawn_grids(session, plan.id), households_of(session, communities))
    grids = {str(grid.version_id): grid.grid_id for grid in living}
    holders = {key: grids[kept or told.made_of[key][0].version] for key, kept in told.kept.items()}
    parents = {UUID(share.parent) for share in told.shares}
    return queries.by_draft(plan.id, publishing.clock(session), sorted(parents), holders)


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
