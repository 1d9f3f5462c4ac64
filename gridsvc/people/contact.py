"""When a worker's device was last heard from; what a silent device did not report is unknown, not undone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.people import queries


def heard_from(session: Session, worker_id: UUID, at: datetime) -> None:
    """Note that the worker's device reported at `at`."""
    queries.note_contact(session, {worker_id: at})


def heard_from_all(session: Session, worker_ids: Iterable[UUID], at: datetime) -> None:
    """Note that the devices of all these workers reported at `at`."""
    queries.note_contact(session, dict.fromkeys(worker_ids, at))


def heard_from_each(session: Session, heard: Mapping[UUID, datetime]) -> None:
    """Note for each worker when their device reported."""
    queries.note_contact(session, heard)
