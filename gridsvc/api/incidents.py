"""Incidents on the wire: taking them in, listing them, and one in full."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.geography import visible_grid
from gridsvc.api.locate import LONGEST_CRS, NetRef, PointOut
from gridsvc.api.once import Key, created
from gridsvc.api.pagination import Page, Pages
from gridsvc.api.people import AnswerOut, answer_out
from gridsvc.core.errors import NotFound
from gridsvc.geography.queries import lookups
from gridsvc.incidents.intake import Receipt, take_in
from gridsvc.incidents.queries import reading
from gridsvc.incidents.reports import LONGEST_ADDRESS, LONGEST_DESCRIPTION, LONGEST_NAME, Report
from gridsvc.infra.db import new_id
from gridsvc.people.answer import who_answers

router = APIRouter(prefix="/api/v1/incidents", tags=["incidents"], route_class=StrictRoute)

# Strict: a text or a truth value is not silently taken for a number.
Coordinate = Annotated[float, Field(allow_inf_nan=False, strict=True)]


class IncidentIn(BaseModel):
    """A report. Coordinates need their datum; times need a zone; without coordinates it waits to be located by hand."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "client_id": "0b0f7e0e-3a3c-4d57-9a52-6f0a1c1f2e11",
                "channel": "hotline",
                "category": "exposed_rubbish",
                "description": "路口垃圾未清运（示例）",
                "x": 117.3889,
                "y": 32.9169,
                "crs": "GCJ-02",
                "occurred_at": "2026-11-20T08:30:00+08:00",
            }
        },
    )

    client_id: UUID | None = Field(None, description="The sender's own identifier; sent again, nothing is added.")
    channel: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    category: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    description: Annotated[str | None, Field(max_length=LONGEST_DESCRIPTION)] = None
    address: Annotated[str | None, Field(max_length=LONGEST_ADDRESS)] = None
    reporter_name: Annotated[str | None, Field(max_length=LONGEST_NAME)] = None
    reporter_phone: Annotated[str | None, Field(max_length=LONGEST_NAME)] = None
    x: Coordinate | None = None
    y: Coordinate | None = None
    crs: Annotated[str | None, Field(max_length=LONGEST_CRS)] = None
    occurred_at: datetime | None = None
    synthetic: Annotated[bool, Field(strict=True, description="Made up, for a demonstration or a test.")] = False


class PlacedGrid(BaseModel):
    """The grid something was routed to."""

    code: str
    name: str


class IncidentReceipt(BaseModel):
    """What was stored, and whose it is: state is routed, outside (of every grid) or unlocated (no coordinates)."""

    id: UUID
    number: int
    client_id: UUID
    state: str
    grid: PlacedGrid | None
    who: AnswerOut | None
    net_version: NetRef | None
    distance_to_border_m: float | None
    in_border_band: bool
    point: PointOut | None
    occurred_at: datetime
    received_at: datetime
    routed_at: datetime | None
    flags: list[str]


@router.post("", status_code=201, response_model=IncidentReceipt, summary="Report an incident")
def report_incident(
    report: IncidentIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Stored, located and routed in one transaction, by the net effective at the moment it is routed."""

    def make() -> IncidentReceipt:
        values = report.model_dump() | {"client_id": report.client_id or new_id()}
        return _receipt(session, actor, take_in(session, Report(**values), actor=actor))

    return created(
        session,
        actor=actor,
        route="incidents",
        key=key,
        body=body,
        make=make,
        location=lambda receipt: f"/api/v1/incidents/{receipt.id}",
    )


def _receipt(session: deps.Writing, actor: Actor, receipt: Receipt) -> IncidentReceipt:
    decision = receipt.decision
    answer = None
    if decision.grid_id and decision.routed_at:
        found = who_answers(session, decision.routed_at, [decision.grid_id]).get(decision.grid_id)
        visible = actor.scope.covers(decision.community_code, decision.grid_id)
        answer = answer_out(found, visible=visible)
    net = decision.net_version_id
    return IncidentReceipt(
        id=receipt.id,
        number=receipt.number,
        client_id=receipt.client_id,
        state=decision.state,
        grid=PlacedGrid(code=decision.grid_code or "", name=decision.grid_name or "") if decision.grid_id else None,
        who=answer,
        net_version=NetRef(id=str(net), number=decision.net_number or 0) if net else None,
        distance_to_border_m=decision.distance_to_border_m,
        in_border_band=decision.in_border_band,
        point=PointOut(x=receipt.point[0], y=receipt.point[1]) if receipt.point else None,
        occurred_at=receipt.occurred_at,
        received_at=receipt.received_at,
        routed_at=decision.routed_at,
        flags=list(receipt.flags),
    )


class IncidentOut(BaseModel):
    """An incident as a list shows it; `point` is WGS 84."""

    id: UUID
    number: int
    channel: str
    category: str
    description: str | None
    address: str | None
    state: str
    is_open: bool
    occurred_at: datetime
    received_at: datetime
    grid_code: str | None
    point: PointOut | None
    synthetic: bool


class RoutingOut(BaseModel):
    """One decision about whose territory it is."""

    routed_at: datetime
    reason: str
    grid: PlacedGrid | None
    net_version: UUID | None
    distance_to_border_m: float | None
    in_border_band: bool


class EventOut(BaseModel):
    """One thing that happened to it."""

    kind: str
    at: datetime
    actor: str
    details: dict[str, Any]


class IncidentDetail(IncidentOut):
    """An incident with its raw coordinates as declared, every routing decision, and the log of its life."""

    raw_x: float | None
    raw_y: float | None
    raw_crs: str | None
    routing: list[RoutingOut]
    events: list[EventOut]


@router.get("", summary="Incidents, page by page")
def incidents(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    paging: Pages,
    state: reading.State = "open",
    grid: Annotated[str | None, Query(max_length=64, description="Only those of the grid with this code.")] = None,
) -> Page[IncidentOut]:
    """Incidents of a state in one's jurisdiction, newest first: open, closed, all, or routed, unlocated, outside."""
    actor = actor.by("incidents.read")
    grid_id = visible_grid(session, actor, grid, at).grid_id if grid else None
    after = paging.after(datetime, UUID)
    rows = reading.incident_page(
        session, actor.scope, state=state, at=at, grid_id=grid_id, after=after, limit=paging.limit + 1
    )
    codes = grid_codes(session, rows[: paging.limit], at)
    return paging.page(rows, lambda row: _incident_out(row, codes, at), key=lambda row: (row.received_at, row.id))


@router.get("/{incident_id}", summary="One incident")
def incident(
    incident_id: UUID, request: Request, at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading
) -> IncidentDetail:
    """The report as received, each routing decision with the net version it was made by, and the log.

    At a moment before it was received there is none.
    """
    actor = actor.by("incidents.read")
    row = reading.incident(session, incident_id, actor.scope)
    if row is None or ("as_of" in request.query_params and row.received_at > at):
        raise NotFound
    shown = _incident_out(row, grid_codes(session, [row], at), at)
    return IncidentDetail(
        **shown.model_dump(),
        raw_x=row.raw_x,
        raw_y=row.raw_y,
        raw_crs=row.raw_crs,
        routing=[_routing(line) for line in reading.routings(session, incident_id)],
        events=[
            EventOut(kind=line.kind, at=line.at, actor=line.actor, details=line.details)
            for line in reading.events(session, incident_id)
        ],
    )


def grid_codes(session: deps.Reading, rows: Sequence[Any], at: datetime) -> dict[UUID, str]:
    """The codes that the grids of some incidents have at a moment."""
    grids = {row.grid_id for row in rows if row.grid_id}
    return {row.grid_id: row.code for row in lookups.grids_by_id(session, grids, at)} if grids else {}


def _incident_out(row: Any, codes: dict[UUID, str], at: datetime) -> IncidentOut:
    return IncidentOut(
        id=row.id,
        number=row.number,
        channel=row.channel,
        category=row.category,
        description=row.description,
        address=row.address,
        state=row.state,
        is_open=row.closed_at is None or row.closed_at > at,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        grid_code=codes.get(row.grid_id),
        point=None if row.x is None else PointOut(x=row.x, y=row.y),
        synthetic=row.synthetic,
    )


def _routing(row: Any) -> RoutingOut:
    return RoutingOut(
        routed_at=row.routed_at,
        reason=row.reason,
        grid=PlacedGrid(code=row.grid_code, name=row.grid_name) if row.grid_code else None,
        net_version=row.net_version_id,
        distance_to_border_m=row.distance_to_border_m,
        in_border_band=row.in_border_band,
    )
