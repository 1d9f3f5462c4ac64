"""Queries that read incidents: open ones on the map and by grid, counts, lists page by page, and one in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Row,
    Select,
    and_,
    cast,
    func,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import LateralFromClause

from gridsvc.access.jurisdiction import Scope, within
from gridsvc.geography.tables import GridVersion
from gridsvc.incidents.tables import Incident, IncidentEvent, Routing

# Later than every decision: what counts then is what counts last.
AT_LAST = datetime(9999, 1, 1, tzinfo=UTC)

State = Literal["open", "routed", "unlocated", "outside", "closed", "all"]

# A routing decision holds until the next; the last one up to a moment says whose an incident was then. History that
# was brought in later has its first decision after that moment: then the first one counts.
_OPEN_BY_GRID = text(
    """
    SELECT decided.grid_id, count(*) AS incidents FROM incident
    CROSS JOIN LATERAL (
        SELECT routing.grid_id FROM routing
        WHERE routing.incident_id = incident.id
        ORDER BY routed_at > CAST(:at AS timestamptz),
            greatest(routed_at, CAST(:at AS timestamptz)) - least(routed_at, CAST(:at AS timestamptz)) LIMIT 1
    ) decided
    WHERE incident.received_at <= CAST(:at AS timestamptz)
      AND (incident.closed_at IS NULL OR incident.closed_at > CAST(:at AS timestamptz))
      AND decided.grid_id IS NOT NULL
    GROUP BY decided.grid_id
    """
)

_UNPLACED = text(
    """
    SELECT count(*) AS total, count(*) FILTER (WHERE placement = 'unlocated') AS unlocated,
        count(*) FILTER (WHERE placement = 'outside') AS outside
    FROM incident
    WHERE received_at <= CAST(:at AS timestamptz) AND (closed_at IS NULL OR closed_at > CAST(:at AS timestamptz))
    """
)

_BY_DAY = text(
    """
    SELECT day, count(incident.id) AS incidents FROM (
        SELECT CAST(timezone(:zone, CAST(:at AS timestamptz)) AS date) - number AS day
        FROM generate_series(0, :days - 1) number
    ) days
    LEFT JOIN incident ON incident.received_at >= timezone(:zone, CAST(day AS timestamp))
        AND incident.received_at < timezone(:zone, CAST(day + 1 AS timestamp))
        AND incident.received_at <= CAST(:at AS timestamptz)
    GROUP BY day ORDER BY day
    """
)


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """Open incidents, and how many of them no grid answers for yet."""

    total: int
    unlocated: int
    outside: int


def open_by_grid(session: Session, at: datetime) -> dict[UUID, int]:
    """Open incidents at a moment by the grid that answers for them."""
    return {row.grid_id: row.incidents for row in session.execute(_OPEN_BY_GRID, {"at": at})}


def open_in_grid(session: Session, grid_id: UUID, at: datetime) -> int:
    """How many incidents are open in one grid at a moment."""
    decided = _decided(at)
    statement = select(func.count()).select_from(Incident).join(decided, true())
    return session.scalar(statement.where(_is_open(at), decided.c.grid_id == grid_id, _ever_in(grid_id))) or 0


def open_unplaced(session: Session, at: datetime) -> OpenCounts:
    """How many incidents are open at a moment, and how many of them are unlocated or outside every grid."""
    row = session.execute(_UNPLACED, {"at": at}).one()
    return OpenCounts(row.total, row.unlocated, row.outside)


def received_by_day(session: Session, at: datetime, *, days: int, timezone: str) -> list[int]:
    """Incidents received on each of the last `days` days of the city up to a moment, the oldest first."""
    rows = session.execute(_BY_DAY, {"at": at, "days": days, "zone": timezone}).all()
    return [row.incidents for row in rows]


def open_points(session: Session, at: datetime, scope: Scope) -> Sequence[Row[*tuple[Any, ...]]]:
    """Incidents open at a moment that have a place and lie in a scope: (id, number, category, state, time, x, y)."""
    statement = _listed(scope, _decided(at)).where(_is_open(at), Incident.point.is_not(None))
    return session.execute(statement.order_by(Incident.received_at, Incident.id)).all()


def incident_page(
    session: Session,
    scope: Scope,
    *,
    state: State,
    at: datetime,
    grid_id: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Incidents of a state in a scope, the newest first; `after` is (received_at, id) of the last row already shown."""
    decided = _decided(at)
    statement = _listed(scope, decided).where(Incident.received_at <= at)
    if state == "closed":
        statement = statement.where(Incident.closed_at <= at)
    elif state != "all":
        statement = statement.where(_is_open(at))
    if state in ("routed", "unlocated", "outside"):
        statement = statement.where(Incident.placement == state)
    if grid_id is not None:
        statement = statement.where(decided.c.grid_id == grid_id, _ever_in(grid_id))
    if after is not None:
        statement = statement.where(tuple_(Incident.received_at, Incident.id) < tuple_(*after))
    return session.execute(statement.order_by(Incident.received_at.desc(), Incident.id.desc()).limit(limit)).all()


def incident(session: Session, incident_id: UUID, scope: Scope) -> Row[*tuple[Any, ...]] | None:
    """One incident as it stands, if it lies in a scope."""
    return session.execute(_listed(scope, _decided(AT_LAST)).where(Incident.id == incident_id)).one_or_none()


def routings(session: Session, incident_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every routing decision of an incident, the first one first."""
    statement = (
        select(
            Routing.routed_at,
            Routing.reason,
            Routing.net_version_id,
            Routing.community_code,
            Routing.distance_to_border_m,
            Routing.in_border_band,
            GridVersion.code.label("grid_code"),
            GridVersion.name.label("grid_name"),
        )
        .outerjoin(
            GridVersion,
            and_(GridVersion.grid_id == Routing.grid_id, GridVersion.valid.contains(Routing.routed_at)),
        )
        .where(Routing.incident_id == incident_id)
    )
    return session.execute(statement.order_by(Routing.routed_at)).all()


def events(session: Session, incident_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """The log of an incident's life, the first entry first."""
    statement = select(IncidentEvent.kind, IncidentEvent.at, IncidentEvent.actor, IncidentEvent.details)
    return session.execute(
        statement.where(IncidentEvent.incident_id == incident_id).order_by(IncidentEvent.at, IncidentEvent.id)
    ).all()


def _is_open(at: datetime) -> ColumnElement[bool]:
    return and_(Incident.received_at <= at, or_(Incident.closed_at.is_(None), Incident.closed_at > at))


def _decided(at: datetime) -> LateralFromClause:
    """The routing decision that counts at a moment for each incident; see `_OPEN_BY_GRID`."""
    moment = cast(at, DateTime(timezone=True))
    distance = func.greatest(Routing.routed_at, moment) - func.least(Routing.routed_at, moment)
    return (
        select(Routing.grid_id, Routing.community_code)
        .where(Routing.incident_id == Incident.id)
        .order_by(Routing.routed_at > moment, distance)
        .limit(1)
        .lateral("decided")
    )


def _ever_in(grid_id: UUID) -> ColumnElement[bool]:
    """Incidents that some decision gave to a grid: a few, found by index, of which the others are weeded out."""
    return Incident.id.in_(select(Routing.incident_id).where(Routing.grid_id == grid_id))


def _listed(scope: Scope, decided: LateralFromClause) -> Select[*tuple[Any, ...]]:
    """Incidents that a scope allows, with the routing decision that counts.

    What lies in no community is seen by those who may see the whole county, or the city when no county is known.
    """
    allowed = within(scope, decided.c.community_code, decided.c.grid_id)
    if not scope.city_wide:
        allowed = or_(allowed, and_(decided.c.community_code.is_(None), Incident.county_code.in_(scope.county_codes)))
    return (
        select(
            Incident.id,
            Incident.number,
            Incident.channel,
            Incident.category,
            Incident.description,
            Incident.address,
            Incident.placement.label("state"),
            Incident.occurred_at,
            Incident.received_at,
            Incident.closed_at,
            func.ST_X(Incident.point).label("x"),
            func.ST_Y(Incident.point).label("y"),
            Incident.raw_x,
            Incident.raw_y,
            Incident.raw_crs,
            Incident.synthetic,
            decided.c.grid_id,
            decided.c.community_code,
        )
        .outerjoin(decided, true())
        .where(allowed)
    )
