"""Queries on the approval chain and on what was decided about plans."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session

from gridsvc.access.tables import Account
from gridsvc.plans.tables import ApprovalStep, Plan, PlanDecision, PlanOp

_SIBLINGS = text(
    """
    SELECT DISTINCT code FROM area
    WHERE level = 5 AND left(code, 9) = ANY(CAST(:streets AS text[])) AND valid @> clock_timestamp()
    """
)


def steps(session: Session) -> list[ApprovalStep]:
    """The chain as it is now, the first step first."""
    statement = select(ApprovalStep).where(ApprovalStep.active).order_by(ApprovalStep.sequence)
    return list(session.scalars(statement))


def approved_since_submission(session: Session, plan_id: UUID) -> set[str]:
    """The steps that were approved since the plan was last handed in."""
    done: set[str] = set()
    statement = select(PlanDecision.decision, PlanDecision.step_key).where(PlanDecision.plan_id == plan_id)
    for decision, step in session.execute(statement.order_by(PlanDecision.revision)):
        if decision == "approved" and step is not None:
            done.add(step)
        else:
            done.clear()
    return done


def who_worked_on(session: Session, plan: Plan) -> set[UUID]:
    """The accounts that opened a plan, drew on it or handed it in."""
    drew = session.scalars(select(PlanOp.account_id).where(PlanOp.plan_id == plan.id).distinct())
    submitted = select(PlanDecision.account_id).where(PlanDecision.plan_id == plan.id)
    handed_in = session.scalars(submitted.where(PlanDecision.decision == "submitted").distinct())
    return {plan.author_id, *drew, *handed_in}


def communities_of_streets(session: Session, streets: Sequence[str]) -> list[str]:
    """All communities of streets, which are given by the first nine digits of their codes."""
    return list(session.scalars(_SIBLINGS, {"streets": list(streets)}))


def decisions(session: Session, plan_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """What was decided about a plan, in order, with the names of who decided."""
    statement = (
        select(
            PlanDecision.step_key,
            PlanDecision.decision,
            PlanDecision.comment,
            PlanDecision.at,
            Account.display_name,
        )
        .join(Account, Account.id == PlanDecision.account_id)
        .where(PlanDecision.plan_id == plan_id)
    )
    return session.execute(statement.order_by(PlanDecision.revision, PlanDecision.at)).all()
