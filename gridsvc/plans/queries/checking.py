"""Queries on what a drawn net is held against: the rivers, railways and roads in its communities."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

CLOSED = ("river", "railway")
ROADS = ("ring", "arterial", "collector")

_LINES = text(
    """
    SELECT line.kind, line.name, ST_AsBinary(line.geom) AS wkb FROM line
    WHERE line.kind = ANY(CAST(:kinds AS text[])) AND EXISTS (
        SELECT FROM area WHERE area.code = ANY(CAST(:communities AS text[]))
            AND area.valid @> clock_timestamp() AND area.geom && line.geom
    )
    """
)


_SEPARATE_PARTS = text(
    """
    SELECT own.key, ST_NumGeometries(own.geom) AS parts, ST_AsBinary(own.geom) AS wkb
    FROM plan_grid own LEFT JOIN (
        SELECT was.grid_id, ST_NumGeometries(was.geom) AS parts
        FROM plan_base base JOIN grid_version was ON was.id = base.grid_version_id WHERE base.plan_id = :plan_id
    ) was ON was.grid_id = own.grid_id
    WHERE own.plan_id = :plan_id AND ST_NumGeometries(own.geom) > coalesce(was.parts, 1)
    ORDER BY own.key
    """
)


def separate_parts(session: Session, plan_id: UUID) -> Sequence[Row[Any]]:
    """The drawn grids with more parts than the grid they were drawn from: key, parts and shape as WKB."""
    return session.execute(_SEPARATE_PARTS, {"plan_id": plan_id}).all()


def barriers(session: Session, communities: Sequence[str]) -> Sequence[Row[Any]]:
    """The rivers and railways near communities: kind, name and line as WKB."""
    return lines_near(session, communities, CLOSED)


def lines_near(session: Session, communities: Sequence[str], kinds: Sequence[str]) -> Sequence[Row[Any]]:
    """The lines of these kinds near communities: kind, name and line as WKB."""
    return session.execute(_LINES, {"communities": list(communities), "kinds": list(kinds)}).all()
