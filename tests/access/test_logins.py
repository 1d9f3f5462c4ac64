"""What one does with one's own logins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.access import accounts, identity, logins
from gridsvc.access.identity import Actor, SessionLimits, operator
from gridsvc.access.logins import Attempt
from gridsvc.core.errors import NotFound, Unauthenticated, WeakPassword

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=8))
WORDS = "a long password"


@pytest.fixture
def account(session: Session) -> UUID:
    return identity.create_account(session, username="wang", display_name="示例", password=WORDS)


def log_in(session: Session, client: str = "phone", former: str | None = None, password: str = WORDS) -> str:
    given = Attempt("wang", password, "192.0.2.7", client, former)
    token = logins.attempt(session, given, now=NOW, limits=LIMITS)
    assert token is not None
    return token


def acting(session: Session, token: str) -> Actor:
    login = identity.who_is(session, token, now=NOW, limits=LIMITS)
    return Actor(login.account_id, login.username, "", frozenset(), frozenset(), session_id=login.session_id)


def is_alive(session: Session, token: str) -> bool:
    try:
        identity.who_is(session, token, now=NOW, limits=LIMITS)
    except Unauthenticated:
        return False
    return True


@pytest.mark.usefixtures("account")
def test_logging_in_again_in_the_same_browser_ends_the_former_login_and_no_other(session: Session) -> None:
    phone, desk = log_in(session), log_in(session, "desk")
    again = log_in(session, former=phone)
    assert again != phone
    assert [is_alive(session, token) for token in (phone, desk, again)] == [False, True, True]


@pytest.mark.usefixtures("account")
def test_one_sees_where_one_is_logged_in_and_can_end_one_of_them(session: Session) -> None:
    phone, desk = log_in(session), log_in(session, "desk")
    me = acting(session, desk)
    listed = {row.client: row.id for row in logins.own_sessions(session, me, now=NOW, limits=LIMITS)}
    assert set(listed) == {"phone", "desk"}
    assert listed["desk"] == me.session_id
    logins.end_own_session(session, me, listed["phone"])
    assert [is_alive(session, phone), is_alive(session, desk)] == [False, True]


@pytest.mark.usefixtures("account")
def test_nobody_ends_a_login_of_somebody_else(session: Session) -> None:
    me = acting(session, log_in(session))
    other = replace(me, account_id=UUID(int=9))
    assert me.session_id is not None
    with pytest.raises(NotFound):
        logins.end_own_session(session, other, me.session_id)


def change(session: Session, me: Actor, old: str, new: str) -> bool:
    return logins.change_own_password(session, me, old=old, new=new, address="192.0.2.7", now=NOW)


@pytest.mark.usefixtures("account")
def test_another_password_ends_the_other_logins(session: Session) -> None:
    phone, desk = log_in(session), log_in(session, "desk")
    assert change(session, acting(session, desk), WORDS, "quite another one")
    assert [is_alive(session, phone), is_alive(session, desk)] == [False, True]
    assert log_in(session, password="quite another one")


@pytest.mark.usefixtures("account")
def test_the_old_password_is_asked_for_and_guessing_it_counts(session: Session) -> None:
    me = acting(session, log_in(session))
    assert not change(session, me, "a wrong one", "quite another one")
    assert session.scalar(text("SELECT max(failures) FROM login_failure")) == 1


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("new", ["short", "1234567890", WORDS])
def test_a_weak_or_unchanged_password_is_refused(session: Session, new: str) -> None:
    me = acting(session, log_in(session))
    with pytest.raises(WeakPassword):
        change(session, me, WORDS, new)


def test_a_one_time_password_opens_nothing_after_its_end(session: Session, account: UUID) -> None:
    session.execute(text("UPDATE account SET password_until = :at"), {"at": NOW})
    session.expire_all()
    assert logins.attempt(session, Attempt("wang", WORDS), now=NOW, limits=LIMITS) is None


def test_a_one_time_password_is_for_one_login_which_may_still_choose_another(session: Session, account: UUID) -> None:
    _, one_time = accounts.reset_password(session, operator("chief"), account, now=NOW)
    first = log_in(session, password=one_time)
    assert logins.attempt(session, Attempt("wang", one_time), now=NOW, limits=LIMITS) is None
    assert change(session, acting(session, first), one_time, "quite another one")
    assert log_in(session, password="quite another one")
    _, another = accounts.reset_password(session, operator("chief"), account, now=NOW)
    assert log_in(session, password=another), "whoever lost the first login is given another password"


def test_every_attempt_that_was_looked_at_is_in_the_audit_without_unknown_names(
    session: Session, account: UUID
) -> None:
    log_in(session)
    logins.attempt(session, Attempt("wang", "wrong"), now=NOW, limits=LIMITS)
    logins.attempt(session, Attempt("my password by mistake", "wrong"), now=NOW, limits=LIMITS)
    rows = session.execute(text("SELECT username, result, object_id FROM audit ORDER BY at, id")).all()
    assert rows == [("wang", "done", str(account)), ("wang", "refused", str(account)), ("-", "refused", None)]
