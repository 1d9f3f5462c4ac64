"""Queries on changes of many grids at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.handover.tables import GridMove
from gridsvc.people.tables import Worker

_TAKER = aliased(Worker)


def _asked() -> Any:
    return (
        select(GridMove, Worker.name.label("from_name"), _TAKER.name.label("to_name"))
        .join(Worker, Worker.id == GridMove.from_worker_id)
        .join(_TAKER, _TAKER.id == GridMove.to_worker_id)
    )


def insert_move(session: Session, values: Mapping[str, Any]) -> None:
    """Add a change."""
    session.execute(insert(GridMove).values(**values))


def move(session: Session, move_id: UUID, *, lock: bool = False) -> Row[Any] | None:
    """A change with the names of both sides; locked, nobody else changes it until the transaction ends."""
    asked = _asked().where(GridMove.id == move_id).execution_options(populate_existing=True)
    row: Row[Any] | None = session.execute(asked.with_for_update(of=GridMove) if lock else asked).one_or_none()
    return row


def change(session: Session, move_id: UUID, values: Mapping[str, Any]) -> None:
    """Set columns of a change."""
    session.execute(update(GridMove).where(GridMove.id == move_id).values(**values))


def list_moves(
    session: Session, scope: Scope, *, after: tuple[datetime, UUID] | None = None, limit: int = 50
) -> Sequence[Row[Any]]:
    """Changes of a scope, the newest first."""
    asked = _asked().where(within(scope, GridMove.community_code))
    if after is not None:
        asked = asked.where(tuple_(GridMove.asked_at, GridMove.id) < tuple_(*after))
    rows: Sequence[Row[Any]] = session.execute(
        asked.order_by(GridMove.asked_at.desc(), GridMove.id.desc()).limit(limit)
    ).all()
    return rows
