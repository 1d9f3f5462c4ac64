"""The way of a plan up the chain: checks, decisions of people who did not draw it, and their reach."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Forbidden, InvalidInput, Stale
from gridsvc.core.revisions import ANYTHING, Expected
from gridsvc.geography.blocks import BlockBatch, register_blocks
from gridsvc.plans import review
from gridsvc.plans.asked import Describe, Merge, Operation
from gridsvc.plans.checks import check_plan
from gridsvc.plans.drafts import open_plan, operate
from gridsvc.plans.errors import NoticeRunning, PlanHasFaults, WrongPlanState
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.queries import reviewing
from gridsvc.plans.tables import ApprovalStep, Plan
from tests.core.pictures import cell
from tests.fixtures.plans import a_plan, a_planner
from tests.fixtures.towns import Town

WEST, EAST = "340302001001001", "340302001001002"


@pytest.fixture
def approver(session: Session) -> Actor:
    return a_planner(session, "approves")


@pytest.fixture
def plan(session: Session, town: Town, planner: Actor) -> Plan:
    """A draft that merges the grids of the first community."""
    made = open_plan(session, planner, title="示例", reason="示例", communities=[town.codes["A"]])
    do(session, planner, made, Merge(kind="merge", keys=[WEST, EAST]))
    return made


def do(session: Session, actor: Actor, plan: Plan, operation: Operation) -> None:
    operate(session, actor, plan.id, "340302001001", operation, expected=ANYTHING)


def kinds(session: Session, plan: Plan) -> set[str]:
    return {finding.kind for finding in check_plan(session, plan)}


def in_scope(actor: Actor, **scope: Any) -> Actor:
    return Actor(actor.account_id, actor.username, "示例", actor.roles, actor.permissions, Scope(**scope))


def test_a_plan_climbs_the_chain_step_by_step(session: Session, plan: Plan, planner: Actor, approver: Actor) -> None:
    review.submit(session, planner, plan.id, expected=ANYTHING)
    seen = [[step.key for step in review.remaining_steps(session, plan)]]
    for _ in range(3):
        review.approve(session, approver, plan.id, expected=ANYTHING)
        seen.append([step.key for step in review.remaining_steps(session, plan)])
    assert seen == [["community", "street", "district"], ["street", "district"], ["district"], []]
    assert plan.status == "approved"
    assert [row.decision for row in reviewing.decisions(session, plan.id)] == ["submitted", *["approved"] * 3]


def test_whoever_drew_does_not_decide(session: Session, plan: Plan, planner: Actor, approver: Actor) -> None:
    do(session, approver, plan, Describe(kind="describe", key=EAST, name="示例网格"))
    review.submit(session, planner, plan.id, expected=ANYTHING)
    for worked_on_it in (planner, approver):
        with pytest.raises(review.OwnWork):
            review.approve(session, worked_on_it, plan.id, expected=ANYTHING)


def test_a_step_needs_a_jurisdiction_that_reaches_its_level(
    session: Session, town: Town, plan: Plan, planner: Actor, approver: Actor
) -> None:
    review.submit(session, planner, plan.id, expected=ANYTHING)
    of_community = in_scope(approver, community_codes=frozenset({town.codes["A"]}))
    review.approve(session, of_community, plan.id, expected=ANYTHING)
    with pytest.raises(Forbidden):
        review.approve(session, of_community, plan.id, expected=ANYTHING)
    of_street = in_scope(approver, community_codes=frozenset(town.codes.values()))
    review.approve(session, of_street, plan.id, expected=ANYTHING)
    with pytest.raises(Forbidden):
        review.approve(session, of_street, plan.id, expected=ANYTHING)
    of_district = in_scope(
        approver, community_codes=frozenset(town.codes.values()), county_codes=frozenset({"340302000000"})
    )
    assert review.approve(session, of_district, plan.id, expected=ANYTHING).status == "approved"


def test_what_is_sent_back_is_a_draft_with_a_comment(
    session: Session, plan: Plan, planner: Actor, approver: Actor
) -> None:
    review.submit(session, planner, plan.id, expected=ANYTHING)
    review.approve(session, approver, plan.id, expected=ANYTHING)
    with pytest.raises(InvalidInput):
        review.send_back(session, approver, plan.id, expected=ANYTHING, comment=" ")
    review.send_back(session, approver, plan.id, expected=ANYTHING, comment="请保留原边界")
    assert plan.status == "draft"
    review.submit(session, planner, plan.id, expected=ANYTHING)
    assert len(review.remaining_steps(session, plan)) == 3, "the chain begins again"


def test_the_chain_is_data(session: Session, plan: Plan, planner: Actor, approver: Actor) -> None:
    for step in session.query(ApprovalStep):
        step.active = step.key == "district"
    session.flush()
    review.submit(session, planner, plan.id, expected=ANYTHING)
    assert review.approve(session, approver, plan.id, expected=ANYTHING).status == "approved"


def test_a_decision_on_another_revision_is_refused(session: Session, plan: Plan, planner: Actor) -> None:
    with pytest.raises(Stale):
        review.submit(session, planner, plan.id, expected=Expected(frozenset({1})))


def test_a_plan_that_changes_nothing_is_not_handed_in(session: Session, town: Town, planner: Actor) -> None:
    empty = open_plan(session, planner, title="示例", reason="示例", communities=[town.codes["A"]])
    with pytest.raises(PlanHasFaults) as refused:
        review.submit(session, planner, empty.id, expected=ANYTHING)
    assert [finding["kind"] for finding in refused.value.details["findings"]] == ["empty"]


def test_what_is_in_review_is_taken_back_or_given_up(session: Session, plan: Plan, planner: Actor) -> None:
    review.submit(session, planner, plan.id, expected=ANYTHING)
    assert review.take_back(session, planner, plan.id, expected=ANYTHING).status == "draft"
    assert review.discard(session, planner, plan.id, expected=ANYTHING).status == "withdrawn"
    with pytest.raises(WrongPlanState):
        review.submit(session, planner, plan.id, expected=ANYTHING)


def test_a_notice_has_to_end_first(session: Session, town: Town, planner: Actor) -> None:
    from datetime import UTC, datetime, timedelta

    soon = datetime.now(UTC) + timedelta(days=1)
    noticed = a_plan(session, planner, town.codes["A"], "xxxx/xxxx", notice_until=soon + timedelta(days=6))
    with pytest.raises(NoticeRunning):
        publish_plan(session, planner, noticed.id, effective_at=soon)


def test_advice_names_grids_and_their_numbers(session: Session, town: Town, plan: Plan) -> None:
    found = {finding.kind: finding for finding in check_plan(session, plan)}
    assert not found["too_small"].is_blocking
    assert found["too_small"].params == {"households": 80, "least": 100}
    assert found["no_main_worker"].geometry is not None


def test_a_cut_compound_is_named(session: Session, town: Town, planner: Actor) -> None:
    register_blocks(
        session,
        BlockBatch(["one"], [town.codes["A"]], [cell(1, 0).union(cell(2, 0))], [{"households": 400}], ["示例小区"]),
    )
    plan = a_plan(session, planner, town.codes["A"], "aabb/abbb")
    (cut,) = [finding for finding in check_plan(session, plan) if finding.kind == "cuts_block"]
    assert (cut.params, cut.keys) == ({"block": "one", "name": "示例小区"}, ("a", "b"))


def test_a_gap_blocks_and_shows_its_place(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "aab./aabb")
    (gap,) = [finding for finding in check_plan(session, plan) if finding.kind == "not_exact"]
    assert gap.is_blocking
    assert gap.geometry is not None


def test_separate_parts_block(session: Session, town: Town, planner: Actor) -> None:
    assert "separate_parts" in kinds(session, a_plan(session, planner, town.codes["A"], "abab/abbb"))
