"""Plans: listing and opening them, and their way from draft to approved.

Drafts and checks work with geometry, which an idle service does not load: they are imported where they are used.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from gridsvc.api import deps, once
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag, tag_of
from gridsvc.api.moments import BodyMoment
from gridsvc.api.pagination import Page, Pages
from gridsvc.core.errors import NotFound
from gridsvc.core.revisions import Expected
from gridsvc.plans.asked import LONGEST_REASON, LONGEST_TITLE, MOST_COMMUNITIES
from gridsvc.plans.queries import drafting, listing, reviewing
from gridsvc.plans.tables import Plan

router = APIRouter(prefix="/api/v1/plans", tags=["plans"], route_class=StrictRoute)

Status = Literal["draft", "in_review", "approved", "published", "withdrawn"]
Title = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE, pattern=r"^[^\x00-\x1f]+$")]
Reason = Annotated[str, Field(max_length=LONGEST_REASON)]
CommunityCode = Annotated[str, Field(min_length=1, max_length=12, pattern=r"^[0-9]{12}$")]
Comment = Annotated[str, Field(max_length=2000)]

ONE: dict[str, Any] = {
    "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
    "number": 12,
    "title": "东风社区网格优化（示例）",
    "reason": "两个网格户数相差一倍",
    "status": "draft",
    "author": "演示规划员",
    "communities": ["340302001001"],
    "revision": 4,
    "position": 3,
    "created_at": "2026-11-21T08:00:00Z",
    "updated_at": "2026-11-21T09:30:00Z",
    "effective_at": None,
    "notice_from": None,
    "notice_until": None,
    "published_at": None,
    "withdrawn_at": None,
    "net_number": None,
    "reverts_plan": None,
    "reverts_number": None,
}


class PlanItem(BaseModel):
    """A plan. `position` operations count now; `net_number` is the version of the net it brought."""

    model_config = ConfigDict(json_schema_extra={"example": ONE})

    id: UUID
    number: int
    title: str
    reason: str
    status: Status
    author: str
    communities: list[str]
    revision: int
    position: int
    created_at: datetime
    updated_at: datetime
    effective_at: datetime | None
    notice_from: datetime | None
    notice_until: datetime | None
    published_at: datetime | None
    withdrawn_at: datetime | None
    net_number: int | None
    reverts_plan: UUID | None
    reverts_number: int | None = Field(description="The number of the plan that this one takes back.")


class StepOut(BaseModel):
    """A step of the approval chain."""

    key: str
    level: Literal["community", "street", "district"]
    name_zh: str
    name_en: str


class DecisionOut(BaseModel):
    """What somebody decided about a plan."""

    decision: Literal["submitted", "approved", "sent_back", "taken_back", "withdrawn"]
    step: str | None
    by: str
    comment: str | None
    at: datetime


class OtherPlan(BaseModel):
    """Another plan for some of the same communities that is not over yet."""

    id: UUID
    number: int
    title: str
    status: Status
    communities: list[str]
    effective_at: datetime | None


class CommunityName(BaseModel):
    """A community of a plan by code and name."""

    code: str
    name: str


class PlanOut(PlanItem):
    """A plan with its way: the steps still before it, what was decided, and other plans over the same ground."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": ONE
            | {
                "community_names": [{"code": "340302001001", "name": "东风社区"}],
                "can_redo": False,
                "steps": [{"key": "street", "level": "street", "name_zh": "街道", "name_en": "Street"}],
                "decisions": [],
                "others": [],
            }
        }
    )

    community_names: list[CommunityName]
    can_redo: bool
    steps: list[StepOut]
    decisions: list[DecisionOut]
    others: list[OtherPlan]


class NewPlan(BaseModel):
    """A plan to be opened over communities that have grids."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"title": "示例方案", "reason": "两个网格户数相差一倍", "communities": ["340302001001"]}
        },
    )

    title: Title
    reason: Reason = ""
    communities: Annotated[list[CommunityCode], Field(min_length=1, max_length=MOST_COMMUNITIES)]


class PlanChange(BaseModel):
    """What is to be different; what is left out stays, null takes a moment away."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"title": "示例方案（二稿）"}})

    title: Title = ""
    reason: Reason = ""
    effective_at: BodyMoment | None = None
    notice_from: BodyMoment | None = None
    notice_until: BodyMoment | None = None


class Remark(BaseModel):
    """A comment with a decision."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"comment": "同意"}})

    comment: Comment | None = None


class Objection(BaseModel):
    """What has to change before the plan can go on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"comment": "请保留原有小区边界"}})

    comment: Annotated[str, Field(min_length=1, max_length=2000)]


@router.get("", summary="Plans")
def list_plans(
    actor: deps.CurrentActor,
    session: deps.Reading,
    pages: Pages,
    status: Annotated[Status | None, Query()] = None,
    community: Annotated[str | None, Query(pattern=r"^[0-9]{12}$", description="Plans for this community.")] = None,
) -> Page[PlanItem]:
    """Plans all of whose communities lie in one's jurisdiction, the one changed last first."""
    actor = actor.by("plans.read")
    after = pages.after(datetime, UUID)
    before = (after[0], after[1]) if after else None
    rows = listing.plans(session, actor.scope, limit=pages.limit + 1, status=status, community=community, before=before)
    return pages.page(rows, lambda row: PlanItem(**_columns(row)), key=lambda row: (row.updated_at, row.id))


@router.post("", status_code=201, response_model=PlanOut, summary="Open a plan")
def open_plan(
    wanted: NewPlan, actor: deps.CurrentActor, session: deps.Writing, body: deps.RawBody, key: once.Key = None
) -> Response:
    """A draft over these communities, drawn as the net is now."""
    from gridsvc.plans import drafts

    def make() -> PlanOut:
        plan = drafts.open_plan(
            session, actor, title=wanted.title, reason=wanted.reason, communities=wanted.communities
        )
        session.flush()
        return plan_out(session, actor, plan.id)

    return once.created(
        session,
        actor=actor,
        route="plans",
        key=key,
        body=body,
        make=make,
        location=lambda made: f"/api/v1/plans/{made.id}",
        etag=lambda made: tag_of(made.revision),
    )


@router.get("/{plan_id}", summary="One plan")
def get_plan(plan_id: UUID, response: Response, actor: deps.CurrentActor, session: deps.Reading) -> PlanOut:
    """The plan, the steps before it, what was decided, and other plans over the same ground; 404 outside one's own."""
    actor = actor.by("plans.read")
    return _shown(session, response, actor, plan_id)


@router.patch("/{plan_id}", summary="Edit a plan")
def edit_plan(
    plan_id: UUID,
    wanted: PlanChange,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> PlanOut:
    """Title, reason, the day it is to take effect, and its public notice, while it is not published."""
    from gridsvc.plans import drafts

    drafts.edit_plan(session, actor, plan_id, wanted.model_dump(exclude_unset=True), expected=expected)
    return _shown(session, response, actor, plan_id)


Deciding = Callable[..., Plan]


@router.post("/{plan_id}/submit", summary="Hand a plan in for review")
def submit(
    plan_id: UUID, expected: Expectation, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> PlanOut:
    """Nobody draws on it from then on. Refused with the findings that must be mended first."""
    from gridsvc.plans import review

    return _decided(review.submit, plan_id, expected, response, actor, session)


@router.post("/{plan_id}/approve", summary="Approve the next step")
def approve(
    plan_id: UUID,
    remark: Remark,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> PlanOut:
    """By somebody who did not work on it and whose jurisdiction reaches the level of the step."""
    from gridsvc.plans import review

    return _decided(review.approve, plan_id, expected, response, actor, session, comment=remark.comment)


@router.post("/{plan_id}/send-back", summary="Send a plan back")
def send_back(
    plan_id: UUID,
    objection: Objection,
    expected: Expectation,
    response: Response,
    actor: deps.CurrentActor,
    session: deps.Writing,
) -> PlanOut:
    """It is a draft again; the comment says what has to change."""
    from gridsvc.plans import review

    return _decided(review.send_back, plan_id, expected, response, actor, session, comment=objection.comment)


@router.post("/{plan_id}/take-back", summary="Make a plan a draft again")
def take_back(
    plan_id: UUID, expected: Expectation, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> PlanOut:
    """By its planners, while it is in review or approved."""
    from gridsvc.plans import review

    return _decided(review.take_back, plan_id, expected, response, actor, session)


@router.post("/{plan_id}/discard", summary="Give a plan up")
def discard(
    plan_id: UUID, expected: Expectation, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> PlanOut:
    """A plan that was never published; it stays on record."""
    from gridsvc.plans import review

    return _decided(review.discard, plan_id, expected, response, actor, session)


def plan_out(session: Session, actor: deps.CurrentActor, plan_id: UUID) -> PlanOut:
    """A plan for the wire; raises NotFound for one outside the actor's jurisdiction."""
    from gridsvc.plans import drafts, review

    rows = listing.plans(session, actor.scope, limit=1, plan_id=plan_id)
    if not rows:
        raise NotFound
    (row,) = rows
    plan = drafts.visible_plan(session, actor, plan_id)
    steps = review.remaining_steps(session, plan) if row.status in ("draft", "in_review") else []
    return PlanOut(
        **_columns(row),
        community_names=[
            CommunityName(code=area.code, name=area.name) for area in listing.names_of(session, row.communities)
        ],
        can_redo=row.status == "draft" and drafting.highest_sequence(session, plan_id) > row.position,
        steps=[StepOut(key=s.key, level=s.level, name_zh=s.name_zh, name_en=s.name_en) for s in steps],
        decisions=[
            DecisionOut(
                decision=done.decision, step=done.step_key, by=done.display_name, comment=done.comment, at=done.at
            )
            for done in reviewing.decisions(session, plan_id)
        ],
        others=[
            OtherPlan(
                id=other.id,
                number=other.number,
                title=other.title,
                status=other.status,
                communities=other.communities,
                effective_at=other.effective_at,
            )
            for other in drafting.others_over(session, plan_id, row.communities)
        ],
    )


def _shown(session: Session, response: Response, actor: deps.CurrentActor, plan_id: UUID) -> PlanOut:
    told = plan_out(session, actor, plan_id)
    tag(response, told.revision)
    return told


def _decided(
    decide: Deciding,
    plan_id: UUID,
    expected: Expected,
    response: Response,
    actor: deps.CurrentActor,
    session: Session,
    **more: Any,
) -> PlanOut:
    decide(session, actor, plan_id, expected=expected, **more)
    return _shown(session, response, actor, plan_id)


def _columns(row: Any) -> dict[str, Any]:
    names = set(PlanItem.model_fields) - {"reverts_plan"}
    return {name: getattr(row, name) for name in names} | {"reverts_plan": row.reverts_plan_id}
