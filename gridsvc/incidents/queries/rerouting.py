"""Queries of re-routing: open incidents with their present territory, and new decisions about it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_OPEN = text(
    """
    SELECT incident.id, ST_X(incident.point) AS x, ST_Y(incident.point) AS y, decided.grid_id, decided.community_code
    FROM incident
    LEFT JOIN LATERAL (
        SELECT grid_id, community_code FROM routing
        WHERE routing.incident_id = incident.id ORDER BY routed_at DESC LIMIT 1
    ) decided ON true
    WHERE incident.closed_at IS NULL AND incident.point IS NOT NULL
      AND (CAST(:after AS uuid) IS NULL OR incident.id > CAST(:after AS uuid))
      AND (CAST(:communities AS text[]) IS NULL OR decided.community_code = ANY(CAST(:communities AS text[])))
    ORDER BY incident.id
    LIMIT :limit
    """
)

_DECIDE = text(
    """
    INSERT INTO routing (
        id, incident_id, net_version_id, grid_id, community_code, distance_to_border_m, in_border_band,
        routed_at, reason
    ) VALUES (
        :id, :incident_id, :net_version_id, :grid_id, :community_code, :distance_to_border_m, :in_border_band,
        :routed_at, :reason
    )
    """
)

_TELL = text(
    """
    INSERT INTO incident_event (id, incident_id, kind, at, actor, details)
    VALUES (
        :event_id, :incident_id, 'rerouted', :routed_at, :actor, jsonb_build_object('reason', CAST(:reason AS text))
    )
    """
)

_PLACE = text("UPDATE incident SET placement = :placement WHERE id = :incident_id")


def open_with_place(
    session: Session,
    *,
    communities: Sequence[str] | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Open incidents that have a point: (id, x, y, grid_id, community_code), the last decision's; WGS 84.

    Of some communities, by the last decision; after an id and at most so many, in order of their ids.
    """
    codes = None if communities is None else list(communities)
    return session.execute(_OPEN, {"communities": codes, "after": after, "limit": limit}).all()


def add_decisions(session: Session, decisions: Sequence[dict[str, Any]]) -> None:
    """Add routing decisions with a line each in the log, and let the incidents show where they are now."""
    for statement in (_DECIDE, _TELL, _PLACE):
        session.execute(statement, list(decisions))
