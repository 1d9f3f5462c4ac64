"""Incidents that workers took on, on the wire: accepting, and who had one when."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.leave import worker_behind
from gridsvc.core.errors import NotFound
from gridsvc.handover import cases
from gridsvc.handover.queries import items as item_queries
from gridsvc.patrols.duties import own_grids

router = APIRouter(prefix="/api/v1", tags=["handover"], route_class=StrictRoute)


class CaseHolderOut(BaseModel):
    """Somebody who took an incident on, until when if no more."""

    worker_id: UUID
    number: str
    name: str
    since: datetime
    until: datetime | None


class CaseOut(BaseModel):
    """Everybody who took an incident on, the present one last."""

    incident_id: UUID
    holders: list[CaseHolderOut]


IncidentId = Annotated[UUID, Path(examples=["00000000-0000-7000-8000-000000000000"])]


@router.post("/incidents/{incident_id}/accept", summary="Take an incident on")
def accept_incident(incident_id: IncidentId, actor: deps.CurrentActor, session: deps.Writing) -> CaseOut:
    """It stays one's own, wherever its grid goes, until somebody else accepts it."""
    actor = actor.by("handover.confirm")
    worker_behind(actor)
    cases.accept_case(session, actor, incident_id, now=deps.now())
    return _case(session, incident_id)


@router.get("/incidents/{incident_id}/holders", summary="Who took an incident on")
def incident_holders(incident_id: IncidentId, actor: deps.CurrentActor, session: deps.MapReading) -> CaseOut:
    """In order of time."""
    actor = actor.by("incidents.read")
    row = item_queries.case(session, incident_id, deps.now())
    if row is None or not actor.scope.covers(row.community_code, row.grid_id):
        raise NotFound
    return _case(session, incident_id)


class MyCase(BaseModel):
    """An open incident that one took on, or may take on: then it has no `accepted_at` yet."""

    incident_id: UUID
    number: int
    category: str
    description: str | None
    address: str | None
    grid_code: str | None
    received_at: datetime
    accepted_at: datetime | None


@router.get("/me/cases", summary="Incidents I took on")
def my_cases(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.MapReading,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
    with_untaken: Annotated[
        bool, Query(description="Also those of the grids that I answer for which nobody took on; they come first.")
    ] = False,
) -> list[MyCase]:
    """Open ones, the oldest first. Those to be taken on are of grids that one answers for then and holds now."""
    # Not `Reading`: what one took on stays one's own, wherever its grid goes.
    actor = actor.by("incidents.read")
    me = worker_behind(actor)
    rows = list(item_queries.cases_of(session, me, at))
    if with_untaken and (answered := own_grids(session, me, at, now=deps.now())):
        rows = [*item_queries.untaken_in(session, answered, at), *rows]
    return [
        MyCase(
            incident_id=row.id,
            number=row.number,
            category=row.category,
            description=row.description,
            address=row.address,
            grid_code=row.grid_code,
            received_at=row.received_at,
            accepted_at=row.since,
        )
        for row in rows[:limit]
    ]


def _case(session: deps.Reading | deps.Writing, incident_id: UUID) -> CaseOut:
    rows = item_queries.holders_of(session, incident_id)
    holders = [
        CaseHolderOut(worker_id=row.worker_id, number=row.number, name=row.name, since=row.since, until=row.until)
        for row in rows
    ]
    return CaseOut(incident_id=incident_id, holders=holders)
