"""Logging in and what one does with one's own logins: see them, end one, choose another password."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from gridsvc.access import audit, identity, passwords, throttle
from gridsvc.access.identity import Actor, SessionLimits
from gridsvc.access.queries import accounts
from gridsvc.access.queries import audit as kept
from gridsvc.access.queries import logins as queries
from gridsvc.core.errors import Fault, Forbidden, NotFound, TooManyAttempts, WeakPassword, WrongCredentials
from gridsvc.infra.db import unit_of_work

LONGEST_CLIENT = 200
# Whoever is refused unseen may try a thousand times a minute; that they do is told once.
DELAY_TOLD_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, where it came from, and the login that this browser had before."""

    username: str
    password: str
    address: str | None = None
    client: str = ""
    former_token: str | None = None


def attempt(session: Session, given: Attempt, *, now: datetime, limits: SessionLimits) -> str | None:
    """A fresh token, or None for wrong credentials; raises TooManyAttempts before it looks at the password.

    The caller commits in either case, for failures are counted in the same transaction: until it ends, other attempts
    under the name wait, so that many at once are counted like one after the other.
    """
    door = throttle.door(given.username, given.address)
    throttle.pass_through(session, door, now)
    try:
        token = identity.log_in(
            session,
            username=given.username,
            password=given.password,
            now=now,
            limits=limits,
            client=given.client[:LONGEST_CLIENT],
        )
    except WrongCredentials:
        throttle.note_failure(session, door, now)
        known = queries.account_by_name(session, given.username)
        # A name that belongs to nobody may be a password typed into the wrong field: it is not kept.
        name = known.username if known else None
        audit.record(session, None, "session.create", "account", known and known.id, result="refused", username=name)
        return None
    throttle.note_success(session, door, now)
    if given.former_token:
        queries.end_session(session, identity.token_hash(given.former_token))
    login = identity.who_is(session, token, now=now, limits=limits)
    name = login.username
    audit.record(session, None, "session.create", "account", login.account_id, username=name)
    return token


@contextmanager
def delays_recorded(engine: Engine, username: str, address: str | None, actor: Actor | None = None) -> Iterator[None]:
    """Attempts inside the block that must wait leave a row: one a minute for a name from an address.

    Names that belong to nobody are one in this, for they are not kept.
    """
    try:
        yield
    except TooManyAttempts as refused:
        with unit_of_work(engine) as session:
            _record_delay(session, username, address, actor, refused)
        raise


def _record_delay(
    session: Session, username: str, address: str | None, actor: Actor | None, refused: TooManyAttempts
) -> None:
    throttle.wait_for_others(session, throttle.door(username, address))
    known = queries.account_by_name(session, username)
    name = known.username if known else audit.NOBODY
    if kept.has_lately(session, "session.delay", name, address, DELAY_TOLD_EVERY):
        return
    object_id = known.id if known else None
    detail = {"retry_after_s": refused.details["retry_after_s"]}
    audit.record(session, actor, "session.delay", "account", object_id, result="refused", username=name, detail=detail)


def log_out(session: Session, token: str, *, now: datetime) -> bool:
    """End the login behind `token`; False for an unknown one, which is nothing to complain about."""
    ended = queries.end_session(session, identity.token_hash(token))
    if ended is None:
        return False
    roles, permissions = queries.roles_and_permissions(session, ended.account_id, now)
    actor = Actor(ended.account_id, ended.username, ended.display_name, roles, permissions)
    audit.proven_by("session")
    audit.record(session, actor, "session.end", "session", ended.session_id)
    return True


def own_sessions(session: Session, actor: Actor, *, now: datetime, limits: SessionLimits) -> Sequence[Any]:
    """One's own living logins, the last used first: (id, client, created_at, last_seen_at, expires_at).

    Raises Forbidden for a program, as everything here does: logins and passwords are for their owner.
    """
    _refuse_program(actor)
    return queries.living_sessions(session, actor.account_id, now, now - limits.idle)


def end_own_session(session: Session, actor: Actor, session_id: UUID) -> None:
    """End one of one's own logins; NotFound for anybody else's."""
    _refuse_program(actor)
    if not queries.end_sessions_of(session, actor.account_id, only=session_id):
        raise NotFound
    audit.record(session, actor, "session.end", "session", session_id)


def change_own_password(
    session: Session, actor: Actor, *, old: str, new: str, address: str | None, now: datetime
) -> bool:
    """Choose another password; every other login of the account ends. False when the old one is wrong.

    That is counted like a failed login, so the caller commits in either case. Raises WeakPassword for the new one, and
    TooManyAttempts.
    """
    _refuse_program(actor)
    if new == old:
        raise WeakPassword(faults=[Fault("body.new_password", "unchanged", "This is the password you had.")])
    passwords.check(new, actor.username, place="body.new_password")
    door = throttle.door(actor.username, address)
    throttle.pass_through(session, door, now)  # before the account is locked, as in a login
    account = accounts.account(session, actor.account_id, to_change=True)
    if account is None:
        raise NotFound
    if not passwords.matches(old, account.password_hash):
        throttle.note_failure(session, door, now)
        audit.record(session, actor, "account.change_password", "account", account.id, result="refused")
        return False
    account.password_hash = passwords.hashed(new)
    account.must_change_password, account.password_until = False, None
    ended = queries.end_sessions_of(session, account.id, but=actor.session_id)
    session.flush()
    audit.record(session, actor, "account.change_password", "account", account.id, detail={"sessions_ended": ended})
    return True


def _refuse_program(actor: Actor) -> None:
    if actor.token_id is not None:
        raise Forbidden("This is for whoever logs in themself, not for their programs.")
