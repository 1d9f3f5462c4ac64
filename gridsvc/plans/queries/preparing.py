"""Queries on what was measured of drawn communities before their plan is published."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, text
from sqlalchemy.orm import Session

from gridsvc.infra.copying import Same, copy_columns
from gridsvc.plans.tables import PlanPrepared

# A version of a grid never changes, so its id stands for all of it.
_STAMPS = text(
    """
    WITH wanted AS (SELECT unnest(CAST(:communities AS text[])) AS community_code)
    SELECT wanted.community_code,
        md5(concat_ws('|', drawn.digest, living.digest, lived.digest, outline.digest)) AS stamp
    FROM wanted
    LEFT JOIN (
        SELECT community_code, md5(string_agg(md5(CAST(geom AS bytea)) || ROW(
            key, grid_id, kind, name, code, decided, fresh_code)::text, ';' ORDER BY key)) AS digest
        FROM plan_grid WHERE plan_id = :plan_id GROUP BY community_code
    ) drawn USING (community_code)
    LEFT JOIN (
        SELECT community_code, md5(string_agg(CAST(id AS text), ';' ORDER BY id)) AS digest
        FROM grid_version
        WHERE net_id = :net_id AND upper_inf(valid) AND community_code = ANY(CAST(:communities AS text[]))
        GROUP BY community_code
    ) living USING (community_code)
    LEFT JOIN (
        SELECT community_code, md5(string_agg(md5(CAST(geom AS bytea)) || (counts ->> 'households'), ';' ORDER BY id))
            AS digest
        FROM block WHERE community_code = ANY(CAST(:communities AS text[])) GROUP BY community_code
    ) lived USING (community_code)
    LEFT JOIN (
        SELECT code AS community_code, md5(CAST(geom AS bytea)) AS digest
        FROM area WHERE code = ANY(CAST(:communities AS text[])) AND valid @> clock_timestamp()
    ) outline USING (community_code)
    """
)


def stamps(session: Session, plan_id: UUID, net_id: UUID, communities: Sequence[str]) -> dict[str, str]:
    """For every community a digest of all that decides what a plan changes in it."""
    values = {"plan_id": plan_id, "net_id": net_id, "communities": list(communities)}
    return {row.community_code: row.stamp for row in session.execute(_STAMPS, values)}


def kept(session: Session, plan_id: UUID, communities: Sequence[str]) -> dict[str, Row[str, str, str]]:
    """What is kept of communities of a plan: (community_code, stamp, changes) by code."""
    statement = select(PlanPrepared.community_code, PlanPrepared.stamp, PlanPrepared.changes)
    mine = PlanPrepared.plan_id == plan_id, PlanPrepared.community_code.in_(list(communities))
    return {row.community_code: row for row in session.execute(statement.where(*mine)).all()}


def keep(session: Session, plan_id: UUID, found: Mapping[str, tuple[str, str]]) -> None:
    """Keep (stamp, changes) of communities of a plan instead of what was kept before."""
    mine = PlanPrepared.plan_id == plan_id, PlanPrepared.community_code.in_(list(found))
    session.execute(delete(PlanPrepared).where(*mine))
    rows: dict[str, Sequence[Any] | Same] = {
        "plan_id": Same(plan_id),
        "community_code": list(found),
        "stamp": [stamp for stamp, _ in found.values()],
        "changes": [changes for _, changes in found.values()],
    }
    copy_columns(session, "plan_prepared", rows)
