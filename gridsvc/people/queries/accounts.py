"""Queries on which worker logs in by which account."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.people.tables import Worker


def workers_without_account(session: Session, scope: Scope, numbers: Collection[str]) -> dict[str, UUID]:
    """Of the workers with these numbers within a scope, those that have no account yet."""
    statement = select(Worker.number, Worker.id).where(
        Worker.number.in_(list(numbers)), Worker.account_id.is_(None), within(scope, Worker.community_code)
    )
    return {row.number: row.id for row in session.execute(statement)}
