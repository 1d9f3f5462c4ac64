"""Taking back a published plan before its day: its future rows go, what was to end goes on, its codes are burnt.

This is the one exception to keeping everything (architecture rule 5). A plan in effect is taken back by a new one only.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.revisions import ANYTHING, Expected
from gridsvc.geography import redrawn
from gridsvc.geography.gate import BASE_NET, exclusive_gate
from gridsvc.geography.queries import nets
from gridsvc.geography.tables import NetVersion
from gridsvc.infra.events import announce
from gridsvc.people import staffing
from gridsvc.plans.drafts import visible_plan
from gridsvc.plans.errors import WrongPlanState
from gridsvc.plans.queries import drafting
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import Plan


def withdraw_plan(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected = ANYTHING) -> Plan:
    """Take back a plan that is published and not yet in effect; the caller commits without delay.

    Raises WrongPlanState when it is in effect, or was while this waited, or was never published.
    """
    actor = actor.by("plans.withdraw")
    queries.lock_plan(session, plan_id)
    plan = visible_plan(session, actor, plan_id)
    communities = queries.communities(session, plan_id)
    at = _refuse_in_effect(plan, queries.clock(session))
    expected.check(plan.revision)
    nets.lock_net(session, BASE_NET)
    version = session.get_one(NetVersion, plan.net_version_id)
    made = queries.grids_of_version(session, plan_id)
    queries.remove_consequences(session, plan_id)
    drafting.forget_base(session, version.id, communities)
    again = redrawn.take_back(session, version, communities)
    staffing.reopen_grids(session, again, since=at)
    staffing.close_grids(session, made, since=at)
    plan.status, plan.net_version_id, plan.withdrawn_at = "withdrawn", None, queries.clock(session)
    plan.updated_at, plan.revision = plan.withdrawn_at, plan.revision + 1
    session.flush()
    redrawn.drop_version(session, version)
    audit.record(session, actor, "plan.withdraw", "plan", plan_id, detail={"effective_at": at.isoformat()})
    announce(session, "net")
    queries.check_now(session)
    # The instant may have come while this was written: then the plan stays, and everything here is undone.
    _refuse_in_effect_at(at, exclusive_gate(session, BASE_NET).passed_at)
    return plan


def _refuse_in_effect(plan: Plan, now: datetime) -> datetime:
    if plan.status != "published" or plan.effective_at is None:
        raise WrongPlanState(f"The plan is {plan.status}; only a published plan is withdrawn.", status=plan.status)
    _refuse_in_effect_at(plan.effective_at, now)
    return plan.effective_at


def _refuse_in_effect_at(at: datetime, now: datetime) -> None:
    if at <= now:
        raise WrongPlanState(
            f"The plan has been in effect since {at.isoformat()}; only a new plan can take it back.", status="in_effect"
        )
