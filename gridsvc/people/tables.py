"""Tables of people: workers, stations, posts, functions, teams, dated responsibilities, absences and norms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, SmallInteger, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id

ALWAYS = text("tstzrange(NULL, NULL)")
FROM_NOW = text("tstzrange(now(), NULL)")


class Worker(Base):
    """A community worker; `left_at` is the moment from which they serve no more."""

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
    left_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revision: Mapped[int] = mapped_column(default=1, server_default=text("1"))


class Station(Base):
    """A social-work station (社工站); it exists from `opened_at` on, and is planned as long as that is unknown."""

    __tablename__ = "station"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    area_code: Mapped[str] = mapped_column(Text, index=True)
    address: Mapped[str | None] = mapped_column(Text)
    point: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    opened_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    synthetic: Mapped[bool] = mapped_column(default=False)


class Post(Base):
    """An authorised post of an area or a station for a time; who fills it are the rows of `post_holding`."""

    __tablename__ = "post"
    __table_args__ = (CheckConstraint("kind IN ('grid', 'counter', 'clerical', 'service')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(Text, unique=True)
    community_code: Mapped[str] = mapped_column(Text, index=True)
    station_id: Mapped[UUID | None] = mapped_column(ForeignKey("station.id"), index=True)
    kind: Mapped[str] = mapped_column(Text, default="grid", server_default="grid")
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE, server_default=ALWAYS)


class PostHolding(Base):
    """That a worker fills a post for a time: one worker a post, and one post a worker."""

    __tablename__ = "post_holding"
    __table_args__ = (
        ExcludeConstraint(("post_id", "="), ("valid", "&&"), name="ex_post_holding_post"),
        ExcludeConstraint(("worker_id", "="), ("valid", "&&"), name="ex_post_holding_worker"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("post.id"))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class ServiceLine(Base):
    """A service line (条线) that a worker can claim as a function; a list of the city."""

    __tablename__ = "service_line"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)


class WorkerFunction(Base):
    """A function of a worker for a time: one main one, and those claimed beside it (一人双岗)."""

    __tablename__ = "worker_function"
    __table_args__ = (
        CheckConstraint("rank IN ('main', 'second')", name="rank"),
        CheckConstraint("kind IN ('grid', 'counter', 'line')", name="kind"),
        CheckConstraint("(kind = 'line') = (line_key IS NOT NULL)", name="line_has_key"),
        ExcludeConstraint(
            ("worker_id", "="), ("valid", "&&"), where=text("rank = 'main'"), name="ex_worker_function_one_main"
        ),
        Index("ix_worker_function_worker_id", "worker_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    rank: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    line_key: Mapped[str | None] = mapped_column(ForeignKey("service_line.key"))
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class TeamRole(Base):
    """A role in the team of a grid (网格长, 楼道长, 民警 …); a list of the city."""

    __tablename__ = "team_role"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column(SmallInteger)


class TeamMember(Base):
    """Somebody in the team of a grid for a time: a worker of ours, or a person or organisation by name."""

    __tablename__ = "team_member"
    __table_args__ = (
        CheckConstraint("(worker_id IS NULL) <> (name IS NULL)", name="worker_or_name"),
        Index("ix_team_member_grid_id", "grid_id"),
        Index("ix_team_member_worker_id", "worker_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"))
    role_key: Mapped[str] = mapped_column(ForeignKey("team_role.key"))
    worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"))
    name: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    synthetic: Mapped[bool] = mapped_column(default=False)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class Responsibility(Base):
    """Who answers for a grid, as main or backup; a main row without worker is a named vacancy.

    `valid` is the time it speaks of, `recorded` the time in which the service held it to be so. Rows are only ever
    added, and `recorded` closed: a trigger sees to it.
    """

    __tablename__ = "responsibility"
    __table_args__ = (
        CheckConstraint("role IN ('main', 'backup')", name="role"),
        CheckConstraint("role = 'main' OR worker_id IS NOT NULL", name="only_main_may_be_vacant"),
        # Identifiers of one moment look alike to a GiST index; their hashes do not.
        ExcludeConstraint(
            (text("uuid_hash_extended(grid_id, 0)"), "="),
            ("valid", "&&"),
            ("recorded", "&&"),
            where=text("role = 'main'"),
            name="ex_responsibility_one_main",
            deferrable=True,
            initially="DEFERRED",
        ),
        ExcludeConstraint(
            (text("uuid_hash_extended(grid_id, 0)"), "="),
            (text("uuid_hash_extended(worker_id, 0)"), "="),
            ("valid", "&&"),
            ("recorded", "&&"),
            name="ex_responsibility_worker_once",
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
    recorded: Mapped[Range[datetime]] = mapped_column(TSTZRANGE, server_default=FROM_NOW)


class Leave(Base):
    """A worker's absence as it was held to be for a time; `request_id` is what all versions of one leave share.

    Only an approved leave counts. `cover_worker_id` stands in when that was settled: by hand before any backup, by
    rule where no backup is there.
    """

    __tablename__ = "leave"
    __table_args__ = (
        CheckConstraint("state IN ('requested', 'approved', 'refused', 'withdrawn', 'cancelled')", name="state"),
        CheckConstraint("cover_source IN ('hand', 'rule')", name="cover_source"),
        CheckConstraint("cover_worker_id IS DISTINCT FROM worker_id", name="cover_is_another"),
        CheckConstraint("NOT upper_inf(valid)", name="has_an_end"),
        ExcludeConstraint(
            ("worker_id", "="),
            ("valid", "&&"),
            ("recorded", "&&"),
            where=text("state IN ('requested', 'approved')"),
            name="ex_leave_one_at_a_time",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index("ix_leave_worker_id", "worker_id"),
        Index("ix_leave_valid", "valid", postgresql_using="gist"),
        Index("ix_leave_request_id", "request_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(default=new_id, server_default=text("gen_random_uuid()"))
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="approved", server_default="approved")
    cover_worker_id: Mapped[UUID | None] = mapped_column(ForeignKey("worker.id"))
    cover_source: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    written_by: Mapped[str | None] = mapped_column(Text)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    recorded: Mapped[Range[datetime]] = mapped_column(TSTZRANGE, server_default=FROM_NOW)


class DeviceContact(Base):
    """When a worker's device was last heard from; a silent device makes a status unknown, not overdue."""

    __tablename__ = "device_contact"

    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"), primary_key=True)
    heard_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Supervision(Base):
    """A supervision session (督导) at a station, from which the hours of a month are counted; voided, never deleted."""

    __tablename__ = "supervision"
    __table_args__ = (
        CheckConstraint(
            "NOT isempty(held) AND upper(held) - lower(held) <= interval '24 hours'", name="one_day_at_most"
        ),
        ExcludeConstraint(
            ("station_id", "="),
            ("supervisor", "="),
            ("held", "&&"),
            where=text("voided_at IS NULL"),
            name="ex_supervision_once",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    station_id: Mapped[UUID] = mapped_column(ForeignKey("station.id"))
    supervisor: Mapped[str] = mapped_column(Text)
    held: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    note: Mapped[str | None] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    voided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    void_reason: Mapped[str | None] = mapped_column(Text)


class NormProfile(Base):
    """A version of a set of staffing norms: rules with their numbers, valid for a time."""

    __tablename__ = "norm_profile"
    __table_args__ = (
        UniqueConstraint("key", "version", name="uq_norm_profile_version"),
        ExcludeConstraint(("key", "="), ("valid", "&&"), name="ex_norm_profile_valid"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
