"""Leave is asked for, decided, covered and taken back; and what was known is never rewritten."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from gridsvc.core.errors import Conflict, Forbidden, GridsvcError, InvalidInput, NotFound
from gridsvc.people.answer import who_answers
from gridsvc.people.leave import (
    CoverRule,
    LeaveRequest,
    approve_leave,
    cancel_leave,
    cover_leave,
    covers_of,
    find_leave,
    refuse_leave,
    request_leave,
)
from gridsvc.people.queries import leaves
from tests.people.team import (
    DAY,
    NOW,
    SUPERVISOR,
    Team,
    actor_of,
    check_constraints,
    lay_team,
    worker_actor,
)

TOMORROW = NOW + DAY


@pytest.fixture
def team(session: Session) -> Team:
    return lay_team(session)


def ask(
    session: Session,
    worker: UUID,
    since: datetime = TOMORROW,
    until: datetime | None = TOMORROW + 3 * DAY,
    cover: UUID | None = None,
    now: datetime = NOW,
) -> UUID:
    return request_leave(session, SUPERVISOR, LeaveRequest(worker, since, until, "annual", cover), now=now)


def approved(
    session: Session, worker: UUID, rule: CoverRule = "backup_then_neighbour", cover: UUID | None = None
) -> UUID:
    request_id = ask(session, worker, cover=cover)
    approve_leave(session, SUPERVISOR, request_id, rule=rule, now=NOW + timedelta(minutes=1))
    return request_id


def who(session: Session, grid: UUID, at: datetime, known_at: datetime | None = None) -> tuple[str | None, str | None]:
    answer = who_answers(session, at, [grid], known_at)[grid]
    return (answer.answers.name[-1] if answer.answers else None), answer.role


def fault_of(error: pytest.ExceptionInfo[GridsvcError]) -> tuple[str, str]:
    [fault] = error.value.faults
    return fault.place, fault.code


def test_a_leave_counts_only_when_it_is_approved(session: Session, team: Team) -> None:
    request_id = request_leave(
        session, worker_actor(team["A"]), LeaveRequest(team["A"], TOMORROW, TOMORROW + DAY, "annual"), now=NOW
    )
    assert who(session, team.ground.west, TOMORROW) == ("A", "main")
    approve_leave(session, SUPERVISOR, request_id, rule="backup", now=NOW + timedelta(hours=1))
    assert who(session, team.ground.west, TOMORROW) == ("B", "backup")
    assert who(session, team.ground.west, TOMORROW + DAY) == ("A", "main")
    check_constraints(session)


def test_a_refused_leave_says_why_and_leaves_the_time_free(session: Session, team: Team) -> None:
    request_id = ask(session, team["A"])
    with pytest.raises(InvalidInput):
        refuse_leave(session, SUPERVISOR, request_id, note=" ", now=NOW)
    refuse_leave(session, SUPERVISOR, request_id, note="年度检查期间", now=NOW + DAY / 2)
    assert find_leave(session, SUPERVISOR, request_id).note == "年度检查期间"
    ask(session, team["A"], now=NOW + DAY / 2)
    check_constraints(session)


@pytest.mark.parametrize(
    ("since", "until", "place", "code"),
    [
        (TOMORROW, None, "body.until", "no_end"),
        (TOMORROW, TOMORROW, "body.until", "not_after_since"),
        (TOMORROW, TOMORROW + 400 * DAY, "body.until", "too_long"),
        (TOMORROW.replace(tzinfo=None), TOMORROW + DAY, "body.since", "naive_time"),
        (NOW.replace(year=1999), NOW.replace(year=1999) + DAY, "body.since", "impossible_time"),
    ],
)
def test_a_leave_at_an_impossible_time_is_refused(
    session: Session, team: Team, since: datetime, until: datetime | None, place: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        ask(session, team["A"], since, until)
    assert fault_of(error) == (place, code)


def test_overlapping_leave_is_refused_with_the_one_that_is_there(session: Session, team: Team) -> None:
    ask(session, team["A"])
    with pytest.raises(Conflict) as error:
        ask(session, team["A"], TOMORROW + DAY, TOMORROW + 9 * DAY)
    assert fault_of(error) == ("body.since", "leave_overlaps")
    assert "2026-11-22" in error.value.faults[0].message


def test_nobody_covers_their_own_leave(session: Session, team: Team) -> None:
    with pytest.raises(InvalidInput) as error:
        ask(session, team["A"], cover=team["A"])
    assert fault_of(error) == ("body.cover_worker_id", "cover_is_self")


def test_whoever_is_away_cannot_cover(session: Session, team: Team) -> None:
    approved(session, team["B"])
    with pytest.raises(Conflict) as error:
        ask(session, team["A"], cover=team["B"])
    assert fault_of(error) == ("body.cover_worker_id", "cover_is_away")


def test_the_backup_covers_where_there_is_one(session: Session, team: Team) -> None:
    request_id = approved(session, team["A"])
    row = find_leave(session, SUPERVISOR, request_id)
    assert [(cover.how, cover.who and cover.who.id) for cover in covers_of(session, row, NOW)] == [
        ("backup", team["B"])
    ]


def test_by_rule_the_colleague_with_the_least_to_do_covers(session: Session, team: Team) -> None:
    row = find_leave(session, SUPERVISOR, approved(session, team["C"]))
    assert [(cover.how, cover.who and cover.who.id) for cover in covers_of(session, row, NOW)] == [("rule", team["B"])]


def test_without_the_rule_a_grid_without_backup_is_named_uncovered(session: Session, team: Team) -> None:
    row = find_leave(session, SUPERVISOR, approved(session, team["C"], rule="backup"))
    [cover] = covers_of(session, row, NOW)
    assert (cover.how, cover.who, cover.code[-3:]) == ("uncovered", None, "002")
    assert who_answers(session, TOMORROW)[team.ground.east].staffing == "uncovered"


def test_when_all_colleagues_are_away_nobody_covers_by_rule(session: Session, team: Team) -> None:
    for letter in "ABD":
        approved(session, team[letter])
    row = find_leave(session, SUPERVISOR, approved(session, team["C"]))
    assert [cover.how for cover in covers_of(session, row, NOW)] == ["uncovered"]


def test_who_is_named_by_hand_comes_before_the_backup(session: Session, team: Team) -> None:
    request_id = approved(session, team["A"])
    cover_leave(session, SUPERVISOR, request_id, team["D"], now=NOW + timedelta(hours=2))
    assert who(session, team.ground.west, TOMORROW) == ("D", "cover")
    cover_leave(session, SUPERVISOR, request_id, None, now=NOW + timedelta(hours=3))
    assert who(session, team.ground.west, TOMORROW) == ("B", "backup")


def test_a_leave_entered_late_changes_what_is_known_now_and_not_what_was_known_then(
    session: Session, team: Team
) -> None:
    monday, entered = NOW - 5 * DAY, NOW
    request_id = ask(session, team["A"], monday, monday + DAY, now=entered)
    approve_leave(session, SUPERVISOR, request_id, rule="backup", now=entered + timedelta(minutes=5))
    at = monday + DAY / 2
    assert who(session, team.ground.west, at) == ("B", "backup")
    assert who(session, team.ground.west, at, known_at=at) == ("A", "main")
    assert who(session, team.ground.west, at, known_at=entered + timedelta(minutes=1)) == ("A", "main")
    assert who(session, team.ground.west, at, known_at=entered + timedelta(minutes=5)) == ("B", "backup")


def test_a_leave_that_has_begun_ends_when_it_is_taken_back(session: Session, team: Team) -> None:
    request_id = approved(session, team["A"])
    back = TOMORROW + DAY
    cancel_leave(session, SUPERVISOR, request_id, now=back)
    row = find_leave(session, SUPERVISOR, request_id)
    assert (row.state, row.until) == ("approved", back)
    assert who(session, team.ground.west, back) == ("A", "main")
    assert who(session, team.ground.west, back, known_at=back - timedelta(seconds=1)) == ("B", "backup")
    with pytest.raises(Conflict):
        cancel_leave(session, SUPERVISOR, request_id, now=back + DAY)


def test_a_leave_to_come_is_withdrawn_or_cancelled(session: Session, team: Team) -> None:
    mine, theirs = ask(session, team["A"]), approved(session, team["C"])
    cancel_leave(session, worker_actor(team["A"]), mine, now=NOW + timedelta(minutes=9))
    cancel_leave(session, SUPERVISOR, theirs, note="改期", now=NOW + timedelta(minutes=9))
    assert find_leave(session, SUPERVISOR, mine).state == "withdrawn"
    assert find_leave(session, SUPERVISOR, theirs).state == "cancelled"
    states = [version.state for version in leaves.versions(session, theirs)]
    assert states == ["requested", "approved", "cancelled"]
    check_constraints(session)


def test_nobody_decides_on_their_own_leave(session: Session, team: Team) -> None:
    request_id = ask(session, team["A"])
    chief = actor_of("supervisor", worker_actor(team["A"]).scope)
    with pytest.raises((Forbidden, NotFound)):
        approve_leave(session, chief, request_id, rule="backup", now=NOW)


def test_a_worker_asks_for_nobody_else(session: Session, team: Team) -> None:
    asked = LeaveRequest(team["B"], TOMORROW, TOMORROW + DAY, "annual")
    with pytest.raises(NotFound):
        request_leave(session, worker_actor(team["A"]), asked, now=NOW)


def test_a_leave_is_decided_once(session: Session, team: Team) -> None:
    request_id = approved(session, team["A"])
    with pytest.raises(Conflict, match="approved already"):
        approve_leave(session, SUPERVISOR, request_id, rule="backup", now=NOW + DAY / 3)
