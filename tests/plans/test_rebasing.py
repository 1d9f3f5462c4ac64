"""Rebasing: a draft whose grids moved on is drawn on those of now, and nothing of it is lost without a word."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.revisions import ANYTHING, Expected
from gridsvc.plans.asked import Describe, Merge, Operation, Reassign, Split
from gridsvc.plans.checks import check_plan
from gridsvc.plans.drafts import drawing, open_plan, operate, undo
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.queries import drafting, reviewing
from gridsvc.plans.rebasing import Rebased, rebase_plan
from gridsvc.plans.tables import Plan, PlanBase, PlanGrid, PlanOp
from gridsvc.plans.withdraw import withdraw_plan
from tests.fixtures.plans import a_plan, a_planner, living
from tests.fixtures.towns import Town
from tests.plans.test_drafts import EAST, SPLIT_WEST, WEST, line

HERE, THERE = "340302001001", "340302001002"
THERE_WEST, THERE_EAST = "340302001002001", "340302001002002"
NEW = f"{HERE}+1"


@pytest.fixture
def plan(session: Session, town: Town, planner: Actor) -> Plan:
    return open_plan(session, planner, title="示例", reason="示例", communities=[HERE, THERE])


def do(session: Session, actor: Actor, plan: Plan, operation: Operation, community: str = HERE) -> None:
    operate(session, actor, plan.id, community, operation, expected=ANYTHING)


def published(session: Session, actor: Actor, picture: str) -> Plan:
    """Another plan that draws the first community like the picture, published for tomorrow."""
    west, east = (grid.grid_id for grid in living(session, [HERE]))
    other = a_plan(session, actor, HERE, picture, drawn_from={"a": west, "b": east})
    publish_plan(session, actor, other.id, effective_at=datetime.now(UTC) + timedelta(days=1))
    return other


def rebase(session: Session, actor: Actor, plan: Plan) -> Rebased:
    return rebase_plan(session, actor, plan.id, expected=Expected(frozenset({plan.revision})))


def base_of(session: Session, plan: Plan) -> set[UUID]:
    return set(session.scalars(select(PlanBase.grid_version_id).where(PlanBase.plan_id == plan.id)))


def kinds(session: Session, plan: Plan) -> set[str]:
    return {finding.kind for finding in check_plan(session, plan)}


def test_a_draft_whose_grids_are_those_of_now_stays_as_it_is(session: Session, planner: Actor, plan: Plan) -> None:
    do(session, planner, plan, SPLIT_WEST)
    done = rebase(session, planner, plan)
    assert (done.moved, done.done_again, done.left_out, plan.revision) == ((), 0, (), 2)


def test_the_finding_names_and_shows_the_grids_that_moved_on_and_those_in_conflict(
    session: Session, planner: Actor, plan: Plan
) -> None:
    do(session, planner, plan, SPLIT_WEST)
    published(session, planner, "aaab/aabb")
    (stale,) = (finding for finding in check_plan(session, plan) if finding.kind == "stale")
    assert (stale.keys, stale.params["conflicts"], stale.params["community"]) == ((WEST, EAST), [WEST], HERE)
    assert set(stale.params["names"]) == {WEST, EAST}
    assert stale.geometry is not None
    assert not stale.geometry.is_empty


def test_what_still_can_be_done_is_done_again_on_the_grids_of_now(session: Session, planner: Actor, plan: Plan) -> None:
    do(session, planner, plan, SPLIT_WEST)
    published(session, planner, "aaab/aabb")
    assert "stale" in kinds(session, plan)
    done = rebase(session, planner, plan)
    (moved,) = done.moved
    assert (moved.community_code, moved.changed, moved.conflicts) == (HERE, (WEST, EAST), (WEST,))
    assert (done.done_again, done.left_out) == (1, ())
    assert base_of(session, plan) == {grid.version_id for grid in living(session, [HERE, THERE])}
    assert "stale" not in kinds(session, plan)
    rows = {
        row.key: row.counts.get("households", 0) for row in session.scalars(select(PlanGrid)) if row.plan_id == plan.id
    }
    assert rows[WEST] + rows[NEW] == 50, "the block that was given to the west since is counted there"


def test_what_cannot_be_done_is_named_and_stays_in_the_log(session: Session, planner: Actor, plan: Plan) -> None:
    do(session, planner, plan, Reassign(kind="reassign_blocks", block_ids=["20"], key=WEST))
    do(session, planner, plan, SPLIT_WEST)
    do(session, planner, plan, Describe(kind="describe", key=EAST, name="示例东网格"))
    published(session, planner, "aaab/aabb")
    done = rebase(session, planner, plan)
    (out,) = done.left_out
    assert (out.sequence, out.kind, out.code) == (1, "reassign_blocks", "nothing_changes")
    log = session.scalars(select(PlanOp).where(PlanOp.plan_id == plan.id).order_by(PlanOp.at, PlanOp.id)).all()
    assert [row.kind for row in log if row.abandoned_at] == ["reassign_blocks", "split", "describe"]
    assert [row.kind for row in log if not row.abandoned_at] == ["split", "describe"]
    assert drawing(session, plan, HERE).notes[EAST].name == "示例东网格"


def test_what_follows_from_an_operation_that_is_left_out_is_left_out_too(
    session: Session, planner: Actor, plan: Plan
) -> None:
    do(session, planner, plan, Split(kind="split", key=EAST, line=line((1.5, 1), (4.5, 1))))
    do(session, planner, plan, Describe(kind="describe", key=NEW, name="示例新网格"))
    do(session, planner, plan, Merge(kind="merge", keys=[NEW, EAST]))
    published(session, planner, "aaaa/aaaa")
    done = rebase(session, planner, plan)
    assert [(out.sequence, out.code) for out in done.left_out] == [(place, "unknown_grid") for place in (1, 2, 3)]
    assert len(drawing(session, plan, HERE).partition.keys) == 1


def test_a_key_that_means_another_place_now_is_not_taken_for_the_old_one(
    session: Session, planner: Actor, plan: Plan
) -> None:
    do(session, planner, plan, SPLIT_WEST)
    north = drawing(session, plan, HERE).partition.polygon(NEW)
    do(session, planner, plan, Describe(kind="describe", key=NEW, name="示例北网格"))
    published(session, planner, "aaab/aabb")
    done = rebase(session, planner, plan)
    assert not shapely.contains(drawing(session, plan, HERE).partition.polygon(NEW), north.representative_point())
    assert [(out.kind, out.code) for out in done.left_out] == [("describe", "unknown_grid")]


def test_other_communities_keep_their_drawing_and_can_be_undone(session: Session, planner: Actor, plan: Plan) -> None:
    do(session, planner, plan, SPLIT_WEST)
    do(session, planner, plan, Merge(kind="merge", keys=[THERE_WEST, THERE_EAST]), THERE)
    kept = drawing(session, plan, THERE)
    published(session, planner, "aaab/aabb")
    assert rebase(session, planner, plan).plan.position == 2
    assert drawing(session, plan, THERE) == kept
    undone = undo(session, planner, plan.id, expected=ANYTHING)
    assert (undone.before, undone.after.partition.keys) == (kept, (THERE_WEST, THERE_EAST))


def test_whoever_drew_before_the_rebase_still_does_not_decide(session: Session, planner: Actor, plan: Plan) -> None:
    other = a_planner(session, "draws-too")
    do(session, other, plan, SPLIT_WEST)
    published(session, planner, "aaab/aabb")
    rebase(session, planner, plan)
    assert other.account_id in reviewing.who_worked_on(session, plan)


def test_whoever_missed_the_rebase_is_told_the_operations_that_count(
    session: Session, planner: Actor, plan: Plan
) -> None:
    do(session, planner, plan, SPLIT_WEST)
    published(session, planner, "aaab/aabb")
    rebase(session, planner, plan)
    since = drafting.log(session, plan.id, since_revision=2)
    assert [(row.kind, row.abandoned_at) for row in since] == [("split", None)]


def test_a_draft_on_a_plan_that_is_withdrawn_goes_on_on_the_grids_that_stay(
    session: Session, town: Town, planner: Actor
) -> None:
    pending = published(session, planner, "aaab/aabb")
    plan = open_plan(session, planner, title="示例", reason="示例", communities=[HERE])
    do(session, planner, plan, SPLIT_WEST)
    withdraw_plan(session, planner, pending.id)
    assert "stale" in kinds(session, plan)
    assert drawing(session, plan, HERE).partition.keys == (NEW, WEST, EAST)
    done = rebase(session, planner, plan)
    assert (done.done_again, done.left_out) == (1, ())
    assert kinds(session, plan).isdisjoint({"stale", "not_exact"})
