"""Queries on the audit: searching it by who, what, object, time and result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from gridsvc.access.audit_tables import AuditEntry


@dataclass(frozen=True)
class AuditFilter:
    """Which rows are asked for; an action that ends in a dot means all that begin so (`care.`)."""

    username: str | None = None
    action: str | None = None
    object_kind: str | None = None
    object_id: str | None = None
    result: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def page(
    session: Session, wanted: AuditFilter, *, after: tuple[datetime, UUID] | None = None, limit: int
) -> Sequence[AuditEntry]:
    """Rows of the audit, the newest first, from (at, id) on."""
    statement = _wanted(wanted).order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(tuple_(AuditEntry.at, AuditEntry.id) < tuple_(*after))
    return session.scalars(statement).all()


def has_lately(session: Session, action: str, username: str, address: str | None, within: timedelta) -> bool:
    """Whether somebody did something from an address, no longer ago than this by the database's clock."""
    statement = select(AuditEntry.id).where(
        AuditEntry.username == username,
        AuditEntry.at > func.clock_timestamp() - within,
        AuditEntry.action == action,
        AuditEntry.address.is_not_distinct_from(address),
    )
    return session.scalar(statement.limit(1)) is not None


def _wanted(wanted: AuditFilter) -> Select[AuditEntry]:
    statement = select(AuditEntry)
    for name in ("username", "object_kind", "object_id", "result"):
        value = getattr(wanted, name)
        if value is not None:
            statement = statement.where(getattr(AuditEntry, name) == value)
    if wanted.action is not None:
        is_group = wanted.action.endswith(".")
        begins = AuditEntry.action.startswith(wanted.action, autoescape=True)
        statement = statement.where(begins if is_group else AuditEntry.action == wanted.action)
    if wanted.since is not None:
        statement = statement.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(AuditEntry.at < wanted.until)
    return statement
