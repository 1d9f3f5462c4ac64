"""Open incidents as points on a map."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.incidents.queries import reading as incidents


def point_columns(session: Session, at: datetime, scope: Scope) -> dict[str, list[Any]]:
    """Open incidents that have a place, as columns of the same length; times in epoch seconds."""
    rows = incidents.open_points(session, at, scope)
    return {
        "id": [str(row.id) for row in rows],
        "number": [row.number for row in rows],
        "x": [row.x for row in rows],
        "y": [row.y for row in rows],
        "category": [row.category for row in rows],
        "state": [row.state for row in rows],
        "received_at": [int(row.received_at.timestamp()) for row in rows],
    }
