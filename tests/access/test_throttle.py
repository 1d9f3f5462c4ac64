"""Failed logins make the next attempt wait: by name, by address, in every process, and never their owner elsewhere."""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.access import identity, throttle
from gridsvc.access.identity import SessionLimits
from gridsvc.access.logins import Attempt, attempt
from gridsvc.access.queries import failures
from gridsvc.access.throttle import ADDRESS, NEWCOMERS, SLIPS, Door, door
from gridsvc.core.errors import TooManyAttempts
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, unit_of_work

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=8))
# What docs/accounts.md says of all addresses together.
MOST_AN_HOUR = 550
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
    for _ in range(14):
        waits.append(wait_s(session, door("wang", HERE)))
        fail(session, door("wang", HERE), 1)
    assert waits[: SLIPS.free] == [0] * SLIPS.free
    assert waits[SLIPS.free :] == [2, 3, 5, 9, 17, 33, 61, 61, 61]


def test_the_wait_ends_by_itself(session: Session) -> None:
    fail(session, door("wang", HERE), 12)
    assert wait_s(session, door("wang", HERE), NOW + timedelta(seconds=59)) > 0
    assert wait_s(session, door("wang", HERE), NOW + timedelta(seconds=61)) == 0


def test_an_address_that_keeps_trying_names_waits_longer_than_any_name(session: Session) -> None:
    for number in range(60):
        fail(session, door(f"name{number}", HERE), 1)
    assert wait_s(session, door("somebody else", HERE)) == ADDRESS.longest_s + 1
    assert wait_s(session, door("somebody else", ELSEWHERE)) == 0
    assert ADDRESS.longest_s > SLIPS.longest_s


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
        for _ in range(SLIPS.free):
            assert attempt(session, Attempt(name, "wrong", HERE), now=NOW, limits=LIMITS) is None
        with pytest.raises(TooManyAttempts) as refused:
            attempt(session, Attempt(name, "a long password", HERE), now=NOW, limits=LIMITS)
        told.append((refused.value.message, refused.value.details))
    assert told[0] == told[1]


@pytest.mark.usefixtures("_wang")
def test_success_forgets_the_slips_under_the_name_and_what_they_added_to_the_address(session: Session) -> None:
    fail(session, door("li", HERE), 3)
    fail(session, door("wang", HERE), SLIPS.free - 1)
    assert attempt(session, Attempt("wang", "a long password", HERE), now=NOW, limits=LIMITS)
    at_door, hour_ago = door("wang", HERE), NOW - timedelta(hours=1)
    assert at_door.address is not None
    assert [failures.count(session, key, hour_ago) for key in (at_door.slips, at_door.address)] == [0, 3]


@pytest.mark.usefixtures("_wang")
def test_who_guesses_under_other_names_is_not_let_off_for_logging_in_under_their_own(session: Session) -> None:
    for colleague in range(ADDRESS.free):
        assert wait_s(session, door(f"colleague{colleague}", HERE)) == 0
        fail(session, door(f"colleague{colleague}", HERE), 1)
        if colleague % 10 == 0:
            assert attempt(session, Attempt("wang", "a long password", HERE), now=NOW, limits=LIMITS)
    assert wait_s(session, door("one more colleague", HERE)) > 0


def guess_if_open(session: Session, at_door: Door, now: datetime) -> int:
    """How long a guesser must wait, who guesses when the door is open."""
    if wait := wait_s(session, at_door, now):
        return wait
    fail(session, at_door, 1, now)
    return 0


@pytest.mark.usefixtures("_wang")
def test_the_owner_comes_in_at_once_while_others_take_every_opening(session: Session) -> None:
    moment = NOW
    for minute in range(40):
        for guesser in range(8):
            guess_if_open(session, door("wang", f"203.0.113.{guesser}"), moment)
        if minute % 10 == 0:
            fail(session, door("wang", HERE), 1, moment)
        assert wait_s(session, door("wang", HERE), moment) == 0
        moment += timedelta(minutes=1)
    assert attempt(session, Attempt("wang", "a long password", HERE), now=moment, limits=LIMITS)


def test_however_many_addresses_guess_under_a_name_they_have_a_bounded_number_of_guesses_an_hour(
    session: Session,
) -> None:
    """Addresses that come for the first time, without end, and those that have used up their slips, in turn."""
    moment, guesses = NOW, 0
    used = deque(door("wang", f"198.51.100.{number}") for number in range(10))
    for each in used:
        fail(session, each, SLIPS.free)
        guesses += SLIPS.free
    fresh = (door("wang", f"10.0.{number // 250}.{number % 250}") for number in count())
    newcomer = next(fresh)
    while moment < NOW + timedelta(hours=1):
        waits = guess_if_open(session, newcomer, moment), guess_if_open(session, used[0], moment)
        guesses += waits.count(0)
        if not waits[0]:
            newcomer = next(fresh)
        if not waits[1]:
            used.rotate(-1)
        if all(waits):
            moment += timedelta(seconds=min(waits) - 1)
    assert NEWCOMERS.free < guesses <= MOST_AN_HOUR


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
    assert len(looked_at) == SLIPS.free
