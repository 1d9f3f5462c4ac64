"""Queries on what was measured of drawn communities, and made ready, before their plan is published."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from gridsvc.core.lineage import Share
from gridsvc.infra.copying import Same, copy_columns
from gridsvc.plans.tables import PlanPrepared, PlanShare

# A version of a row is known by its place and the number of the transaction that wrote it, so no shape has to be read
# to tell that it is the same; a version of a grid never changes, so its id stands for all of it. Hashes are summed,
# because that needs no order. A restored database has other places: there everything is measured once more.
_ROW = "sum(hashtidextended(ctid, CAST(CAST(xmin AS text) AS bigint)))"
_STAMPS = f"""
    WITH wanted AS (SELECT unnest(CAST(:communities AS text[])) AS community_code)
    SELECT wanted.community_code, concat_ws(' ', drawn.stamp, living.stamp, lived.stamp, outline.stamp) AS stamp
    FROM wanted
    LEFT JOIN (
        SELECT community_code, {_ROW} AS stamp FROM plan_grid WHERE plan_id = :plan_id GROUP BY community_code
    ) drawn USING (community_code)
    LEFT JOIN (
        SELECT community_code, sum(uuid_hash_extended(id, 0)) AS stamp FROM grid_version
        WHERE net_id = :net_id AND upper_inf(valid) AND community_code = ANY(CAST(:communities AS text[]))
        GROUP BY community_code
    ) living USING (community_code)
    LEFT JOIN (
        SELECT community_code, {_ROW} AS stamp FROM block
        WHERE community_code = ANY(CAST(:communities AS text[])) GROUP BY community_code
    ) lived USING (community_code)
    LEFT JOIN (
        SELECT code AS community_code, {_ROW} AS stamp FROM area
        WHERE code = ANY(CAST(:communities AS text[])) AND valid @> clock_timestamp() GROUP BY code
    ) outline USING (community_code)
"""  # noqa: S608 - all of it is written here
_UNREADY = text(
    f"""
    SELECT now.community_code, now.stamp FROM ({_STAMPS}) now
    LEFT JOIN plan_prepared kept ON kept.plan_id = :plan_id AND kept.community_code = now.community_code
    WHERE kept.stamp IS DISTINCT FROM now.stamp OR NOT kept.is_ready
    """  # noqa: S608 - all of it is written here
)


def unready(session: Session, plan_id: UUID, net_id: UUID, communities: Sequence[str]) -> dict[str, str]:
    """The communities of which not every row is ready, or not of what they are now: their stamps by code."""
    values = {"plan_id": plan_id, "net_id": net_id, "communities": list(communities)}
    return {row.community_code: row.stamp for row in session.execute(_UNREADY, values)}


def kept(session: Session, plan_id: UUID, stamps: Mapping[str, str]) -> dict[str, str]:
    """What was measured of communities that bear these stamps: their changes by code."""
    mine = PlanPrepared.plan_id == plan_id, PlanPrepared.community_code.in_(list(stamps))
    rows = session.execute(select(PlanPrepared.community_code, PlanPrepared.stamp, PlanPrepared.changes).where(*mine))
    return {row.community_code: row.changes for row in rows if row.stamp == stamps[row.community_code]}


def keep(session: Session, plan_id: UUID, found: Mapping[str, tuple[str, str]]) -> None:
    """Keep (stamp, changes) of communities of a plan, all of whose rows are ready, instead of what was kept before."""
    mine = PlanPrepared.plan_id == plan_id, PlanPrepared.community_code.in_(list(found))
    session.execute(delete(PlanPrepared).where(*mine))
    rows: dict[str, Sequence[Any] | Same] = {
        "plan_id": Same(plan_id),
        "community_code": list(found),
        "stamp": [stamp for stamp, _ in found.values()],
        "changes": [changes for _, changes in found.values()],
        "is_ready": Same(True),
    }
    copy_columns(session, "plan_prepared", rows)


def keep_shares(
    session: Session, plan_id: UUID, communities: Sequence[str], found: Sequence[tuple[str, Share]]
) -> None:
    """Keep shares between versions, each with its community, instead of what these communities had."""
    mine = PlanShare.plan_id == plan_id, PlanShare.community_code.in_(list(communities))
    session.execute(delete(PlanShare).where(*mine))
    rows: dict[str, Sequence[Any] | Same] = {
        "plan_id": Same(plan_id),
        "parent_version_id": [share.parent for _, share in found],
        "child_version_id": [share.child for _, share in found],
        "community_code": [community for community, _ in found],
        "operation": [share.operation for _, share in found],
        "area_ppm": [share.area_ppm for _, share in found],
        "household_ppm": [share.household_ppm for _, share in found],
    }
    if found:
        copy_columns(session, "plan_share", rows)


def use_up(session: Session, plan_id: UUID) -> None:
    """Forget the shares made ready, and that anything is ready."""
    session.execute(delete(PlanShare).where(PlanShare.plan_id == plan_id))
    session.execute(update(PlanPrepared).where(PlanPrepared.plan_id == plan_id).values(is_ready=False))
