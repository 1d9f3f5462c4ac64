"""Linking accounts to the workers who log in by them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.people.queries import accounts as queries
from gridsvc.people.queries import workers

NOT_LINKABLE = "No worker of yours has this number and no account yet."


def linkable(session: Session, scope: Scope, numbers: Collection[str]) -> frozenset[str]:
    """Of these numbers, those of workers within the scope who have no account yet."""
    return frozenset(queries.workers_without_account(session, scope, numbers))


def give_account(session: Session, scope: Scope, number: str, account_id: UUID, *, place: str = "body.worker") -> None:
    """Let the worker with that number log in by an account; raises InvalidInput out of scope or when they have one."""
    worker_id = queries.workers_without_account(session, scope, [number]).get(number)
    if worker_id is None or not workers.set_account(session, worker_id, account_id):
        raise InvalidInput(faults=[Fault(place, "unknown_worker", NOT_LINKABLE)])
