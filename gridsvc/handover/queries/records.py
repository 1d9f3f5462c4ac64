"""Queries on hand-overs themselves and the items named in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, or_, select, text, tuple_, update
from sqlalchemy.orm import Session, aliased

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.geography.tables import GridVersion
from gridsvc.handover.tables import Handover, HandoverGrid, HandoverItem
from gridsvc.people.tables import Worker

_TAKER = aliased(Worker)
_ROWS = (
    Handover.id,
    Handover.kind,
    Handover.state,
    Handover.from_worker_id,
    Worker.number.label("from_number"),
    Worker.name.label("from_name"),
    Handover.to_worker_id,
    _TAKER.number.label("to_number"),
    _TAKER.name.label("to_name"),
    Handover.community_code,
    Handover.is_whole,
    Handover.reason,
    Handover.effective_at,
    Handover.until,
    Handover.leave_id,
    Handover.plan_id,
    Handover.move_id,
    Handover.opened_by,
    Handover.opened_at,
    Handover.given_by,
    Handover.given_at,
    Handover.taken_by,
    Handover.taken_at,
)


def _asked() -> Any:
    return (
        select(*_ROWS)
        .select_from(Handover)
        .join(Worker, Worker.id == Handover.from_worker_id)
        .outerjoin(_TAKER, _TAKER.id == Handover.to_worker_id)
    )


def insert_handover(session: Session, values: Mapping[str, Any], grid_ids: Sequence[UUID]) -> None:
    """Add a hand-over with its grids."""
    session.execute(insert(Handover).values(**values))
    if grid_ids:
        rows = [{"handover_id": values["id"], "grid_id": grid_id} for grid_id in sorted(set(grid_ids))]
        session.execute(insert(HandoverGrid), rows)


def handover(session: Session, handover_id: UUID) -> Row[Any] | None:
    """One hand-over with the names of both sides."""
    row: Row[Any] | None = session.execute(_asked().where(Handover.id == handover_id)).one_or_none()
    return row


def lock(session: Session, handover_id: UUID) -> None:
    """Let nobody else change the hand-over until the transaction ends."""
    session.execute(select(Handover.id).where(Handover.id == handover_id).with_for_update())


def change(session: Session, handover_id: UUID, values: Mapping[str, Any]) -> None:
    """Set columns of a hand-over."""
    session.execute(update(Handover).where(Handover.id == handover_id).values(**values))


def list_handovers(
    session: Session,
    scope: Scope,
    *,
    worker_id: UUID | None = None,
    states: Sequence[str] = (),
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> Sequence[Row[Any]]:
    """Hand-overs of a scope, the newest first; one's own, on either side, are always among them."""
    allowed = within(scope, Handover.community_code)
    if scope.worker_id is not None:
        allowed = or_(allowed, _of_worker(scope.worker_id))
    asked = _asked().where(allowed)
    if worker_id is not None:
        asked = asked.where(_of_worker(worker_id))
    if states:
        asked = asked.where(Handover.state.in_(states))
    if after is not None:
        asked = asked.where(tuple_(Handover.opened_at, Handover.id) < tuple_(*after))
    rows: Sequence[Row[Any]] = session.execute(
        asked.order_by(Handover.opened_at.desc(), Handover.id.desc()).limit(limit)
    ).all()
    return rows


def _of_worker(worker_id: UUID) -> Any:
    return or_(Handover.from_worker_id == worker_id, Handover.to_worker_id == worker_id)


def unfinished_of(session: Session, worker_id: UUID) -> Sequence[Row[Any]]:
    """Hand-overs that a worker is to take and has not."""
    asked = _asked().where(Handover.to_worker_id == worker_id, Handover.state.in_(("open", "given")))
    rows: Sequence[Row[Any]] = session.execute(asked.order_by(Handover.opened_at)).all()
    return rows


def unfinished_for(
    session: Session, *, leave_id: UUID | None = None, move_id: UUID | None = None
) -> Sequence[Row[Any]]:
    """Hand-overs of a leave or of a bulk change that are neither taken nor cancelled."""
    asked = _asked().where(Handover.state.in_(("open", "given")))
    asked = asked.where(Handover.leave_id == leave_id if leave_id else Handover.move_id == move_id)
    rows: Sequence[Row[Any]] = session.execute(asked.order_by(Handover.opened_at)).all()
    return rows


def taken_for(session: Session, move_id: UUID) -> bool:
    """Whether a hand-over of a bulk change was taken."""
    asked = select(Handover.id).where(Handover.move_id == move_id, Handover.state == "taken").limit(1)
    return session.scalar(asked) is not None


def taken_for_leave(session: Session, leave_id: UUID) -> Sequence[Row[Any]]:
    """Hand-overs of a leave that were taken, the first one first."""
    asked = _asked().where(Handover.leave_id == leave_id, Handover.state == "taken")
    rows: Sequence[Row[Any]] = session.execute(asked.order_by(Handover.taken_at)).all()
    return rows


def grids_of(session: Session, handover_id: UUID) -> list[UUID]:
    """The grids of a hand-over."""
    return list(session.scalars(select(HandoverGrid.grid_id).where(HandoverGrid.handover_id == handover_id)))


def grids_named(session: Session, handover_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Code and name of the grids of hand-overs as each last bore them, by hand-over."""
    last = (
        select(GridVersion.code, GridVersion.name)
        .where(GridVersion.grid_id == HandoverGrid.grid_id)
        .order_by(func.lower(GridVersion.valid).desc())
        .limit(1)
        .lateral("last")
    )
    rows = session.execute(
        select(HandoverGrid.handover_id, last.c.code, last.c.name)
        .join(last, text("true"))
        .where(HandoverGrid.handover_id.in_(handover_ids))
        .order_by(HandoverGrid.handover_id, last.c.code)
    )
    found: dict[UUID, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.handover_id, []).append((row.code, row.name))
    return found


def items(session: Session, handover_id: UUID) -> Sequence[Row[Any]]:
    """The items as they were named when a side confirmed, by kind and code."""
    columns = [getattr(HandoverItem, name) for name in ITEM]
    asked = select(*columns).where(HandoverItem.handover_id == handover_id)
    return session.execute(asked.order_by(HandoverItem.kind, HandoverItem.code, HandoverItem.ref_id)).all()


def replace_items(session: Session, handover_id: UUID, rows: Sequence[Mapping[str, Any]], named_at: datetime) -> None:
    """Name these items, and no others, as open."""
    session.execute(delete(HandoverItem).where(HandoverItem.handover_id == handover_id))
    if rows:
        session.execute(
            insert(HandoverItem), [dict(row) | {"handover_id": handover_id, "named_at": named_at} for row in rows]
        )


ITEM = ("kind", "ref_id", "grid_code", "code", "what", "status", "due_at", "passing", "named_at")
