"""Statements on what a phone keeps: the grids its worker answers for, with all their doors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_GRIDS = text(
    """
    SELECT version.code, version.name, version.community_code, count(door.id) AS door_count,
        md5(version.code || version.name || coalesce(string_agg(
            door.code || door.address || ST_AsText(door.point), ',' ORDER BY door.code), '')) AS digest,
        jsonb_agg(jsonb_build_array(door.code, door.address, ST_X(door.point), ST_Y(door.point)) ORDER BY door.code)
            FILTER (WHERE door.id IS NOT NULL) AS doors
    FROM grid_version version
    LEFT JOIN door ON :with_doors AND door.point && version.geom AND ST_Covers(version.geom, door.point)
        AND door.registered @> CAST(:at AS timestamptz)
    WHERE version.grid_id = ANY(CAST(:grids AS uuid[])) AND version.valid @> CAST(:at AS timestamptz)
    GROUP BY version.code, version.name, version.community_code ORDER BY version.code
    """
)
_CODES = text(
    """
    SELECT code FROM grid_version
    WHERE grid_id = ANY(CAST(:grids AS uuid[])) AND valid @> CAST(:at AS timestamptz)
    """
)


def grids_with_doors(
    session: Session, grid_ids: Sequence[UUID], at: datetime, *, with_doors: bool = True
) -> Sequence[Row[Any]]:
    """Grids with their doors and a digest of all that: (code, name, community_code, door_count, digest, doors)."""
    return session.execute(_GRIDS, {"grids": list(grid_ids), "at": at, "with_doors": with_doors}).all()


def codes_of(session: Session, grid_ids: Sequence[UUID], at: datetime) -> Sequence[str]:
    """The codes of grids at a moment."""
    return session.scalars(_CODES, {"grids": list(grid_ids), "at": at}).all()
