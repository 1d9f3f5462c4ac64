"""Queries on drafts: opening them, the state of a community in them, and storing what an operation changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, text, update
from sqlalchemy.orm import Session

from gridsvc.access.tables import Account
from gridsvc.geography.tables import Block, GridVersion
from gridsvc.infra.copying import Same, copy_columns
from gridsvc.plans.tables import PlanBase, PlanCommunity, PlanGrid, PlanOp

_COPY_GRIDS = text(
    """
    INSERT INTO plan_grid
        (plan_id, key, community_code, grid_id, kind, name, decided, fresh_code, geom, area_m2, counts)
    SELECT base.plan_id, v.code, v.community_code, v.grid_id, v.kind, v.name, false, false, v.geom, v.area_m2, v.counts
    FROM plan_base base JOIN grid_version v ON v.id = base.grid_version_id
    WHERE base.plan_id = :plan_id AND v.community_code = ANY(CAST(:communities AS text[]))
    """
)

_BASE = text(
    """
    SELECT v.id, v.grid_id, v.scheme, v.code, v.kind, v.name, v.community_code, v.area_m2, v.counts, v.synthetic,
        v.net_version_id, lower(v.valid) AS since, ST_AsBinary(v.geom) AS wkb
    FROM plan_base base JOIN grid_version v ON v.id = base.grid_version_id
    WHERE base.plan_id = :plan_id AND v.community_code = :community
    ORDER BY v.scheme COLLATE "C", v.code COLLATE "C"
    """
)

_OTHERS = text(
    """
    SELECT plan.id, plan.number, plan.title, plan.status, plan.effective_at,
        array_agg(own.community_code ORDER BY own.community_code) AS communities
    FROM plan JOIN plan_community own ON own.plan_id = plan.id
    WHERE plan.id <> :plan_id AND own.community_code = ANY(CAST(:communities AS text[]))
      AND (plan.status IN ('draft', 'in_review', 'approved')
           OR plan.status = 'published' AND plan.effective_at > clock_timestamp())
    GROUP BY plan.id ORDER BY plan.number
    """
)


_FORGET_BASE = text(
    """
    WITH gone AS (
        SELECT DISTINCT base.plan_id, v.community_code
        FROM plan_base base JOIN grid_version v ON v.id = base.grid_version_id
        WHERE v.net_version_id = :version AND v.community_code = ANY(CAST(:communities AS text[]))
    )
    DELETE FROM plan_base base USING gone, grid_version v
    WHERE base.plan_id = gone.plan_id AND v.id = base.grid_version_id AND v.community_code = gone.community_code
    """
)

# Grids of the net as it is now, and those newly drawn in other communities of the same plan.
_GRIDS_ELSEWHERE = text(
    """
    SELECT v.code AS key, ST_AsBinary(v.geom) AS wkb FROM grid_version v
    WHERE v.net_id = :net_id AND v.code = ANY(CAST(:keys AS text[])) AND v.valid @> clock_timestamp()
    UNION ALL
    SELECT g.key, ST_AsBinary(g.geom) FROM plan_grid g
    WHERE g.plan_id = :plan_id AND g.key = ANY(CAST(:keys AS text[])) AND strpos(g.key, '+') > 0
    ORDER BY key
    """
)


def add_base(session: Session, plan_id: UUID, versions: Sequence[UUID], communities: Sequence[str]) -> None:
    """Note the versions a plan is drawn on, and draw their grids as they are."""
    copy_columns(session, "plan_base", {"plan_id": Same(plan_id), "grid_version_id": list(versions)})
    session.execute(_COPY_GRIDS, {"plan_id": plan_id, "communities": list(communities)})


def base_of(session: Session, plan_id: UUID, community_code: str) -> Sequence[Row[Any]]:
    """The grid versions of a community that a plan was drawn on, with their shapes as WKB."""
    return session.execute(_BASE, {"plan_id": plan_id, "community": community_code}).all()


def base_ids(session: Session, plan_id: UUID, community_code: str) -> Sequence[UUID]:
    """The grid versions of a community that a plan was drawn on."""
    statement = select(PlanBase.grid_version_id).join(GridVersion, GridVersion.id == PlanBase.grid_version_id)
    statement = statement.where(PlanBase.plan_id == plan_id, GridVersion.community_code == community_code)
    return session.scalars(statement.order_by(GridVersion.id)).all()


def state_of(session: Session, operation: UUID) -> bytes:
    """The community as an operation left it."""
    return session.scalars(select(PlanOp.state).where(PlanOp.id == operation)).one()


def last_operation(session: Session, plan_id: UUID, community_code: str, position: int) -> UUID | None:
    """The last operation on a community up to a position; None when none touched it."""
    statement = (
        select(PlanOp.id)
        .where(PlanOp.plan_id == plan_id, PlanOp.community_code == community_code)
        .where(PlanOp.abandoned_at.is_(None), PlanOp.sequence <= position)
    )
    return session.scalars(statement.order_by(PlanOp.sequence.desc()).limit(1)).one_or_none()


def operation_at(session: Session, plan_id: UUID, sequence: int) -> PlanOp | None:
    """The operation at a place of the log that is not abandoned."""
    statement = select(PlanOp).where(PlanOp.plan_id == plan_id, PlanOp.sequence == sequence)
    return session.scalars(statement.where(PlanOp.abandoned_at.is_(None))).one_or_none()


def abandon_after(session: Session, plan_id: UUID, position: int, now: datetime) -> None:
    """Cut off what was undone, because something else is done now."""
    statement = update(PlanOp).where(PlanOp.plan_id == plan_id, PlanOp.sequence > position)
    session.execute(statement.where(PlanOp.abandoned_at.is_(None)).values(abandoned_at=now))


def counting(session: Session, plan_id: UUID, position: int) -> Sequence[PlanOp]:
    """The operations that count at a position, in their order."""
    statement = select(PlanOp).where(PlanOp.plan_id == plan_id, PlanOp.abandoned_at.is_(None))
    return session.scalars(statement.where(PlanOp.sequence <= position).order_by(PlanOp.sequence)).all()


def log(session: Session, plan_id: UUID, *, since_revision: int = 0) -> Sequence[Row[*tuple[Any, ...]]]:
    """The operations of a plan after a revision, abandoned ones too, in the order in which they were done."""
    statement = (
        select(
            PlanOp.id,
            PlanOp.sequence,
            PlanOp.revision,
            PlanOp.kind,
            PlanOp.community_code,
            PlanOp.arguments,
            PlanOp.at,
            PlanOp.abandoned_at,
            Account.display_name,
        )
        .join(Account, Account.id == PlanOp.account_id)
        .where(PlanOp.plan_id == plan_id, PlanOp.revision > since_revision)
    )
    return session.execute(statement.order_by(PlanOp.at, PlanOp.id)).all()


def highest_sequence(session: Session, plan_id: UUID) -> int:
    """The last operation that could be done again; 0 when there is none."""
    statement = select(func.max(PlanOp.sequence)).where(PlanOp.plan_id == plan_id, PlanOp.abandoned_at.is_(None))
    return session.scalar(statement) or 0


def base_codes(session: Session, plan_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """The grid versions a plan was drawn on: id, code and community_code."""
    statement = select(GridVersion.id, GridVersion.code, GridVersion.community_code)
    statement = statement.join(PlanBase, PlanBase.grid_version_id == GridVersion.id)
    return session.execute(statement.where(PlanBase.plan_id == plan_id)).all()


def replace_base(session: Session, plan_id: UUID, communities: Sequence[str], versions: Sequence[UUID]) -> None:
    """From now on a plan is drawn on these versions in some of its communities."""
    theirs = select(GridVersion.id).where(GridVersion.community_code.in_(communities))
    session.execute(delete(PlanBase).where(PlanBase.plan_id == plan_id, PlanBase.grid_version_id.in_(theirs)))
    copy_columns(session, "plan_base", {"plan_id": Same(plan_id), "grid_version_id": list(versions)})


def forget_base(session: Session, net_version_id: UUID, communities: Sequence[str]) -> None:
    """Let no plan stand on versions that are taken back: whoever drew on them has to draw on those of now instead."""
    session.execute(_FORGET_BASE, {"version": net_version_id, "communities": list(communities)})


def replace_grids(session: Session, plan_id: UUID, community_code: str, rows: dict[str, Sequence[Any]]) -> None:
    """Draw a community of a plan anew."""
    statement = delete(PlanGrid).where(PlanGrid.plan_id == plan_id, PlanGrid.community_code == community_code)
    session.execute(statement)
    columns: dict[str, Sequence[Any] | Same] = {"plan_id": Same(plan_id), "community_code": Same(community_code)}
    copy_columns(session, "plan_grid", columns | rows)


def blocks(session: Session, community_codes: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The blocks of communities: code, name, community, counts and shape as WKB, in order of their codes."""
    statement = select(
        Block.code, Block.name, Block.community_code, Block.counts, func.ST_AsBinary(Block.geom).label("wkb")
    ).where(Block.community_code.in_(list(community_codes)))
    return session.execute(statement.order_by(Block.code)).all()


def grids_elsewhere(session: Session, plan_id: UUID, net_id: UUID, keys: Sequence[str]) -> Sequence[Row[Any]]:
    """The grids with these keys wherever they lie, in the net or in the plan: key and shape as WKB."""
    values = {"plan_id": plan_id, "net_id": net_id, "keys": list(keys)}
    return session.execute(_GRIDS_ELSEWHERE, values).all()


def blocks_elsewhere(session: Session, community_code: str, codes: Sequence[str]) -> Sequence[Row[Any]]:
    """The blocks with these codes that lie in other communities: code and shape as WKB."""
    statement = select(Block.code, func.ST_AsBinary(Block.geom).label("wkb"))
    statement = statement.where(Block.code.in_(list(codes)), Block.community_code != community_code)
    return session.execute(statement.order_by(Block.code)).all()


def others_over(session: Session, plan_id: UUID, communities: Sequence[str]) -> Sequence[Row[Any]]:
    """Other plans for any of these communities that are drafts, in review, approved or pending."""
    return session.execute(_OTHERS, {"plan_id": plan_id, "communities": list(communities)}).all()


def has_community(session: Session, plan_id: UUID, community_code: str) -> bool:
    """Whether a plan is about a community."""
    return session.get(PlanCommunity, (plan_id, community_code)) is not None
