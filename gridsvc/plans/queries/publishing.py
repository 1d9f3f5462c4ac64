"""Queries that publishing and withdrawing a plan ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, text
from sqlalchemy.orm import Session

from gridsvc.core.lineage import Share
from gridsvc.infra.copying import Same, copy_columns, fresh_ids
from gridsvc.plans.tables import CarryOver, Lineage, Plan, PlanBase, PlanCommunity, PlanGrid

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('plan ' || CAST(:plan AS text), 0))")
_CLOCK = text("SELECT clock_timestamp()")
# All that waits for the end of the transaction is asked now, and not while others wait at the gate.
_CHECK_NOW = text("SET CONSTRAINTS ALL IMMEDIATE")
_CHECK_LATER = text("SET CONSTRAINTS ALL DEFERRED")

_PENDING = text(
    """
    SELECT plan.id, plan.number, plan.title, plan.effective_at, array_agg(own.community_code) AS communities
    FROM plan JOIN plan_community own ON own.plan_id = plan.id
    WHERE plan.net_id = :net_id AND plan.status = 'published' AND plan.effective_at > clock_timestamp()
      AND own.community_code = ANY(CAST(:communities AS text[]))
    GROUP BY plan.id ORDER BY plan.effective_at
    """
)


def lock_plan(session: Session, plan_id: UUID) -> None:
    """Wait until nobody else changes this plan; held to the end of the transaction (architecture rule 8)."""
    session.execute(_LOCK, {"plan": plan_id})


def plan(session: Session, plan_id: UUID) -> Plan | None:
    """The plan as it is now, whatever the session held of it."""
    return session.get(Plan, plan_id, populate_existing=True)


def communities(session: Session, plan_id: UUID) -> list[str]:
    """The communities that a plan is about, in order of their codes."""
    statement = select(PlanCommunity.community_code).where(PlanCommunity.plan_id == plan_id)
    return list(session.scalars(statement.order_by(PlanCommunity.community_code)))


def base_versions(session: Session, plan_id: UUID) -> set[UUID]:
    """The grid versions a plan was drawn on."""
    return set(session.scalars(select(PlanBase.grid_version_id).where(PlanBase.plan_id == plan_id)))


def drawn_grids(
    session: Session, plan_id: UUID, community_codes: Sequence[str] | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The grids of the partition now, with their shapes as EWKB in hexadecimal, in order of their keys."""
    statement = select(
        PlanGrid.key,
        PlanGrid.community_code,
        PlanGrid.grid_id,
        PlanGrid.kind,
        PlanGrid.name,
        PlanGrid.code,
        PlanGrid.decided,
        PlanGrid.fresh_code,
        PlanGrid.area_m2,
        PlanGrid.counts,
        func.encode(func.ST_AsEWKB(PlanGrid.geom), "hex").label("geom"),
    ).where(PlanGrid.plan_id == plan_id)
    if community_codes is not None:
        statement = statement.where(PlanGrid.community_code.in_(list(community_codes)))
    return session.execute(statement.order_by(PlanGrid.key)).all()


def pending(session: Session, net_id: UUID, community_codes: Sequence[str]) -> Sequence[Row[Any]]:
    """Plans for any of these communities that are published and not yet in effect."""
    return session.execute(_PENDING, {"net_id": net_id, "communities": list(community_codes)}).all()


def clock(session: Session) -> datetime:
    """The clock of the database."""
    found: datetime = session.execute(_CLOCK).scalar_one()
    return found


def check_now(session: Session) -> None:
    """Ask every rule that waits for the end of the transaction now."""
    session.flush()
    session.execute(_CHECK_NOW)
    session.execute(_CHECK_LATER)


def add_lineage(session: Session, plan_id: UUID, net_version_id: UUID, shares: Sequence[Share]) -> None:
    """Store shares whose parents and children are ids of grid versions."""
    rows: dict[str, Sequence[Any] | Same] = {
        "id": fresh_ids(len(shares)),
        "plan_id": Same(plan_id),
        "net_version_id": Same(net_version_id),
        "parent_version_id": [share.parent for share in shares],
        "child_version_id": [share.child for share in shares],
        "operation": [share.operation for share in shares],
        "area_ppm": [share.area_ppm for share in shares],
        "household_ppm": [share.household_ppm for share in shares],
    }
    if shares:
        copy_columns(session, "lineage", rows)


@dataclass(frozen=True)
class CarriedOver:
    """Who is taken over for a grid; see `gridsvc.plans.tables.CarryOver`."""

    grid_id: UUID
    reason: str
    worker_id: UUID | None
    candidates: Sequence[UUID]


def add_carried_over(session: Session, plan_id: UUID, found: Sequence[CarriedOver]) -> None:
    """Store who was taken over for the new and merged grids of a plan."""
    rows: dict[str, Sequence[Any] | Same] = {
        "plan_id": Same(plan_id),
        "grid_id": [each.grid_id for each in found],
        "reason": [each.reason for each in found],
        "worker_id": [each.worker_id for each in found],
        "candidates": ["{" + ",".join(map(str, each.candidates)) + "}" for each in found],
    }
    if found:
        copy_columns(session, "carry_over", rows)


def remove_consequences(session: Session, plan_id: UUID) -> None:
    """Forget the lineage and the persons taken over of a plan that never took effect."""
    session.execute(delete(Lineage).where(Lineage.plan_id == plan_id))
    session.execute(delete(CarryOver).where(CarryOver.plan_id == plan_id))


def grids_of_version(session: Session, plan_id: UUID) -> Sequence[UUID]:
    """The grids that a plan made."""
    statement = select(CarryOver.grid_id).where(CarryOver.plan_id == plan_id, CarryOver.reason == "new_grid")
    return list(session.scalars(statement))
