"""After a plan took effect: open incidents move, and the ground that changed hands is handed over, once."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.dialects.postgresql import Range

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.handover import cases, confirming
from gridsvc.handover.queries import ground, records
from gridsvc.handover.transfer import PlanOpening
from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.infra.db import new_id, unit_of_work
from gridsvc.people.care_tables import CarePairing, CareSubject
from gridsvc.people.staffing import Appointment, appoint
from gridsvc.plans import confirming as confirming_plans
from gridsvc.plans import follow_up
from gridsvc.plans.follow_up import FollowedUp, follow_up_plan
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.tables import Plan
from tests.core.pictures import corner
from tests.fixtures.plans import a_plan, a_planner, a_town, living, two_workers_and_four_doors
from tests.fixtures.small_net import CLERK
from tests.fixtures.towns import EFFECTIVE, Town
from tests.people.team import actor_of

SUPERVISOR = actor_of("supervisor")


class Field:
    """The town with Wang (W1) in the west and Li (W2) in the east, a door in each cell of the upper row."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with unit_of_work(engine) as session:
            self.town: Town = a_town(session)
            self.community = self.town.codes["A"]
            self.planner: Actor = a_planner(session)
            self.workers = two_workers_and_four_doors(session, self.community)
            self.grids = dict(zip(("W1", "W2"), living(session, [self.community]), strict=True))

    def appoint(self, *numbers: str) -> None:
        with unit_of_work(self.engine) as session:
            rows = [Appointment(self.grids[each].grid_id, self.workers[each], EFFECTIVE) for each in numbers]
            appoint(session, rows, now=EFFECTIVE)

    def worker(self, number: str) -> Actor:
        grids = frozenset({self.grids[number].grid_id})
        return actor_of("worker", Scope(worker_id=self.workers[number], grid_ids=grids))

    def incident(self, column: float, row: float = 0.5, *, taken_by: str | None = None) -> str:
        """Reported at a place, perhaps taken on by a worker; its number."""
        x, y = corner(column, row)
        report = Report(client_id=uuid4(), channel="hotline", category="dirty_road", x=x, y=y, crs="EPSG:4326")
        with unit_of_work(self.engine) as session:
            made = take_in(session, report, actor=CLERK)
            if taken_by:
                cases.accept_case(session, self.worker(taken_by), made.id, now=datetime.now(UTC))
        return str(made.number)

    def person(self, number: str, column: float, *, paired: str) -> None:
        """Somebody to be visited who lives at a place."""
        x, y = corner(column, 0.5)
        with unit_of_work(self.engine) as session:
            subject = CareSubject(
                id=new_id(), number=number, class_code="elderly_alone", name="示例", community_code=self.community,
                registered=Range(EFFECTIVE, None), synthetic=True,
            )  # fmt: skip
            session.add(subject)
            session.flush()
            placed = text("UPDATE care_subject SET point = ST_SetSRID(ST_MakePoint(:x, :y), 4326) WHERE id = :id")
            session.execute(placed, {"x": x, "y": y, "id": subject.id})
            pairing = CarePairing(id=new_id(), worker_id=self.workers[paired], subject_id=subject.id)
            pairing.valid = Range(EFFECTIVE, None)
            session.add(pairing)

    def publish(self, picture: str) -> UUID:
        """Publish at once; returns when the plan is in effect."""
        with unit_of_work(self.engine) as session:
            plan = a_plan(session, self.planner, self.community, picture)
            told = publish_plan(session, self.planner, plan.id)
        while told.effective_at > datetime.now(UTC):
            time.sleep(0.02)
        return told.plan_id

    def handovers(self) -> dict[tuple[str, str | None], Any]:
        """All hand-overs by the numbers of both sides."""
        with unit_of_work(self.engine) as session:
            rows = records.list_handovers(session, WHOLE_CITY)
        assert {row.kind for row in rows} <= {"plan"}
        return {(row.from_number, row.to_number): row for row in rows}

    def items(self, row: Any) -> set[tuple[str, str, str]]:
        with unit_of_work(self.engine) as session:
            found = confirming.handover_list(session, row, datetime.now(UTC))
        return {(item.kind, item.code, item.passing) for item in found}


@pytest.fixture
def field(fresh_engine: Engine) -> Field:
    return Field(fresh_engine)


def test_the_list_names_what_lies_on_the_ground_and_nothing_else_of_either_side(field: Field) -> None:
    field.appoint("W1", "W2")
    taken, untaken = field.incident(1.5, taken_by="W1"), field.incident(1.4)
    field.incident(0.5, taken_by="W1")
    field.incident(3.5)
    field.incident(3.4, taken_by="W2")
    field.person("P-1", 1.5, paired="W1")
    field.person("P-2", 0.5, paired="W1")
    field.person("P-3", 3.5, paired="W2")
    plan_id = field.publish("xyyy/xxyy")
    assert follow_up_plan(field.engine, plan_id) == FollowedUp(moved=2, opened=1)
    [(sides, row)] = field.handovers().items()
    assert sides == ("W1", "W2")
    assert (row.plan_id, row.reason, row.state) == (plan_id, "示例方案", "open")
    assert field.items(row) == {
        ("incident", taken, "on_taking"),
        ("incident", untaken, "by_itself"),
        ("duty", "P-1", "by_itself"),
        ("pairing", "P-1", "on_taking"),
    }
    with unit_of_work(field.engine) as session:
        assert confirming.doors_passed(session, row, datetime.now(UTC)) == 1


def test_both_sides_confirm_and_only_then_what_was_accepted_is_the_others(field: Field) -> None:
    field.appoint("W1", "W2")
    number = field.incident(1.5, taken_by="W1")
    follow_up_plan(field.engine, field.publish("xyyy/xxyy"))
    [row] = field.handovers().values()

    def holder() -> str:
        with unit_of_work(field.engine) as session:
            asked = text(
                "SELECT worker.number FROM case_holder JOIN worker ON worker.id = worker_id "
                "JOIN incident ON incident.id = incident_id WHERE until IS NULL AND incident.number = :number"
            )
            return str(session.scalar(asked, {"number": int(number)}))

    with unit_of_work(field.engine) as session:
        confirming.confirm_giving(session, field.worker("W1"), row.id, now=datetime.now(UTC))
    assert holder() == "W1"
    with unit_of_work(field.engine) as session:
        assert confirming.confirm_taking(session, field.worker("W2"), row.id, now=datetime.now(UTC)) == 1
    assert holder() == "W2"


def test_done_again_or_after_breaking_off_each_piece_is_handed_over_once(
    field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    field.appoint("W1", "W2")
    monkeypatch.setattr(follow_up, "HANDOVERS_AT_ONCE", 1)
    plan_id = field.publish("xyyy/xxxy")
    with unit_of_work(field.engine) as session:
        plan = session.get(Plan, plan_id)
        assert plan is not None
        assert plan.effective_at is not None
        opening = PlanOpening(plan_id, plan.effective_at, plan.title, "plan")
        assert follow_up.open_handovers(session, opening, now=datetime.now(UTC)) == 1
    assert follow_up_plan(field.engine, plan_id) == FollowedUp(moved=0, opened=1)
    assert set(field.handovers()) == {("W1", "W2"), ("W2", "W1")}
    assert follow_up_plan(field.engine, plan_id) == FollowedUp(moved=0, opened=0)
    with unit_of_work(field.engine) as session:
        assert session.scalar(text("SELECT count(*) FROM handover_ground")) == 2


def test_a_list_that_nobody_took_comes_to_nothing_when_the_ground_comes_back(field: Field) -> None:
    field.appoint("W1", "W2")
    follow_up_plan(field.engine, field.publish("xyyy/xxyy"))
    assert follow_up_plan(field.engine, field.publish("xxyy/xxyy")) == FollowedUp(moved=0, opened=1, dropped=1)
    states = {sides: row.state for sides, row in field.handovers().items()}
    assert states == {("W1", "W2"): "cancelled", ("W2", "W1"): "open"}


def test_a_list_stays_while_some_of_its_ground_is_the_takers_or_when_it_was_taken(field: Field) -> None:
    field.appoint("W1", "W2")
    follow_up_plan(field.engine, field.publish("xyyy/xyyy"))
    assert follow_up_plan(field.engine, field.publish("xyyy/xxyy")).dropped == 0
    row = field.handovers()["W1", "W2"]
    assert row.state == "open"
    with unit_of_work(field.engine) as session:
        confirming.confirm_giving(session, field.worker("W1"), row.id, now=datetime.now(UTC))
        confirming.confirm_taking(session, field.worker("W2"), row.id, now=datetime.now(UTC))
    assert follow_up_plan(field.engine, field.publish("xxyy/xxyy")).dropped == 0
    assert field.handovers()["W1", "W2"].state == "taken"


def test_ground_that_falls_to_a_vacancy_waits_for_a_taker_and_a_vacancy_hands_nothing_over(field: Field) -> None:
    field.appoint("W1")
    plan_id = field.publish("xyyy/xxxy")
    assert follow_up_plan(field.engine, plan_id).opened == 1
    [(sides, row)] = field.handovers().items()
    assert sides == ("W1", None)
    with unit_of_work(field.engine) as session:
        confirming.confirm_giving(session, field.worker("W1"), row.id, now=datetime.now(UTC))
        confirming.name_taker(session, SUPERVISOR, row.id, field.workers["W2"])
    assert follow_up_plan(field.engine, plan_id).opened == 0


def test_whoever_goes_on_with_the_same_ground_hands_nothing_over(field: Field) -> None:
    field.appoint("W1", "W2")
    assert follow_up_plan(field.engine, field.publish("wwbb/zzbb")).opened == 0


def test_a_grid_that_another_worker_was_confirmed_for_is_handed_over_with_its_round(field: Field) -> None:
    field.appoint("W1", "W2")
    plan_id = field.publish("wwbb/zzbb")
    with unit_of_work(field.engine) as session:
        told = session.execute(
            text("SELECT grid_id, effective_at FROM carry_over JOIN plan ON plan.id = plan_id ORDER BY grid_id")
        ).all()
        appoint(session, [Appointment(told[0].grid_id, field.workers["W2"], told[0].effective_at)])
    assert follow_up_plan(field.engine, plan_id).opened == 1
    [(sides, row)] = field.handovers().items()
    assert sides == ("W1", "W2")
    with unit_of_work(field.engine) as session:
        assert ground.grids_mostly_of(session, row.id) == [told[0].grid_id]


def test_appointing_another_worker_after_the_instant_opens_the_hand_over_between_the_two(field: Field) -> None:
    field.appoint("W1", "W2")
    plan_id = field.publish("wwbb/zzbb")
    assert follow_up_plan(field.engine, plan_id).opened == 0
    with unit_of_work(field.engine) as session:
        grid_id, candidate = session.execute(text("SELECT grid_id, worker_id FROM carry_over LIMIT 1")).one()
        assert candidate == field.workers["W1"]
        session.execute(
            text("UPDATE carry_over SET candidates = candidates || CAST(:worker AS uuid) WHERE grid_id = :grid"),
            {"worker": field.workers["W2"], "grid": grid_id},
        )
        staffs = replace(field.planner, permissions=frozenset({"people.edit"}))
        confirming_plans.confirm(session, staffs, plan_id, grid_id, field.workers["W2"])
    with unit_of_work(field.engine) as session:
        [row] = records.list_handovers(session, WHOLE_CITY)
        assert (row.kind, row.from_number, row.to_number, row.plan_id) == ("transfer", "W1", "W2", plan_id)
        assert records.grids_of(session, row.id) == [grid_id]


def test_a_plan_that_is_not_in_effect_yet_opens_nothing(fresh_engine: Engine) -> None:
    with unit_of_work(fresh_engine) as own:
        town, planner = a_town(own), a_planner(own)
        plan = a_plan(own, planner, town.codes["A"], "xyyy/xxyy")
        plan_id = plan.id
    assert follow_up_plan(fresh_engine, plan_id) == FollowedUp(0, 0)
