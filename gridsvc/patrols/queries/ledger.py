"""Statements on doors reached in a time: from the ledger `door_day`, or from the visits as known at some moment."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, TextClause, text
from sqlalchemy.orm import Session

from gridsvc.patrols.queries.counting import COUNTS

Rows = Sequence[Row[*tuple[Any, ...]]]

# Whole days come from the ledger. Of the last day counts what was reached by the end; of the first, where the time does
# not begin at midnight, what was reached again after the beginning. `one` may narrow it all down to one door.
_REACHED_NOW = """
    SELECT door_id FROM door_day
    WHERE day > CAST(CAST(:start AS timestamptz) AS date) AND day < CAST(CAST(:at AS timestamptz) AS date) {one}
    UNION ALL
    SELECT door_id FROM door_day
    WHERE day = CAST(CAST(:at AS timestamptz) AS date) AND day > CAST(CAST(:start AS timestamptz) AS date)
      AND first_at <= CAST(:at AS timestamptz) {one}
    UNION ALL
    SELECT visit.door_id FROM visit
    WHERE visit.occurred_at > CAST(:start AS timestamptz) AND visit.occurred_at <= CAST(:at AS timestamptz)
      AND visit.occurred_at < CAST(CAST(CAST(:start AS timestamptz) AS date) + 1 AS timestamptz)
      AND visit.door_id IS NOT NULL AND visit.result = 'done' AND visit.void_at IS NULL {one}
"""
_REACHED_AS_KNOWN = """
    SELECT visit.door_id FROM visit
    WHERE visit.occurred_at > CAST(:start AS timestamptz)
      AND visit.occurred_at <= least(CAST(:at AS timestamptz), CAST(:known_at AS timestamptz))
      AND visit.door_id IS NOT NULL AND visit.result = 'done' AND {counts} {{one}}
"""

# Almost every door is registered without end. So all doors are counted, which an index alone can do, and the few that
# were not registered at the moment are taken off again.
_EVERYWHERE = """
    WITH absent AS MATERIALIZED (
        SELECT id FROM door WHERE NOT upper_inf(registered) AND upper(registered) <= CAST(:at AS timestamptz)
        UNION ALL
        SELECT id FROM door WHERE lower(registered) > CAST(:at AS timestamptz)
    )
    SELECT
        (SELECT count(*) FROM (
            SELECT door_id FROM ({reached}) reached GROUP BY door_id
        ) once WHERE door_id NOT IN (SELECT id FROM absent)) AS visited,
        (SELECT count(*) FROM door) - (SELECT count(*) FROM absent) AS doors
"""

# The doors registered at the end, each in the grid that has it in the net of the end; on a border the smallest code.
_HERE = """
    SELECT DISTINCT ON (door.id) door.id, door.code, door.address, version.grid_id, version.code AS grid_code
    FROM grid_version version
    JOIN door ON door.point && version.geom AND ST_Covers(version.geom, door.point)
        AND door.registered @> CAST(:at AS timestamptz)
    WHERE version.net_id = (SELECT id FROM net WHERE key = :net) AND version.valid @> CAST(:at AS timestamptz)
      AND (:city_wide OR version.community_code = ANY(CAST(:communities AS text[]))
           OR version.grid_id = ANY(CAST(:grids AS uuid[])))
      AND version.community_code LIKE :area
      AND (CAST(:grid_id AS uuid) IS NULL OR version.grid_id = CAST(:grid_id AS uuid))
    ORDER BY door.id, version.scheme, version.code
"""
_BY_GRID = """
    WITH here AS MATERIALIZED ({here})
    SELECT grid_code, count(*) AS doors,
        count(*) FILTER (WHERE {is_reached}) AS visited
    FROM here GROUP BY grid_code ORDER BY grid_code
"""
_LIST = """
    WITH here AS MATERIALIZED ({here}), marked AS (
        SELECT here.*, {is_reached} AS is_reached FROM here
        WHERE CAST(:after AS text) IS NULL OR code > CAST(:after AS text)
    )
    SELECT code, address, grid_code, is_reached FROM marked
    WHERE CAST(:reached AS boolean) IS NULL OR is_reached = CAST(:reached AS boolean)
    ORDER BY code LIMIT :most
"""

# The same where nothing is left out: doors are taken in order, and each is placed by itself until there are enough.
_WALK = """
    SELECT here.code, here.address, grid.code AS grid_code, {is_reached} AS is_reached
    FROM door here
    CROSS JOIN LATERAL (
        SELECT version.code FROM grid_version version
        WHERE version.geom && here.point AND ST_Covers(version.geom, here.point)
          AND version.net_id = (SELECT id FROM net WHERE key = :net) AND version.valid @> CAST(:at AS timestamptz)
        ORDER BY version.scheme, version.code LIMIT 1
    ) grid
    WHERE here.registered @> CAST(:at AS timestamptz)
      AND (CAST(:after AS text) IS NULL OR here.code > CAST(:after AS text))
      AND (CAST(:reached AS boolean) IS NULL OR {is_reached} = CAST(:reached AS boolean))
    ORDER BY here.code LIMIT :most
"""

# In a large part of the city all doors that were reached are looked up once, in a small one each door by its own index.
_AMONG_ALL = "here.id IN (SELECT door_id FROM ({reached}) any_of)"
_EACH = "EXISTS (SELECT FROM ({reached}) any_of)"
_ONE_DOOR = "AND door_id = here.id"


def _statements(statement: str) -> dict[tuple[bool, bool], TextClause]:
    """The statement by whether it is about what was known at an earlier moment, and whether about a small part."""
    made = {}
    for is_past, reached in ((False, _REACHED_NOW), (True, _REACHED_AS_KNOWN.format(counts=COUNTS))):
        for is_small, test, one in ((False, _AMONG_ALL, ""), (True, _EACH, _ONE_DOOR)):
            narrowed = reached.format(one=one)
            is_reached = test.format(reached=narrowed)
            made[is_past, is_small] = text(statement.format(here=_HERE, reached=narrowed, is_reached=is_reached))
    return made


EVERYWHERE, BY_GRID = _statements(_EVERYWHERE), _statements(_BY_GRID)
LIST, WALK = _statements(_LIST), _statements(_WALK)

_WORK_MEMORY = text("SELECT set_config('work_mem', '64MB', true)")

_RECOUNT = text(
    """
    SELECT CAST(occurred_at AS date) AS day, door_id, min(occurred_at) AS first_at FROM visit
    WHERE door_id IS NOT NULL AND result = 'done' AND void_at IS NULL
    GROUP BY 1, 2 ORDER BY 1, 2
    """
)
_KEPT = text("SELECT day, door_id, first_at FROM door_day ORDER BY day, door_id")
_REFILL = (
    text("LOCK TABLE visit IN SHARE ROW EXCLUSIVE MODE"),
    text("DELETE FROM door_day"),
    text(f"INSERT INTO door_day (day, door_id, first_at) {_RECOUNT.text}"),
)


def doors_everywhere(session: Session, values: Mapping[str, Any]) -> Row[Any]:
    """How many doors registered at the end were reached, and how many there are: (visited, doors)."""
    session.execute(_WORK_MEMORY)
    return session.execute(EVERYWHERE[values["known_at"] is not None, False], values).one()


def doors_by_grid(session: Session, values: Mapping[str, Any], *, is_small: bool) -> Rows:
    """The same for each grid of a part of the city, by the net at the end: (grid_code, doors, visited)."""
    session.execute(_WORK_MEMORY)
    return session.execute(BY_GRID[values["known_at"] is not None, is_small], values).all()


def list_doors(session: Session, values: Mapping[str, Any], *, is_small: bool) -> Rows:
    """The doors behind these figures in order of their codes: (code, address, grid_code, is_reached)."""
    session.execute(_WORK_MEMORY)
    return session.execute(LIST[values["known_at"] is not None, is_small], values).all()


def list_doors_everywhere(session: Session, values: Mapping[str, Any]) -> Rows:
    """The same for the whole city, where a page of it is found without placing every door."""
    return session.execute(WALK[values["known_at"] is not None, True], values).all()


def recount(session: Session) -> Rows:
    """What the ledger must hold, counted from the visits: (day, door_id, first_at)."""
    return session.execute(_RECOUNT).all()


def kept(session: Session) -> Rows:
    """What the ledger holds: (day, door_id, first_at)."""
    return session.execute(_KEPT).all()


def refill(session: Session) -> None:
    """Make the ledger anew from the visits: after the city's time zone was changed, or a difference was found."""
    for statement in _REFILL:
        session.execute(statement)
