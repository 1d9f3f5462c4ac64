"""What a plan passes from worker to worker, on the wire and as an Excel table."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from gridsvc.api import deps
from gridsvc.api.audit import record_read
from gridsvc.api.downloads import download, told_as_table
from gridsvc.incidents.queries import catalogue
from gridsvc.plans import handing_over

router = APIRouter(prefix="/api/v1/plans/{plan_id}", tags=["plans"])

SIDE = {"worker_id": "01a2005f-b6a0-7225-86d5-b56e70cef452", "number": "W-0001", "name": "示例一"}


class SideOut(BaseModel):
    """A worker; all null is a named vacancy."""

    worker_id: UUID | None
    number: str | None
    name: str | None


class BalanceOut(SideOut):
    """How much a worker gains and gives."""

    doors_gained: int
    doors_given: int
    incidents_gained: int
    incidents_given: int


class ThingOut(BaseModel):
    """An open incident that passes on; `held_by` took it on and keeps it until somebody else accepts it."""

    code: str
    what: str
    from_code: str
    to_code: str
    giver: SideOut
    taker: SideOut
    held_by: str | None


class PlanHandoverOut(BaseModel):
    """Sums for each worker, and the open incidents; the doors are in the table."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "effective_at": "2027-01-01T00:00:00+08:00",
                "workers": [
                    SIDE | {"doors_gained": 180, "doors_given": 0, "incidents_gained": 1, "incidents_given": 0}
                ],
                "incidents": [],
            }
        }
    )

    effective_at: datetime
    workers: list[BalanceOut]
    incidents: list[ThingOut]


@router.get("/handover", summary="What a plan passes on")
def get_plan_handover(plan_id: UUID, actor: deps.CurrentActor, session: deps.MapReading) -> PlanHandoverOut:
    """For each worker the doors gained and given and the open incidents, by who answers as known now.

    Of a plan that is not published, as if it took effect at this moment.
    """
    told = handing_over.handover_list(session, actor, plan_id)
    sums = ("doors_gained", "doors_given", "incidents_gained", "incidents_given")
    return PlanHandoverOut(
        effective_at=told.effective_at,
        workers=[
            BalanceOut(**vars(each.side), **{name: getattr(each, name) for name in sums}) for each in told.balances
        ],
        incidents=[
            ThingOut(**vars(thing) | {"giver": SideOut(**vars(thing.giver)), "taker": SideOut(**vars(thing.taker))})
            for thing in told.incidents
        ],
    )


@router.get(
    "/handover.xlsx",
    summary="What a plan passes on, as a table",
    response_class=Response,
    responses=told_as_table("An Excel table, a sheet for each worker."),
)
def get_plan_handover_table(
    plan_id: UUID, actor: deps.CurrentActor, session: deps.MapReading, held: deps.AppState
) -> Response:
    """A sheet of sums and one for each worker, with every door and open incident. Noted before it goes out."""
    from gridsvc.plans.drafts import visible_plan
    from gridsvc.plans.handing_over_sheet import plan_workbook

    told = handing_over.handover_list(session, actor, plan_id)
    plan = visible_plan(session, actor, plan_id)
    content = plan_workbook(
        told,
        number=plan.number,
        timezone=held.settings.city_timezone,
        categories=catalogue.names_of_categories(session),
        is_published=plan.status == "published",
    )
    detail = {"rows": len(told.doors) + len(told.incidents)}
    record_read(held, session, actor, "plan.export_handover", "plan", object_id=plan_id, detail=detail)
    return download(content, "plan-handover")
