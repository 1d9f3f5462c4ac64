"""Patrol status and coverage: what the last visit says of a grid, and what silence does not say."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.patrols.bulk import VisitBatch, record_visits
from gridsvc.patrols.coverage import DoorCoverage, door_coverage, patrol_status, visits_by_day
from gridsvc.people.staffing import Appointment, appoint
from tests.fixtures.small_net import FOUNDED, SmallNet, lay_small_net

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def visited(session: Session, net: SmallNet, *visits: tuple[str, datetime], result: str = "done") -> None:
    """Visits at doors, each received when it was made."""
    moments = [moment for _, moment in visits]
    batch = VisitBatch(
        client_ids=[uuid4() for _ in visits],
        worker_ids=[net.workers[door[0]] for door, _ in visits],
        kinds=["care_visit"] * len(visits),
        results=[result] * len(visits),
        occurred_at=moments,
        received_at=moments,
        door_codes=[door for door, _ in visits],
    )
    assert record_visits(session, batch, actor="test").added == len(visits)


def status(session: Session, net: SmallNet, at: datetime) -> str:
    """The status of A, B, C and D by first letters, with a cycle of thirty days."""
    found = patrol_status(session, at, cycle_days=30, due_soon_share=0.75)
    return " ".join(found[net.grids[letter]].status for letter in "ABCD")


def heard(session: Session, net: SmallNet, letter: str, at: datetime) -> None:
    values = {"worker": net.workers[letter], "at": at}
    session.execute(text("UPDATE device_contact SET heard_at = :at WHERE worker_id = :worker"), values)


def test_a_grid_grows_due_and_overdue_with_the_age_of_its_last_visit(session: Session, net: SmallNet) -> None:
    visited(session, net, ("A0", START), ("B0", START + 5 * DAY), ("C0", START + 20 * DAY))
    for letter in "ABC":
        heard(session, net, letter, START + 60 * DAY)
    assert status(session, net, START - DAY) == "never never never never"
    assert status(session, net, START + 22 * DAY) == "on_time on_time on_time never"
    assert status(session, net, START + 29 * DAY) == "due_soon due_soon on_time never"
    assert status(session, net, START + 31 * DAY) == "overdue due_soon on_time never"


def test_silence_past_the_due_time_is_unknown_and_not_overdue(session: Session, net: SmallNet) -> None:
    visited(session, net, ("A0", START), ("B0", START), ("C0", START))
    heard(session, net, "A", START + 29 * DAY)
    heard(session, net, "B", START + 31 * DAY)
    session.execute(text("DELETE FROM device_contact WHERE worker_id = :id"), {"id": net.workers["C"]})
    assert status(session, net, START + 40 * DAY) == "unknown overdue unknown never"


def test_a_vacant_grid_has_no_device_to_wait_for(session: Session, net: SmallNet) -> None:
    visited(session, net, ("A0", START))
    appoint(session, [Appointment(net.grids["A"], None, START)], now=datetime.now(UTC))
    assert status(session, net, START + 40 * DAY) == "overdue never never never"


def test_due_times_are_told(session: Session, net: SmallNet) -> None:
    visited(session, net, ("A0", START))
    found = patrol_status(session, START + DAY, cycle_days=30, due_soon_share=0.75, grid_ids=[net.grids["A"]])
    assert list(found) == [net.grids["A"]]
    assert (found[net.grids["A"]].last_visit, found[net.grids["A"]].due_at) == (START, START + 30 * DAY)


def test_coverage_counts_doors_reached_of_all_registered(session: Session, net: SmallNet) -> None:
    assert door_coverage(session, START, days=30) == DoorCoverage(0, 16)
    visited(session, net, ("A0", START), ("A0", START + DAY), ("B1", START + DAY), ("C2", START + 40 * DAY))
    visited(session, net, ("D0", START), result="nobody_home")
    assert door_coverage(session, START + 2 * DAY, days=30) == DoorCoverage(2, 16)
    session.execute(
        text("UPDATE door SET registered = tstzrange(lower(registered), :gone) WHERE code IN ('A0', 'A1')"),
        {"gone": START + DAY},
    )
    assert door_coverage(session, START + 2 * DAY, days=30) == DoorCoverage(1, 14)
    assert door_coverage(session, FOUNDED - DAY, days=30) == DoorCoverage(0, 0)


def test_visits_by_day_of_the_city(session: Session, net: SmallNet) -> None:
    midnight = datetime(2026, 3, 1, 16, tzinfo=UTC)
    visited(
        session, net, ("A0", midnight - timedelta(minutes=1)), ("A0", midnight), ("B0", midnight + timedelta(hours=1))
    )
    assert visits_by_day(session, midnight + timedelta(hours=2), days=3, timezone="Asia/Shanghai") == [0, 1, 2]
    assert visits_by_day(session, midnight, days=2, timezone="Asia/Shanghai") == [1, 1]
