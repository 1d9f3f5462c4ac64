"""Queries on grid versions made ready ahead of their instant, and their taking over: a batch begins at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, Row, text
from sqlalchemy.orm import Session

_FORGET = [
    text(
        f"DELETE FROM {table} WHERE batch_id = :batch_id AND (CAST(:communities AS text[]) IS NULL "  # noqa: S608 - ours
        "OR community_code = ANY(CAST(:communities AS text[])))"
    )
    for table in ("grid_opening", "grid_closing")
]
_SIZES = text(
    """
    SELECT (SELECT count(*) FROM grid_closing WHERE batch_id = :batch_id) AS closing,
        (SELECT count(*) FROM grid_opening WHERE batch_id = :batch_id) AS opening
    """
)
_REGISTER = text(
    "INSERT INTO grid (id, net_id) SELECT grid_id, :net_id FROM grid_opening WHERE batch_id = :batch_id AND is_new"
)
_UNCODED = text(
    """
    SELECT version_id, grid_id, scheme, code, name, community_code, east_m, north_m FROM grid_opening
    WHERE batch_id = :batch_id AND NOT keeps_code ORDER BY scheme COLLATE "C", key COLLATE "C"
    """
)
_LAST = text("SELECT grid_id FROM grid_closing WHERE batch_id = :batch_id AND is_last ORDER BY grid_id")
_CLOSE = text(
    """
    UPDATE grid_version v SET valid = tstzrange(lower(v.valid), CAST(:at AS timestamptz))
    FROM grid_closing c
    WHERE c.batch_id = :batch_id AND v.id = c.version_id AND upper_inf(v.valid)
      AND lower(v.valid) < CAST(:at AS timestamptz)
    """
)
# In the order of their communities, so that neighbours lie side by side in every index.
_OPEN = text(
    """
    INSERT INTO grid_version (
        id, grid_id, net_id, net_version_id, scheme, code, kind, name, geom, area_m2, counts, community_code,
        synthetic, valid
    )
    SELECT o.version_id, o.grid_id, :net_id, :net_version_id, o.scheme, coalesce(given.code, o.code), o.kind,
        coalesce(given.name, o.name), o.geom, o.area_m2, o.counts, o.community_code, o.synthetic,
        tstzrange(CAST(:at AS timestamptz), NULL)
    FROM grid_opening o
    LEFT JOIN unnest(CAST(:ids AS uuid[]), CAST(:codes AS text[]), CAST(:names AS text[])) AS given (id, code, name)
        ON given.id = o.version_id
    WHERE o.batch_id = :batch_id ORDER BY o.community_code, o.key
    """
)


def forget(session: Session, batch_id: UUID, communities: Sequence[str] | None = None) -> None:
    """Remove what was made ready, of some communities or all."""
    values = {"batch_id": batch_id, "communities": None if communities is None else list(communities)}
    for statement in _FORGET:
        session.execute(statement, values)


def sizes(session: Session, batch_id: UUID) -> Row[int, int]:
    """How many versions end, and how many begin."""
    return session.execute(_SIZES, {"batch_id": batch_id}).one()


def register(session: Session, batch_id: UUID, net_id: UUID) -> None:
    """Add the identities of new grids."""
    session.execute(_REGISTER, {"batch_id": batch_id, "net_id": net_id})


def uncoded(session: Session, batch_id: UUID) -> Sequence[Row[Any]]:
    """The openings that get another code than their grid has: version_id, grid_id, scheme, the code asked for, …"""
    return session.execute(_UNCODED, {"batch_id": batch_id}).all()


def last(session: Session, batch_id: UUID) -> list[UUID]:
    """The grids that nobody goes on as."""
    return list(session.scalars(_LAST, {"batch_id": batch_id}))


def close(session: Session, batch_id: UUID, at: datetime) -> int:
    """End the versions of a batch at a moment; returns how many were open until then."""
    return _count(session, _CLOSE, {"batch_id": batch_id, "at": at})


def begin(session: Session, batch_id: UUID, values: Mapping[str, Any]) -> int:
    """Begin the versions of a batch; `values`: net_id, net_version_id, at, and ids with the codes and names given."""
    return _count(session, _OPEN, {"batch_id": batch_id, **values})


def _count(session: Session, statement: Any, values: Mapping[str, Any]) -> int:
    done = session.execute(statement, values)
    assert isinstance(done, CursorResult)
    return done.rowcount
