"""Failed logins make the next attempt wait: by name, by address, in every process, and never for ever."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.access import identity, throttle
from gridsvc.access.identity import SessionLimits
from gridsvc.access.logins import Attempt, attempt
from gridsvc.access.queries import failures
from gridsvc.access.throttle import ADDRESS, NAME, Door, door
from gridsvc.core.errors import TooManyAttempts
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, unit_of_work

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=8))
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def _wang(session: Session) -> None:
    identity.create_account(session, username="wang", display_name="示例", password="a long password")


def fail(session: Session, at_door: Door, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        throttle.note_failure(session, at_door, now)


def wait_s(session: Session, at_door: Door, now: datetime = NOW) -> int:
    try:
        throttle.pass_through(session, at_door, now)
    except TooManyAttempts as refused:
        return int(refused.details["retry_after_s"])
    return 0


def test_a_few_slips_cost_nothing_and_then_the_wait_doubles_up_to_a_minute(session: Session) -> None:
    waits = []
    for number in range(14):
        waits.append(wait_s(session, door("wang", HERE)))
        fail(session, door("wang", f"203.0.113.{number}"), 1)
    assert waits[: NAME.free] == [0] * NAME.free
    assert waits[NAME.free :] == [2, 3, 5, 9, 17, 33, 61, 61, 61]


def test_the_wait_ends_by_itself(session: Session) -> None:
    fail(session, door("wang", HERE), 12)
    assert wait_s(session, door("wang", HERE), NOW + timedelta(seconds=59)) > 0
    assert wait_s(session, door("wang", HERE), NOW + timedelta(seconds=61)) == 0


def test_an_address_that_keeps_trying_names_waits_longer_than_any_name(session: Session) -> None:
    for number in range(60):
        fail(session, door(f"name{number}", HERE), 1)
    assert wait_s(session, door("somebody else", HERE)) == ADDRESS.longest_s + 1
    assert wait_s(session, door("somebody else", ELSEWHERE)) == 0
    assert ADDRESS.longest_s > NAME.longest_s


def test_addresses_of_one_household_count_as_one(session: Session) -> None:
    assert door("x", "2001:db8:1:2::1").address == door("y", "2001:db8:1:2:ffff::9").address
    assert door("x", "2001:db8:1:2::1").address != door("x", "2001:db8:1:3::1").address
    assert door("x", "::ffff:192.0.2.7").address == door("x", HERE).address


@pytest.mark.parametrize("own", ["127.0.0.1", "::1", None, "testclient"])
def test_this_machines_own_address_stands_for_everybody_and_is_not_counted(own: str | None) -> None:
    assert door("wang", own).address is None


def test_failures_are_forgotten_after_an_hour_of_quiet(session: Session) -> None:
    fail(session, door("wang", HERE), 20)
    later = NOW + timedelta(hours=1, seconds=1)
    fail(session, door("wang", HERE), 1, later)
    assert wait_s(session, door("wang", HERE), later) == 0


@pytest.mark.usefixtures("_wang")
def test_a_closed_door_refuses_the_right_password_too_and_says_nothing_about_the_account(session: Session) -> None:
    told = []
    for name in ("wang", "nobody"):
        for _ in range(NAME.free):
            assert attempt(session, Attempt(name, "wrong", HERE), now=NOW, limits=LIMITS) is None
        with pytest.raises(TooManyAttempts) as refused:
            attempt(session, Attempt(name, "a long password", HERE), now=NOW, limits=LIMITS)
        told.append((refused.value.message, refused.value.details))
    assert told[0] == told[1]


@pytest.mark.usefixtures("_wang")
def test_success_forgets_the_failures_of_the_name_and_half_of_the_addresss(session: Session) -> None:
    fail(session, door("wang", HERE), NAME.free - 1)
    assert attempt(session, Attempt("wang", "a long password", HERE), now=NOW, limits=LIMITS)
    assert session.scalars(text("SELECT failures FROM login_failure")).all() == [2]


def test_names_are_kept_as_hashes_alone(session: Session) -> None:
    fail(session, door("my secret typed into the wrong field", HERE), 1)
    assert {len(key) for key in session.scalars(text("SELECT key FROM login_failure"))} == {32}


def test_what_is_kept_is_bounded(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "MOST_KEPT", 50)
    for number in range(1500):
        fail(session, door(f"name{number}", None), 1, NOW + timedelta(milliseconds=number))
    assert session.scalar(text("SELECT count(*) FROM login_failure")) < 1200
    failures.prune(session, forgotten=NOW - timedelta(hours=1), most=throttle.MOST_KEPT)
    assert session.scalar(text("SELECT count(*) FROM login_failure")) == 50


@pytest.fixture
def two_processes(fresh_database: Database) -> Iterator[tuple[Engine, Engine]]:
    """Two engines share nothing but the database, like two processes, or one before and after a restart."""
    engines = make_engine(fresh_database.url), make_engine(fresh_database.url)
    yield engines
    for engine in engines:
        engine.dispose()


def test_what_one_process_counted_another_knows(two_processes: tuple[Engine, Engine]) -> None:
    one, other = two_processes
    with unit_of_work(one) as session:
        fail(session, door("wang", HERE), 8)
    with unit_of_work(other) as session:
        assert wait_s(session, door("wang", HERE)) > 0


def test_many_attempts_at_once_are_counted_like_one_after_the_other(two_processes: tuple[Engine, Engine]) -> None:
    """Else forty guesses sent together would all be looked at before the first was counted."""
    with unit_of_work(two_processes[0]) as session:
        identity.create_account(session, username="wang", display_name="示例", password="a long password")
    looked_at: list[str] = []

    def guess(engine: Engine) -> None:
        try:
            with unit_of_work(engine) as session:
                attempt(session, Attempt("wang", "wrong", HERE), now=NOW, limits=LIMITS)
            looked_at.append("looked at")
        except TooManyAttempts:
            pass

    guesses = [Thread(target=guess, args=(two_processes[number % 2],)) for number in range(12)]
    for each in guesses:
        each.start()
    for each in guesses:
        each.join()
    assert len(looked_at) == NAME.free
