"""When responsibility moves, work follows: by itself with the grid, or when the next one takes it over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Conflict, Forbidden, GridsvcError, InvalidInput, NotFound
from gridsvc.core.revisions import ANYTHING
from gridsvc.handover import cases, confirming, leaving
from gridsvc.handover.errors import WorkLeft, WrongHandoverState
from gridsvc.handover.openwork import OpenItem
from gridsvc.handover.queries import items as item_queries
from gridsvc.handover.queries import records
from gridsvc.handover.sheet import HEADERS, SheetFacts, handover_workbook
from gridsvc.handover.transfer import Transfer, transfer
from gridsvc.infra.db import new_id
from gridsvc.patrols.duty_tables import Patrol, PatrolRoute
from gridsvc.patrols.tables import RegisterCorrection, Visit
from gridsvc.people.answer import who_answers
from gridsvc.people.care_tables import CarePairing, CareSubject
from tests.fixtures.small_net import CODES, FOUNDED, SmallNet, lay_small_net, middle
from tests.people.team import actor_of, check_constraints

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SUPERVISOR = actor_of("supervisor")


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def worker(net: SmallNet, letter: str, *grids: str) -> Actor:
    """A worker who sees the grids they hold."""
    held = frozenset(net.grids[each] for each in grids or letter)
    return actor_of("worker", Scope(worker_id=net.workers[letter], grid_ids=held))


def an_incident(session: Session, net: SmallNet, letter: str) -> UUID:
    incident_id = new_id()
    x, y = middle(letter)
    values = {"id": incident_id, "client": new_id(), "at": NOW - DAY, "x": x, "y": y}
    session.execute(
        text(
            "INSERT INTO incident (id, client_id, channel, category, placement, point, occurred_at, received_at, "
            "synthetic) VALUES (:id, :client, 'phone', 'noise', 'routed', ST_SetSRID(ST_MakePoint(:x, :y), 4326), "
            ":at, :at, true)"
        ),
        values,
    )
    session.execute(
        text(
            "INSERT INTO routing (id, incident_id, net_version_id, grid_id, community_code, in_border_band, routed_at,"
            " reason) VALUES (gen_random_uuid(), :id, :version, :grid, :community, false, :at, 'intake')"
        ),
        {"id": incident_id, "version": net.net_version_id, "grid": net.grids[letter], "at": NOW - DAY}
        | {"community": CODES[letter][:12]},
    )
    return incident_id


def a_pairing(session: Session, net: SmallNet, letter: str, number: str = "S-1") -> UUID:
    x, y = middle(letter)
    subject = CareSubject(
        id=new_id(), number=number, class_code="elderly_alone", name="示例", community_code=CODES[letter][:12],
        registered=Range(FOUNDED, None), synthetic=True,
    )  # fmt: skip
    session.add(subject)
    session.flush()
    session.execute(
        text("UPDATE care_subject SET point = ST_SetSRID(ST_MakePoint(:x, :y), 4326) WHERE id = :id"),
        {"x": x, "y": y, "id": subject.id},
    )
    pairing = CarePairing(id=new_id(), worker_id=net.workers[letter], subject_id=subject.id)
    pairing.valid = Range(FOUNDED, None)
    session.add(pairing)
    session.flush()
    return subject.id


def a_round(session: Session, net: SmallNet, letter: str) -> None:
    route = PatrolRoute(id=new_id(), name="河堤一线", kind="care_visit", grid_id=net.grids[letter], stops=[])
    session.add(route)
    session.flush()
    session.add(
        Patrol(
            id=new_id(), client_id=new_id(), route_id=route.id, route_revision=1, name=route.name, kind=route.kind,
            grid_id=route.grid_id, worker_id=net.workers[letter], started_at=NOW - DAY, received_at=NOW - DAY,
        )
    )  # fmt: skip
    session.flush()


def a_correction(session: Session, net: SmallNet, letter: str) -> None:
    visit = Visit(
        id=new_id(), client_id=new_id(), worker_id=net.workers[letter], kind="care_visit", grid_id=net.grids[letter],
        door_id=net.doors[f"{letter}0"], occurred_at=NOW - DAY, received_at=NOW - DAY, result="done", synthetic=True,
    )  # fmt: skip
    session.add(visit)
    session.flush()
    session.add(
        RegisterCorrection(
            id=new_id(), visit_id=visit.id, kind="gone", door_id=net.doors[f"{letter}0"], grid_id=net.grids[letter],
            community_code=CODES[letter][:12], reported_at=NOW - DAY,
        )
    )  # fmt: skip
    session.flush()


def from_a_to_b(net: SmallNet, **more: object) -> Transfer:
    plain = Transfer(net.workers["A"], net.workers["B"], [CODES["A"]], NOW - HOUR, "岗位调整")
    return replace(plain, **more)  # type: ignore[arg-type]


def kinds_of(items: list[OpenItem]) -> dict[str, str]:
    return {item.kind: item.passing for item in items}


def holder(session: Session, incident_id: UUID) -> UUID | None:
    row = item_queries.case(session, incident_id, NOW)
    return None if row is None else row.held_by


def places(error: pytest.ExceptionInfo[GridsvcError]) -> set[str]:
    return {fault.place for fault in error.value.faults}


def test_duties_and_open_incidents_follow_the_grid_by_themselves(session: Session, net: SmallNet) -> None:
    incident = an_incident(session, net, "A")
    handover_id = transfer(session, SUPERVISOR, from_a_to_b(net), now=NOW)
    answer = who_answers(session, NOW, [net.grids["A"]])[net.grids["A"]]
    assert answer.answers is not None
    assert answer.answers.id == net.workers["B"]
    row = records.handover(session, handover_id)
    found = confirming.handover_list(session, row, NOW)
    assert [(item.ref_id, item.passing) for item in found if item.kind == "incident"] == [(incident, "by_itself")]
    assert [item.code for item in found if item.kind == "duty"] == [CODES["A"]]
    check_constraints(session)


def test_what_was_accepted_stays_until_the_next_one_takes_it(session: Session, net: SmallNet) -> None:
    incident = an_incident(session, net, "A")
    cases.accept_case(session, worker(net, "A"), incident, now=NOW - 2 * HOUR)
    handover_id = transfer(session, SUPERVISOR, from_a_to_b(net), now=NOW)
    assert holder(session, incident) == net.workers["A"]
    confirming.confirm_giving(session, worker(net, "A"), handover_id, now=NOW)
    assert holder(session, incident) == net.workers["A"]
    assert confirming.confirm_taking(session, worker(net, "B", "A", "B"), handover_id, now=NOW + HOUR) == 1
    assert holder(session, incident) == net.workers["B"]
    told = [(row.worker_id, row.until is None) for row in item_queries.holders_of(session, incident)]
    assert told == [(net.workers["A"], False), (net.workers["B"], True)]
    events = session.scalars(text("SELECT kind FROM incident_event WHERE incident_id = :i"), {"i": incident}).all()
    assert list(events) == ["accepted", "accepted"]


def test_the_list_names_every_open_item(session: Session, net: SmallNet) -> None:
    incident = an_incident(session, net, "A")
    cases.accept_case(session, worker(net, "A"), incident, now=NOW - 2 * HOUR)
    a_pairing(session, net, "A")
    a_round(session, net, "A")
    a_correction(session, net, "A")
    handover_id = transfer(session, SUPERVISOR, from_a_to_b(net), now=NOW)
    row = records.handover(session, handover_id)
    found = confirming.handover_list(session, row, NOW)
    assert kinds_of(found) == {
        "incident": "on_taking", "duty": "by_itself", "pairing": "on_taking", "patrol": "stays",
        "correction": "by_itself",
    }  # fmt: skip
    facts = SheetFacts([("1", "第一网格")], {"noise": "噪声"})
    content = handover_workbook(row, found, facts, timezone="Asia/Shanghai")
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    lines = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    top = lines.index(list(HEADERS))
    shown = {line[1] for line in lines[top + 1 :] if line[0]}
    assert shown == {"未结事件", "到期任务", "结对对象", "未完成巡查", "待核实门牌更正"}
    assert "示例" not in str(lines), "people to be visited are named by number alone"


def test_pairings_pass_when_they_are_taken_and_both_sides_stay_written_down(session: Session, net: SmallNet) -> None:
    subject = a_pairing(session, net, "A")
    handover_id = transfer(session, SUPERVISOR, from_a_to_b(net), now=NOW)
    confirming.confirm_giving(session, worker(net, "A"), handover_id, now=NOW)
    confirming.confirm_taking(session, worker(net, "B", "A"), handover_id, now=NOW)
    rows = session.execute(
        text("SELECT worker_id, upper_inf(valid) AS lasts FROM care_pairing WHERE subject_id = :s ORDER BY valid"),
        {"s": subject},
    ).all()
    assert [tuple(row) for row in rows] == [(net.workers["A"], False), (net.workers["B"], True)]


def test_the_sides_confirm_in_order_and_nobody_else_does(session: Session, net: SmallNet) -> None:
    handover_id = transfer(session, SUPERVISOR, from_a_to_b(net), now=NOW)
    with pytest.raises(WrongHandoverState):
        confirming.confirm_taking(session, worker(net, "B", "A"), handover_id, now=NOW)
    with pytest.raises(Forbidden):
        confirming.confirm_giving(session, worker(net, "B", "A"), handover_id, now=NOW)
    with pytest.raises(NotFound):
        confirming.confirm_giving(session, worker(net, "D"), handover_id, now=NOW)
    confirming.confirm_giving(session, SUPERVISOR, handover_id, now=NOW)
    with pytest.raises(WrongHandoverState):
        confirming.confirm_giving(session, worker(net, "A"), handover_id, now=NOW)
    detail = session.scalar(text("SELECT detail FROM audit WHERE action = 'handover.give'"))
    assert detail == {"on_behalf": True}


def test_nothing_is_taken_before_it_takes_effect(session: Session, net: SmallNet) -> None:
    handover_id = transfer(session, SUPERVISOR, from_a_to_b(net, effective_at=NOW + DAY), now=NOW)
    confirming.confirm_giving(session, worker(net, "A"), handover_id, now=NOW)
    with pytest.raises(WrongHandoverState, match="not taken effect"):
        confirming.confirm_taking(session, worker(net, "B", "A"), handover_id, now=NOW)
    confirming.confirm_taking(session, worker(net, "B", "A"), handover_id, now=NOW + DAY)


def test_a_grid_that_the_giver_has_not_got_is_named(session: Session, net: SmallNet) -> None:
    with pytest.raises(InvalidInput) as error:
        transfer(session, SUPERVISOR, from_a_to_b(net, grid_codes=[CODES["A"], CODES["C"]]), now=NOW)
    assert places(error) == {f"grid {CODES['C']}"}
    with pytest.raises(InvalidInput) as error:
        transfer(session, SUPERVISOR, from_a_to_b(net, grid_codes=[CODES["A"], "never heard of"]), now=NOW)
    assert places(error) == {"body.grid_codes.1"}
    with pytest.raises(InvalidInput):
        transfer(session, SUPERVISOR, from_a_to_b(net, to_worker_id=net.workers["A"]), now=NOW)
    with pytest.raises(Forbidden):
        transfer(session, worker(net, "A"), from_a_to_b(net), now=NOW)


def test_nobody_leaves_while_work_would_be_left(session: Session, net: SmallNet) -> None:
    incident = an_incident(session, net, "A")
    cases.accept_case(session, worker(net, "A"), incident, now=NOW - HOUR)
    a_pairing(session, net, "A")
    with pytest.raises(WorkLeft) as error:
        leaving.leave_service(session, SUPERVISOR, net.workers["A"], at=NOW, expected=ANYTHING)
    assert {fault.code for fault in error.value.faults} == {"grid_left", "incident_left", "pairing_left"}
    handover_id = transfer(session, SUPERVISOR, from_a_to_b(net), now=NOW)
    confirming.confirm_giving(session, SUPERVISOR, handover_id, now=NOW)
    confirming.confirm_taking(session, SUPERVISOR, handover_id, now=NOW)
    done = leaving.leave_service(session, SUPERVISOR, net.workers["A"], at=NOW + HOUR, expected=ANYTHING)
    assert done.vacant == []


def test_grids_may_be_left_as_named_vacancies_when_that_is_said(session: Session, net: SmallNet) -> None:
    done = leaving.leave_service(session, SUPERVISOR, net.workers["A"], at=NOW, expected=ANYTHING, as_vacancies=True)
    assert done.vacant == [CODES["A"]]


def test_whoever_is_to_take_over_does_not_leave(session: Session, net: SmallNet) -> None:
    transfer(session, SUPERVISOR, from_a_to_b(net), now=NOW)
    with pytest.raises(WorkLeft) as error:
        leaving.leave_service(session, SUPERVISOR, net.workers["B"], at=NOW, expected=ANYTHING, as_vacancies=True)
    assert {fault.code for fault in error.value.faults} == {"handover_left"}


def test_an_incident_out_of_sight_or_closed_is_not_accepted(session: Session, net: SmallNet) -> None:
    incident = an_incident(session, net, "A")
    with pytest.raises(NotFound):
        cases.accept_case(session, worker(net, "C"), incident, now=NOW)
    session.execute(text("UPDATE incident SET closed_at = :at WHERE id = :id"), {"at": NOW, "id": incident})
    with pytest.raises(Conflict, match="closed"):
        cases.accept_case(session, worker(net, "A"), incident, now=NOW)
