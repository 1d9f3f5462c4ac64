"""Stations, their posts and supervision: founding, opening and closing, who fills a post, and the hours that count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.fields import EARLIEST, text_faults
from gridsvc.infra.db import new_id
from gridsvc.people.enlisting import LONGEST_NAME, LONGEST_NUMBER, is_known_area
from gridsvc.people.leave import span_words
from gridsvc.people.queries import posts, workers
from gridsvc.people.staffing import PostDraft, register_posts
from gridsvc.people.tables import Supervision

LONGEST_ADDRESS = 200
LONGEST_NOTE = 500
LONGEST_SESSION = timedelta(hours=24)

StationRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class StationDraft:
    """A station to register; without `opened_at` it is planned. `point` is longitude and latitude, WGS 84."""

    code: str
    name: str
    area_code: str
    address: str | None = None
    point: tuple[float, float] | None = None
    opened_at: datetime | None = None
    synthetic: bool = False


@dataclass(frozen=True)
class SupervisionDraft:
    """A supervision session at a station that was held."""

    station_code: str
    supervisor: str
    began_at: datetime
    ended_at: datetime
    note: str | None = None


def register_stations(session: Session, drafts: list[StationDraft]) -> dict[str, UUID]:
    """Add stations and return their ids by code; refuses codes that are taken."""
    taken = posts.stations_by_code(session, [draft.code for draft in drafts])
    if taken:
        faults = [Fault("body.code", "number_taken", "This code is already in use.") for _ in taken]
        raise Conflict("Some stations are registered already; nothing was added.", faults=faults)
    ids = {draft.code: new_id() for draft in drafts}
    posts.insert_stations(
        session,
        [
            {
                "id": ids[draft.code],
                "code": draft.code,
                "name": draft.name,
                "area_code": draft.area_code,
                "address": draft.address,
                "point": None if draft.point is None else f"SRID=4326;POINT({draft.point[0]} {draft.point[1]})",
                "opened_at": draft.opened_at,
                "synthetic": draft.synthetic,
            }
            for draft in drafts
        ],
    )
    return ids


def found_station(session: Session, actor: Actor, draft: StationDraft) -> UUID:
    """Add a station in one's jurisdiction; refuses an area that is not registered and fields that cannot be right."""
    actor = actor.by("people.edit")
    require_area(actor, draft.area_code)
    faults = [
        *text_faults("body.code", draft.code, limit=LONGEST_NUMBER),
        *text_faults("body.name", draft.name, limit=LONGEST_NAME),
        *text_faults("body.address", draft.address, limit=LONGEST_ADDRESS),
    ]
    if not draft.name.strip():
        faults.append(Fault("body.name", "missing", "The name is missing."))
    if not is_known_area(session, draft.area_code):
        faults.append(Fault("body.area_code", "unknown_area", "There is no such area."))
    if draft.opened_at is not None and (draft.opened_at.tzinfo is None or draft.opened_at < EARLIEST):
        faults.append(Fault("body.opened_at", "impossible_time", "Say when, with its zone, after 2000."))
    if faults:
        raise InvalidInput("The station cannot be registered like this.", faults=faults)
    made = register_stations(session, [draft])[draft.code]
    audit.record(session, actor, "station.create", "station", draft.code)
    return made


def open_station(
    session: Session, actor: Actor, code: str, *, opened_at: datetime | None = None, closed_at: datetime | None = None
) -> None:
    """Say since when a station is open, or from when it is closed; refuses a closing before the opening."""
    actor = actor.by("people.edit")
    row = find_station(session, actor, code, to_change=True)
    opened, closed = opened_at or row.opened_at, closed_at or row.closed_at
    if closed is not None and (opened is None or closed <= opened):
        raise InvalidInput(faults=[Fault("body.closed_at", "not_after_opening", "A station closes after it opened.")])
    posts.change_station(session, row.id, {"opened_at": opened, "closed_at": closed})
    audit.record(session, actor, "station.change", "station", code)


def find_station(session: Session, actor: Actor, code: str, *, to_change: bool = False) -> StationRow:
    """A station in one's jurisdiction, kept from others' changes if it is to change; raises NotFound."""
    row = posts.stations_by_code(session, [code], actor.scope, to_change=to_change).get(code)
    if row is None:
        raise NotFound
    return row


def authorise_post(session: Session, actor: Actor, draft: PostDraft) -> UUID:
    """Add a post in one's jurisdiction, vacant or filled; refuses a number that is taken."""
    actor = actor.by("people.edit")
    require_area(actor, draft.community_code)
    faults = post_faults(draft, workers.known_areas(session, [draft.community_code]))
    if faults:
        raise InvalidInput("The post cannot be registered like this.", faults=faults)
    if posts.posts_by_number(session, [draft.number]):
        raise Conflict(faults=[Fault("body.number", "number_taken", "This number is already in use.")])
    made = register_posts(session, [draft])[draft.number]
    audit.record(session, actor, "post.create", "post", draft.number)
    return made


def fill_post(
    session: Session, actor: Actor, number: str, worker_number: str | None, *, since: datetime
) -> Literal["filled", "vacant"]:
    """Let a worker fill a post from a moment on, or nobody; a worker gives up the post they had.

    Refuses a post that is not authorised then, and a worker who is unknown or has left.
    """
    actor = actor.by("people.edit")
    post = posts.posts_by_number(session, [number]).get(number)
    if post is None or not reaches_area(actor, post.community_code):
        raise NotFound
    if not post.valid.contains(since):
        raise InvalidInput(faults=[Fault("body.since", "not_authorised", "The post is not authorised at that time.")])
    worker = workers.workers_by_number(session, [worker_number]).get(worker_number) if worker_number else None
    if worker_number and not serves_at(worker, since):
        raise InvalidInput(faults=[UNKNOWN_THEN])
    posts.end_holdings(session, since, post_ids=[post.id], worker_ids=[worker.id] if worker else [])
    if worker is not None:
        valid = Range(since, worker.left_at, bounds="[)")
        posts.insert_holdings(session, [{"id": new_id(), "post_id": post.id, "worker_id": worker.id, "valid": valid}])
    audit.record(session, actor, "post.fill", "post", number, detail={"vacant": worker is None})
    return "filled" if worker else "vacant"


UNKNOWN_THEN = Fault("body.worker_number", "unknown_worker", "There is no such worker then.")


def serves_at(worker: StationRow | None, at: datetime) -> bool:
    """Whether there is such a worker, and they have not left by a moment."""
    return worker is not None and (worker.left_at is None or worker.left_at > at)


def post_faults(draft: PostDraft, areas: Collection[str]) -> list[Fault]:
    """What is wrong with the data of a post; `areas` are those of the management tree, as far as asked for."""
    faults = list(text_faults("body.number", draft.number, limit=LONGEST_NUMBER))
    if draft.community_code not in areas:
        faults.append(Fault("body.community_code", "unknown_area", "There is no such area."))
    return faults


def record_supervision(session: Session, actor: Actor, draft: SupervisionDraft, *, now: datetime) -> UUID:
    """Note supervision that was held at a station; refuses what lies ahead, lasts over a day, or is noted already."""
    actor = actor.by("people.edit")
    station = find_station(session, actor, draft.station_code)
    faults = [
        *text_faults("body.supervisor", draft.supervisor, limit=LONGEST_NAME),
        *text_faults("body.note", draft.note, limit=LONGEST_NOTE),
    ]
    if not draft.supervisor.strip():
        faults.append(Fault("body.supervisor", "missing", "Say who supervised."))
    if draft.began_at.tzinfo is None or draft.ended_at.tzinfo is None:
        faults.append(Fault("body.began_at", "naive_time", "The time has no zone; say which one is meant."))
    elif not EARLIEST <= draft.began_at < draft.ended_at <= now or draft.ended_at - draft.began_at > LONGEST_SESSION:
        words = "Supervision is noted after it was held, and lasts a day at most."
        faults.append(Fault("body.ended_at", "impossible_time", words))
    if faults:
        raise InvalidInput("The supervision cannot be noted like this.", faults=faults)
    other = posts.overlapping_supervision(session, station.id, draft.supervisor, draft.began_at, draft.ended_at)
    if other is not None:
        words = f"The same supervisor was there from {span_words(other.began_at, other.ended_at)}."
        raise Conflict(faults=[Fault("body.began_at", "supervision_overlaps", words)])
    made = Supervision(
        id=new_id(),
        station_id=station.id,
        supervisor=draft.supervisor,
        held=Range(draft.began_at, draft.ended_at, bounds="[)"),
        note=draft.note,
        recorded_by=actor.username,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "supervision.record", "station", draft.station_code)
    return made.id


def void_supervision(session: Session, actor: Actor, supervision_id: UUID, *, reason: str, now: datetime) -> None:
    """Let a record of supervision count no more; it stays, with the reason."""
    actor = actor.by("people.edit")
    if not reason.strip() or list(text_faults("body.reason", reason, limit=LONGEST_NOTE)):
        raise InvalidInput(faults=[Fault("body.reason", "missing", "Say why, in at most 500 characters.")])
    if not posts.void_supervision(session, supervision_id, actor.scope, now, reason.strip()):
        raise NotFound
    audit.record(session, actor, "supervision.void", "supervision", supervision_id)


def require_area(actor: Actor, area_code: str) -> None:
    """Raise NotFound unless the area is in one's jurisdiction."""
    if not reaches_area(actor, area_code):
        raise NotFound


def reaches_area(actor: Actor, area_code: str) -> bool:
    """Whether an area is a community of one's jurisdiction, or the street or town of one."""
    scope = actor.scope
    return scope.covers(area_code) or (
        area_code.endswith("000") and any(code.startswith(area_code[:9]) for code in scope.community_codes)
    )
