"""The card of one grid: who answers, how it is looked after, what is open in it, and what its code has been."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel

from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.geography import unit, visible_grid
from gridsvc.api.locate import UnitOut
from gridsvc.api.people import AnswerOut, answer_out
from gridsvc.api.words import GridKind, PatrolWord, StaffingWord
from gridsvc.dashboard.card import GridCard, grid_card

router = APIRouter(prefix="/api/v1", tags=["geography"])

GridCode = Annotated[str, Path(max_length=64, examples=["340302001001001"])]


class StatusOut(BaseModel):
    """How the grid is staffed and looked after; `reason` is a key of the dictionary that says why."""

    patrol: PatrolWord
    staffing: StaffingWord
    last_visit: datetime | None
    due_at: datetime | None
    reason: str


class VisitLine(BaseModel):
    """A visit in one line."""

    id: str
    occurred_at: datetime
    worker: str | None
    kind: str
    result: str
    door: str | None


class IncidentLine(BaseModel):
    """An incident in one line."""

    id: str
    number: int
    category: str
    received_at: datetime
    state: str


class VersionLine(BaseModel):
    """What the grid was during a time."""

    code: str
    name: str
    valid_from: datetime
    valid_to: datetime | None
    net_version: int


class CardOut(AnswerOut):
    """Everything about one grid at one moment."""

    code: str
    name: str
    kind: GridKind
    valid_from: datetime
    valid_to: datetime | None
    community: UnitOut | None
    street: UnitOut | None
    district: UnitOut | None
    pilot: bool
    synthetic: bool
    counts: dict[str, int]
    area_m2: float
    bbox: list[float]
    status: StatusOut
    visits: list[VisitLine]
    incidents: list[IncidentLine]
    open_incidents: int
    history: list[VersionLine]
    as_of: datetime


@router.get("/grids/{code}", summary="One grid")
def card(
    code: GridCode, at: deps.Moment, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState
) -> CardOut:
    """The grid that bears the code at a moment, if it is in one's jurisdiction.

    Its last visits and open incidents are told to those who may read visits, and incidents.
    """
    actor = actor.by("grids.read_card")
    found = visible_grid(session, actor, code, at)
    rules = deps.rules_of(held.settings)
    made = grid_card(session, found, at, scope=actor.scope, rules=rules)
    shown = _card_out(found, made, at, actor.permissions)
    if shown.visits:
        detail = {"count": len(shown.visits), "grid": code}
        record_read(held, session, actor, "visit.list", "visit", detail=detail)
    return shown


def _card_out(found: Any, made: GridCard, at: datetime, permissions: Collection[str]) -> CardOut:
    return CardOut(
        **answer_out(made.answer, visible=True).model_dump(),
        code=found.code,
        name=found.name,
        kind=found.kind,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        community=unit(found.community_code, found.community_name),
        street=unit(found.street_code, found.street_name),
        district=unit(found.district_code, found.district_name),
        pilot=found.pilot,
        synthetic=found.synthetic,
        counts=dict(found.counts) | {"doors": found.doors},
        area_m2=round(found.area_m2),
        bbox=[found.west, found.south, found.east, found.north],
        status=StatusOut(
            patrol=made.patrol.status,
            staffing=made.answer.staffing if made.answer else "vacant",
            last_visit=made.patrol.last_visit,
            due_at=made.patrol.due_at,
            reason=f"reason.{made.patrol.status}",
        ),
        visits=[_visit(row) for row in made.visits] if "visits.read" in permissions else [],
        incidents=[_incident(row) for row in made.incidents] if "incidents.read" in permissions else [],
        open_incidents=made.open_incidents,
        history=[_version(row) for row in made.history],
        as_of=at,
    )


def _visit(row: Any) -> VisitLine:
    return VisitLine(
        id=str(row.id),
        occurred_at=row.occurred_at,
        worker=row.worker,
        kind=row.kind,
        result=row.result,
        door=row.door,
    )


def _incident(row: Any) -> IncidentLine:
    return IncidentLine(
        id=str(row.id), number=row.number, category=row.category, received_at=row.received_at, state=row.state
    )


def _version(row: Any) -> VersionLine:
    return VersionLine(
        code=row.code, name=row.name, valid_from=row.valid_from, valid_to=row.valid_to, net_version=row.net_number
    )
