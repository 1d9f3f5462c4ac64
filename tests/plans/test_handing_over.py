"""What a plan passes from worker to worker: doors and open incidents, once each, to the side that answers then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import InvalidInput
from gridsvc.core.revisions import Expected
from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.people.staffing import Appointment, appoint
from gridsvc.plans.asked import Carve, Reassign
from gridsvc.plans.drafts import open_plan, operate
from gridsvc.plans.errors import PlanStale, WrongPlanState
from gridsvc.plans.handing_over import HandoverList, between, handover_list
from gridsvc.plans.handing_over_sheet import plan_workbook, workbook_between
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.tables import Plan
from gridsvc.plans.withdraw import withdraw_plan
from tests.core.pictures import corner
from tests.fixtures.plans import a_plan, living, two_workers_and_four_doors
from tests.fixtures.small_net import CLERK
from tests.fixtures.towns import EFFECTIVE, Town


@pytest.fixture
def staff(session: Session, town: Town) -> dict[str, UUID]:
    """Wang holds the western grid, Li the eastern one; a door stands in each cell of the upper row."""
    workers = two_workers_and_four_doors(session, town.codes["A"])
    west, east = (grid.grid_id for grid in living(session, [town.codes["A"]]))
    rows = [Appointment(west, workers["W1"], EFFECTIVE), Appointment(east, workers["W2"], EFFECTIVE)]
    appoint(session, rows, now=EFFECTIVE)
    return workers


def published(session: Session, town: Town, planner: Actor, picture: str) -> tuple[Plan, HandoverList]:
    plan = a_plan(session, planner, town.codes["A"], picture)
    publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + timedelta(days=1))
    return plan, handover_list(session, planner, plan.id)


def report(column: float) -> Report:
    x, y = corner(column, 0.5)
    return Report(client_id=uuid4(), channel="hotline", category="dirty_road", x=x, y=y, crs="EPSG:4326")


def test_a_door_on_the_ground_that_moves_is_gained_by_one_and_given_by_the_other(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    _, told = published(session, town, planner, "xyyy/xxyy")
    assert [(door.code, door.giver.number, door.taker.number) for door in told.doors] == [("D1", "W1", "W2")]
    sums = {each.side.number: (each.doors_gained, each.doors_given) for each in told.balances}
    assert sums == {"W1": (0, 1), "W2": (1, 0)}


def test_an_open_incident_on_it_is_handed_over_and_others_are_not(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    moved, stays = take_in(session, report(1.5), actor=CLERK), take_in(session, report(3.5), actor=CLERK)
    _, told = published(session, town, planner, "xyyy/xxyy")
    assert [incident.code for incident in told.incidents] == [str(moved.number)]
    assert stays.number != moved.number


def test_a_worker_who_goes_on_with_the_same_ground_is_not_in_the_list(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    _, told = published(session, town, planner, "wwbb/zzbb")
    assert (list(told.doors), list(told.balances)) == ([], [])


def test_the_table_has_a_sheet_for_each_worker(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    plan, told = published(session, town, planner, "xyyy/xxyy")
    book = load_workbook(BytesIO(plan_workbook(told, number=plan.number, timezone="Asia/Shanghai", categories={})))
    assert book.sheetnames == ["汇总", "W1 示例王", "W2 示例李"]
    assert [cell.value for cell in book["W2 示例李"][2]][:3] == ["门牌", "D1", "示例路1号"]


def test_addresses_of_doors_are_told_to_who_may_read_doors(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    plan, told = published(session, town, planner, "xyyy/xxyy")
    assert [(door.code, door.what) for door in told.doors] == [("D1", "示例路1号")]
    approver = replace(planner, permissions=planner.permissions - {"doors.read"})
    later = datetime.now(UTC) + timedelta(days=2)
    for shown in (handover_list(session, approver, plan.id), between(session, approver, EFFECTIVE, later)):
        assert [(door.code, door.what) for door in shown.doors] == [("D1", "")]


def drawn(session: Session, town: Town, planner: Actor) -> UUID:
    """A draft that gives one block of the upper row to the east and makes the other a grid of its own."""
    plan = open_plan(session, planner, title="示例", reason="示例", communities=[town.codes["A"]])
    for operation in (
        Reassign(kind="reassign_blocks", block_ids=["10"], key=f"{town.codes['A']}002"),
        Carve(kind="carve", block_ids=["00"]),
    ):
        operate(session, planner, plan.id, town.codes["A"], operation, expected=Expected(frozenset({plan.revision})))
    return plan.id


def test_a_draft_tells_what_it_would_pass_on_now(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    told = handover_list(session, planner, drawn(session, town, planner))
    assert [(door.code, door.giver.number, door.taker.number) for door in told.doors] == [("D1", "W1", "W2")]


def test_a_draft_whose_base_moved_on_is_rebased_first(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    plan_id = drawn(session, town, planner)
    moved = a_plan(session, planner, town.codes["A"], "xyyy/xxyy")
    publish_plan(session, planner, moved.id, effective_at=None)
    with pytest.raises(PlanStale):
        handover_list(session, planner, plan_id)


def test_a_withdrawn_plan_passes_nothing_on(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    plan, _ = published(session, town, planner, "xyyy/xxyy")
    withdraw_plan(session, planner, plan.id)
    with pytest.raises(WrongPlanState):
        handover_list(session, planner, plan.id)


def test_what_passed_between_two_moments_is_told_with_the_workers_of_each(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    plan, told = published(session, town, planner, "xyyy/xxyy")
    assert plan.effective_at is not None
    both = between(session, planner, plan.effective_at - timedelta(hours=1), plan.effective_at)
    assert (both.doors, both.balances) == (told.doors, told.balances)
    assert between(session, planner, EFFECTIVE, EFFECTIVE + timedelta(days=1)).doors == []
    elsewhere = between(session, planner, EFFECTIVE, plan.effective_at, town.codes["B"])
    assert list(elsewhere.doors) == []
    with pytest.raises(InvalidInput):
        between(session, planner, plan.effective_at, EFFECTIVE)


def test_the_table_between_two_moments_says_which(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    _, told = published(session, town, planner, "xyyy/xxyy")
    book = load_workbook(BytesIO(workbook_between(told, EFFECTIVE, timezone="Asia/Shanghai", categories={})))
    assert [cell.value for cell in book["汇总"][1]][:2] == [
        "交接清单",
        f"{EFFECTIVE.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M} 至 "
        f"{told.effective_at.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}",
    ]
