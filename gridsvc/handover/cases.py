"""Who took an incident on: accepting is an explicit row, and whoever accepted keeps it until somebody else does."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Forbidden, NotFound
from gridsvc.handover.queries import items as queries
from gridsvc.infra.events import announce


def accept_case(session: Session, actor: Actor, incident_id: UUID, *, now: datetime) -> UUID:
    """Take an open incident of one's own grids on, also from somebody else; returns the worker who has it now.

    Refuses an incident out of sight, one that is closed, and an account that belongs to no worker. Accepting again
    what one has changes nothing.
    """
    actor = actor.by("handover.confirm")
    worker_id = actor.scope.worker_id
    if worker_id is None:
        raise Forbidden("This account does not belong to a grid worker.")
    row = visible_case(session, actor, incident_id, now)
    if row.closed_at is not None:
        raise Conflict("This incident is closed.")
    if row.held_by != worker_id:
        give_case(session, incident_id, worker_id, by=actor.username, now=now)
        audit.record(session, actor, "incident.accept", "incident", incident_id)
        announce(session, "incident")
    return worker_id


def give_case(
    session: Session, incident_id: UUID, worker_id: UUID, *, by: str, now: datetime, handover_id: UUID | None = None
) -> None:
    """Write down that a worker has an incident from now on; whoever had it until now has it no longer."""
    details = {"worker_id": str(worker_id)} | ({"handover_id": str(handover_id)} if handover_id else {})
    values = {"incident_id": incident_id, "worker_id": worker_id, "at": now, "by": by, "handover_id": handover_id}
    queries.take_case(session, values | {"details": json.dumps(details)})


def visible_case(session: Session, actor: Actor, incident_id: UUID, now: datetime) -> Any:
    """An incident in one's jurisdiction, or one that one took on; raises NotFound. Nobody else changes it meanwhile."""
    if not queries.lock_incident(session, incident_id):
        raise NotFound
    row = queries.case(session, incident_id, now)
    is_own = row is not None and row.held_by is not None and row.held_by == actor.scope.worker_id
    if row is None or not (is_own or actor.scope.covers(row.community_code, row.grid_id)):
        raise NotFound
    return row
