"""Tables of care: people to be visited, the classes they are visited by, and the workers paired with them."""

from datetime import datetime
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


class CareClass(Base):
    """A class of people to be visited. Those of a sensitive class are seen by pairing, not by area alone."""

    __tablename__ = "care_class"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    sensitive: Mapped[bool]


class CareSubject(Base):
    """Somebody to be visited, from when to when they are registered.

    `number` is the community's own. `point` is where they live: their door's place, or one given by hand. The grid is
    never stored: it is the one that has the point in the net of the day asked about.
    """

    __tablename__ = "care_subject"
    __table_args__ = (
        UniqueConstraint("community_code", "number", name="uq_care_subject_number"),
        CheckConstraint("revision > 0", name="revision"),
        Index("ix_care_subject_class_code", "class_code"),
        Index("ix_care_subject_door_id", "door_id"),
        Index("ix_care_subject_point", "point", postgresql_using="gist"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(Text)
    class_code: Mapped[str] = mapped_column(ForeignKey("care_class.code"))
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    id_number: Mapped[str | None] = mapped_column(Text)
    door_id: Mapped[UUID | None] = mapped_column(ForeignKey("door.id"))
    community_code: Mapped[str] = mapped_column(Text)
    point: Mapped[WKBElement | None] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False))
    registered: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    revision: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    synthetic: Mapped[bool] = mapped_column(default=False)


class CarePairing(Base):
    """A worker who looks after a subject, for a time; a subject may have several, each once at a time."""

    __tablename__ = "care_pairing"
    __table_args__ = (
        ExcludeConstraint(("worker_id", "="), ("subject_id", "="), ("valid", "&&"), name="ex_care_pairing_once"),
        Index("ix_care_pairing_worker_id", "worker_id"),
        Index("ix_care_pairing_subject_id", "subject_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    worker_id: Mapped[UUID] = mapped_column(ForeignKey("worker.id"))
    subject_id: Mapped[UUID] = mapped_column(ForeignKey("care_subject.id"))
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
