"""Statements that store many reports at once: staged by COPY, then moved over by a few INSERT … SELECT."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from gridsvc.infra.copying import copy_columns

_CREATE = text(
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_report (
        row_number integer, id uuid, client_id uuid, channel text, category text, description text, address text,
        reporter_name text, reporter_phone text, raw_x float8, raw_y float8, raw_crs text, x float8, y float8,
        placement text, county_code text, community_code text, net_version_id uuid, grid_id uuid, grid_code text,
        distance_to_border_m float8, in_border_band boolean, declared_at timestamptz, occurred_at timestamptz,
        received_at timestamptz, closed_at timestamptz, flags text[], routing_id uuid, received_event_id uuid,
        placed_event_id uuid, closed_event_id uuid
    ) ON COMMIT DROP
    """
)
_EMPTY = text("TRUNCATE incoming_report")
_COUNT = text("SELECT count(*) FROM incoming_report")

# A point that no grid has lies in a village, or at least in a county.
_PLACE_OUTSIDE = text(
    """
    UPDATE incoming_report SET
        community_code = CASE WHEN found.level = 5 THEN found.code END,
        county_code = left(found.code, 6) || '000000'
    FROM (
        SELECT row_number, area.code, area.level FROM incoming_report
        CROSS JOIN LATERAL (
            SELECT code, level FROM area
            WHERE valid @> CAST(:at AS timestamptz) AND level >= 3
              AND ST_Covers(geom, ST_SetSRID(ST_MakePoint(x, y), 4326))
            ORDER BY level DESC, code LIMIT 1
        ) area
        WHERE placement = 'outside'
    ) found
    WHERE found.row_number = incoming_report.row_number
    """
)

_STORE_REPORTS = text(
    """
    INSERT INTO incident (
        id, client_id, county_code, channel, category, description, address, reporter_name, reporter_phone,
        raw_x, raw_y, raw_crs, point, placement, declared_at, occurred_at, received_at, closed_at, flags, synthetic
    )
    SELECT id, client_id, county_code, channel, category, description, address, reporter_name, reporter_phone,
        raw_x, raw_y, raw_crs, ST_SetSRID(ST_MakePoint(x, y), 4326), placement, declared_at, occurred_at,
        received_at, closed_at, flags, :synthetic
    FROM incoming_report ORDER BY row_number
    ON CONFLICT (client_id) DO NOTHING
    """
)

# What is already there under another id was stored by somebody else, or by an earlier run.
_DROP_KNOWN = text(
    """
    WITH known AS (
        DELETE FROM incoming_report sent USING incident
        WHERE incident.client_id = sent.client_id AND incident.id <> sent.id
        RETURNING row_number, (incident.channel, incident.category, incident.description, incident.address,
            incident.reporter_name, incident.reporter_phone, incident.raw_x, incident.raw_y, incident.raw_crs,
            incident.declared_at, incident.synthetic) IS NOT DISTINCT FROM
            (sent.channel, sent.category, sent.description, sent.address, sent.reporter_name, sent.reporter_phone,
            sent.raw_x, sent.raw_y, sent.raw_crs, sent.declared_at, CAST(:synthetic AS boolean)) AS is_same
    )
    SELECT row_number, is_same FROM known ORDER BY row_number
    """
)

_STORE_ROUTING = text(
    """
    INSERT INTO routing (
        id, incident_id, net_version_id, grid_id, community_code, distance_to_border_m, in_border_band,
        routed_at, reason
    )
    SELECT routing_id, id, net_version_id, grid_id, community_code, distance_to_border_m, in_border_band, :routed_at,
        'import'
    FROM incoming_report WHERE placement <> 'unlocated'
    """
)

_STORE_EVENTS = text(
    """
    INSERT INTO incident_event (id, incident_id, kind, at, actor, details)
    SELECT event.id, incoming_report.id, event.kind, event.at, :actor, event.details
    FROM incoming_report, LATERAL (VALUES
        (received_event_id, 'received', received_at,
            CASE flags WHEN '{}' THEN '{"reason": "import"}'
            ELSE jsonb_build_object('reason', 'import', 'flags', flags) END),
        (placed_event_id, placement, CAST(:routed_at AS timestamptz),
            CASE WHEN grid_code IS NULL THEN '{}' ELSE jsonb_build_object('grid', grid_code) END),
        (closed_event_id, 'closed', closed_at, '{}')
    ) AS event (id, kind, at, details)
    WHERE event.at IS NOT NULL
    """
)

_LISTS = text("SELECT ARRAY(SELECT key FROM channel) AS channels, ARRAY(SELECT key FROM category) AS categories")

_NAMES = text(
    """
    SELECT 'channel' AS list, key, name_zh, name_en FROM channel
    UNION ALL SELECT 'category', key, name_zh, name_en FROM category
    """
)


def names_in_lists(session: Session) -> tuple[dict[str, str], dict[str, str]]:
    """Key, Chinese name and English name → key, for channels and for categories; a key counts before a name."""
    found: dict[str, dict[str, str]] = {"channel": {}, "category": {}}
    rows = session.execute(_NAMES).all()
    for column in ("name_en", "name_zh", "key"):
        for row in rows:
            found[row.list][getattr(row, column)] = row.key
    return found["channel"], found["category"]


def known_lists(session: Session) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of all channels and of all categories."""
    row = session.execute(_LISTS).one()
    return frozenset(row.channels), frozenset(row.categories)


def stage(session: Session, columns: Mapping[str, Sequence[Any]]) -> None:
    """Put located reports into the staging table, which is emptied first and goes with the transaction."""
    session.execute(_CREATE)
    session.execute(_EMPTY)
    given = {name: values for name, values in columns.items() if any(value is not None for value in values)}
    copy_columns(session, "incoming_report", given)


def store_staged(
    session: Session, *, routed_at: datetime, actor: str, synthetic: bool
) -> tuple[int, list[tuple[int, bool]]]:
    """Move the staged reports over; the number added, and (row number, same content) of those known before."""
    session.execute(_PLACE_OUTSIDE, {"at": routed_at})
    session.execute(_STORE_REPORTS, {"synthetic": synthetic})
    known = session.execute(_DROP_KNOWN, {"synthetic": synthetic}).all()
    session.execute(_STORE_ROUTING, {"routed_at": routed_at})
    session.execute(_STORE_EVENTS, {"routed_at": routed_at, "actor": actor})
    return session.scalars(_COUNT).one(), [(row.row_number, row.is_same) for row in known]
