"""The table of rights: every role by every permission, read as a whole and changed cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.accounts import refuse_nobody_left
from gridsvc.access.identity import Actor
from gridsvc.access.queries import accounts
from gridsvc.access.queries import rights as queries
from gridsvc.access.reach import reach_of
from gridsvc.access.roles import MATRIX, ROLE_CODES
from gridsvc.access.tables import Role
from gridsvc.core.errors import NotFound


@dataclass(frozen=True)
class Rights:
    """Roles, permissions, and for each pair whether it is allowed (permission -> role -> allowed)."""

    roles: Sequence[Role]
    permissions: Sequence[str]
    cells: Mapping[str, Mapping[str, bool]]


def table_of_rights(session: Session, actor: Actor) -> Rights:
    """The whole table as it is in force; a cell that no row fills says no."""
    actor.require("rights.read")
    roles = sorted(queries.roles(session), key=lambda role: (_place(role.code), role.code))
    filled = {(row.permission, row.role_code): row.allowed for row in queries.cells(session)}
    cells = {
        permission: {role.code: filled.get((permission, role.code), False) for role in roles} for permission in MATRIX
    }
    return Rights(roles, tuple(MATRIX), cells)


def set_right(session: Session, actor: Actor, role: str, permission: str, *, allowed: bool, now: datetime) -> bool:
    """Fill a cell; True when that changed anything. Only for who may edit rights over the whole city.

    Raises NotFound for what is no role or permission, LastAdministrator when nobody could edit rights afterwards.
    """
    reach_of(session, actor, "rights.edit", now).require_everything()
    if permission not in MATRIX or accounts.role(session, role) is None:
        raise NotFound
    accounts.one_at_a_time(session)
    before = any(row.allowed for row in queries.cells(session) if (row.role_code, row.permission) == (role, permission))
    if before == allowed:
        return False
    queries.set_cell(session, role, permission, allowed=allowed)
    refuse_nobody_left(session, actor, now)
    audit.record(session, actor, "right.set", "right", f"{role} {permission}", detail={"allowed": allowed})
    return True


def _place(role: str) -> int:
    """Shipped roles keep their order, a city's own follow."""
    return ROLE_CODES.index(role) if role in ROLE_CODES else len(ROLE_CODES)
