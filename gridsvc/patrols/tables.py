"""Tables of visits: their kinds, the visits made, what hangs on them, and the ledger of doors reached."""

from datetime import date, datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Date, DateTime, Double, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class VisitKind(Base):
    """A kind of visit (service) or patrol; the catalogue is the city's own. The rows shipped are marked as examples."""

    __tablename__ = "visit_kind"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    group: Mapped[str] = mapped_column("kind_group", Text)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    is_example: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class Visit(Base):
    """A visit as logged. Its grid is the one of the net at the time it happened.

    `declared_at` is the time the device gave, if any; `occurred_at` is the one reckoned by, never after the receipt.
    `declared_grid_code` is the grid the worker named; the position decides when the two differ. A correction is a visit
    of its own that names the one it `corrects_id`; `void_at` is since when a visit no longer counts: it was corrected,
    or a person judged that it does not. Nothing else of a row ever changes.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint(
            "result IN ('done', 'nobody_home', 'refused') OR result = 'withdrawn' AND corrects_id IS NOT NULL",
            name="result",
        ),
        Index("ix_visit_grid_id", "grid_id", text("occurred_at DESC")),
        Index("ix_visit_worker_id", "worker_id", text("occurred_at DESC")),
        Index("ix_visit_occurred_at", "occurred_at", postgresql_include=["door_id", "result"]),
        Index("ix_visit_door_id", "door_id", text("occurred_at DESC"), postgresql_where=text("door_id IS NOT NULL")),
        Index(
            "ix_visit_subject_id",
            "subject_id",
            text("occurred_at DESC"),
            postgresql_where=text("subject_id IS NOT NULL"),
        ),
        Index("uq_visit_corrects_id", "corrects_id", unique=True, postgresql_where=text("corrects_id IS NOT NULL")),
        Index("uq_visit_incident_id", "incident_id", unique=True, postgresql_where=text("incident_id IS NOT NULL")),
        Index("ix_visit_void", "occurred_at", postgresql_where=text("void_at IS NOT NULL")),
        Index("ix_visit_placed", "occurred_at", postgresql_where=text("point IS NOT NULL OR raw_x IS NOT NULL")),
        Index("ix_visit_flagged", "occurred_at", "id", postgresql_where=text("flags <> '{}'")),
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
    subject_id: Mapped[UUID | None] = mapped_column(ForeignKey("care_subject.id"))
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    incident_id: Mapped[UUID | None] = mapped_column(ForeignKey("incident.id"))
    void_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class DoorDay(Base):
    """That a door was reached on a day of the city: by a visit that was done and counts, first at `first_at`.

    A ledger kept by a trigger on visits in the same transaction; `queries.ledger` can make it anew from the visits.
    """

    __tablename__ = "door_day"
    __table_args__ = (Index("ix_door_day_door_id", "door_id", "day"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    door_id: Mapped[UUID] = mapped_column(ForeignKey("door.id"), primary_key=True)
    first_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Photo(Base):
    """A photo as kept: encoded anew without anything but the picture, under the SHA-256 of its own bytes.

    `source_hash` is that of the bytes sent, so that the same file sent again is known before it is decoded.
    """

    __tablename__ = "photo"
    __table_args__ = (Index("ix_photo_source_hash", "source_hash"), Index("ix_photo_stored_at", "stored_at"))

    hash: Mapped[str] = mapped_column(Text, primary_key=True)
    source_hash: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    width_px: Mapped[int]
    height_px: Mapped[int]
    account_id: Mapped[UUID]
    stored_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class VisitPhoto(Base):
    """That a visit shows a photo; the file is kept while any such row names it."""

    __tablename__ = "visit_photo"
    __table_args__ = (Index("ix_visit_photo_photo_hash", "photo_hash"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    photo_hash: Mapped[str] = mapped_column(ForeignKey("photo.hash"), primary_key=True)


class VisitReview(Base):
    """What a person made of a flagged visit: it counts, or it does not. The visit itself stays."""

    __tablename__ = "visit_review"
    __table_args__ = (CheckConstraint("verdict IN ('counts', 'does_not_count')", name="verdict"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    verdict: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    reviewed_by: Mapped[str] = mapped_column(Text)
    reviewed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RegisterCorrection(Base):
    """What a worker found wrong in the register of doors; it changes nothing until the community confirms it."""

    __tablename__ = "register_correction"
    __table_args__ = (
        CheckConstraint("kind IN ('missing', 'gone', 'empty', 'moved')", name="kind"),
        CheckConstraint("state IN ('pending', 'confirmed', 'refused')", name="state"),
        CheckConstraint("(kind = 'missing') = (door_id IS NULL)", name="missing_has_no_door"),
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided"),
        Index("ix_register_correction_state", "state", "reported_at", "id"),
        Index("ix_register_correction_visit_id", "visit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    kind: Mapped[str] = mapped_column(Text)
    door_id: Mapped[UUID | None] = mapped_column(ForeignKey("door.id"))
    new_door_id: Mapped[UUID | None] = mapped_column(ForeignKey("door.id"))
    grid_id: Mapped[UUID | None] = mapped_column(ForeignKey("grid.id"))
    community_code: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default=text("'pending'"))
    reported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str | None] = mapped_column(Text)
