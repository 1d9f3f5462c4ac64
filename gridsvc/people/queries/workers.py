"""Queries on workers: finding them by number, name or account, listing them, and what each does."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, text, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.core.codes import AreaCode
from gridsvc.people.tables import ServiceLine, Worker, WorkerFunction

_LIST = (
    Worker.id,
    Worker.number,
    Worker.name,
    Worker.phone,
    Worker.community_code,
    Worker.left_at,
    Worker.revision,
    Worker.synthetic,
    Worker.account_id.is_not(None).label("has_account"),
)

# Rows with and without a value go out together; otherwise every change from one to the other begins a new statement.
_ALL_COLUMNS = {"render_nulls": True}

_LOAD = text(
    """
    SELECT held.worker_id, count(*) AS grids,
        sum(CAST(v.counts ->> 'households' AS bigint)) AS households
    FROM responsibility held
    JOIN grid_version v ON v.grid_id = held.grid_id AND v.valid @> CAST(:at AS timestamptz)
    WHERE held.role = 'main' AND held.valid @> CAST(:at AS timestamptz) AND upper_inf(held.recorded)
      AND held.worker_id = ANY(CAST(:worker_ids AS uuid[]))
    GROUP BY held.worker_id
    """
)

_FUTURE_OF_WORKER = text(
    """
    SELECT held.grid_id, held.role, lower(held.valid) AS since, upper(held.valid) AS until FROM responsibility held
    WHERE held.worker_id = :worker_id AND upper_inf(held.recorded)
      AND held.valid && tstzrange(CAST(:since AS timestamptz), NULL)
    ORDER BY held.grid_id, held.valid
    """
)


def inside(code: InstrumentedAttribute[str] | ColumnElement[str], area_code: str) -> ColumnElement[bool]:
    """Rows whose area code lies in an area, which is itself among them."""
    return code.startswith(prefix_of(area_code))


def prefix_of(area_code: str) -> str:
    """What all codes inside an area begin with. Raises InvalidCode."""
    return area_code[: (2, 4, 6, 9, 12)[AreaCode(area_code).level - 1]]


def contains(words: str) -> str:
    """A LIKE pattern for rows that contain `words`, whose own signs mean themselves."""
    return "%" + re.sub(r"([%_\\])", r"\\\1", words) + "%"


def worker_of_account(session: Session, account_id: UUID) -> Row[*tuple[Any, ...]] | None:
    """The worker who logs in with an account, serving or not: (id, number, name, community_code, left_at)."""
    return session.execute(
        select(Worker.id, Worker.number, Worker.name, Worker.community_code, Worker.left_at).where(
            Worker.account_id == account_id
        )
    ).one_or_none()


def workers_named(session: Session, words: str, scope: Scope, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Workers within a scope whose name or number contains some words: (id, number, name, community_code)."""
    pattern = contains(words)
    return session.execute(
        select(Worker.id, Worker.number, Worker.name, Worker.community_code)
        .where(Worker.name.ilike(pattern) | Worker.number.ilike(pattern), within(scope, Worker.community_code))
        .order_by(Worker.name, Worker.number)
        .limit(limit)
    ).all()


def list_workers(
    session: Session,
    scope: Scope,
    *,
    at: datetime,
    area_code: str | None = None,
    words: str = "",
    serving: bool | None = True,
    after: str = "",
    limit: int = 50,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Workers within a scope by number from `after` on; `serving` chooses those who serve at `at`, or have left."""
    asked = select(*_LIST).where(within(scope, Worker.community_code)).order_by(Worker.number).limit(limit)
    if area_code:
        asked = asked.where(inside(Worker.community_code, area_code))
    if words:
        pattern = contains(words)
        asked = asked.where(Worker.name.ilike(pattern) | Worker.number.ilike(pattern))
    if serving is not None:
        is_there = or_(Worker.left_at.is_(None), Worker.left_at > at)
        asked = asked.where(is_there if serving else ~is_there)
    if after:
        asked = asked.where(Worker.number > after)
    return session.execute(asked).all()


def worker(
    session: Session, worker_id: UUID, scope: Scope | None = None, *, to_change: bool = False
) -> Row[*tuple[Any, ...]] | None:
    """One worker, if within the scope; locked when something is to be changed, so that two editors see each other."""
    asked = select(*_LIST).where(Worker.id == worker_id)
    if scope is not None:
        asked = asked.where(within(scope, Worker.community_code))
    return session.execute(asked.with_for_update(key_share=True) if to_change else asked).one_or_none()


def workers_by_id(session: Session, worker_ids: Sequence[UUID]) -> dict[UUID, Row[*tuple[Any, ...]]]:
    """Workers by id."""
    if not worker_ids:
        return {}
    return {row.id: row for row in session.execute(select(*_LIST).where(Worker.id.in_(worker_ids)))}


def workers_by_number(session: Session, numbers: Sequence[str]) -> dict[str, Row[*tuple[Any, ...]]]:
    """Workers by number."""
    if not numbers:
        return {}
    return {row.number: row for row in session.execute(select(*_LIST).where(Worker.number.in_(numbers)))}


def worker_numbers(session: Session, numbers: Sequence[str]) -> dict[str, UUID]:
    """The ids of the workers with these numbers."""
    found = session.execute(select(Worker.number, Worker.id).where(Worker.number.in_(numbers)))
    return {row.number: row.id for row in found}


def loads(session: Session, worker_ids: Sequence[UUID], at: datetime) -> dict[UUID, tuple[int, int | None]]:
    """How many grids each worker holds as main at a moment, and how many households those have where known."""
    found = session.execute(_LOAD, {"worker_ids": list(worker_ids), "at": at})
    return {row.worker_id: (row.grids, None if row.households is None else int(row.households)) for row in found}


def future_of_worker(session: Session, worker_id: UUID, since: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """The responsibilities of a worker that reach beyond a moment: (grid_id, role, since, until)."""
    return session.execute(_FUTURE_OF_WORKER, {"worker_id": worker_id, "since": since}).all()


def set_account(session: Session, worker_id: UUID, account_id: UUID) -> bool:
    """Link a worker to an account; False when they have one already."""
    statement = update(Worker).where(Worker.id == worker_id, Worker.account_id.is_(None)).values(account_id=account_id)
    return bool(session.execute(statement.returning(Worker.id)).one_or_none())


def insert_workers(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add workers."""
    if rows:
        session.execute(insert(Worker).execution_options(**_ALL_COLUMNS), list(rows))


def change_worker(session: Session, worker_id: UUID, values: Mapping[str, Any]) -> int:
    """Set columns of a worker and return the new revision."""
    statement = update(Worker).where(Worker.id == worker_id).values(**values, revision=Worker.revision + 1)
    return session.execute(statement.returning(Worker.revision)).scalar_one()


def change_workers(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set name, community and phone of many workers, whatever their revision is (id, name, community_code, phone)."""
    if rows:
        values = {f"{name}s": [row[name] for row in rows] for name in ("id", "name", "community_code", "phone")}
        session.execute(_CHANGE_WORKERS, values)


_CHANGE_WORKERS = text(
    """
    UPDATE worker SET name = sent.name, community_code = sent.community_code, phone = sent.phone,
        revision = worker.revision + 1
    FROM unnest(CAST(:ids AS uuid[]), CAST(:names AS text[]), CAST(:community_codes AS text[]), CAST(:phones AS text[]))
        AS sent (id, name, community_code, phone)
    WHERE worker.id = sent.id
    """
)


def functions_of(session: Session, worker_ids: Sequence[UUID], at: datetime) -> Sequence[Row[*tuple[Any, ...]]]:
    """The functions of workers at a moment: (id, worker_id, rank, kind, line_key, name_zh, name_en, valid)."""
    return session.execute(
        select(
            WorkerFunction.id,
            WorkerFunction.worker_id,
            WorkerFunction.rank,
            WorkerFunction.kind,
            WorkerFunction.line_key,
            ServiceLine.name_zh,
            ServiceLine.name_en,
            WorkerFunction.valid,
        )
        .outerjoin(ServiceLine, ServiceLine.key == WorkerFunction.line_key)
        .where(WorkerFunction.worker_id.in_(worker_ids), WorkerFunction.valid.contains(at))
        .order_by(WorkerFunction.worker_id, WorkerFunction.rank, WorkerFunction.kind, WorkerFunction.line_key)
    ).all()


def service_line_keys(session: Session) -> set[str]:
    """The keys of the service lines."""
    return set(session.scalars(select(ServiceLine.key)))


def end_functions(session: Session, worker_ids: Sequence[UUID], since: datetime) -> None:
    """End every function of workers at a moment; those that would begin later go."""
    values = {"worker_ids": list(worker_ids), "since": since}
    session.execute(_END_FUNCTIONS, values)
    session.execute(_DROP_EMPTY_FUNCTIONS, values)


_END_FUNCTIONS = text(
    """
    UPDATE worker_function SET valid = valid * tstzrange(NULL, CAST(:since AS timestamptz))
    WHERE worker_id = ANY(CAST(:worker_ids AS uuid[])) AND valid && tstzrange(CAST(:since AS timestamptz), NULL)
    """
)
_DROP_EMPTY_FUNCTIONS = text(
    "DELETE FROM worker_function WHERE worker_id = ANY(CAST(:worker_ids AS uuid[])) AND isempty(valid)"
)


def insert_functions(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add functions."""
    if rows:
        session.execute(insert(WorkerFunction).execution_options(**_ALL_COLUMNS), list(rows))


def count_workers(session: Session) -> int:
    """How many workers are registered."""
    return session.scalar(select(func.count()).select_from(Worker)) or 0


def known_areas(session: Session, codes: Sequence[str]) -> set[str]:
    """Which of these area codes the management tree has."""
    return set(session.scalars(_KNOWN_AREAS, {"codes": list(codes)}))


_KNOWN_AREAS = text("SELECT area_code FROM management_node WHERE area_code = ANY(CAST(:codes AS text[]))")


def service_line_names(session: Session) -> dict[str, str]:
    """The keys of the service lines by their Chinese and English names and by themselves."""
    found = session.execute(select(ServiceLine.key, ServiceLine.name_zh, ServiceLine.name_en)).all()
    return {name: row.key for row in found for name in (row.name_zh, row.name_en, row.key)}
