"""Logins: passwords, sessions and what they allow."""

from datetime import UTC, datetime, timedelta

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import identity, passwords
from gridsvc.access import logins as use_cases
from gridsvc.access.identity import Actor, SessionLimits
from gridsvc.access.jurisdiction import Scope
from gridsvc.access.queries import logins
from gridsvc.core.errors import Forbidden, Unauthenticated, WrongCredentials
from tests.fixtures.ground import SINCE, lay_ground

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=8))


@pytest.fixture
def account(session: Session) -> object:
    return identity.create_account(session, username="wang", display_name="示例", password="a long password")


def log_in(session: Session, password: str = "a long password", username: str = "wang") -> str:
    return identity.log_in(session, username=username, password=password, now=NOW, limits=LIMITS)


@pytest.mark.usefixtures("real_hashing")
def test_a_password_is_kept_only_as_an_argon2_hash(session: Session, account: object) -> None:
    kept = session.scalar(text("SELECT password_hash FROM account"))
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert "a long password" not in kept


def test_the_right_password_opens_a_session(session: Session, account: object) -> None:
    login = identity.who_is(session, log_in(session), now=NOW, limits=LIMITS)
    assert (login.account_id, login.username) == (account, "wang")


@pytest.mark.usefixtures("real_hashing")
def test_a_hash_of_a_former_cost_is_made_anew_by_the_login_and_one_of_today_stays(
    session: Session, account: object
) -> None:
    cheap = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=1024, parallelism=1),)).hash("a long password")
    session.execute(text("UPDATE account SET password_hash = :kept"), {"kept": cheap})
    log_in(session)
    made_anew = session.scalar(text("SELECT password_hash FROM account"))
    assert made_anew.split("$")[3] == passwords.hashed("whatever").split("$")[3]
    log_in(session)
    assert session.scalar(text("SELECT password_hash FROM account")) == made_anew


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(session: Session, account: object) -> None:
    with pytest.raises(WrongCredentials) as wrong:
        log_in(session, password="another")
    with pytest.raises(WrongCredentials) as unknown:
        log_in(session, username="nobody")
    assert wrong.value.message == unknown.value.message


def test_a_disabled_account_can_neither_log_in_nor_go_on(session: Session, account: object) -> None:
    token = log_in(session)
    session.execute(text("UPDATE account SET disabled_at = now()"))
    session.expire_all()
    with pytest.raises(WrongCredentials):
        log_in(session)
    with pytest.raises(Unauthenticated):
        identity.who_is(session, token, now=NOW, limits=LIMITS)


@pytest.mark.usefixtures("account")
def test_a_session_ends_when_unused(session: Session) -> None:
    token = log_in(session)
    with pytest.raises(Unauthenticated):
        identity.who_is(session, token, now=NOW + timedelta(hours=1, seconds=1), limits=LIMITS)


@pytest.mark.usefixtures("account")
def test_a_session_in_use_still_ends_at_its_age(session: Session) -> None:
    token = log_in(session)
    for hours in range(1, 16):
        moment = NOW + timedelta(hours=hours / 2)
        identity.who_is(session, token, now=moment, limits=LIMITS)
    with pytest.raises(Unauthenticated):
        identity.who_is(session, token, now=NOW + timedelta(hours=8), limits=LIMITS)


@pytest.mark.usefixtures("account")
def test_a_session_ends_when_one_logs_out(session: Session) -> None:
    token = log_in(session)
    use_cases.log_out(session, token, now=NOW)
    with pytest.raises(Unauthenticated):
        identity.who_is(session, token, now=NOW, limits=LIMITS)


@pytest.mark.usefixtures("account")
def test_only_the_hash_of_a_token_is_stored(session: Session) -> None:
    token = log_in(session)
    assert session.scalar(text("SELECT token_hash FROM session_token")) == identity.token_hash(token)


def test_a_role_counts_only_while_it_is_granted(session: Session, account: object) -> None:
    lay_ground(session)
    identity.grant(session, account, role="worker", node="340302001001", since=SINCE)  # type: ignore[arg-type]
    roles, permissions = logins.roles_and_permissions(session, account, NOW)  # type: ignore[arg-type]
    assert roles == {"worker"}
    assert "visits.create" in permissions
    before = logins.roles_and_permissions(session, account, SINCE - timedelta(days=1))  # type: ignore[arg-type]
    assert before == (frozenset(), frozenset())


def test_what_no_role_allows_is_forbidden() -> None:
    actor = Actor(account_id=None, username="x", display_name="x", roles=frozenset(), permissions=frozenset())  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        actor.require("incidents.create")
    assert actor.scope == Scope()
