"""Tables of the audit: who did what, when, from where, to which object, with what result; and their seals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, DateTime, Index, LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class AuditEntry(Base):
    """One thing that was done or refused. Rows are only ever added; the account's name is the one of that time."""

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint("result IN ('done', 'refused', 'failed')", name="result"),
        Index("ix_audit_at", "at", "id"),
        Index("ix_audit_username", "username", "at", "id"),
        Index("ix_audit_action", "action", "at", "id"),
        Index("ix_audit_object", "object_kind", "object_id", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("clock_timestamp()"))
    account_id: Mapped[UUID | None]
    username: Mapped[str] = mapped_column(Text)
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    access: Mapped[str] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    object_kind: Mapped[str] = mapped_column(Text)
    object_id: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))


class AuditSeal(Base):
    """A hash over the rows of a time and over the seal before; see `access.seals`. Rows are only ever added."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    since: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    rows: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("clock_timestamp()"))
