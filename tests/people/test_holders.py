"""Grids change hands: appointments, transfers, late entries and leaving the service."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Conflict, InvalidInput, NotFound, Stale
from gridsvc.core.revisions import ANYTHING, Expected
from gridsvc.people.answer import who_answers
from gridsvc.people.enlisting import Duty, change_worker, enlist, leave_service, set_duties
from gridsvc.people.holders import Change, Changed, change_holder
from gridsvc.people.leave import LeaveRequest, approve_leave, find_leave, request_leave
from gridsvc.people.queries import holding, workers
from gridsvc.people.staffing import WorkerDraft, close_grids, reopen_grids
from tests.fixtures.ground import COMMUNITY, SINCE
from tests.people.team import (
    DAY,
    NOW,
    OTHER_COMMUNITY,
    PLANNER,
    SUPERVISOR,
    Team,
    actor_of,
    check_constraints,
    lay_team,
)

WEST, EAST = f"{COMMUNITY}001", f"{COMMUNITY}002"


@pytest.fixture
def team(session: Session) -> Team:
    return lay_team(session)


def give(session: Session, code: str, worker: UUID | None, days: int = 0, **more: object) -> Changed:
    values = {"role": "main", "since": NOW + days * DAY} | more
    return change_holder(session, PLANNER, Change(code, worker_id=worker, **values), now=NOW)  # type: ignore[arg-type]


def main_of(session: Session, grid: UUID, days: float = 0, known_days: float | None = None) -> str | None:
    known_at = None if known_days is None else NOW + known_days * DAY
    main = who_answers(session, NOW + days * DAY, [grid], known_at)[grid].main
    return main.name[-1] if main else None


def test_a_transfer_tells_who_held_the_grid_before(session: Session, team: Team) -> None:
    done = give(session, WEST, team["D"], days=3)
    assert [row.name for row in done.before] == ["示例A"]
    assert done.notes == ["no_account"]
    assert [main_of(session, team.ground.west, days) for days in (0, 2.9, 3)] == ["A", "A", "D"]
    check_constraints(session)


def test_a_late_entry_changes_what_is_known_now_and_not_what_was_known_then(session: Session, team: Team) -> None:
    give(session, WEST, team["D"], days=-10)
    assert main_of(session, team.ground.west, -5) == "D"
    assert main_of(session, team.ground.west, -5, known_days=-1) == "A"
    check_constraints(session)


def test_for_a_while_means_that_the_former_comes_back(session: Session, team: Team) -> None:
    give(session, WEST, team["D"], days=1, until=NOW + 5 * DAY)
    assert [main_of(session, team.ground.west, days) for days in (0, 1, 4.9, 5)] == ["A", "D", "D", "A"]
    check_constraints(session)


def test_what_is_planned_for_later_is_not_overwritten_untold(session: Session, team: Team) -> None:
    give(session, WEST, team["D"], days=10)
    with pytest.raises(Conflict) as error:
        give(session, WEST, team["B"], days=5)
    [fault] = error.value.faults
    assert (fault.place, fault.code) == ("body.since", "later_appointment")
    assert "示例D" in fault.message
    give(session, WEST, team["B"], days=5, replace_later=True)
    assert main_of(session, team.ground.west, 11) == "B"
    check_constraints(session)


def test_whoever_becomes_the_main_worker_is_the_backup_no_longer(session: Session, team: Team) -> None:
    give(session, WEST, team["B"])
    found = who_answers(session, NOW, [team.ground.west])[team.ground.west]
    assert found.main is not None
    assert (found.main.id, found.backup) == (team["B"], None)
    check_constraints(session)


def test_the_main_worker_cannot_be_the_backup(session: Session, team: Team) -> None:
    with pytest.raises(Conflict) as error:
        give(session, WEST, team["A"], role="backup")
    assert [fault.code for fault in error.value.faults] == ["is_main"]


def test_nobody_as_main_is_a_vacancy_and_nobody_as_backup_is_none(session: Session, team: Team) -> None:
    give(session, WEST, None)
    give(session, WEST, None, role="backup")
    found = who_answers(session, NOW, [team.ground.west])[team.ground.west]
    assert (found.staffing, found.since, found.backup) == ("vacant", NOW, None)
    check_constraints(session)


def test_a_grid_that_does_not_live_then_or_lies_elsewhere_is_not_found(session: Session, team: Team) -> None:
    with pytest.raises(NotFound):
        change_holder(session, PLANNER, Change(WEST, "main", team["D"], SINCE - DAY), now=NOW)
    elsewhere = actor_of("planner", Scope(community_codes=frozenset({OTHER_COMMUNITY})))
    with pytest.raises(NotFound):
        change_holder(session, elsewhere, Change(WEST, "main", team["D"], NOW), now=NOW)


def test_a_grid_that_ends_has_nobody_after_and_goes_on_when_its_end_is_withdrawn(session: Session, team: Team) -> None:
    close_grids(session, [team.ground.west], since=NOW + DAY, now=NOW)
    assert team.ground.west not in who_answers(session, NOW + DAY)
    assert main_of(session, team.ground.west, 0.9) == "A"
    reopen_grids(session, [team.ground.west], since=NOW + DAY, now=NOW + timedelta(hours=1))
    assert main_of(session, team.ground.west, 1) == "A"
    assert who_answers(session, NOW + DAY)[team.ground.west].backup is not None
    check_constraints(session)


def test_who_leaves_the_service_leaves_named_vacancies(session: Session, team: Team) -> None:
    left = leave_service(session, SUPERVISOR, team["A"], at=NOW + DAY, expected=Expected(frozenset({1})), now=NOW)
    assert (left.vacant, left.without_backup) == ([WEST], [])
    assert [main_of(session, team.ground.west, days) for days in (0, 1)] == ["A", None]
    with pytest.raises(Conflict, match="left at"):
        leave_service(session, SUPERVISOR, team["A"], at=NOW + DAY, expected=ANYTHING, now=NOW)
    with pytest.raises(InvalidInput):
        give(session, EAST, team["A"])
    check_constraints(session)


def test_leaves_lose_a_cover_who_leaves_the_service(session: Session, team: Team) -> None:
    asked = LeaveRequest(team["C"], NOW + DAY, NOW + 9 * DAY, "annual", team["D"])
    request_id = request_leave(session, SUPERVISOR, asked, now=NOW)
    approve_leave(session, SUPERVISOR, request_id, rule="backup", now=NOW)
    left = leave_service(session, SUPERVISOR, team["D"], at=NOW + 2 * DAY, expected=ANYTHING)
    assert left.uncovered_leaves == [request_id]
    assert find_leave(session, SUPERVISOR, request_id).cover_worker_id is None
    check_constraints(session)


def test_a_worker_is_enlisted_once_and_changed_by_revision(session: Session, team: Team) -> None:
    made = enlist(session, PLANNER, WorkerDraft("W-1", "示例一", COMMUNITY))
    with pytest.raises(Conflict):
        enlist(session, PLANNER, WorkerDraft("W-1", "示例二", COMMUNITY))
    assert change_worker(session, PLANNER, made, {"name": "示例三"}, Expected(frozenset({1}))) == 2
    with pytest.raises(Stale):
        change_worker(session, PLANNER, made, {"name": "示例四"}, Expected(frozenset({1})))


@pytest.mark.parametrize(
    ("draft", "place"),
    [
        (WorkerDraft("", "示例", COMMUNITY), "body.number"),
        (WorkerDraft("W 1", "示例", COMMUNITY), "body.number"),
        (WorkerDraft("W1", " ", COMMUNITY), "body.name"),
        (WorkerDraft("W1", "示例", COMMUNITY, "示例"), "body.phone"),
        (WorkerDraft("W1", "示例", "999999999999"), "body.community_code"),
    ],
)
def test_a_worker_who_cannot_be_right_is_refused_by_field(
    session: Session, team: Team, draft: WorkerDraft, place: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        enlist(session, PLANNER, draft)
    assert [fault.place for fault in error.value.faults] == [place]


def test_a_worker_has_one_main_function_and_claims_others(session: Session, team: Team) -> None:
    others = [Duty("counter"), Duty("line", "mediation")]
    set_duties(session, PLANNER, team["A"], main=Duty("grid"), others=others, since=SINCE)
    set_duties(session, PLANNER, team["A"], main=Duty("counter"), others=[Duty("grid")], since=NOW)
    then, now = (workers.functions_of(session, [team["A"]], at) for at in (NOW - DAY, NOW))
    assert [(row.rank, row.kind, row.line_key) for row in then] == [
        ("main", "grid", None),
        ("second", "counter", None),
        ("second", "line", "mediation"),
    ]
    assert [(row.rank, row.kind) for row in now] == [("main", "counter"), ("second", "grid")]
    with pytest.raises(InvalidInput) as error:
        set_duties(session, PLANNER, team["A"], main=Duty("grid"), others=[Duty("grid"), Duty("line", "no")], since=NOW)
    assert [fault.code for fault in error.value.faults] == ["unknown_service_line", "function_twice"]


def test_the_history_of_a_grid_tells_every_version(session: Session, team: Team) -> None:
    give(session, WEST, team["D"], days=-10)
    give(session, WEST, team["C"], days=-20, until=NOW - 10 * DAY)
    rows = [row for row in holding.history(session, [team.ground.west], every_version=True) if row.role == "main"]
    assert {row.name for row in rows} >= {"示例A", "示例C"}
    now = [row.name for row in holding.history(session, [team.ground.west]) if row.role == "main"]
    then = [row.name for row in holding.history(session, [team.ground.west], known_at=NOW - DAY) if row.role == "main"]
    assert (now, then) == (["示例A", "示例C", "示例D"], ["示例A"])
