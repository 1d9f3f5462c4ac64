"""Many visits at once: the same rules as one by one, good rows kept, bad rows named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.core.datum import from_wgs84
from gridsvc.patrols.bulk import VisitBatch, record_visits
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.visits import record_visit
from tests.fixtures.small_net import CLERK, CODES, FOUNDED, SIDE, WEST, SmallNet, lay_small_net, middle

LATELY = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def visit(**changes: Any) -> VisitReport:
    plain: dict[str, Any] = {"client_id": uuid4(), "kind": "care_visit", "result": "done", "occurred_at": LATELY}
    return VisitReport(**(plain | changes))


def at_point(letter: str, **changes: Any) -> VisitReport:
    x, y = middle(letter)
    return visit(**({"x": x, "y": y, "crs": "EPSG:4326"} | changes))


def batch(net: SmallNet, visits: list[VisitReport], **columns: Any) -> VisitBatch:
    names = {"client_ids": "client_id", "kinds": "kind", "results": "result", "grid_codes": "grid_code"}
    names |= {"door_codes": "door_code", "notes": "note"}
    names |= {name: name for name in ("x", "y", "crs", "accuracy_m", "occurred_at")}
    values: dict[str, Any] = {key: [getattr(one, name) for one in visits] for key, name in names.items()}
    return VisitBatch(**({"worker_ids": [net.workers["A"]] * len(visits)} | values | columns))


def stored(session: Session, client_ids: list[UUID]) -> list[tuple[Any, ...]]:
    """What is kept of visits, in the order of their identifiers."""
    statement = text(
        "SELECT grid_id, net_version_id, door_id, declared_grid_code, county_code, occurred_at, declared_at, raw_x, "
        "raw_crs, ST_X(point), flags FROM visit WHERE client_id = :id"
    )
    found = [session.execute(statement, {"id": one}).one() for one in client_ids]
    # Files and history give times to the minute and no order: only what phones send is looked at in sequence.
    return [(*row[:-1], frozenset(row[-1]) - {"impossible_speed", "same_coordinates"}) for row in found]


def test_a_batch_counts_for_the_grids_that_single_visits_count_for(session: Session, net: SmallNet) -> None:
    x, y = from_wgs84([middle("D")[0]], [middle("D")[1]], "BD-09")
    sent = [
        visit(door_code="C2"),
        visit(door_code="C2", grid_code=CODES["A"]),
        at_point("D"),
        visit(x=float(x[0]), y=float(y[0]), crs="BD-09"),
        visit(grid_code=CODES["B"]),
        at_point("B", grid_code=CODES["A"]),
        at_point("A", x=round(WEST + SIDE + 1e-5, 7), grid_code=CODES["A"]),
        at_point("A", x=WEST + 2.5 * SIDE),
        at_point("A", x=WEST + 2.5 * SIDE, grid_code=CODES["B"]),
        at_point("D", door_code="A0"),
        visit(grid_code=CODES["A"], occurred_at=FOUNDED - timedelta(days=30)),
        visit(door_code="A0", occurred_at=FOUNDED - timedelta(days=30)),
        visit(door_code="A0", occurred_at=datetime.now(UTC) - timedelta(hours=30), note="一"),
    ]
    result = record_visits(session, batch(net, sent), actor="test")
    assert (result.added, result.rejected) == (len(sent), 0)
    singles = [replace(one, client_id=uuid4()) for one in sent]
    for one in singles:
        record_visit(session, one, worker_id=net.workers["A"], actor=CLERK)
    assert stored(session, [one.client_id for one in sent]) == stored(session, [one.client_id for one in singles])


def test_history_keeps_when_it_was_received_and_tells_when_the_device_was_heard(
    session: Session, net: SmallNet
) -> None:
    received = [FOUNDED + timedelta(days=day) for day in (3, 9, 5)]
    sent = [visit(door_code="A0", occurred_at=at - timedelta(hours=2)) for at in received]
    workers = [net.workers[letter] for letter in "AAB"]
    record_visits(session, batch(net, sent, received_at=received, worker_ids=workers), actor="test")
    heard = session.execute(text("SELECT worker_id, heard_at FROM device_contact")).all()
    assert {row.worker_id: row.heard_at for row in heard} == {
        net.workers["A"]: received[1],
        net.workers["B"]: received[2],
    }
    assert session.scalars(text("SELECT DISTINCT flags FROM visit")).all() == [[]]


def test_good_rows_are_kept_and_bad_rows_named(session: Session, net: SmallNet) -> None:
    sent = [
        visit(door_code="A0"),
        visit(door_code="Z9"),
        visit(grid_code="999"),
        visit(),
        visit(door_code="A0", kind="nap"),
        visit(door_code="A0", result="maybe"),
        visit(x=float("nan"), y=1.0, crs="EPSG:4326"),
        visit(x=117.3, y=32.9),
        visit(door_code="A0", occurred_at=datetime(2026, 3, 1)),  # noqa: DTZ001 - the point of it
        visit(door_code="A0"),
    ]
    workers = [net.workers["A"]] * 9 + [UUID(int=5)]
    result = record_visits(session, batch(net, sent, worker_ids=workers), actor="test")
    assert (result.added, result.rejected) == (1, 9)
    assert [fault.place.split(", ")[1] for fault in result.faults] == [
        "door_code",
        "grid_code",
        "grid_code",
        "kind",
        "result",
        "x",
        "crs",
        "occurred_at",
        "worker_id",
    ]


def test_the_same_batch_again_adds_nothing_and_other_content_is_refused(session: Session, net: SmallNet) -> None:
    sent = [visit(door_code="A0"), at_point("B", note="门前"), visit(grid_code=CODES["C"])]
    record_visits(session, batch(net, sent), actor="test")
    again = record_visits(session, batch(net, sent), actor="test")
    assert (again.added, again.already_there, again.rejected) == (0, 3, 0)
    changed = record_visits(session, batch(net, [replace(sent[0], note="other"), sent[1], sent[1]]), actor="test")
    assert (changed.added, changed.already_there, changed.rejected) == (0, 2, 1)
    assert record_visit(session, sent[1], worker_id=net.workers["A"], actor=CLERK).repeated


def test_a_batch_of_bad_rows_and_an_empty_one_add_nothing(session: Session, net: SmallNet) -> None:
    assert record_visits(session, batch(net, [visit()]), actor="test").rejected == 1
    assert record_visits(session, batch(net, []), actor="test").added == 0
