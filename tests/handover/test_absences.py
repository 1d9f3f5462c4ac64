"""A leave is handed over when it is approved, and what was taken on meanwhile goes back when it is over."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.core.errors import Conflict
from gridsvc.handover import absences, cases, confirming
from gridsvc.handover.queries import records
from gridsvc.infra.db import unit_of_work
from gridsvc.people import leave
from gridsvc.people.leave import LeaveRequest, request_leave
from tests.fixtures.small_net import SmallNet, lay_small_net
from tests.handover.test_transfer import SUPERVISOR, a_pairing, an_incident, worker

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Away:
    """Worker A of the small net is away for three days, from some hours ago, and B is to cover."""

    def __init__(self, session: Session, net: SmallNet, *, since: datetime, cover: str | None = "B") -> None:
        self.session, self.net, self.since, self.until = session, net, since, since + 3 * DAY
        cover_id = net.workers[cover] if cover else None
        self.id = request_leave(
            session, SUPERVISOR, LeaveRequest(net.workers["A"], since, self.until, "年休假", cover_id)
        )

    def approve(self) -> None:
        absences.approve_leave(self.session, SUPERVISOR, self.id, rule="backup")

    def lists(self) -> set[tuple[str, str | None, str]]:
        rows = records.list_handovers(self.session, WHOLE_CITY)
        return {(row.from_name[-1], row.to_name and row.to_name[-1], row.state) for row in rows}

    def only(self, state: str = "open") -> Any:
        [row] = records.list_handovers(self.session, WHOLE_CITY, states=[state])
        return row

    def hand_over(self) -> None:
        """Both sides confirm what waits."""
        row = self.only()
        confirming.confirm_giving(self.session, SUPERVISOR, row.id, now=datetime.now(UTC))
        confirming.confirm_taking(self.session, SUPERVISOR, row.id, now=datetime.now(UTC))


def began(session: Session, *, hours_ago: int = 2, cover: str | None = "B") -> Away:
    return Away(session, lay_small_net(session), since=datetime.now(UTC) - timedelta(hours=hours_ago), cover=cover)


def holder_of(session: Session, incident: UUID) -> str:
    asked = text(
        "SELECT right(worker.name, 1) FROM case_holder JOIN worker ON worker.id = worker_id "
        "WHERE until IS NULL AND incident_id = :incident"
    )
    return str(session.scalar(asked, {"incident": incident}))


def test_approving_opens_the_list_to_whoever_covers_and_pairings_stay(session: Session) -> None:
    away = began(session)
    a_pairing(session, away.net, "A")
    with pytest.raises(Conflict, match="approved"):
        absences.hand_over_for_leave(session, SUPERVISOR, away.id, now=datetime.now(UTC))
    away.approve()
    row = away.only()
    assert (row.kind, row.leave_id, row.until) == ("leave", away.id, away.until)
    assert away.lists() == {("A", "B", "open")}
    listed = confirming.handover_list(session, row, datetime.now(UTC))
    assert {item.kind: item.passing for item in listed}["pairing"] == "stays"
    assert absences.hand_over_for_leave(session, SUPERVISOR, away.id, now=datetime.now(UTC)) == [row.id]


def test_grids_that_nobody_covers_make_a_list_that_waits_for_somebody(session: Session) -> None:
    away = began(session, cover=None)
    away.approve()
    assert away.lists() == {("A", None, "open")}


def test_somebody_else_who_covers_gets_the_list_and_from_whoever_took_over(session: Session) -> None:
    away = began(session)
    away.approve()
    absences.cover_leave(session, SUPERVISOR, away.id, away.net.workers["C"])
    assert away.lists() == {("A", "B", "cancelled"), ("A", "C", "open")}
    away.hand_over()
    absences.cover_leave(session, SUPERVISOR, away.id, away.net.workers["D"])
    assert away.lists() == {("A", "B", "cancelled"), ("A", "C", "taken"), ("C", "D", "open")}


def test_a_leave_that_is_off_leaves_no_list_waiting(session: Session) -> None:
    away = Away(session, lay_small_net(session), since=datetime.now(UTC) + DAY)
    away.approve()
    absences.cancel_leave(session, SUPERVISOR, away.id)
    assert away.lists() == {("A", "B", "cancelled")}


def test_what_was_taken_on_meanwhile_goes_back_when_the_leave_ends_early(session: Session) -> None:
    away = began(session)
    before, meanwhile = (an_incident(session, away.net, "A") for _ in range(2))
    cases.accept_case(session, worker(away.net, "A"), before, now=away.since - HOUR)
    away.approve()
    away.hand_over()
    assert holder_of(session, before) == "B"
    cases.accept_case(session, worker(away.net, "B", "A"), meanwhile, now=datetime.now(UTC))
    absences.cancel_leave(session, SUPERVISOR, away.id)
    assert away.lists() == {("A", "B", "taken"), ("B", "A", "open")}
    away.hand_over()
    assert {holder_of(session, each) for each in (before, meanwhile)} == {"A"}


def test_where_everything_goes_back_by_itself_nobody_has_to_confirm_anything(session: Session) -> None:
    away = began(session)
    away.approve()
    away.hand_over()
    absences.cancel_leave(session, SUPERVISOR, away.id)
    assert away.lists() == {("A", "B", "taken")}


def test_the_job_opens_what_is_missing_and_brings_back_what_is_over_once(fresh_engine: Engine) -> None:
    now = datetime.now(UTC)
    with unit_of_work(fresh_engine) as session:
        away = began(session)
        leave.approve_leave(session, SUPERVISOR, away.id, rule="backup")  # as an import does
        incident = an_incident(session, away.net, "A")
        cases.accept_case(session, worker(away.net, "B", "A"), incident, now=now)
        later = LeaveRequest(away.net.workers["D"], now + 3.5 * DAY, now + 6 * DAY, "事假")
        leave.approve_leave(session, SUPERVISOR, request_leave(session, SUPERVISOR, later), rule="backup")
    ends = away.until + HOUR
    counts = [absences.turn_leaves(fresh_engine, now=moment) for moment in (now, now, ends, ends)]
    with unit_of_work(fresh_engine) as session:
        away.session = session
        assert away.lists() == {("A", "B", "cancelled"), ("B", "A", "open"), ("D", None, "open")}
    assert counts == [1, 0, 2, 0]
