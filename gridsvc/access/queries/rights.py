"""Queries on the table of rights."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gridsvc.access.tables import Role, RolePermission


def roles(session: Session) -> Sequence[Role]:
    """Every role by code."""
    return session.scalars(select(Role).order_by(Role.code)).all()


def cells(session: Session) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every cell that is filled: (role_code, permission, allowed)."""
    return session.execute(select(RolePermission.role_code, RolePermission.permission, RolePermission.allowed)).all()


def set_cell(session: Session, role: str, permission: str, *, allowed: bool) -> None:
    """Fill a cell."""
    statement = insert(RolePermission).values(role_code=role, permission=permission, allowed=allowed)
    session.execute(
        statement.on_conflict_do_update(index_elements=("role_code", "permission"), set_={"allowed": allowed})
    )
