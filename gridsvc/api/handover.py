"""Hand-overs on the wire: opening, the list of open work, and confirming by both sides."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.body import StrictRoute
from gridsvc.api.downloads import download, told_as_table
from gridsvc.api.leave import worker_behind
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.pagination import Page, Pages
from gridsvc.handover import confirming, leaving
from gridsvc.handover.absences import hand_over_for_leave
from gridsvc.handover.openwork import CARE, OpenItem
from gridsvc.handover.queries import records
from gridsvc.handover.transfer import MOST_GRIDS, Transfer, transfer
from gridsvc.incidents.queries import catalogue
from gridsvc.people.enlisting import find_worker

router = APIRouter(prefix="/api/v1", tags=["handover"], route_class=StrictRoute)

State = Literal["open", "given", "taken", "cancelled"]
GridCode = Annotated[str, Field(min_length=1, max_length=64)]
Reason = Annotated[str, Field(min_length=1, max_length=confirming.LONGEST_REASON)]


class SideOut(BaseModel):
    """A side of a hand-over, and when and by whom it was confirmed."""

    worker_id: UUID
    number: str
    name: str
    confirmed_at: datetime | None
    confirmed_by: str | None


class NamedGrid(BaseModel):
    """A grid by code and name."""

    code: str
    name: str


class HandoverOut(BaseModel):
    """A hand-over; without a taker it waits for somebody to be named."""

    id: UUID
    kind: str = Field(json_schema_extra={"enum": ["transfer", "leave", "plan", "leaving"]})
    state: State
    giver: SideOut
    taker: SideOut | None
    community_code: str
    grids: list[NamedGrid]
    reason: str
    effective_at: datetime
    until: datetime | None
    leave_id: UUID | None
    plan_id: UUID | None
    opened_by: str
    opened_at: datetime


class OpenItemOut(BaseModel):
    """A piece of open work; people to be visited are named by the community's number alone.

    `passing`: by itself with the grid, when the taker confirms, or not at all.
    """

    kind: str = Field(json_schema_extra={"enum": ["incident", "duty", "pairing", "patrol", "correction"]})
    ref_id: UUID
    code: str
    what: str
    grid_code: str | None
    status: str | None
    due_at: datetime | None
    passing: str = Field(json_schema_extra={"enum": ["by_itself", "on_taking", "stays"]})


class HandoverDetail(HandoverOut):
    """A hand-over with every open piece of work: those of now until it is taken, then those that were taken over."""

    items: list[OpenItemOut]
    doors: int | None = Field(description="Doors on the ground that a plan passed on; null for any other hand-over.")
    may_give: bool
    may_take: bool


class TransferIn(BaseModel):
    """Grids to go from one worker to another at a moment, with the work that is open in them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "from_worker_id": "00000000-0000-7000-8000-000000000000",
                "to_worker_id": "00000000-0000-7000-8000-000000000001",
                "grid_codes": ["340302001001001"],
                "effective_at": "2026-12-01T00:00:00+08:00",
                "reason": "岗位调整",
            }
        },
    )

    from_worker_id: UUID
    to_worker_id: UUID
    grid_codes: Annotated[list[GridCode], Field(min_length=1, max_length=MOST_GRIDS)]
    effective_at: BodyMoment
    until: BodyMoment | None = Field(None, description="Then the grids come back; left out: for good.")
    reason: Reason


@router.get("/handovers", summary="Hand-overs")
def list_handovers(
    actor: deps.CurrentActor,
    session: deps.MapReading,
    paging: Pages,
    state: State | None = None,
    worker_id: UUID | None = None,
) -> Page[HandoverOut]:
    """Those of one's jurisdiction and one's own, the newest first."""
    actor = actor.by("handover.read")
    rows = records.list_handovers(
        session,
        actor.scope,
        worker_id=worker_id,
        states=[state] if state else (),
        after=paging.after(datetime, UUID),
        limit=paging.limit + 1,
    )
    named = records.grids_named(session, [row.id for row in rows])
    return paging.page(rows, lambda row: HandoverOut(**_out(row, named)), key=lambda row: (row.opened_at, row.id))


@router.get("/me/handovers", summary="My hand-overs")
def my_handovers(actor: deps.CurrentActor, session: deps.MapReading) -> list[HandoverOut]:
    """Those that wait for somebody, of which the worker behind the account is a side."""
    actor = actor.by("handover.read")
    me = worker_behind(actor)
    rows = records.list_handovers(session, actor.scope, worker_id=me, states=("open", "given"), limit=100)
    named = records.grids_named(session, [row.id for row in rows])
    return [HandoverOut(**_out(row, named)) for row in rows]


@router.post("/handovers", status_code=201, response_model=HandoverDetail, summary="Hand grids over")
def hand_over(
    wanted: TransferIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """The other worker answers for the grids from the moment on; what was accepted waits until it is taken over."""

    def make() -> HandoverDetail:
        now = deps.now()
        made = transfer(session, actor, Transfer(**wanted.model_dump()), now=now)
        return _detail(session, actor, made, now)

    return created(
        session,
        actor=actor,
        route="handovers",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/handovers/{made.id}",
    )


@router.get("/handovers/{handover_id}", summary="One hand-over")
def get_handover(
    handover_id: UUID, actor: deps.CurrentActor, session: deps.MapReading, held: deps.AppState
) -> HandoverDetail:
    """With every open piece of work."""
    actor = actor.by("handover.read")
    shown = _detail(session, actor, handover_id, deps.now())
    if people := sum(item.what == CARE for item in shown.items):
        record_read(held, session, actor, "handover.read", "handover", object_id=handover_id, detail={"count": people})
    return shown


@router.get(
    "/handovers/{handover_id}/list.xlsx",
    summary="The hand-over list as a table",
    response_class=Response,
    responses=told_as_table("An Excel table to be read, printed and signed."),
)
def handover_sheet(
    handover_id: UUID, actor: deps.CurrentActor, session: deps.MapReading, held: deps.AppState
) -> Response:
    """The same items with Chinese headers. That it was taken is noted before it goes out."""
    from gridsvc.handover.sheet import SheetFacts, handover_workbook

    actor = actor.by("handover.read")
    row = confirming.visible_handover(session, actor, handover_id)
    items = confirming.handover_list(session, row, deps.now())
    doors = confirming.doors_passed(session, row, deps.now())
    grids = records.grids_named(session, [row.id]).get(row.id, [])
    facts = SheetFacts(grids, catalogue.names_of_categories(session), doors)
    content = handover_workbook(row, items, facts, timezone=held.settings.city_timezone)
    record_read(held, session, actor, "handover.export", "handover", object_id=row.id, detail={"rows": len(items)})
    return download(content, "handover")


@router.post("/handovers/{handover_id}/give", summary="Confirm what I hand over")
def give(handover_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> HandoverDetail:
    """The giver says that the list is complete; for one who cannot, whoever manages hand-overs does."""
    confirming.confirm_giving(session, actor, handover_id, now=deps.now())
    return _detail(session, actor, handover_id, deps.now())


@router.post("/handovers/{handover_id}/take", summary="Confirm that I take over")
def take(handover_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> HandoverDetail:
    """Accepted incidents and pairings are the taker's from now on."""
    confirming.confirm_taking(session, actor, handover_id, now=deps.now())
    return _detail(session, actor, handover_id, deps.now())


@router.post("/handovers/{handover_id}/cancel", summary="Take a hand-over back")
def cancel(handover_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> HandoverDetail:
    """One that nobody took; who is responsible for the grids stays as it is."""
    confirming.cancel_handover(session, actor, handover_id, now=deps.now())
    return _detail(session, actor, handover_id, deps.now())


class TakerIn(BaseModel):
    """Who is to take over."""

    model_config = ConfigDict(extra="forbid")

    to_worker_id: UUID


@router.put("/handovers/{handover_id}/taker", summary="Name who takes over")
def set_taker(handover_id: UUID, named: TakerIn, actor: deps.CurrentActor, session: deps.Writing) -> HandoverDetail:
    """Of the open work; who answers for the grids is a matter of /responsibilities."""
    confirming.name_taker(session, actor, handover_id, named.to_worker_id)
    return _detail(session, actor, handover_id, deps.now())


class LeaveHandovers(BaseModel):
    """The hand-overs of a leave."""

    items: list[HandoverOut]


@router.post(
    "/leaves/{leave_id}/handovers", status_code=201, response_model=LeaveHandovers, summary="Hand over for a leave"
)
def leave_handovers(
    leave_id: UUID, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Opened with the approval, or now: one to each who covers, and one that waits for a taker where nobody does."""

    def make() -> LeaveHandovers:
        made = hand_over_for_leave(session, actor, leave_id, now=deps.now())
        named = records.grids_named(session, made)
        rows = [confirming.visible_handover(session, actor, each) for each in made]
        return LeaveHandovers(items=[HandoverOut(**_out(row, named)) for row in rows])

    return created(session, actor=actor, route=f"leaves/{leave_id}/handovers", key=key, body=body, make=make)


class LeftOut(BaseModel):
    """Something a worker has; while `blocks` it keeps them from leaving the service."""

    kind: str
    code: str
    message: str
    blocks: bool


class OpenWorkOut(BaseModel):
    """What a worker would leave behind at a moment."""

    worker_id: UUID
    at: datetime
    items: list[LeftOut]


@router.get("/workers/{worker_id}/open-work", summary="What a worker would leave behind")
def open_work(
    worker_id: UUID, at: deps.Moment, actor: deps.CurrentActor, session: deps.MapReading, held: deps.AppState
) -> OpenWorkOut:
    """Grids, accepted incidents, pairings, rounds and hand-overs, at a moment or later."""
    actor = actor.by("handover.read")
    row = find_worker(session, actor, worker_id)
    items = [
        LeftOut(kind=one.kind, code=one.code, message=one.words, blocks=leaving.keeps(one, as_vacancies=False))
        for one in leaving.work_left(session, row.id, at)
    ]
    if people := sum(item.kind == "pairing" for item in items):
        record_read(held, session, actor, "care.list", "care_subject", detail={"count": people})
    return OpenWorkOut(worker_id=row.id, at=at, items=items)


def _detail(session: deps.Reading | deps.Writing, actor: Actor, handover_id: UUID, now: datetime) -> HandoverDetail:
    row = confirming.visible_handover(session, actor, handover_id)
    manages = "handover.manage" in actor.permissions and actor.by("handover.manage").scope.covers(row.community_code)
    me = actor.scope.worker_id
    items = confirming.handover_list(session, row, now)
    return HandoverDetail(
        **_out(row, records.grids_named(session, [row.id])),
        items=[_item(item) for item in items],
        doors=confirming.doors_passed(session, row, now),
        may_give=row.state == "open" and (manages or me == row.from_worker_id),
        may_take=row.state == "given"
        and row.to_worker_id is not None
        and row.effective_at <= now
        and (manages or me == row.to_worker_id),
    )


def _item(item: OpenItem) -> OpenItemOut:
    return OpenItemOut(**item.values())


def _out(row: Any, named: dict[UUID, list[tuple[str, str]]]) -> dict[str, Any]:
    giver = SideOut(
        worker_id=row.from_worker_id,
        number=row.from_number,
        name=row.from_name,
        confirmed_at=row.given_at,
        confirmed_by=row.given_by,
    )
    taker = row.to_worker_id and SideOut(
        worker_id=row.to_worker_id,
        number=row.to_number,
        name=row.to_name,
        confirmed_at=row.taken_at,
        confirmed_by=row.taken_by,
    )
    kept = ("id", "kind", "state", "community_code", "reason", "effective_at", "until", "opened_by", "opened_at")
    return {name: getattr(row, name) for name in (*kept, "leave_id", "plan_id")} | {
        "giver": giver,
        "taker": taker,
        "grids": [NamedGrid(code=code, name=name) for code, name in named.get(row.id, [])],
    }
