"""Tables of plans: drafts with their operations and decisions, the partition drawn now, and the lineage of grids."""

from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import WKBElement
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.geography.tables import geometry
from gridsvc.infra.db import Base, new_id


class Plan(Base):
    """A draft of a new net for some communities, and what became of it.

    `position` is the last operation that counts: undo moves it back, redo forward. `revision` rises with every change.
    `effective_at` is empty while none is asked for, and for a plan that takes effect as soon as it is published.
    """

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'in_review', 'approved', 'published', 'withdrawn')", name="status"),
        CheckConstraint("(status = 'published') <= (net_version_id IS NOT NULL)", name="published_has_version"),
        Index("ix_plan_status", "status", "updated_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    net_id: Mapped[UUID] = mapped_column(ForeignKey("net.id"))
    title: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text, default="draft")
    author_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revision: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    base_net_version_id: Mapped[UUID] = mapped_column(ForeignKey("net_version.id"))
    effective_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    notice_from: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    notice_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reverts_plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
    net_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("net_version.id"))
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PlanCommunity(Base):
    """A community that a plan is about."""

    __tablename__ = "plan_community"
    __table_args__ = (Index("ix_plan_community_community_code", "community_code"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    community_code: Mapped[str] = mapped_column(Text, primary_key=True)


class PlanBase(Base):
    """A version of a grid that a plan was drawn on; when the grid has another one, the plan is stale there."""

    __tablename__ = "plan_base"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    grid_version_id: Mapped[UUID] = mapped_column(ForeignKey("grid_version.id"), primary_key=True)


class PlanOp(Base):
    """One operation on a draft, with the community it touched as it was afterwards; rows are only ever added.

    Before its first operation a community is as the versions are that the plan was drawn on. What a new operation after
    an undo cut off stays in the log as abandoned. `revision` is that of the plan after it.
    """

    __tablename__ = "plan_op"
    __table_args__ = (
        Index(
            "uq_plan_op_sequence",
            "plan_id",
            "sequence",
            unique=True,
            postgresql_where=text("abandoned_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    sequence: Mapped[int]
    revision: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    community_code: Mapped[str] = mapped_column(Text)
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    abandoned_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PlanGrid(Base):
    """A grid of the partition as it is drawn now.

    `grid_id` is the grid it was drawn from, none for a new one. Whether it keeps that identity is told by the rule of
    households, unless the planner has decided: then `decided` is set and `grid_id` counts (none: a new grid).
    `code` is the code asked for, and `fresh_code` asks for a fresh one for a grid that goes on.
    """

    __tablename__ = "plan_grid"
    __table_args__ = (Index("ix_plan_grid_community_code", "plan_id", "community_code"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    community_code: Mapped[str] = mapped_column(Text)
    grid_id: Mapped[UUID | None] = mapped_column(ForeignKey("grid.id"))
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    decided: Mapped[bool] = mapped_column(default=False)
    fresh_code: Mapped[bool] = mapped_column(default=False)
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTIPOLYGON"))
    area_m2: Mapped[float] = mapped_column(Double)
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)


class PlanPrepared(Base):
    """What a plan changes in a community, measured before its publication; `stamp` tells what it was measured on.

    `is_ready` while the rows that publishing it needs are written; publishing uses them up.
    """

    __tablename__ = "plan_prepared"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    community_code: Mapped[str] = mapped_column(Text, primary_key=True)
    stamp: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)
    is_ready: Mapped[bool]


class PlanShare(Base):
    """A row of the lineage made ready ahead of the publication of a plan, which uses it up."""

    __tablename__ = "plan_share"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    parent_version_id: Mapped[UUID] = mapped_column(primary_key=True)
    child_version_id: Mapped[UUID] = mapped_column(primary_key=True)
    community_code: Mapped[str] = mapped_column(Text)
    operation: Mapped[str] = mapped_column(Text)
    area_ppm: Mapped[int]
    household_ppm: Mapped[int]


class ApprovalStep(Base):
    """A step of the chain that a plan passes before it may be published; the chain is the city's own."""

    __tablename__ = "approval_step"
    __table_args__ = (CheckConstraint("level IN ('community', 'street', 'district')", name="level"),)

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    sequence: Mapped[int] = mapped_column(unique=True)
    level: Mapped[str] = mapped_column(Text)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)


class PlanDecision(Base):
    """What somebody decided about a plan at a step of the chain; rows are only ever added."""

    __tablename__ = "plan_decision"
    __table_args__ = (
        CheckConstraint(
            "decision IN ('submitted', 'approved', 'sent_back', 'taken_back', 'withdrawn')", name="decision"
        ),
        Index("ix_plan_decision_plan_id", "plan_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    step_key: Mapped[str | None] = mapped_column(ForeignKey("approval_step.key"))
    revision: Mapped[int]
    decision: Mapped[str] = mapped_column(Text)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    comment: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Lineage(Base):
    """What part of a grid went into which grid, in parts per million; the shares of a parent sum to 1,000,000."""

    __tablename__ = "lineage"
    __table_args__ = (
        CheckConstraint("area_ppm BETWEEN 0 AND 1000000 AND household_ppm BETWEEN 0 AND 1000000", name="shares"),
        Index("ix_lineage_child_version_id", "child_version_id"),
        Index("ix_lineage_plan_id", "plan_id"),
    )

    parent_version_id: Mapped[UUID] = mapped_column(ForeignKey("grid_version.id"), primary_key=True)
    child_version_id: Mapped[UUID] = mapped_column(ForeignKey("grid_version.id"), primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    operation: Mapped[str] = mapped_column(Text)
    area_ppm: Mapped[int]
    household_ppm: Mapped[int]


class CarryOver(Base):
    """Who was taken over for a grid that a plan made or merged, until somebody confirms it or appoints another.

    `worker_id` is who holds the grid from then on (none: a named vacancy), `candidates` are the main workers of the
    grids it was made of, the one with most of its households first.
    """

    __tablename__ = "carry_over"
    __table_args__ = (
        CheckConstraint("reason IN ('new_grid', 'merged')", name="reason"),
        Index("ix_carry_over_grid_id", "grid_id"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"))
    candidates: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
