"""Drawing a draft anew on the net of now, over HTTP."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict

from gridsvc.api import deps
from gridsvc.api.body import StrictRoute
from gridsvc.api.etags import Expectation, tag

router = APIRouter(prefix="/api/v1/plans/{plan_id}", tags=["plans"], route_class=StrictRoute)


class MovedOnOut(BaseModel):
    """A community with grids that are new, gone or another version; `conflicts` were drawn differently by the draft."""

    model_config = ConfigDict(from_attributes=True)

    community_code: str
    changed: list[str]
    conflicts: list[str]


class LeftOutOut(BaseModel):
    """An operation that could not be done again: its place in the log before, why, and where."""

    model_config = ConfigDict(from_attributes=True)

    sequence: int
    kind: str
    community_code: str
    code: str
    message: str
    geometry: dict[str, Any] | None = None


class RebasedOut(BaseModel):
    """A draft on the net of now."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "revision": 6,
                "position": 2,
                "moved": [
                    {
                        "community_code": "340302001001",
                        "changed": ["340302001001001", "340302001001017"],
                        "conflicts": ["340302001001001"],
                    }
                ],
                "done_again": 1,
                "left_out": [
                    {
                        "sequence": 2,
                        "kind": "merge",
                        "community_code": "340302001001",
                        "code": "unknown_grid",
                        "message": "There is no grid of this key in the community.",
                        "geometry": None,
                    }
                ],
            }
        }
    )

    revision: int
    position: int
    moved: list[MovedOnOut]
    done_again: int
    left_out: list[LeftOutOut]


@router.post("/rebase", summary="Draw a draft on the net of now")
def rebase(
    plan_id: UUID, expected: Expectation, response: Response, actor: deps.CurrentActor, session: deps.Writing
) -> RebasedOut:
    """Communities whose grids moved on are drawn anew by the operations that still can be done; the others stay."""
    from gridsvc.plans import rebasing

    done = rebasing.rebase_plan(session, actor, plan_id, expected=expected)
    tag(response, done.plan.revision)
    return RebasedOut(
        revision=done.plan.revision,
        position=done.plan.position,
        moved=[MovedOnOut.model_validate(each) for each in done.moved],
        done_again=done.done_again,
        left_out=[LeftOutOut.model_validate(each) for each in done.left_out],
    )
