"""The team of a grid (网格+): who belongs to it as what, and for how long."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.fields import text_faults
from gridsvc.infra.db import new_id
from gridsvc.people.enlisting import LONGEST_NAME, LONGEST_PHONE
from gridsvc.people.queries import holding, teams, workers


@dataclass(frozen=True)
class MemberDraft:
    """Somebody to join the team of a grid: a worker by number, or a person or organisation by name."""

    role_key: str
    since: datetime
    worker_number: str | None = None
    name: str | None = None
    phone: str | None = None
    until: datetime | None = None


def join_team(session: Session, actor: Actor, grid_code: str, draft: MemberDraft) -> UUID:
    """Add somebody to the team of a grid in one's jurisdiction; refuses an unknown role, and who is in it already."""
    actor = actor.by("people.edit")
    grid = holding.grids_by_code(session, [grid_code], draft.since).get(grid_code)
    if grid is None or not actor.scope.covers(grid.community_code, grid.grid_id):
        raise NotFound
    worker = workers.workers_by_number(session, [draft.worker_number or ""]).get(draft.worker_number or "")
    faults = member_faults(draft, teams.role_keys(session), is_known_worker=worker is not None)
    if faults:
        raise InvalidInput("The team cannot be like this.", faults=faults)
    who = {"worker_id": worker.id if worker else None, "name": None if worker else draft.name}
    if teams.is_member(session, grid.grid_id, draft.role_key, who, draft.since, draft.until):
        raise Conflict(faults=[Fault("body.role", "member_already", "They are in the team in this role already.")])
    member_id = new_id()
    values = {"id": member_id, "grid_id": grid.grid_id, "role_key": draft.role_key, "phone": draft.phone}
    values |= {"synthetic": False, "valid": Range(draft.since, draft.until, bounds="[)")}
    teams.insert_members(session, [values | who])
    audit.record(session, actor, "team.join", "grid", grid_code, detail={"role": draft.role_key})
    return member_id


def leave_team(session: Session, actor: Actor, member_id: UUID, *, at: datetime) -> None:
    """Let somebody belong to a team no longer from a moment on."""
    actor = actor.by("people.edit")
    found = teams.member(session, member_id)
    grid = None if found is None else holding.grids_by_id(session, [found.grid_id], at).get(found.grid_id)
    if grid is None or not actor.scope.covers(grid.community_code, grid.grid_id):
        raise NotFound
    teams.end_membership(session, member_id, at)
    audit.record(session, actor, "team.leave", "grid", grid.code)


def member_faults(draft: MemberDraft, roles: set[str], *, is_known_worker: bool, place: str = "body.") -> list[Fault]:
    """What is wrong with the fields of a member, each with its place."""
    faults = [
        *text_faults(f"{place}name", draft.name, limit=LONGEST_NAME),
        *text_faults(f"{place}phone", draft.phone, limit=LONGEST_PHONE),
    ]
    if draft.role_key not in roles:
        faults.append(Fault(f"{place}role", "unknown_role", "The city has no such role in a team."))
    if bool(draft.worker_number) == bool(draft.name and draft.name.strip()):
        faults.append(Fault(f"{place}name", "worker_or_name", "Give either the number of a worker or a name."))
    elif draft.worker_number and not is_known_worker:
        faults.append(Fault(f"{place}worker_number", "unknown_worker", "There is no such worker."))
    if draft.until is not None and draft.until <= draft.since:
        faults.append(Fault(f"{place}until", "not_after_since", "The time ends after it begins."))
    return faults
