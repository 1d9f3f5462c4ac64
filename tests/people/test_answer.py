"""Who answers for a grid: main worker, backup, cover, or a named vacancy."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gridsvc.people.answer import Answer, who_answers
from gridsvc.people.queries import answers_stamp
from gridsvc.people.staffing import Appointment, LeaveDraft, WorkerDraft, appoint, record_leaves, register_workers
from tests.fixtures.ground import COMMUNITY, SINCE, Ground, lay_ground

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def ground(session: Session) -> Ground:
    laid = lay_ground(session)
    appoint(session, [Appointment(laid.west, None, SINCE), Appointment(laid.east, None, SINCE)], now=NOW)
    return laid


@pytest.fixture
def workers(session: Session) -> dict[str, UUID]:
    return register_workers(session, [WorkerDraft(number, f"示例{number}", COMMUNITY) for number in "ABC"])


def answer(session: Session, grid: UUID, at: datetime = NOW) -> Answer:
    return who_answers(session, at, [grid])[grid]


def check_constraints(session: Session) -> None:
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_a_new_grid_has_a_named_vacancy(session: Session, ground: Ground) -> None:
    found = answer(session, ground.west)
    assert (found.main, found.since, found.staffing, found.answers) == (None, SINCE, "vacant", None)
    check_constraints(session)


def test_the_main_worker_answers(session: Session, ground: Ground, workers: dict[str, UUID]) -> None:
    appoint(session, [Appointment(ground.west, workers["A"], SINCE)], now=NOW)
    found = answer(session, ground.west)
    assert found.answers is not None
    assert (found.answers.id, found.role, found.staffing) == (workers["A"], "main", "main_only")
    check_constraints(session)


def test_an_appointment_changes_nothing_before_its_day(
    session: Session, ground: Ground, workers: dict[str, UUID]
) -> None:
    appoint(session, [Appointment(ground.west, workers["A"], SINCE)], now=NOW)
    appoint(session, [Appointment(ground.west, workers["B"], NOW)], now=NOW)
    before, after = answer(session, ground.west, NOW - timedelta(seconds=1)), answer(session, ground.west)
    assert before.main is not None
    assert after.main is not None
    assert (before.main.id, after.main.id) == (workers["A"], workers["B"])
    assert before.until == NOW
    check_constraints(session)


def test_the_backup_covers_a_leave(session: Session, ground: Ground, workers: dict[str, UUID]) -> None:
    appoint(session, [Appointment(ground.west, workers["A"], SINCE)], now=NOW)
    appoint(session, [Appointment(ground.west, workers["B"], SINCE, "backup")], now=NOW)
    record_leaves(session, [LeaveDraft(workers["A"], NOW - DAY, NOW + DAY, "annual")], now=NOW)
    found = answer(session, ground.west)
    assert found.answers is not None
    assert (found.answers.id, found.role, found.staffing, found.until) == (workers["B"], "backup", "covered", NOW + DAY)
    assert answer(session, ground.west, NOW + DAY).role == "main"


def test_cover_settled_by_hand_comes_before_the_backup(
    session: Session, ground: Ground, workers: dict[str, UUID]
) -> None:
    appoint(session, [Appointment(ground.west, workers["A"], SINCE)], now=NOW)
    appoint(session, [Appointment(ground.west, workers["B"], SINCE, "backup")], now=NOW)
    record_leaves(session, [LeaveDraft(workers["A"], NOW - DAY, NOW + DAY, "sick", workers["C"])], now=NOW)
    found = answer(session, ground.west)
    assert found.answers is not None
    assert (found.answers.id, found.role) == (workers["C"], "cover")


def test_nobody_covers_when_everybody_is_away(session: Session, ground: Ground, workers: dict[str, UUID]) -> None:
    appoint(session, [Appointment(ground.west, workers["A"], SINCE)], now=NOW)
    appoint(session, [Appointment(ground.west, workers["B"], SINCE, "backup")], now=NOW)
    away = [LeaveDraft(workers[number], NOW - DAY, NOW + DAY, "annual") for number in "AB"]
    record_leaves(session, away, now=NOW)
    found = answer(session, ground.west)
    assert (found.answers, found.staffing) == (None, "uncovered")


def test_every_living_grid_has_an_answer(session: Session, ground: Ground) -> None:
    assert set(who_answers(session, NOW)) == {ground.west, ground.east}
    assert who_answers(session, SINCE - DAY) == {}


def test_the_database_refuses_a_second_main_worker(session: Session, ground: Ground, workers: dict[str, UUID]) -> None:
    session.execute(
        text(
            "INSERT INTO responsibility (id, grid_id, worker_id, role, valid) "
            "VALUES (gen_random_uuid(), :grid, :worker, 'main', tstzrange(:since, NULL))"
        ),
        {"grid": ground.west, "worker": workers["A"], "since": NOW},
    )
    with pytest.raises(DBAPIError, match="ex_responsibility_one_main"):
        check_constraints(session)


def test_the_database_refuses_a_living_grid_without_main_row(session: Session, ground: Ground) -> None:
    close = "UPDATE responsibility SET recorded = tstzrange(lower(recorded), lower(recorded) + interval '1 day')"
    session.execute(text(f"{close} WHERE grid_id = :grid"), {"grid": ground.west})
    with pytest.raises(DBAPIError, match="has no main row"):
        check_constraints(session)


@pytest.mark.parametrize("change", ["DELETE FROM", "UPDATE"])
def test_the_database_refuses_to_rewrite_what_was_known(session: Session, ground: Ground, change: str) -> None:
    values = "" if change == "DELETE FROM" else "SET valid = tstzrange(NULL, NULL)"
    with pytest.raises(DBAPIError, match="never rewritten"):
        session.execute(text(f"{change} responsibility {values} WHERE grid_id = :grid"), {"grid": ground.west})


def test_the_stamp_of_the_answers_changes_when_an_answer_may(
    session: Session, ground: Ground, workers: dict[str, UUID]
) -> None:
    seen = [answers_stamp(session, NOW)]
    assert answers_stamp(session, NOW + timedelta(hours=1)) == seen[0]
    appoint(session, [Appointment(ground.west, workers["A"], NOW + DAY)], now=NOW)
    seen.append(answers_stamp(session, NOW))
    seen.append(answers_stamp(session, NOW + DAY))
    away = LeaveDraft(workers["A"], NOW + 2 * DAY, NOW + 3 * DAY, "annual")
    record_leaves(session, [away], now=NOW)
    seen.append(answers_stamp(session, NOW + DAY))
    seen.append(answers_stamp(session, NOW + 2 * DAY))
    seen.append(answers_stamp(session, NOW + 3 * DAY))
    assert len(set(seen)) == len(seen) - 1
    assert seen[2] == seen[5], "with the leave over, all is as before it"
