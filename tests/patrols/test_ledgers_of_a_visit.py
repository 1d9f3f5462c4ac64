"""One visit fills every ledger that it serves: incident, register, rounds; and a correction takes it all along."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from gridsvc.core.revisions import Expected
from gridsvc.patrols import rounds
from gridsvc.patrols.logged import IncidentDraft, RegisterDraft, VisitReport
from gridsvc.patrols.queries import rounds as round_queries
from gridsvc.patrols.review import Decision, decide_correction, review_visit
from gridsvc.patrols.syncing import record_batch
from gridsvc.patrols.visits import VisitReceipt, record_visit
from tests.fixtures.small_net import CLERK, CODES, SmallNet, lay_small_net, middle

NOW = datetime.now(UTC)
CHIEF = replace(
    CLERK,
    username="chief",
    permissions=frozenset({"visits.review", "register.confirm", "duties.edit", "duties.read", "visits.create"}),
)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def visit(**changes: Any) -> VisitReport:
    plain: dict[str, Any] = {"client_id": uuid4(), "kind": "care_visit", "result": "done", "door_code": "A0"}
    return VisitReport(**(plain | changes))


def record(session: Session, net: SmallNet, sent: VisitReport, actor: Actor = CLERK) -> VisitReceipt:
    return record_visit(session, sent, worker_id=net.workers["A"], actor=actor)


def test_a_visit_opens_an_incident_that_points_back_to_it(session: Session, net: SmallNet) -> None:
    sent = visit(incident=IncidentDraft("dirty_road", "合成"))
    receipt = record(session, net, sent)
    row = session.execute(
        text(
            "SELECT incident.channel, incident.placement, visit.id FROM incident "
            "JOIN visit ON incident_id = incident.id"
        )
    ).one()
    assert tuple(row) == ("patrol", "routed", receipt.id)
    assert record(session, net, sent) == receipt
    assert session.scalar(text("SELECT count(*) FROM incident")) == 1


def test_a_visit_with_a_bad_incident_stores_neither(session: Session, net: SmallNet) -> None:
    with pytest.raises(InvalidInput) as refused:
        record(session, net, visit(incident=IncidentDraft("no such thing")))
    assert [fault.place for fault in refused.value.faults] == ["incident.category"]
    assert session.scalar(text("SELECT count(*) FROM visit")) == 0


def test_a_correction_replaces_what_it_points_to_and_both_stay(session: Session, net: SmallNet) -> None:
    first = visit(occurred_at=NOW - timedelta(hours=2))
    record(session, net, first)
    correction = visit(corrects=first.client_id, door_code=None, result="nobody_home")
    receipt = record(session, net, correction)
    assert receipt.occurred_at == NOW - timedelta(hours=2)
    rows = session.execute(
        text("SELECT result, void_at IS NULL, door_id FROM visit ORDER BY received_at, result DESC")
    ).all()
    assert {tuple(row) for row in rows} == {("done", False, net.doors["A0"]), ("nobody_home", True, net.doors["A0"])}
    assert record(session, net, correction) == receipt
    with pytest.raises(Conflict):
        record(session, net, visit(corrects=first.client_id))
    with pytest.raises(InvalidInput) as refused:
        record_visit(session, visit(corrects=first.client_id), worker_id=net.workers["B"], actor=CLERK)
    assert [fault.place for fault in refused.value.faults] == ["corrects"]


def test_only_a_correction_withdraws(session: Session, net: SmallNet) -> None:
    with pytest.raises(InvalidInput):
        record(session, net, visit(result="withdrawn"))
    first = visit()
    record(session, net, first)
    record(session, net, visit(corrects=first.client_id, result="withdrawn", door_code=None))
    assert session.scalar(text("SELECT count(*) FROM door_day")) == 0


def test_speed_and_repeated_coordinates_are_flagged(session: Session, net: SmallNet) -> None:
    x, y = middle("A")
    for minute in range(5):
        at = NOW - timedelta(minutes=30 - minute)
        assert record(session, net, visit(x=x, y=y, crs="EPSG:4326", occurred_at=at)).flags == ()
    same = record(session, net, visit(x=x, y=y, crs="EPSG:4326", occurred_at=NOW - timedelta(minutes=20)))
    assert same.flags == ("same_coordinates",)
    far_x, far_y = middle("D")
    fast = visit(door_code="D0", x=far_x, y=far_y, crs="EPSG:4326", occurred_at=NOW - timedelta(minutes=20, seconds=-5))
    assert record(session, net, fast).flags == ("impossible_speed",)
    assert session.scalar(text("SELECT count(*) FROM visit")) == 7


def test_a_clock_three_days_ahead_or_behind_gets_a_clear_answer(session: Session, net: SmallNet) -> None:
    ahead = record(session, net, visit(occurred_at=NOW + timedelta(days=3)))
    behind = record(session, net, visit(occurred_at=NOW - timedelta(days=3)))
    assert (ahead.flags, ahead.occurred_at) == (("ahead_of_clock",), ahead.received_at)
    assert behind.flags == ("back_filled",)


def test_the_register_is_corrected_by_who_has_the_right(session: Session, net: SmallNet) -> None:
    logs_only = replace(CLERK, permissions=CLERK.permissions - {"register.correct"})
    sent = visit(register=RegisterDraft("gone"))
    with pytest.raises(Forbidden), session.begin_nested():
        record(session, net, sent, actor=logs_only)
    assert session.scalar(text("SELECT count(*) FROM visit")) == 0
    assert record(session, net, visit(), actor=logs_only).register_id is None
    first = record(session, net, sent)
    assert first.register_id is not None
    assert record(session, net, sent, actor=logs_only) == first, "sent again it is the same visit"


def test_the_register_changes_when_the_community_confirms(session: Session, net: SmallNet) -> None:
    receipt = record(session, net, visit(register=RegisterDraft("gone"), occurred_at=NOW - timedelta(hours=1)))
    still = text("SELECT upper_inf(registered) FROM door WHERE code = 'A0'")
    assert session.scalar(still)
    assert receipt.register_id is not None
    decide_correction(session, receipt.register_id, Decision(True), now=NOW, actor=CHIEF)
    assert not session.scalar(still)
    with pytest.raises(Conflict):
        decide_correction(session, receipt.register_id, Decision(True), now=NOW, actor=CHIEF)
    later = record(session, net, visit(occurred_at=NOW))
    assert "door_not_registered" in later.flags


def test_a_door_that_moved_begins_anew_under_its_new_code(session: Session, net: SmallNet) -> None:
    x, y = middle("B")
    draft = RegisterDraft("moved", address="新址1号（合成）")
    receipt = record(session, net, visit(x=x, y=y, crs="EPSG:4326", register=draft))
    assert receipt.register_id is not None
    with pytest.raises(InvalidInput) as refused:
        decide_correction(session, receipt.register_id, Decision(True), now=NOW, actor=CHIEF)
    assert [fault.place for fault in refused.value.faults] == ["door_code"]
    with pytest.raises(InvalidInput):
        decide_correction(session, receipt.register_id, Decision(True, door_code="B1"), now=NOW, actor=CHIEF)


def test_a_visit_to_a_door_that_moved_is_kept_and_marked_and_the_new_code_counts(
    session: Session, net: SmallNet
) -> None:
    x, y = middle("B")
    draft = RegisterDraft("moved", address="新址1号（合成）")
    receipt = record(session, net, visit(x=x, y=y, crs="EPSG:4326", register=draft))
    assert receipt.register_id is not None
    moved = Decision(True, door_code="A0-新")
    decide_correction(session, receipt.register_id, moved, now=NOW - timedelta(hours=1), actor=CHIEF)
    old, new = record(session, net, visit()), record(session, net, visit(door_code="A0-新"))
    assert ("door_not_registered" in old.flags, "door_not_registered" in new.flags) == (True, False)
    assert (old.grid_code, new.grid_code) == (CODES["A"], CODES["B"])


def test_wrong_reports_on_the_register_are_refused_by_field(session: Session, net: SmallNet) -> None:
    for changes, places in (
        ({"register": RegisterDraft("missing", address="x")}, ["register.kind", "x"]),
        ({"register": RegisterDraft("moved")}, ["register.address", "x"]),
        ({"door_code": None, "grid_code": CODES["A"], "register": RegisterDraft("gone")}, ["door_code"]),
    ):
        with pytest.raises(InvalidInput) as refused:
            record(session, net, visit(**changes))
        assert [fault.place for fault in refused.value.faults] == places


def test_a_person_says_whether_a_flagged_visit_counts(session: Session, net: SmallNet) -> None:
    x, y = middle("D")
    odd = record(session, net, visit(x=x, y=y, crs="EPSG:4326"))
    assert session.scalar(text("SELECT count(*) FROM door_day")) == 1
    review_visit(session, odd.id, "does_not_count", note=None, now=NOW, actor=CHIEF)
    assert session.scalar(text("SELECT count(*) FROM door_day")) == 0
    assert session.scalar(text("SELECT count(*) FROM visit")) == 1
    assert session.scalar(text("SELECT action FROM audit")) == "visit.review"
    with pytest.raises(Conflict):
        review_visit(session, odd.id, "counts", note=None, now=NOW, actor=CHIEF)
    plain = record(session, net, visit())
    with pytest.raises(InvalidInput):
        review_visit(session, plain.id, "counts", note=None, now=NOW, actor=CHIEF)
    with pytest.raises(Forbidden):
        review_visit(session, odd.id, "counts", note=None, now=NOW, actor=CLERK)


def route(session: Session, net: SmallNet) -> Any:
    x, y = middle("A")
    stops = [
        rounds.StopDraft("door", code="A1"),
        rounds.StopDraft("point", name="东门", x=x + 0.002, y=y),
        rounds.StopDraft("block", code="block-B"),
        rounds.StopDraft("door", code="A3"),
    ]
    return rounds.plan_route(session, rounds.RouteDraft("r", "fire_patrol", CODES["A"], stops), now=NOW, actor=CHIEF)


def test_a_round_keeps_the_stops_it_began_with_and_names_the_missed_ones(session: Session, net: SmallNet) -> None:
    x, y = middle("A")
    made = route(session, net)
    worker, began = net.workers["A"], NOW - timedelta(hours=1)
    record(session, net, visit(door_code="A1", occurred_at=began + timedelta(minutes=1)))
    draft = rounds.RoundDraft(uuid4(), made, began)
    patrol = rounds.start_round(session, draft, worker_id=worker, now=NOW, actor=CLERK)
    assert rounds.start_round(session, draft, worker_id=worker, now=NOW, actor=CLERK) == patrol
    changed = rounds.RouteDraft("r", "fire_patrol", CODES["A"], [rounds.StopDraft("door", code="A2")])
    assert rounds.change_route(session, made, changed, expected=Expected(frozenset({1})), now=NOW, actor=CHIEF) == 2
    near = visit(door_code=None, x=x + 0.0021, y=y, crs="EPSG:4326", occurred_at=began + timedelta(minutes=9))
    record(session, net, near)
    record(session, net, visit(door_code="B2", occurred_at=began + timedelta(minutes=20)))
    rounds.finish_round(session, patrol, finished_at=None, worker_id=worker, now=NOW, actor=CLERK)
    missed = [stop.name for stop in round_queries.stops(session, patrol) if stop.visit_id is None]
    assert missed == ["No. 3"]
    record(session, net, visit(corrects=near.client_id, door_code=None, result="withdrawn"))
    missed = [stop.name for stop in round_queries.stops(session, patrol) if stop.visit_id is None]
    assert missed == ["东门", "No. 3"]
    late = visit(door_code="A3", occurred_at=began + timedelta(minutes=30))
    record(session, net, late)
    assert [stop.name for stop in round_queries.stops(session, patrol) if stop.visit_id is None] == ["东门"]


def test_a_stop_can_be_reached_without_a_position_by_naming_it(session: Session, net: SmallNet) -> None:
    made = route(session, net)
    draft = rounds.RoundDraft(uuid4(), made)
    patrol = rounds.start_round(session, draft, worker_id=net.workers["A"], now=NOW, actor=CLERK)
    gate = next(stop for stop in round_queries.stops(session, patrol) if stop.name == "东门")
    record(session, net, visit(door_code=None, grid_code=CODES["A"], stop_id=gate.id))
    assert next(one for one in round_queries.stops(session, patrol) if one.id == gate.id).visit_id is not None
    with pytest.raises(InvalidInput) as refused:
        record(session, net, visit(stop_id=uuid4()))
    assert [fault.place for fault in refused.value.faults] == ["stop_id"]
    with pytest.raises(NotFound):
        rounds.finish_round(session, patrol, finished_at=None, worker_id=net.workers["B"], now=NOW, actor=CLERK)


def test_a_plan_of_a_round_is_refused_with_every_fault(session: Session, net: SmallNet) -> None:
    stops = [rounds.StopDraft("door", code="Z9"), rounds.StopDraft("point", x=1.0, y=1.0, radius_m=1)]
    draft = rounds.RouteDraft("r", "nap", CODES["A"], stops)
    with pytest.raises(InvalidInput) as refused:
        rounds.plan_route(session, draft, now=NOW, actor=CHIEF)
    assert [fault.place for fault in refused.value.faults] == ["kind", "stops.0.code", "stops.1.x", "stops.1.radius_m"]


def test_a_batch_answers_each_visit_and_keeps_the_good_ones(session: Session, net: SmallNet) -> None:
    first = visit()
    sent = [
        visit(corrects=first.client_id, door_code=None, result="nobody_home"),
        first,
        visit(door_code="Z9"),
        first,
        visit(incident=IncidentDraft("no such thing")),
        replace(first, note="something else"),
    ]
    results = record_batch(session, sent, worker_id=net.workers["A"], actor=CLERK)
    assert [one.receipt is not None for one in results] == [True, True, False, True, False, False]
    assert results[3].receipt == results[1].receipt
    refusals = [one.refusal.code for one in results if one.refusal is not None]
    assert refusals == ["invalid_input", "invalid_input", "conflict"]
    assert session.scalar(text("SELECT count(*) FROM visit")) == 2
    assert session.scalar(text("SELECT count(*) FROM incident")) == 0
