"""Tables of identity and right: accounts, roles, dated grants, sessions, programs' tokens and the management tree."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, LargeBinary, Text, false, func, text, true
from sqlalchemy.dialects.postgresql import ARRAY, TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id

TokenState = Literal["active", "expired", "revoked"]


class ManagementNode(Base):
    """A node of the tree along which duty and right run; usually an area, not always (development zones).

    `parent_code` is where it belongs by itself; for the time of a delegation it is run from elsewhere.
    """

    __tablename__ = "management_node"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("management_node.code"), index=True)
    area_code: Mapped[str | None] = mapped_column(Text, index=True)
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class Delegation(Base):
    """That a node, with all below it, is run from another parent than its own for a time."""

    __tablename__ = "management_delegation"
    __table_args__ = (ExcludeConstraint(("node_code", "="), ("valid", "&&"), name="ex_management_delegation_once"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    node_code: Mapped[str] = mapped_column(ForeignKey("management_node.code"))
    parent_code: Mapped[str] = mapped_column(ForeignKey("management_node.code"), index=True)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class Account(Base):
    """Somebody, or something, that can log in. `node_code` is the node whose administrators look after it.

    A password given for one use must be changed at the next login, and opens nothing after `password_until`. The login
    that it opens takes that moment away, and then it opens none.
    """

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(Text, unique=True)
    display_name: Mapped[str] = mapped_column(Text)
    # Not among what a reader may select: asked for by name, or when it is needed.
    password_hash: Mapped[str] = mapped_column(Text, deferred=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    node_code: Mapped[str | None] = mapped_column(ForeignKey("management_node.code"), index=True)
    must_change_password: Mapped[bool] = mapped_column(server_default=false())
    password_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class Role(Base):
    """A role; what it allows are the rows of `role_permission`.

    A role with `own_grids_only` is held over no node: whoever has it sees the grids they are responsible for.
    """

    __tablename__ = "role"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    own_grids_only: Mapped[bool] = mapped_column(server_default=false())


class RolePermission(Base):
    """One cell of the table of rights: whether a role allows a thing."""

    __tablename__ = "role_permission"

    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"), primary_key=True)
    permission: Mapped[str] = mapped_column(Text, primary_key=True)
    allowed: Mapped[bool] = mapped_column(server_default=true())


class Grant(Base):
    """A role held for a time over a node of the management tree; without a node, over the own grids alone."""

    __tablename__ = "grant_"
    __table_args__ = (
        ExcludeConstraint(
            ("account_id", "="),
            ("role_code", "="),
            (text("coalesce(node_code, '')"), "="),
            ("valid", "&&"),
            name="ex_grant_once",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role_code: Mapped[str] = mapped_column(ForeignKey("role.code"))
    node_code: Mapped[str | None] = mapped_column(ForeignKey("management_node.code"))
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    revision: Mapped[int] = mapped_column(server_default=text("1"))


class SessionToken(Base):
    """A login; only the hash of its token is stored. `id` names it to its owner, `client` is what it came from."""

    __tablename__ = "session_token"
    __table_args__ = (Index("ix_session_token_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id, server_default=func.gen_random_uuid())
    client: Mapped[str] = mapped_column(Text, server_default="")


class ApiToken(Base):
    """A program's right to act for an account: a part of its rights, over a part of its area, until a day."""

    __tablename__ = "api_token"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, deferred=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    node_code: Mapped[str | None] = mapped_column(ForeignKey("management_node.code"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    def state(self, now: datetime) -> TokenState:
        """Whether it works at a moment, and if not, why."""
        return "revoked" if self.revoked_at is not None else "expired" if self.expires_at <= now else "active"


class LoginFailure(Base):
    """How often logins failed of late, by name and address. `key` is a hash: a name may be a mistyped secret."""

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_last_at", "last_at"),)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    closed_until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
