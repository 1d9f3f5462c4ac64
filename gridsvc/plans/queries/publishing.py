"""Queries that publishing and withdrawing a plan ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, text
from sqlalchemy.orm import Session

from gridsvc.plans.tables import CarryOver, Lineage, Plan, PlanCommunity, PlanGrid

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

_ADD_LINEAGE = text(
    """
    INSERT INTO lineage (plan_id, parent_version_id, child_version_id, operation, area_ppm, household_ppm)
    SELECT plan_id, parent_version_id, child_version_id, operation, area_ppm, household_ppm
    FROM plan_share WHERE plan_id = :plan_id ORDER BY parent_version_id, child_version_id
    """
)
# A new grid is taken over by whoever holds the first of its parents; a merged one keeps its own.
_CARRY_OVER = text(
    """
    WITH origin AS (
        SELECT o.grid_id, o.is_new, made.place, CASE WHEN o.is_new THEN o.made_of[1] ELSE o.grid_id END AS goes_by,
            main.worker_id
        FROM grid_opening o CROSS JOIN unnest(o.made_of) WITH ORDINALITY AS made (parent_id, place)
        LEFT JOIN responsibility main ON main.grid_id = made.parent_id AND main.role = 'main'
            AND upper_inf(main.recorded) AND main.valid @> CAST(:at AS timestamptz)
        WHERE o.batch_id = :plan_id
    ), ranked AS (
        SELECT grid_id, is_new, goes_by, worker_id, min(place) AS place FROM origin GROUP BY 1, 2, 3, 4
    ), taken AS (
        SELECT grid_id, is_new, goes_by,
            coalesce(array_agg(worker_id ORDER BY place) FILTER (WHERE worker_id IS NOT NULL), '{}') AS candidates
        FROM ranked GROUP BY 1, 2, 3
    )
    INSERT INTO carry_over (plan_id, grid_id, reason, worker_id, candidates)
    SELECT :plan_id, taken.grid_id, CASE WHEN taken.is_new THEN 'new_grid' ELSE 'merged' END, main.worker_id,
        taken.candidates
    FROM taken LEFT JOIN responsibility main ON main.grid_id = taken.goes_by AND main.role = 'main'
        AND upper_inf(main.recorded) AND main.valid @> CAST(:at AS timestamptz)
    """
)
_MOVED_ON = text(
    """
    SELECT living.code FROM (
        SELECT id, code FROM grid_version
        WHERE net_id = :net_id AND community_code = ANY(CAST(:communities AS text[])) AND upper_inf(valid)
    ) living
    FULL JOIN (SELECT grid_version_id FROM plan_base WHERE plan_id = :plan_id) base ON base.grid_version_id = living.id
    WHERE living.id IS NULL OR base.grid_version_id IS NULL
    ORDER BY living.code COLLATE "C"
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


def add_lineage(session: Session, plan_id: UUID) -> None:
    """Store the shares that were made ready as the lineage of a plan."""
    session.execute(_ADD_LINEAGE, {"plan_id": plan_id})


def add_carried_over(session: Session, plan_id: UUID, at: datetime) -> None:
    """Store who is taken over for the new and merged grids of a plan, of those who hold its parents at a moment."""
    session.execute(_CARRY_OVER, {"plan_id": plan_id, "at": at})


def moved_on(session: Session, plan_id: UUID, net_id: UUID, communities: Sequence[str]) -> list[str | None]:
    """The codes of living grids that a plan was not drawn on, and None for each version that lives no more."""
    values = {"plan_id": plan_id, "net_id": net_id, "communities": list(communities)}
    return list(session.scalars(_MOVED_ON, values))


def remove_consequences(session: Session, plan_id: UUID) -> None:
    """Forget the lineage and the persons taken over of a plan that never took effect."""
    session.execute(delete(Lineage).where(Lineage.plan_id == plan_id))
    session.execute(delete(CarryOver).where(CarryOver.plan_id == plan_id))


def grids_of_version(session: Session, plan_id: UUID) -> Sequence[UUID]:
    """The grids that a plan made."""
    statement = select(CarryOver.grid_id).where(CarryOver.plan_id == plan_id, CarryOver.reason == "new_grid")
    return list(session.scalars(statement))
