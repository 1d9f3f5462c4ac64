"""Tables of people: workers, posts, dated responsibilities and absences."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class Worker(Base):
    """A community worker."""

    __tablename__ = "worker"
    __table_args__ = (
        Index("ix_worker_name_trgm", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    community_code: Mapped[str] = mapped_column(Text, index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), unique=True)
    synthetic: Mapped[bool] = mapped_column(default=False)


class Post(Base):
    """An authorised post of a community; without a worker it is vacant."""

    __tablename__ = "post"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(Text, unique=True)
    community_code: Mapped[str] = mapped_column(Text, index=True)
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"), unique=True)


class Responsibility(Base):
    """Who answers for a grid, as main or backup; a main row without worker is a named vacancy.

    `valid` is the time it speaks of, `recorded` the time in which the service held it to be so.
    """

    __tablename__ = "responsibility"
    __table_args__ = (
        CheckConstraint("role IN ('main', 'backup')", name="role"),
        CheckConstraint("role = 'main' OR worker_id IS NOT NULL", name="only_main_may_be_vacant"),
        ExcludeConstraint(
            ("grid_id", "="),
            ("valid", "&&"),
            ("recorded", "&&"),
            where=text("role = 'main'"),
            name="ex_responsibility_one_main",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index("ix_responsibility_grid_id", "grid_id"),
        Index("ix_responsibility_worker_id", "worker_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"))
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"))
    role: Mapped[str] = mapped_column(Text)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    recorded: Mapped[Range[datetime]] = mapped_column(TSTZRANGE, server_default=text("tstzrange(now(), NULL)"))


class Leave(Base):
    """A worker's absence, and who covers it when that was settled by hand."""

    __tablename__ = "leave"
    __table_args__ = (
        Index("ix_leave_worker_id", "worker_id"),
        Index("ix_leave_valid", "valid", postgresql_using="gist"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    reason: Mapped[str] = mapped_column(Text)
    cover_worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"))
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    recorded: Mapped[Range[datetime]] = mapped_column(TSTZRANGE, server_default=text("tstzrange(now(), NULL)"))


class DeviceContact(Base):
    """When a worker's device was last heard from; a silent device makes a status unknown, not overdue."""

    __tablename__ = "device_contact"

    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"), primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
