"""Taking in one report: located and routed by the net of the moment it passes the gate, in one transaction.

A report with coordinates is `routed` to the grid it lies in or, when no grid covers it, `outside`; one with words only
is `unlocated` and waits for a dispatcher. Every report leaves two events, `received` and its state.
"""

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
from gridsvc.geography.gate import Passage, shared_gate
from gridsvc.geography.locating import area_chain, current_net, locate
from gridsvc.incidents.queries import intake as queries
from gridsvc.incidents.reports import Report, report_faults
from gridsvc.infra.db import new_id
from gridsvc.infra.events import announce
from gridsvc.infra.settings import get_settings

ROUTED = "routed"
OUTSIDE = "outside"
UNLOCATED = "unlocated"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whose territory a report is: the grid, if any, by which net, and how near to its border (metres)."""

    state: str
    routed_at: datetime | None = None
    net_version_id: UUID | None = None
    net_number: int | None = None
    grid_id: UUID | None = None
    grid_code: str | None = None
    grid_name: str | None = None
    community_code: str | None = None
    county_code: str | None = None
    distance_to_border_m: float | None = None
    in_border_band: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets: identifier, number, times and the decision. `point` is WGS 84 longitude and latitude."""

    id: UUID
    number: int
    client_id: UUID
    decision: Decision
    point: tuple[float, float] | None
    occurred_at: datetime
    received_at: datetime
    flags: tuple[str, ...]
    repeated: bool = field(default=False, compare=False)


def take_in(session: Session, report: Report, *, actor: Actor) -> Receipt:
    """Store, locate and route a report; the receipt of the first time when this client identifier was sent before.

    Refuses with InvalidInput (naming the fields), InvalidCoordinate, UnknownDatum, Forbidden, or Conflict when the
    client identifier was used for another content. Needs a READ COMMITTED session; see `gridsvc.geography.gate`.
    """
    actor.require("incidents.create")
    point = declared_point(report.x, report.y, report.crs, bounds=get_settings().city_bounds)
    passage = shared_gate(session)
    _refuse(list(report_faults(report, now=passage.asked_at)))
    decision = _decide(session, point, passage)
    occurred_at, flags = reckoned_time(report.occurred_at, passage.asked_at)
    incident_id = new_id()
    values = _row(report, point, decision, passage) | {
        "id": incident_id,
        "actor": actor.username,
        "occurred_at": occurred_at,
        "flags": flags,
    }
    number = queries.insert_report(session, values)
    if number is None:
        return _receipt_of_first(session, report, point)
    announce(session, "incident", decision.grid_code)
    return Receipt(
        id=incident_id,
        number=number,
        client_id=report.client_id,
        decision=decision,
        point=(point.x, point.y) if point else None,
        occurred_at=occurred_at,
        received_at=passage.asked_at,
        flags=tuple(flags),
    )


def county_of(area_code: str | None) -> str | None:
    """The 12-digit code of the county that a street, community or county code belongs to."""
    return f"{area_code[:6]}000000" if area_code else None


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise InvalidInput(faults[0].message, faults=faults)


def _decide(session: Session, point: DeclaredPoint | None, passage: Passage) -> Decision:
    if point is None:
        return Decision(UNLOCATED)
    place = locate(session, point.x, point.y, at=passage.passed_at, band_m=get_settings().border_band_m)
    if place is None:
        return _outside(session, point, passage.passed_at)
    return Decision(
        state=ROUTED,
        routed_at=passage.passed_at,
        net_version_id=place.net_version_id,
        net_number=place.net_number,
        grid_id=place.grid_id,
        grid_code=place.code,
        grid_name=place.name,
        community_code=place.community_code,
        county_code=county_of(place.community_code),
        distance_to_border_m=place.distance_to_border_m,
        in_border_band=place.in_border_band,
    )


def _outside(session: Session, point: DeclaredPoint, at: datetime) -> Decision:
    """A report that no grid has still lies in some community or county, and was decided by some net."""
    net = current_net(session, at)
    chain = area_chain(session, point.x, point.y, at=at)
    smallest = chain.community or chain.street or chain.district
    return Decision(
        state=OUTSIDE,
        routed_at=at,
        net_version_id=net.id if net else None,
        net_number=net.number if net else None,
        community_code=chain.community.code if chain.community else None,
        county_code=county_of(smallest.code if smallest else None),
    )


def _row(report: Report, point: DeclaredPoint | None, decision: Decision, passage: Passage) -> dict[str, Any]:
    return {
        **asdict(report),
        **asdict(decision),
        "x": point.x if point else None,
        "y": point.y if point else None,
        "raw_x": point.raw_x if point else None,
        "raw_y": point.raw_y if point else None,
        "raw_crs": point.raw_crs if point else None,
        "placement": decision.state,
        "declared_at": report.occurred_at,
        "received_at": passage.asked_at,
        "routed_at": passage.passed_at,
        "routing_id": new_id(),
        "received_event_id": new_id(),
        "placed_event_id": new_id(),
    }


def _receipt_of_first(session: Session, report: Report, point: DeclaredPoint | None) -> Receipt:
    row = queries.stored_report(session, report.client_id)
    if row is None:
        known = queries.catalogue_knows(session, report.channel, report.category)
        fields = [name for name, is_known in zip(("channel", "category"), known, strict=True) if not is_known]
        raise InvalidInput(
            "The channel or the category is not in the city's lists.",
            faults=[Fault(name, f"unknown_{name}", f"This {name} is not in the city's list.") for name in fields],
        )
    if not _is_same(row, report, point):
        raise Conflict("This client identifier was already used for a report with other content.")
    return receipt_of(row)


def receipt_of(row: Row[Any]) -> Receipt:
    """The receipt given when the stored report was taken in."""
    decision = Decision(
        state=row.placement,
        routed_at=row.routed_at,
        net_version_id=row.net_version_id,
        net_number=row.net_number,
        grid_id=row.grid_id,
        grid_code=row.grid_code,
        grid_name=row.grid_name,
        community_code=row.community_code,
        county_code=row.county_code,
        distance_to_border_m=row.distance_to_border_m,
        in_border_band=row.in_border_band,
    )
    return Receipt(
        id=row.id,
        number=row.number,
        client_id=row.client_id,
        decision=decision,
        point=None if row.x is None else (row.x, row.y),
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        flags=tuple(row.flags),
        repeated=True,
    )


def _is_same(row: Row[Any], report: Report, point: DeclaredPoint | None) -> bool:
    """Whether the stored report has the content of this one; the datum counts by its canonical name."""
    names = ("channel", "category", "description", "address", "reporter_name", "reporter_phone", "synthetic")
    return (
        all(getattr(row, name) == getattr(report, name) for name in names)
        and row.declared_at == report.occurred_at
        and (row.raw_x, row.raw_y) == (report.x, report.y)
        and row.raw_crs == (point.raw_crs if point else None)
    )
