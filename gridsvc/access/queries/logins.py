"""Queries behind every request: the login or token it came with, and the roles of its account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Row, delete, select, text, update
from sqlalchemy.orm import Session, undefer

from gridsvc.access.tables import Account, ApiToken, SessionToken

_ROLES = text(
    """
    SELECT held.role_code, allowed.permission FROM grant_ held
    LEFT JOIN role_permission allowed ON allowed.role_code = held.role_code AND allowed.allowed
    WHERE held.account_id = :account_id AND held.valid @> CAST(:at AS timestamptz)
    """
)
_END = text(
    """
    DELETE FROM session_token USING account
    WHERE session_token.token_hash = :token_hash AND account.id = session_token.account_id
    RETURNING session_token.id AS session_id, account.id AS account_id, account.username, account.display_name
    """
)


def account_by_name(session: Session, username: str) -> Account | None:
    """The account of that user name, disabled or not, with what is kept of its password."""
    statement = select(Account).options(undefer(Account.password_hash)).where(Account.username == username)
    return session.scalars(statement).one_or_none()


def session_account(session: Session, token_hash: bytes, now: datetime) -> Row[*tuple[Any, ...]] | None:
    """The living login behind a token hash, with its account."""
    return session.execute(
        select(
            Account.id,
            Account.username,
            Account.display_name,
            Account.must_change_password,
            SessionToken.id.label("session_id"),
            SessionToken.last_seen_at,
        )
        .join(SessionToken, SessionToken.account_id == Account.id)
        .where(
            SessionToken.token_hash == token_hash,
            SessionToken.expires_at > now,
            Account.disabled_at.is_(None),
        )
    ).one_or_none()


def api_token(session: Session, token_hash: bytes) -> Row[*tuple[Any, ...]] | None:
    """A program's token, ended or not, with the account it acts for."""
    return session.execute(
        select(
            ApiToken.id.label("token_id"),
            ApiToken.permissions,
            ApiToken.node_code,
            ApiToken.expires_at,
            ApiToken.last_used_at,
            ApiToken.revoked_at,
            Account.id,
            Account.username,
            Account.display_name,
            Account.disabled_at,
        )
        .join(Account, Account.id == ApiToken.account_id)
        .where(ApiToken.token_hash == token_hash)
    ).one_or_none()


def roles_and_permissions(session: Session, account_id: UUID, at: datetime) -> tuple[frozenset[str], frozenset[str]]:
    """The roles an account holds at a moment, and everything they allow."""
    rows = session.execute(_ROLES, {"account_id": account_id, "at": at}).all()
    return frozenset(row[0] for row in rows), frozenset(row[1] for row in rows if row[1])


def touch_session(session: Session, token_hash: bytes, now: datetime) -> None:
    """Note that a login was used."""
    session.execute(update(SessionToken).where(SessionToken.token_hash == token_hash).values(last_seen_at=now))


def touch_token(session: Session, token_id: UUID, now: datetime) -> None:
    """Note that a program's token was used."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now))


def end_session(session: Session, token_hash: bytes) -> Row[*tuple[Any, ...]] | None:
    """Forget a login; which one it was and whose: (session_id, account_id, username, display_name)."""
    return session.execute(_END, {"token_hash": token_hash}).one_or_none()


def end_expired_sessions(session: Session, now: datetime, idle_since: datetime) -> None:
    """Forget logins that are past their end or were not used since `idle_since`."""
    session.execute(
        delete(SessionToken).where((SessionToken.expires_at <= now) | (SessionToken.last_seen_at < idle_since))
    )


def living_sessions(
    session: Session, account_id: UUID, now: datetime, idle_since: datetime
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The living logins of an account, the last used first: (id, client, created_at, last_seen_at, expires_at)."""
    return session.execute(
        select(
            SessionToken.id,
            SessionToken.client,
            SessionToken.created_at,
            SessionToken.last_seen_at,
            SessionToken.expires_at,
        )
        .where(
            SessionToken.account_id == account_id,
            SessionToken.expires_at > now,
            SessionToken.last_seen_at >= idle_since,
        )
        .order_by(SessionToken.last_seen_at.desc(), SessionToken.id)
    ).all()


def end_sessions_of(session: Session, account_id: UUID, *, only: UUID | None = None, but: UUID | None = None) -> int:
    """Forget the logins of an account: all, `only` one, or all `but` one; how many there were."""
    statement = delete(SessionToken).where(SessionToken.account_id == account_id)
    if only is not None:
        statement = statement.where(SessionToken.id == only)
    if but is not None:
        statement = statement.where(SessionToken.id != but)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def revoke_tokens_of(session: Session, account_id: UUID, now: datetime) -> int:
    """Revoke every token of an account that still works; how many there were."""
    living = (ApiToken.account_id == account_id) & ApiToken.revoked_at.is_(None) & (ApiToken.expires_at > now)
    return cast("CursorResult[Any]", session.execute(update(ApiToken).where(living).values(revoked_at=now))).rowcount
