"""Rounds on the wire: planning them, walking them, and what was missed."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag, tag_of
from gridsvc.api.incidents import Coordinate
from gridsvc.api.once import Key, created
from gridsvc.api.part_of_city import Part
from gridsvc.api.patrols import worker_of
from gridsvc.patrols import rounds
from gridsvc.patrols.queries import rounds as queries
from gridsvc.patrols.rounds import MOST_STOPS, RoundDraft, RouteDraft, StopDraft

router = APIRouter(prefix="/api/v1", tags=["patrols"], route_class=StrictRoute)

Name = Annotated[str, Field(min_length=1, max_length=100)]
Code = Annotated[str, Field(min_length=1, max_length=64)]


class StopIn(BaseModel):
    """A stop: a door or block by its code, or a point in WGS 84 with how near is near enough."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["point", "door", "block"]
    name: Name | None = None
    code: Code | None = None
    x: Coordinate | None = None
    y: Coordinate | None = None
    radius_m: Annotated[float, Field(ge=5, le=500, strict=True)] = 50


class RouteIn(BaseModel):
    """A round to be walked in a grid, by its kind of patrol."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "name": "消防巡查一线",
                "kind": "fire_patrol",
                "grid_code": "340302001001001",
                "stops": [{"kind": "point", "name": "东门", "x": 117.385, "y": 32.935}],
            }
        },
    )

    name: Name
    kind: Code
    grid_code: Code
    stops: Annotated[list[StopIn], Field(min_length=1, max_length=MOST_STOPS)]
    is_active: bool = True

    def draft(self) -> RouteDraft:
        """The round as the use case takes it."""
        stops = [StopDraft(**stop.model_dump()) for stop in self.stops]
        return RouteDraft(self.name, self.kind, self.grid_code, stops, self.is_active)


class RouteOut(BaseModel):
    """A planned round."""

    id: UUID
    name: str
    kind: str
    grid_code: str | None
    stops: list[dict[str, Any]]
    revision: int
    is_active: bool


class Routes(BaseModel):
    """Planned rounds in order of grids."""

    items: list[RouteOut]


def _route(row: Any) -> RouteOut:
    return RouteOut(**{name: getattr(row, name) for name in RouteOut.model_fields})


@router.get("/patrol-routes", summary="Planned rounds")
def routes(
    at: deps.Moment,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.Reading,
    all_of_them: bool = False,
) -> Routes:
    """The rounds planned in one's jurisdiction; those out of use only when all are asked for."""
    actor = actor.by("duties.read")
    limits = part.where(session, actor, at).limits()
    return Routes(items=[_route(row) for row in queries.routes(session, at, limits, all_of_them=all_of_them)])


@router.post("/patrol-routes", status_code=201, response_model=RouteOut, summary="Plan a round")
def plan_route(
    route: RouteIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Each stop must exist; every fault is told at once, by the number of the stop."""

    def make() -> RouteOut:
        made = rounds.plan_route(session, route.draft(), now=deps.now(), actor=actor)
        return _route(rounds.visible_route(session, made, actor))

    return created(
        session,
        actor=actor,
        route="patrol-routes",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/patrol-routes/{made.id}",
        etag=lambda made: tag_of(made.revision),
    )


@router.get("/patrol-routes/{route_id}", summary="One planned round")
def route(route_id: UUID, response: Response, actor: deps.CurrentActor, session: deps.Reading) -> RouteOut:
    """With the tag of its revision."""
    actor = actor.by("duties.read")
    found = _route(rounds.visible_route(session, route_id, actor))
    tag(response, found.revision)
    return found


@router.put("/patrol-routes/{route_id}", summary="Change a planned round")
def change_route(
    route_id: UUID,
    draft: RouteIn,
    response: Response,
    expected: Expectation,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> RouteOut:
    """Rounds under way keep the stops they began with; the grid stays."""
    rounds.change_route(session, route_id, draft.draft(), expected=expected, now=deps.now(), actor=actor)
    found = _route(rounds.visible_route(session, route_id, actor))
    tag(response, found.revision)
    return found


class RoundIn(BaseModel):
    """A round that begins, with the device's own identifier and, when sent later, the time it began."""

    model_config = ConfigDict(extra="forbid")

    client_id: UUID
    route_id: UUID
    started_at: datetime | None = None


class StopOut(BaseModel):
    """A stop as it was when the round began, and when it was reached."""

    id: UUID
    place: int
    kind: str
    name: str
    door_code: str | None
    x: float | None
    y: float | None
    radius_m: float
    visit_id: UUID | None
    reached_at: datetime | None


class RoundOut(BaseModel):
    """A round: its stops, how many were reached, and the missed ones by name."""

    id: UUID
    client_id: UUID
    name: str
    kind: str
    grid_code: str | None
    worker: str | None
    started_at: datetime
    finished_at: datetime | None
    stops: list[StopOut]
    reached: int
    missed: list[str] = Field(description="Names of the stops not reached.")


def _round(session: Any, row: Any) -> RoundOut:
    stops = [
        StopOut(**{name: getattr(one, name) for name in StopOut.model_fields}) for one in queries.stops(session, row.id)
    ]
    names = ("id", "client_id", "name", "kind", "grid_code", "worker", "started_at", "finished_at")
    return RoundOut(
        **{name: getattr(row, name) for name in names},
        stops=stops,
        reached=sum(stop.visit_id is not None for stop in stops),
        missed=[stop.name for stop in stops if stop.visit_id is None],
    )


@router.post("/patrols", status_code=201, response_model=RoundOut, summary="Begin a round")
def start_round(
    draft: RoundIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Stored once however often it is sent; the stops are those of the route now."""

    def make() -> RoundOut:
        worker_id = worker_of(session, actor)
        begun = RoundDraft(draft.client_id, draft.route_id, draft.started_at)
        made = rounds.start_round(session, begun, worker_id=worker_id, now=deps.now(), actor=actor)
        return _round(session, queries.patrol(session, made))

    return created(session, actor=actor, route="patrols", key=key, body=body, make=make)


class FinishIn(BaseModel):
    """That a round ended; the time when it is sent later."""

    model_config = ConfigDict(extra="forbid")

    finished_at: datetime | None = None


@router.post("/patrols/{patrol_id}/finish", summary="End a round")
def finish_round(patrol_id: UUID, end: FinishIn, actor: deps.CurrentActor, session: deps.Writing) -> RoundOut:
    """The worker's own round, by the service's identifier or the device's. Ending it again changes nothing."""
    worker_id = worker_of(session, actor)
    rounds.finish_round(
        session, patrol_id, finished_at=end.finished_at, worker_id=worker_id, now=deps.now(), actor=actor
    )
    return _round(session, queries.patrol(session, patrol_id))


@router.get("/patrols/{patrol_id}", summary="One round")
def round_(patrol_id: UUID, actor: deps.CurrentActor, session: deps.Reading) -> RoundOut:
    """A round that is one's own or lies in one's jurisdiction."""
    actor = actor.by("duties.read")
    return _round(session, rounds.visible_round(session, patrol_id, actor))
