"""Duties on the wire: the list of the day, and the norms, days, pauses and changes it is reckoned by."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.access import masking
from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.body import StrictRoute
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.patrols import worker_of
from gridsvc.dashboard.status import Rules
from gridsvc.patrols import norms
from gridsvc.patrols.due import Norm, Span
from gridsvc.patrols.duties import CareDuty, Standing, TodaysList, todays_list
from gridsvc.patrols.queries import duties as queries
from gridsvc.patrols.queries import rounds

router = APIRouter(prefix="/api/v1", tags=["duties"], route_class=StrictRoute)

Status = Annotated[str, Field(json_schema_extra={"enum": ["on_time", "due_soon", "overdue", "never"]})]
Target = Literal["care", "grid", "door"]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class DutyOut(BaseModel):
    """Something to be visited: since when nobody was there, and until when somebody has to be."""

    code: str
    class_key: str
    last_visit: datetime | None
    due_at: datetime
    status: Status


class CareDutyOut(DutyOut):
    """A person to be visited. In the clear for the worker paired with them; for others masked, and without place."""

    id: UUID
    grid_code: str | None
    door_code: str | None
    name: str | None
    phone: str | None
    address: str | None
    x: float | None
    y: float | None
    after_change: bool = Field(description="Due sooner because of a major change.")
    paired: bool


class RouteLine(BaseModel):
    """A round that is planned in one's grids."""

    id: UUID
    name: str
    kind: str
    grid_code: str
    stops: int


class DoorsOut(BaseModel):
    """The doors of one's grids by the norm for doors: how many were reached since its cycle began."""

    since: datetime
    reached: int
    of: int


class TodaysListOut(BaseModel):
    """What the worker has to do, the most urgent first. Who has to is asked of responsibility and leave at `at`."""

    at: datetime
    calendar: str = Field(
        description="Who says which days are working days: the city, the national calendar or weekdays alone.",
        json_schema_extra={"enum": ["city", "national", "weekdays"]},
    )
    grids: list[DutyOut]
    care: list[CareDutyOut]
    doors: DoorsOut | None = Field(description="Null while the city has set no norm for doors.")
    routes: list[RouteLine]
    open_rounds: list[UUID]


@router.get("/me/duties", summary="My duties")
def my_duties(
    at: deps.Moment, actor: deps.CurrentActor, session: deps.MapReading, held: deps.AppState, config: deps.Config
) -> TodaysListOut:
    """The list of the day of the worker behind the account, of the grids and people that are theirs now too."""
    # Not `Reading`: due times are reckoned from visits of whoever was there, and paired people live anywhere.
    worker_id = worker_of(session, actor)
    found = list_of_the_day(session, actor, worker_id, at, deps.rules_of(config))
    shown = list_out(session, found, worker_id, actor)
    if shown.care:
        record_read(held, session, actor, "care.list", "care_subject", detail={"count": len(shown.care)})
    return shown


def list_of_the_day(session: Session, actor: Actor, worker_id: UUID, at: datetime, rules: Rules) -> TodaysList:
    """The list of the day by what a status is measured by here."""
    return todays_list(
        session,
        actor,
        worker_id,
        at,
        now=deps.now(),
        cycle_days=rules.cycle_days,
        due_soon_share=rules.due_soon_share,
    )


def list_out(session: Session, found: TodaysList, worker_id: UUID, actor: Actor) -> TodaysListOut:
    """A list of the day for the wire."""
    reckoning = norms.reckoning(session)
    return TodaysListOut(
        at=found.at,
        calendar=reckoning.days.source(found.at.astimezone(reckoning.zone).date()),
        grids=[DutyOut(**_duty(one)) for one in found.grids],
        care=[_care(one, actor) for one in found.care],
        doors=DoorsOut(since=found.doors_since, reached=found.doors.visited, of=found.doors.doors)
        if found.doors and found.doors_since
        else None,
        routes=[
            RouteLine(id=row.id, name=row.name, kind=row.kind, grid_code=row.grid_code, stops=len(row.stops))
            for row in rounds.routes_in_grids(session, found.at, found.grid_ids)
        ],
        open_rounds=list(rounds.open_rounds(session, worker_id)),
    )


def _duty(one: Standing) -> dict[str, Any]:
    return {
        "code": one.duty.code,
        "class_key": one.duty.class_key,
        "last_visit": one.last_visit,
        "due_at": one.due_at,
        "status": one.status,
    }


def _care(one: CareDuty, actor: Actor) -> CareDutyOut:
    row, roles = one.person, actor.roles
    return CareDutyOut(
        **_duty(one.standing),
        id=row.id,
        grid_code=row.grid_code,
        door_code=row.door_code if row.is_paired else None,
        name=masking.shown(roles, "subject.name", row.name, is_own=row.is_paired),
        phone=masking.shown(roles, "subject.phone", row.phone, is_own=row.is_paired),
        address=masking.shown(roles, "subject.address", row.address, is_own=row.is_paired),
        x=row.x if row.is_paired else None,
        y=row.y if row.is_paired else None,
        after_change=one.standing.after_change,
        paired=row.is_paired,
    )


class NormIn(BaseModel):
    """How often something is to be visited, from a moment on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"every": 1, "unit": "month", "since": "2100-01-01T00:00:00+08:00"}},
    )

    every: Annotated[int, Field(ge=1, le=1000, strict=True)]
    unit: Literal["day", "week", "month"]
    grace_days: Annotated[int, Field(ge=0, le=60, strict=True)] = 0
    on_working_days: bool = True
    after_change_h: Annotated[int | None, Field(ge=1, le=720, strict=True)] = None
    level: Annotated[str | None, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")] = None
    kinds: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=50)] = []
    since: BodyMoment | None = Field(None, description="From when on; now when left out. Never in the past.")


class NormOut(BaseModel):
    """A norm in force; the shipped ones are examples until the city sets its own."""

    target: str
    class_key: str
    every: int
    unit: str
    grace_days: int
    on_working_days: bool
    after_change_h: int | None
    level: str | None
    kinds: list[str]
    is_example: bool
    since: datetime


class Norms(BaseModel):
    """The norms in force at a moment."""

    items: list[NormOut]


@router.get("/visit-norms", summary="Norms of visits")
def visit_norms(at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading) -> Norms:
    """How often each class of care, grids and doors are to be visited, as in force at a moment."""
    actor.require("map.read")
    return Norms(items=[NormOut(**row._mapping) for row in queries.norms_at(session, at)])


@router.put("/visit-norms/{target}/{class_key}", summary="Set a norm")
def set_norm(
    target: Target,
    class_key: Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,62}$", examples=["all"])],
    norm: NormIn,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> Norms:
    """From `since` on; what was due before stays. `class_key` is a class of care, or `all` for grids and doors."""
    now = deps.now()
    values = norm.model_dump(exclude={"since", "kinds"})
    wanted = Norm(target=target, class_key=class_key, kinds=tuple(norm.kinds), **values)
    since = norm.since or now
    norms.set_norm(session, wanted, since=since, now=now, actor=actor)
    return Norms(items=[NormOut(**row._mapping) for row in queries.norms_at(session, since)])


class CityDayIn(BaseModel):
    """A day as the city declares it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"is_working": False, "name": "洪水停工"}})

    is_working: bool
    name: Name


class DayOut(BaseModel):
    """A day: whether people work on it, who says so, and the city's own name for it."""

    day: date
    is_working: bool
    source: str = Field(json_schema_extra={"enum": ["city", "national", "weekdays"]})
    name: str | None


class Days(BaseModel):
    """Days of the working calendar."""

    items: list[DayOut]


LONGEST_CALENDAR = 400


@router.get("/calendar", summary="The working calendar")
def calendar(
    actor: deps.CurrentActor,
    session: deps.Reading,
    start: Annotated[date, Query(ge=date(2000, 1, 1), le=date(2199, 1, 1), examples=["2026-10-01"])],
    days: Annotated[int, Query(ge=1, le=LONGEST_CALENDAR)] = 31,
) -> Days:
    """So many days from `start` on. Where the national calendar ends, weekdays are working days: see `source`."""
    actor.require("map.read")
    return Days(items=[_day(session, date.fromordinal(start.toordinal() + ahead)) for ahead in range(days)])


def _day(session: Any, day: date) -> DayOut:
    known = session.info.setdefault("work_days", norms.work_days(session))
    names = session.info.setdefault("day_names", {row.day: row.name for row in queries.own_days(session)})
    return DayOut(day=day, is_working=known.is_working(day), source=known.source(day), name=names.get(day))


Day = Annotated[date, Path(ge=date(2000, 1, 1), le=date(2199, 1, 1), examples=["2026-12-25"])]


@router.put("/calendar/{day}", summary="Declare a day")
def set_day(day: Day, declared: CityDayIn, actor: deps.CurrentActor, session: deps.Writing) -> DayOut:
    """A working or a free day of the city; it goes before every calendar."""
    norms.set_day(session, day, is_working=declared.is_working, name=declared.name, now=deps.now(), actor=actor)
    return _day(session, day)


@router.delete("/calendar/{day}", status_code=204, summary="Leave a day to the calendar")
def forget_day(day: Day, actor: deps.CurrentActor, session: deps.Writing) -> None:
    """What the city had declared is forgotten."""
    norms.forget_day(session, day, now=deps.now(), actor=actor)


class PauseIn(BaseModel):
    """A time in which nothing falls due for one thing: a person, a door or a grid."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "grid_id": "00000000-0000-7000-8000-000000000000",
                "reason": "住院",
                "since": "2026-11-20T00:00:00+08:00",
            }
        },
    )

    subject_id: UUID | None = None
    door_id: UUID | None = None
    grid_id: UUID | None = None
    reason: Name
    since: BodyMoment
    until: BodyMoment | None = None


class MadeOut(BaseModel):
    """What was stored."""

    id: UUID


@router.post("/duty-pauses", status_code=201, response_model=MadeOut, summary="Pause a duty")
def pause(
    draft: PauseIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """In hospital, moved away for a while, under rebuilding: due times wait for the end of the pause."""
    given = {name: getattr(draft, name) for name in ("subject_id", "door_id", "grid_id")}
    target = {name: value for name, value in given.items() if value is not None}
    span = Span(draft.since, draft.until)

    def make() -> MadeOut:
        made = norms.pause_duty(session, target, reason=draft.reason, span=span, now=deps.now(), actor=actor)
        return MadeOut(id=made)

    return created(session, actor=actor, route="duty-pauses", key=key, body=body, make=make)


@router.post("/duty-pauses/{pause_id}/end", status_code=204, summary="End a pause")
def end_pause(pause_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> None:
    """From now on due times run again."""
    norms.end_pause(session, pause_id, at=deps.now(), actor=actor)


class ChangeIn(BaseModel):
    """That there was a major change in somebody's life; what it was is not asked."""

    model_config = ConfigDict(extra="forbid")

    subject_id: UUID
    happened_at: BodyMoment


@router.post("/care-changes", status_code=201, response_model=MadeOut, summary="Note a major change")
def note_change(
    change: ChangeIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Somebody then has to look within the hours of the norm."""

    def make() -> MadeOut:
        now = deps.now()
        made = norms.note_change(session, change.subject_id, happened_at=change.happened_at, now=now, actor=actor)
        return MadeOut(id=made)

    return created(session, actor=actor, route="care-changes", key=key, body=body, make=make)
