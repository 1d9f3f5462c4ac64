"""What of people goes out as a table: the rows of each kind that somebody may see, as the import reads them again."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import Scope
from gridsvc.people.files.columns import POST_KINDS, ROLES, STATES, Kind
from gridsvc.people.leave import COUNTING
from gridsvc.people.queries import holding, leaves, posts, teams, workers

MOST = 200_000
PAST, AHEAD = timedelta(days=366), timedelta(days=1100)
Line = Mapping[str, Any]


def lines_of(session: Session, actor: Actor, kind: Kind, at: datetime) -> list[Line]:
    """The rows of a table at a moment, in one's jurisdiction; needs the right to export personal data."""
    actor = actor.by("personal.export")
    return list(LINES[kind](session, actor.scope, at))


def _workers(session: Session, scope: Scope, at: datetime) -> Iterator[Line]:
    rows = workers.list_workers(session, scope, at=at, limit=MOST)
    duties: dict[Any, dict[str, list[str]]] = {}
    for one in workers.functions_of(session, [row.id for row in rows], at):
        word = one.name_zh or {"grid": "网格", "counter": "窗口"}[one.kind]
        duties.setdefault(one.worker_id, {}).setdefault(one.rank, []).append(word)
    for row in rows:
        ranked = duties.get(row.id, {})
        yield {
            "number": row.number,
            "name": row.name,
            "community_code": row.community_code,
            "phone": row.phone,
            "main": next(iter(ranked.get("main", ())), None),
            "others": "、".join(ranked.get("second", ())),
        }


def _responsibilities(session: Session, scope: Scope, at: datetime) -> Iterator[Line]:
    words = {role: word for word, role in ROLES}
    for row in holding.held_in(session, scope, at):
        yield {
            "grid_code": row.code,
            "role": words[row.role],
            "worker": row.number,
            "name": row.name,
            "since": row.since,
            "until": row.until,
        }


def _posts(session: Session, scope: Scope, at: datetime) -> Iterator[Line]:
    words = {kind: word for word, kind in POST_KINDS}
    for row in posts.list_posts(session, scope, at=at, limit=MOST):
        yield {
            "number": row.number,
            "community_code": row.community_code,
            "kind": words[row.kind],
            "station_code": row.station_code,
            "worker_number": row.worker_number,
            "name": row.worker_name,
            "since": row.held.lower if row.held else row.valid.lower,
        }


def _leaves(session: Session, scope: Scope, at: datetime) -> Iterator[Line]:
    words = {state: word for word, state in STATES}
    found = leaves.list_leaves(session, scope, since=at - PAST, until=at + AHEAD, states=COUNTING, limit=MOST)
    for row in found:
        yield {
            "worker": row.number,
            "name": row.name,
            "since": row.since,
            "until": row.until,
            "reason": row.reason,
            "state": words[row.state],
            "cover": row.cover_number if row.cover_source == "hand" else None,
        }


def _team(session: Session, scope: Scope, at: datetime) -> Iterator[Line]:
    codes = holding.grids_in(session, scope, at)
    for row in teams.members(session, list(codes), at):
        yield {
            "grid_code": codes[row.grid_id],
            "role": row.name_zh,
            "worker_number": row.worker_number,
            "name": row.name,
            "phone": row.phone,
            "since": row.since,
            "until": row.until,
        }


LINES: Mapping[Kind, Callable[[Session, Scope, datetime], Iterator[Line]]] = {
    "workers": _workers,
    "responsibilities": _responsibilities,
    "posts": _posts,
    "leaves": _leaves,
    "team": _team,
}
