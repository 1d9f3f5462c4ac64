"""Visits on the wire: logging them, and what a worker needs for it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.geography import unit
from gridsvc.api.incidents import Coordinate, PlacedGrid
from gridsvc.api.locate import LONGEST_CRS, UnitOut
from gridsvc.api.once import Key, created
from gridsvc.core.errors import Forbidden
from gridsvc.geography.queries import lookups
from gridsvc.infra.db import new_id
from gridsvc.patrols import coverage
from gridsvc.patrols.coverage import GridPatrol
from gridsvc.patrols.logged import LONGEST_NOTE, VisitReport
from gridsvc.patrols.queries import reading
from gridsvc.patrols.visits import VisitReceipt, record_visit
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
    accuracy_m: Annotated[float | None, Field(ge=0, le=100_000, allow_inf_nan=False, strict=True)] = None
    occurred_at: datetime | None = None
    note: Annotated[str | None, Field(max_length=LONGEST_NOTE)] = None
    synthetic: Annotated[bool, Field(strict=True, description="Made up, for a demonstration or a test.")] = False


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
    visit: VisitIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
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


class NamesOut(BaseModel):
    """A name in each language."""

    zh: str = Field(serialization_alias="zh-CN")
    en: str


class VisitKindOut(BaseModel):
    """A kind of visit: a service or a patrol."""

    key: str
    group: str
    name: NamesOut


class VisitKinds(BaseModel):
    """The city's catalogue of visits."""

    items: list[VisitKindOut]


@router.get("/visit-kinds", summary="Kinds of visit")
def visit_kinds(actor: deps.CurrentActor, session: deps.Reading) -> VisitKinds:
    """The catalogue as data; the shipped one is an example."""
    actor.require("map.read")
    kinds = reading.visit_kinds(session)
    return VisitKinds(
        items=[
            VisitKindOut(key=kind.key, group=kind.group, name=NamesOut(zh=kind.name_zh, en=kind.name_en))
            for kind in kinds
        ]
    )


class MyGrid(BaseModel):
    """A grid one holds or covers."""

    code: str
    name: str
    role: str
    patrol: str
    last_visit: datetime | None
    households: int | None
    community: UnitOut | None
    bbox: list[float]


class MyGrids(BaseModel):
    """The grids of a worker."""

    items: list[MyGrid]


@router.get("/me/grids", summary="My grids")
def my_grids(at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading, config: deps.Config) -> MyGrids:
    """The grids that the worker behind the account holds as main or backup, or covers, at a moment."""
    roles = {row.grid_id: row.role for row in people.grids_of_worker(session, worker_of(session, actor), at)}
    rules = deps.rules_of(config)
    patrol = coverage.patrol_status(
        session,
        at,
        cycle_days=rules.cycle_days,
        due_soon_share=rules.due_soon_share,
        grid_ids=list(roles),
    )
    grids = lookups.grids_by_id(session, roles, at)
    items = [_my_grid(grid, roles[grid.grid_id], patrol[grid.grid_id]) for grid in grids]
    return MyGrids(items=sorted(items, key=lambda grid: (ROLE_ORDER.index(grid.role), grid.code)))


ROLE_ORDER = ("main", "cover", "backup")


def _my_grid(grid: Any, role: str, patrol: GridPatrol) -> MyGrid:
    return MyGrid(
        code=grid.code,
        name=grid.name,
        role=role,
        patrol=patrol.status,
        last_visit=patrol.last_visit,
        households=grid.counts.get("households"),
        community=unit(grid.community_code, grid.community_name),
        bbox=[grid.west, grid.south, grid.east, grid.north],
    )


class MyVisit(BaseModel):
    """A visit one logged."""

    id: UUID
    client_id: UUID
    occurred_at: datetime
    grid_code: str | None
    kind: str
    result: str
    door: str | None
    note: str | None
    flags: list[str]


class MyVisits(BaseModel):
    """Visits of a worker, the newest first."""

    items: list[MyVisit]


@router.get("/me/visits", summary="My visits")
def my_visits(
    actor: deps.CurrentActor, session: deps.Reading, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> MyVisits:
    """What the worker behind the account logged last."""
    rows = reading.visits_of_worker(session, worker_of(session, actor), limit=limit)
    return MyVisits(items=[MyVisit(**row._mapping) for row in rows])
