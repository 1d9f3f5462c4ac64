"""Every query on accounts, grants, sessions and the management tree."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.access.tables import Account, ManagementNode, Role, SessionToken

_REACHED = text(
    """
    WITH RECURSIVE reached AS (
        SELECT node.code, node.area_code FROM grant_ JOIN management_node node ON node.code = grant_.node_code
        WHERE grant_.account_id = :account_id AND grant_.valid @> CAST(:at AS timestamptz)
        UNION
        SELECT child.code, child.area_code FROM management_node child JOIN reached ON child.parent_code = reached.code
    )
    SELECT area_code FROM reached WHERE area_code IS NOT NULL
    """
)

_ROLES = text(
    """
    SELECT held.role_code, allowed.permission FROM grant_ held
    LEFT JOIN role_permission allowed ON allowed.role_code = held.role_code AND allowed.allowed
    WHERE held.account_id = :account_id AND held.valid @> CAST(:at AS timestamptz)
    """
)


def insert_nodes(session: Session, nodes: Sequence[Mapping[str, Any]]) -> None:
    """Add management nodes, parents before children; known codes stay as they are."""
    if nodes:
        ordered = sorted(nodes, key=lambda node: (node["parent_code"] is not None, node["code"]))
        session.execute(insert(ManagementNode).on_conflict_do_nothing(), ordered)


def area_codes_reached(session: Session, account_id: UUID, at: datetime) -> set[str]:
    """The areas under every node granted to the account at a moment."""
    return set(session.scalars(_REACHED, {"account_id": account_id, "at": at}))


def account_by_name(session: Session, username: str) -> Account | None:
    """The account of that user name, disabled or not."""
    return session.scalars(select(Account).where(Account.username == username)).one_or_none()


def role_exists(session: Session, code: str) -> bool:
    """Whether there is such a role."""
    return session.get(Role, code) is not None


def node_exists(session: Session, code: str) -> bool:
    """Whether the management tree has such a node."""
    return session.get(ManagementNode, code) is not None


def session_account(session: Session, token_hash: bytes, now: datetime) -> Row[*tuple[Any, ...]] | None:
    """The living login behind a token hash, with its account."""
    return session.execute(
        select(
            Account.id,
            Account.username,
            Account.display_name,
            SessionToken.last_seen_at,
        )
        .join(SessionToken, SessionToken.account_id == Account.id)
        .where(
            SessionToken.token_hash == token_hash,
            SessionToken.expires_at > now,
            Account.disabled_at.is_(None),
        )
    ).one_or_none()


def roles_and_permissions(session: Session, account_id: UUID, at: datetime) -> tuple[frozenset[str], frozenset[str]]:
    """The roles an account holds at a moment, and everything they allow."""
    rows = session.execute(_ROLES, {"account_id": account_id, "at": at}).all()
    return frozenset(row[0] for row in rows), frozenset(row[1] for row in rows if row[1])


def touch_session(session: Session, token_hash: bytes, now: datetime) -> None:
    """Note that a login was used."""
    session.execute(update(SessionToken).where(SessionToken.token_hash == token_hash).values(last_seen_at=now))


def end_session(session: Session, token_hash: bytes) -> None:
    """Forget a login."""
    session.execute(delete(SessionToken).where(SessionToken.token_hash == token_hash))


def end_expired_sessions(session: Session, now: datetime, idle_since: datetime) -> None:
    """Forget logins that are past their end or were not used since `idle_since`."""
    session.execute(
        delete(SessionToken).where((SessionToken.expires_at <= now) | (SessionToken.last_seen_at < idle_since))
    )
