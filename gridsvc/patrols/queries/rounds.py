"""Statements on rounds: their routes, their stops, and the visits that reached them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

Rows = Sequence[Row[*tuple[Any, ...]]]

# A stop is reached by the first visit of the round's worker, made while the round lasted, at the door, in the block, or
# as near to the point as the stop says.
_MATCH = text(
    """
    WITH found AS (
        SELECT DISTINCT ON (stop.id) stop.id AS stop_id, visit.id AS visit_id, visit.occurred_at
        FROM patrol
        JOIN patrol_stop stop ON stop.patrol_id = patrol.id AND stop.visit_id IS NULL
        JOIN visit ON visit.worker_id = patrol.worker_id AND visit.occurred_at >= patrol.started_at
            AND visit.occurred_at <= coalesce(patrol.finished_at, 'infinity') AND visit.void_at IS NULL
            AND visit.result <> 'withdrawn'
        LEFT JOIN door ON door.id = visit.door_id
        LEFT JOIN block ON block.id = stop.block_id
        WHERE patrol.worker_id = :worker_id AND patrol.started_at <= CAST(:at AS timestamptz)
          AND (patrol.finished_at IS NULL OR patrol.finished_at >= CAST(:at AS timestamptz))
          AND (stop.door_id = visit.door_id
               OR stop.block_id = door.block_id
               OR ST_Covers(block.geom, visit.point)
               OR ST_DWithin(CAST(stop.point AS geography), CAST(coalesce(visit.point, door.point) AS geography),
                             stop.radius_m))
        ORDER BY stop.id, visit.occurred_at, visit.id
    )
    UPDATE patrol_stop SET visit_id = found.visit_id, reached_at = found.occurred_at
    FROM found WHERE patrol_stop.id = found.stop_id
    """
)

_REACH = text(
    """
    UPDATE patrol_stop SET visit_id = visit.id, reached_at = visit.occurred_at
    FROM patrol, visit
    WHERE patrol_stop.id = :stop_id AND patrol.id = patrol_stop.patrol_id AND patrol.worker_id = :worker_id
      AND visit.id = :visit_id AND patrol_stop.visit_id IS NULL
    """
)
_STOP_IS_OWN = text(
    """
    SELECT EXISTS (SELECT FROM patrol_stop JOIN patrol ON patrol.id = patrol_stop.patrol_id
        WHERE patrol_stop.id = :stop_id AND patrol.worker_id = :worker_id)
    """
)
_UNREACH = text("UPDATE patrol_stop SET visit_id = NULL, reached_at = NULL WHERE visit_id = :visit_id")

_ROUTE_COLUMNS = """
    SELECT route.id, route.name, route.kind, route.grid_id, version.code AS grid_code, version.community_code,
        route.stops, route.revision, route.is_active
    FROM patrol_route route
"""
_ROUTES = text(
    f"""
    {_ROUTE_COLUMNS}
    JOIN grid_version version ON version.grid_id = route.grid_id AND version.valid @> CAST(:at AS timestamptz)
    WHERE (:all_of_them OR route.is_active)
      AND (:city_wide OR version.community_code = ANY(CAST(:communities AS text[]))
           OR version.grid_id = ANY(CAST(:grids AS uuid[])))
      AND version.community_code LIKE :area
      AND (CAST(:grid_id AS uuid) IS NULL OR version.grid_id = CAST(:grid_id AS uuid))
    ORDER BY version.code, route.name, route.id
    """
)
_ROUTE = text(
    f"""
    {_ROUTE_COLUMNS}
    LEFT JOIN grid_version version ON version.grid_id = route.grid_id AND version.valid @> now()
    WHERE route.id = :id
    """
)
_ADD_ROUTE = text(
    """
    INSERT INTO patrol_route (id, name, kind, grid_id, stops)
    VALUES (:id, :name, :kind, :grid_id, CAST(:stops AS jsonb))
    """
)
_CHANGE_ROUTE = text(
    """
    UPDATE patrol_route SET name = :name, kind = :kind, stops = CAST(:stops AS jsonb), is_active = :is_active,
        revision = revision + 1
    WHERE id = :id AND revision = :revision RETURNING revision
    """
)
_DOORS = text("SELECT code, id, address FROM door WHERE code = ANY(CAST(:codes AS text[]))")
_BLOCKS = text("SELECT code, id, coalesce(name, code) AS name FROM block WHERE code = ANY(CAST(:codes AS text[]))")

_START = text(
    """
    INSERT INTO patrol (id, client_id, route_id, route_revision, name, kind, grid_id, worker_id, started_at,
        received_at)
    VALUES (:id, :client_id, :route_id, :route_revision, :name, :kind, :grid_id, :worker_id, :started_at, :received_at)
    ON CONFLICT (client_id) DO NOTHING RETURNING id
    """
)
_SNAPSHOT = text(
    """
    INSERT INTO patrol_stop (id, patrol_id, place, kind, name, door_id, block_id, point, radius_m)
    SELECT gen_random_uuid(), :patrol_id, stop.place, stop.data ->> 'kind', stop.data ->> 'name',
        CAST(stop.data ->> 'door_id' AS uuid), CAST(stop.data ->> 'block_id' AS uuid),
        ST_SetSRID(ST_MakePoint(CAST(stop.data ->> 'x' AS float8), CAST(stop.data ->> 'y' AS float8)), 4326),
        coalesce(CAST(stop.data ->> 'radius_m' AS float8), 50)
    FROM patrol_route route, jsonb_array_elements(route.stops) WITH ORDINALITY AS stop (data, place)
    WHERE route.id = :route_id
    """
)
_FINISH = text(
    """
    UPDATE patrol SET finished_at = CAST(:at AS timestamptz) WHERE id = :id AND finished_at IS NULL RETURNING id
    """
)
_LEAVE_OFF = text(
    """
    UPDATE patrol_stop SET visit_id = NULL, reached_at = NULL FROM patrol
    WHERE patrol.id = :id AND patrol_stop.patrol_id = patrol.id AND patrol_stop.reached_at > patrol.finished_at
    """
)
_PATROL = text(
    """
    SELECT patrol.id, patrol.client_id, patrol.route_id, patrol.route_revision, patrol.name, patrol.kind,
        patrol.grid_id, patrol.worker_id, worker.name AS worker, patrol.started_at, patrol.finished_at,
        patrol.received_at,
        version.code AS grid_code, version.community_code
    FROM patrol LEFT JOIN worker ON worker.id = patrol.worker_id
    LEFT JOIN grid_version version ON version.grid_id = patrol.grid_id AND version.valid @> patrol.started_at
    WHERE patrol.id = :id OR patrol.client_id = :id
    """
)
_STOPS = text(
    """
    SELECT stop.id, stop.place, stop.kind, stop.name, door.code AS door_code, ST_X(stop.point) AS x,
        ST_Y(stop.point) AS y, stop.radius_m, stop.visit_id, stop.reached_at
    FROM patrol_stop stop LEFT JOIN door ON door.id = stop.door_id
    WHERE stop.patrol_id = :id ORDER BY stop.place
    """
)
_OPEN = text("SELECT id FROM patrol WHERE worker_id = :worker_id AND finished_at IS NULL ORDER BY started_at")

# Stops of the rounds that began in a time; one reached by a visit received later counts by the time of the fact.
_STOPS_OF_TIME = """
    FROM patrol JOIN patrol_stop stop ON stop.patrol_id = patrol.id
    JOIN grid_version version ON version.grid_id = patrol.grid_id AND version.valid @> patrol.started_at
    LEFT JOIN visit ON visit.id = stop.visit_id AND stop.reached_at <= CAST(:at AS timestamptz)
        AND (CAST(:known_at AS timestamptz) IS NULL OR visit.received_at <= CAST(:known_at AS timestamptz))
    WHERE patrol.started_at > CAST(:start AS timestamptz) AND patrol.started_at <= CAST(:at AS timestamptz)
      AND (CAST(:known_at AS timestamptz) IS NULL OR patrol.received_at <= CAST(:known_at AS timestamptz))
      AND (:city_wide OR version.community_code = ANY(CAST(:communities AS text[]))
           OR version.grid_id = ANY(CAST(:grids AS uuid[])))
      AND version.community_code LIKE :area
      AND (CAST(:grid_id AS uuid) IS NULL OR version.grid_id = CAST(:grid_id AS uuid))
"""
_COUNT_STOPS = text("SELECT count(*) AS planned, count(visit.id) AS reached" + _STOPS_OF_TIME)
_LIST_STOPS = text(
    f"""
    SELECT patrol.started_at, stop.id, patrol.id AS patrol_id, patrol.name AS patrol, version.code AS grid_code,
        stop.place, stop.kind, stop.name, visit.id AS visit_id, CASE WHEN visit.id IS NOT NULL THEN stop.reached_at END
            AS reached_at
    {_STOPS_OF_TIME}
      AND (CAST(:reached AS boolean) IS NULL OR (visit.id IS NOT NULL) = CAST(:reached AS boolean))
      AND (CAST(:after_at AS timestamptz) IS NULL
           OR (patrol.started_at, stop.id) > (CAST(:after_at AS timestamptz), CAST(:after_id AS uuid)))
    ORDER BY patrol.started_at, stop.id LIMIT :most
    """
)


def match_stops(session: Session, worker_id: UUID, at: datetime) -> None:
    """Let the worker's visits reach the stops of the rounds that lasted at a moment."""
    session.execute(_MATCH, {"worker_id": worker_id, "at": at})


def reach_stop(session: Session, stop_id: UUID, visit_id: UUID, worker_id: UUID) -> bool:
    """Let a visit reach the stop it names; False when it is no stop of the worker's rounds."""
    values = {"stop_id": stop_id, "visit_id": visit_id, "worker_id": worker_id}
    session.execute(_REACH, values)
    return bool(session.scalar(_STOP_IS_OWN, {"stop_id": stop_id, "worker_id": worker_id}))


def unreach(session: Session, visit_id: UUID) -> None:
    """Leave the stops open again that a visit had reached which does not count any more."""
    session.execute(_UNREACH, {"visit_id": visit_id})


def routes(session: Session, at: datetime, limits: Mapping[str, Any], *, all_of_them: bool = False) -> Rows:
    """Planned rounds within `limits`, by the grids of a moment; those out of use only when all are wanted."""
    return session.execute(_ROUTES, {**limits, "at": at, "all_of_them": all_of_them}).all()


def routes_in_grids(session: Session, at: datetime, grid_ids: Sequence[UUID]) -> Rows:
    """The rounds planned in these grids."""
    limits = {"city_wide": False, "communities": [], "grids": list(grid_ids), "area": "%", "grid_id": None}
    return session.execute(_ROUTES, {**limits, "at": at, "all_of_them": False}).all()


def route(session: Session, route_id: UUID) -> Row[Any] | None:
    """A planned round by its identifier: with its grid and stops."""
    return session.execute(_ROUTE, {"id": route_id}).one_or_none()


def add_route(session: Session, values: Mapping[str, Any]) -> None:
    """Store a planned round."""
    session.execute(_ADD_ROUTE, values)


def change_route(session: Session, values: Mapping[str, Any]) -> int | None:
    """Change a planned round; its new revision, or None when it is no longer the revision named."""
    revision: int | None = session.scalar(_CHANGE_ROUTE, values)
    return revision


def doors_and_blocks(session: Session, doors: Sequence[str], blocks: Sequence[str]) -> tuple[Rows, Rows]:
    """The doors (code, id, address) and blocks (code, id, name) of these codes."""
    return session.execute(_DOORS, {"codes": list(doors)}).all(), session.execute(
        _BLOCKS, {"codes": list(blocks)}
    ).all()


def start(session: Session, values: Mapping[str, Any]) -> UUID | None:
    """Store a round with the stops its route has now; None when the client identifier is stored already."""
    started: UUID | None = session.scalar(_START, values)
    if started is not None:
        session.execute(_SNAPSHOT, {"patrol_id": started, "route_id": values["route_id"]})
    return started


def finish(session: Session, patrol_id: UUID, at: datetime) -> bool:
    """End a round; what was reached afterwards is left off. False when it had ended already."""
    ended = session.scalar(_FINISH, {"id": patrol_id, "at": at}) is not None
    session.execute(_LEAVE_OFF, {"id": patrol_id})
    return ended


def patrol(session: Session, patrol_id: UUID) -> Row[Any] | None:
    """A round by its identifier, the service's or the device's own."""
    return session.execute(_PATROL, {"id": patrol_id}).one_or_none()


def stops(session: Session, patrol_id: UUID) -> Rows:
    """The stops of a round in order."""
    return session.execute(_STOPS, {"id": patrol_id}).all()


def open_rounds(session: Session, worker_id: UUID) -> Sequence[UUID]:
    """The rounds a worker has not ended."""
    return session.scalars(_OPEN, {"worker_id": worker_id}).all()


def count_stops(session: Session, values: Mapping[str, Any]) -> Row[Any]:
    """How many stops were planned, and how many reached, in the rounds of a time: (planned, reached)."""
    return session.execute(_COUNT_STOPS, values).one()


def list_stops(session: Session, values: Mapping[str, Any]) -> Rows:
    """The stops behind that count, in order of (started_at, id)."""
    return session.execute(_LIST_STOPS, values).all()
