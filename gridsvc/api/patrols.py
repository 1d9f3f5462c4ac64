"""Visits on the wire: logging them, and what a worker needs for it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.incidents import Coordinate, PlacedGrid
from gridsvc.api.locate import LONGEST_CRS
from gridsvc.api.once import Key, created
from gridsvc.core.errors import Forbidden
from gridsvc.infra.db import new_id
from gridsvc.patrols.visits import LONGEST_NOTE, VisitReceipt, VisitReport, record_visit
from gridsvc.people import queries as people

router = APIRouter(prefix="/api/v1", tags=["patrols"], route_class=StrictRoute)

LONGEST_CODE = 64


class VisitIn(BaseModel):
    """A visit: at a door, in a grid or at a place; at least one of them. The position is never asked for by force."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "client_id": "5a9c9d0a-6a35-4a2f-8a53-9a1c3d6b7e22",
                "kind": "care_visit",
                "grid_code": "340302001001001",
                "result": "done",
                "occurred_at": "2026-11-20T09:05:00+08:00",
            }
        },
    )

    client_id: UUID | None = Field(None, description="The device's own identifier; sent again, nothing is added.")
    kind: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]
    result: Literal["done", "nobody_home", "refused"] = "done"
    grid_code: Annotated[str | None, Field(max_length=LONGEST_CODE)] = None
    door_code: Annotated[str | None, Field(max_length=LONGEST_CODE)] = None
    x: Coordinate | None = None
    y: Coordinate | None = None
    crs: Annotated[str | None, Field(max_length=LONGEST_CRS)] = None
    accuracy_m: Annotated[float | None, Field(ge=0, le=100_000, allow_inf_nan=False)] = None
    occurred_at: datetime | None = None
    note: Annotated[str | None, Field(max_length=LONGEST_NOTE)] = None


class VisitReceiptOut(BaseModel):
    """What was stored; `grid` is the one of the net at the time of the visit. Flags are for a person to judge."""

    id: UUID
    client_id: UUID
    grid: PlacedGrid | None
    net_version: UUID | None
    occurred_at: datetime
    received_at: datetime
    flags: list[str]


@router.post("/visits", status_code=201, response_model=VisitReceiptOut, summary="Log a visit")
def log_visit(
    visit: VisitIn, key: Key, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing
) -> Response:
    """Stored once however often it is sent; only an account that belongs to a worker can log visits."""

    def make() -> VisitReceiptOut:
        values = visit.model_dump() | {"client_id": visit.client_id or new_id()}
        worker_id = worker_of(session, actor)
        return _receipt(record_visit(session, VisitReport(**values), worker_id=worker_id, actor=actor))

    return created(session, actor=actor, route="visits", key=key, body=body, make=make)


def worker_of(session: deps.Writing | deps.Reading, actor: Actor) -> UUID:
    """The worker the account belongs to; raises Forbidden when it belongs to none."""
    worker = people.worker_of_account(session, actor.account_id)
    if worker is None:
        raise Forbidden("This account does not belong to a grid worker.")
    worker_id: UUID = worker.id
    return worker_id


def _receipt(receipt: VisitReceipt) -> VisitReceiptOut:
    grid = PlacedGrid(code=receipt.grid_code, name=receipt.grid_name or "") if receipt.grid_code else None
    return VisitReceiptOut(
        id=receipt.id,
        client_id=receipt.client_id,
        grid=grid,
        net_version=receipt.net_version_id,
        occurred_at=receipt.occurred_at,
        received_at=receipt.received_at,
        flags=list(receipt.flags),
    )
