"""Reading visits and judging them: lists behind the figures, one visit in full, flagged ones, the register of doors."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.body import StrictRoute
from gridsvc.api.pagination import Page, Pages
from gridsvc.api.part_of_city import Part
from gridsvc.patrols.logged import LONGEST_ADDRESS, LONGEST_NOTE
from gridsvc.patrols.queries import reading
from gridsvc.patrols.review import Decision, decide_correction, review_visit, visible_visit
from gridsvc.patrols.where import Where

router = APIRouter(prefix="/api/v1", tags=["patrols"], route_class=StrictRoute)


class ReviewOut(BaseModel):
    """What a person made of it."""

    verdict: str
    note: str | None
    by: str
    at: datetime


class VisitOut(BaseModel):
    """A visit as stored. One that was corrected, or judged not to count, is void from a moment on and stays."""

    id: UUID
    client_id: UUID
    worker: str | None
    kind: str
    result: str
    grid_code: str | None
    door_code: str | None
    door: str | None
    note: str | None
    flags: list[str]
    occurred_at: datetime
    declared_at: datetime | None
    received_at: datetime
    void_at: datetime | None
    corrects: UUID | None
    corrected_by: UUID | None
    incident: UUID | None
    photos: list[str]
    review: ReviewOut | None
    synthetic: bool


def _visit(row: Any) -> VisitOut:
    judged = None
    if row.verdict is not None:
        judged = ReviewOut(verdict=row.verdict, note=row.review_note, by=row.reviewed_by, at=row.reviewed_at)
    names = set(VisitOut.model_fields) - {"corrects", "incident", "review", "photos"}
    return VisitOut(
        **{name: getattr(row, name) for name in names},
        corrects=row.corrects_id,
        incident=row.incident_id,
        review=judged,
        photos=list(row.photos),
    )


@router.get("/visits", summary="Visits")
def visits(
    at: deps.Moment,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.Reading,
    held: deps.AppState,
    paging: Pages,
    days: Annotated[float | None, Query(gt=0, le=3660, description="Only so many days up to the moment.")] = None,
    flagged: Annotated[bool, Query(description="Only those that are odd and not judged yet.")] = False,
    incident: Annotated[UUID | None, Query(description="The one that opened this incident.")] = None,
) -> Page[VisitOut]:
    """Visits made up to a moment in one's jurisdiction, the last made first; void ones are told as such."""
    actor = actor.by("visits.read")
    after = paging.after(datetime, UUID) or (None, None)
    asked = {
        "start": at - timedelta(days=days) if days else None,
        "until": at,
        "known_at": None,
        "flagged": flagged,
        "incident_id": incident,
        "after_at": after[0],
        "after_id": after[1],
        "most": paging.limit + 1,
    }
    rows = reading.visit_page(session, part.where(session, actor, at).limits(), asked)
    page = paging.page(rows, _visit, key=lambda row: (row.occurred_at, row.id))
    record_read(held, session, actor, "visit.list", "visit", detail={"count": len(page.items)})
    return page


@router.get("/visits/{visit_id}", summary="One visit")
def visit(visit_id: UUID, actor: deps.CurrentActor, session: deps.Reading, held: deps.AppState) -> VisitOut:
    """A visit that is one's own or lies in one's jurisdiction."""
    actor = actor.by("visits.read")
    shown = _visit(visible_visit(session, visit_id, actor))
    record_read(held, session, actor, "visit.read", "visit", object_id=visit_id)
    return shown


class ReviewIn(BaseModel):
    """What one makes of a flagged visit."""

    model_config = ConfigDict(extra="forbid")

    verdict: Literal["counts", "does_not_count"]
    note: Annotated[str | None, Field(max_length=LONGEST_NOTE)] = None


@router.post("/visits/{visit_id}/review", summary="Judge a flagged visit")
def review(visit_id: UUID, judged: ReviewIn, actor: deps.CurrentActor, session: deps.Writing) -> VisitOut:
    """Says once whether a flagged visit counts; the visit itself stays as it is."""
    review_visit(session, visit_id, judged.verdict, note=judged.note, now=deps.now(), actor=actor)
    return _visit(visible_visit(session, visit_id, actor))


class CorrectionOut(BaseModel):
    """Something wrong in the register of doors, as a worker found it; x and y are WGS 84, of a door that is new."""

    id: UUID
    visit_id: UUID
    kind: str
    grid_code: str | None
    door_code: str | None
    door: str | None
    address: str | None
    x: float | None
    y: float | None
    state: str
    occurred_at: datetime
    reported_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    new_door_code: str | None


def _correction(row: Any) -> CorrectionOut:
    return CorrectionOut(**{name: getattr(row, name) for name in CorrectionOut.model_fields})


@router.get("/register-corrections", summary="Corrections of the register")
def corrections(
    at: deps.Moment,
    part: Part,
    actor: deps.CurrentActor,
    session: deps.Reading,
    paging: Pages,
    state: Literal["pending", "confirmed", "refused"] | None = "pending",
) -> Page[CorrectionOut]:
    """What workers found wrong in one's jurisdiction, the oldest first."""
    actor = actor.by("doors.read")
    after = paging.after(datetime, UUID) or (None, None)
    asked = {"id": None, "state": state, "after_at": after[0], "after_id": after[1], "most": paging.limit + 1}
    rows = reading.register_page(session, part.where(session, actor, at).limits(), asked)
    return paging.page(rows, _correction, key=lambda row: (row.reported_at, row.id))


class DecisionIn(BaseModel):
    """What the community says. A refusal has a reason; a door that is new gets its code."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"is_right": True}})

    is_right: bool
    reason: Annotated[str | None, Field(max_length=LONGEST_NOTE)] = None
    door_code: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    address: Annotated[str | None, Field(min_length=1, max_length=LONGEST_ADDRESS)] = None


@router.post("/register-corrections/{correction_id}/decision", summary="Decide on a correction")
def decide(correction_id: UUID, decision: DecisionIn, actor: deps.CurrentActor, session: deps.Writing) -> CorrectionOut:
    """Confirmed, it counts from the day of the visit on; refused, the register stays as it is."""
    decide_correction(session, correction_id, Decision(**decision.model_dump()), now=deps.now(), actor=actor)
    limits = Where(actor.scope).limits()
    asked = {"id": correction_id, "state": None, "after_at": None, "after_id": None, "most": 1}
    return _correction(reading.register_page(session, limits, asked)[0])
