"""A clock that jumps: the rows say from when on they hold, and whatever the clock does nothing is half in effect."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.geography import gate
from gridsvc.geography.gate import Passage
from gridsvc.geography.locating import current_net
from gridsvc.incidents import intake
from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.plans import publish, withdraw
from gridsvc.plans.errors import TooLate, WrongPlanState
from gridsvc.plans.publish import publish_plan
from gridsvc.plans.withdraw import withdraw_plan
from tests.core.pictures import corner
from tests.fixtures.plans import a_plan, codes_at, living
from tests.fixtures.small_net import CLERK
from tests.fixtures.towns import Town

DAY = timedelta(days=1)


@contextmanager
def jump_at_the_gate(ahead: timedelta, times: int = 100) -> Iterator[None]:
    """The clock is so far ahead when the gate is passed, the first so many times."""
    left = iter(range(times))

    def passed(session: Session, net: str) -> Passage:
        told = gate.exclusive_gate(session, net)
        return Passage(told.asked_at, told.passed_at + (ahead if next(left, None) is not None else timedelta(0)))

    with patch.object(publish, "exclusive_gate", passed), patch.object(withdraw, "exclusive_gate", passed):
        yield


def net_of_report(session: Session, moment: datetime) -> int | None:
    """The number of the net by which a report is routed when the clock says that moment."""
    x, y = corner(3.5, 0.5)
    sent = Report(client_id=uuid4(), channel="hotline", category="dirty_road", x=x, y=y, crs="EPSG:4326")
    with patch.object(intake, "shared_gate", lambda _: Passage(moment, moment)):
        return take_in(session, sent, actor=CLERK).decision.net_number


def test_a_clock_that_jumps_past_the_instant_before_the_gate_stores_nothing(
    session: Session, town: Town, planner: Actor
) -> None:
    here, before = town.codes["A"], living(session, [town.codes["A"]])
    plan = a_plan(session, planner, here, "xxxx/xxxx")
    with jump_at_the_gate(2 * DAY), pytest.raises(TooLate):
        publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + DAY)
    net = current_net(session, datetime.now(UTC) + 3 * DAY)
    assert (plan.status, living(session, [here]) == before, net.number if net else None) == ("approved", True, 1)


def test_a_plan_for_at_once_gets_a_later_instant_when_the_clock_jumped(
    session: Session, town: Town, planner: Actor
) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    with jump_at_the_gate(timedelta(seconds=20), times=1):
        published = publish_plan(session, planner, plan.id)
    assert published.effective_at > datetime.now(UTC) + timedelta(seconds=20)
    assert len(codes_at(session, town.codes["A"], published.effective_at)) == 1


def test_a_plan_whose_instant_came_while_it_was_withdrawn_stays(session: Session, town: Town, planner: Actor) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    at = publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + DAY).effective_at
    savepoint = session.begin_nested()
    with jump_at_the_gate(2 * DAY), pytest.raises(WrongPlanState):
        withdraw_plan(session, planner, plan.id)
    savepoint.rollback()
    assert len(codes_at(session, town.codes["A"], at)) == 1


def test_a_clock_that_goes_back_over_the_instant_routes_by_what_it_says(
    session: Session, town: Town, planner: Actor
) -> None:
    plan = a_plan(session, planner, town.codes["A"], "xxxx/xxxx")
    at = publish_plan(session, planner, plan.id, effective_at=datetime.now(UTC) + DAY).effective_at
    second = timedelta(seconds=1)
    assert [net_of_report(session, at + shift) for shift in (-second, second, -second, 0 * second)] == [1, 2, 1, 2]
