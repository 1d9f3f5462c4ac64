"""Many reports at once: the same rules as one by one, good rows kept, bad rows named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.core.datum import from_wgs84
from gridsvc.incidents.bulk import ReportBatch, take_in_batch
from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.infra.db import unit_of_work
from tests.fixtures.small_net import CLERK, CODES, DISTRICT, SIDE, VILLAGE, WEST, SmallNet, lay_small_net, middle


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def batch(reports: list[Report], **columns: Any) -> ReportBatch:
    """Single reports as columns."""
    names = {"descriptions": "description", "addresses": "address", "channels": "channel", "categories": "category"}
    names |= {name: name for name in ("x", "y", "crs", "occurred_at")} | {"client_ids": "client_id"}
    values: dict[str, Any] = {key: [getattr(one, name) for one in reports] for key, name in names.items()}
    return ReportBatch(**values, **columns)


def report(letter: str | None = "A", **changes: Any) -> Report:
    x, y = middle(letter) if letter else (None, None)
    plain: dict[str, Any] = {"client_id": uuid4(), "channel": "hotline", "category": "noise", "description": "噪声"}
    return Report(**(plain | {"x": x, "y": y, "crs": "EPSG:4326" if letter else None} | changes))


def counts(session: Session) -> tuple[int, ...]:
    tables = ("incident", "routing", "incident_event")
    return tuple(session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables)


def test_a_batch_lands_where_single_reports_land(session: Session, net: SmallNet) -> None:
    x, y = from_wgs84([middle("D")[0]], [middle("D")[1]], "GCJ-02")
    sent = [
        report("A"),
        report("B", x=round(WEST + SIDE, 7)),
        report("A", x=float(x[0]), y=float(y[0]), crs="GCJ-02"),
        report("A", x=WEST + 2.5 * SIDE),
        report("A", x=100.0, y=30.0),
        report(None, address="胜利路3号"),
    ]
    assert take_in_batch(session, batch(sent), actor="test").added == 6
    singles = [take_in(session, replace(one, client_id=uuid4()), actor=CLERK) for one in sent]
    rows = session.execute(
        text(
            "SELECT placement, grid_id, i.county_code, community_code, net_version_id, distance_to_border_m, "
            "in_border_band, ST_X(point) AS x FROM incident i LEFT JOIN routing r ON r.incident_id = i.id "
            "ORDER BY number LIMIT 6"
        )
    ).all()
    for row, single in zip(rows, singles, strict=True):
        wanted = single.decision
        assert (row.placement, row.grid_id, row.county_code) == (wanted.state, wanted.grid_id, wanted.county_code)
        assert (row.community_code, row.net_version_id) == (wanted.community_code, wanted.net_version_id)
        assert row.distance_to_border_m == pytest.approx(wanted.distance_to_border_m, abs=0.01)
        assert bool(row.in_border_band) == wanted.in_border_band
        assert row.x == (single.point[0] if single.point else None)
    assert [row.county_code for row in rows] == [DISTRICT] * 4 + [None] * 2
    assert rows[3].community_code == VILLAGE


def test_history_keeps_its_times_and_is_routed_now(session: Session, net: SmallNet) -> None:
    received, closed = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC)
    sent = [report("A", occurred_at=received - timedelta(hours=1)), report("B", occurred_at=received)]
    result = take_in_batch(session, batch(sent, received_at=[received] * 2, closed_at=[closed, None]), actor="test")
    assert (result.added, result.rejected) == (2, 0)
    row = session.execute(text("SELECT received_at, closed_at FROM incident ORDER BY number LIMIT 1")).one()
    assert tuple(row) == (received, closed)
    routed_at, reason = session.execute(text("SELECT routed_at, reason FROM routing LIMIT 1")).one()
    assert reason == "import"
    assert routed_at > closed
    kinds = session.execute(text("SELECT kind, count(*) FROM incident_event GROUP BY kind ORDER BY kind")).all()
    assert [tuple(kind) for kind in kinds] == [("closed", 1), ("received", 2), ("routed", 2)]


def test_good_rows_are_kept_and_bad_rows_named(session: Session, net: SmallNet) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001 - the point of it
    sent = [
        report("A"),
        report("A", x=float("nan")),
        report("A", x=middle("A")[1], y=middle("A")[0]),
        report("A", crs="EPSG:2384"),
        report("A", crs=None),
        report("A", y=None),
        report("A", occurred_at=naive),
        report("A", channel="pigeon"),
        report("A", category="unheard_of"),
        report("A", description="a\x00b"),
        report("A", x=2.35, y=48.85),
        report(None, description=None),
        report("B"),
    ]
    names = [f"line {number}" for number in range(2, 15)]
    result = take_in_batch(session, batch(sent, names=names), actor="test")
    assert (result.added, result.already_there, result.rejected) == (2, 0, 11)
    assert [fault.place for fault in result.faults] == [
        "line 3, x",
        "line 4, x",
        "line 5, crs",
        "line 6, crs",
        "line 7, y",
        "line 8, occurred_at",
        "line 9, channel",
        "line 10, category",
        "line 11, description",
        "line 12, x",
        "line 13, address",
    ]
    assert counts(session) == (2, 2, 4)


def test_impossible_history_is_refused(session: Session, net: SmallNet) -> None:
    now = datetime.now(UTC)
    received = [now - timedelta(days=1), now + timedelta(days=1), None]
    closed = [now - timedelta(days=2), None, now - timedelta(days=1)]
    result = take_in_batch(session, batch([report()] * 3, received_at=received, closed_at=closed), actor="test")
    assert [fault.place for fault in result.faults] == ["row 0, closed_at", "row 1, received_at", "row 2, closed_at"]


def test_the_same_batch_again_adds_nothing_and_other_content_is_refused(session: Session, net: SmallNet) -> None:
    sent = [report("A"), report("B", occurred_at=datetime(2026, 3, 1, tzinfo=UTC)), report(None)]
    take_in_batch(session, batch(sent), actor="test")
    again = take_in_batch(session, batch(sent), actor="test")
    assert (again.added, again.already_there, again.rejected) == (0, 3, 0)
    changed = take_in_batch(session, batch([replace(sent[0], description="other"), report("C")]), actor="test")
    assert (changed.added, changed.already_there, changed.rejected) == (1, 0, 1)
    assert changed.faults[0].code == "conflict"
    assert counts(session) == (4, 3, 8)


def test_a_row_twice_in_one_batch_is_stored_once(session: Session, net: SmallNet) -> None:
    one = report("A")
    result = take_in_batch(session, batch([one, one, replace(one, category="flooding")]), actor="test")
    assert (result.added, result.already_there, result.rejected) == (1, 1, 1)


def test_a_batch_and_a_single_report_know_each_other(session: Session, net: SmallNet) -> None:
    one, other = report("A"), report("B")
    receipt = take_in(session, one, actor=CLERK)
    result = take_in_batch(session, batch([one, other]), actor="test")
    assert (result.added, result.already_there) == (1, 1)
    assert take_in(session, one, actor=CLERK) == receipt
    assert take_in(session, other, actor=CLERK).decision.grid_code == CODES["B"]


def test_an_empty_batch_is_nothing(session: Session) -> None:
    assert take_in_batch(session, batch([]), actor="test").added == 0


def test_a_batch_that_is_rolled_back_leaves_nothing(fresh_engine: Engine) -> None:
    def fail() -> None:
        with unit_of_work(fresh_engine) as session:
            lay_small_net(session)
            take_in_batch(session, batch([report(client_id=UUID(int=number)) for number in range(50)]), actor="test")
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        fail()
    with unit_of_work(fresh_engine) as session:
        assert counts(session) == (0, 0, 0)
