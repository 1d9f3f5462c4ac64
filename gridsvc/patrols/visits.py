"""Logging one visit. Whose grid it counts for is decided by the net of the time it happened.

The place is the door's point, else the position, else the grid the worker named. Whatever looks odd is flagged for a
person to judge and never dropped; the grid named and the device's time are kept as given.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import Conflict, Fault, InvalidInput
from gridsvc.core.fields import reckoned_time
from gridsvc.geography.declared import DeclaredPoint, declared_point
from gridsvc.geography.gate import BASE_NET, shared_gate
from gridsvc.geography.locating import locate
from gridsvc.infra.db import new_id
from gridsvc.infra.events import announce
from gridsvc.infra.settings import get_settings
from gridsvc.patrols.logged import (
    BACK_FILLED,
    BACK_FILLED_AFTER,
    DOOR_NOT_REGISTERED,
    FAR_FROM_PLACE,
    FAR_M,
    GRID_NOT_ALIVE,
    OTHER_GRID,
    OUTSIDE,
    VisitReport,
    visit_faults,
)
from gridsvc.patrols.queries import recording as queries
from gridsvc.people.contact import heard_from


@dataclass(frozen=True, slots=True)
class VisitReceipt:
    """What the worker gets: the grid it counts for, if any, the time reckoned by, and what was flagged."""

    id: UUID
    client_id: UUID
    grid_id: UUID | None
    grid_code: str | None
    grid_name: str | None
    net_version_id: UUID | None
    occurred_at: datetime
    received_at: datetime
    flags: tuple[str, ...]
    repeated: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The grid a visit counts for."""

    grid_id: UUID | None = None
    grid_code: str | None = None
    grid_name: str | None = None
    net_version_id: UUID | None = None
    community_code: str | None = None


def record_visit(session: Session, report: VisitReport, *, worker_id: UUID, actor: Actor) -> VisitReceipt:
    """Store a visit of the worker and note that the device was heard from.

    The same client identifier gives the first receipt again. Refuses with InvalidInput (naming the fields),
    InvalidCoordinate, UnknownDatum, Forbidden, or Conflict when the identifier was used for another visit. Needs a
    READ COMMITTED session; see `gridsvc.geography.gate`.
    """
    actor.require("visits.create")
    point = declared_point(report.x, report.y, report.crs, bounds=get_settings().city_bounds)
    received_at = shared_gate(session).asked_at
    _refuse(list(visit_faults(report, now=received_at)))
    occurred_at, flags = reckoned_time(report.occurred_at, received_at)
    if occurred_at < received_at - BACK_FILLED_AFTER:
        flags.append(BACK_FILLED)
    named = _named(session, report, point, occurred_at)
    ground = _ground(session, named, point, occurred_at)
    flags += _place_flags(report, named, ground)
    values = _row(report, point, ground) | {
        "worker_id": worker_id,
        "door_id": named.door_id,
        "occurred_at": occurred_at,
        "received_at": received_at,
        "flags": flags,
    }
    stored = queries.insert_visit(session, values)
    if stored is None:
        return _receipt_of_first(session, report, point, worker_id, received_at)
    heard_from(session, worker_id, received_at)
    announce(session, "visit", ground.grid_code)
    return VisitReceipt(
        id=stored,
        client_id=report.client_id,
        grid_id=ground.grid_id,
        grid_code=ground.grid_code,
        grid_name=ground.grid_name,
        net_version_id=ground.net_version_id,
        occurred_at=occurred_at,
        received_at=received_at,
        flags=tuple(flags),
    )


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)


def _named(session: Session, report: VisitReport, point: DeclaredPoint | None, at: datetime) -> Row[Any]:
    """The door and grid that the report names; codes that never existed are refused."""
    values = {
        "at": at,
        "x": point.x if point else None,
        "y": point.y if point else None,
        "door_code": report.door_code,
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


def _ground(session: Session, named: Row[Any], point: DeclaredPoint | None, at: datetime) -> _Ground:
    x, y = (named.door_x, named.door_y) if named.door_id else (point.x, point.y) if point else (None, None)
    place = None
    if x is not None and y is not None:
        place = locate(session, x, y, at=at, band_m=get_settings().border_band_m)
    if place is not None:
        return _Ground(place.grid_id, place.code, place.name, place.net_version_id, place.community_code)
    return _Ground(named.grid_id, named.code, named.name, named.net_version_id, named.community_code)


def _place_flags(report: VisitReport, named: Row[Any], ground: _Ground) -> Iterator[str]:
    if report.door_code and not named.is_registered:
        yield DOOR_NOT_REGISTERED
    if report.grid_code and not named.is_alive:
        yield GRID_NOT_ALIVE
    if named.grid_id is not None and ground.grid_id != named.grid_id:
        yield OTHER_GRID
    distance = named.from_door_m if report.door_code else named.from_grid_m
    if distance is not None and distance > FAR_M:
        yield FAR_FROM_PLACE
    if ground.grid_id is None:
        yield OUTSIDE


def _row(report: VisitReport, point: DeclaredPoint | None, ground: _Ground) -> dict[str, Any]:
    return {
        **asdict(report),
        "id": new_id(),
        "county_code": f"{ground.community_code[:6]}000000" if ground.community_code else None,
        "net_version_id": ground.net_version_id,
        "grid_id": ground.grid_id,
        "x": point.x if point else None,
        "y": point.y if point else None,
        "raw_x": point.raw_x if point else None,
        "raw_y": point.raw_y if point else None,
        "raw_crs": point.raw_crs if point else None,
        "declared_at": report.occurred_at,
    }


def _receipt_of_first(
    session: Session, report: VisitReport, point: DeclaredPoint | None, worker_id: UUID, heard_at: datetime
) -> VisitReceipt:
    row = queries.stored_visit(session, report.client_id)
    if row is None:
        known = queries.lists_know(session, report.kind, worker_id)
        fields = [name for name, is_known in zip(("kind", "worker_id"), known, strict=True) if not is_known]
        raise InvalidInput(
            "The kind of visit or the worker is not known.",
            faults=[Fault(name, f"unknown_{name}", "This is not in the city's list.") for name in fields],
        )
    if row.worker_id != worker_id or not _is_same(row, report, point):
        raise Conflict("This client identifier was already used for another visit.")
    heard_from(session, worker_id, heard_at)
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
        repeated=True,
    )


def _is_same(row: Row[Any], report: VisitReport, point: DeclaredPoint | None) -> bool:
    """Whether the stored visit has the content of this one; the datum counts by its canonical name."""
    names = ("kind", "result", "door_code", "accuracy_m", "note", "synthetic")
    return (
        all(getattr(row, name) == getattr(report, name) for name in names)
        and row.declared_grid_code == report.grid_code
        and row.declared_at == report.occurred_at
        and (row.raw_x, row.raw_y) == (report.x, report.y)
        and row.raw_crs == (point.raw_crs if point else None)
    )
