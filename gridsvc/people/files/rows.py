"""What one row of a table does: each goes through the same use case as if it were entered by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Fault, InvalidInput
from gridsvc.core.revisions import ANYTHING
from gridsvc.people import enlisting, holders, leave, stations, team
from gridsvc.people.enlisting import Duty
from gridsvc.people.files.columns import POST_KINDS, ROLES, STATES, Kind
from gridsvc.people.files.reading import Row, moment
from gridsvc.people.leave import CoverRule
from gridsvc.people.queries import holding, leaves, posts, teams, workers
from gridsvc.people.staffing import PostDraft, WorkerDraft

Action = Literal["add", "change", "same"]


@dataclass(frozen=True)
class Circumstances:
    """Who brings a table in, when, in which time, by which rule."""

    actor: Actor
    now: datetime
    timezone: str
    rule: CoverRule


class Done(NamedTuple):
    """What a row did: to what, and how it was before."""

    action: Action
    what: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def take_worker(session: Session, row: Row, given: Circumstances) -> Done:
    """A new worker, or what changed of a known one."""
    values = row.values
    number, phone = values["number"], values.get("phone")
    wanted = {"name": values["name"], "community_code": values["community_code"], "phone": phone}
    known = workers.workers_by_number(session, [number]).get(number)
    if known is None:
        worker_id = enlisting.enlist(session, given.actor, WorkerDraft(number=number, **wanted))  # type: ignore[arg-type]
        _set_duties(session, row, given, worker_id)
        return Done("add", number, {}, dict(values))
    changed = {name: value for name, value in wanted.items() if getattr(known, name) != value}
    if changed:
        enlisting.change_worker(session, given.actor, known.id, changed, ANYTHING)
    else:
        enlisting.find_worker(session, given.actor, known.id)
    before = {name: getattr(known, name) for name in changed}
    if duties := _set_duties(session, row, given, known.id):
        changed["duties"] = duties
    return Done("change" if changed else "same", number, before, changed)


def _set_duties(session: Session, row: Row, given: Circumstances, worker_id: Any) -> str | None:
    """Set the functions a row names unless they are like this already; returns them in words."""
    if "main" not in row.values:
        if "others" in row.values:
            raise InvalidInput(faults=[Fault("main", "missing", "Second functions need a main one.")])
        return None
    lines = workers.service_line_names(session)
    main = _duty(row.values["main"], lines, "main")
    words = row.values.get("others", "").replace(",", "、").replace("，", "、")
    others = [_duty(word.strip(), lines, "others") for word in words.split("、") if word.strip()]
    now = workers.functions_of(session, [worker_id], given.now)
    if [(f.rank, Duty(f.kind, f.line_key)) for f in now if f.rank == "main"] == [("main", main)] and {
        Duty(f.kind, f.line_key) for f in now if f.rank == "second"
    } == set(others):
        return None
    enlisting.set_duties(session, given.actor, worker_id, main=main, others=others, since=given.now)
    return "、".join([row.values["main"], *(word for word in words.split("、") if word)])


def _duty(word: str, lines: Mapping[str, str], key: str) -> Duty:
    if word == "网格":
        return Duty("grid")
    if word == "窗口":
        return Duty("counter")
    if word not in lines:
        raise InvalidInput(faults=[Fault(key, "unknown_service_line", "Neither 网格 nor 窗口 nor a service line.")])
    return Duty("line", lines[word])


def take_responsibility(session: Session, row: Row, given: Circumstances) -> Done:
    """Who holds a grid as main or backup from a day on."""
    worker = _worker(session, row, "worker")
    since, until = _moment(row, "since", given), _moment(row, "until", given, is_end=True)
    assert since is not None
    role: holders.Role = dict(ROLES)[row.values["role"]]  # type: ignore[assignment]
    change = holders.Change(row.values["grid_code"], role, worker.id if worker else None, since, until)
    grid = holders.grid_of(session, given.actor, change)
    held = [r for r in holding.history(session, [grid.grid_id]) if r.role == role and r.since <= since]
    current = next((r for r in held if r.until is None or r.until > since), None)
    before = {"worker": current.number if current else None}
    after = {"worker": worker.number if worker else None, "since": since.isoformat()}
    covers = current is not None and (current.until is None or (until is not None and current.until >= until))
    is_same = covers and current is not None and current.worker_id == change.worker_id
    if is_same or (current is None and worker is None and role == "backup"):
        return Done("same", f"{change.grid_code} {row.values['role']}", before, before)
    holders.change_holder(session, given.actor, change)
    return Done("change", f"{change.grid_code} {row.values['role']}", before, after)


def take_post(session: Session, row: Row, given: Circumstances) -> Done:
    """A new post, or who fills a known one."""
    number, wanted = row.values["number"], row.values.get("worker_number")
    since = _moment(row, "since", given) or given.now
    known = posts.posts_by_number(session, [number]).get(number)
    if known is None:
        draft = PostDraft(
            number,
            row.values["community_code"],
            wanted,
            dict(POST_KINDS)[row.values["kind"]],  # type: ignore[arg-type]
            row.values.get("station_code"),
            since,
        )
        stations.authorise_post(session, given.actor, draft)
        return Done("add", number, {}, dict(row.values))
    if known.community_code != row.values["community_code"] or known.kind != dict(POST_KINDS)[row.values["kind"]]:
        words = "A post keeps its area and kind; end this one and authorise another."
        raise InvalidInput(faults=[Fault("number", "post_differs", words)])
    holder = posts.holdings_at(session, [known.id], since).get(known.id)
    named = workers.workers_by_id(session, [holder])[holder].number if holder else None
    if named == wanted:
        return Done("same", number, {"worker": named}, {"worker": named})
    stations.fill_post(session, given.actor, number, wanted, since=since)
    return Done("change", number, {"worker": named}, {"worker": wanted})


def take_leave(session: Session, row: Row, given: Circumstances) -> Done:
    """A leave that is asked for, or was approved already."""
    worker, cover = _worker(session, row, "worker"), _worker(session, row, "cover")
    since, until = _moment(row, "since", given), _moment(row, "until", given, is_end=True)
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
        _moment(row, "since", given) or given.now,
        row.values.get("worker_number"),
        row.values.get("name") if "worker_number" not in row.values else None,
        row.values.get("phone"),
        _moment(row, "until", given, is_end=True),
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
        raise InvalidInput(faults=[Fault(key, "unknown_worker", f"No worker has the number {number}.")])
    return found


def _moment(row: Row, key: str, given: Circumstances, *, is_end: bool = False) -> datetime | None:
    value = row.values.get(key)
    return None if value is None else moment(value, given.timezone, is_end=is_end)


TAKE: Mapping[Kind, Callable[[Session, Row, Circumstances], Done]] = {
    "workers": take_worker,
    "responsibilities": take_responsibility,
    "posts": take_post,
    "leaves": take_leave,
    "team": take_member,
}
# Fields as the use cases call them, by the column that says them where the names differ.
COLUMN_OF: Mapping[str, str] = {
    "worker_id": "worker",
    "cover_worker_id": "cover",
    "grid_code": "grid_code",
    "role_key": "role",
}
