"""Queries that read visits: the last ones in a grid, a worker's own, and the catalogue of kinds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from gridsvc.geography.tables import Door, GridVersion
from gridsvc.patrols.tables import Visit, VisitKind
from gridsvc.people.tables import Worker


def visit_kinds(session: Session) -> Sequence[VisitKind]:
    """The catalogue: services first, then patrols."""
    return session.scalars(select(VisitKind).order_by(VisitKind.group.desc(), VisitKind.key)).all()


def visits_in_grid(
    session: Session, grid_id: UUID, at: datetime, *, limit: int = 10
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The last visits in a grid up to a moment, the newest first, with the worker's name and the door's address."""
    statement = (
        select(
            Visit.id,
            Visit.occurred_at,
            Worker.name.label("worker"),
            Visit.kind,
            Visit.result,
            Door.address.label("door"),
        )
        .join(Worker, Worker.id == Visit.worker_id)
        .outerjoin(Door, Door.id == Visit.door_id)
        .where(Visit.grid_id == grid_id, Visit.occurred_at <= at)
    )
    return session.execute(statement.order_by(Visit.occurred_at.desc()).limit(limit)).all()


def visits_of_worker(session: Session, worker_id: UUID, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """A worker's own visits, the newest first, with the grid's code of that time and the door's address."""
    statement = (
        select(
            Visit.id,
            Visit.client_id,
            Visit.occurred_at,
            GridVersion.code.label("grid_code"),
            Visit.kind,
            Visit.result,
            Door.address.label("door"),
            Visit.note,
            Visit.flags,
        )
        .outerjoin(Door, Door.id == Visit.door_id)
        .outerjoin(
            GridVersion,
            and_(GridVersion.grid_id == Visit.grid_id, GridVersion.valid.contains(Visit.occurred_at)),
        )
        .where(Visit.worker_id == worker_id)
    )
    return session.execute(statement.order_by(Visit.occurred_at.desc(), Visit.id.desc()).limit(limit)).all()
