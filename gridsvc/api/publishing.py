"""Publishing plans and taking them back, and whom they took over."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.api import deps, once
from gridsvc.api.body import StrictRoute
from gridsvc.api.drawing import COLLECTION
from gridsvc.api.etags import Expectation, tag_of
from gridsvc.api.moments import BodyMoment
from gridsvc.api.plans import CommunityCode, PlanOut, plan_out
from gridsvc.plans.queries import history

router = APIRouter(prefix="/api/v1/plans/{plan_id}", tags=["plans"], route_class=StrictRoute)


class PublishIn(BaseModel):
    """When the plan is to take effect; null: on the day it asks for, or at once."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"effective_at": None}})

    effective_at: BodyMoment | None = None


class PublishedOut(BaseModel):
    """A published plan: from when on the net is another one, and what that changes."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "plan": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                "net_version": "01a2005f-b6a0-7225-86d5-b56e70cef451",
                "net_number": 2,
                "effective_at": "2027-01-01T00:00:00+08:00",
                "grids_closed": 1,
                "grids_opened": 2,
                "new_codes": ["340302001001017"],
                "revision": 9,
            }
        }
    )

    plan: UUID
    net_version: UUID
    net_number: int
    effective_at: datetime
    grids_closed: int
    grids_opened: int
    new_codes: list[str]
    revision: int


class Candidate(BaseModel):
    """A worker who may be confirmed."""

    id: UUID
    name: str


class CarriedOut(BaseModel):
    """A grid that a plan made or merged, with who answers for it until somebody confirms that."""

    grid_id: UUID
    code: str
    name: str
    community: str
    reason: Literal["new_grid", "merged"]
    worker: Candidate | None
    candidates: list[Candidate]
    confirmed_at: datetime | None = None


class CarriedList(BaseModel):
    """Whom a plan took over for which grids."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "items": [
                    {
                        "grid_id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                        "code": "340302001001017",
                        "name": "第十七网格",
                        "community": "340302001001",
                        "reason": "new_grid",
                        "worker": {"id": "01a2005f-b6a0-7225-86d5-b56e70cef452", "name": "示例一"},
                        "candidates": [{"id": "01a2005f-b6a0-7225-86d5-b56e70cef452", "name": "示例一"}],
                        "confirmed_at": None,
                    }
                ]
            }
        }
    )

    items: list[CarriedOut]


class ConfirmIn(BaseModel):
    """The candidate who is to answer for the grid; null: whoever does now."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"worker_id": None}})

    worker_id: UUID | None = None


class DivisionIn(BaseModel):
    """The number of grids or the households for each, and sliders from 0 to 10, 1 as a rule."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"grids": 16, "tolerance_pct": 5, "stability": 1, "seed": 1}}
    )

    grids: Annotated[int | None, Field(ge=1, le=999)] = None
    households_per_grid: Annotated[float | None, Field(gt=0, le=100_000)] = None
    tolerance_pct: Annotated[float, Field(ge=0.1, le=100)] = 5
    balance: Annotated[float, Field(ge=0, le=10)] = 1
    compactness: Annotated[float, Field(ge=0, le=10)] = 1
    stability: Annotated[float, Field(ge=0, le=1000)] = 0
    weighing: Literal["households", "workload"] = "households"
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class ReasonOut(BaseModel):
    """Why the tolerance was not met, with the blocks it is about."""

    kind: str
    message: str
    blocks: list[str]


class DivisionOut(BaseModel):
    """A proposal. Draw it by the operation `divide` with these groups of blocks."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "groups": [["340302001001B001"], ["340302001001B002"]],
                "grids": COLLECTION,
                "figures": {"worst_deviation_pct": 3.1, "median_deviation_pct": 1.2, "changed_pct": 12.0},
                "reasons": [],
                "is_within_tolerance": True,
            }
        }
    )

    groups: list[list[str]]
    grids: dict[str, Any]
    figures: dict[str, float]
    reasons: list[ReasonOut]
    is_within_tolerance: bool


@router.post("/communities/{community}/division", summary="Propose a division")
def propose(
    plan_id: UUID, community: CommunityCode, wished: DivisionIn, actor: deps.CurrentActor, session: deps.MapReading
) -> DivisionOut:
    """Connected grids of whole blocks, nearly equal; the same for the same seed. Nothing is drawn."""
    from dataclasses import asdict

    from gridsvc.core.divide import Wishes
    from gridsvc.plans import drafts, proposing, showing
    from gridsvc.plans.blocks import Blocks

    actor = actor.by("plans.edit")
    plan = drafts.visible_plan(session, actor, plan_id)
    wishes = Wishes(
        grids=wished.grids,
        target=wished.households_per_grid,
        tolerance=wished.tolerance_pct / 100,
        balance=wished.balance,
        compactness=wished.compactness,
        stability=wished.stability,
        seed=wished.seed,
    )
    drawn = drafts.drawing(session, plan, community)
    found = proposing.propose(session, drawn, Blocks.of(session, [community]), wishes, wished.weighing)
    return DivisionOut(
        groups=[list(group) for group in found.groups],
        grids=showing.features(found.drawing),
        figures=asdict(found.division.figures),
        reasons=[
            ReasonOut(kind=reason.kind.value, message=reason.message, blocks=list(reason.block_ids))
            for reason in found.division.reasons
        ],
        is_within_tolerance=found.division.is_within_tolerance,
    )


@router.post("/publish", summary="Publish a plan")
def publish(
    plan_id: UUID, wished: PublishIn, expected: Expectation, actor: deps.CurrentActor, session: deps.Writing
) -> PublishedOut:
    """From that instant on codes, posts, duties and routing are those of the new net. Only a new plan takes it back."""
    from gridsvc.plans.publish import publish_plan

    done = publish_plan(session, actor, plan_id, effective_at=wished.effective_at, expected=expected)
    session.commit()  # the gate is shut until then: no waiting for a thread that intake at the gate may hold
    return PublishedOut(
        plan=done.plan_id,
        net_version=done.net_version_id,
        net_number=done.net_number,
        effective_at=done.effective_at,
        grids_closed=done.grids_closed,
        grids_opened=done.grids_opened,
        new_codes=list(done.new_codes),
        revision=done.revision,
    )


@router.post("/withdraw", summary="Withdraw a published plan")
def withdraw(
    plan_id: UUID, expected: Expectation, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> PlanOut:
    """Before it takes effect: everything is as if it had not been published, but its codes are never given again."""
    from gridsvc.plans.withdraw import withdraw_plan

    withdraw_plan(session, actor, plan_id, expected=expected)
    session.commit()  # the gate is shut until then, as in publishing
    told = plan_out(session, actor, plan_id)
    response.headers["ETag"] = tag_of(told.revision)
    return told


@router.post("/revert", status_code=201, response_model=PlanOut, summary="Prepare taking a plan back")
def revert(
    plan_id: UUID, actor: deps.CurrentActor, session: deps.Writing, body: deps.RawBody, key: once.Key = None
) -> Response:
    """A new draft whose grids have the borders from before the plan took effect."""
    from gridsvc.plans.reverting import revert_plan

    def make() -> PlanOut:
        made = revert_plan(session, actor, plan_id)
        session.flush()
        return plan_out(session, actor, made.id)

    return once.created(
        session,
        actor=actor,
        route=f"plans/{plan_id}/revert",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/plans/{made.id}",
        etag=lambda made: tag_of(made.revision),
    )


@router.get("/carry-over", summary="Whom a plan took over")
def get_carry_over(plan_id: UUID, actor: deps.CurrentActor, session: deps.Reading) -> CarriedList:
    """Grids that the plan made or merged, with their workers until they are confirmed."""
    from gridsvc.plans.drafts import visible_plan

    actor = actor.by("plans.read")
    visible_plan(session, actor, plan_id)
    return _carried(session, plan_id)


@router.post("/carry-over/{grid_id}/confirm", summary="Confirm who was taken over")
def confirm(
    plan_id: UUID,
    grid_id: UUID,
    wished: ConfirmIn,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> CarriedList:
    """Or appoint another of the candidates."""
    from gridsvc.plans.confirming import confirm as confirm_worker

    confirm_worker(session, actor, plan_id, grid_id, wished.worker_id)
    return _carried(session, plan_id)


def _carried(session: Session, plan_id: UUID) -> CarriedList:
    return CarriedList(
        items=[
            CarriedOut(
                grid_id=row.grid_id,
                code=row.code,
                name=row.name,
                community=row.community_code,
                reason=row.reason,
                worker=Candidate(id=row.worker_id, name=row.worker) if row.worker else None,
                candidates=[Candidate(**each) for each in row.candidates],
                confirmed_at=row.confirmed_at,
            )
            for row in history.carried_over(session, plan_id)
        ]
    )
