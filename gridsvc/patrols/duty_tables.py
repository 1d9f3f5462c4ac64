"""Tables of what is due: norms, the working calendar, pauses, major changes, and rounds with their stops."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ARRAY, CheckConstraint, Date, DateTime, Double, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class VisitNorm(Base):
    """How often something is to be visited: a class of care subjects, grids, or doors, in the time it holds.

    The next visit is due `every` units after the last that counted, plus `grace_days`; on the next working day where
    `on_working_days`. `after_change_h` is how soon after a major change. `level` is the
    rule's own word for the class (high_risk, key, general, …). Without `kinds` every kind of visit counts.
    """

    __tablename__ = "visit_norm"
    __table_args__ = (
        CheckConstraint("target IN ('care', 'grid', 'door')", name="target"),
        CheckConstraint("unit IN ('day', 'week', 'month')", name="unit"),
        CheckConstraint("every BETWEEN 1 AND 1000", name="every"),
        CheckConstraint("grace_days BETWEEN 0 AND 60", name="grace"),
        CheckConstraint("after_change_h BETWEEN 1 AND 720", name="after_change"),
        ExcludeConstraint(("target", "="), ("class_key", "="), ("valid", "&&"), name="ex_visit_norm_valid"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    target: Mapped[str] = mapped_column(Text)
    class_key: Mapped[str] = mapped_column(Text)
    every: Mapped[int]
    unit: Mapped[str] = mapped_column(Text)
    grace_days: Mapped[int] = mapped_column(server_default=text("0"))
    on_working_days: Mapped[bool] = mapped_column(server_default=text("true"))
    after_change_h: Mapped[int | None]
    level: Mapped[str | None] = mapped_column(Text)
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    is_example: Mapped[bool] = mapped_column(server_default=text("false"))
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class CityDay(Base):
    """A day that the city itself declared working or free; it goes before every calendar."""

    __tablename__ = "city_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    is_working: Mapped[bool]
    name: Mapped[str] = mapped_column(Text)


class DutyPause(Base):
    """A time in which a subject, door or grid is not due: in hospital, moved away for a while, under rebuilding."""

    __tablename__ = "duty_pause"
    __table_args__ = (
        CheckConstraint("num_nonnulls(subject_id, door_id, grid_id) = 1", name="one_target"),
        CheckConstraint("NOT lower_inf(valid) AND NOT isempty(valid)", name="has_begin"),
        Index("ix_duty_pause_subject_id", "subject_id"),
        Index("ix_duty_pause_door_id", "door_id"),
        Index("ix_duty_pause_grid_id", "grid_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject_id: Mapped[UUID | None] = mapped_column(ForeignKey("care_subject.id"))
    door_id: Mapped[UUID | None] = mapped_column(ForeignKey("door.id"))
    grid_id: Mapped[UUID | None] = mapped_column(ForeignKey("grid.id"))
    reason: Mapped[str] = mapped_column(Text)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CareChange(Base):
    """A major change in the life of a care subject, after which somebody has to look soon; what it was is not kept."""

    __tablename__ = "care_change"
    __table_args__ = (Index("ix_care_change_subject_id", "subject_id", "happened_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("care_subject.id"))
    happened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PatrolRoute(Base):
    """A planned round through a grid: its stops in order, as data. Rounds under way keep the stops they began with."""

    __tablename__ = "patrol_route"
    __table_args__ = (Index("ix_patrol_route_grid_id", "grid_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(ForeignKey("visit_kind.key"))
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"))
    stops: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class Patrol(Base):
    """A round that somebody walked or is walking."""

    __tablename__ = "patrol"
    __table_args__ = (
        CheckConstraint("finished_at >= started_at", name="in_order"),
        Index("ix_patrol_worker_id", "worker_id", text("started_at DESC")),
        Index("ix_patrol_grid_id", "grid_id", text("started_at DESC")),
        Index("ix_patrol_started_at", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    client_id: Mapped[UUID] = mapped_column(unique=True)
    route_id: Mapped[UUID] = mapped_column(ForeignKey("patrol_route.id"))
    route_revision: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(ForeignKey("visit_kind.key"))
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PatrolStop(Base):
    """A stop of a round as it was when the round began, and the visit that reached it."""

    __tablename__ = "patrol_stop"
    __table_args__ = (
        CheckConstraint("kind IN ('point', 'door', 'block')", name="kind"),
        CheckConstraint("(visit_id IS NULL) = (reached_at IS NULL)", name="reached"),
        UniqueConstraint("patrol_id", "place", name="uq_patrol_stop_place"),
        Index("ix_patrol_stop_visit_id", "visit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    patrol_id: Mapped[UUID] = mapped_column(ForeignKey("patrol.id"))
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    door_id: Mapped[UUID | None] = mapped_column(ForeignKey("door.id"))
    block_id: Mapped[UUID | None] = mapped_column(ForeignKey("block.id"))
    point: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    radius_m: Mapped[float] = mapped_column(Double, server_default=text("50"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    reached_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
