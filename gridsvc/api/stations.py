"""Stations and posts on the wire: quota, filled and vacant as three numbers, and who fills a post."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api import deps, supervision
from gridsvc.api.body import StrictRoute
from gridsvc.api.geography import refuse_nul
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.pagination import Page, Pages
from gridsvc.people import stations
from gridsvc.people.queries import posts
from gridsvc.people.staffing import PostDraft
from gridsvc.people.stations import StationDraft

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=StrictRoute)

Text = Annotated[str, Field(min_length=1, max_length=200)]
AreaCode = Annotated[str, Field(pattern=r"^[0-9]{12}$")]
AreaQuery = Annotated[str | None, Query(pattern=r"^[0-9]{12}$", description="An area's code; what lies in it, too.")]
MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"
PostKind = Literal["grid", "counter", "clerical", "service"]


class QuotaOut(BaseModel):
    """Posts authorised, filled and vacant; quota = filled + vacant."""

    key: str
    quota: int
    filled: int
    vacant: int


class PostOut(BaseModel):
    """An authorised post and who fills it."""

    number: str
    kind: str
    community_code: str
    station_code: str | None
    since: datetime | None
    until: datetime | None
    worker_id: UUID | None
    worker_number: str | None
    worker_name: str | None


class PostPage(Page[PostOut]):
    """Posts by number, and the three numbers of all that are asked for."""

    total: QuotaOut


@router.get("/posts", summary="Posts: quota, filled, vacant")
def list_posts(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    paging: Pages,
    area: AreaQuery = None,
    station: Annotated[str | None, Query(max_length=64)] = None,
    vacant: bool | None = None,
) -> PostPage:
    """Posts authorised at a moment; `total` counts the whole area, whatever else is asked for."""
    actor = actor.by("people.read")
    refuse_nul(station or "")
    after = (paging.after(str) or ("",))[0]
    rows = posts.list_posts(
        session, actor.scope, at=at, area_code=area, station=station, vacant=vacant, after=after, limit=paging.limit + 1
    )
    listed = posts.quota(session, actor.scope, at, area_code=area)
    quota, filled = sum(row.quota for row in listed), sum(row.filled for row in listed)
    total = QuotaOut(key=area or "", quota=quota, filled=filled, vacant=quota - filled)
    page = paging.page(rows, _post, key=lambda row: (row.number,))
    return PostPage(items=page.items, next_cursor=page.next_cursor, total=total)


@router.get("/posts/quota", summary="Quota, filled and vacant by area, station or kind")
def post_quota(
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    by: Literal["community", "station", "kind"] = "community",
    area: AreaQuery = None,
) -> list[QuotaOut]:
    """Three numbers for each community, station or kind of post at a moment."""
    actor = actor.by("people.read")
    rows = posts.quota(session, actor.scope, at, area_code=area, by=by)
    return [QuotaOut(key=row.key, quota=row.quota, filled=row.filled, vacant=row.quota - row.filled) for row in rows]


class PostIn(BaseModel):
    """A post to authorise, vacant or filled by a worker."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"number": "P90001", "community_code": "340302001001", "kind": "counter"}},
    )

    number: Text
    community_code: AreaCode
    kind: PostKind = "grid"
    station_code: Annotated[str | None, Field(max_length=64)] = None
    worker_number: Annotated[str | None, Field(max_length=64)] = None
    since: BodyMoment | None = None


class PostMade(BaseModel):
    """A post that was authorised."""

    id: UUID
    number: str


@router.post("/posts", status_code=201, response_model=PostMade, summary="Authorise a post")
def add_post(
    post: PostIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Refused when the number is taken, or names a worker or station that is not registered."""

    def make() -> PostMade:
        draft = PostDraft(**post.model_dump() | {"since": post.since or deps.now()})
        return PostMade(id=stations.authorise_post(session, actor, draft), number=post.number)

    return created(session, actor=actor, route="posts", key=key, body=body, make=make)


class FillingIn(BaseModel):
    """Who fills a post from a moment on; no worker leaves it vacant."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"worker_number": None}})

    worker_number: Annotated[str | None, Field(max_length=64)]
    since: BodyMoment | None = None


class FillingOut(BaseModel):
    """Whether the post is now filled or vacant."""

    number: str
    state: Literal["filled", "vacant"]
    since: datetime


@router.put("/posts/{number}/worker", summary="Fill a post, or leave it vacant")
def fill_post(number: str, filling: FillingIn, actor: deps.CurrentActor, session: deps.Writing) -> FillingOut:
    """A worker gives up the post they had; who filled it before stays readable by `as_of`."""
    refuse_nul(number)
    since = filling.since or deps.now()
    state = stations.fill_post(session, actor, number, filling.worker_number, since=since)
    return FillingOut(number=number, state=state, since=since)


class PlaceOut(BaseModel):
    """A place, WGS 84."""

    x: float
    y: float


class StationOut(BaseModel):
    """A station: planned as long as it was not opened."""

    code: str
    name: str
    area_code: str
    address: str | None
    point: PlaceOut | None
    state: Literal["planned", "open", "closed"]
    opened_at: datetime | None
    closed_at: datetime | None
    synthetic: bool


@router.get("/stations", summary="Stations")
def list_stations(
    at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading, paging: Pages, area: AreaQuery = None
) -> Page[StationOut]:
    """Stations by code with their state at a moment."""
    actor = actor.by("people.read")
    after = (paging.after(str) or ("",))[0]
    rows = posts.list_stations(session, actor.scope, area_code=area, after=after, limit=paging.limit + 1)
    return paging.page(rows, lambda row: _station(row, at), key=lambda row: (row.code,))


class StationIn(BaseModel):
    """A station to register; without `opened_at` it is planned."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"code": "S90001", "name": "示例社工站", "area_code": "340302001000"}},
    )

    code: Text
    name: Text
    area_code: AreaCode
    address: Annotated[str | None, Field(max_length=500)] = None
    x: Annotated[float | None, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)] = None
    y: Annotated[float | None, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)] = None
    opened_at: BodyMoment | None = None


class StationMade(BaseModel):
    """A station that was registered."""

    id: UUID
    code: str


@router.post("/stations", status_code=201, response_model=StationMade, summary="Register a station")
def add_station(
    station: StationIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """The place is in degrees, WGS 84."""

    def make() -> StationMade:
        values = station.model_dump(exclude={"x", "y"})
        point = None if station.x is None or station.y is None else (station.x, station.y)
        made = stations.found_station(session, actor, StationDraft(**values, point=point))
        return StationMade(id=made, code=station.code)

    return created(session, actor=actor, route="stations", key=key, body=body, make=make)


class StationChange(BaseModel):
    """Since when a station is open, or from when it is closed."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"opened_at": "2026-01-01T00:00:00+08:00"}})

    opened_at: BodyMoment | None = None
    closed_at: BodyMoment | None = None


@router.patch("/stations/{code}", summary="Open or close a station")
def change_station(code: str, change: StationChange, actor: deps.CurrentActor, session: deps.Writing) -> StationOut:
    """A planned station becomes an open one, and an open one a closed one."""
    refuse_nul(code)
    stations.open_station(session, actor, code, opened_at=change.opened_at, closed_at=change.closed_at)
    [row] = posts.station_rows(session, [code])
    return _station(row, deps.now())


def _post(row: Any) -> PostOut:
    return PostOut(
        number=row.number,
        kind=row.kind,
        community_code=row.community_code,
        station_code=row.station_code,
        since=row.valid.lower,
        until=row.valid.upper,
        worker_id=row.worker_id,
        worker_number=row.worker_number,
        worker_name=row.worker_name,
    )


def _station(row: Any, at: datetime) -> StationOut:
    is_open = row.opened_at is not None and row.opened_at <= at
    is_closed = row.closed_at is not None and row.closed_at <= at
    return StationOut(
        code=row.code,
        name=row.name,
        area_code=row.area_code,
        address=row.address,
        point=None if row.x is None else PlaceOut(x=row.x, y=row.y),
        state="closed" if is_closed else "open" if is_open else "planned",
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        synthetic=row.synthetic,
    )


router.include_router(supervision.router)
