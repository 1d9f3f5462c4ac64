"""Tables of moving work: who took on which incident, hand-overs with their items, and changes of many grids at once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, DateTime, ForeignKey, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id

MOMENT = DateTime(timezone=True)


class CaseHolder(Base):
    """That a worker took an incident on, until somebody else accepts it or it is closed; one at a time.

    Where the incident's grid goes does not matter to it: whoever accepted keeps it.
    """

    __tablename__ = "case_holder"
    __table_args__ = (
        CheckConstraint("until >= since", name="in_order"),
        Index("uq_case_holder_incident_id", "incident_id", unique=True, postgresql_where=text("until IS NULL")),
        Index("ix_case_holder_worker_id", "worker_id", postgresql_where=text("until IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    since: Mapped[datetime] = mapped_column(MOMENT)
    until: Mapped[datetime | None] = mapped_column(MOMENT)
    accepted_by: Mapped[str] = mapped_column(Text)
    handover_id: Mapped[UUID | None] = mapped_column(ForeignKey("handover.id"))


class GridMove(Base):
    """A change of many grids from one worker to another: previewed, carried out by a job, and undone if need be.

    `former` tells who held each grid before, by its id.
    """

    __tablename__ = "grid_move"
    __table_args__ = (
        CheckConstraint("state IN ('previewed', 'queued', 'done', 'failed', 'undone')", name="state"),
        CheckConstraint("from_worker_id <> to_worker_id", name="to_another"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    from_worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    to_worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    community_code: Mapped[str] = mapped_column(Text)
    grid_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    reason: Mapped[str] = mapped_column(Text)
    effective_at: Mapped[datetime] = mapped_column(MOMENT)
    state: Mapped[str] = mapped_column(Text)
    former: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    failure: Mapped[str | None] = mapped_column(Text)
    account_id: Mapped[UUID]
    asked_by: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(MOMENT)
    done_at: Mapped[datetime | None] = mapped_column(MOMENT)
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class Handover(Base):
    """Work that goes from one worker to another at a moment; both sides confirm. Nobody yet to take it: no taker.

    `is_whole` means everything the giver has, otherwise what lies in the grids of `handover_grid`, or by a plan what
    lies on the ground of `handover_ground`. A hand-over for a leave ends at `until`.
    """

    __tablename__ = "handover"
    __table_args__ = (
        CheckConstraint("kind IN ('transfer', 'leave', 'plan', 'leaving')", name="kind"),
        CheckConstraint("state IN ('open', 'given', 'taken', 'cancelled')", name="state"),
        CheckConstraint("from_worker_id <> to_worker_id", name="to_another"),
        CheckConstraint("(state IN ('given', 'taken')) = (given_at IS NOT NULL)", name="given"),
        CheckConstraint("(state = 'taken') = (taken_at IS NOT NULL)", name="taken"),
        Index("ix_handover_opened_at", "opened_at", "id"),
        Index("ix_handover_from_worker_id", "from_worker_id"),
        Index("ix_handover_to_worker_id", "to_worker_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    from_worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    to_worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"))
    community_code: Mapped[str] = mapped_column(Text)
    is_whole: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    effective_at: Mapped[datetime] = mapped_column(MOMENT)
    until: Mapped[datetime | None] = mapped_column(MOMENT)
    leave_id: Mapped[UUID | None]
    plan_id: Mapped[UUID | None]
    move_id: Mapped[UUID | None] = mapped_column(ForeignKey("grid_move.id"))
    opened_by: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime] = mapped_column(MOMENT)
    given_by: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime | None] = mapped_column(MOMENT)
    taken_by: Mapped[str | None] = mapped_column(Text)
    taken_at: Mapped[datetime | None] = mapped_column(MOMENT)


class HandoverGrid(Base):
    """A grid whose work is handed over."""

    __tablename__ = "handover_grid"

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"), primary_key=True)
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"), primary_key=True)


class HandoverGround(Base):
    """A piece of ground that a plan passed on: what lay in the one version of a grid and lies in the other now.

    `is_most` when the grid that got it got most of its ground with it. Each piece is handed over once.
    """

    __tablename__ = "handover_ground"
    __table_args__ = (
        Index("ix_handover_ground_handover_id", "handover_id"),
        Index("ix_handover_ground_child_version_id", "child_version_id"),
    )

    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"))
    parent_version_id: Mapped[UUID] = mapped_column(ForeignKey("grid_version.id"), primary_key=True)
    child_version_id: Mapped[UUID] = mapped_column(ForeignKey("grid_version.id"), primary_key=True)
    is_most: Mapped[bool]


class HandoverItem(Base):
    """An open piece of work as it was named when a side confirmed; no names of people to be visited."""

    __tablename__ = "handover_item"
    __table_args__ = (
        CheckConstraint("kind IN ('incident', 'duty', 'pairing', 'patrol', 'correction')", name="kind"),
        CheckConstraint("passing IN ('by_itself', 'on_taking', 'stays')", name="passing"),
        UniqueConstraint("handover_id", "kind", "ref_id", name="uq_handover_item_once"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    handover_id: Mapped[UUID] = mapped_column(ForeignKey("handover.id"))
    kind: Mapped[str] = mapped_column(Text)
    ref_id: Mapped[UUID]
    grid_code: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(Text)
    due_at: Mapped[datetime | None] = mapped_column(MOMENT)
    passing: Mapped[str] = mapped_column(Text)
    named_at: Mapped[datetime] = mapped_column(MOMENT)
