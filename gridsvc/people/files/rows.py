"""What the rows of each kind of table do, and leaves and teams row by row as if they were entered by hand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.people import leave, team
from gridsvc.people.files.columns import STATES, Kind
from gridsvc.people.files.holders import take_responsibilities
from gridsvc.people.files.posts import take_posts
from gridsvc.people.files.reading import Row
from gridsvc.people.files.taking import Circumstances, Done, Take, moment_of, one_by_one
from gridsvc.people.files.workers import take_workers
from gridsvc.people.queries import holding, leaves, teams, workers


def take_leave(session: Session, row: Row, given: Circumstances) -> Done:
    """A leave that is asked for, or was approved already."""
    worker, cover = _worker(session, row, "worker"), _worker(session, row, "cover")
    since, until = moment_of(row, "since", given), moment_of(row, "until", given, is_end=True)
    assert worker is not None
    assert since is not None
    state = dict(STATES)[row.values.get("state", "待审批")]
    there = [
        known
        for known in leaves.overlapping(session, [worker.id], since, until or since, states=leave.COUNTING)
        if (known.since, known.until, known.state) == (since, until, state)
    ]
    if there:
        return Done("same", worker.number, {"state": state}, {"state": state})
    asked = leave.LeaveRequest(worker.id, since, until, row.values["reason"], cover.id if cover else None)
    request_id = leave.request_leave(session, given.actor, asked)
    if state == "approved":
        leave.approve_leave(session, given.actor, request_id, rule=given.rule)
    return Done("add", worker.number, {}, dict(row.values))


def take_member(session: Session, row: Row, given: Circumstances) -> Done:
    """Somebody in the team of a grid."""
    role = teams.role_names(session).get(row.values["role"])
    if role is None:
        raise InvalidInput(faults=[Fault("role", "unknown_role", "The city has no such role in a team.")])
    draft = team.MemberDraft(
        role,
        moment_of(row, "since", given) or given.now,
        row.values.get("worker_number"),
        row.values.get("name") if "worker_number" not in row.values else None,
        row.values.get("phone"),
        moment_of(row, "until", given, is_end=True),
    )
    grid = holding.grids_by_code(session, [row.values["grid_code"]], draft.since).get(row.values["grid_code"])
    worker = _worker(session, row, "worker_number")
    who = {"worker_id": worker.id if worker else None, "name": draft.name}
    what = f"{row.values['grid_code']} {row.values['role']}"
    if grid is not None and teams.is_member(session, grid.grid_id, role, who, draft.since, draft.until):
        return Done("same", what, {}, {})
    team.join_team(session, given.actor, row.values["grid_code"], draft)
    return Done("add", what, {}, dict(row.values))


def _worker(session: Session, row: Row, key: str) -> Any:
    number = row.values.get(key)
    if number is None:
        return None
    found = workers.workers_by_number(session, [number]).get(number)
    if found is None:
        raise InvalidInput(faults=[Fault(key, "unknown_worker", "No worker has this number.")])
    return found


# The tables of a whole city are taken all at once, the short ones row by row.
TAKE: Mapping[Kind, Take] = {
    "workers": take_workers,
    "responsibilities": take_responsibilities,
    "posts": take_posts,
    "leaves": one_by_one(take_leave),
    "team": one_by_one(take_member),
}
# Fields as the use cases call them, by the column that says them where the names differ.
COLUMN_OF: Mapping[str, str] = {
    "worker_id": "worker",
    "cover_worker_id": "cover",
    "grid_code": "grid_code",
    "role_key": "role",
}
