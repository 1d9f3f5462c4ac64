"""Intake: where a report lands, by which net, and that sending it twice is as good as sending it once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.core.datum import from_wgs84
from gridsvc.core.errors import Conflict, Forbidden, InvalidCoordinate, InvalidInput, UnknownDatum
from gridsvc.geography.gate import exclusive_gate, shared_gate
from gridsvc.incidents.intake import Receipt, take_in
from gridsvc.incidents.reports import Report
from gridsvc.infra.db import unit_of_work
from tests.fixtures.small_net import CLERK, CODES, DISTRICT, SIDE, SOUTH, VILLAGE, WEST, SmallNet, lay_small_net, middle


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def report(**changes: Any) -> Report:
    """A report from the middle of grid A."""
    x, y = middle("A")
    plain: dict[str, Any] = {
        "client_id": uuid4(),
        "channel": "hotline",
        "category": "noise",
        "description": "施工噪声",
        "x": x,
        "y": y,
        "crs": "EPSG:4326",
    }
    return Report(**(plain | changes))


def counts(session: Session) -> tuple[int, ...]:
    tables = ("incident", "routing", "incident_event")
    return tuple(session.scalar(text(f"SELECT count(*) FROM {table}")) for table in tables)


def test_a_report_is_routed_to_the_grid_it_lies_in(session: Session, net: SmallNet) -> None:
    receipt = take_in(session, report(), actor=CLERK)
    decision = receipt.decision
    assert (decision.state, decision.grid_code) == ("routed", CODES["A"])
    assert decision.grid_id == net.grids["A"]
    assert decision.net_version_id == net.net_version_id
    assert decision.county_code == DISTRICT
    assert decision.distance_to_border_m == pytest.approx(467.6, abs=1)
    assert not decision.in_border_band
    assert receipt.occurred_at == receipt.received_at
    assert decision.routed_at is not None
    assert receipt.received_at <= decision.routed_at
    assert counts(session) == (1, 1, 2)
    kinds = session.scalars(text("SELECT kind FROM incident_event ORDER BY at, id")).all()
    assert kinds == ["received", "routed"]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490", "EPSG:4548", "EPSG:4527", "GCJ-02", "BD-09"])
def test_the_same_place_lands_in_the_same_grid_in_every_datum(session: Session, net: SmallNet, crs: str) -> None:
    for letter, (dx, dy) in {"A": (0.0049, 0.0), "B": (-0.0049, 0.0), "D": (0.0, 0.0049)}.items():
        lon, lat = middle(letter)
        x, y = from_wgs84([lon + dx], [lat + dy], crs)
        receipt = take_in(session, report(x=float(x[0]), y=float(y[0]), crs=crs), actor=CLERK)
        assert receipt.decision.grid_code == CODES[letter]
        raw = session.execute(text("SELECT raw_x, raw_y, raw_crs FROM incident ORDER BY number DESC LIMIT 1")).one()
        assert tuple(raw) == (x[0], y[0], crs)


def test_a_point_on_a_border_goes_to_the_smallest_code_and_is_marked(session: Session, net: SmallNet) -> None:
    x, y = round(WEST + SIDE, 7), round(SOUTH + SIDE, 7)
    decision = take_in(session, report(x=x, y=y), actor=CLERK).decision
    assert decision.grid_code == CODES["A"]
    assert decision.distance_to_border_m == pytest.approx(0, abs=1e-6)
    assert decision.in_border_band


def test_a_point_in_a_village_without_grids_is_outside_but_keeps_its_community(session: Session, net: SmallNet) -> None:
    decision = take_in(session, report(x=WEST + 2.5 * SIDE), actor=CLERK).decision
    assert (decision.state, decision.grid_code) == ("outside", None)
    assert decision.community_code == VILLAGE
    assert decision.county_code == DISTRICT
    assert decision.net_version_id == net.net_version_id
    assert counts(session) == (1, 1, 2)


def test_a_point_in_no_community_keeps_its_county_and_one_far_away_has_none(session: Session, net: SmallNet) -> None:
    near = take_in(session, report(y=SOUTH - SIDE / 2), actor=CLERK).decision
    far = take_in(session, report(x=100.0, y=30.0), actor=CLERK).decision
    assert (near.state, near.community_code, near.county_code) == ("outside", None, DISTRICT)
    assert (far.state, far.community_code, far.county_code) == ("outside", None, None)


def test_an_address_alone_waits_unlocated(session: Session, net: SmallNet) -> None:
    receipt = take_in(session, report(x=None, y=None, crs=None, address="胜利路3号"), actor=CLERK)
    assert receipt.decision.state == "unlocated"
    assert receipt.point is None
    assert receipt.decision.routed_at is None
    assert counts(session) == (1, 0, 2)


def test_a_report_comes_in_even_before_there_is_a_net(session: Session) -> None:
    decision = take_in(session, report(), actor=CLERK).decision
    assert (decision.state, decision.net_version_id) == ("outside", None)


@pytest.mark.parametrize(
    ("changes", "error", "place"),
    [
        ({"crs": None}, InvalidInput, "crs"),
        ({"x": None}, InvalidInput, "x"),
        ({"x": None, "y": None}, InvalidInput, "crs"),
        ({"crs": "EPSG:2384"}, UnknownDatum, "crs"),
        ({"crs": "somewhere"}, UnknownDatum, "crs"),
        ({"x": float("nan")}, InvalidCoordinate, "x"),
        ({"y": float("inf")}, InvalidCoordinate, "x"),
        ({"x": 32.93, "y": 117.385}, InvalidCoordinate, "x"),
        ({"x": 2.35, "y": 48.85}, InvalidCoordinate, "x"),
        ({"occurred_at": datetime(2026, 3, 1)}, InvalidInput, "occurred_at"),  # noqa: DTZ001 - the point of it
        ({"occurred_at": datetime(1926, 3, 1, tzinfo=UTC)}, InvalidInput, "occurred_at"),
        ({"description": "a\x00b"}, InvalidInput, "description"),
        ({"description": "a\ud800b"}, InvalidInput, "description"),
        ({"description": "a" * 5000}, InvalidInput, "description"),
        ({"channel": "pigeon"}, InvalidInput, "channel"),
        ({"category": "unheard_of"}, InvalidInput, "category"),
        ({"x": None, "y": None, "crs": None, "description": None}, InvalidInput, "address"),
    ],
)
def test_a_bad_report_is_refused_by_field_and_leaves_nothing(
    session: Session, net: SmallNet, changes: dict[str, Any], error: type[InvalidInput], place: str
) -> None:
    with pytest.raises(error) as refused:
        take_in(session, report(**changes), actor=CLERK)
    assert [fault.place for fault in refused.value.faults] == [place]
    assert counts(session) == (0, 0, 0)


def test_who_may_not_create_is_refused(session: Session, net: SmallNet) -> None:
    with pytest.raises(Forbidden):
        take_in(session, report(), actor=replace(CLERK, permissions=frozenset()))


def test_a_clock_that_runs_ahead_is_flagged_and_never_decides(session: Session, net: SmallNet) -> None:
    declared = datetime.now(UTC) + timedelta(days=3)
    sent = report(occurred_at=declared)
    receipt = take_in(session, sent, actor=CLERK)
    assert receipt.occurred_at == receipt.received_at
    assert receipt.flags == ("ahead_of_clock",)
    assert session.scalar(text("SELECT declared_at FROM incident")) == declared
    assert take_in(session, sent, actor=CLERK) == receipt


def test_the_same_report_again_gives_the_same_receipt(session: Session, net: SmallNet) -> None:
    for sent in (
        report(occurred_at=datetime(2026, 3, 1, tzinfo=UTC), reporter_name="测试"),
        report(x=WEST + 2.5 * SIDE),
        report(x=None, y=None, crs=None),
    ):
        first = take_in(session, sent, actor=CLERK)
        again = take_in(session, sent, actor=CLERK)
        assert again == first
        assert again.repeated
        assert not first.repeated
    assert counts(session)[0] == 3


@pytest.mark.parametrize(
    "change", [{"description": "other"}, {"x": 117.386}, {"crs": "GCJ-02"}, {"category": "flooding"}, {"address": "x"}]
)
def test_the_same_identifier_with_other_content_is_a_conflict(
    session: Session, net: SmallNet, change: dict[str, Any]
) -> None:
    sent = report()
    take_in(session, sent, actor=CLERK)
    with pytest.raises(Conflict):
        take_in(session, replace(sent, **change), actor=CLERK)
    assert counts(session) == (1, 1, 2)


@pytest.fixture
def committed_net(fresh_engine: Engine) -> SmallNet:
    with unit_of_work(fresh_engine) as session:
        return lay_small_net(session)


def test_one_report_sent_twice_at_once_is_stored_once(fresh_engine: Engine, committed_net: SmallNet) -> None:
    barrier = Barrier(2)

    def send(sent: Report) -> Receipt:
        with unit_of_work(fresh_engine) as session:
            session.execute(text("SELECT 1"))
            barrier.wait()
            return take_in(session, sent, actor=CLERK)

    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            one, other = pool.map(send, [report()] * 2)
            assert one == other
            assert one.repeated != other.repeated
    with unit_of_work(fresh_engine) as session:
        assert counts(session) == (10, 10, 20)


def test_a_rolled_back_intake_leaves_nothing(fresh_engine: Engine, committed_net: SmallNet) -> None:
    sent = report()

    def fail() -> None:
        with unit_of_work(fresh_engine) as session:
            take_in(session, sent, actor=CLERK)
            raise RuntimeError("the answer was lost")

    with pytest.raises(RuntimeError):
        fail()
    with unit_of_work(fresh_engine) as session:
        assert counts(session) == (0, 0, 0)
        assert not take_in(session, sent, actor=CLERK).repeated


def test_intake_reads_the_clock_after_the_publisher_has_left(fresh_engine: Engine, committed_net: SmallNet) -> None:
    """The grid is cut at a moment that lies before the report passes the gate: the report goes by the new net."""
    publisher = Session(fresh_engine)
    effective_at = exclusive_gate(publisher).passed_at

    def send() -> Receipt:
        with unit_of_work(fresh_engine) as session:
            return take_in(session, report(), actor=CLERK)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(send)
        sleep(0.2)
        assert not waiting.done()
        _give_a_to_b(publisher, committed_net, effective_at)
        publisher.commit()
        decision = waiting.result().decision
    assert decision.routed_at is not None
    assert decision.routed_at > effective_at
    assert decision.grid_id == committed_net.grids["B"]
    assert decision.net_number == 2


def test_intakes_pass_the_gate_together(fresh_engine: Engine) -> None:
    with unit_of_work(fresh_engine) as one, unit_of_work(fresh_engine) as other:
        shared_gate(one)
        shared_gate(other)
        exclusive_gate(one, "another net")


def _give_a_to_b(session: Session, net: SmallNet, at: datetime) -> UUID:
    """A second net version in which grid B covers what was A, and A is no more."""
    version = uuid4()
    values = {"id": version, "net": net.net_id, "at": at, "a": net.grids["A"], "b": net.grids["B"]}
    for statement in (
        "INSERT INTO net_version (id, net_id, number, published_at, effective_at, published_by) "
        "VALUES (:id, :net, 2, :at, :at, 'test')",
        "UPDATE grid_version SET valid = tstzrange(lower(valid), :at) WHERE grid_id IN (:a, :b)",
        "INSERT INTO grid_version (id, grid_id, net_id, net_version_id, scheme, code, kind, name, geom, area_m2, "
        "counts, community_code, synthetic, valid) "
        "SELECT gen_random_uuid(), :b, net_id, :id, scheme, code, kind, name, "
        "(SELECT ST_Multi(ST_Union(geom)) FROM grid_version WHERE grid_id IN (:a, :b)), area_m2, counts, "
        "community_code, synthetic, tstzrange(:at, NULL) FROM grid_version WHERE grid_id = :b",
    ):
        session.execute(text(statement), values)
    return version
