"""What a worker needs for logging visits: the kinds there are, the own grids, and what was logged before."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.geography import unit
from gridsvc.api.locate import UnitOut
from gridsvc.core.errors import Forbidden
from gridsvc.geography.queries import lookups
from gridsvc.patrols import coverage, kinds
from gridsvc.patrols.coverage import GridPatrol
from gridsvc.patrols.queries import reading
from gridsvc.people import queries as people

router = APIRouter(prefix="/api/v1", tags=["patrols"], route_class=StrictRoute)

LONGEST_CODE = 64


def worker_of(session: deps.Writing | deps.Reading, actor: Actor) -> UUID:
    """The worker the account belongs to; raises Forbidden when it belongs to none."""
    worker = people.worker_of_account(session, actor.account_id)
    if worker is None:
        raise Forbidden("This account does not belong to a grid worker.")
    worker_id: UUID = worker.id
    return worker_id


class NamesOut(BaseModel):
    """A name in each language."""

    zh: str = Field(serialization_alias="zh-CN")
    en: str


class VisitKindOut(BaseModel):
    """A kind of visit: a service or a patrol. One out of use stays, because old visits bear its key."""

    key: str
    group: str
    name: NamesOut
    is_active: bool
    is_example: bool = Field(description="Shipped as an example; the city has not made it its own.")


class VisitKinds(BaseModel):
    """The city's catalogue of visits."""

    items: list[VisitKindOut]


@router.get("/visit-kinds", summary="Kinds of visit")
def visit_kinds(actor: deps.CurrentActor, session: deps.Reading) -> VisitKinds:
    """The catalogue as data; the shipped one is an example."""
    actor.require("map.read")
    return VisitKinds(items=[_kind(kind) for kind in reading.visit_kinds(session)])


def _kind(kind: Any) -> VisitKindOut:
    return VisitKindOut(
        key=kind.key,
        group=kind.group,
        name=NamesOut(zh=kind.name_zh, en=kind.name_en),
        is_active=kind.is_active,
        is_example=kind.is_example,
    )


class VisitKindIn(BaseModel):
    """A kind of visit as the city wants it."""

    model_config = ConfigDict(extra="forbid")

    group: Literal["service", "patrol"]
    name_zh: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]
    name_en: Annotated[str, Field(min_length=1, max_length=LONGEST_CODE)]
    is_active: bool = True


KindKey = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,62}$", examples=["care_visit"])]


@router.put("/visit-kinds/{key}", summary="Add or change a kind of visit")
def set_visit_kind(key: KindKey, kind: VisitKindIn, actor: deps.CurrentActor, session: deps.Writing) -> VisitKindOut:
    """From then on it is the city's own and no example. Services and patrols are separate kinds."""
    return _kind(kinds.set_kind(session, key, **kind.model_dump(), now=deps.now(), actor=actor))


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
    actor = actor.by("map.read")
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
    void_at: datetime | None = Field(description="Since when it counts no longer: corrected, or judged so.")


class MyVisits(BaseModel):
    """Visits of a worker, the newest first."""

    items: list[MyVisit]


@router.get("/me/visits", summary="My visits")
def my_visits(
    actor: deps.CurrentActor, session: deps.Reading, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> MyVisits:
    """What the worker behind the account logged last."""
    actor = actor.by("visits.read")
    rows = reading.visits_of_worker(session, worker_of(session, actor), limit=limit)
    return MyVisits(items=[MyVisit(**row._mapping) for row in rows])
