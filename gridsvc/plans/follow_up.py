"""What is done after a plan has taken effect, in batches that may be broken off and done again: open incidents move.

Nothing here makes the switch happen; it only writes down what follows from it. Closed incidents stay as they are, and
duties follow their grids by themselves, for they are reckoned when they are read.
"""

from uuid import UUID

from sqlalchemy import Engine

from gridsvc.incidents.rerouting import reroute_batch
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.events import announce
from gridsvc.plans.queries import publishing as queries

BATCH = 500
ACTOR = "plan"


def follow_up_plan(engine: Engine, plan_id: UUID) -> int:
    """Give the open incidents of a plan's communities their new grid, once it is in effect; returns how many moved.

    Each batch is a transaction of its own. A plan that was withdrawn or is not yet in effect leaves nothing to do.
    """
    with unit_of_work(engine) as session:
        plan = queries.plan(session, plan_id)
        communities = queries.communities(session, plan_id)
        now = queries.clock(session)
        if plan is None or plan.status != "published" or plan.effective_at is None or plan.effective_at > now:
            return 0
        number = plan.number
    moved, last = 0, None
    while True:
        with unit_of_work(engine) as session:
            batch = reroute_batch(session, actor=f"{ACTOR} {number}", communities=communities, after=last, limit=BATCH)
        moved, last = moved + batch.changed, batch.last
        if last is None:
            break
    with unit_of_work(engine) as session:
        announce(session, "net")
    return moved
