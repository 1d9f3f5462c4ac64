"""Due times and duties: what norm, calendar, pauses and changes make of the last visit, and whose list it is on."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from geoalchemy2.shape import from_shape
from shapely import Point
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor, operator
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from gridsvc.infra.db import new_id
from gridsvc.patrols import norms
from gridsvc.patrols.bulk import VisitBatch, record_visits
from gridsvc.patrols.coverage import Period, patrol_status
from gridsvc.patrols.due import Norm, Reckoning, Span
from gridsvc.patrols.duties import TodaysList, care_outcomes, grid_outcomes, grids_answered, todays_list
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.visits import record_visit
from gridsvc.patrols.where import Where
from gridsvc.patrols.workdays import WorkDays
from gridsvc.people.care_tables import CarePairing, CareSubject
from gridsvc.people.staffing import Appointment, LeaveDraft, appoint, record_leaves
from tests.fixtures.small_net import CLERK, COMMUNITY_1, FOUNDED, SmallNet, lay_small_net, middle

CITY = ZoneInfo("Asia/Shanghai")
WEEKLY = Norm("care", "mental_disorder", 1, "week", after_change_h=24)
MONTHLY = Norm("care", "elderly_alone", 1, "month")
CHIEF = operator("chief")


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CITY)


def due(anchor: datetime, norm: Norm, *pauses: Span, own: dict[date, bool] | None = None) -> datetime:
    return Reckoning(WorkDays(own), CITY).due_at(anchor, norm, pauses)


def test_due_is_the_end_of_the_day_a_week_or_a_month_later() -> None:
    assert due(at(3, 2), WEEKLY) == at(3, 10, 0)
    assert due(at(3, 2, 23), WEEKLY) == at(3, 10, 0)
    assert due(at(1, 30), Norm("care", "x", 1, "month", on_working_days=False)) == at(3, 1, 0)


def test_a_due_day_off_moves_to_the_next_working_day() -> None:
    assert due(at(9, 24), WEEKLY) == at(10, 9, 0)  # 1 to 7 October are free
    assert due(at(3, 2), WEEKLY, own={date(2026, 3, 9): False}) == at(3, 11, 0)
    assert due(at(3, 2), Norm("care", "x", 1, "week", grace_days=3)) == at(3, 13, 0)


def test_beyond_the_national_calendar_weekdays_count_and_say_so() -> None:
    days = WorkDays({date(2030, 5, 6): False})
    assert days.source(date(2030, 5, 7)) == "weekdays"
    assert not days.is_working(date(2030, 5, 5))
    assert (days.is_working(date(2030, 5, 6)), days.source(date(2030, 5, 6))) == (False, "city")
    assert days.source(date(2026, 10, 1)) == "national"


def test_a_pause_moves_the_due_time_by_as_long_as_it_covered() -> None:
    away = Span(at(3, 4, 0), at(3, 14, 0))
    assert due(at(3, 2), WEEKLY, away) == at(3, 20, 0)
    assert due(at(3, 2), WEEKLY, Span(at(4, 1, 0), at(4, 3, 0))) == at(3, 10, 0)
    assert due(at(3, 2), WEEKLY, Span(at(3, 4, 0), None)) > at(12, 31)


@pytest.fixture
def net(session: Session) -> SmallNet:
    return lay_small_net(session)


def subject(session: Session, letter: str, class_code: str, **more: Any) -> UUID:
    """Somebody registered in the middle of a grid since the first of January."""
    made = CareSubject(
        id=new_id(),
        number=f"S-{uuid4().hex[:6]}",
        class_code=class_code,
        name="某某（合成）",
        community_code=COMMUNITY_1,
        registered=Range(at(1, 1), None),
        synthetic=True,
        **more,
    )
    made.point = from_shape(Point(*middle(letter)), srid=4326)
    session.add(made)
    session.flush()
    return made.id


def pair(session: Session, net: SmallNet, letter: str, subject_id: UUID) -> None:
    session.add(CarePairing(worker_id=net.workers[letter], subject_id=subject_id, valid=Range(FOUNDED, None)))
    session.flush()


def visit(session: Session, net: SmallNet, subject_id: UUID, when: datetime, letter: str = "A") -> None:
    """A visit to the person, received when it was made."""
    sent = VisitReport(client_id=uuid4(), kind="care_visit", result="done", subject_id=subject_id, occurred_at=when)
    record_visit(session, sent, worker_id=net.workers[letter], actor=CLERK)
    session.execute(text("UPDATE visit SET received_at = occurred_at WHERE client_id = :id"), {"id": sent.client_id})


def list_of(session: Session, net: SmallNet, letter: str, when: datetime, now: datetime | None = None) -> TodaysList:
    """The list of the day of a worker, who asks at that moment or at another."""
    worker_id = net.workers[letter]
    asks = replace(CHIEF, roles=frozenset({"worker"}), scope=Scope(worker_id=worker_id))
    return todays_list(session, asks, worker_id, when, now=now or when, cycle_days=30, due_soon_share=0.75)


def fates(session: Session, start: datetime, end: datetime, known_at: datetime | None = None) -> dict[UUID, bool]:
    return {one.duty.id: one.is_in_time for one in care_outcomes(session, Period(start, end, known_at))}


def test_care_counts_those_whose_due_time_fell_into_the_period(session: Session, net: SmallNet) -> None:
    kept, missed, later = (subject(session, "A", "elderly_alone") for _ in range(3))
    for when in (at(2, 20), at(3, 16)):
        visit(session, net, kept, when)
    visit(session, net, missed, at(2, 10))
    visit(session, net, missed, at(3, 25))
    visit(session, net, later, at(3, 1))
    assert fates(session, at(3, 1), at(3, 31)) == {kept: True, missed: False}
    assert fates(session, at(3, 1), at(4, 5))[later] is False


def test_what_was_overdue_before_the_period_is_still_due_in_it(session: Session, net: SmallNet) -> None:
    never = subject(session, "A", "elderly_alone")
    assert fates(session, at(5, 1), at(5, 2)) == {never: False}


def test_a_late_record_counts_by_the_time_of_the_fact_and_only_once_it_is_known(
    session: Session, net: SmallNet
) -> None:
    late = subject(session, "A", "elderly_alone")
    visit(session, net, late, at(2, 10))
    visit(session, net, late, at(3, 5))
    session.execute(
        text("UPDATE visit SET received_at = :at WHERE occurred_at = :made"), {"at": at(4, 2), "made": at(3, 5)}
    )
    assert fates(session, at(3, 1), at(3, 31)) == {late: True}
    assert fates(session, at(3, 1), at(3, 31), known_at=at(4, 1)) == {late: False}


def test_a_major_change_is_due_within_a_day(session: Session, net: SmallNet) -> None:
    looked, not_looked = (subject(session, "A", "mental_disorder") for _ in range(2))
    for who in (looked, not_looked):
        pair(session, net, "A", who)
        visit(session, net, who, at(3, 2))
        norms.note_change(session, who, happened_at=at(3, 4), now=at(3, 4, 12), actor=CHIEF)
    visit(session, net, looked, at(3, 5, 9))
    assert fates(session, at(3, 3), at(3, 8)) == {looked: True, not_looked: False}
    found = list_of(session, net, "A", at(3, 4, 20))
    assert {one.standing.due_at for one in found.care if one.standing.after_change} == {at(3, 5)}


def test_sensitive_classes_are_on_the_list_of_paired_workers_alone(session: Session, net: SmallNet) -> None:
    plain, sensitive = subject(session, "A", "elderly_alone"), subject(session, "A", "mental_disorder")
    pair(session, net, "B", sensitive)

    def of(letter: str) -> set[UUID]:
        found = list_of(session, net, letter, at(3, 4))
        return {one.standing.duty.id for one in found.care}

    assert (of("A"), of("B"), of("C")) == ({plain}, {sensitive}, set())


def test_a_program_that_acts_for_a_worker_is_paired_with_nobody(session: Session, net: SmallNet) -> None:
    plain, sensitive = subject(session, "A", "elderly_alone"), subject(session, "A", "mental_disorder")
    for who in (plain, sensitive):
        pair(session, net, "A", who)
    now, program = at(3, 4), replace(CHIEF, scope=Scope())
    found = todays_list(session, program, net.workers["A"], now, now=now, cycle_days=30, due_soon_share=0.75)
    assert [(one.person.id, one.person.is_paired) for one in found.care] == [(plain, False)]


def test_the_moment_asked_about_makes_nobody_ones_own(session: Session, net: SmallNet) -> None:
    plain, sensitive = subject(session, "A", "elderly_alone"), subject(session, "A", "mental_disorder")
    for who in (plain, sensitive):
        pairing = CarePairing(worker_id=net.workers["A"], subject_id=who, valid=Range(at(2, 1), at(4, 1)))
        session.add(pairing)
    session.flush()

    def seen(when: datetime, now: datetime) -> dict[UUID, bool]:
        return {one.person.id: one.person.is_paired for one in list_of(session, net, "A", when, now).care}

    assert seen(at(3, 4), now=at(3, 5)) == {plain: True, sensitive: True}
    assert seen(at(3, 4), now=at(4, 2)) == seen(at(3, 4), now=at(1, 20)) == {plain: False}
    appoint(session, [Appointment(net.grids["A"], net.workers["B"], at(5, 1))], now=at(5, 1))
    assert seen(at(3, 4), now=at(5, 2)) == {}


def test_the_list_follows_leave_and_cover_at_that_moment(session: Session, net: SmallNet) -> None:
    leave = LeaveDraft(net.workers["A"], at(3, 2), at(3, 9), "leave", cover_worker_id=net.workers["B"])
    record_leaves(session, [leave], now=at(3, 1))
    assert set(grids_answered(session, net.workers["B"], at(3, 4))) == {net.grids["A"], net.grids["B"]}
    assert grids_answered(session, net.workers["A"], at(3, 4)) == []
    assert grids_answered(session, net.workers["A"], at(3, 10)) == [net.grids["A"]]


def test_a_grid_norm_replaces_the_cycle_of_the_setting(session: Session, net: SmallNet) -> None:
    made = [at(3, 2), at(3, 2)]
    batch = VisitBatch(
        client_ids=[uuid4(), uuid4()],
        worker_ids=[net.workers["A"], net.workers["B"]],
        kinds=["safety_patrol"] * 2,
        results=["done"] * 2,
        occurred_at=made,
        received_at=made,
        door_codes=["A0", "B0"],
    )
    record_visits(session, batch, actor="test")
    session.execute(text("UPDATE device_contact SET heard_at = :at"), {"at": at(3, 30)})
    plain = grid_outcomes(session, Period(at(3, 1), at(3, 20)), cycle_days=30)
    assert [one.is_in_time for one in plain if one.duty.id == net.grids["A"]] == [False]  # none since it began
    weekly = Norm("grid", "all", 1, "week")
    session.execute(text("DELETE FROM visit_norm WHERE target = 'grid'"))
    norms.set_norm(session, weekly, since=at(3, 1), now=at(3, 1), actor=CHIEF)
    found = patrol_status(session, at(3, 12), cycle_days=30, due_soon_share=0.75)
    assert found[net.grids["A"]].status == "overdue"
    assert found[net.grids["A"]].due_at == at(3, 10, 0)
    assert found[net.grids["C"]].status == "never"
    before = patrol_status(session, at(3, 12), cycle_days=30, due_soon_share=0.75, known_at=at(3, 1))
    assert before[net.grids["A"]].status == "never"


def test_a_door_norm_tells_how_many_doors_were_reached_in_its_cycle(session: Session, net: SmallNet) -> None:
    plain = list_of(session, net, "A", at(3, 20))
    assert plain.doors is None
    norms.set_norm(session, Norm("door", "all", 1, "week"), since=at(3, 1), now=at(3, 1), actor=CHIEF)
    for door, when in (("A0", at(3, 19)), ("A1", at(3, 2)), ("B0", at(3, 19))):
        sent = VisitReport(client_id=uuid4(), kind="care_visit", result="done", door_code=door, occurred_at=when)
        record_visit(session, sent, worker_id=net.workers["A"], actor=CLERK)
    found = list_of(session, net, "A", at(3, 20))
    assert found.doors is not None
    assert (found.doors.visited, found.doors.doors, found.doors_since) == (1, 4, at(3, 14, 0))


def test_a_norm_is_not_changed_behind_what_was_reckoned(session: Session, net: SmallNet) -> None:
    with pytest.raises(InvalidInput) as refused:
        norms.set_norm(session, MONTHLY, since=at(3, 1), now=at(3, 2), actor=CHIEF)
    assert [fault.place for fault in refused.value.faults] == ["since"]
    norms.set_norm(session, Norm("care", "elderly_alone", 2, "week"), since=at(4, 1), now=at(3, 2), actor=CHIEF)
    assert norms.norm_of(session, "care", "elderly_alone", at(3, 31)) != norms.norm_of(
        session, "care", "elderly_alone", at(4, 1)
    )
    with pytest.raises(Conflict):
        norms.set_norm(session, MONTHLY, since=at(3, 10), now=at(3, 2), actor=CHIEF)
    with pytest.raises(InvalidInput):
        norms.set_norm(session, Norm("care", "nobody", 1, "week"), since=at(4, 1), now=at(3, 2), actor=CHIEF)


def test_a_paused_duty_is_not_due(session: Session, net: SmallNet) -> None:
    who = subject(session, "A", "elderly_alone")
    visit(session, net, who, at(2, 10))
    span = Span(at(2, 20), at(3, 25))
    norms.pause_duty(session, {"subject_id": who}, reason="住院", span=span, now=at(2, 20), actor=CHIEF)
    assert fates(session, at(3, 1), at(3, 31)) == {}
    with pytest.raises(InvalidInput):
        norms.pause_duty(session, {}, reason="x", span=span, now=at(2, 20), actor=CHIEF)


def test_a_sensitive_class_counts_for_who_may_see_it_and_for_the_paired_worker(session: Session, net: SmallNet) -> None:
    plain, sensitive = subject(session, "A", "elderly_alone"), subject(session, "A", "mental_disorder")
    pair(session, net, "B", sensitive)

    def counted(where: Where) -> set[UUID]:
        return {one.duty.id for one in care_outcomes(session, Period(at(3, 1), at(3, 31)), where)}

    own = Scope(grid_ids=frozenset({net.grids["A"]}))
    for scope in (WHOLE_CITY, own):
        assert counted(Where(scope)) == {plain}
        assert counted(Where(scope, sees_sensitive=True)) == {plain, sensitive}
        assert counted(Where(replace(scope, worker_id=net.workers["A"]))) == {plain}
        assert counted(Where(replace(scope, worker_id=net.workers["B"]))) == {plain, sensitive}
    session.execute(text("UPDATE care_pairing SET valid = tstzrange(lower(valid), now() - interval '1 hour')"))
    assert counted(Where(replace(own, worker_id=net.workers["B"]))) == {plain}


def test_nothing_is_written_about_people_whom_one_may_not_see(session: Session, net: SmallNet) -> None:
    plain, sensitive = subject(session, "A", "elderly_alone"), subject(session, "A", "mental_disorder")
    pair(session, net, "C", sensitive)
    now, asks = at(3, 4), replace(CHIEF, permissions=CHIEF.permissions - {"care.read_sensitive"})
    nearby = replace(asks, scope=Scope(grid_ids=frozenset({net.grids["A"]}), worker_id=net.workers["A"]))
    paired = replace(asks, scope=Scope(grid_ids=frozenset({net.grids["C"]}), worker_id=net.workers["C"]))

    def note(actor: Actor, who: UUID) -> None:
        norms.note_change(session, who, happened_at=now, now=now, actor=actor)

    def pause(actor: Actor, who: UUID) -> UUID:
        span = Span(now, None)
        return norms.pause_duty(session, {"subject_id": who}, reason="住院", span=span, now=now, actor=actor)

    for write in (note, pause):
        for actor, who in ((asks, sensitive), (nearby, sensitive), (asks, uuid4()), (paired, plain)):
            with pytest.raises(NotFound):
                write(actor, who)
        write(nearby, plain)
    note(paired, sensitive)
    made = pause(paired, sensitive)
    with pytest.raises(NotFound):
        norms.end_pause(session, made, at=at(3, 5), actor=nearby)
    with pytest.raises(Forbidden):
        pause(replace(nearby, permissions=frozenset({"duties.edit"})), plain)
