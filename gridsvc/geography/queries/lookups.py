"""Queries that answer questions about single things: a grid and its past, its doors, a search, and counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select, text
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.geography.tables import Block, Door, GridVersion

_CARD = text(
    """
    SELECT v.grid_id, v.id AS grid_version_id, v.scheme, v.code, v.name, v.kind, v.area_m2, v.counts, v.synthetic,
        lower(v.valid) AS valid_from, upper(v.valid) AS valid_to, v.community_code,
        doors_within(v.geom, CAST(:at AS timestamptz)) AS doors,
        ST_XMin(v.geom) AS west, ST_YMin(v.geom) AS south, ST_XMax(v.geom) AS east, ST_YMax(v.geom) AS north,
        community.name AS community_name, coalesce(community.pilot, false) AS pilot,
        street.code AS street_code, street.name AS street_name,
        district.code AS district_code, district.name AS district_name
    FROM grid_version v
    LEFT JOIN area community ON community.code = v.community_code AND community.valid @> CAST(:at AS timestamptz)
    LEFT JOIN area street ON street.code = community.parent_code AND street.valid @> CAST(:at AS timestamptz)
    LEFT JOIN area district ON district.code = street.parent_code AND district.valid @> CAST(:at AS timestamptz)
    WHERE v.code = :code AND v.net_id = (SELECT id FROM net WHERE key = :net) AND v.valid @> CAST(:at AS timestamptz)
    ORDER BY v.scheme COLLATE "C" LIMIT 1
    """
)

_HISTORY = text(
    """
    SELECT v.code, v.name, lower(v.valid) AS valid_from, upper(v.valid) AS valid_to, n.number AS net_number
    FROM grid_version v JOIN net_version n ON n.id = v.net_version_id
    WHERE v.grid_id = :grid_id ORDER BY lower(v.valid)
    """
)

_GRIDS_BY_ID = text(
    """
    SELECT v.grid_id, v.code, v.name, v.kind, v.counts, v.community_code, community.name AS community_name,
        ST_XMin(v.geom) AS west, ST_YMin(v.geom) AS south, ST_XMax(v.geom) AS east, ST_YMax(v.geom) AS north
    FROM grid_version v
    LEFT JOIN area community ON community.code = v.community_code AND community.valid @> CAST(:at AS timestamptz)
    WHERE v.grid_id = ANY(CAST(:ids AS uuid[])) AND v.valid @> CAST(:at AS timestamptz)
    ORDER BY v.scheme COLLATE "C", v.code COLLATE "C"
    """
)

_SEARCH = text(
    """
    (SELECT 'grid' AS kind, v.code, v.name AS label, community.name AS detail, ARRAY[v.code] AS grid_codes,
        ST_XMin(v.geom) AS west, ST_YMin(v.geom) AS south, ST_XMax(v.geom) AS east, ST_YMax(v.geom) AS north, 9 AS level
     FROM grid_version v
     LEFT JOIN area community ON community.code = v.community_code AND community.valid @> CAST(:at AS timestamptz)
     WHERE v.net_id = (SELECT id FROM net WHERE key = :net) AND v.valid @> CAST(:at AS timestamptz)
       AND (v.code LIKE :prefix OR v.name ILIKE :inside OR community.name || v.name ILIKE :inside)
     ORDER BY v.code COLLATE "C" LIMIT :most)
    UNION ALL
    (SELECT 'area', area.code, area.name, above.name,
        CASE WHEN area.level = 5 THEN ARRAY(
            SELECT v.code FROM grid_version v
            WHERE v.community_code = area.code AND v.valid @> CAST(:at AS timestamptz) ORDER BY v.code COLLATE "C"
        ) ELSE '{}' END,
        ST_XMin(area.geom), ST_YMin(area.geom), ST_XMax(area.geom), ST_YMax(area.geom), area.level
     FROM area LEFT JOIN area above ON above.code = area.parent_code AND above.valid @> CAST(:at AS timestamptz)
     WHERE area.valid @> CAST(:at AS timestamptz) AND (area.code LIKE :prefix OR area.name ILIKE :inside)
     ORDER BY area.level, area.code COLLATE "C" LIMIT :most)
    ORDER BY level, code LIMIT :most
    """
)

_WITHOUT_OUTLINE = text(
    """
    WITH RECURSIVE outlined AS (
        SELECT code, parent_code FROM area WHERE geom IS NOT NULL AND valid @> CAST(:at AS timestamptz)
        UNION
        SELECT above.code, above.parent_code
        FROM outlined JOIN area above ON above.code = outlined.parent_code AND above.valid @> CAST(:at AS timestamptz)
    )
    SELECT area.code, area.name, area.level, area.kind FROM area
    WHERE area.valid @> CAST(:at AS timestamptz) AND area.code NOT IN (SELECT code FROM outlined)
      AND (area.parent_code IS NULL OR area.parent_code IN (SELECT code FROM outlined))
    ORDER BY area.code COLLATE "C"
    """
)

_COUNTS = text(
    """
    SELECT
        (SELECT count(*) FROM grid_version WHERE valid @> CAST(:at AS timestamptz)
            AND net_id = (SELECT id FROM net WHERE key = :net)) AS grids,
        (SELECT count(DISTINCT community_code) FROM grid_version WHERE valid @> CAST(:at AS timestamptz)
            AND net_id = (SELECT id FROM net WHERE key = :net)) AS communities_with_grids,
        (SELECT count(*) FROM area WHERE level = 5 AND valid @> CAST(:at AS timestamptz)) AS communities,
        (SELECT count(*) FROM area WHERE valid @> CAST(:at AS timestamptz)) AS areas,
        (SELECT count(*) FROM block) AS blocks,
        (SELECT count(*) FROM door WHERE registered @> CAST(:at AS timestamptz)) AS doors
    """
)


def grid_card(session: Session, code: str, at: datetime, net: str = "base") -> Row[Any] | None:
    """The grid that bears a code at a moment, with its areas, counts and number of doors."""
    return session.execute(_CARD, {"code": code, "at": at, "net": net}).one_or_none()


def grid_history(session: Session, grid_id: UUID) -> Sequence[Row[Any]]:
    """All versions of a grid, the oldest first."""
    return session.execute(_HISTORY, {"grid_id": grid_id}).all()


def grids_by_id(session: Session, grid_ids: Iterable[UUID], at: datetime) -> Sequence[Row[Any]]:
    """Grids at a moment with their community and box, in order of their codes."""
    return session.execute(_GRIDS_BY_ID, {"ids": list(grid_ids), "at": at}).all()


def doors_of_grid(
    session: Session,
    scope: Scope,
    grid_version_id: UUID,
    *,
    at: datetime,
    q: str = "",
    after: str = "",
    limit: int = 50,
) -> Sequence[Row[str, str]]:
    """Doors in a grid that `scope` allows, by code from `after` on; `q` is part of an address or begins a code.

    They are found by the blocks of the grid's community: under row security no spatial index may be asked first.
    """
    statement = (
        select(Door.code, Door.address)
        .join(Block, Block.id == Door.block_id)
        .join(
            GridVersion,
            and_(GridVersion.community_code == Block.community_code, func.ST_Covers(GridVersion.geom, Door.point)),
        )
        .where(
            GridVersion.id == grid_version_id,
            Door.registered.contains(at),
            within(scope, GridVersion.community_code, GridVersion.grid_id),
        )
    )
    if after:
        statement = statement.where(Door.code > after)
    if q:
        statement = statement.where(
            Door.address.icontains(q, autoescape=True) | Door.code.startswith(q, autoescape=True)
        )
    return session.execute(statement.order_by(Door.code).limit(limit)).all()


def search(session: Session, q: str, at: datetime, *, limit: int = 20, net: str = "base") -> Sequence[Row[Any]]:
    """Areas and grids whose code begins with `q` or whose name holds it, the upper levels first, grids last."""
    literal = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {"prefix": f"{literal}%", "inside": f"%{literal}%", "at": at, "net": net, "most": limit}
    return session.execute(_SEARCH, values).all()


def areas_without_outline(session: Session, at: datetime) -> Sequence[Row[Any]]:
    """Areas that the map must leave out, the topmost ones only: neither they nor anything in them has an outline."""
    return session.execute(_WITHOUT_OUTLINE, {"at": at}).all()


def ground_counts(session: Session, at: datetime, net: str = "base") -> Row[Any]:
    """How many grids, communities (with grids), areas, blocks and doors there are at a moment."""
    return session.execute(_COUNTS, {"at": at, "net": net}).one()
