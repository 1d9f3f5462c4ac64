"""Queries that switch grids of a net at an instant: versions end, others begin, and what is to come is taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# Later versions are not in effect yet, so nothing was ever routed by their number.
_MAKE_ROOM = text(
    "UPDATE net_version SET number = number + 1 WHERE net_id = :net_id AND effective_at > CAST(:at AS timestamptz)"
)
_CLOSE_UP = text(
    "UPDATE net_version SET number = number - 1 WHERE net_id = :net_id AND effective_at > CAST(:at AS timestamptz)"
)
_VERSION_AT = text(
    "SELECT id, number FROM net_version WHERE net_id = :net_id AND effective_at = CAST(:at AS timestamptz)"
)
_NUMBER_AT = text(
    "SELECT count(*) + 1 FROM net_version WHERE net_id = :net_id AND effective_at < CAST(:at AS timestamptz)"
)
_REOPEN = text(
    """
    UPDATE grid_version SET valid = tstzrange(lower(valid), NULL)
    WHERE net_id = :net_id AND community_code = ANY(CAST(:communities AS text[]))
      AND upper(valid) = CAST(:at AS timestamptz)
    RETURNING grid_id
    """
)
_REMOVE = text(
    """
    DELETE FROM grid_version WHERE net_version_id = :version AND community_code = ANY(CAST(:communities AS text[]))
    RETURNING id, grid_id
    """
)
_DROP_EMPTY_VERSION = text(
    """
    DELETE FROM net_version WHERE id = :version
      AND NOT EXISTS (SELECT FROM grid_version WHERE net_version_id = net_version.id)
    RETURNING id
    """
)
_LIVING = """
    SELECT v.id, v.grid_id, v.scheme, v.code, v.kind, v.name, v.community_code, v.area_m2, v.counts, v.synthetic,
        v.net_version_id, lower(v.valid) AS since, {shape} AS wkb
    FROM grid_version v
    WHERE v.net_id = :net_id AND v.community_code = ANY(CAST(:communities AS text[])) AND upper_inf(v.valid)
    ORDER BY v.community_code, v.scheme COLLATE "C", v.code COLLATE "C"
"""
_LIVING_SHAPED = text(_LIVING.format(shape="ST_AsBinary(v.geom)"))
_LIVING_BARE = text(_LIVING.format(shape="CAST(NULL AS bytea)"))


def version_at(session: Session, net_id: UUID, at: datetime) -> Row[Any] | None:
    """The version of a net that takes effect at exactly this moment: (id, number)."""
    return session.execute(_VERSION_AT, {"net_id": net_id, "at": at}).one_or_none()


def make_room(session: Session, net_id: UUID, at: datetime) -> int:
    """The number of a version that takes effect at a moment; those that take effect later move up by one."""
    session.execute(_MAKE_ROOM, {"net_id": net_id, "at": at})
    return int(session.execute(_NUMBER_AT, {"net_id": net_id, "at": at}).scalar_one())


def close_up(session: Session, net_id: UUID, at: datetime) -> None:
    """Later versions move down by one, because the one at this moment is gone."""
    session.execute(_CLOSE_UP, {"net_id": net_id, "at": at})


def reopen(session: Session, net_id: UUID, communities: Sequence[str], at: datetime) -> list[UUID]:
    """Let what ends at a moment in these communities go on; returns the grids."""
    values = {"net_id": net_id, "communities": list(communities), "at": at}
    return list(session.scalars(_REOPEN, values))


def remove(session: Session, version: UUID, communities: Sequence[str]) -> Sequence[Row[Any]]:
    """Take back what a version of the net brought to these communities: (id, grid_id) of each grid version."""
    return session.execute(_REMOVE, {"version": version, "communities": list(communities)}).all()


def drop_empty_version(session: Session, version: UUID) -> bool:
    """Remove a version of the net that brings nothing any more; False if it still does."""
    return session.execute(_DROP_EMPTY_VERSION, {"version": version}).one_or_none() is not None


def living(session: Session, net_id: UUID, communities: Sequence[str], *, shaped: bool) -> Sequence[Row[Any]]:
    """The grids of communities that have no end so far, with their shapes as WKB or none, in order of their codes."""
    statement = _LIVING_SHAPED if shaped else _LIVING_BARE
    return session.execute(statement, {"net_id": net_id, "communities": list(communities)}).all()
