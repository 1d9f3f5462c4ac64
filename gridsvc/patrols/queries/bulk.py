"""Statements that resolve and store many visits at once: staged by COPY, then moved over by one INSERT … SELECT."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.infra.copying import copy_columns

_CREATE = text(
    """
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_visit (
        row_number integer, id uuid, client_id uuid, county_code text, worker_id uuid, kind text, net_version_id uuid,
        grid_id uuid, door_id uuid, named_version_id uuid, declared_grid_code text, raw_x float8, raw_y float8,
        raw_crs text, accuracy_m float8, x float8, y float8, declared_at timestamptz, occurred_at timestamptz,
        received_at timestamptz, result text, note text, flags text[], subject_id uuid
    ) ON COMMIT DROP
    """
)
_EMPTY = text("TRUNCATE incoming_visit")
_COUNT = text("SELECT count(*) FROM incoming_visit")

# Only a position outside the grid that was named can be far from it.
_FLAG_FAR = text(
    """
    UPDATE incoming_visit SET flags = array_append(flags, :flag)
    FROM grid_version named
    WHERE named.id = named_version_id AND x IS NOT NULL AND NOT ST_DWithin(
        CAST(named.geom AS geography), CAST(ST_SetSRID(ST_MakePoint(x, y), 4326) AS geography), :far_m
    )
    """
)

_STORE = text(
    """
    INSERT INTO visit (
        id, client_id, county_code, worker_id, kind, net_version_id, grid_id, door_id, declared_grid_code,
        raw_x, raw_y, raw_crs, accuracy_m, point, declared_at, occurred_at, received_at, result, note, flags, synthetic,
        subject_id
    )
    SELECT id, client_id, county_code, worker_id, kind, net_version_id, grid_id, door_id, declared_grid_code,
        raw_x, raw_y, raw_crs, accuracy_m, ST_SetSRID(ST_MakePoint(x, y), 4326), declared_at, occurred_at,
        received_at, result, note, flags, :synthetic, subject_id
    FROM incoming_visit
    ON CONFLICT (client_id) DO NOTHING
    """
)

# What is already there under another id was stored by somebody else, or by an earlier run.
_DROP_KNOWN = text(
    """
    WITH known AS (
        DELETE FROM incoming_visit sent USING visit
        WHERE visit.client_id = sent.client_id AND visit.id <> sent.id
        RETURNING row_number, (visit.worker_id, visit.kind, visit.door_id, visit.declared_grid_code, visit.raw_x,
            visit.raw_y, visit.raw_crs, visit.accuracy_m, visit.declared_at, visit.result, visit.note, visit.subject_id,
            visit.synthetic)
            IS NOT DISTINCT FROM (sent.worker_id, sent.kind, sent.door_id, sent.declared_grid_code, sent.raw_x,
            sent.raw_y, sent.raw_crs, sent.accuracy_m, sent.declared_at, sent.result, sent.note, sent.subject_id,
            CAST(:synthetic AS boolean)) AS is_same
    )
    SELECT row_number, is_same FROM known ORDER BY row_number
    """
)

_KINDS = text("SELECT key FROM visit_kind")
_WORKERS = text("SELECT id FROM worker WHERE id = ANY(CAST(:ids AS uuid[]))")

_SUBJECTS = text("SELECT id FROM care_subject WHERE id = ANY(CAST(:ids AS uuid[]))")

_DOORS = text(
    """
    SELECT code, id, ST_X(point) AS x, ST_Y(point) AS y,
        lower(registered) AS registered_from, upper(registered) AS registered_to
    FROM door WHERE code = ANY(CAST(:codes AS text[]))
    """
)

# Every state of the grids named; a code given in two schemes means the grid that is alive, else the first scheme's.
_GRIDS = text(
    """
    SELECT grid_code.code AS named, grid_code.grid_id, version.id AS version_id, version.community_code,
        lower(version.valid) AS valid_from, upper(version.valid) AS valid_to
    FROM code_scheme JOIN grid_code ON grid_code.scheme = code_scheme.key
    JOIN grid ON grid.id = grid_code.grid_id JOIN net ON net.id = grid.net_id AND net.key = :net_key
    LEFT JOIN grid_version version ON version.grid_id = grid_code.grid_id
    WHERE grid_code.code = ANY(CAST(:codes AS text[]))
    ORDER BY grid_code.scheme, version.valid
    """
)


def known_kinds(session: Session) -> frozenset[str]:
    """The keys of all kinds of visit."""
    return frozenset(session.scalars(_KINDS))


def known_workers(session: Session, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the identifiers that are workers."""
    return frozenset(session.scalars(_WORKERS, {"ids": list(ids)}))


def known_subjects(session: Session, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the identifiers that are care subjects."""
    return frozenset(session.scalars(_SUBJECTS, {"ids": list(ids)})) if ids else frozenset()


def doors_by_code(session: Session, codes: Sequence[str]) -> Sequence[Row[Any]]:
    """The doors of those codes: identifier, WGS 84 point and the time in which they were registered."""
    return session.execute(_DOORS, {"codes": list(codes)}).all()


def grids_by_code(session: Session, codes: Sequence[str], net_key: str) -> Sequence[Row[Any]]:
    """Every state of the grids of those codes; one row without a version where a code was given but never used."""
    return session.execute(_GRIDS, {"codes": list(codes), "net_key": net_key}).all()


def store_visits(
    session: Session, columns: Mapping[str, Sequence[Any]], *, synthetic: bool, far_flag: str, far_m: float
) -> tuple[int, list[tuple[int, bool]]]:
    """Stage located visits and move them over; the number added, and (row number, same content) of those known."""
    session.execute(_CREATE)
    session.execute(_EMPTY)
    given = {name: values for name, values in columns.items() if any(value is not None for value in values)}
    copy_columns(session, "incoming_visit", given)
    if "named_version_id" in given and "x" in given:
        session.execute(_FLAG_FAR, {"flag": far_flag, "far_m": far_m})
    session.execute(_STORE, {"synthetic": synthetic})
    known = session.execute(_DROP_KNOWN, {"synthetic": synthetic}).all()
    return session.scalars(_COUNT).one(), [(row.row_number, row.is_same) for row in known]
