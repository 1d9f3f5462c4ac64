"""Logging visits on the wire: one, or many at once from a phone that has signal again."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.incidents import Coordinate, PlacedGrid
from gridsvc.api.locate import LONGEST_CRS
from gridsvc.api.once import Key, created
from gridsvc.api.patrols import LONGEST_CODE, worker_of
from gridsvc.infra.db import new_id
from gridsvc.patrols.logged import LONGEST_ADDRESS, LONGEST_NOTE, MOST_PHOTOS, IncidentDraft, RegisterDraft, VisitReport
from gridsvc.patrols.syncing import MOST_ITEMS, ItemResult, record_batch
from gridsvc.patrols.visits import VisitReceipt, record_visit

router = APIRouter(prefix="/api/v1", tags=["patrols"], route_class=StrictRoute)

Code = Annotated[str, Field(max_length=LONGEST_CODE)]
PhotoHash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Result = Literal["done", "nobody_home", "refused", "withdrawn"]


class IncidentOfVisit(BaseModel):
    """What was found and is to be handled; place and time are those of the visit."""

    model_config = ConfigDict(extra="forbid")

    category: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE, examples=["exposed_rubbish"])]
    description: Annotated[str | None, Field(max_length=LONGEST_NOTE)] = None


class RegisterOfVisit(BaseModel):
    """What is wrong with the register of doors; it counts when the community has confirmed it."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["missing", "gone", "empty", "moved"]
    address: Annotated[str | None, Field(max_length=LONGEST_ADDRESS, description="Of a door that is new.")] = None


class VisitIn(BaseModel):
    """A visit: at a door, to a person, in a grid or at a place; at least one. The position is never asked by force."""

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
    result: Annotated[Result, Field(description="`withdrawn` only corrects: the visit was not made.")] = "done"
    grid_code: Code | None = None
    door_code: Code | None = None
    subject_id: UUID | None = Field(None, description="The person visited, as the list of the day names them.")
    stop_id: UUID | None = Field(None, description="The stop of a round that this visit reaches.")
    x: Coordinate | None = None
    y: Coordinate | None = None
    crs: Annotated[str | None, Field(max_length=LONGEST_CRS)] = None
    accuracy_m: Annotated[float | None, Field(ge=0, le=100_000, allow_inf_nan=False, strict=True)] = None
    occurred_at: datetime | None = None
    note: Annotated[str | None, Field(max_length=LONGEST_NOTE)] = None
    corrects: UUID | None = Field(None, description="Client identifier of one's own visit that this one replaces.")
    photos: Annotated[list[PhotoHash], Field(max_length=MOST_PHOTOS, description="Hashes that /photos gave.")] = []
    incident: IncidentOfVisit | None = None
    register_change: RegisterOfVisit | None = Field(None, alias="register")
    synthetic: Annotated[bool, Field(strict=True, description="Made up, for a demonstration or a test.")] = False

    def report(self) -> VisitReport:
        """The visit as the use case takes it."""
        plain: dict[str, Any] = self.model_dump(exclude={"incident", "register_change", "photos", "client_id"})
        return VisitReport(
            **plain,
            client_id=self.client_id or new_id(),
            photos=tuple(self.photos),
            incident=IncidentDraft(**self.incident.model_dump()) if self.incident else None,
            register=RegisterDraft(**self.register_change.model_dump()) if self.register_change else None,
        )


class VisitReceiptOut(BaseModel):
    """What was stored; `grid` is the one of the net at the time of the visit. Flags are for a person to judge."""

    id: UUID
    client_id: UUID
    grid: PlacedGrid | None
    net_version: UUID | None
    occurred_at: datetime
    received_at: datetime
    flags: list[str]
    incident: UUID | None = Field(None, description="The incident that the visit opened.")
    register_correction: UUID | None = Field(None, description="The correction that waits for the community.")


@router.post("/visits", status_code=201, response_model=VisitReceiptOut, summary="Log a visit")
def log_visit(
    visit: VisitIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Stored once however often it is sent; only an account that belongs to a worker can log visits."""

    def make() -> VisitReceiptOut:
        worker_id = worker_of(session, actor)
        return _receipt(record_visit(session, visit.report(), worker_id=worker_id, actor=actor))

    return created(session, actor=actor, route="visits", key=key, body=body, make=make)


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
        incident=receipt.incident_id,
        register_correction=receipt.register_id,
    )


class BatchVisitIn(VisitIn):
    """A visit of a batch: its identifier is the device's own, for an answer may be lost and everything sent again."""

    client_id: UUID = Field(description="The device's own identifier; sent again, nothing is added.")


class BatchIn(BaseModel):
    """Visits of one worker, in any order."""

    model_config = ConfigDict(extra="forbid")

    visits: Annotated[list[BatchVisitIn], Field(min_length=1, max_length=MOST_ITEMS)]


class ItemFault(BaseModel):
    """One place where a visit is wrong."""

    place: str
    code: str
    message: str


class ItemOut(BaseModel):
    """What became of one visit: stored now, stored before, or refused, which sending it again will not change."""

    client_id: UUID
    status: Literal["stored", "repeated", "refused"]
    receipt: VisitReceiptOut | None = None
    code: str | None = Field(None, description="Why it was refused; /problems lists the codes.")
    detail: str | None = None
    faults: list[ItemFault] = []


class BatchOut(BaseModel):
    """An answer for each visit, in the order sent."""

    items: list[ItemOut]


@router.post("/visits/batch", summary="Log many visits")
def log_visits(batch: BatchIn, actor: deps.CurrentActor, session: deps.Writing) -> BatchOut:
    """At most 50 visits of the worker behind the account. Each is stored whole or refused for itself.

    Everything accepted is on the disk when the answer comes. Without an answer, send the same again.
    """
    actor = actor.by("visits.create")
    reports = [visit.report() for visit in batch.visits]
    results = record_batch(session, reports, worker_id=worker_of(session, actor), actor=actor)
    return BatchOut(items=[_item(result) for result in results])


def _item(result: ItemResult) -> ItemOut:
    receipt, refusal = result.receipt, result.refusal
    if receipt is not None:
        status: Literal["stored", "repeated"] = "repeated" if receipt.repeated else "stored"
        return ItemOut(client_id=result.client_id, status=status, receipt=_receipt(receipt))
    assert refusal is not None
    faults = [ItemFault(place=one.place, code=one.code, message=one.message) for one in refusal.faults]
    return ItemOut(
        client_id=result.client_id, status="refused", code=refusal.code, detail=refusal.message, faults=faults
    )
