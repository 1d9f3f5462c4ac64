"""Statements that store one report, and that find the one already stored under the same client identifier."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# Report, routing and log go in together in one statement: intake is paid for by the round trip.
# Without a row the report is already there, or its channel or category is unknown.
_INSERT = text(
    """
    WITH taken AS (
        INSERT INTO incident (
            id, client_id, county_code, channel, category, description, address, reporter_name, reporter_phone,
            raw_x, raw_y, raw_crs, point, placement, declared_at, occurred_at, received_at, flags, synthetic
        )
        SELECT
            CAST(:id AS uuid), CAST(:client_id AS uuid), CAST(:county_code AS text), channel.key, category.key,
            CAST(:description AS text), CAST(:address AS text),
            CAST(:reporter_name AS text), CAST(:reporter_phone AS text),
            CAST(:raw_x AS float8), CAST(:raw_y AS float8), CAST(:raw_crs AS text),
            ST_SetSRID(ST_MakePoint(CAST(:x AS float8), CAST(:y AS float8)), 4326), CAST(:placement AS text),
            CAST(:declared_at AS timestamptz), CAST(:occurred_at AS timestamptz), CAST(:received_at AS timestamptz),
            CAST(:flags AS text[]), CAST(:synthetic AS boolean)
        FROM channel, category WHERE channel.key = :channel AND category.key = :category
        ON CONFLICT (client_id) DO NOTHING
        RETURNING id, number
    ), decided AS (
        INSERT INTO routing (
            id, incident_id, net_version_id, grid_id, community_code, distance_to_border_m, in_border_band,
            routed_at, reason
        )
        SELECT
            CAST(:routing_id AS uuid), taken.id, CAST(:net_version_id AS uuid), CAST(:grid_id AS uuid),
            CAST(:community_code AS text), CAST(:distance_to_border_m AS float8), CAST(:in_border_band AS boolean),
            CAST(:routed_at AS timestamptz), 'intake'
        FROM taken WHERE :placement <> 'unlocated'
    ), logged AS (
        INSERT INTO incident_event (id, incident_id, kind, at, actor, details)
        SELECT event.id, taken.id, event.kind, event.at, :actor, event.details
        FROM taken, (VALUES
            (CAST(:received_event_id AS uuid), 'received', CAST(:received_at AS timestamptz),
             jsonb_strip_nulls(jsonb_build_object('flags', nullif(to_jsonb(CAST(:flags AS text[])), '[]')))),
            (CAST(:placed_event_id AS uuid), CAST(:placement AS text), CAST(:routed_at AS timestamptz),
             jsonb_strip_nulls(jsonb_build_object('grid', CAST(:grid_code AS text))))
        ) AS event (id, kind, at, details)
    )
    SELECT number FROM taken
    """
)

# The first routing is the one the receipt spoke of, whatever came later.
_STORED = text(
    """
    SELECT incident.id, incident.number, incident.client_id, incident.county_code, incident.channel, incident.category,
        incident.description, incident.address, incident.reporter_name, incident.reporter_phone,
        incident.raw_x, incident.raw_y, incident.raw_crs, incident.placement, incident.declared_at,
        incident.occurred_at, incident.received_at, incident.flags, incident.synthetic,
        ST_X(incident.point) AS x, ST_Y(incident.point) AS y,
        routing.net_version_id, net_version.number AS net_number, routing.grid_id, routing.community_code,
        routing.distance_to_border_m, coalesce(routing.in_border_band, false) AS in_border_band, routing.routed_at,
        grid_version.code AS grid_code, grid_version.name AS grid_name
    FROM incident
    LEFT JOIN LATERAL (
        SELECT * FROM routing WHERE incident_id = incident.id ORDER BY routed_at, id LIMIT 1
    ) routing ON true
    LEFT JOIN net_version ON net_version.id = routing.net_version_id
    LEFT JOIN grid_version ON grid_version.grid_id = routing.grid_id AND grid_version.valid @> routing.routed_at
    WHERE incident.client_id = :client_id
    """
)

_KNOWN = text(
    """
    SELECT EXISTS (SELECT FROM channel WHERE key = :channel) AS channel,
        EXISTS (SELECT FROM category WHERE key = :category) AS category
    """
)


def insert_report(session: Session, values: Mapping[str, Any]) -> int | None:
    """The number of the stored report, or None when nothing was stored."""
    number: int | None = session.scalar(_INSERT, values)
    return number


def stored_report(session: Session, client_id: UUID) -> Row[Any] | None:
    """The report under that client identifier with the first decision about it."""
    return session.execute(_STORED, {"client_id": client_id}).one_or_none()


def catalogue_knows(session: Session, channel: str, category: str) -> tuple[bool, bool]:
    """Whether the channel and the category are in the city's lists."""
    row = session.execute(_KNOWN, {"channel": channel, "category": category}).one()
    return row.channel, row.category
