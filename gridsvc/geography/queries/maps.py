"""Queries behind the map: shapes to draw, exact shapes for integrators, and the blocks and lines below them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

Box = tuple[float, float, float, float]

_GRIDS_OF_VERSION = text(
    """
    SELECT v.code, v.name, v.kind, v.community_code, ST_AsBinary(v.geom) AS wkb
    FROM net_version n JOIN grid_version v ON v.net_id = n.net_id AND v.valid @> n.effective_at
    WHERE n.id = :version ORDER BY v.scheme COLLATE "C", v.code COLLATE "C"
    """
)

# The text of each feature is put together by the server: parsing it into JSON values and back would take longer.
_EXACT_GRIDS = text(
    """
    SELECT '{"type":"Feature","id":' || to_json(v.code) || ',"geometry":' || ST_AsGeoJSON(v.geom, 7, 0)
        || ',"properties":' || json_build_object('code', v.code, 'scheme', v.scheme, 'name', v.name, 'kind', v.kind,
            'community_code', v.community_code, 'area_m2', round(v.area_m2), 'synthetic', v.synthetic) || '}'
    FROM grid_version v
    WHERE v.net_id = (SELECT id FROM net WHERE key = :net) AND v.valid @> CAST(:at AS timestamptz)
    ORDER BY v.scheme COLLATE "C", v.code COLLATE "C"
    """
)

_AREAS = text(
    """
    WITH own AS (
        SELECT community_code AS code, sum((counts ->> 'households')::bigint) AS households,
            sum((counts ->> 'population')::bigint) AS population
        FROM block GROUP BY community_code
    ), with_grids AS (
        SELECT DISTINCT community_code AS code FROM grid_version WHERE valid @> CAST(:at AS timestamptz)
    )
    SELECT area.code, area.name, area.level, area.kind, area.parent_code, area.synthetic, area.pilot,
        own.households, own.population, with_grids.code IS NOT NULL AS has_grids,
        ST_AsBinary(area.geom) AS wkb
    FROM area LEFT JOIN own USING (code) LEFT JOIN with_grids USING (code)
    WHERE area.valid @> CAST(:at AS timestamptz)
    ORDER BY area.level, area.code COLLATE "C"
    """
)

_LINES = text("SELECT kind, name, ST_AsBinary(geom) AS wkb FROM line ORDER BY kind, name, id")

_BLOCKS = text(
    """
    SELECT '{"type":"Feature","id":' || to_json(code) || ',"geometry":' || ST_AsGeoJSON(geom, 6, 0)
        || ',"properties":' || json_build_object('code', code, 'community_code', community_code, 'synthetic', synthetic,
            'households', (counts ->> 'households')::bigint, 'population', (counts ->> 'population')::bigint) || '}'
    FROM block WHERE geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326) ORDER BY id LIMIT :most
    """
)


def grids_of_version(session: Session, version: UUID) -> Sequence[Row[Any]]:
    """The grids of a net version with their shapes as WKB, in order of their codes."""
    return session.execute(_GRIDS_OF_VERSION, {"version": version}).all()


def exact_grid_features(session: Session, at: datetime, net: str) -> Sequence[str]:
    """The grids of a net at a moment as the texts of GeoJSON features, seven decimals."""
    return session.scalars(_EXACT_GRIDS, {"at": at, "net": net}).all()


def areas_with_counts(session: Session, at: datetime) -> Sequence[Row[Any]]:
    """All areas at a moment, the upper levels first, with the counts of their own blocks and shapes as WKB."""
    return session.execute(_AREAS, {"at": at}).all()


def lines(session: Session) -> Sequence[Row[Any]]:
    """All lines: kind, name and shape as WKB."""
    return session.execute(_LINES).all()


def block_features(session: Session, box: Box, most: int) -> Sequence[str]:
    """Blocks that touch a box as the texts of GeoJSON features, at most so many."""
    west, south, east, north = box
    values = {"west": west, "south": south, "east": east, "north": north, "most": most}
    return session.scalars(_BLOCKS, values).all()


_EXPORTS = {
    "grids": text(
        """
        SELECT v.code, v.name, v.kind, v.community_code AS community, v.counts, v.synthetic, ST_AsBinary(v.geom) AS wkb
        FROM grid_version v WHERE v.net_id = (SELECT id FROM net WHERE key = 'base')
          AND v.valid @> CAST(:at AS timestamptz)
        ORDER BY v.scheme COLLATE "C", v.code COLLATE "C"
        """
    ),
    "areas": text(
        """
        SELECT code, name, kind, parent_code AS parent, '{}'::jsonb AS counts, synthetic, ST_AsBinary(geom) AS wkb
        FROM area WHERE valid @> CAST(:at AS timestamptz) AND geom IS NOT NULL ORDER BY level, code COLLATE "C"
        """
    ),
    "blocks": text(
        """
        SELECT code, name, community_code AS community, counts, synthetic, ST_AsBinary(geom) AS wkb
        FROM block ORDER BY code COLLATE "C"
        """
    ),
}


def rows_to_export(session: Session, kind: str, at: datetime) -> Sequence[Row[Any]]:
    """Grids, areas or blocks as they are given out: their words, counts by kind and shape as WKB."""
    return session.execute(_EXPORTS[kind], {"at": at} if kind != "blocks" else {}).all()
