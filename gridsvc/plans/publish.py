"""Publishing a plan: the instant at which codes, posts, duties and routing switch together.

Rows are written whose validity begins or ends at `effective_at`; nothing has to fire for the switch to happen
(architecture rules 3 to 7). What the plan changes was made ready when it was approved (`preparing`); publishing takes
it over in a few statements, which do not pass through this process, for intake needs it meanwhile. Everything is
written before the gate. At the gate the clock is read: only if
the instant still lies ahead is the transaction committed, so no intake can have passed with the old net at a moment at
which the new one is in effect. A plan that is to take effect at once gets an instant a little ahead of its writing.
See docs/decisions/0023-publishing.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.revisions import ANYTHING, Expected
from gridsvc.geography import redrawn, staged
from gridsvc.geography.gate import BASE_NET, exclusive_gate
from gridsvc.geography.queries import nets, registers
from gridsvc.geography.queries import staged as ready
from gridsvc.infra.events import announce
from gridsvc.infra.jobs import defer
from gridsvc.people import staffing
from gridsvc.plans.checks import separate_parts
from gridsvc.plans.drafts import visible_plan
from gridsvc.plans.errors import (
    NoticeRunning,
    PlanEmpty,
    PlanHasFaults,
    PlanPending,
    PlanStale,
    TooLate,
    WrongPlanState,
)
from gridsvc.plans.preparing import forget_ready, make_ready
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import Plan

# The first lead of a plan that takes effect at once, and how much longer a grid makes it; longer when it was missed.
LEAD = timedelta(milliseconds=150)
LEAD_FOR_EACH_GRID = timedelta(microseconds=500)
ATTEMPTS = 5


@dataclass(frozen=True)
class PublishedPlan:
    """A published plan: the version of the net it brings, and what it changes."""

    plan_id: UUID
    net_version_id: UUID
    net_number: int
    effective_at: datetime
    grids_closed: int
    grids_opened: int
    new_codes: tuple[str, ...]
    revision: int


@dataclass(frozen=True)
class Prepared:
    """A plan with everything ready that can be known before the instant is chosen, and how many grids it begins."""

    plan: Plan
    openings: int


def publish_plan(
    session: Session,
    actor: Actor,
    plan_id: UUID,
    *,
    effective_at: datetime | None = None,
    expected: Expected = ANYTHING,
) -> PublishedPlan:
    """Publish an approved plan for a moment, or at once; the caller commits without delay.

    Raises WrongPlanState unless it is approved, PlanStale when a grid moved on since it was drawn, PlanPending when a
    community has a published plan that is not yet in effect, NetHasFaults with every place where the grids do not tile
    their communities, PlanHasFaults for grids in separate parts, PlanEmpty, and TooLate for a moment that is past.
    Nothing is stored then.
    """
    actor = actor.by("plans.publish")
    prepared = prepare(session, actor, plan_id, expected)
    wanted = effective_at or prepared.plan.effective_at
    notice_until = prepared.plan.notice_until
    if notice_until is not None and (wanted or queries.clock(session)) < notice_until:
        raise NoticeRunning(f"The notice runs until {notice_until.isoformat()}.", notice_until=notice_until.isoformat())
    lead = LEAD + LEAD_FOR_EACH_GRID * prepared.openings
    for _ in range(ATTEMPTS):
        savepoint, began = session.begin_nested(), queries.clock(session)
        published = _write(session, actor, prepared.plan, wanted or queries.clock(session) + lead)
        passed_at = exclusive_gate(session, BASE_NET).passed_at
        if passed_at < published.effective_at:
            savepoint.commit()
            return published
        savepoint.rollback()
        session.refresh(prepared.plan)
        if wanted is not None:
            break
        lead = 2 * max(lead, passed_at - began)
    raise TooLate(f"{(wanted or queries.clock(session)).isoformat()} was past before everything was written.")


def prepare(session: Session, actor: Actor, plan_id: UUID, expected: Expected = ANYTHING) -> Prepared:
    """Lock a plan and its net and work out what publishing it changes; refuses what `publish_plan` refuses."""
    queries.lock_plan(session, plan_id)
    plan = visible_plan(session, actor, plan_id)
    if plan.status != "approved":
        raise WrongPlanState(f"The plan is {plan.status}; only an approved plan is published.", status=plan.status)
    expected.check(plan.revision)
    registers.expect_long_work(session)
    nets.lock_net(session, BASE_NET)
    communities = queries.communities(session, plan_id)
    refuse_pending(session, plan, communities)
    refuse_stale(session, plan, communities)
    refuse_separate_parts(session, plan_id)
    make_ready(session, plan, communities)
    size = ready.sizes(session, plan_id)
    if not size.closing and not size.opening:
        raise PlanEmpty
    return Prepared(plan, size.opening)


def refuse_pending(session: Session, plan: Plan, communities: Sequence[str]) -> None:
    """Raise PlanPending when another plan for these communities waits for its day."""
    waiting = [row for row in queries.pending(session, plan.net_id, communities) if row.id != plan.id]
    if waiting:
        first = waiting[0]
        raise PlanPending(
            f"Plan {first.number} for {', '.join(sorted(first.communities))} takes effect at "
            f"{first.effective_at.isoformat()}; withdraw it or wait for it.",
            plan=str(first.id),
            communities=sorted(first.communities),
        )


def refuse_stale(session: Session, plan: Plan, communities: Sequence[str]) -> None:
    """Raise PlanStale, which names the grids, when the living versions are not those a plan was drawn on."""
    if moved := queries.moved_on(session, plan.id, plan.net_id, communities):
        codes = [code for code in moved if code is not None]
        raise PlanStale(f"Changed since the plan was drawn: {', '.join(codes) or 'grids that are gone'}.", grids=codes)


def refuse_separate_parts(session: Session, plan_id: UUID) -> None:
    """Raise PlanHasFaults, which shows the grids, when one came to have more parts than it was drawn from."""
    if found := separate_parts(session, plan_id):
        raise PlanHasFaults(findings=[finding.as_json() for finding in found])


def _write(session: Session, actor: Actor, plan: Plan, at: datetime) -> PublishedPlan:
    now = queries.clock(session)
    if at <= now:
        raise TooLate(f"{at.isoformat()} is past; it is {now.isoformat()}.")
    version = redrawn.enter_version(session, plan.net_id, effective_at=at, now=now, by=actor.username)
    switched = staged.switch(session, version, plan.id)
    queries.add_lineage(session, plan.id)
    _hand_on(session, plan, at)
    forget_ready(session, plan)
    defer(session, "after_publication", {"plan_id": str(plan.id)}, at=at)
    plan.status, plan.effective_at, plan.net_version_id = "published", at, version.id
    plan.published_at, plan.published_by, plan.updated_at = now, actor.account_id, now
    plan.revision += 1
    detail = {"effective_at": at.isoformat(), "closed": switched.closed, "opened": switched.opened}
    audit.record(session, actor, "plan.publish", "plan", plan.id, detail=detail)
    announce(session, "net")
    queries.check_now(session)
    return PublishedPlan(
        plan_id=plan.id,
        net_version_id=version.id,
        net_number=version.number,
        effective_at=at,
        grids_closed=switched.closed,
        grids_opened=switched.opened,
        new_codes=switched.new_codes,
        revision=plan.revision,
    )


def _hand_on(session: Session, plan: Plan, at: datetime) -> None:
    """Who answers from the instant on: a new grid gets the main worker of the parent it got most households from.

    Grids that go on keep theirs. Those made or merged are named in `carry_over` until somebody confirms them.
    """
    staffing.inherit_grids(session, plan.id, since=at)
    queries.add_carried_over(session, plan.id, at)
    if ended := ready.last(session, plan.id):
        staffing.close_grids(session, ended, since=at)
