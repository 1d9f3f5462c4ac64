"""Drawing on a plan: a community as it is drawn, operations on it with their consequences, undo, log and findings."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag
from gridsvc.api.plans import CommunityCode
from gridsvc.plans.asked import Operation
from gridsvc.plans.queries import drafting

router = APIRouter(prefix="/api/v1/plans/{plan_id}", tags=["plans"], route_class=StrictRoute)

SQUARE: list[Any] = [[[117.38, 32.92], [117.39, 32.92], [117.39, 32.93], [117.38, 32.93], [117.38, 32.92]]]
FEATURE: dict[str, Any] = {
    "type": "Feature",
    "id": "340302001001001",
    "geometry": {"type": "Polygon", "coordinates": SQUARE},
    "properties": {
        "key": "340302001001001",
        "name": "第一网格",
        "kind": "basic",
        "code": None,
        "drawn_from": "340302001001001",
        "decided": False,
        "fresh_code": False,
    },
}
FIGURES: dict[str, Any] = {
    "grids": [
        {
            "key": "340302001001001",
            "name": "第一网格",
            "kind": "basic",
            "area_m2": 84210.5,
            "counts": {"households": 180, "care_subjects": 6, "incidents": 40, "blocks": 9},
            "workload": 290.0,
            "deviation_pct": 4.2,
            "change": {"households": 12.0, "workload": 20.0},
            "worker": "示例一",
        }
    ],
    "workers": [{"worker": "示例一", "grids": ["340302001001001"], "workload": 290.0, "workload_today": 270.0}],
    "mean_workload": 278.3,
    "worst_deviation_pct": 12.1,
    "worst_deviation_today_pct": 38.0,
    "incidents_from": "2025-11-21T08:00:00Z",
    "incidents_until": "2026-11-21T08:00:00Z",
}
COLLECTION: dict[str, Any] = {"type": "FeatureCollection", "features": [FEATURE]}


class GridFiguresOut(BaseModel):
    """A drawn grid in numbers; `change` is against the grid of today with the same key, null for a new grid."""

    key: str
    name: str
    kind: str
    area_m2: float
    counts: dict[str, int]
    workload: float
    deviation_pct: float | None
    change: dict[str, float] | None
    worker: str | None


class WorkerFiguresOut(BaseModel):
    """What a worker would have, and has today; null: vacant grids."""

    worker: str | None
    grids: list[str]
    workload: float
    workload_today: float


class ConsequencesOut(BaseModel):
    """What a drawing comes to. Workload is the weighted sum of counts; deviations are per cent of the mean."""

    model_config = ConfigDict(json_schema_extra={"example": FIGURES})

    grids: list[GridFiguresOut]
    workers: list[WorkerFiguresOut]
    mean_workload: float
    worst_deviation_pct: float | None
    worst_deviation_today_pct: float | None
    incidents_from: datetime | None
    incidents_until: datetime | None


class DrawingOut(BaseModel):
    """A community as it is drawn: `grids` and `today` are GeoJSON, the latter the net the plan is drawn on."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "community": "340302001001",
                "revision": 4,
                "grids": COLLECTION,
                "today": COLLECTION,
                "outline": {"type": "Polygon", "coordinates": SQUARE},
                "consequences": FIGURES,
            }
        }
    )

    community: str
    revision: int
    grids: dict[str, Any]
    today: dict[str, Any]
    outline: dict[str, Any]
    consequences: ConsequencesOut


class OutcomeOut(BaseModel):
    """What an operation did: the grids that changed as GeoJSON, those that are gone, and what it comes to."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "community": "340302001001",
                "revision": 5,
                "position": 4,
                "stored": True,
                "changed": COLLECTION,
                "gone": [],
                "consequences": FIGURES,
            }
        }
    )

    community: str
    revision: int
    position: int
    stored: bool
    changed: dict[str, Any]
    gone: list[str]
    consequences: ConsequencesOut


class OperationIn(BaseModel):
    """An operation; `confirmed` says that compounds may be cut."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "operation": {"kind": "merge", "keys": ["340302001001001", "340302001001002"]},
                "confirmed": False,
            }
        },
    )

    operation: Operation
    confirmed: bool = False


class DoneOut(BaseModel):
    """An operation in the log; an abandoned one was undone and something else was done instead."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "sequence": 1,
                "kind": "merge",
                "community": "340302001001",
                "by": "演示规划员",
                "at": "2026-11-21T09:30:00Z",
                "counts": True,
                "abandoned": False,
            }
        }
    )

    sequence: int
    kind: str
    community: str
    by: str
    at: datetime
    counts: bool = Field(description="Whether it counts now, or was undone.")
    abandoned: bool


class LogOut(BaseModel):
    """What was done to a plan, in order."""

    model_config = ConfigDict(json_schema_extra={"example": {"items": []}})

    items: list[DoneOut]


class FindingOut(BaseModel):
    """Something to be seen about a plan, with its numbers and its place."""

    kind: str
    blocking: bool
    keys: list[str]
    params: dict[str, Any]
    geometry: dict[str, Any] | None


class FindingsOut(BaseModel):
    """Findings, blocking ones first."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "items": [
                    {
                        "kind": "too_small",
                        "blocking": False,
                        "keys": ["340302001001001"],
                        "params": {"households": 62, "least": 100},
                        "geometry": {"type": "Polygon", "coordinates": SQUARE},
                    }
                ],
                "blocking": 0,
            }
        }
    )

    items: list[FindingOut]
    blocking: int


@router.get("/communities/{community}", summary="A community as it is drawn")
def get_drawing(
    plan_id: UUID, community: CommunityCode, response: Response, actor: deps.CurrentActor, session: deps.MapReading
) -> DrawingOut:
    """The drawn grids beside those of today, the frozen outline, and what the drawing comes to: counts alone."""
    from gridsvc.plans import drafts, showing

    actor = actor.by("plans.read")
    plan = drafts.visible_plan(session, actor, plan_id)
    drawn, base = drafts.drawing(session, plan, community), drafts.base_drawing(session, plan, community)
    tag(response, plan.revision)
    return DrawingOut(
        community=community,
        revision=plan.revision,
        grids=showing.features(drawn),
        today=showing.features(base),
        outline=showing.outline(drawn),
        consequences=_consequences(session, base, drawn),
    )


@router.get("/communities/{community}/blocks", summary="The blocks of a community of a plan")
def get_blocks(
    plan_id: UUID, community: CommunityCode, actor: deps.CurrentActor, session: deps.MapReading
) -> dict[str, Any]:
    """GeoJSON of the blocks with their codes, names and counts: what is painted with."""
    from gridsvc.plans import drafts, showing

    actor = actor.by("plans.read")
    plan = drafts.visible_plan(session, actor, plan_id)
    drafts.refuse_foreign(session, plan, community)
    return showing.blocks(session, community)


@router.post("/communities/{community}/operations", summary="Draw")
def operate(
    plan_id: UUID,
    community: CommunityCode,
    asked: OperationIn,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
    preview: Annotated[bool, Query(description="Only tell what it would come to; nothing is stored.")] = False,
) -> OutcomeOut:
    """One operation on a draft. A refusal carries the geometry it is about, and the draft stays as it was."""
    from gridsvc.plans import drafts

    done = drafts.operate(
        session,
        actor,
        plan_id,
        community,
        asked.operation,
        expected=expected,
        confirmed=asked.confirmed,
        preview=preview,
    )
    return _outcome(session, response, done, stored=not preview)


@router.post("/undo", summary="Undo")
def undo(
    plan_id: UUID, expected: Expectation, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> OutcomeOut:
    """Take up the draft as it was before its last operation."""
    from gridsvc.plans import drafts

    return _outcome(session, response, drafts.undo(session, actor, plan_id, expected=expected), stored=True)


@router.post("/redo", summary="Do again")
def redo(
    plan_id: UUID, expected: Expectation, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> OutcomeOut:
    """Do again what was undone last."""
    from gridsvc.plans import drafts

    return _outcome(session, response, drafts.redo(session, actor, plan_id, expected=expected), stored=True)


@router.get("/operations", summary="What was done")
def get_log(plan_id: UUID, actor: deps.CurrentActor, session: deps.Reading) -> LogOut:
    """Every operation on the plan, also those undone, in order."""
    from gridsvc.plans import drafts

    actor = actor.by("plans.read")
    plan = drafts.visible_plan(session, actor, plan_id)
    return LogOut(
        items=[
            DoneOut(
                sequence=row.sequence,
                kind=row.kind,
                community=row.community_code,
                by=row.display_name,
                at=row.at,
                counts=row.abandoned_at is None and row.sequence <= plan.position,
                abandoned=row.abandoned_at is not None,
            )
            for row in drafting.log(session, plan_id)
        ]
    )


@router.get("/findings", summary="What is to be seen about a plan")
def get_findings(plan_id: UUID, actor: deps.CurrentActor, session: deps.MapReading) -> FindingsOut:
    """All checks as they would be made on handing in and on publishing."""
    from gridsvc.plans import checks, drafts

    actor = actor.by("plans.read")
    found = checks.check_plan(session, drafts.visible_plan(session, actor, plan_id))
    items = [FindingOut(**finding.as_json()) for finding in found]
    return FindingsOut(items=items, blocking=sum(item.blocking for item in items))


def _outcome(session: Session, response: Response, done: Any, *, stored: bool) -> OutcomeOut:
    from gridsvc.plans import drafts, showing

    tag(response, done.plan.revision)
    base = drafts.base_drawing(session, done.plan, done.after.community_code)
    return OutcomeOut(
        community=done.after.community_code,
        revision=done.plan.revision,
        position=done.plan.position,
        stored=stored,
        changed=showing.features(done.after, done.changed),
        gone=sorted(set(done.before.partition.keys) - set(done.after.partition.keys)),
        consequences=_consequences(session, base, done.after, done.blocks),
    )


def _consequences(session: Session, base: Any, drawn: Any, blocks: Any = None) -> ConsequencesOut:
    from gridsvc.plans import showing

    found = showing.consequences_now(session, base, drawn, blocks)
    return ConsequencesOut.model_validate(found, from_attributes=True)
