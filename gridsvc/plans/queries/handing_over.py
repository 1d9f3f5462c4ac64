"""Queries on what passes from worker to worker: by a plan, published or not, and between the nets of two moments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

# The two sides of a change: grids that were and grids that are, each with the grid and the moment by which its main
# worker is known. First: what a published plan ended and began.
_BY_PLAN = """
    SELECT v.scheme, v.code, v.geom, upper(v.valid) IS NOT DISTINCT FROM CAST(:at AS timestamptz), v.grid_id,
        CASE WHEN upper(v.valid) = CAST(:at AS timestamptz)
            THEN CAST(:at AS timestamptz) - interval '1 microsecond' ELSE CAST(:at AS timestamptz) END
    FROM grid_version v
    WHERE v.id IN (SELECT parent_version_id FROM lineage WHERE plan_id = :plan_id
        UNION SELECT child_version_id FROM lineage WHERE plan_id = :plan_id)
"""

# What a draft would end, and what it draws, with the grid of today whose worker each would have.
_BY_DRAFT = """
    SELECT v.scheme, v.code, v.geom, true, v.grid_id, CAST(:at AS timestamptz)
    FROM grid_version v WHERE v.id = ANY(CAST(:closing AS uuid[]))
    UNION ALL
    SELECT '', coalesce(g.code, g.key), g.geom, false, drawn.grid_id, CAST(:at AS timestamptz)
    FROM unnest(CAST(:keys AS text[]), CAST(:holders AS uuid[])) AS drawn (key, grid_id)
    JOIN plan_grid g ON g.plan_id = :plan_id AND g.key = drawn.key
"""

# What is in effect at one of two moments and not at the other.
_BETWEEN = """
    SELECT v.scheme, v.code, v.geom, v.valid @> CAST(:since AS timestamptz), v.grid_id,
        CASE WHEN v.valid @> CAST(:since AS timestamptz)
            THEN CAST(:since AS timestamptz) ELSE CAST(:at AS timestamptz) END
    FROM grid_version v
    WHERE v.net_id = (SELECT id FROM net WHERE key = :net)
      AND (v.valid @> CAST(:since AS timestamptz)) <> (v.valid @> CAST(:at AS timestamptz))
      AND (CAST(:communities AS text[]) IS NULL OR v.community_code = ANY(CAST(:communities AS text[])))
"""

# A place on a border belongs to the smallest code. Only grids that changed can have changed hands by a change.
_PASSED = """
    WITH changed AS (
        SELECT side.scheme, side.code, side.geom, side.is_old, held.worker_id, worker.number, worker.name
        FROM ({sides}) side (scheme, code, geom, is_old, grid_id, moment)
        LEFT JOIN responsibility held ON held.grid_id = side.grid_id AND held.role = 'main'
            AND upper_inf(held.recorded) AND held.valid @> side.moment
        LEFT JOIN worker ON worker.id = held.worker_id
    ), placed AS (
        SELECT DISTINCT ON (thing.id, changed.is_old) thing.id, changed.is_old, changed.code,
            changed.worker_id, changed.number, changed.name
        FROM changed JOIN {things} thing ON ST_Covers(changed.geom, thing.point)
        WHERE {alive}
        ORDER BY thing.id, changed.is_old, changed.scheme COLLATE "C", changed.code COLLATE "C"
    )
    SELECT {columns}, was.code AS from_code, is_now.code AS to_code,
        was.worker_id AS from_worker_id, was.number AS from_number, was.name AS from_name,
        is_now.worker_id AS to_worker_id, is_now.number AS to_number, is_now.name AS to_name
    FROM placed was JOIN placed is_now ON is_now.id = was.id AND was.is_old AND NOT is_now.is_old
    JOIN {things} thing ON thing.id = was.id
    WHERE was.worker_id IS DISTINCT FROM is_now.worker_id
    ORDER BY was.code COLLATE "C", is_now.code COLLATE "C", {order}
"""


def _doors(sides: str) -> TextClause:
    return text(
        _PASSED.format(
            sides=sides,
            things="door",
            alive="thing.registered @> CAST(:at AS timestamptz)",
            columns="thing.code, thing.address",
            order='thing.code COLLATE "C"',
        )
    )


def _incidents(sides: str) -> TextClause:
    # What a handler took on stays with them until somebody else accepts it; their name is told beside it.
    return text(
        _PASSED.format(
            sides=sides,
            things="incident",
            alive="thing.closed_at IS NULL AND thing.point IS NOT NULL",
            columns="CAST(thing.number AS text) AS code, thing.category, "
            "(SELECT worker.name FROM case_holder holder JOIN worker ON worker.id = holder.worker_id "
            "WHERE holder.incident_id = thing.id AND holder.until IS NULL) AS held_by",
            order="thing.number",
        )
    )


@dataclass(frozen=True)
class Passing:
    """A change of the net between whose sides doors and open incidents pass: its statements and their values.

    Doors are those registered at `at`, incidents those open now.
    """

    kind: str
    at: datetime
    values: Mapping[str, Any]


_STATEMENTS = {
    kind: (_doors(sides), _incidents(sides))
    for kind, sides in (("plan", _BY_PLAN), ("draft", _BY_DRAFT), ("between", _BETWEEN))
}


def by_plan(plan_id: UUID, at: datetime) -> Passing:
    """What a published plan changes at its instant."""
    return Passing("plan", at, {"plan_id": plan_id})


def by_draft(plan_id: UUID, at: datetime, closing: Sequence[UUID], holders: Mapping[str, UUID]) -> Passing:
    """What a plan would change at a moment: versions that end, and by key the grid whose worker a drawn one gets."""
    keys = {"keys": list(holders), "holders": list(holders.values())}
    return Passing("draft", at, {"plan_id": plan_id, "closing": list(closing)} | keys)


def between(net: str, since: datetime, until: datetime, communities: Sequence[str] | None) -> Passing:
    """What is not the same in the nets of two moments, with the main workers of each."""
    codes = None if communities is None else list(communities)
    return Passing("between", until, {"net": net, "since": since, "communities": codes})


def doors_passed(session: Session, passing: Passing) -> Sequence[Row[Any]]:
    """Doors whose main worker is another one on the later side: code, address, grids and workers."""
    return session.execute(_STATEMENTS[passing.kind][0], {"at": passing.at, **passing.values}).all()


def incidents_passed(session: Session, passing: Passing) -> Sequence[Row[Any]]:
    """The same for incidents that are open now: number, category, and who took them on, if anybody did."""
    return session.execute(_STATEMENTS[passing.kind][1], {"at": passing.at, **passing.values}).all()
