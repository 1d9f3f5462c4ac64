"""Where a point lies: the grid that has it at a moment, and the areas above it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# Plain text, because this runs for every report and every question: building it anew would cost more than running it.
# Codes are compared byte by byte, whatever the collation of the server, so that a border has one owner everywhere.
# The border is laid out in metres around the point: within a few kilometres a degree has one length each way.
_GRID_AT = text(
    """
    WITH here AS MATERIALIZED (
        SELECT ST_SetSRID(ST_MakePoint(:x, :y), 4326) AS point, CAST(:at AS timestamptz) AS at
    ), winner AS MATERIALIZED (
        SELECT v.* FROM here, grid_version v
        WHERE v.geom && here.point AND v.valid @> here.at AND ST_Covers(v.geom, here.point)
          AND v.net_id = (SELECT id FROM net WHERE key = :net)
        ORDER BY v.scheme COLLATE "C", v.code COLLATE "C" LIMIT 1
    )
    SELECT v.grid_id, v.id AS grid_version_id, v.scheme, v.code, v.name, v.kind, v.synthetic,
        n.id AS net_version_id, n.number AS net_number,
        ST_Distance(
            ST_Boundary(ST_TransScale(v.geom, -:x, -:y, :east_m, :north_m)), ST_SetSRID(ST_MakePoint(0, 0), 4326)
        ) AS distance_to_border_m,
        v.community_code, community.name AS community_name,
        street.code AS street_code, street.name AS street_name,
        district.code AS district_code, district.name AS district_name
    FROM here CROSS JOIN winner v
    CROSS JOIN LATERAL (
        SELECT id, number FROM net_version
        WHERE net_id = v.net_id AND effective_at <= here.at ORDER BY effective_at DESC LIMIT 1
    ) n
    LEFT JOIN area community ON community.code = v.community_code AND community.valid @> here.at
    LEFT JOIN area street ON street.code = community.parent_code AND street.valid @> here.at
    LEFT JOIN area district ON district.code = street.parent_code AND district.valid @> here.at
    """
)

_AREAS_AT = text(
    """
    WITH RECURSIVE chain AS (
        (SELECT code, level, name, parent_code FROM area
         WHERE geom && ST_SetSRID(ST_MakePoint(:x, :y), 4326) AND valid @> CAST(:at AS timestamptz)
           AND ST_Covers(geom, ST_SetSRID(ST_MakePoint(:x, :y), 4326))
         ORDER BY level DESC, code COLLATE "C" LIMIT 1)
        UNION ALL
        SELECT above.code, above.level, above.name, above.parent_code
        FROM chain JOIN area above ON above.code = chain.parent_code AND above.valid @> CAST(:at AS timestamptz)
    )
    SELECT code, level, name FROM chain ORDER BY level DESC
    """
)

_NET_AT = text(
    """
    SELECT v.id, v.number, v.effective_at, v.published_at, v.published_by
    FROM net_version v JOIN net ON net.id = v.net_id
    WHERE net.key = :net AND v.effective_at <= CAST(:at AS timestamptz) ORDER BY v.effective_at DESC LIMIT 1
    """
)

_NETS = text(
    """
    SELECT v.id, v.number, v.effective_at FROM net_version v JOIN net ON net.id = v.net_id
    WHERE net.key = :net ORDER BY v.effective_at
    """
)


def grid_at(
    session: Session, *, x: float, y: float, at: datetime, net: str, metres: tuple[float, float]
) -> Row[Any] | None:
    """The grid that covers the point at a moment, with the areas above it and the distance to its border."""
    values = {"x": x, "y": y, "at": at, "net": net, "east_m": metres[0], "north_m": metres[1]}
    return session.execute(_GRID_AT, values).one_or_none()


def areas_at(session: Session, *, x: float, y: float, at: datetime) -> Sequence[Row[Any]]:
    """The deepest area that covers the point at a moment and the areas above it, the deepest first."""
    return session.execute(_AREAS_AT, {"x": x, "y": y, "at": at}).all()


def net_at(session: Session, at: datetime, net: str) -> Row[Any] | None:
    """The net version in effect at a moment."""
    return session.execute(_NET_AT, {"at": at, "net": net}).one_or_none()


def net_versions(session: Session, net: str) -> Sequence[Row[Any]]:
    """All versions of a net in order of effect."""
    return session.execute(_NETS, {"net": net}).all()
