"""Rounds: planned with stops, walked with the stops they had at the beginning, ended with the missed ones by name."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from gridsvc.access.audit import record
from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput, NotFound
from gridsvc.core.fields import moment_faults, reckoned_time, text_faults
from gridsvc.core.revisions import Expected
from gridsvc.geography.queries import lookups
from gridsvc.infra.db import new_id
from gridsvc.infra.settings import get_settings
from gridsvc.patrols.queries import reading
from gridsvc.patrols.queries import rounds as queries
from gridsvc.people.contact import heard_from

MOST_STOPS = 200
LONGEST_NAME = 100
NEAREST_M, FARTHEST_M = 5.0, 500.0


@dataclass(frozen=True)
class StopDraft:
    """A stop of a planned round: a door or a block by its code, or a point (WGS 84) with how near is near enough."""

    kind: Literal["point", "door", "block"]
    name: str | None = None
    code: str | None = None
    x: float | None = None
    y: float | None = None
    radius_m: float = 50.0


@dataclass(frozen=True)
class RouteDraft:
    """A round to be planned in a grid."""

    name: str
    kind: str
    grid_code: str
    stops: Sequence[StopDraft]
    is_active: bool = True


@dataclass(frozen=True)
class RoundDraft:
    """A round that somebody begins; sent again under the same identifier it is the same round."""

    client_id: UUID
    route_id: UUID
    started_at: datetime | None = None


def plan_route(session: Session, draft: RouteDraft, *, now: datetime, actor: Actor) -> UUID:
    """Store a planned round and return its identifier; refuses stops that name nothing, and grids out of sight."""
    actor = actor.by("duties.edit")
    grid = lookups.grid_card(session, draft.grid_code, now)
    if grid is None or not actor.scope.covers(grid.community_code, grid.grid_id):
        raise InvalidInput(faults=[Fault("grid_code", "unknown_grid", "There is no grid of that code.")])
    stops = _checked(session, draft)
    route_id = new_id()
    values = {"id": route_id, "name": draft.name, "kind": draft.kind, "grid_id": grid.grid_id}
    queries.add_route(session, values | {"stops": json.dumps(stops, ensure_ascii=False)})
    record(session, actor, "route.plan", "patrol_route", route_id, detail={"stops": len(stops)})
    return route_id


def change_route(
    session: Session, route_id: UUID, draft: RouteDraft, *, expected: Expected, now: datetime, actor: Actor
) -> int:
    """Change a planned round and return its revision; rounds under way keep their stops.

    The grid stays. Refuses one out of sight, and Stale when somebody changed it meanwhile.
    """
    actor = actor.by("duties.edit")
    row = visible_route(session, route_id, actor)
    expected.check(row.revision)
    stops = _checked(session, draft)
    values = {"id": route_id, "name": draft.name, "kind": draft.kind, "is_active": draft.is_active}
    values |= {"stops": json.dumps(stops, ensure_ascii=False), "revision": row.revision}
    revision = queries.change_route(session, values)
    if revision is None:
        raise Conflict
    record(
        session, actor, "route.change", "patrol_route", route_id, detail={"stops": len(stops), "at": now.isoformat()}
    )
    return revision


def visible_route(session: Session, route_id: UUID, actor: Actor) -> Any:
    """A planned round in one's jurisdiction; NotFound otherwise."""
    row = queries.route(session, route_id)
    if row is None or not actor.scope.covers(row.community_code, row.grid_id):
        raise NotFound
    return row


def start_round(session: Session, draft: RoundDraft, *, worker_id: UUID, now: datetime, actor: Actor) -> UUID:
    """Begin a round with the stops its route has now; what the worker visited since its beginning counts for it.

    The same identifier gives the same round. Refuses a route out of sight or out of use, and Conflict for an
    identifier used for another round.
    """
    actor = actor.by("visits.create")
    faults = list(moment_faults("started_at", draft.started_at, now=now))
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)
    row = visible_route(session, draft.route_id, actor)
    if not row.is_active:
        raise Conflict("This round is not walked any more.")
    started_at, _ = reckoned_time(draft.started_at, now)
    values = {
        "id": new_id(),
        "client_id": draft.client_id,
        "route_id": row.id,
        "route_revision": row.revision,
        "name": row.name,
        "kind": row.kind,
        "grid_id": row.grid_id,
        "worker_id": worker_id,
        "started_at": started_at,
        "received_at": now,
    }
    stored = queries.start(session, values)
    heard_from(session, worker_id, now)
    if stored is None:
        known = queries.patrol(session, draft.client_id)
        if known is None or known.worker_id != worker_id or known.route_id != draft.route_id:
            raise Conflict("This identifier was already used for another round.")
        return UUID(str(known.id))
    queries.match_stops(session, worker_id, started_at)
    return stored


def finish_round(
    session: Session, patrol_id: UUID, *, finished_at: datetime | None, worker_id: UUID, now: datetime, actor: Actor
) -> None:
    """End a round of the worker's own. What it had reached stays reached; ending it again changes nothing."""
    actor.require("visits.create")
    row = queries.patrol(session, patrol_id)
    if row is None or row.worker_id != worker_id:
        raise NotFound
    faults = list(moment_faults("finished_at", finished_at, now=now))
    at, _ = reckoned_time(finished_at, now) if not faults else (now, [])
    if not faults and at < row.started_at:
        faults.append(Fault("finished_at", "before_start", "A round ends after it begins."))
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)
    heard_from(session, worker_id, now)
    queries.match_stops(session, worker_id, at)
    queries.finish(session, row.id, at)


def visible_round(session: Session, patrol_id: UUID, actor: Actor) -> Any:
    """A round that is one's own or in one's jurisdiction; NotFound otherwise."""
    row = queries.patrol(session, patrol_id)
    if row is None:
        raise NotFound
    is_own = actor.scope.worker_id is not None and row.worker_id == actor.scope.worker_id
    if not is_own and not actor.scope.covers(row.community_code, row.grid_id):
        raise NotFound
    return row


def _checked(session: Session, draft: RouteDraft) -> list[dict[str, Any]]:
    """The stops as stored; every fault is told at once with the place of the stop."""
    faults = list(text_faults("name", draft.name, limit=LONGEST_NAME))
    if draft.kind not in {kind.key for kind in reading.visit_kinds(session)}:
        faults.append(Fault("kind", "unknown_kind", "This is not in the city's list."))
    if not 1 <= len(draft.stops) <= MOST_STOPS:
        faults.append(Fault("stops", "bad_number", f"A round has 1 to {MOST_STOPS} stops."))
    codes = {kind: [stop.code for stop in draft.stops if stop.kind == kind and stop.code] for kind in ("door", "block")}
    doors, blocks = queries.doors_and_blocks(session, codes["door"], codes["block"])
    known = {"door": {row.code: (row.id, row.address) for row in doors}}
    known["block"] = {row.code: (row.id, row.name) for row in blocks}
    stops = []
    for number, stop in enumerate(draft.stops):
        place = f"stops.{number}"
        faults += text_faults(f"{place}.name", stop.name, limit=LONGEST_NAME)
        if stop.kind == "point":
            faults += _point_faults(place, stop)
            stops.append(
                {"kind": "point", "name": stop.name or str(number + 1), "x": stop.x, "y": stop.y}
                | {"radius_m": stop.radius_m}
            )
            continue
        found = known[stop.kind].get(stop.code or "")
        if found is None:
            faults.append(Fault(f"{place}.code", f"unknown_{stop.kind}", f"There is no {stop.kind} of that code."))
            continue
        stops.append({"kind": stop.kind, "name": stop.name or found[1], f"{stop.kind}_id": str(found[0])})
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)
    return stops


def _point_faults(place: str, stop: StopDraft) -> list[Fault]:
    west, south, east, north = get_settings().city_bounds
    faults = []
    if stop.x is None or stop.y is None or not (west <= stop.x <= east and south <= stop.y <= north):
        faults.append(Fault(f"{place}.x", "no_place", "A point has x and y in the city, degrees WGS 84."))
    if not NEAREST_M <= stop.radius_m <= FARTHEST_M:
        faults.append(
            Fault(f"{place}.radius_m", "bad_number", f"Near enough is {NEAREST_M:g} to {FARTHEST_M:g} metres.")
        )
    return faults
