"""Workers on the wire: the register, what each does and holds, and leaving the service."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps, responsibilities
from gridsvc.api.audit import record_read
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag, tag_of
from gridsvc.api.geography import refuse_nul
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.pagination import Page, Pages
from gridsvc.handover import leaving as handover
from gridsvc.people import enlisting
from gridsvc.people.enlisting import Duty
from gridsvc.people.queries import answers, holding, leaves, posts, workers
from gridsvc.people.staffing import WorkerDraft

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=StrictRoute)

LONGEST = 64
Text = Annotated[str, Field(min_length=1, max_length=200)]
AreaCode = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
AreaQuery = Annotated[
    str | None, Query(pattern=r"^[0-9]{12}$", description="An area's code; what lies in it, too.", examples=[None])
]


class WorkerIn(BaseModel):
    """A worker to take on; `number` is the city's own."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "number": "W90001",
                "name": "示例新员",
                "community_code": "340302001001",
                "phone": "000-0000-9001",
            }
        },
    )

    number: Text
    name: Text
    community_code: AreaCode
    phone: Annotated[str | None, Field(max_length=200)] = None
    synthetic: Annotated[bool, Field(strict=True)] = False


class WorkerChange(BaseModel):
    """What of a worker is to be changed; what is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"phone": "000-0000-9002"}})

    name: Text | None = None
    community_code: AreaCode | None = None
    phone: Annotated[str | None, Field(max_length=200)] = None


class WorkerOut(BaseModel):
    """A worker; without an account they get no list on the phone. `revision` is also the ETag."""

    id: UUID
    number: str
    name: str
    phone: str | None
    community_code: str
    state: Literal["serving", "left"]
    left_at: datetime | None
    has_account: bool
    grids: int
    households: int | None = Field(description="Households of the grids held as main worker; null: not known.")
    post: str | None
    revision: int
    synthetic: bool


class DutyOut(BaseModel):
    """A function: rank is main, or second for one claimed beside it."""

    rank: str
    kind: str
    line_key: str | None = None
    name_zh: str | None = None
    name_en: str | None = None
    since: datetime | None = None


class HeldGrid(BaseModel):
    """A grid somebody holds as main or backup, or covers."""

    code: str
    name: str
    role: str


class LeaveLine(BaseModel):
    """A leave in short."""

    id: UUID
    since: datetime
    until: datetime
    state: str
    reason: str


class WorkerDetail(WorkerOut):
    """A worker with what they do, hold and are away for."""

    functions: list[DutyOut]
    held: list[HeldGrid]
    leaves: list[LeaveLine]
    notes: list[str]


@router.get("/workers", summary="Workers")
def list_workers(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    paging: Pages,
    area: AreaQuery = None,
    q: Annotated[str, Query(max_length=LONGEST, description="Part of a name or a number.")] = "",
    state: Literal["serving", "left", "all"] = "serving",
) -> Page[WorkerOut]:
    """Workers of one's jurisdiction by number, with their load at a moment."""
    actor = actor.by("people.read")
    refuse_nul(q)
    after = (paging.after(str) or ("",))[0]
    serving = {"serving": True, "left": False, "all": None}[state]
    rows = workers.list_workers(
        session, actor.scope, at=at, area_code=area, words=q, serving=serving, after=after, limit=paging.limit + 1
    )
    ids = [row.id for row in rows]
    loads, held = workers.loads(session, ids, at), posts.posts_of(session, ids, at)
    return paging.page(rows, lambda row: WorkerOut(**_worker(row, at, loads, held)), key=lambda row: (row.number,))


@router.get("/workers/{worker_id}", summary="One worker")
def get_worker(
    worker_id: UUID,
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    held: deps.AppState,
    response: Response,
) -> WorkerDetail:
    """Functions, grids, leaves and load at a moment."""
    actor = actor.by("people.read")
    shown = _detail(session, actor, worker_id, at, response)
    if shown.leaves:
        detail = {"count": len(shown.leaves), "worker": str(worker_id)}
        record_read(held, session, actor, "leave.list", "leave", detail=detail)
    return shown


@router.post("/workers", status_code=201, response_model=WorkerDetail, summary="Take a worker on")
def add_worker(
    worker: WorkerIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """`notes` says no_account as long as the worker cannot log in and so gets no list on the phone."""

    def make() -> WorkerDetail:
        made = enlisting.enlist(session, actor, WorkerDraft(**worker.model_dump()))
        return _detail(session, actor, made, deps.now())

    return created(
        session,
        actor=actor,
        route="workers",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/workers/{made.id}",
        etag=lambda made: tag_of(made.revision),
    )


@router.patch("/workers/{worker_id}", summary="Change a worker")
def change_worker(
    worker_id: UUID,
    change: WorkerChange,
    expected: Expectation,
    actor: deps.CurrentActor,
    session: deps.Writing,
    response: Response,
) -> WorkerDetail:
    """Name, phone or community; the number stays for ever."""
    enlisting.change_worker(session, actor, worker_id, change.model_dump(exclude_unset=True), expected)
    return _detail(session, actor, worker_id, deps.now(), response)


class LeavingIn(BaseModel):
    """From when on a worker serves no more."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"at": "2026-12-31T18:00:00+08:00"}})

    at: BodyMoment
    as_vacancies: Annotated[bool, Field(strict=True)] = Field(
        False, description="Leave the grids as named vacancies; otherwise they are to be given to somebody first."
    )


class LeavingOut(BaseModel):
    """What became of what they held: grids now vacant or without backup, leaves without cover, the free post."""

    vacant: list[str]
    without_backup: list[str]
    uncovered_leaves: list[UUID]
    post: str | None


@router.post("/workers/{worker_id}/leave-service", summary="Let a worker leave the service")
def leave_service(
    worker_id: UUID, leaving: LeavingIn, expected: Expectation, actor: deps.CurrentActor, session: deps.Writing
) -> LeavingOut:
    """Refused, with every piece, while open work would be left (`/workers/{worker_id}/open-work`)."""
    done = handover.leave_service(
        session, actor, worker_id, at=leaving.at, expected=expected, as_vacancies=leaving.as_vacancies
    )
    return LeavingOut(**vars(done))


class DutyIn(BaseModel):
    """A function: a grid, the counter, or a service line by its key."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["grid", "counter", "line"]
    line_key: Annotated[str | None, Field(max_length=LONGEST)] = None


class DutiesIn(BaseModel):
    """What a worker does from a moment on: one main function, and those claimed beside it (一人双岗)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"main": {"kind": "grid"}, "others": [{"kind": "line", "line_key": "mediation"}]}
        },
    )

    main: DutyIn
    others: Annotated[list[DutyIn], Field(max_length=10)] = []
    since: BodyMoment | None = None


@router.put("/workers/{worker_id}/functions", summary="Functions of a worker")
def set_functions(worker_id: UUID, duties: DutiesIn, actor: deps.CurrentActor, session: deps.Writing) -> list[DutyOut]:
    """What was done before stays readable by `as_of`."""
    since = duties.since or deps.now()
    others = [Duty(duty.kind, duty.line_key) for duty in duties.others]
    main = Duty(duties.main.kind, duties.main.line_key)
    enlisting.set_duties(session, actor, worker_id, main=main, others=others, since=since)
    return [_duty(row) for row in workers.functions_of(session, [worker_id], since)]


def _worker(row: Any, at: datetime, loads: dict[UUID, tuple[int, int | None]], held: dict[UUID, str]) -> dict[str, Any]:
    grids, households = loads.get(row.id, (0, None))
    return {
        "id": row.id,
        "number": row.number,
        "name": row.name,
        "phone": row.phone,
        "community_code": row.community_code,
        "state": "left" if row.left_at is not None and row.left_at <= at else "serving",
        "left_at": row.left_at,
        "has_account": row.has_account,
        "grids": grids,
        "households": households,
        "post": held.get(row.id),
        "revision": row.revision,
        "synthetic": row.synthetic,
    }


def _detail(
    session: deps.Reading | deps.Writing, actor: Actor, worker_id: UUID, at: datetime, response: Response | None = None
) -> WorkerDetail:
    row = enlisting.find_worker(session, actor, worker_id)
    if response is not None:
        tag(response, row.revision)
    roles = {held.grid_id: held.role for held in answers.grids_of_worker(session, worker_id, at)}
    grids = holding.grids_by_id(session, list(roles), at)
    away = leaves.overlapping(session, [worker_id], at, enlisting.LATEST, states=("requested", "approved"))
    return WorkerDetail(
        **_worker(row, at, workers.loads(session, [worker_id], at), posts.posts_of(session, [worker_id], at)),
        functions=[_duty(duty) for duty in workers.functions_of(session, [worker_id], at)],
        held=[HeldGrid(code=grid.code, name=grid.name, role=roles[grid.grid_id]) for grid in grids.values()],
        leaves=[
            LeaveLine(id=one.request_id, since=one.since, until=one.until, state=one.state, reason=one.reason)
            for one in away
        ],
        notes=[] if row.has_account else ["no_account"],
    )


def _duty(row: Any) -> DutyOut:
    return DutyOut(
        rank=row.rank,
        kind=row.kind,
        line_key=row.line_key,
        name_zh=row.name_zh,
        name_en=row.name_en,
        since=row.valid.lower,
    )


router.include_router(responsibilities.router)
