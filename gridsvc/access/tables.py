"""Tables of identity and right: accounts, roles, dated grants, sessions and the management tree."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, Text, func
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class ManagementNode(Base):
    """A node of the tree along which duty and right run; usually an area, not always (development zones)."""

    __tablename__ = "management_node"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("management_node.code"), index=True)
    area_code: Mapped[str | None] = mapped_column(Text, index=True)


class Account(Base):
    """Somebody, or something, that can log in."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Role(Base):
    """A role; what it allows are the rows of `role_permission`."""

    __tablename__ = "role"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)


class RolePermission(Base):
    """One thing that a role allows."""

    __tablename__ = "role_permission"

    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)
    permission: Mapped[str] = mapped_column(Text, primary_key=True)


class Grant(Base):
    """A role held over a node of the management tree for a time."""

    __tablename__ = "grant_"
    __table_args__ = (
        ExcludeConstraint(
            ("account_id", "="), ("role_code", "="), ("node_code", "="), ("valid", "&&"), name="ex_grant_once"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"))
    node_code: Mapped[str] = mapped_column(ForeignKey("management_node.code"))
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class SessionToken(Base):
    """A login; only the hash of its token is stored."""

    __tablename__ = "session_token"
    __table_args__ = (Index("ix_session_token_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
