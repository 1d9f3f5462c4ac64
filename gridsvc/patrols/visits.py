"""Logging one visit: every ledger that it serves is filled in one transaction, or nothing is.

The place is the door's point, else the position, else where the care subject lives, else the grid the worker named;
the net of the time it happened says whose grid it counts for. Whatever looks odd is flagged for a person to judge and
never dropped; the grid named and the device's time are kept as given.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput
from gridsvc.core.fields import reckoned_time
from gridsvc.geography.declared import DeclaredPoint, declared_point
from gridsvc.geography.gate import BASE_NET, shared_gate
from gridsvc.geography.locating import locate
from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.infra.db import new_id
from gridsvc.infra.events import announce
from gridsvc.infra.settings import get_settings
from gridsvc.patrols import odd
from gridsvc.patrols.allowed import within_policy
from gridsvc.patrols.logged import BACK_FILLED, BACK_FILLED_AFTER, VisitReport, visit_faults
from gridsvc.patrols.queries import recording as queries
from gridsvc.patrols.queries import rounds
from gridsvc.people.contact import heard_from

CHANNEL = "patrol"


@dataclass(frozen=True, slots=True)
class VisitReceipt:
    """What the worker gets: the grid it counts for, if any, the time reckoned by, what was flagged, and what it opened.

    `register_id` is the correction of the register that waits for the community, `incident_id` the incident it opened.
    """

    id: UUID
    client_id: UUID
    grid_id: UUID | None
    grid_code: str | None
    grid_name: str | None
    net_version_id: UUID | None
    occurred_at: datetime
    received_at: datetime
    flags: tuple[str, ...]
    incident_id: UUID | None = None
    register_id: UUID | None = None
    repeated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The grid a visit counts for."""

    grid_id: UUID | None = None
    grid_code: str | None = None
    grid_name: str | None = None
    net_version_id: UUID | None = None
    community_code: str | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """A visit on its way in: what was sent, by whom, where, when, and what it replaces."""

    report: VisitReport
    point: DeclaredPoint | None
    worker_id: UUID
    received_at: datetime
    occurred_at: datetime
    corrected: Row[Any] | None


def record_visit(session: Session, report: VisitReport, *, worker_id: UUID, actor: Actor) -> VisitReceipt:
    """Store a visit of the worker and note that the device was heard from.

    The same client identifier gives the first receipt again. Refuses with InvalidInput (naming the fields),
    InvalidCoordinate, UnknownDatum, Forbidden, or Conflict when the identifier was used for another visit or the visit
    to be corrected was corrected already. Needs a READ COMMITTED session; see `gridsvc.geography.gate`.
    """
    actor = actor.by("visits.create")
    received_at = shared_gate(session).asked_at
    receipt = store_visit(session, report, worker_id=worker_id, actor=actor, received_at=received_at)
    heard_from(session, worker_id, received_at)
    if not receipt.repeated:
        announce(session, "visit", receipt.grid_code)
    return receipt


def store_visit(
    session: Session, report: VisitReport, *, worker_id: UUID, actor: Actor, received_at: datetime
) -> VisitReceipt:
    """`record_visit` without right, gate, contact and news, which a batch sees to once for all of its visits."""
    corrected = _corrected(session, report, worker_id)
    report = _completed(report, corrected)
    point = declared_point(report.x, report.y, report.crs, bounds=get_settings().city_bounds)
    _refuse(list(visit_faults(report, now=received_at)))
    occurred_at, flags = reckoned_time(report.occurred_at, received_at)
    if occurred_at < received_at - BACK_FILLED_AFTER and corrected is None:
        flags.append(BACK_FILLED)
    report, point = within_policy(session, report, point, occurred_at)
    case = _Case(report, point, worker_id, received_at, occurred_at, corrected)
    subject = _subject(session, case, actor)
    named = _named(session, case, subject)
    ground = _ground(session, case, named, subject)
    around = queries.around_visit(session, _around_values(case))
    photos = _photos(session, report)
    flags += [*odd.place_flags(report, named, ground.grid_id), *odd.sequence_flags(around, point), *odd.photo(photos)]
    incident_id = _incident(session, case, _known_place(case, named, subject), actor)
    visit_id = queries.insert_visit(session, _row(case, named, ground) | {"flags": flags, "incident_id": incident_id})
    if visit_id is None:
        return _receipt_of_first(session, case)
    if report.register is not None:
        actor.require("register.correct")
    register_id = _fill_ledgers(session, case, visit_id, named, ground, is_on_round=around.is_on_round)
    return VisitReceipt(
        id=visit_id,
        client_id=report.client_id,
        grid_id=ground.grid_id,
        grid_code=ground.grid_code,
        grid_name=ground.grid_name,
        net_version_id=ground.net_version_id,
        occurred_at=occurred_at,
        received_at=received_at,
        flags=tuple(flags),
        incident_id=incident_id,
        register_id=register_id,
    )


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)


def _corrected(session: Session, report: VisitReport, worker_id: UUID) -> Row[Any] | None:
    """The visit that this one corrects: the worker's own, and not corrected by another one already."""
    if report.corrects is None or report.corrects == report.client_id:
        return None
    row = queries.corrected_visit(session, report.corrects)
    if row is None or row.worker_id != worker_id:
        _refuse([Fault("corrects", "unknown_visit", "You logged no visit of that identifier.")])
    assert row is not None
    if row.corrected_by not in (None, report.client_id):
        raise Conflict("This visit was corrected already; correct the correction.")
    return row


def _completed(report: VisitReport, corrected: Row[Any] | None) -> VisitReport:
    """A correction that says nothing of time or place is about those of the visit it corrects."""
    if corrected is None:
        return report
    report = replace(report, occurred_at=report.occurred_at or corrected.occurred_at)
    if report.x is not None or report.grid_code or report.door_code or report.subject_id:
        return report
    return replace(
        report,
        grid_code=corrected.grid_code,
        door_code=corrected.door_code,
        subject_id=corrected.subject_id,
        x=corrected.raw_x,
        y=corrected.raw_y,
        crs=corrected.raw_crs,
        accuracy_m=report.accuracy_m if report.accuracy_m is not None else corrected.accuracy_m,
    )


def _subject(session: Session, case: _Case, actor: Actor) -> Row[Any] | None:
    """The care subject named: one the worker is paired with, or one of no sensitive class where the actor may look."""
    subject_id = case.report.subject_id
    if subject_id is None:
        return None
    row = queries.care_subject(session, subject_id, case.worker_id, case.occurred_at, BASE_NET)
    is_seen = row is not None and (
        row.is_paired or (not row.sensitive and actor.scope.covers(row.community_code, row.grid_id))
    )
    if not is_seen:
        _refuse([Fault("subject_id", "unknown_subject", "There is no such person among those you visit.")])
    return row


def _named(session: Session, case: _Case, subject: Row[Any] | None) -> Row[Any]:
    """The door and grid that the report names; codes that never existed are refused."""
    report, point = case.report, case.point
    door_code = report.door_code or (subject.door_code if subject is not None and point is None else None)
    values = {
        "at": case.occurred_at,
        "x": point.x if point else None,
        "y": point.y if point else None,
        "door_code": door_code,
        "grid_code": report.grid_code,
        "net_key": BASE_NET,
    }
    named = queries.named_places(session, values)
    faults = []
    if report.door_code and named.door_id is None:
        faults.append(Fault("door_code", "unknown_door", "There is no door of that code."))
    if report.grid_code and not named.is_grid_known:
        faults.append(Fault("grid_code", "unknown_grid", "There is no grid of that code."))
    _refuse(faults)
    return named


def _ground(session: Session, case: _Case, named: Row[Any], subject: Row[Any] | None) -> _Ground:
    x, y = None, None
    if named.door_id is not None:
        x, y = named.door_x, named.door_y
    elif case.point is not None:
        x, y = case.point.x, case.point.y
    elif subject is not None:
        x, y = subject.x, subject.y
    if x is not None and y is not None:
        place = locate(session, x, y, at=case.occurred_at, band_m=get_settings().border_band_m)
        if place is not None:
            return _Ground(place.grid_id, place.code, place.name, place.net_version_id, place.community_code)
    return _Ground(named.grid_id, named.code, named.name, named.net_version_id, named.community_code)


def _around_values(case: _Case) -> dict[str, Any]:
    """Speed is judged only between times that devices gave: what waited in a queue arrives all at once."""
    is_timed = case.point is not None and case.report.occurred_at is not None and case.corrected is None
    return {
        "worker_id": case.worker_id,
        "client_id": case.report.client_id,
        "at": case.occurred_at,
        "x": case.point.x if case.point is not None and is_timed else None,
        "y": case.point.y if case.point is not None and is_timed else None,
        "raw_x": case.report.x,
        "raw_y": case.report.y,
        "far_m": odd.SPEED_FROM_M,
        "fastest_m_s": odd.FASTEST_M_S,
    }


def _photos(session: Session, report: VisitReport) -> dict[str, bool]:
    """The photos named and whether a visit shows them already; refuses what was never stored."""
    if not report.photos:
        return {}
    known = queries.stored_photos(session, report.photos)
    if len(known) < len(report.photos):
        _refuse([Fault("photos", "unknown_photo", "A photo named here was never stored; send it first.")])
    return known


def _known_place(case: _Case, named: Row[Any], subject: Row[Any] | None) -> tuple[float, float] | None:
    """Where a visit without a position was all the same: at its door, or where the person lives (WGS 84)."""
    if case.point is None and named.door_id is not None:
        return named.door_x, named.door_y
    if case.point is None and subject is not None and subject.x is not None:
        return subject.x, subject.y
    return None


def _incident(session: Session, case: _Case, known: tuple[float, float] | None, actor: Actor) -> UUID | None:
    """The incident that the visit opens; sent again it is the same one, for its identifier comes from the visit's."""
    draft = case.report.incident
    if draft is None:
        return None
    report = case.report
    x, y = known or (report.x, report.y)
    sent = Report(
        client_id=uuid5(report.client_id, "incident"),
        channel=CHANNEL,
        category=draft.category,
        description=draft.description,
        x=x,
        y=y,
        crs="EPSG:4326" if known else report.crs,
        occurred_at=report.occurred_at,
        synthetic=report.synthetic,
    )
    try:
        return take_in(session, sent, actor=actor).id
    except InvalidInput as refusal:
        raise InvalidInput(
            refusal.message, faults=[replace(fault, place=f"incident.{fault.place}") for fault in refusal.faults]
        ) from refusal


def _row(case: _Case, named: Row[Any], ground: _Ground) -> dict[str, Any]:
    report, point = case.report, case.point
    plain = {name: getattr(report, name) for name in _STORED_AS_SENT}
    return plain | {
        "id": new_id(),
        "county_code": f"{ground.community_code[:6]}000000" if ground.community_code else None,
        "worker_id": case.worker_id,
        "net_version_id": ground.net_version_id,
        "grid_id": ground.grid_id,
        "door_id": named.door_id,
        "corrects_id": case.corrected.id if case.corrected is not None else None,
        "x": point.x if point else None,
        "y": point.y if point else None,
        "raw_x": point.raw_x if point else None,
        "raw_y": point.raw_y if point else None,
        "raw_crs": point.raw_crs if point else None,
        "declared_at": report.occurred_at,
        "occurred_at": case.occurred_at,
        "received_at": case.received_at,
    }


_STORED_AS_SENT = ("client_id", "kind", "result", "grid_code", "accuracy_m", "note", "synthetic", "subject_id")


def _fill_ledgers(
    session: Session, case: _Case, visit_id: UUID, named: Row[Any], ground: _Ground, *, is_on_round: bool
) -> UUID | None:
    """What hangs on the visit; doors reached follow by themselves, due times are reckoned from the visits.

    Returns the correction of the register that it asks for.
    """
    report, corrected = case.report, case.corrected
    if report.photos:
        queries.show_photos(session, visit_id, report.photos)
    if corrected is not None and corrected.void_at is None:
        queries.void_visit(session, corrected.id, case.received_at)
        rounds.unreach(session, corrected.id)
    if is_on_round or report.stop_id or corrected is not None:
        if report.stop_id and not rounds.reach_stop(session, report.stop_id, visit_id, case.worker_id):
            _refuse([Fault("stop_id", "unknown_stop", "There is no such stop in a round of yours.")])
        rounds.match_stops(session, case.worker_id, case.occurred_at)
    if report.register is None:
        return None
    register_id = new_id()
    values = {
        "id": register_id,
        "visit_id": visit_id,
        "kind": report.register.kind,
        "door_id": None if report.register.kind == "missing" else named.door_id,
        "grid_id": ground.grid_id,
        "community_code": ground.community_code,
        "address": report.register.address,
        "reported_at": case.received_at,
    }
    queries.add_register_correction(session, values)
    return register_id


def _receipt_of_first(session: Session, case: _Case) -> VisitReceipt:
    report = case.report
    row = queries.stored_visit(session, report.client_id)
    if row is None:
        known = queries.lists_know(session, report.kind, case.worker_id)
        fields = [name for name, is_known in zip(("kind", "worker_id"), known, strict=True) if not is_known]
        raise InvalidInput(
            "The kind of visit or the worker is not known.",
            faults=[Fault(name, f"unknown_{name}", "This is not in the city's list.") for name in fields],
        )
    if row.worker_id != case.worker_id or not _is_same(row, case):
        raise Conflict("This client identifier was already used for another visit.")
    return VisitReceipt(
        id=row.id,
        client_id=row.client_id,
        grid_id=row.grid_id,
        grid_code=row.grid_code,
        grid_name=row.grid_name,
        net_version_id=row.net_version_id,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        flags=tuple(row.flags),
        incident_id=row.incident_id,
        register_id=row.register_id,
        repeated=True,
    )


def _is_same(row: Row[Any], case: _Case) -> bool:
    """Whether the stored visit has the content of this one; the datum counts by its canonical name."""
    report = case.report
    names = ("kind", "result", "accuracy_m", "note", "synthetic", "subject_id", "corrects")
    return (
        all(getattr(row, name) == getattr(report, name) for name in names)
        and (row.door_code == report.door_code or (report.door_code is None and report.subject_id is not None))
        and row.declared_grid_code == report.grid_code
        and row.declared_at == report.occurred_at
        and (row.raw_x, row.raw_y) == (report.x, report.y)
        and row.raw_crs == (case.point.raw_crs if case.point else None)
        and list(row.photos) == sorted(report.photos)
        and (row.incident_id is None) == (report.incident is None)
        and (row.register_id is None) == (report.register is None)
    )
