"""Confirming who was taken over for a grid that a plan made or merged, or appointing somebody else for it."""

from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.handover.confirming import Opening, open_handover
from gridsvc.people import staffing
from gridsvc.people.staffing import Appointment
from gridsvc.plans.drafts import visible_plan
from gridsvc.plans.errors import AlreadyConfirmed
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import CarryOver


def confirm(session: Session, actor: Actor, plan_id: UUID, grid_id: UUID, worker_id: UUID | None) -> CarryOver:
    """Confirm the worker of a grid of a published plan; another candidate is appointed from the plan's instant on.

    Raises NotFound for a grid that nobody was taken over for, AlreadyConfirmed, and InvalidInput for a worker who is
    none of the candidates (appoint them by hand instead).
    """
    actor = actor.by("people.edit")
    queries.lock_plan(session, plan_id)
    plan = visible_plan(session, actor, plan_id)
    asked = session.get(CarryOver, (plan_id, grid_id), populate_existing=True)
    if asked is None or plan.effective_at is None:
        raise NotFound
    if asked.confirmed_at is not None:
        raise AlreadyConfirmed
    if worker_id is not None and worker_id != asked.worker_id:
        if worker_id not in asked.candidates:
            fault = Fault("body.worker_id", "no_candidate", "This worker had none of the grids it was made of.")
            raise InvalidInput(faults=[fault])
        since = max(plan.effective_at, queries.clock(session))
        staffing.appoint(session, [Appointment(grid_id, worker_id, since)])
        # Before the instant nobody has worked in the grid; what follows then is told by the plan's own hand-overs.
        if since > plan.effective_at and asked.worker_id is not None:
            opening = Opening("transfer", asked.worker_id, worker_id, [grid_id], since, plan.title, plan_id=plan_id)
            open_handover(session, opening, by=actor.username, now=since)
        asked.worker_id = worker_id
    asked.confirmed_at, asked.confirmed_by = queries.clock(session), actor.account_id
    session.flush()
    audit.record(session, actor, "plan.confirm_worker", "grid", grid_id)
    return asked
