"""Leave on the wire: asking, deciding, covering, taking back, and the calendar of a community."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.body import StrictRoute
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.pagination import Page, Pages
from gridsvc.api.people import KnownAt
from gridsvc.core.errors import Fault, Forbidden, InvalidInput, NotFound
from gridsvc.handover import absences
from gridsvc.people import leave
from gridsvc.people.leave import LeaveRequest
from gridsvc.people.queries import leaves

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=StrictRoute)

State = Literal["requested", "approved", "refused", "withdrawn", "cancelled"]
Reason = Annotated[str, Field(min_length=1, max_length=leave.LONGEST_REASON)]
Note = Annotated[str | None, Field(max_length=leave.LONGEST_REASON)]
AreaQuery = Annotated[str | None, Query(pattern=r"^[0-9]{12}$", description="An area's code; what lies in it, too.")]
MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"


class LeaveIn(BaseModel):
    """A leave to ask for: one's own, or with the right to approve, somebody's in one's jurisdiction."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "worker_id": "00000000-0000-7000-8000-000000000000",
                "since": "2026-12-01T00:00:00+08:00",
                "until": "2026-12-04T00:00:00+08:00",
                "reason": "年休假",
            }
        },
    )

    worker_id: UUID | None = Field(None, description="Left out: oneself.")
    since: BodyMoment
    until: BodyMoment | None = Field(None, description="Needed; an unknown end is estimated and prolonged later.")
    reason: Reason
    cover_worker_id: UUID | None = Field(None, description="Who covers; left out: the backup, or the city's rule.")


class CoverOut(BaseModel):
    """How one grid is covered: by hand, backup, rule, or uncovered, and then by nobody."""

    grid_code: str
    grid_name: str
    how: str
    name: str | None


class LeaveOut(BaseModel):
    """A leave as known at a moment; only an approved one counts."""

    id: UUID
    worker_id: UUID
    number: str
    name: str
    community_code: str
    since: datetime
    until: datetime
    reason: str
    state: str
    note: str | None
    by: str | None
    cover_worker_id: UUID | None
    cover_name: str | None
    cover_source: str | None
    known_from: datetime


class LeaveDetail(LeaveOut):
    """A leave with who covers each grid, and what else should be known."""

    covers: list[CoverOut]
    covers_others: list[UUID] = Field(description="Leaves of others that this worker is to cover meanwhile.")


@router.get("/leaves", summary="Leaves")
def list_leaves(
    actor: deps.CurrentActor,
    session: deps.Reading,
    held: deps.AppState,
    paging: Pages,
    known_at: KnownAt,
    area: AreaQuery = None,
    month: Annotated[str | None, Query(pattern=MONTH, description="Left out: from today on.")] = None,
    worker_id: UUID | None = None,
    state: State | None = None,
) -> Page[LeaveOut]:
    """Leaves that touch a month, by their beginning; as known now or at a moment."""
    actor = actor.by("people.read")
    since, until = _span(month, held.settings.city_timezone)
    rows = leaves.list_leaves(
        session,
        actor.scope,
        since=since,
        until=until,
        area_code=area,
        worker_id=worker_id,
        states=[state] if state else (),
        known_at=known_at,
        after=paging.after(datetime, UUID),
        limit=paging.limit + 1,
    )
    page = paging.page(rows, _out, key=lambda row: (row.since, row.request_id))
    record_read(held, session, actor, "leave.list", "leave", detail={"count": len(page.items)})
    return page


@router.get("/me/leaves", summary="My leaves")
def my_leaves(actor: deps.CurrentActor, session: deps.Reading, config: deps.Config, paging: Pages) -> Page[LeaveOut]:
    """Leaves of the worker behind the account that are not over for more than a year, by their beginning."""
    actor = actor.by("leave.request")
    me = worker_behind(actor)
    since, until = _span(None, config.city_timezone)
    rows = leaves.list_leaves(
        session,
        Scope(worker_id=me),
        since=since - leave.LONGEST_LEAVE,
        until=until,
        worker_id=me,
        after=paging.after(datetime, UUID),
        limit=paging.limit + 1,
    )
    return paging.page(rows, _out, key=lambda row: (row.since, row.request_id))


@router.post("/me/leaves/{leave_id}/withdraw", summary="Take my leave back")
def withdraw_leave(leave_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> LeaveDetail:
    """A requested one is withdrawn, an approved one cancelled; one that has begun ends now."""
    actor = actor.by("leave.request")
    me = worker_behind(actor)
    if leave.find_leave(session, actor, leave_id).worker_id != me:
        raise NotFound
    absences.cancel_leave(session, actor, leave_id)
    return _detail(session, actor, leave_id)


def worker_behind(actor: Actor) -> UUID:
    """The worker an account belongs to; raises Forbidden when it belongs to none."""
    if actor.scope.worker_id is None:
        raise Forbidden("This account does not belong to a grid worker.")
    return actor.scope.worker_id


class CalendarDay(BaseModel):
    """A day of the calendar: how many are away, for how many grids nobody covers."""

    day: date
    away: int
    requested: int


class CalendarOut(BaseModel):
    """Who of a community is away in a month; `days` counts for each day."""

    community_code: str
    month: str
    days: list[CalendarDay]
    leaves: list[LeaveOut]


@router.get("/leaves/calendar", summary="Calendar of leave")
def leave_calendar(
    community: Annotated[str, Query(pattern=r"^[0-9]{12}$", examples=["340302001001"])],
    month: Annotated[str, Query(pattern=MONTH, examples=["2026-11"])],
    actor: deps.CurrentActor,
    session: deps.Reading,
    held: deps.AppState,
) -> CalendarOut:
    """Requested and approved leaves of a community that touch a month, and how many are away on each day."""
    actor = actor.by("people.read")
    since, until = _span(month, held.settings.city_timezone)
    rows = leaves.list_leaves(
        session, actor.scope, since=since, until=until, area_code=community, states=leave.COUNTING, limit=1000
    )
    days = [since + timedelta(days=number) for number in range((until - since).days)]
    shown = CalendarOut(
        community_code=community,
        month=month,
        days=[_day(start, rows) for start in days],
        leaves=[_out(r) for r in rows],
    )
    record_read(held, session, actor, "leave.list", "leave", detail={"count": len(rows)})
    return shown


@router.get("/leaves/{leave_id}", summary="One leave")
def get_leave(
    leave_id: UUID, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState, known_at: KnownAt
) -> LeaveDetail:
    """With who covers each grid of the worker."""
    actor = actor.by("people.read")
    shown = _detail(session, actor, leave_id, known_at)
    record_read(held, session, actor, "leave.read", "leave", object_id=leave_id)
    return shown


@router.post("/leaves", status_code=201, response_model=LeaveDetail, summary="Ask for a leave")
def request_leave(
    asked: LeaveIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """It counts when it is approved. Refused with the reason: no end, an overlap, a cover who is away or oneself."""

    def make() -> LeaveDetail:
        worker_id = asked.worker_id or actor.scope.worker_id
        if worker_id is None:
            actor.require("leave.request")
            raise InvalidInput(faults=[Fault("body.worker_id", "missing", "Say whose leave it is.")])
        given = LeaveRequest(worker_id, asked.since, asked.until, asked.reason, asked.cover_worker_id)
        return _detail(session, actor, leave.request_leave(session, actor, given))

    return created(
        session,
        actor=actor,
        route="leaves",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/leaves/{made.id}",
    )


class ApprovalIn(BaseModel):
    """An approval; who covers may be named, else the backups do, or the city's rule finds somebody."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {}})

    cover_worker_id: UUID | None = None
    note: Note = None


class RefusalIn(BaseModel):
    """A refusal, with its reason."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"note": "当月集中检查，请改期"}})

    note: Reason


class NoteIn(BaseModel):
    """A note, if there is something to say."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {}})

    note: Note = None


class CoverIn(BaseModel):
    """Who covers; null: the backups do."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"cover_worker_id": None}})

    cover_worker_id: UUID | None


@router.post("/leaves/{leave_id}/approve", summary="Approve a leave")
def approve_leave(
    leave_id: UUID, given: ApprovalIn, actor: deps.CurrentActor, session: deps.Writing, config: deps.Config
) -> LeaveDetail:
    """From then on it counts, and its hand-over is open; the answer names who covers each grid, or that nobody does."""
    absences.approve_leave(
        session,
        actor,
        leave_id,
        rule=config.leave_cover_rule,
        cover_worker_id=given.cover_worker_id,
        note=given.note,
    )
    return _detail(session, actor, leave_id)


@router.post("/leaves/{leave_id}/refuse", summary="Refuse a leave")
def refuse_leave(leave_id: UUID, given: RefusalIn, actor: deps.CurrentActor, session: deps.Writing) -> LeaveDetail:
    """With a reason, which the worker sees."""
    leave.refuse_leave(session, actor, leave_id, note=given.note)
    return _detail(session, actor, leave_id)


@router.post("/leaves/{leave_id}/cancel", summary="Take a leave back")
def cancel_leave(leave_id: UUID, given: NoteIn, actor: deps.CurrentActor, session: deps.Writing) -> LeaveDetail:
    """A requested one is withdrawn, an approved one cancelled; one that has begun ends now."""
    actor = actor.by("leave.approve")
    absences.cancel_leave(session, actor, leave_id, note=given.note)
    return _detail(session, actor, leave_id)


@router.put("/leaves/{leave_id}/cover", summary="Say who covers a leave")
def cover_leave(leave_id: UUID, given: CoverIn, actor: deps.CurrentActor, session: deps.Writing) -> LeaveDetail:
    """By hand; null lets the backups cover again."""
    absences.cover_leave(session, actor, leave_id, given.cover_worker_id)
    return _detail(session, actor, leave_id)


def _span(month: str | None, zone: str) -> tuple[datetime, datetime]:
    """Beginning and end of a month in the city's time; without one, from today on."""
    if month is None:
        today = datetime.now(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
        return today, today + leave.FURTHEST_AHEAD + leave.LONGEST_LEAVE
    since = datetime(int(month[:4]), int(month[5:]), 1, tzinfo=ZoneInfo(zone))
    return since, (since + timedelta(days=32)).replace(day=1)


def _day(start: datetime, rows: Any) -> CalendarDay:
    end = start + timedelta(days=1)
    there = [row for row in rows if row.since < end and row.until > start]
    away = sum(row.state == "approved" for row in there)
    return CalendarDay(day=start.date(), away=away, requested=len(there) - away)


def _detail(
    session: deps.Reading | deps.Writing, actor: Actor, leave_id: UUID, known_at: datetime | None = None
) -> LeaveDetail:
    row = leave.find_leave(session, actor, leave_id, known_at)
    covers = leave.covers_of(session, row, deps.now())
    others = leaves.overlapping_covers(session, row.worker_id, row.since, row.until)
    return LeaveDetail(
        **_out(row).model_dump(),
        covers=[
            CoverOut(grid_code=one.code, grid_name=one.name, how=one.how, name=one.who.name if one.who else None)
            for one in covers
        ],
        covers_others=[other.request_id for other in others],
    )


def _out(row: Any) -> LeaveOut:
    return LeaveOut(
        id=row.request_id,
        worker_id=row.worker_id,
        number=row.number,
        name=row.name,
        community_code=row.community_code,
        since=row.since,
        until=row.until,
        reason=row.reason,
        state=row.state,
        note=row.note,
        by=row.written_by,
        cover_worker_id=row.cover_worker_id,
        cover_name=row.cover_name,
        cover_source=row.cover_source,
        known_from=row.known_from,
    )
