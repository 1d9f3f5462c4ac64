"""The table of rights: every role by every permission."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict

from gridsvc.access import rights
from gridsvc.api import deps
from gridsvc.api.actors import forget_when_stored
from gridsvc.api.body import StrictRoute

router = APIRouter(prefix="/api/v1/rights", tags=["rights"], route_class=StrictRoute)

Role = Annotated[str, Path(max_length=64, pattern=r"^\w+$", examples=["auditor"])]
Permission = Annotated[str, Path(max_length=64, pattern=r"^[\w.]+$", examples=["map.read"])]


class RoleItem(BaseModel):
    """A role; with `own_grids_only` it reaches what its holder is responsible for, and is given without a node."""

    code: str
    name_zh: str
    name_en: str
    own_grids_only: bool


class PermissionRow(BaseModel):
    """One permission, and for every role whether it has it."""

    permission: str
    allowed: dict[str, bool]


class RightsTable(BaseModel):
    """The whole table; there is a cell for every pair."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "roles": [{"code": "auditor", "name_zh": "审计员", "name_en": "Auditor", "own_grids_only": False}],
                "permissions": [{"permission": "audit.read", "allowed": {"auditor": True}}],
            }
        }
    )

    roles: list[RoleItem]
    permissions: list[PermissionRow]


class Cell(BaseModel):
    """What a cell says."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"allowed": True}})

    allowed: bool


@router.get("", summary="The table of rights")
def read_rights(actor: deps.CurrentActor, session: deps.Reading) -> RightsTable:
    """As it is in force."""
    table = rights.table_of_rights(session, actor)
    return RightsTable(
        roles=[
            RoleItem(code=role.code, name_zh=role.name_zh, name_en=role.name_en, own_grids_only=role.own_grids_only)
            for role in table.roles
        ],
        permissions=[
            PermissionRow(permission=permission, allowed=dict(table.cells[permission]))
            for permission in table.permissions
        ],
    )


@router.put("/{role}/{permission}", summary="Fill a cell of the table of rights")
def set_right(
    role: Role,
    permission: Permission,
    wanted: Cell,
    actor: deps.CurrentActor,
    session: deps.Writing,
    held: deps.AppState,
) -> Cell:
    """In force from the next request on, for everybody with the role. Only for whoever edits rights city-wide."""
    rights.set_right(session, actor, role, permission, allowed=wanted.allowed, now=deps.now())
    forget_when_stored(session, held, None)
    return wanted
