"""Visits: whose grid a visit counts for, what is flagged about it, and that nothing is dropped or counted twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict, Forbidden, InvalidCoordinate, InvalidInput
from gridsvc.infra.db import unit_of_work
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.visits import VisitReceipt, record_visit
from tests.fixtures.small_net import CLERK, CODES, DISTRICT, FOUNDED, SIDE, WEST, SmallNet, lay_small_net, middle


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def visit(**changes: Any) -> VisitReport:
    """A visit at the first door of grid A."""
    plain: dict[str, Any] = {"client_id": uuid4(), "kind": "care_visit", "result": "done", "door_code": "A0"}
    return VisitReport(**(plain | changes))


def at_point(letter: str, **changes: Any) -> VisitReport:
    """A visit in the middle of a grid, without door."""
    x, y = middle(letter)
    return visit(**({"door_code": None, "x": x, "y": y, "crs": "EPSG:4326"} | changes))


def record(session: Session, net: SmallNet, sent: VisitReport) -> VisitReceipt:
    return record_visit(session, sent, worker_id=net.workers["A"], actor=CLERK)


def test_a_visit_at_a_door_counts_for_the_grid_of_the_door(session: Session, net: SmallNet) -> None:
    receipt = record(session, net, visit(door_code="C2"))
    assert receipt.grid_code == CODES["C"]
    assert receipt.net_version_id == net.net_version_id
    assert receipt.flags == ()
    row = session.execute(text("SELECT door_id, grid_id, county_code, worker_id FROM visit")).one()
    assert tuple(row) == (net.doors["C2"], net.grids["C"], DISTRICT, net.workers["A"])


def test_a_visit_at_a_place_counts_for_the_grid_around_it(session: Session, net: SmallNet) -> None:
    assert record(session, net, at_point("D")).grid_code == CODES["D"]


def test_a_visit_in_a_named_grid_needs_no_position(session: Session, net: SmallNet) -> None:
    receipt = record(session, net, visit(door_code=None, grid_code=CODES["B"]))
    assert (receipt.grid_code, receipt.flags) == (CODES["B"], ())
    assert receipt.net_version_id == net.net_version_id


def test_the_position_decides_against_the_grid_named_and_both_are_kept(session: Session, net: SmallNet) -> None:
    receipt = record(session, net, at_point("B", grid_code=CODES["A"]))
    assert receipt.grid_code == CODES["B"]
    assert set(receipt.flags) == {"other_grid", "far_from_place"}
    assert session.scalar(text("SELECT declared_grid_code FROM visit")) == CODES["A"]


def test_a_position_far_from_the_door_is_flagged_and_the_door_decides(session: Session, net: SmallNet) -> None:
    near = record(session, net, at_point("A", door_code="A0"))
    far = record(session, net, at_point("D", door_code="A0"))
    assert near.flags == ()
    assert (far.grid_code, far.flags) == (CODES["A"], ("far_from_place",))


def test_a_place_outside_every_grid_is_kept_and_flagged(session: Session, net: SmallNet) -> None:
    receipt = record(session, net, at_point("A", x=WEST + 2.5 * SIDE))
    assert (receipt.grid_code, receipt.flags) == (None, ("outside",))


def test_a_named_grid_that_was_not_alive_then_is_kept_and_flagged(session: Session, net: SmallNet) -> None:
    before = FOUNDED - timedelta(days=30)
    receipt = record(session, net, visit(door_code=None, grid_code=CODES["A"], occurred_at=before))
    assert receipt.grid_code is None
    assert set(receipt.flags) == {"back_filled", "grid_not_alive", "outside"}


def test_late_visits_are_flagged_as_filled_in_afterwards(session: Session, net: SmallNet) -> None:
    now = datetime.now(UTC)
    late = record(session, net, visit(occurred_at=now - timedelta(hours=25)))
    soon = record(session, net, visit(occurred_at=now - timedelta(hours=23)))
    assert (late.flags, soon.flags) == (("back_filled",), ())
    assert late.occurred_at == now - timedelta(hours=25)


def test_a_device_clock_that_runs_ahead_never_decides(session: Session, net: SmallNet) -> None:
    declared = datetime.now(UTC) + timedelta(days=3)
    receipt = record(session, net, visit(occurred_at=declared))
    assert receipt.occurred_at == receipt.received_at
    assert receipt.flags == ("ahead_of_clock",)
    assert session.scalar(text("SELECT declared_at FROM visit")) == declared


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"kind": "nap"}, "kind"),
        ({"result": "maybe"}, "result"),
        ({"door_code": "Z9"}, "door_code"),
        ({"grid_code": "999"}, "grid_code"),
        ({"door_code": None}, "grid_code"),
        ({"note": "a\x00b"}, "note"),
        ({"accuracy_m": float("nan")}, "accuracy_m"),
        ({"accuracy_m": -1.0}, "accuracy_m"),
        ({"occurred_at": datetime(2026, 3, 1)}, "occurred_at"),  # noqa: DTZ001 - the point of it
        ({"x": 117.3, "y": 32.9}, "crs"),
    ],
)
def test_a_bad_visit_is_refused_by_field(session: Session, net: SmallNet, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        record(session, net, visit(**changes))
    assert [fault.place for fault in refused.value.faults] == [place]
    assert session.scalar(text("SELECT count(*) FROM visit")) == 0


def test_coordinates_that_are_no_place_and_unknown_workers_are_refused(session: Session, net: SmallNet) -> None:
    with pytest.raises(InvalidCoordinate):
        record(session, net, at_point("A", y=float("nan")))
    with pytest.raises(InvalidInput) as refused:
        record_visit(session, visit(), worker_id=UUID(int=5), actor=CLERK)
    assert [fault.place for fault in refused.value.faults] == ["worker_id"]
    with pytest.raises(Forbidden):
        record_visit(session, visit(), worker_id=net.workers["A"], actor=replace(CLERK, permissions=frozenset()))


def test_the_same_visit_again_gives_the_same_receipt_and_another_a_conflict(session: Session, net: SmallNet) -> None:
    sent = at_point("B", grid_code=CODES["B"], note="门前", accuracy_m=12.5)
    first = record(session, net, sent)
    again = record(session, net, sent)
    assert again == first
    assert again.repeated
    with pytest.raises(Conflict):
        record(session, net, replace(sent, note="other"))
    with pytest.raises(Conflict):
        record_visit(session, sent, worker_id=net.workers["B"], actor=CLERK)
    assert session.scalar(text("SELECT count(*) FROM visit")) == 1


def test_every_visit_shows_that_the_device_is_heard(session: Session, net: SmallNet) -> None:
    receipt = record(session, net, visit())
    heard = session.execute(text("SELECT worker_id, heard_at FROM device_contact")).one()
    assert tuple(heard) == (net.workers["A"], receipt.received_at)


def test_one_visit_sent_twice_at_once_is_stored_once(fresh_engine: Engine) -> None:
    with unit_of_work(fresh_engine) as session:
        net = lay_small_net(session)
    barrier = Barrier(2)

    def send(sent: VisitReport) -> VisitReceipt:
        with unit_of_work(fresh_engine) as session:
            session.execute(text("SELECT 1"))
            barrier.wait()
            return record(session, net, sent)

    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            one, other = pool.map(send, [visit()] * 2)
            assert one == other
            assert one.repeated != other.repeated
