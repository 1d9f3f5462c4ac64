"""Tables of incidents: the report as received, each routing decision, and the log of its life."""

from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class Channel(Base):
    """A way by which reports come in (hotline, patrol, residents' code, …)."""

    __tablename__ = "channel"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)


class Category(Base):
    """A class of incident; the lists differ by city, so they are data."""

    __tablename__ = "category"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)


class Incident(Base):
    """A report as received. Its raw coordinates and their declared datum are kept beside the stored point.

    `declared_at` is the time the sender gave, if any; `occurred_at` is the one reckoned by, never after the receipt.
    """

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("placement IN ('routed', 'outside', 'unlocated')", name="placement"),
        CheckConstraint("(placement = 'unlocated') = (point IS NULL)", name="unlocated_has_no_point"),
        Index("ix_incident_received_at", "received_at", "id"),
        Index("ix_incident_occurred_at", "occurred_at"),
        Index("ix_incident_point", "point", postgresql_using="gist"),
        Index("ix_incident_closed_at", "closed_at"),
        Index("ix_incident_open", "received_at", "id", postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)
    client_id: Mapped[UUID] = mapped_column(unique=True)
    county_code: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(ForeignKey("channel.key"))
    category: Mapped[str] = mapped_column(ForeignKey("category.key"))
    description: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    reporter_name: Mapped[str | None] = mapped_column(Text)
    reporter_phone: Mapped[str | None] = mapped_column(Text)
    raw_x: Mapped[float | None] = mapped_column(Double)
    raw_y: Mapped[float | None] = mapped_column(Double)
    raw_crs: Mapped[str | None] = mapped_column(Text)
    point: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    placement: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    occurred_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    synthetic: Mapped[bool] = mapped_column(default=False)


class Routing(Base):
    """One decision about whose territory an incident is; rows are only ever added."""

    __tablename__ = "routing"
    __table_args__ = (
        Index("ix_routing_incident_id", "incident_id", "routed_at"),
        Index("ix_routing_grid_id", "grid_id", "routed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    net_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("net_version.id"))
    grid_id: Mapped[UUID | None] = mapped_column(ForeignKey("grid.id"))
    community_code: Mapped[str | None] = mapped_column(Text)
    distance_to_border_m: Mapped[float | None] = mapped_column(Double)
    in_border_band: Mapped[bool] = mapped_column(default=False)
    routed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str] = mapped_column(Text)


class IncidentEvent(Base):
    """One thing that happened to an incident; rows are only ever added."""

    __tablename__ = "incident_event"
    __table_args__ = (Index("ix_incident_event_incident_id", "incident_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("incident.id"))
    kind: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
