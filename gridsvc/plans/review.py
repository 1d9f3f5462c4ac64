"""The way of a plan from draft to approved: handed in, decided step by step up the chain, or sent back with a comment.

The chain is data (`approval_step`). A step is decided by somebody who did not work on the plan and whose jurisdiction
reaches its level: the whole of each street, or of each district, that the plan touches.
"""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Fault, Forbidden, InvalidInput
from gridsvc.core.revisions import Expected
from gridsvc.infra.events import announce
from gridsvc.plans.checks import blocking, check_plan
from gridsvc.plans.drafts import visible_plan
from gridsvc.plans.errors import PlanHasFaults, WrongPlanState
from gridsvc.plans.preparing import forget_ready, prepare_ahead
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.queries import reviewing
from gridsvc.plans.tables import ApprovalStep, Plan, PlanDecision

Level = Literal["community", "street", "district"]
LEVELS: tuple[Level, ...] = ("community", "street", "district")
STREET_DIGITS, DISTRICT_DIGITS = 9, 6


class OwnWork(Forbidden):
    """Whoever worked on a plan does not decide on it."""

    code = "own_work"


def submit(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected) -> Plan:
    """Hand a draft in for review; from then on it is not drawn on. Raises PlanHasFaults for blocking findings."""
    actor = actor.by("plans.edit")
    plan = _locked(session, actor, plan_id, expected, "draft")
    if found := blocking(check_plan(session, plan)):
        raise PlanHasFaults(findings=[finding.as_json() for finding in found])
    steps = reviewing.steps(session)
    _decide(session, actor, plan, None, "submitted", None, status="in_review" if steps else "approved")
    return plan


def approve(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected, comment: str | None = None) -> Plan:
    """Approve the next step of the chain; after the last one the plan is approved.

    Raises OwnWork for whoever worked on the plan, Forbidden for whoever's jurisdiction does not reach the step's level.
    """
    plan, step = _deciding(session, actor, plan_id, expected)
    is_last = len(remaining_steps(session, plan)) == 1
    _decide(session, actor, plan, step.key, "approved", comment, status="approved" if is_last else "in_review")
    return plan


def send_back(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected, comment: str) -> Plan:
    """Give a plan back to its planners, with what has to change; it is a draft again."""
    if not comment.strip():
        raise InvalidInput(faults=[Fault("body.comment", "missing", "Say what has to change.")])
    plan, step = _deciding(session, actor, plan_id, expected)
    _decide(session, actor, plan, step.key, "sent_back", comment, status="draft")
    return plan


def take_back(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected) -> Plan:
    """Make a plan that is in review or approved a draft again, by its planners."""
    actor = actor.by("plans.edit")
    plan = _locked(session, actor, plan_id, expected, "in_review", "approved")
    _decide(session, actor, plan, None, "taken_back", None, status="draft")
    return plan


def discard(session: Session, actor: Actor, plan_id: UUID, *, expected: Expected) -> Plan:
    """Give up a plan that was never published; it stays on record as withdrawn."""
    actor = actor.by("plans.edit")
    plan = _locked(session, actor, plan_id, expected, "draft", "in_review", "approved")
    _decide(session, actor, plan, None, "withdrawn", None, status="withdrawn")
    forget_ready(session, plan)
    plan.withdrawn_at = plan.updated_at
    return plan


def remaining_steps(session: Session, plan: Plan) -> list[ApprovalStep]:
    """The steps a plan in review still has before it, the next first."""
    done = reviewing.approved_since_submission(session, plan.id)
    return [step for step in reviewing.steps(session) if step.key not in done]


def reach(scope: Scope, communities: Sequence[str], siblings: Sequence[str]) -> Level:
    """How far up somebody's jurisdiction over these communities reaches; `siblings` are all of the same streets."""
    if scope.city_wide or {code[:DISTRICT_DIGITS] + "000000" for code in communities} <= scope.county_codes:
        return "district"
    return "street" if all(scope.covers(code) for code in siblings) else "community"


def _deciding(session: Session, actor: Actor, plan_id: UUID, expected: Expected) -> tuple[Plan, ApprovalStep]:
    actor = actor.by("plans.approve")
    plan = _locked(session, actor, plan_id, expected, "in_review")
    step = remaining_steps(session, plan)[0]
    if actor.account_id in reviewing.who_worked_on(session, plan):
        raise OwnWork
    communities = queries.communities(session, plan.id)
    streets = sorted({code[:STREET_DIGITS] for code in communities})
    reached = reach(actor.scope, communities, reviewing.communities_of_streets(session, streets))
    if LEVELS.index(reached) < LEVELS.index(step.level):
        raise Forbidden(f"This step is decided at the level of the {step.level}.", level=step.level)
    return plan, step


def _locked(session: Session, actor: Actor, plan_id: UUID, expected: Expected, *states: str) -> Plan:
    queries.lock_plan(session, plan_id)
    plan = visible_plan(session, actor, plan_id)
    if plan.status not in states:
        raise WrongPlanState(f"The plan is {plan.status}.", status=plan.status)
    expected.check(plan.revision)
    return plan


def _decide(
    session: Session, actor: Actor, plan: Plan, step: str | None, decision: str, comment: str | None, *, status: str
) -> None:
    now = queries.clock(session)
    plan.status, plan.updated_at, plan.revision = status, now, plan.revision + 1
    session.add(
        PlanDecision(
            plan_id=plan.id,
            step_key=step,
            revision=plan.revision,
            decision=decision,
            account_id=actor.account_id,
            comment=comment,
            at=now,
        )
    )
    session.flush()
    if status == "approved":
        prepare_ahead(session, plan)
    audit.record(session, actor, f"plan.{decision}", "plan", plan.id, detail={"step": step})
    announce(session, "plan")
