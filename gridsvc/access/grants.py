"""Roles given to accounts over nodes of the management tree, from a moment on and until one; ended, never erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.accounts import PERMISSION, find_account, refuse_nobody_left, to_change
from gridsvc.access.identity import Actor
from gridsvc.access.queries import accounts as queries
from gridsvc.access.reach import reach_of
from gridsvc.access.tables import Grant
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.revisions import ANYTHING, Expected
from gridsvc.infra.db import new_id


@dataclass(frozen=True)
class GrantDraft:
    """A role to be given over a node; a role that reaches the own grids alone is given over none."""

    role: str
    node: str | None
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class GrantPlace:
    """Which grant of which account."""

    account_id: UUID
    grant_id: UUID


def list_grants(session: Session, actor: Actor, account_id: UUID, *, now: datetime) -> Sequence[Grant]:
    """Every grant of an account that the actor looks after, past and coming ones too."""
    find_account(session, actor, account_id, now=now)
    return queries.grants_of(session, account_id)


def give_role(session: Session, actor: Actor, account_id: UUID, draft: GrantDraft, *, now: datetime) -> Grant:
    """Give a role. Refuses a node out of the actor's reach, and a role held over the node at the time already."""
    to_change(session, actor, account_id, ANYTHING, now=now)
    _check(session, actor, draft, now)
    grant = Grant(
        id=new_id(),
        account_id=account_id,
        role_code=draft.role,
        node_code=draft.node,
        valid=Range(draft.since, draft.until, bounds="[)"),
        revision=1,
    )
    if queries.same_grant(session, grant):
        raise Conflict("The account holds this role over this node at that time already.")
    session.add(grant)
    session.flush()
    _record(session, actor, "grant.create", grant)
    return grant


def change_role(
    session: Session, actor: Actor, place: GrantPlace, expected: Expected, *, until: datetime | None, now: datetime
) -> Grant:
    """Let a grant end at another moment, or not (None). What has ended stays so: it is told by what was done then."""
    grant = _to_change(session, actor, place, expected, now)
    start, end = grant.valid.lower, grant.valid.upper
    if end is not None and end <= now:
        raise Conflict("This grant has ended; give the role again instead.")
    if until is not None and until < max(now, start or now):
        raise InvalidInput(faults=[Fault("body.until", "out_of_range", "A grant cannot end in the past.")])
    return _end_at(session, actor, grant, until, now)


def end_role(session: Session, actor: Actor, place: GrantPlace, expected: Expected, *, now: datetime) -> Grant | None:
    """End a grant now; one that has not begun is taken back and leaves only its row in the audit (None)."""
    grant = _to_change(session, actor, place, expected, now)
    if grant.valid.lower is not None and grant.valid.lower >= now:
        _record(session, actor, "grant.withdraw", grant)
        session.delete(grant)
        session.flush()
        return None
    if grant.valid.upper is not None and grant.valid.upper <= now:
        return grant
    return _end_at(session, actor, grant, now, now)


def reaches_own_grids_only(session: Session, role: str) -> bool:
    """Whether a role is given over no node, because it reaches what its holder is responsible for."""
    known = queries.role(session, role)
    return known is not None and known.own_grids_only


def _check(session: Session, actor: Actor, draft: GrantDraft, now: datetime) -> None:
    role = queries.role(session, draft.role)
    if role is None:
        raise InvalidInput(faults=[Fault("body.role", "unknown_role", "There is no such role.")])
    if draft.until is not None and draft.until <= draft.since:
        raise InvalidInput(faults=[Fault("body.until", "out_of_range", "The end is not after the beginning.")])
    if role.own_grids_only and draft.node is not None:
        message = "This role reaches the grids its holder is responsible for; it is given without a node."
        raise InvalidInput(faults=[Fault("body.node", "own_grids_only", message)])
    if not role.own_grids_only and draft.node is None:
        raise InvalidInput(faults=[Fault("body.node", "missing", "This role is given over a node.")])
    if draft.node is not None:
        reach_of(session, actor, PERMISSION, now).require_node(session, draft.node, place="body.node")


def _to_change(session: Session, actor: Actor, place: GrantPlace, expected: Expected, now: datetime) -> Grant:
    queries.one_at_a_time(session)
    grant = queries.grant(session, place.grant_id)
    if grant is None or grant.account_id != place.account_id:
        raise NotFound
    to_change(session, actor, grant.account_id, ANYTHING, now=now)
    expected.check(grant.revision)
    return grant


def _end_at(session: Session, actor: Actor, grant: Grant, until: datetime | None, now: datetime) -> Grant:
    grant.valid = Range(grant.valid.lower, until, bounds="[)")
    grant.revision += 1
    if queries.same_grant(session, grant):
        raise Conflict("The account holds this role over this node at that time already.")
    session.flush()
    refuse_nobody_left(session, actor, now)
    _record(session, actor, "grant.change", grant)
    return grant


def _record(session: Session, actor: Actor, action: str, grant: Grant) -> None:
    bounds = [bound.isoformat() if bound else None for bound in (grant.valid.lower, grant.valid.upper)]
    detail = {"account": str(grant.account_id), "role": grant.role_code, "node": grant.node_code, "valid": bounds}
    audit.record(session, actor, action, "grant", grant.id, detail=detail)
