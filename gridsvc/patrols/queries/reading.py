"""Queries that read visits: the last ones in a grid, a worker's own, pages of them, and the catalogue of kinds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select, text
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.geography.tables import Door, GridVersion
from gridsvc.patrols.due import ALL
from gridsvc.patrols.tables import Visit, VisitKind
from gridsvc.people.care_tables import CareClass
from gridsvc.people.tables import Worker


def visit_kinds(session: Session) -> Sequence[VisitKind]:
    """The catalogue: services first, then patrols."""
    return session.scalars(select(VisitKind).order_by(VisitKind.group.desc(), VisitKind.key)).all()


def visits_in_grid(
    session: Session, grid_id: UUID, at: datetime, *, limit: int = 10
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The last visits in a grid up to a moment, the newest first, with the worker's name and the door's address."""
    statement = (
        select(
            Visit.id,
            Visit.occurred_at,
            Worker.name.label("worker"),
            Visit.kind,
            Visit.result,
            Door.address.label("door"),
        )
        .join(Worker, Worker.id == Visit.worker_id)
        .outerjoin(Door, Door.id == Visit.door_id)
        .where(Visit.grid_id == grid_id, Visit.occurred_at <= at, Visit.void_at.is_(None), Visit.result != "withdrawn")
    )
    return session.execute(statement.order_by(Visit.occurred_at.desc()).limit(limit)).all()


def visits_of_worker(session: Session, worker_id: UUID, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """A worker's own visits, the newest first, with the grid's code of that time and the door's address."""
    statement = (
        select(
            Visit.id,
            Visit.client_id,
            Visit.occurred_at,
            GridVersion.code.label("grid_code"),
            Visit.kind,
            Visit.result,
            Door.address.label("door"),
            Visit.note,
            Visit.flags,
            Visit.void_at,
        )
        .outerjoin(Door, Door.id == Visit.door_id)
        .outerjoin(
            GridVersion,
            and_(GridVersion.grid_id == Visit.grid_id, GridVersion.valid.contains(Visit.occurred_at)),
        )
        .where(Visit.worker_id == worker_id)
    )
    return session.execute(statement.order_by(Visit.occurred_at.desc(), Visit.id.desc()).limit(limit)).all()


def norm_classes(session: Session, target: str) -> set[str]:
    """The classes a norm can be set for: those of care, or the one word that stands for all grids or doors."""
    return set(session.scalars(select(CareClass.code))) if target == "care" else {ALL}


def in_scope(session: Session, scope: Scope, target: Mapping[str, UUID], at: datetime) -> bool:
    """Whether a door or grid (`door_id`, `grid_id`) exists and lies in the scope at a moment."""
    values = {"door_id": None, "grid_id": None} | dict(target)
    found = session.execute(_WHERE_IT_LIES, values | {"at": at}).all()
    return any(scope.covers(row.community_code, row.grid_id) for row in found)


def visit_page(session: Session, limits: Mapping[str, Any], asked: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """Visits within `limits`, the last made first, after (occurred_at, id).

    `asked` may say start, until, known_at, flagged (odd and not judged yet), incident_id, after_at with after_id, most.
    """
    given = {**limits, **asked}
    return session.execute(text(_page(given)), given).all()


def visit(session: Session, visit_id: UUID) -> Row[Any] | None:
    """One visit in full, with what it corrects, what corrects it, its photos and its review."""
    return session.execute(_VISIT, {"id": visit_id}).one_or_none()


def register_page(session: Session, limits: Mapping[str, Any], asked: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """Corrections of the register within `limits`, the oldest first, after (reported_at, id)."""
    return session.execute(_REGISTER, {**limits, **asked}).all()


_WHERE_IT_LIES = text(
    """
    SELECT version.community_code, version.grid_id FROM grid_version version
        WHERE version.grid_id = CAST(:grid_id AS uuid) AND version.valid @> CAST(:at AS timestamptz)
    UNION ALL
    SELECT version.community_code, version.grid_id FROM door
        JOIN grid_version version ON version.geom && door.point AND ST_Covers(version.geom, door.point)
            AND version.valid @> CAST(:at AS timestamptz)
        WHERE door.id = CAST(:door_id AS uuid)
    """
)

_COLUMNS = """
    SELECT visit.id, visit.client_id, visit.worker_id, worker.number AS worker_number, worker.name AS worker,
        visit.kind, visit.result, visit.grid_id, version.code AS grid_code, version.community_code,
        door.code AS door_code, door.address AS door, visit.subject_id, visit.note, visit.flags,
        visit.occurred_at, visit.declared_at, visit.received_at, visit.void_at, visit.raw_x, visit.raw_y, visit.raw_crs,
        visit.accuracy_m, visit.incident_id, visit.corrects_id, visit.synthetic,
        review.verdict, review.note AS review_note, review.reviewed_by, review.reviewed_at,
        (SELECT later.id FROM visit later WHERE later.corrects_id = visit.id) AS corrected_by,
        ARRAY(SELECT photo_hash FROM visit_photo WHERE visit_id = visit.id ORDER BY photo_hash) AS photos
    FROM {visit}
    LEFT JOIN worker ON worker.id = visit.worker_id
    LEFT JOIN door ON door.id = visit.door_id
    LEFT JOIN visit_review review ON review.visit_id = visit.id
    LEFT JOIN grid_version version ON version.grid_id = visit.grid_id AND version.valid @> visit.occurred_at
"""
# Each condition stands in the statement only when it is asked for, so that every plan is made for what is asked.
_ASKED = {
    "start": "visit.occurred_at > CAST(:start AS timestamptz)",
    "until": "visit.occurred_at <= CAST(:until AS timestamptz)",
    "known_at": "visit.received_at <= CAST(:known_at AS timestamptz)",
    "flagged": "visit.flags <> '{}' AND visit.void_at IS NULL "
    "AND NOT EXISTS (SELECT FROM visit_review judged WHERE judged.visit_id = visit.id)",
    "incident_id": "visit.incident_id = CAST(:incident_id AS uuid)",
    "grid_id": "visit.grid_id = CAST(:grid_id AS uuid)",
    "after_at": "(visit.occurred_at, visit.id) < (CAST(:after_at AS timestamptz), CAST(:after_id AS uuid))",
}
_IN_SCOPE = "({community} = ANY(CAST(:communities AS text[])) OR {grid} = ANY(CAST(:grids AS uuid[])))"
_IN_AREA = "{community} LIKE :area"
# Asked of each visit, so that no plan begins with the grids.
_COMMUNITY = """(
    SELECT own.community_code FROM grid_version own
    WHERE own.grid_id = visit.grid_id AND own.valid @> visit.occurred_at
)"""
_IN_ORDER = "ORDER BY visit.occurred_at DESC, visit.id DESC LIMIT :most"


# Of a part of the city the last of each grid, by the net of their time, and of these the last. The order inside is the
# one of the index alone: with anything more PostgreSQL would read and sort all visits of the grid.
_LAST_OF_GRIDS = """(
    SELECT found.* FROM grid_version version CROSS JOIN LATERAL (
        SELECT visit.* FROM visit WHERE visit.grid_id = version.grid_id AND visit.occurred_at >= lower(version.valid)
            AND visit.occurred_at < coalesce(upper(version.valid), 'infinity') AND {asked}
        ORDER BY visit.occurred_at DESC FETCH FIRST (:most) ROWS WITH TIES
    ) found WHERE {where} ORDER BY found.occurred_at DESC, found.id DESC LIMIT :most
) visit"""


def _page(given: Mapping[str, Any]) -> str:
    asked = " AND ".join(condition for name, condition in _ASKED.items() if given[name]) or "true"
    where = " AND ".join(
        condition
        for condition, is_asked in ((_IN_SCOPE, not given["city_wide"]), (_IN_AREA, given["area"] != "%"))
        if is_asked
    )
    if not where or given["flagged"] or given["incident_id"]:  # indexes of their own lead to these
        where = where.format(community=_COMMUNITY, grid="visit.grid_id") or "true"
        return f"{_COLUMNS.format(visit='visit')} WHERE {asked} AND {where} {_IN_ORDER}"
    last = _LAST_OF_GRIDS.format(
        asked=asked, where=where.format(community="version.community_code", grid="version.grid_id")
    )
    return f"{_COLUMNS.format(visit=last)} {_IN_ORDER}"


_VISIT = text(_COLUMNS.format(visit="visit") + " WHERE visit.id = :id")
_REGISTER = text(
    """
    SELECT correction.id, correction.visit_id, correction.kind, door.code AS door_code, door.address AS door,
        correction.address, correction.state, correction.reported_at, correction.decided_at, correction.decided_by,
        correction.reason, added.code AS new_door_code, correction.community_code, correction.grid_id,
        version.code AS grid_code, visit.occurred_at, ST_X(visit.point) AS x, ST_Y(visit.point) AS y,
        visit.void_at, correction.door_id
    FROM register_correction correction JOIN visit ON visit.id = correction.visit_id
    LEFT JOIN door ON door.id = correction.door_id
    LEFT JOIN door added ON added.id = correction.new_door_id
    LEFT JOIN grid_version version ON version.grid_id = correction.grid_id AND version.valid @> visit.occurred_at
    WHERE (:city_wide OR correction.community_code = ANY(CAST(:communities AS text[]))
           OR correction.grid_id = ANY(CAST(:grids AS uuid[])))
      AND (CAST(:area AS text) = '%' OR correction.community_code LIKE :area)
      AND (CAST(:grid_id AS uuid) IS NULL OR correction.grid_id = CAST(:grid_id AS uuid))
      AND (CAST(:id AS uuid) IS NULL OR correction.id = CAST(:id AS uuid))
      AND (CAST(:state AS text) IS NULL OR correction.state = CAST(:state AS text))
      AND (CAST(:after_at AS timestamptz) IS NULL
           OR (correction.reported_at, correction.id) > (CAST(:after_at AS timestamptz), CAST(:after_id AS uuid)))
    ORDER BY correction.reported_at, correction.id LIMIT :most
    """
)
