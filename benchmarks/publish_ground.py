"""A plan over a whole city in which every grid changes: each community divided anew by the program.

Where a division happens to come out with a grid as it was, that grid gets a fresh code.
"""

from uuid import UUID

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks.frame import say
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.core.divide import Wishes
from gridsvc.core.revisions import ANYTHING
from gridsvc.infra.db import unit_of_work
from gridsvc.plans import drafts, proposing
from gridsvc.plans.asked import Divide, Renumber
from gridsvc.plans.blocks import Blocks

RIGHTS = frozenset({"plans.read", "plans.edit", "plans.publish", "plans.withdraw"})
COMMUNITIES = text(
    "SELECT community_code, count(*) AS grids FROM grid_version WHERE upper_inf(valid) "
    "GROUP BY community_code ORDER BY community_code"
)


def planner_of(session: Session) -> Actor:
    """The demo city's planner, city-wide."""
    row = session.execute(text("SELECT id, username, display_name FROM account WHERE username = 'planner'")).one()
    return Actor(row.id, row.username, row.display_name, frozenset({"planner"}), RIGHTS, WHOLE_CITY)


def draw_city(engine: Engine) -> UUID:
    """An approved plan that draws every community of the city anew, with as many grids as it has."""
    with unit_of_work(engine) as session:
        actor = planner_of(session)
        counts = {row.community_code: row.grids for row in session.execute(COMMUNITIES)}
        plan = drafts.open_plan(session, actor, title="全市重划", reason="测量", communities=list(counts))
        plan_id, seed = plan.id, plan.number * 1000  # a city kept between runs is to become another one
    for number, (community, grids) in enumerate(counts.items(), start=1):
        with unit_of_work(engine) as session:
            plan = drafts.visible_plan(session, actor, plan_id)
            drawn, ground = drafts.drawing(session, plan, community), Blocks.of(session, [community])
            wishes = Wishes(grids=min(grids, len(ground.codes)), effort=0.1, seed=seed + number)
            found = proposing.propose(session, drawn, ground, wishes, "households")
            drawing = Divide(kind="divide", grids=[list(group) for group in found.groups])
            done = drafts.operate(session, actor, plan_id, community, drawing, expected=ANYTHING)
            if same := sorted(set(done.after.partition.keys) - set(done.changed)):
                fresh = Renumber(kind="renumber", keys=same)
                drafts.operate(session, actor, plan_id, community, fresh, expected=ANYTHING)
        if number % 25 == 0:
            say(f"  {number} of {len(counts)} communities drawn")
    approve(engine, plan_id)
    return plan_id


def approve(engine: Engine, plan_id: UUID) -> None:
    """Let a plan be approved, past its chain, and without a day."""
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE plan SET status = 'approved', effective_at = NULL, withdrawn_at = NULL WHERE id = :plan"),
            {"plan": plan_id},
        )
