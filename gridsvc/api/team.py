"""The team of a grid on the wire (网格+)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.access.masking import Kind, shown, view_of
from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.body import StrictRoute
from gridsvc.api.geography import refuse_nul, visible_grid
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.people import team
from gridsvc.people.queries import teams
from gridsvc.people.team import MemberDraft

router = APIRouter(prefix="/api/v1", tags=["people"], route_class=StrictRoute)

_WORKER: tuple[Kind, Kind] = ("worker.name", "worker.phone")
_RESIDENT: tuple[Kind, Kind] = ("team.name", "team.phone")

Short = Annotated[str | None, Field(max_length=64)]


class MemberOut(BaseModel):
    """Somebody in the team of a grid: a worker, or a person or organisation by name."""

    id: UUID
    role: str
    role_zh: str
    role_en: str
    worker_number: str | None
    name: str | None
    phone: str | None
    since: datetime | None
    until: datetime | None
    masked: bool
    synthetic: bool


class TeamOut(BaseModel):
    """The team of a grid at a moment, by role."""

    grid_code: str
    items: list[MemberOut]


@router.get("/grids/{code}/team", summary="Team of a grid")
def get_team(
    code: str, at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState
) -> TeamOut:
    """Volunteers and other residents are masked for whoever neither leads the workers nor answers for the grid."""
    actor = actor.by("grids.read_card")
    grid = visible_grid(session, actor, code, at)
    is_own = grid.grid_id in actor.scope.grid_ids
    rows = teams.members(session, [grid.grid_id], at)
    told = TeamOut(grid_code=code, items=[_member(row, actor, is_own=is_own) for row in rows])
    if residents := sum(row.worker_id is None for row in rows):
        record_read(held, session, actor, "team.read", "grid", object_id=code, detail={"count": residents})
    return told


class MemberIn(BaseModel):
    """Somebody to join: the number of a worker, or a name."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"role": "volunteer", "name": "示例志愿者"}}
    )

    role: Annotated[str, Field(min_length=1, max_length=64)]
    worker_number: Short = None
    name: Short = None
    phone: Short = None
    since: BodyMoment | None = None
    until: BodyMoment | None = None


class MemberMade(BaseModel):
    """A member who joined."""

    id: UUID


@router.post("/grids/{code}/team", status_code=201, response_model=MemberMade, summary="Join the team of a grid")
def join_team(
    code: str,
    member: MemberIn,
    body: deps.RawBody,
    actor: deps.CurrentActor,
    session: deps.Writing,
    key: Key = None,
) -> Response:
    """Roles are the city's own list."""
    refuse_nul(code)

    def make() -> MemberMade:
        values = member.model_dump(exclude={"role", "since"})
        draft = MemberDraft(member.role, member.since or deps.now(), **values)
        return MemberMade(id=team.join_team(session, actor, code, draft))

    return created(session, actor=actor, route=f"grids/{code}/team", key=key, body=body, make=make)


@router.delete("/team/{member_id}", status_code=204, summary="Leave a team")
def leave_team(member_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> None:
    """From now on; who belonged to a team before stays readable by `as_of`."""
    team.leave_team(session, actor, member_id, at=deps.now())


def _member(row: Any, actor: Actor, *, is_own: bool) -> MemberOut:
    name, phone = _WORKER if row.worker_id is not None else _RESIDENT
    return MemberOut(
        id=row.id,
        role=row.role,
        role_zh=row.name_zh,
        role_en=row.name_en,
        worker_number=row.worker_number,
        name=shown(actor.roles, name, row.name, is_own=is_own),
        phone=shown(actor.roles, phone, row.phone, is_own=is_own),
        since=row.since,
        until=row.until,
        masked=not is_own and view_of(actor.roles, name) != "clear",
        synthetic=row.synthetic,
    )
