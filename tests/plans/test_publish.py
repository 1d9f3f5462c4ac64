"""Publishing plans: codes, posts and identities switch together at an instant, and nothing before it changes."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import CodeTaken, NetHasFaults
from gridsvc.geography.locating import current_net
from gridsvc.geography.shapes import as_multi, as_shapes, to_ewkb
from gridsvc.geography.tables import GridClosing, GridOpening
from gridsvc.infra.db import unit_of_work
from gridsvc.people.answer import who_answers
from gridsvc.people.staffing import Appointment, WorkerDraft, appoint, register_workers
from gridsvc.plans import preparing
from gridsvc.plans.checks import BLOCKING
from gridsvc.plans.errors import PlanEmpty, PlanHasFaults, PlanPending, PlanStale, TooLate, WrongPlanState
from gridsvc.plans.preparing import prepare_ahead
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.queries.preparing import unready
from gridsvc.plans.tables import CarryOver, Lineage, Plan, PlanGrid, PlanPrepared, PlanShare
from gridsvc.plans.withdraw import withdraw_plan
from tests.fixtures.plans import a_plan, a_planner, a_town, codes_at, living
from tests.fixtures.towns import EFFECTIVE, Town

DAY = timedelta(days=1)


@pytest.fixture
def staff(session: Session, town: Town) -> dict[str, UUID]:
    """A worker for each grid of the first community, west and east."""
    workers = register_workers(session, [WorkerDraft(number, f"示例{number}", town.codes["A"]) for number in "WE"])
    west, east = (grid.grid_id for grid in living(session, [town.codes["A"]]))
    rows = [Appointment(west, workers["W"], EFFECTIVE), Appointment(east, workers["E"], EFFECTIVE)]
    appoint(session, rows, now=EFFECTIVE)
    return workers


def tomorrow() -> datetime:
    return datetime.now(UTC) + DAY


def lineage_of(session: Session, plan: Plan) -> list[Lineage]:
    return list(session.scalars(select(Lineage).where(Lineage.plan_id == plan.id)))


def test_a_split_is_in_effect_from_its_instant_on_and_not_before(session: Session, town: Town, planner: Actor) -> None:
    here = town.codes["A"]
    west, _ = (grid.grid_id for grid in living(session, [here]))
    at = tomorrow()
    plan = a_plan(session, planner, here, "xxbb/yybb", drawn_from={"b": living(session, [here])[1].grid_id}, new="xy")
    published = publish_plan(session, planner, plan.id, effective_at=at)
    before, after = codes_at(session, here, at - timedelta(microseconds=1)), codes_at(session, here, at)
    assert before == ["340302001001001", "340302001001002"]
    assert after == ["340302001001002", "340302001001003", "340302001001004"]
    assert published.new_codes == ("340302001001003", "340302001001004")
    assert published.grids_closed == 1, "the neighbour stays as it is"
    assert west not in who_answers(session, at)


def test_the_other_community_is_not_touched(session: Session, town: Town, planner: Actor) -> None:
    other = living(session, [town.codes["B"]])
    publish_plan(session, planner, a_plan(session, planner, town.codes["A"], "xxxx/xxxx").id, effective_at=tomorrow())
    assert living(session, [town.codes["B"]]) == other


def test_the_larger_part_keeps_identity_code_and_worker(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    here, at = town.codes["A"], tomorrow()
    west, east = living(session, [here])
    plan = a_plan(session, planner, here, "xbbb/xxbb")
    publish_plan(session, planner, plan.id, effective_at=at)
    assert codes_at(session, here, at) == [west.code, east.code]
    answers = who_answers(session, at)
    mains = [answers[grid.grid_id].main for grid in (west, east)]
    assert [main.id for main in mains if main] == [staff["W"], staff["E"]]


def test_a_new_grid_is_taken_over_by_the_main_worker_of_its_largest_parent_until_confirmed(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    here, at = town.codes["A"], tomorrow()
    plan = a_plan(session, planner, here, "xyyy/xyyy", new="x")
    publish_plan(session, planner, plan.id, effective_at=at)
    (taken,) = [row for row in session.scalars(select(CarryOver)) if row.reason == "new_grid"]
    main = who_answers(session, at, [taken.grid_id])[taken.grid_id].main
    assert main is not None
    assert (taken.worker_id, main.id, taken.confirmed_at) == (staff["W"], staff["W"], None)


def test_a_merger_asks_and_names_both_candidates(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    publish_plan(session, planner, plan.id, effective_at=tomorrow())
    (asked,) = session.scalars(select(CarryOver))
    assert set(asked.candidates) == {staff["W"], staff["E"]}


def test_the_shares_of_every_parent_sum_to_one_million(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xyyz/xxyz")
    publish_plan(session, planner, plan.id, effective_at=tomorrow())
    shares: dict[UUID, int] = {}
    for row in lineage_of(session, plan):
        shares[row.parent_version_id] = shares.get(row.parent_version_id, 0) + row.area_ppm
    assert set(shares.values()) == {1_000_000}


def test_a_plan_that_takes_effect_at_once_does_so_after_it_was_written(
    session: Session, town: Town, planner: Actor
) -> None:
    written_from = queries.clock(session)
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    published = publish_plan(session, planner, plan.id)
    assert written_from < queries.clock(session) < published.effective_at < written_from + timedelta(seconds=30)


def test_what_is_left_as_it_is_gets_no_new_version(session: Session, town: Town, planner: Actor) -> None:
    grids = living(session, [town.codes["A"]])
    same = dict(zip("ab", (grid.grid_id for grid in grids), strict=True))
    plan = a_plan(session, planner, town.codes["A"], "aabb/aabb", drawn_from=same)
    with pytest.raises(PlanEmpty):
        publish_plan(session, planner, plan.id, effective_at=tomorrow())


def test_only_an_approved_plan_is_published(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx", status="in_review")
    with pytest.raises(WrongPlanState):
        publish_plan(session, planner, plan.id)


def test_a_partition_with_a_gap_is_refused_with_its_place(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxx./xxxx")
    with pytest.raises(NetHasFaults) as refused:
        publish_plan(session, planner, plan.id, effective_at=tomorrow())
    assert refused.value.faults[0].geometry is not None


def test_a_moment_that_is_past_is_refused(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    with pytest.raises(TooLate):
        publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) - DAY)
    assert (plan.status, len(living(session, [town.codes["A"]]))) == ("approved", 2)


def test_a_community_has_one_pending_plan_at_most(session: Session, town: Town, planner: Actor) -> None:
    first = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    publish_plan(session, planner, first.id, effective_at=tomorrow())
    second = a_plan(session, planner, town.codes["A"], "xxyy/xxyy")
    with pytest.raises(PlanPending):
        publish_plan(session, planner, second.id, effective_at=tomorrow() + DAY)


def test_a_plan_whose_grids_moved_on_is_stale_and_names_them(session: Session, town: Town, planner: Actor) -> None:
    older = a_plan(session, planner, town.codes["A"], "xxyy/xxyy")
    published = publish_plan(session, planner, a_plan(session, planner, town.codes["A"], "xxxx/xxxx").id)
    wait_until(session, published.effective_at)
    with pytest.raises(PlanStale) as refused:
        publish_plan(session, planner, older.id, effective_at=tomorrow())
    assert refused.value.details["grids"] == [grid.code for grid in living(session, [town.codes["A"]])]


def wait_until(session: Session, moment: datetime) -> None:
    from time import sleep

    while queries.clock(session) < moment:
        sleep(0.02)


def test_plans_take_effect_in_the_order_of_their_days_not_of_their_publishing(
    session: Session, town: Town, planner: Actor
) -> None:
    late = publish_plan(
        session, planner, a_plan(session, planner, town.codes["A"], "xxxx/xxxx").id, effective_at=tomorrow() + DAY
    )
    early = publish_plan(
        session, planner, a_plan(session, planner, town.codes["B"], "....xxxx/....xxxx").id, effective_at=tomorrow()
    )
    session.expire_all()
    nets = [current_net(session, moment) for moment in (EFFECTIVE, early.effective_at, late.effective_at)]
    assert [net.number for net in nets if net] == [1, 2, 3]
    assert [net.id for net in nets if net][1:] == [early.net_version_id, late.net_version_id]
    assert len(codes_at(session, town.codes["A"], early.effective_at)) == 2
    assert len(codes_at(session, town.codes["B"], early.effective_at)) == 1
    assert len(codes_at(session, town.codes["A"], late.effective_at)) == 1


def test_two_plans_for_one_instant_are_one_state_of_the_net(session: Session, town: Town, planner: Actor) -> None:
    at = tomorrow()
    one = publish_plan(session, planner, a_plan(session, planner, town.codes["A"], "xxxx/xxxx").id, effective_at=at)
    two_plan = a_plan(session, planner, town.codes["B"], "....xxxx/....xxxx")
    two = publish_plan(session, planner, two_plan.id, effective_at=at)
    assert one.net_version_id == two.net_version_id
    withdraw_plan(session, planner, two_plan.id)
    assert len(codes_at(session, town.codes["A"], at)) == 1
    assert len(codes_at(session, town.codes["B"], at)) == 2


def test_withdrawing_brings_everything_back_but_the_codes(
    session: Session, town: Town, planner: Actor, staff: dict[str, UUID]
) -> None:
    here, at = town.codes["A"], tomorrow()
    before = living(session, [here])
    answers = {grid: answer.main for grid, answer in who_answers(session, at).items()}
    plan = a_plan(session, planner, here, "xyyy/xyyy", new="x")
    burnt = publish_plan(session, planner, plan.id, effective_at=at).new_codes
    withdraw_plan(session, planner, plan.id)
    assert living(session, [here]) == before
    assert {grid: answer.main for grid, answer in who_answers(session, at).items()} == answers
    net = current_net(session, at)
    assert net is not None
    assert net.number == 1
    assert lineage_of(session, plan) == []
    again = publish_plan(session, planner, a_plan(session, planner, here, "xyyy/xyyy", new="x").id, effective_at=at)
    assert burnt
    assert not set(burnt) & set(again.new_codes)


def test_a_plan_in_effect_is_not_withdrawn(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    published = publish_plan(session, planner, plan.id)
    wait_until(session, published.effective_at)
    with pytest.raises(WrongPlanState):
        withdraw_plan(session, planner, plan.id)


def test_a_code_once_given_is_refused_to_another_grid(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxyy/xxyy")
    (asked,) = [row for row in session.scalars(select(PlanGrid)) if row.key == "x"]
    asked.decided, asked.code = True, "340302001001002"
    session.flush()
    with pytest.raises(CodeTaken):
        publish_plan(session, planner, plan.id, effective_at=tomorrow())


def test_what_was_measured_at_approval_is_kept_and_measured_again_when_its_ground_is_another(
    session: Session, town: Town, planner: Actor
) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    prepare_ahead(session, plan)
    (kept,) = session.scalars(select(PlanPrepared))
    told = kept.stamp, kept.changes
    prepare_ahead(session, plan)
    assert (kept.stamp, kept.changes) == told
    session.execute(update(PlanGrid).where(PlanGrid.plan_id == plan.id).values(geom=a_gap(town)))
    with pytest.raises(NetHasFaults):
        publish_plan(session, planner, plan.id, effective_at=tomorrow())


def test_what_is_ready_is_used_up_by_publishing_and_made_again_for_another_time(
    session: Session, town: Town, planner: Actor
) -> None:
    here = town.codes["A"]
    plan = a_plan(session, planner, here, "xyyy/xyyy", new="x")
    prepare_ahead(session, plan)
    assert unready(session, plan.id, plan.net_id, [here]) == {}
    first = publish_plan(session, planner, plan.id, effective_at=tomorrow())
    assert left_ready(session) == (0, 0, 0)
    withdraw_plan(session, planner, plan.id)
    plan.status = "approved"
    again = publish_plan(session, planner, plan.id, effective_at=tomorrow())
    assert (again.grids_closed, again.grids_opened) == (first.grids_closed, first.grids_opened)
    assert not set(again.new_codes) & set(first.new_codes)


def left_ready(session: Session) -> tuple[int, ...]:
    tables = GridOpening, GridClosing, PlanShare
    return tuple(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def test_a_plan_over_many_communities_is_made_ready_by_the_job_process(
    fresh_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "AT_ONCE", 0)
    with unit_of_work(fresh_engine) as session:
        here = a_town(session).codes["A"]
        plan = a_plan(session, a_planner(session), here, "xxxx/xxxx")
        prepare_ahead(session, plan)
        asked = session.scalars(
            text("SELECT args ->> 'plan_id' FROM procrastinate_jobs WHERE task_name = 'prepare_plan'")
        )
        assert (asked.all(), left_ready(session)) == ([str(plan.id)], (0, 0, 0))
    monkeypatch.setattr(preparing, "AT_ONCE", 1)
    preparing.prepare_in_parts(fresh_engine, plan.id)
    with unit_of_work(fresh_engine) as session:
        assert left_ready(session) == (1, 2, 2)
        assert unready(session, plan.id, plan.net_id, [here]) == {}


def a_gap(town: Town) -> str | None:
    """The first community less a piece of it."""
    from tests.core.pictures import draw

    return to_ewkb(as_multi(as_shapes([draw("xxx./xxxx")["x"]])))[0]


def test_a_grid_without_main_row_is_refused_by_the_database(session: Session, town: Town) -> None:
    grid = living(session, [town.codes["A"]])[0].grid_id
    forget = "UPDATE responsibility SET recorded = tstzrange(lower(recorded), clock_timestamp()) WHERE grid_id = :grid"
    session.execute(text(forget), {"grid": grid})
    with pytest.raises(DBAPIError, match="no main row"):
        queries.check_now(session)


def test_a_grid_that_fell_into_parts_is_not_published(session: Session, town: Town, planner: Actor) -> None:
    apart = a_plan(session, planner, town.codes["A"], "abab/abbb")
    with pytest.raises(PlanHasFaults) as refused:
        publish_plan(session, planner, apart.id, effective_at=tomorrow())
    (finding,) = refused.value.details["findings"]
    assert (finding["kind"], finding["keys"], finding["params"]) == ("separate_parts", ["a"], {"parts": 2})
    assert finding["geometry"]["type"] == "MultiPolygon"


def test_everything_that_blocks_a_plan_is_asked_again_when_it_is_published() -> None:
    asked = {"empty", "stale", "pending", "not_exact", "separate_parts", "code_refused"}
    assert asked == BLOCKING, "a new kind that blocks is refused in prepare() too, with a test of its own here"
