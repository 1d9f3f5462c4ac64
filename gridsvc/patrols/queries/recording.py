"""Statements that store one visit, resolve what it points to, and find the one already stored."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# The door and the grid that a visit names, as they were at its time, and how far its position is from them (metres).
# A code is unique in its scheme only; of two grids the living one is meant.
_NAMED = text(
    """
    SELECT door.id AS door_id, ST_X(door.point) AS door_x, ST_Y(door.point) AS door_y,
        coalesce(door.registered @> given.at, false) AS is_registered,
        ST_Distance(CAST(door.point AS geography), CAST(given.point AS geography)) AS from_door_m,
        named.grid_id IS NOT NULL AS is_grid_known, named.is_alive,
        version.grid_id, version.code, version.name, version.community_code,
        ST_Distance(CAST(version.geom AS geography), CAST(given.point AS geography)) AS from_grid_m,
        net_version.id AS net_version_id
    FROM (
        SELECT CAST(:at AS timestamptz) AS at,
            ST_SetSRID(ST_MakePoint(CAST(:x AS float8), CAST(:y AS float8)), 4326) AS point
    ) given
    LEFT JOIN door ON door.code = CAST(:door_code AS text)
    LEFT JOIN LATERAL (
        SELECT grid_code.grid_id, EXISTS (
            SELECT FROM grid_version WHERE grid_id = grid_code.grid_id AND valid @> given.at
        ) AS is_alive
        FROM code_scheme
        JOIN grid_code ON grid_code.scheme = code_scheme.key AND grid_code.code = CAST(:grid_code AS text)
        JOIN grid ON grid.id = grid_code.grid_id JOIN net ON net.id = grid.net_id AND net.key = :net_key
        ORDER BY is_alive DESC, grid_code.scheme LIMIT 1
    ) named ON true
    LEFT JOIN grid_version version ON version.grid_id = named.grid_id AND version.valid @> given.at
    LEFT JOIN LATERAL (
        SELECT id FROM net_version
        WHERE net_id = version.net_id AND effective_at <= given.at ORDER BY effective_at DESC LIMIT 1
    ) net_version ON true
    """
)

_INSERT = text(
    """
    INSERT INTO visit (
        id, client_id, county_code, worker_id, kind, net_version_id, grid_id, door_id, declared_grid_code,
        raw_x, raw_y, raw_crs, accuracy_m, point, declared_at, occurred_at, received_at, result, note, flags, synthetic
    )
    SELECT
        CAST(:id AS uuid), CAST(:client_id AS uuid), CAST(:county_code AS text), worker.id, visit_kind.key,
        CAST(:net_version_id AS uuid), CAST(:grid_id AS uuid), CAST(:door_id AS uuid), CAST(:grid_code AS text),
        CAST(:raw_x AS float8), CAST(:raw_y AS float8), CAST(:raw_crs AS text), CAST(:accuracy_m AS float8),
        ST_SetSRID(ST_MakePoint(CAST(:x AS float8), CAST(:y AS float8)), 4326), CAST(:declared_at AS timestamptz),
        CAST(:occurred_at AS timestamptz), CAST(:received_at AS timestamptz), CAST(:result AS text),
        CAST(:note AS text), CAST(:flags AS text[]), CAST(:synthetic AS boolean)
    FROM visit_kind, worker WHERE visit_kind.key = :kind AND worker.id = :worker_id
    ON CONFLICT (client_id) DO NOTHING
    RETURNING id
    """
)

_STORED = text(
    """
    SELECT visit.id, visit.client_id, visit.worker_id, visit.kind, visit.grid_id, visit.door_id,
        visit.declared_grid_code, visit.raw_x, visit.raw_y, visit.raw_crs, visit.accuracy_m, visit.declared_at,
        visit.occurred_at, visit.received_at, visit.result, visit.note, visit.flags, visit.synthetic,
        visit.net_version_id, door.code AS door_code, grid_version.code AS grid_code, grid_version.name AS grid_name
    FROM visit
    LEFT JOIN door ON door.id = visit.door_id
    LEFT JOIN grid_version ON grid_version.grid_id = visit.grid_id AND grid_version.valid @> visit.occurred_at
    WHERE visit.client_id = :client_id
    """
)

_KNOWN = text(
    """
    SELECT EXISTS (SELECT FROM visit_kind WHERE key = :kind) AS kind,
        EXISTS (SELECT FROM worker WHERE id = :worker_id) AS worker
    """
)


def named_places(session: Session, values: Mapping[str, Any]) -> Row[Any]:
    """The door and the grid named by code, their state at the time of the visit and their distance from its point."""
    return session.execute(_NAMED, values).one()


def insert_visit(session: Session, values: Mapping[str, Any]) -> UUID | None:
    """The identifier of the stored visit, or None when nothing was stored."""
    stored: UUID | None = session.scalar(_INSERT, values)
    return stored


def stored_visit(session: Session, client_id: UUID) -> Row[Any] | None:
    """The visit under that client identifier."""
    return session.execute(_STORED, {"client_id": client_id}).one_or_none()


def lists_know(session: Session, kind: str, worker_id: UUID) -> tuple[bool, bool]:
    """Whether the kind of visit and the worker exist."""
    row = session.execute(_KNOWN, {"kind": kind, "worker_id": worker_id}).one()
    return row.kind, row.worker
