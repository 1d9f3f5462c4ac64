"""Incidents on the wire: taking them in."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.locate import LONGEST_CRS, NetRef, PointOut
from gridsvc.api.once import Key, created
from gridsvc.api.people import AnswerOut, answer_out
from gridsvc.incidents.intake import Receipt, take_in
from gridsvc.incidents.reports import LONGEST_ADDRESS, LONGEST_DESCRIPTION, LONGEST_NAME, Report
from gridsvc.infra.db import new_id
from gridsvc.people.answer import who_answers

router = APIRouter(prefix="/api/v1/incidents", tags=["incidents"], route_class=StrictRoute)

Coordinate = Annotated[float, Field(allow_inf_nan=False)]


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
    report: IncidentIn, key: Key, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing
) -> Response:
    """Stored, located and routed in one transaction, by the net effective at the moment it is routed."""

    def make() -> IncidentReceipt:
        values = report.model_dump() | {"client_id": report.client_id or new_id()}
        return _receipt(session, actor, take_in(session, Report(**values), actor=actor))

    return created(session, actor=actor, route="incidents", key=key, body=body, make=make)


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
