"""Queries that list plans for people to read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope

# A plan is seen by whoever sees all of its communities.
_PLANS = text(
    """
    SELECT plan.id, plan.number, plan.title, plan.reason, plan.status, plan.revision, plan.position, plan.created_at,
        plan.updated_at, plan.effective_at, plan.notice_from, plan.notice_until, plan.published_at, plan.withdrawn_at,
        plan.reverts_plan_id, taken_back.number AS reverts_number,
        author.display_name AS author, net.number AS net_number,
        array_agg(own.community_code ORDER BY own.community_code) AS communities
    FROM plan
    JOIN account author ON author.id = plan.author_id
    JOIN plan_community own ON own.plan_id = plan.id
    LEFT JOIN net_version net ON net.id = plan.net_version_id
    LEFT JOIN plan taken_back ON taken_back.id = plan.reverts_plan_id
    WHERE (CAST(:status AS text) IS NULL OR plan.status = :status)
      AND (CAST(:plan_id AS uuid) IS NULL OR plan.id = CAST(:plan_id AS uuid))
      AND (CAST(:community AS text) IS NULL OR EXISTS (
          SELECT FROM plan_community about WHERE about.plan_id = plan.id AND about.community_code = :community))
      AND (CAST(:before AS timestamptz) IS NULL
           OR (plan.updated_at, plan.id) < (CAST(:before AS timestamptz), CAST(:before_id AS uuid)))
    GROUP BY plan.id, author.display_name, net.number, taken_back.number
    HAVING :city_wide OR bool_and(own.community_code = ANY(CAST(:visible AS text[])))
    ORDER BY plan.updated_at DESC, plan.id DESC
    LIMIT :limit
    """
)

_NAMES = text(
    """
    SELECT code, name, parent_code FROM area
    WHERE code = ANY(CAST(:codes AS text[])) AND valid @> clock_timestamp() ORDER BY code
    """
)


def plans(
    session: Session,
    scope: Scope,
    *,
    limit: int,
    status: str | None = None,
    community: str | None = None,
    before: tuple[datetime, UUID] | None = None,
    plan_id: UUID | None = None,
) -> Sequence[Row[Any]]:
    """Plans within a scope, the one changed last first."""
    values = {
        "status": status,
        "community": community,
        "plan_id": plan_id,
        "before": before[0] if before else None,
        "before_id": before[1] if before else None,
        "city_wide": scope.city_wide,
        "visible": sorted(scope.community_codes),
        "limit": limit,
    }
    return session.execute(_PLANS, values).all()


def names_of(session: Session, codes: Sequence[str]) -> Sequence[Row[Any]]:
    """Areas by code: (code, name, parent_code)."""
    return session.execute(_NAMES, {"codes": list(codes)}).all()
