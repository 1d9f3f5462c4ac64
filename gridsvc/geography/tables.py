"""Tables of the ground: areas, blocks, doors, lines, and the versioned nets of grids laid over them.

Geometry is EPSG:4326 on a fixed grid of 1e-7 degrees, so that shared vertices are equal numbers.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from geoalchemy2 import Geometry, WKBElement
from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    DateTime,
    Double,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from gridsvc.infra.db import Base, new_id


def geometry(kind: str) -> Geometry:
    """A column type for `kind` in EPSG:4326; each table names its spatial index itself."""
    return Geometry(kind, srid=4326, spatial_index=False)


class Area(Base):
    """An administrative unit at one of five levels, for the time in which it existed like this."""

    __tablename__ = "area"
    __table_args__ = (
        ExcludeConstraint(("code", "="), ("valid", "&&"), name="ex_area_code_valid"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        Index("ix_area_geom", "geom", postgresql_using="gist"),
        Index("ix_area_parent_code", "parent_code"),
        Index("ix_area_name_trgm", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(Text)
    level: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    parent_code: Mapped[str | None] = mapped_column(Text)
    geom: Mapped[WKBElement | None] = mapped_column(geometry("MULTIPOLYGON"))
    pilot: Mapped[bool] = mapped_column(default=False)
    synthetic: Mapped[bool] = mapped_column(default=False)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class Block(Base):
    """The atom of division: a compound or street block, with counts whose kinds are data."""

    __tablename__ = "block"
    __table_args__ = (
        Index("ix_block_geom", "geom", postgresql_using="gist"),
        Index("ix_block_community_code", "community_code"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str | None] = mapped_column(Text)
    community_code: Mapped[str] = mapped_column(Text)
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTIPOLYGON"))
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    synthetic: Mapped[bool] = mapped_column(default=False)


class Door(Base):
    """A registered household address in a block."""

    __tablename__ = "door"
    __table_args__ = (
        Index("ix_door_point", "point", postgresql_using="gist"),
        Index("ix_door_block_id", "block_id"),
        Index("ix_door_registered_from", text("lower(registered)")),
        Index("ix_door_registered_to", text("upper(registered)"), postgresql_where=text("NOT upper_inf(registered)")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(Text, unique=True)
    block_id: Mapped[UUID] = mapped_column(ForeignKey("block.id"))
    address: Mapped[str] = mapped_column(Text)
    point: Mapped[WKBElement] = mapped_column(geometry("POINT"))
    registered: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    synthetic: Mapped[bool] = mapped_column(default=False)


class Line(Base):
    """A line that shows on the backdrop and can bar a division: a river or a road of some class."""

    __tablename__ = "line"
    __table_args__ = (Index("ix_line_geom", "geom", postgresql_using="gist"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTILINESTRING"))
    synthetic: Mapped[bool] = mapped_column(default=False)


class CodeSchemeRow(Base):
    """A code scheme as data: its segments and characters; see `gridsvc.core.codes`."""

    __tablename__ = "code_scheme"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Net(Base):
    """A network of grids over the city; the base net first, departments' own nets over it later."""

    __tablename__ = "net"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)


class NetVersion(Base):
    """One published state of a net, numbered in order of effect."""

    __tablename__ = "net_version"
    __table_args__ = (
        UniqueConstraint("net_id", "number", name="uq_net_version_number", deferrable=True, initially="DEFERRED"),
        UniqueConstraint("net_id", "effective_at", name="uq_net_version_effective_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    net_id: Mapped[UUID] = mapped_column(ForeignKey("net.id"))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    effective_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    published_by: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class Grid(Base):
    """The identity of a grid through all its versions."""

    __tablename__ = "grid"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    net_id: Mapped[UUID] = mapped_column(ForeignKey("net.id"))


class GridCode(Base):
    """A code once given; it belongs to its grid for ever."""

    __tablename__ = "grid_code"

    scheme: Mapped[str] = mapped_column(ForeignKey("code_scheme.key"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"), index=True)
    community_code: Mapped[str] = mapped_column(Text, index=True)
    sequence: Mapped[int | None]


class GridVersion(Base):
    """What a grid was during a time: its code, name, border, counts and community."""

    __tablename__ = "grid_version"
    __table_args__ = (
        # Identifiers of one moment look alike to a GiST index; their hashes do not.
        ExcludeConstraint((text("uuid_hash_extended(grid_id, 0)"), "="), ("valid", "&&"), name="ex_grid_version_valid"),
        Index("ix_grid_version_geom", "geom", postgresql_using="gist"),
        Index("ix_grid_version_code", "scheme", "code"),
        Index("ix_grid_version_community_code", "community_code"),
        Index("ix_grid_version_grid_id", "grid_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    grid_id: Mapped[UUID] = mapped_column(ForeignKey("grid.id"))
    net_id: Mapped[UUID] = mapped_column(ForeignKey("net.id"))
    net_version_id: Mapped[UUID] = mapped_column(ForeignKey("net_version.id"))
    scheme: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="basic")
    name: Mapped[str] = mapped_column(Text)
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTIPOLYGON"))
    area_m2: Mapped[float] = mapped_column(Double)
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    community_code: Mapped[str] = mapped_column(Text)
    synthetic: Mapped[bool] = mapped_column(default=False)
    valid: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)


class GridOpening(Base):
    """A grid version made ready ahead of the instant at which it begins, and used up then; a batch begins together.

    `made_of` are the grids that a new or merged one was made of, the one that gave it most households first. Without a
    code it gets one then, in order of the places of its community (metres).
    """

    __tablename__ = "grid_opening"

    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    community_code: Mapped[str] = mapped_column(Text)
    version_id: Mapped[UUID]
    grid_id: Mapped[UUID]
    is_new: Mapped[bool]
    made_of: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    scheme: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    keeps_code: Mapped[bool]
    east_m: Mapped[float] = mapped_column(Double)
    north_m: Mapped[float] = mapped_column(Double)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    geom: Mapped[WKBElement] = mapped_column(geometry("MULTIPOLYGON"))
    area_m2: Mapped[float] = mapped_column(Double)
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    synthetic: Mapped[bool]


class GridClosing(Base):
    """A grid version that ends when those of its batch begin; `is_last` when nobody goes on as its grid."""

    __tablename__ = "grid_closing"

    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    community_code: Mapped[str] = mapped_column(Text)
    grid_id: Mapped[UUID]
    is_last: Mapped[bool]
