"""The audit: one row for everything that is done to accounts, rights and data, and for every look at personal data.

Rows go into the transaction of what they tell about, so that neither is there without the other. A read has no
transaction that writes: its row is written by `record_apart` before the answer leaves.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol
from uuid import UUID

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from gridsvc.access.audit_tables import AuditEntry
from gridsvc.infra.db import unit_of_work

Result = Literal["done", "refused", "failed"]
Access = Literal["session", "token", "anonymous", "command", "job"]

LONGEST_REASON = 500
NOBODY = "-"


class Acting(Protocol):
    """Whoever acts, as far as the audit needs to know them."""

    @property
    def account_id(self) -> UUID: ...
    @property
    def username(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Origin:
    """Where something came from: the address of the request, if it was one, and how its sender proved who they are."""

    address: str | None = None
    access: Access = "command"


COMMAND = Origin()
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=COMMAND)


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """What is recorded inside the block came from there. Outside of every block it is a command of this machine."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def proven_by(access: Access) -> None:
    """Whoever sent this request has proved who they are, in this way: what it makes the audit record then tells it.

    Nobody asks a command or a job for a proof, and nothing is changed for them.
    """
    origin = _origin.get()
    if origin.access == "anonymous":
        _origin.set(replace(origin, access=access))


def record(
    session: Session,
    actor: Acting | None,
    action: str,
    object_kind: str,
    object_id: object = None,
    *,
    result: Result = "done",
    reason: str | None = None,
    detail: Mapping[str, Any] | None = None,
    username: str | None = None,
) -> None:
    """Add a row in the session's transaction.

    `action` is `thing.verb` (account.disable, care.unmask); `detail` holds counts, codes and names of fields, never
    personal data. Without an actor nobody was logged in; `username` then says who it was about or meant to be.
    """
    row = _row(actor, action, object_kind, username=username, result=result, reason=reason)
    session.add(AuditEntry(**row, object_id=None if object_id is None else str(object_id), detail=dict(detail or {})))
    session.flush()


def record_each(
    session: Session, actor: Acting, action: str, object_kind: str, objects: Mapping[Any, Mapping[str, Any]]
) -> None:
    """Add a row for each of many objects to which the same was done, given with the detail of each."""
    session.flush()
    if objects:
        same = _row(actor, action, object_kind)
        rows = [same | {"object_id": str(one), "detail": dict(detail)} for one, detail in objects.items()]
        session.execute(insert(AuditEntry), rows)


def _row(
    actor: Acting | None,
    action: str,
    object_kind: str,
    *,
    username: str | None = None,
    result: Result = "done",
    reason: str | None = None,
) -> dict[str, Any]:
    """The columns that say who did what from where; the object and the detail are for the caller to add."""
    origin = _origin.get()
    return {
        "account_id": actor.account_id if actor else None,
        "username": actor.username if actor else username or NOBODY,
        "roles": sorted(actor.roles) if actor else [],
        "access": origin.access,
        "address": origin.address,
        "action": action,
        "object_kind": object_kind,
        "result": result,
        "reason": reason,
    }


def record_apart(engine: Engine, actor: Acting | None, action: str, object_kind: str, **more: Any) -> None:
    """Add a row in a transaction of its own, which is committed on return.

    For reads, before their answer leaves, and for refusals, whose own transaction is undone. `more` is as in `record`.
    """
    with unit_of_work(engine) as session:
        record(session, actor, action, object_kind, **more)
