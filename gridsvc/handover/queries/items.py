"""Queries for open work: incidents accepted, pairings, rounds not walked to their end, corrections that wait."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

Rows = Sequence[Row[Any]]

# The last routing decision says whose territory an incident is.
_WHERE_IT_IS = """
    LEFT JOIN LATERAL (
        SELECT routing.grid_id, routing.community_code FROM routing
        WHERE routing.incident_id = incident.id ORDER BY routing.routed_at DESC LIMIT 1
    ) decided ON true
    LEFT JOIN grid_version version
        ON version.grid_id = decided.grid_id AND version.valid @> CAST(:at AS timestamptz)
"""

_CASES = text(
    f"""
    SELECT incident.id, incident.number, incident.category, incident.received_at, incident.description,
        incident.address, holder.since, holder.worker_id, version.code AS grid_code, decided.grid_id,
        decided.community_code
    FROM case_holder holder JOIN incident ON incident.id = holder.incident_id
    {_WHERE_IT_IS}
    WHERE holder.worker_id = :worker_id AND holder.until IS NULL AND incident.closed_at IS NULL
    ORDER BY incident.received_at, incident.id
    """  # noqa: S608 - our own text
)

# Open incidents of grids that nobody in particular took on: they go with the grid by themselves.
_UNTAKEN = text(
    f"""
    SELECT incident.id, incident.number, incident.category, incident.received_at, incident.description,
        incident.address, CAST(NULL AS timestamptz) AS since, version.code AS grid_code, decided.grid_id
    FROM incident
    {_WHERE_IT_IS}
    WHERE incident.closed_at IS NULL AND decided.grid_id = ANY(CAST(:grid_ids AS uuid[]))
      AND incident.id IN (SELECT incident_id FROM routing WHERE grid_id = ANY(CAST(:grid_ids AS uuid[])))
      AND NOT EXISTS (SELECT FROM case_holder held WHERE held.incident_id = incident.id AND held.until IS NULL)
    ORDER BY incident.received_at, incident.id
    """  # noqa: S608 - our own text
)

_CASE = text(
    f"""
    SELECT incident.id, incident.number, incident.closed_at, decided.grid_id, decided.community_code,
        holder.id AS holder_id, holder.worker_id AS held_by, holder.since
    FROM incident
    LEFT JOIN case_holder holder ON holder.incident_id = incident.id AND holder.until IS NULL
    {_WHERE_IT_IS}
    WHERE incident.id = :incident_id
    """  # noqa: S608 - our own text
)
_LOCK_INCIDENT = text("SELECT id FROM incident WHERE id = :incident_id FOR NO KEY UPDATE")
_LET_GO = text(
    "UPDATE case_holder SET until = CAST(:at AS timestamptz) WHERE incident_id = :incident_id AND until IS NULL"
)
_TAKE = text(
    """
    INSERT INTO case_holder (id, incident_id, worker_id, since, accepted_by, handover_id)
    VALUES (gen_random_uuid(), :incident_id, :worker_id, CAST(:at AS timestamptz), :by, CAST(:handover_id AS uuid))
    """
)
_TELL = text(
    """
    INSERT INTO incident_event (id, incident_id, kind, at, actor, details)
    VALUES (gen_random_uuid(), :incident_id, 'accepted', CAST(:at AS timestamptz), :by, CAST(:details AS jsonb))
    """
)
_HOLDERS = text(
    """
    SELECT holder.worker_id, worker.number, worker.name, holder.since, holder.until, holder.accepted_by
    FROM case_holder holder JOIN worker ON worker.id = holder.worker_id
    WHERE holder.incident_id = :incident_id ORDER BY holder.since, holder.until NULLS LAST
    """
)

_PAIRINGS = text(
    """
    SELECT pairing.id, pairing.subject_id, subject.number, subject.community_code, lower(pairing.valid) AS since,
        here.grid_id, here.code AS grid_code
    FROM care_pairing pairing JOIN care_subject subject ON subject.id = pairing.subject_id
    LEFT JOIN LATERAL (
        SELECT version.grid_id, version.code FROM grid_version version
        WHERE version.geom && subject.point AND ST_Covers(version.geom, subject.point)
          AND version.valid @> CAST(:at AS timestamptz) AND version.net_id = (SELECT id FROM net WHERE key = 'base')
        ORDER BY version.scheme COLLATE "C", version.code COLLATE "C" LIMIT 1
    ) here ON true
    WHERE pairing.worker_id = :worker_id AND pairing.valid && tstzrange(CAST(:at AS timestamptz), NULL)
      AND subject.registered @> CAST(:at AS timestamptz)
    ORDER BY subject.community_code, subject.number
    """
)
_END_PAIRINGS = text(
    """
    UPDATE care_pairing SET valid = valid * tstzrange(NULL, CAST(:at AS timestamptz))
    WHERE id = ANY(CAST(:ids AS uuid[])) AND lower(valid) < CAST(:at AS timestamptz)
    """
)
_DROP_PAIRINGS = text(
    "DELETE FROM care_pairing WHERE id = ANY(CAST(:ids AS uuid[])) AND lower(valid) >= CAST(:at AS timestamptz)"
)
_PAIR = text(
    """
    INSERT INTO care_pairing (id, worker_id, subject_id, valid)
    SELECT gen_random_uuid(), :worker_id, subject.id, tstzrange(CAST(:at AS timestamptz), upper(subject.registered))
    FROM care_subject subject
    WHERE subject.id = ANY(CAST(:subject_ids AS uuid[])) AND NOT EXISTS (
        SELECT FROM care_pairing own WHERE own.worker_id = :worker_id AND own.subject_id = subject.id
            AND own.valid && tstzrange(CAST(:at AS timestamptz), NULL)
    )
    """
)

_ROUNDS = text(
    """
    SELECT patrol.id, patrol.name, patrol.started_at, patrol.grid_id, version.code AS grid_code,
        count(stop.id) AS stops, count(stop.visit_id) AS reached
    FROM patrol LEFT JOIN patrol_stop stop ON stop.patrol_id = patrol.id
    LEFT JOIN grid_version version
        ON version.grid_id = patrol.grid_id AND version.valid @> CAST(:at AS timestamptz)
    WHERE patrol.worker_id = :worker_id AND patrol.finished_at IS NULL
    GROUP BY patrol.id, version.code ORDER BY patrol.started_at, patrol.id
    """
)
_CORRECTIONS = text(
    """
    SELECT correction.id, correction.kind, correction.reported_at, correction.grid_id, version.code AS grid_code,
        door.code AS door_code
    FROM register_correction correction
    JOIN visit ON visit.id = correction.visit_id
    LEFT JOIN door ON door.id = correction.door_id
    LEFT JOIN grid_version version
        ON version.grid_id = correction.grid_id AND version.valid @> CAST(:at AS timestamptz)
    WHERE correction.state = 'pending' AND visit.worker_id = :worker_id
    ORDER BY correction.reported_at, correction.id
    """
)


def cases_of(session: Session, worker_id: UUID, at: datetime) -> Rows:
    """Open incidents a worker took on, with the grid that has them by the net of a moment."""
    return session.execute(_CASES, {"worker_id": worker_id, "at": at}).all()


def untaken_in(session: Session, grid_ids: Sequence[UUID], at: datetime) -> Rows:
    """Open incidents of grids that nobody in particular took on."""
    return session.execute(_UNTAKEN, {"grid_ids": list(grid_ids), "at": at}).all()


def case(session: Session, incident_id: UUID, at: datetime) -> Row[Any] | None:
    """An incident with its territory and with whoever took it on, if somebody did."""
    return session.execute(_CASE, {"incident_id": incident_id, "at": at}).one_or_none()


def lock_incident(session: Session, incident_id: UUID) -> bool:
    """Let nobody else give the incident away until the transaction ends; False when there is none."""
    return session.scalar(_LOCK_INCIDENT, {"incident_id": incident_id}) is not None


def take_case(session: Session, values: Mapping[str, Any]) -> None:
    """Let whoever held an incident hold it no longer, and somebody hold it from now on; its log tells."""
    session.execute(_LET_GO, values)
    session.execute(_TAKE, values)
    session.execute(_TELL, values)


def holders_of(session: Session, incident_id: UUID) -> Rows:
    """Everybody who took an incident on, the first one first."""
    return session.execute(_HOLDERS, {"incident_id": incident_id}).all()


def pairings_of(session: Session, worker_id: UUID, at: datetime) -> Rows:
    """People a worker is paired with, at a moment or later, and the grid in which each lives."""
    return session.execute(_PAIRINGS, {"worker_id": worker_id, "at": at}).all()


def pass_pairings(
    session: Session, pairing_ids: Sequence[UUID], subject_ids: Sequence[UUID], worker_id: UUID, at: datetime
) -> None:
    """End pairings at a moment and pair the same people with another worker from then on."""
    session.execute(_END_PAIRINGS, {"ids": list(pairing_ids), "at": at})
    session.execute(_DROP_PAIRINGS, {"ids": list(pairing_ids), "at": at})
    session.execute(_PAIR, {"worker_id": worker_id, "subject_ids": list(subject_ids), "at": at})


def open_rounds(session: Session, worker_id: UUID, at: datetime) -> Rows:
    """Rounds of a worker that were begun and not ended, with how many stops were reached."""
    return session.execute(_ROUNDS, {"worker_id": worker_id, "at": at}).all()


def corrections_of(session: Session, worker_id: UUID, at: datetime) -> Rows:
    """Corrections of the register that a worker reported and the community has not decided."""
    return session.execute(_CORRECTIONS, {"worker_id": worker_id, "at": at}).all()
