"""Who holds which grid on the wire: appointments and transfers, and the past as known now or then."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.geography import visible_grid
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.people import AnswerOut, KnownAt, answer_out
from gridsvc.people import holders
from gridsvc.people.answer import who_answers
from gridsvc.people.queries import holding

# Part of the router of `gridsvc.api.staffing`.
router = APIRouter(route_class=StrictRoute)

LONGEST = 64


class ChangeIn(BaseModel):
    """Who is to hold a grid, as what, from when on; no worker means a vacancy, or no backup."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"grid_code": "340302001001001", "role": "main", "since": "2026-12-01T00:00:00+08:00"}
        },
    )

    grid_code: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    role: Literal["main", "backup"] = "main"
    worker_id: UUID | None = None
    since: BodyMoment
    until: BodyMoment | None = Field(None, description="Then whoever held it before comes back; left out: for good.")
    replace_later: bool = Field(False, description="Also do away with what is planned for later.")


class HeldOut(BaseModel):
    """Somebody, or a named vacancy (no worker), holds a grid for a time; and since when, until when that was known."""

    role: str
    worker_id: UUID | None
    number: str | None
    name: str | None
    since: datetime | None
    until: datetime | None
    known_from: datetime
    known_until: datetime | None


class ChangedOut(BaseModel):
    """What an appointment did: who held the grid so far, who holds it now and later, and what should be known."""

    grid_code: str
    known_from: datetime
    before: list[HeldOut]
    now: list[HeldOut]
    notes: list[str]


@router.post("/responsibilities", status_code=201, response_model=ChangedOut, summary="Give a grid to somebody")
def give_grid(
    change: ChangeIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """An appointment or a transfer from a day on, also of the past: what was known then stays as it was known."""

    def make() -> ChangedOut:
        done = holders.change_holder(session, actor, holders.Change(**change.model_dump()))
        rows = [row for row in holding.history(session, [done.grid_id]) if row.role == change.role]
        return ChangedOut(
            grid_code=change.grid_code,
            known_from=done.known_from,
            before=[_held(row) for row in done.before],
            now=[_held(row) for row in rows],
            notes=done.notes,
        )

    return created(session, actor=actor, route="responsibilities", key=key, body=body, make=make)


class HoldersOut(BaseModel):
    """Who answers for a grid at a moment, and everybody who held it or will."""

    grid_code: str
    as_of: datetime
    known_at: datetime | None
    answer: AnswerOut
    items: list[HeldOut]


@router.get("/grids/{code}/responsibilities", summary="Who holds a grid, then and now")
def grid_responsibilities(
    code: str,
    at: deps.Moment,
    actor: deps.CurrentActor,
    session: deps.Reading,
    known_at: KnownAt,
    every_version: Annotated[bool, Query(description="Also what was once held to be so and no more.")] = False,
) -> HoldersOut:
    """As known now, as known at a moment (`known_at`), or every version that was ever recorded."""
    actor = actor.by("people.read")
    grid = visible_grid(session, actor, code, at)
    answer = who_answers(session, at, [grid.grid_id], known_at).get(grid.grid_id)
    rows = holding.history(session, [grid.grid_id], known_at, every_version=every_version)
    return HoldersOut(
        grid_code=code,
        as_of=at,
        known_at=known_at,
        answer=answer_out(answer, visible=True),
        items=[_held(row) for row in rows],
    )


def _held(row: Any) -> HeldOut:
    return HeldOut(
        role=row.role,
        worker_id=row.worker_id,
        number=row.number,
        name=row.name,
        since=row.since,
        until=row.until,
        known_from=row.known_from,
        known_until=row.known_until,
    )
