"""Queries on what grids were: the versions behind a code, the lineage between versions, and nets at moments."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# Both the grids that ever bore the code, and all versions of each of them: a grid that was renumbered had another code.
_LIFE = text(
    """
    SELECT v.id, v.grid_id, v.scheme, v.code, v.name, v.kind, v.community_code, v.area_m2, v.counts,
        lower(v.valid) AS since, upper(v.valid) AS until, n.number AS net_number, v.net_version_id
    FROM grid_version v JOIN net_version n ON n.id = v.net_version_id
    WHERE v.grid_id IN (SELECT grid_id FROM grid_code WHERE code = :code)
    ORDER BY lower(v.valid), v.code COLLATE "C"
    """
)

_GIVEN = text(
    """
    SELECT g.scheme, g.code, g.grid_id, g.community_code,
        EXISTS (SELECT FROM grid_version v WHERE v.grid_id = g.grid_id) AS lived
    FROM grid_code g WHERE g.code = :code
    """
)

# "007" is meant as a number at the end, the beginning of a code as a street or community.
_FOUND = text(
    """
    SELECT given.code, given.community_code, area.name AS community, borne.name, borne.since, borne.until
    FROM grid_code given
    LEFT JOIN area ON area.code = given.community_code AND area.valid @> clock_timestamp()
    CROSS JOIN LATERAL (
        SELECT (array_agg(v.name ORDER BY lower(v.valid) DESC))[1] AS name, min(lower(v.valid)) AS since,
            CASE WHEN NOT bool_or(upper_inf(v.valid)) THEN max(upper(v.valid)) END AS until
        FROM grid_version v WHERE v.grid_id = given.grid_id AND v.code = given.code
    ) borne
    WHERE (right(given.code, length(:search)) = :search OR starts_with(given.code, :search))
      AND (CAST(:community AS text) IS NULL OR given.community_code = :community)
    ORDER BY given.code COLLATE "C"
    LIMIT :limit
    """
)

_LINKS = text(
    """
    SELECT l.parent_version_id, l.child_version_id, l.operation, l.area_ppm, l.household_ppm, l.plan_id,
        plan.number AS plan_number, plan.title AS plan_title, plan.effective_at,
        parent.code AS parent_code, parent.name AS parent_name, child.code AS child_code, child.name AS child_name
    FROM lineage l JOIN plan ON plan.id = l.plan_id
    JOIN grid_version parent ON parent.id = l.parent_version_id
    JOIN grid_version child ON child.id = l.child_version_id
    WHERE l.parent_version_id = ANY(CAST(:versions AS uuid[])) OR l.child_version_id = ANY(CAST(:versions AS uuid[]))
    ORDER BY plan.effective_at, parent.code COLLATE "C", child.code COLLATE "C"
    """
)

_BETWEEN = text(
    """
    SELECT l.parent_version_id, l.child_version_id, l.operation, l.area_ppm, l.household_ppm, n.effective_at
    FROM lineage l JOIN plan ON plan.id = l.plan_id JOIN net_version n ON n.id = plan.net_version_id
    JOIN grid_version parent ON parent.id = l.parent_version_id
    WHERE n.effective_at > CAST(:since AS timestamptz) AND n.effective_at <= CAST(:until AS timestamptz)
      AND (CAST(:communities AS text[]) IS NULL OR parent.community_code = ANY(CAST(:communities AS text[])))
    ORDER BY n.effective_at
    """
)

_CARRIED = text(
    """
    SELECT over.grid_id, v.code, v.name, v.community_code, over.reason, over.worker_id, worker.name AS worker,
        over.confirmed_at, (
            SELECT coalesce(json_agg(json_build_object('id', other.id, 'name', other.name) ORDER BY other.place), '[]')
            FROM (
                SELECT candidate.id, candidate.name, asked.place
                FROM unnest(over.candidates) WITH ORDINALITY AS asked (id, place)
                JOIN worker candidate ON candidate.id = asked.id
            ) other
        ) AS candidates
    FROM carry_over over JOIN plan ON plan.id = over.plan_id
    JOIN grid_version v ON v.grid_id = over.grid_id AND v.valid @> plan.effective_at
    LEFT JOIN worker ON worker.id = over.worker_id
    WHERE over.plan_id = :plan_id ORDER BY v.code COLLATE "C"
    """
)

_NETS = text(
    """
    SELECT version.id, version.number, version.effective_at, version.published_at, version.published_by,
        coalesce(array_agg(plan.number ORDER BY plan.number) FILTER (WHERE plan.id IS NOT NULL), '{}') AS plans
    FROM net_version version LEFT JOIN plan ON plan.net_version_id = version.id
    WHERE version.net_id = (SELECT id FROM net WHERE key = :net)
    GROUP BY version.id ORDER BY version.effective_at
    """
)

_VERSIONS_AT = text(
    """
    SELECT v.id, v.grid_id, v.code, v.name, v.kind, v.community_code, v.area_m2, v.counts, ST_AsBinary(v.geom) AS wkb
    FROM grid_version v
    WHERE v.net_id = (SELECT id FROM net WHERE key = :net) AND v.valid @> CAST(:at AS timestamptz)
      AND (CAST(:communities AS text[]) IS NULL OR v.community_code = ANY(CAST(:communities AS text[])))
    ORDER BY v.community_code, v.scheme COLLATE "C", v.code COLLATE "C"
    """
)


def versions_before(session: Session, at: datetime, net: str, community: str) -> Sequence[Row[Any]]:
    """The grids of a community just before a moment, as `versions_at` tells them."""
    return versions_at(session, at - timedelta(microseconds=1), net, [community])


def carried_over(session: Session, plan_id: UUID) -> Sequence[Row[Any]]:
    """Whom a plan took over for which grids: (grid_id, code, name, reason, worker, candidates, confirmed_at)."""
    return session.execute(_CARRIED, {"plan_id": plan_id}).all()


def net_versions(session: Session, net: str) -> Sequence[Row[Any]]:
    """All versions of a net in order of effect, with the plans that brought them."""
    return session.execute(_NETS, {"net": net}).all()


def given_code(session: Session, code: str) -> Sequence[Row[Any]]:
    """To which grids a code was given, scheme by scheme, and whether they ever lived: (scheme, code, grid_id, …)."""
    return session.execute(_GIVEN, {"code": code}).all()


def codes_like(session: Session, search: str, community: str | None, limit: int) -> Sequence[Row[Any]]:
    """Codes ever given that begin or end with a text: code, community, name and time of the grid that bore them.

    `since` is None for a code that was burnt before its day, `until` for one that is borne now or without an end.
    """
    return session.execute(_FOUND, {"search": search, "community": community, "limit": limit}).all()


def life(session: Session, code: str) -> Sequence[Row[Any]]:
    """All versions of the grids that ever bore a code, in order of time."""
    return session.execute(_LIFE, {"code": code}).all()


def links(session: Session, versions: Sequence[UUID]) -> Sequence[Row[Any]]:
    """The lineage to and from grid versions, in order of effect."""
    return session.execute(_LINKS, {"versions": list(versions)}).all()


def lineage_between(
    session: Session, since: datetime, until: datetime, communities: Sequence[str] | None
) -> Sequence[Row[Any]]:
    """The lineage of every change of the net after `since` and up to `until`, in order of effect."""
    codes = None if communities is None else list(communities)
    return session.execute(_BETWEEN, {"since": since, "until": until, "communities": codes}).all()


def versions_at(session: Session, at: datetime, net: str, communities: Sequence[str] | None) -> Sequence[Row[Any]]:
    """The grids of a net at a moment, with their shapes as WKB, in order of community and code."""
    codes = None if communities is None else list(communities)
    return session.execute(_VERSIONS_AT, {"at": at, "net": net, "communities": codes}).all()
