"""Statements that store one visit, resolve what it points to, and find the one already stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# The door and the grid that a visit names, as they were at its time, and how far its position is from them (metres).
# A code is unique in its scheme only; of two grids the living one is meant.
_NAMED = text(
    """
    SELECT door.id AS door_id, ST_X(door.point) AS door_x, ST_Y(door.point) AS door_y,
        coalesce(door.registered @> given.at, false) AS is_registered,
        ST_Distance(CAST(door.point AS geography), CAST(given.point AS geography)) AS from_door_m,
        named.grid_id IS NOT NULL AS is_grid_known, named.is_alive,
        version.grid_id, version.code, version.name, version.community_code,
        ST_Distance(CAST(version.geom AS geography), CAST(given.point AS geography)) AS from_grid_m,
        net_version.id AS net_version_id
    FROM (
        SELECT CAST(:at AS timestamptz) AS at,
            ST_SetSRID(ST_MakePoint(CAST(:x AS float8), CAST(:y AS float8)), 4326) AS point
    ) given
    LEFT JOIN door ON door.code = CAST(:door_code AS text)
    LEFT JOIN LATERAL (
        SELECT grid_code.grid_id, EXISTS (
            SELECT FROM grid_version WHERE grid_id = grid_code.grid_id AND valid @> given.at
        ) AS is_alive
        FROM code_scheme
        JOIN grid_code ON grid_code.scheme = code_scheme.key AND grid_code.code = CAST(:grid_code AS text)
        JOIN grid ON grid.id = grid_code.grid_id JOIN net ON net.id = grid.net_id AND net.key = :net_key
        ORDER BY is_alive DESC, grid_code.scheme LIMIT 1
    ) named ON true
    LEFT JOIN grid_version version ON version.grid_id = named.grid_id AND version.valid @> given.at
    LEFT JOIN LATERAL (
        SELECT id FROM net_version
        WHERE net_id = version.net_id AND effective_at <= given.at ORDER BY effective_at DESC LIMIT 1
    ) net_version ON true
    """
)

_INSERT = text(
    """
    INSERT INTO visit (
        id, client_id, county_code, worker_id, kind, net_version_id, grid_id, door_id, declared_grid_code,
        raw_x, raw_y, raw_crs, accuracy_m, point, declared_at, occurred_at, received_at, result, note, flags, synthetic,
        subject_id, corrects_id, incident_id
    )
    SELECT
        CAST(:id AS uuid), CAST(:client_id AS uuid), CAST(:county_code AS text), worker.id, visit_kind.key,
        CAST(:net_version_id AS uuid), CAST(:grid_id AS uuid), CAST(:door_id AS uuid), CAST(:grid_code AS text),
        CAST(:raw_x AS float8), CAST(:raw_y AS float8), CAST(:raw_crs AS text), CAST(:accuracy_m AS float8),
        ST_SetSRID(ST_MakePoint(CAST(:x AS float8), CAST(:y AS float8)), 4326), CAST(:declared_at AS timestamptz),
        CAST(:occurred_at AS timestamptz), CAST(:received_at AS timestamptz), CAST(:result AS text),
        CAST(:note AS text), CAST(:flags AS text[]), CAST(:synthetic AS boolean), CAST(:subject_id AS uuid),
        CAST(:corrects_id AS uuid), CAST(:incident_id AS uuid)
    FROM visit_kind, worker WHERE visit_kind.key = :kind AND worker.id = :worker_id
    ON CONFLICT (client_id) DO NOTHING
    RETURNING id
    """
)

_STORED = text(
    """
    SELECT visit.id, visit.client_id, visit.worker_id, visit.kind, visit.grid_id, visit.door_id,
        visit.declared_grid_code, visit.raw_x, visit.raw_y, visit.raw_crs, visit.accuracy_m, visit.declared_at,
        visit.occurred_at, visit.received_at, visit.result, visit.note, visit.flags, visit.synthetic,
        visit.net_version_id, door.code AS door_code, grid_version.code AS grid_code, grid_version.name AS grid_name,
        visit.subject_id, visit.incident_id, corrected.client_id AS corrects,
        ARRAY(SELECT photo_hash FROM visit_photo WHERE visit_id = visit.id ORDER BY photo_hash) AS photos,
        (SELECT id FROM register_correction WHERE visit_id = visit.id) AS register_id
    FROM visit LEFT JOIN visit corrected ON corrected.id = visit.corrects_id
    LEFT JOIN door ON door.id = visit.door_id
    LEFT JOIN grid_version ON grid_version.grid_id = visit.grid_id AND grid_version.valid @> visit.occurred_at
    WHERE visit.client_id = :client_id
    """
)

# The visit that is corrected: what stands where the correction says nothing, and who corrected it already.
_CORRECTED = text(
    """
    SELECT visit.id, visit.client_id, visit.worker_id, visit.kind, visit.subject_id, visit.occurred_at, visit.void_at,
        visit.raw_x, visit.raw_y, visit.raw_crs, visit.accuracy_m, door.code AS door_code,
        coalesce(visit.declared_grid_code, grid_version.code) AS grid_code, later.client_id AS corrected_by
    FROM visit
    LEFT JOIN door ON door.id = visit.door_id
    LEFT JOIN grid_version ON grid_version.grid_id = visit.grid_id AND grid_version.valid @> visit.occurred_at
    LEFT JOIN visit later ON later.corrects_id = visit.id
    WHERE visit.client_id = :client_id
    """
)

# Of two corrections at once the second waits here and then sees the first.
_LOCK_CORRECTED = text("SELECT id FROM visit WHERE client_id = :client_id FOR NO KEY UPDATE")

_VOID = text(
    "UPDATE visit SET void_at = CAST(:at AS timestamptz) WHERE id = :id AND void_at IS NULL RETURNING occurred_at"
)

# What else the worker logged around the time, by what the devices said of time and place, and in whose rounds it falls.
_AROUND = text(
    """
    WITH near AS (
        (SELECT visit.occurred_at, visit.point FROM visit
         WHERE visit.worker_id = :worker_id AND visit.occurred_at <= CAST(:at AS timestamptz)
           AND visit.occurred_at > CAST(:at AS timestamptz) - interval '6 hours'
           AND visit.point IS NOT NULL AND visit.declared_at IS NOT NULL AND visit.client_id <> :client_id
           AND visit.void_at IS NULL
         ORDER BY visit.occurred_at DESC LIMIT 1)
        UNION ALL
        (SELECT visit.occurred_at, visit.point FROM visit
         WHERE visit.worker_id = :worker_id AND visit.occurred_at > CAST(:at AS timestamptz)
           AND visit.occurred_at < CAST(:at AS timestamptz) + interval '6 hours'
           AND visit.point IS NOT NULL AND visit.declared_at IS NOT NULL AND visit.client_id <> :client_id
           AND visit.void_at IS NULL
         ORDER BY visit.occurred_at LIMIT 1)
    ), apart AS (
        SELECT abs(extract(epoch FROM occurred_at - CAST(:at AS timestamptz))) AS seconds,
            ST_Distance(CAST(point AS geography), CAST(
                ST_SetSRID(ST_MakePoint(CAST(:x AS float8), CAST(:y AS float8)), 4326) AS geography
            )) AS metres
        FROM near
    )
    SELECT
        coalesce((SELECT bool_or(metres > :far_m AND metres > :fastest_m_s * greatest(seconds, 1)) FROM apart), false)
            AS is_too_fast,
        (SELECT count(*) FROM (
            SELECT raw_x, raw_y FROM visit
            WHERE worker_id = :worker_id AND occurred_at <= CAST(:at AS timestamptz) AND client_id <> :client_id
            ORDER BY occurred_at DESC LIMIT 50
        ) before WHERE raw_x = CAST(:raw_x AS float8) AND raw_y = CAST(:raw_y AS float8)) AS same,
        EXISTS (SELECT FROM patrol WHERE worker_id = :worker_id AND started_at <= CAST(:at AS timestamptz)
            AND (finished_at IS NULL OR finished_at >= CAST(:at AS timestamptz))) AS is_on_round
    """
)

_PHOTOS = text(
    """
    SELECT photo.hash, EXISTS (SELECT FROM visit_photo WHERE photo_hash = photo.hash) AS is_used
    FROM photo WHERE hash = ANY(CAST(:hashes AS text[]))
    """
)
_SHOW_PHOTOS = text("INSERT INTO visit_photo (visit_id, photo_hash) SELECT :visit_id, unnest(CAST(:hashes AS text[]))")

_ADD_REGISTER = text(
    """
    INSERT INTO register_correction (id, visit_id, kind, door_id, grid_id, community_code, address, reported_at)
    VALUES (:id, :visit_id, :kind, :door_id, :grid_id, :community_code, :address, :reported_at)
    """
)

_SUBJECT = text(
    """
    SELECT subject.id, subject.community_code, subject.door_id, door.code AS door_code, class.sensitive,
        subject.registered @> CAST(:at AS timestamptz) AS is_registered,
        EXISTS (SELECT FROM care_pairing WHERE subject_id = subject.id AND worker_id = :worker_id
            AND valid @> CAST(:at AS timestamptz)) AS is_paired,
        (SELECT grid_id FROM grid_version WHERE net_id = (SELECT id FROM net WHERE key = :net_key)
            AND valid @> CAST(:at AS timestamptz) AND geom && subject.point AND ST_Covers(geom, subject.point)
            ORDER BY scheme, code LIMIT 1) AS grid_id,
        ST_X(subject.point) AS x, ST_Y(subject.point) AS y
    FROM care_subject subject JOIN care_class class ON class.code = subject.class_code
    LEFT JOIN door ON door.id = subject.door_id
    WHERE subject.id = :id
    """
)

_KNOWN = text(
    """
    SELECT EXISTS (SELECT FROM visit_kind WHERE key = :kind) AS kind,
        EXISTS (SELECT FROM worker WHERE id = :worker_id) AS worker
    """
)


def named_places(session: Session, values: Mapping[str, Any]) -> Row[Any]:
    """The door and the grid named by code, their state at the time of the visit and their distance from its point."""
    return session.execute(_NAMED, values).one()


def insert_visit(session: Session, values: Mapping[str, Any]) -> UUID | None:
    """The identifier of the stored visit, or None when nothing was stored."""
    stored: UUID | None = session.scalar(_INSERT, values)
    return stored


def stored_visit(session: Session, client_id: UUID) -> Row[Any] | None:
    """The visit under that client identifier."""
    return session.execute(_STORED, {"client_id": client_id}).one_or_none()


def lists_know(session: Session, kind: str, worker_id: UUID) -> tuple[bool, bool]:
    """Whether the kind of visit and the worker exist."""
    row = session.execute(_KNOWN, {"kind": kind, "worker_id": worker_id}).one()
    return row.kind, row.worker


def corrected_visit(session: Session, client_id: UUID) -> Row[Any] | None:
    """The visit under that client identifier as a correction needs it; nobody else can correct it meanwhile."""
    session.execute(_LOCK_CORRECTED, {"client_id": client_id})
    return session.execute(_CORRECTED, {"client_id": client_id}).one_or_none()


def void_visit(session: Session, visit_id: UUID, at: datetime) -> datetime | None:
    """Let a visit count no longer; the time it was made, or None when it did not count already."""
    made: datetime | None = session.scalar(_VOID, {"id": visit_id, "at": at})
    return made


def around_visit(session: Session, values: Mapping[str, Any]) -> Row[Any]:
    """What the worker's other visits say of this one: (is_too_fast, same, is_on_round)."""
    return session.execute(_AROUND, values).one()


def stored_photos(session: Session, hashes: Sequence[str]) -> dict[str, bool]:
    """Those of the photos that are stored, and whether a visit shows them already."""
    return {row.hash: row.is_used for row in session.execute(_PHOTOS, {"hashes": list(hashes)})}


def show_photos(session: Session, visit_id: UUID, hashes: Sequence[str]) -> None:
    """Let a visit show photos."""
    session.execute(_SHOW_PHOTOS, {"visit_id": visit_id, "hashes": list(hashes)})


def add_register_correction(session: Session, values: Mapping[str, Any]) -> None:
    """Store what was found wrong in the register."""
    session.execute(_ADD_REGISTER, values)


def care_subject(session: Session, subject_id: UUID, worker_id: UUID, at: datetime, net_key: str) -> Row[Any] | None:
    """A care subject as a visit needs it: where, in which grid of the time, and whether paired with the worker."""
    values = {"id": subject_id, "worker_id": worker_id, "at": at, "net_key": net_key}
    return session.execute(_SUBJECT, values).one_or_none()
