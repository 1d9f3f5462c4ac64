"""What a drawing comes to, beside today."""

from datetime import UTC, datetime

import numpy as np
import pytest
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.revisions import ANYTHING
from gridsvc.incidents.points import HeldPoints
from gridsvc.people.staffing import Appointment, WorkerDraft, appoint, register_workers
from gridsvc.plans.asked import Merge, Operation, Reassign, Split
from gridsvc.plans.consequences import Consequences, consequences, ground_of
from gridsvc.plans.drafts import Outcome, open_plan, operate
from gridsvc.plans.tables import Plan
from tests.core.pictures import corner
from tests.fixtures.plans import living
from tests.fixtures.towns import EFFECTIVE, Town
from tests.plans.test_drafts import EAST, WEST, line


@pytest.fixture
def plan(session: Session, town: Town, planner: Actor) -> Plan:
    workers = register_workers(session, [WorkerDraft(number, f"示例{number}", town.codes["A"]) for number in "WE"])
    west, east = (grid.grid_id for grid in living(session, [town.codes["A"]]))
    appoint(session, [Appointment(west, workers["W"], EFFECTIVE), Appointment(east, workers["E"], EFFECTIVE)])
    return open_plan(session, planner, title="示例", reason="示例", communities=[town.codes["A"]])


def held(*places: tuple[float, float]) -> HeldPoints:
    x, y = np.array([corner(*place) for place in places]).T
    now = datetime.now(UTC)
    return HeldPoints(np.array(x), np.array(y), np.arange(len(places)), now, now)


def told(session: Session, planner: Actor, plan: Plan, operation: Operation, points: HeldPoints | None) -> Consequences:
    done: Outcome = operate(session, planner, plan.id, "340302001001", operation, expected=ANYTHING, preview=True)
    return consequences(session, done.before, done.after, ground_of(session, "340302001001", done.blocks, points))


def test_a_painted_block_changes_both_grids(session: Session, planner: Actor, plan: Plan) -> None:
    paint = Reassign(kind="reassign_blocks", block_ids=["20"], key=WEST)
    west, east = told(session, planner, plan, paint, None).grids
    assert (west.counts["households"], east.counts["households"]) == (50, 30)
    assert west.change is not None
    assert (west.change["households"], west.change["blocks"], west.workload) == (10, 1, 50.0)
    assert (west.deviation_pct, east.deviation_pct) == (25.0, -25.0)


def test_last_years_incidents_move_with_the_border(session: Session, planner: Actor, plan: Plan) -> None:
    points = held((2.5, 0.5), (2.6, 0.4), (0.5, 0.5), (7.5, 0.5))
    found = told(session, planner, plan, Reassign(kind="reassign_blocks", block_ids=["20"], key=WEST), points)
    assert [grid.counts["incidents"] for grid in found.grids] == [3, 0]
    assert found.grids[0].change is not None
    assert found.grids[0].change["incidents"] == 2


def test_workers_are_told_what_they_would_have_and_have(session: Session, planner: Actor, plan: Plan) -> None:
    found = told(session, planner, plan, Merge(kind="merge", keys=[WEST, EAST], into=WEST), None)
    loads = {worker.worker: (worker.workload, worker.workload_today) for worker in found.workers}
    assert loads == {"示例W": (80.0, 40.0), "示例E": (0.0, 40.0)}


def test_a_new_grid_has_no_change_and_the_worker_of_what_it_mostly_was(
    session: Session, planner: Actor, plan: Plan
) -> None:
    cut = Split(kind="split", key=WEST, line=line((-0.5, 1), (2.5, 1)))
    (new,) = [grid for grid in told(session, planner, plan, cut, None).grids if grid.key == "340302001001+1"]
    assert (new.change, new.worker, new.counts["households"]) == (None, "示例W", 20)
