"""Tables of patrols: kinds of visit, and the visits made."""

from datetime import datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ARRAY, CheckConstraint, DateTime, Double, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class VisitKind(Base):
    """A kind of visit (service) or patrol; the catalogue is the city's own."""

    __tablename__ = "visit_kind"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    group: Mapped[str] = mapped_column("kind_group", Text)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)


class Visit(Base):
    """A visit as logged. Its grid is the one of the net at the time it happened.

    `declared_at` is the time the device gave, if any; `occurred_at` is the one reckoned by, never after the receipt.
    `declared_grid_code` is the grid the worker named; the position decides when the two differ.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("result IN ('done', 'nobody_home', 'refused')", name="result"),
        Index("ix_visit_grid_id", "grid_id", text("occurred_at DESC")),
        Index("ix_visit_worker_id", "worker_id", text("occurred_at DESC")),
        Index("ix_visit_occurred_at", "occurred_at", postgresql_include=["door_id", "result"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    client_id: Mapped[UUID] = mapped_column(unique=True)
    county_code: Mapped[str | None] = mapped_column(Text)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    kind: Mapped[str] = mapped_column(ForeignKey("visit_kind.key"))
    net_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("net_version.id"))
    grid_id: Mapped[UUID | None] = mapped_column(ForeignKey("grid.id"))
    door_id: Mapped[UUID | None] = mapped_column(ForeignKey("door.id"))
    declared_grid_code: Mapped[str | None] = mapped_column(Text)
    raw_x: Mapped[float | None] = mapped_column(Double)
    raw_y: Mapped[float | None] = mapped_column(Double)
    raw_crs: Mapped[str | None] = mapped_column(Text)
    accuracy_m: Mapped[float | None] = mapped_column(Double)
    point: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    declared_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    occurred_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    result: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    flags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    synthetic: Mapped[bool] = mapped_column(default=False)
