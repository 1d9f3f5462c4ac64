"""Changes of many grids at once on the wire: preview, carrying out by a job, and undo."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.access.identity import Actor
from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.handover import GridCode, Reason
from gridsvc.api.moments import BodyMoment
from gridsvc.api.once import Key, created
from gridsvc.api.pagination import Page, Pages
from gridsvc.handover import moves
from gridsvc.handover.queries import moves as queries
from gridsvc.handover.transfer import MOST_GRIDS, Transfer
from gridsvc.people.queries import holding

router = APIRouter(prefix="/api/v1", tags=["handover"], route_class=StrictRoute)


class MoveIn(BaseModel):
    """Grids to go from one worker to another at once; without codes, all that the giver holds then."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "from_worker_id": "00000000-0000-7000-8000-000000000000",
                "to_worker_id": "00000000-0000-7000-8000-000000000001",
                "effective_at": "2026-12-01T00:00:00+08:00",
                "reason": "岗位调整",
            }
        },
    )

    from_worker_id: UUID
    to_worker_id: UUID
    grid_codes: Annotated[list[GridCode], Field(max_length=MOST_GRIDS)] = []
    effective_at: BodyMoment
    reason: Reason


class MoveOut(BaseModel):
    """A change of many grids; `failure` says why the job changed nothing."""

    id: UUID
    state: str = Field(json_schema_extra={"enum": ["previewed", "queued", "done", "failed", "undone"]})
    from_worker_id: UUID
    from_name: str
    to_worker_id: UUID
    to_name: str
    grid_codes: list[str]
    effective_at: datetime
    reason: str
    asked_by: str
    asked_at: datetime
    done_at: datetime | None
    undone_at: datetime | None
    failure: str | None


class LoadOut(BaseModel):
    """What a worker has as main worker; households are null where nobody knows them."""

    grids: int
    households: int | None


class BeforeAfter(BaseModel):
    """A load before a change and after it."""

    before: LoadOut
    after: LoadOut


class MovePreview(MoveOut):
    """What a change would do to the loads of both sides, at its moment."""

    giver: BeforeAfter
    taker: BeforeAfter


@router.get("/moves", summary="Changes of many grids")
def list_moves(actor: deps.CurrentActor, session: deps.MapReading, paging: Pages) -> Page[MoveOut]:
    """The newest first."""
    actor = actor.by("handover.manage")
    rows = queries.list_moves(session, actor.scope, after=paging.after(datetime, UUID), limit=paging.limit + 1)
    return paging.page(
        rows, lambda row: MoveOut(**_out(session, row)), key=lambda row: (row.GridMove.asked_at, row.GridMove.id)
    )


@router.post("/moves", status_code=201, response_model=MovePreview, summary="Preview a change of many grids")
def preview_move(
    wanted: MoveIn, body: deps.RawBody, actor: deps.CurrentActor, session: deps.Writing, key: Key = None
) -> Response:
    """Nothing changes yet; what the change would be refused for is refused here, grid by grid."""

    def make() -> MovePreview:
        made = moves.preview_move(session, actor, Transfer(**wanted.model_dump()), now=deps.now())
        giver, taker = (
            BeforeAfter(before=LoadOut(**vars(load[0])), after=LoadOut(**vars(load[1])))
            for load in (made.giver, made.taker)
        )
        row = moves.visible_move(session, actor, made.move_id)
        return MovePreview(**_out(session, row), giver=giver, taker=taker)

    return created(
        session,
        actor=actor,
        route="moves",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/moves/{made.id}",
    )


@router.get("/moves/{move_id}", summary="One change of many grids")
def get_move(move_id: UUID, actor: deps.CurrentActor, session: deps.MapReading) -> MoveOut:
    """How far it is."""
    actor = actor.by("handover.manage")
    return _move(session, actor, move_id)


@router.post("/moves/{move_id}/run", status_code=202, summary="Carry a change out")
def run_move(move_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> MoveOut:
    """By the job process, all or nothing; ask again for how far it is."""
    moves.run_move(session, actor, move_id)
    return _move(session, actor, move_id)


@router.post("/moves/{move_id}/undo", summary="Undo a change of many grids")
def undo_move(move_id: UUID, actor: deps.CurrentActor, session: deps.Writing) -> MoveOut:
    """The grids go back from now on; what was in between stays as it was."""
    moves.undo_move(session, actor, move_id, now=deps.now())
    return _move(session, actor, move_id)


def _move(session: deps.Reading | deps.Writing, actor: Actor, move_id: UUID) -> MoveOut:
    return MoveOut(**_out(session, moves.visible_move(session, actor, move_id)))


def _out(session: deps.Reading | deps.Writing, found: Any) -> dict[str, Any]:
    row = found.GridMove
    kept = ["id", "state", "from_worker_id", "to_worker_id", "effective_at", "reason", "asked_by", "asked_at"]
    kept += ["done_at", "undone_at", "failure"]
    grids = holding.grids_by_id(session, row.grid_ids, row.effective_at)
    return {name: getattr(row, name) for name in kept} | {
        "from_name": found.from_name,
        "to_name": found.to_name,
        "grid_codes": sorted(grid.code for grid in grids.values()),
    }
