"""A table of posts: new ones are authorised, and who fills which is settled for all of them at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.core.errors import Fault, InvalidInput, NotFound
from gridsvc.infra.db import new_id
from gridsvc.people import stations
from gridsvc.people.enlisting import WorkerRow
from gridsvc.people.files.columns import POST_KINDS
from gridsvc.people.files.reading import Row
from gridsvc.people.files.taking import Circumstances, Done, Taken, each_row, moment_of
from gridsvc.people.queries import posts, workers
from gridsvc.people.staffing import PostDraft, register_posts
from gridsvc.people.tables import Post

_KINDS = dict(POST_KINDS)


@dataclass(frozen=True)
class _Known:
    """What there is already: posts, workers and stations by number, who fills which post at which time, and areas."""

    posts: Mapping[str, Post]
    workers: Mapping[str, WorkerRow]
    stations: Mapping[str, Any]
    holders: Mapping[tuple[UUID, datetime], str]
    areas: frozenset[str]


@dataclass
class _Plan:
    """What is to be stored once every row has been looked at: new posts, and who fills which from when on."""

    new: list[PostDraft] = field(default_factory=list)
    filled: dict[str, tuple[datetime, WorkerRow | None]] = field(default_factory=dict)
    rows_of_workers: dict[str, int] = field(default_factory=dict)


def take_posts(session: Session, rows: Sequence[Row], given: Circumstances) -> Iterator[Taken]:
    """Every row by the rules of `stations`, with statements for all of them together."""
    given.actor.require("people.edit")
    known = _known(session, rows, given)
    plan = _Plan()
    yield from each_row(rows, lambda row: _take(row, known, plan, given))
    _store(session, plan, known, given)


def _known(session: Session, rows: Sequence[Row], given: Circumstances) -> _Known:
    there = posts.posts_by_number(session, [row.values["number"] for row in rows])
    asked: dict[datetime, list[UUID]] = {}
    for row in rows:
        if row.values["number"] in there:
            asked.setdefault(_since(row, given), []).append(there[row.values["number"]].id)
    held = {
        (post_id, since): worker_id
        for since, post_ids in asked.items()
        for post_id, worker_id in posts.holdings_at(session, post_ids, since).items()
    }
    named = workers.workers_by_id(session, sorted(set(held.values())))
    return _Known(
        posts=there,
        workers=workers.workers_by_number(session, _named(rows, "worker_number")),
        stations=posts.stations_by_code(session, _named(rows, "station_code")),
        holders={key: named[worker_id].number for key, worker_id in held.items()},
        areas=frozenset(workers.known_areas(session, _named(rows, "community_code"))),
    )


def _named(rows: Sequence[Row], key: str) -> list[str]:
    return sorted({row.values[key] for row in rows if key in row.values})


def _since(row: Row, given: Circumstances) -> datetime:
    return moment_of(row, "since", given) or given.now


def _take(row: Row, known: _Known, plan: _Plan, given: Circumstances) -> Done:
    number, wanted, since = row.values["number"], row.values.get("worker_number"), _since(row, given)
    there = known.posts.get(number)
    worker = _worker(row, known, plan, since)
    if there is None:
        plan.new.append(_new(row, known, given, since))
        if worker is not None:
            plan.filled[number] = since, worker
        return Done("add", number, {}, dict(row.values))
    if there.community_code != row.values["community_code"] or there.kind != _KINDS[row.values["kind"]]:
        words = "A post keeps its area and kind; end this one and authorise another."
        raise InvalidInput(faults=[Fault("number", "post_differs", words)])
    before = known.holders.get((there.id, since))
    if before == wanted:
        return Done("same", number, {"worker": before}, {"worker": before})
    if not stations.reaches_area(given.actor, there.community_code):
        raise NotFound
    if not there.valid.contains(since):
        raise InvalidInput(faults=[Fault("since", "not_authorised", "The post is not authorised at that time.")])
    plan.filled[number] = since, worker
    return Done("change", number, {"worker": before}, {"worker": wanted})


def _worker(row: Row, known: _Known, plan: _Plan, since: datetime) -> WorkerRow | None:
    """The worker that a row names; refuses one that is not there then, or stands in another row."""
    number = row.values.get("worker_number")
    if number is None:
        return None
    if not stations.serves_at(known.workers.get(number), since):
        raise InvalidInput(faults=[stations.UNKNOWN_THEN])
    if plan.rows_of_workers.setdefault(number, row.number) != row.number:
        words = f"This worker fills the post in row {plan.rows_of_workers[number]} already."
        raise InvalidInput(faults=[Fault("worker_number", "worker_twice", words)])
    return known.workers[number]


def _new(row: Row, known: _Known, given: Circumstances, since: datetime) -> PostDraft:
    """A post to authorise, vacant at first."""
    station = row.values.get("station_code")
    draft = PostDraft(
        row.values["number"],
        row.values["community_code"],
        kind=_KINDS[row.values["kind"]],  # type: ignore[arg-type]
        station_code=station,
        since=since,
    )
    stations.require_area(given.actor, draft.community_code)
    faults = stations.post_faults(draft, known.areas)
    if station is not None and station not in known.stations:
        faults.append(Fault("station_code", "unknown_station", "No station has this number."))
    if faults:
        raise InvalidInput("The post cannot be registered like this.", faults=faults)
    return draft


def _store(session: Session, plan: _Plan, known: _Known, given: Circumstances) -> None:
    """New posts first; then whoever filled a post, or fills another one, gives it up, and all posts are filled."""
    ids = register_posts(session, plan.new)
    audit.record_each(session, given.actor, "post.create", "post", {one.number: {} for one in plan.new})
    ids |= {number: known.posts[number].id for number in plan.filled if number in known.posts}
    by_time: dict[datetime, list[tuple[UUID, WorkerRow | None]]] = {}
    for number, (since, worker) in plan.filled.items():
        by_time.setdefault(since, []).append((ids[number], worker))
    for since, pairs in by_time.items():
        giving_up = [worker.id for _, worker in pairs if worker is not None]
        posts.end_holdings(session, since, post_ids=[post_id for post_id, _ in pairs], worker_ids=giving_up)
    holdings = [
        {"id": new_id(), "post_id": post_id, "worker_id": worker.id}
        | {"valid": Range(since, worker.left_at, bounds="[)")}
        for since, pairs in by_time.items()
        for post_id, worker in pairs
        if worker is not None
    ]
    posts.insert_holdings(session, holdings)
    news = {one.number for one in plan.new}
    changed = {number: {"vacant": worker is None} for number, (_, worker) in plan.filled.items() if number not in news}
    audit.record_each(session, given.actor, "post.fill", "post", changed)
