"""Drafts: what planners do to them, undo and redo, and two planners in one plan."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Forbidden, InvalidInput, NotFound, Stale, UnknownCommunity
from gridsvc.core.refusals import CutsBlocks, RedrawError
from gridsvc.core.revisions import Expected
from gridsvc.plans.asked import Carve, Decide, Describe, Divide, Merge, Operation, Reassign, Renumber, Shift, Split
from gridsvc.plans.drafts import NothingToUndo, Outcome, drawing, open_plan, operate, redo, undo
from gridsvc.plans.errors import WrongPlanState
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.tables import Plan, PlanGrid, PlanOp
from tests.core.pictures import corner
from tests.fixtures.plans import a_planner, codes_at
from tests.fixtures.towns import Town

WEST, EAST = "340302001001001", "340302001001002"


@pytest.fixture
def plan(session: Session, town: Town, planner: Actor) -> Plan:
    return open_plan(session, planner, title="示例", reason="示例", communities=[town.codes["A"]])


def at(revision: int) -> Expected:
    return Expected(frozenset({revision}))


def line(*places: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(corner(*place)) for place in places]}


def do(session: Session, actor: Actor, plan: Plan, operation: Operation, **more: Any) -> Outcome:
    expected = more.pop("expected", at(plan.revision))
    return operate(session, actor, plan.id, "340302001001", operation, expected=expected, **more)


def keys(session: Session, plan: Plan) -> list[str]:
    return sorted(session.scalars(select(PlanGrid.key).where(PlanGrid.plan_id == plan.id)))


SPLIT_WEST = Split(kind="split", key=WEST, line=line((-0.5, 1), (2.5, 1)))


def test_a_new_draft_is_the_net_of_now(session: Session, plan: Plan) -> None:
    assert (plan.status, plan.revision, plan.position) == ("draft", 1, 0)
    assert keys(session, plan) == [WEST, EAST]


def test_a_split_is_stored_with_its_counts(session: Session, planner: Actor, plan: Plan) -> None:
    outcome = do(session, planner, plan, SPLIT_WEST)
    assert set(outcome.changed) == {WEST, "340302001001+1"}
    rows = {row.key: row.counts for row in session.scalars(select(PlanGrid).where(PlanGrid.plan_id == plan.id))}
    assert rows == {WEST: {"households": 20}, "340302001001+1": {"households": 20}, EAST: {"households": 40}}
    assert (plan.revision, plan.position) == (2, 1)


def test_several_areas_are_several_operations(session: Session, planner: Actor, plan: Plan) -> None:
    ring = [list(corner(*place)) for place in ((0.2, 0.2), (0.2, 0.8), (0.8, 0.8), (0.8, 0.2), (0.2, 0.2))]
    several = {"type": "MultiPolygon", "coordinates": [[ring]]}
    for asked in (
        Carve(kind="carve", area=several),
        Shift(kind="shift", source=WEST, target=EAST, area=several),
    ):
        with pytest.raises(InvalidInput) as refused:
            do(session, planner, plan, asked)
        assert [fault.code for fault in refused.value.faults] == ["wrong_kind"]
    carved = Carve(kind="carve", area={"type": "Polygon", "coordinates": [ring]})
    assert len(do(session, planner, plan, carved, confirmed=True).after.partition.keys) == 3


def test_a_preview_stores_nothing(session: Session, planner: Actor, plan: Plan) -> None:
    outcome = do(session, planner, plan, SPLIT_WEST, preview=True)
    assert len(outcome.after.partition.keys) == 3
    assert (keys(session, plan), plan.revision) == ([WEST, EAST], 1)


def test_undo_and_redo_take_up_the_very_states(session: Session, planner: Actor, plan: Plan) -> None:
    first = drawing(session, plan, "340302001001")
    second = do(session, planner, plan, SPLIT_WEST).after
    third = do(session, planner, plan, Merge(kind="merge", keys=["340302001001+1", EAST])).after
    assert undo(session, planner, plan.id, expected=at(3)).after == second
    assert undo(session, planner, plan.id, expected=at(4)).after == first
    with pytest.raises(NothingToUndo):
        undo(session, planner, plan.id, expected=at(5))
    assert redo(session, planner, plan.id, expected=at(5)).after == second
    assert redo(session, planner, plan.id, expected=at(6)).after == third
    with pytest.raises(NothingToUndo):
        redo(session, planner, plan.id, expected=at(7))


def test_what_is_undone_and_not_done_again_stays_in_the_log(session: Session, planner: Actor, plan: Plan) -> None:
    do(session, planner, plan, SPLIT_WEST)
    undo(session, planner, plan.id, expected=at(2))
    do(session, planner, plan, Merge(kind="merge", keys=[WEST, EAST]))
    log = session.scalars(select(PlanOp).where(PlanOp.plan_id == plan.id).order_by(PlanOp.at)).all()
    assert [(row.kind, row.abandoned_at is not None) for row in log] == [("split", True), ("merge", False)]
    with pytest.raises(NothingToUndo):
        redo(session, planner, plan.id, expected=at(4))


def test_the_later_of_two_planners_is_told_what_the_other_did(session: Session, planner: Actor, plan: Plan) -> None:
    other = a_planner(session, "draws-too")
    do(session, planner, plan, SPLIT_WEST, expected=at(1))
    with pytest.raises(Stale) as refused:
        do(session, other, plan, Merge(kind="merge", keys=[WEST, EAST]), expected=at(1))
    told = refused.value.details
    assert told["revision"] == 2
    assert [done["kind"] for done in told["changed"]["operations"]] == ["split"]


def test_a_line_through_a_compound_names_it_and_asks(session: Session, planner: Actor, plan: Plan) -> None:
    through = Split(kind="split", key=WEST, line=line((-0.5, 0.5), (2.5, 0.5)))
    with pytest.raises(CutsBlocks) as refused:
        do(session, planner, plan, through)
    assert refused.value.block_ids == ("00", "10")
    do(session, planner, plan, through, confirmed=True)
    rows = {row.key: row.counts["households"] for row in session.scalars(select(PlanGrid)) if row.plan_id == plan.id}
    assert sum(rows.values()) == 80


def test_a_refused_operation_leaves_the_draft_as_it_was(session: Session, planner: Actor, plan: Plan) -> None:
    with pytest.raises(RedrawError):
        do(session, planner, plan, Split(kind="split", key=WEST, line=line((2.5, 0.2), (3.5, 0.8))))
    assert (plan.revision, keys(session, plan)) == (1, [WEST, EAST])


def test_blocks_are_painted_and_a_grid_is_carved_out(session: Session, planner: Actor, plan: Plan) -> None:
    do(session, planner, plan, Reassign(kind="reassign_blocks", block_ids=["20"], key=WEST))
    do(session, planner, plan, Carve(kind="carve", block_ids=["30"], name="示例学校"))
    rows = {row.key: (row.counts["households"], row.kind, row.name) for row in session.scalars(select(PlanGrid))}
    assert rows[WEST][0] == 50
    assert rows["340302001001+1"] == (10, "dedicated", "示例学校")


def test_a_division_by_blocks_keeps_the_keys_of_what_it_mostly_is(session: Session, planner: Actor, plan: Plan) -> None:
    groups = [["00", "01", "10"], ["11", "20", "21", "30", "31"]]
    outcome = do(session, planner, plan, Divide(kind="divide", grids=groups))
    assert set(outcome.after.partition.keys) == {WEST, EAST}


def test_an_operation_outside_the_plan_or_ones_jurisdiction_is_refused(
    session: Session, town: Town, planner: Actor, plan: Plan
) -> None:
    with pytest.raises(UnknownCommunity):
        operate(session, planner, plan.id, town.codes["B"], SPLIT_WEST, expected=at(1))
    stranger = Actor(planner.account_id, "x", "x", planner.roles, planner.permissions, Scope())
    with pytest.raises(NotFound):
        operate(session, stranger, plan.id, town.codes["A"], SPLIT_WEST, expected=at(1))
    reader = Actor(planner.account_id, "x", "x", planner.roles, frozenset({"plans.read"}), planner.scope)
    with pytest.raises(Forbidden):
        operate(session, reader, plan.id, town.codes["A"], SPLIT_WEST, expected=at(1))


def test_a_plan_needs_communities_with_grids_of_ones_own(session: Session, town: Town, planner: Actor) -> None:
    with pytest.raises(UnknownCommunity) as refused:
        open_plan(session, planner, title="示例", reason="示例", communities=[town.codes["A"], "340302001777"])
    assert [fault.place for fault in refused.value.faults] == ["communities[1]"]


def test_only_a_draft_is_drawn_on(session: Session, planner: Actor, plan: Plan) -> None:
    plan.status = "in_review"
    session.flush()
    with pytest.raises(WrongPlanState):
        do(session, planner, plan, SPLIT_WEST)


def test_what_is_drawn_is_what_is_published(session: Session, town: Town, planner: Actor, plan: Plan) -> None:
    do(session, planner, plan, SPLIT_WEST)
    do(session, planner, plan, Describe(kind="describe", key="340302001001+1", name="示例新网格"))
    do(session, planner, plan, Decide(kind="decide", key="340302001001+1", goes_on_as=None))
    do(session, planner, plan, Renumber(kind="renumber", keys=[EAST]))
    plan.status = "approved"
    session.flush()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    published = publish_plan(session, planner, plan.id, effective_at=tomorrow)
    codes = codes_at(session, town.codes["A"], tomorrow)
    assert EAST not in codes, "it was renumbered"
    assert set(published.new_codes) <= set(codes)
    drawn = drawing(session, plan, town.codes["A"]).partition.polygons()
    assert shapely.coverage_is_valid(list(drawn.values()))
