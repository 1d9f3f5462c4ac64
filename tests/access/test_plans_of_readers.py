"""What PostgreSQL does for each reader in a city large enough that it chooses by cost: indexes serve all of them.

Row security hides a spatial index from whoever is under its policy. Which tables are looked up by place, and how, goes
by that; these tests say that it is still so.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from gridsvc.access.jurisdiction import Scope
from gridsvc.geography.queries import lookups, places
from gridsvc.incidents.queries import reading
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.db import ReadSession, make_engine
from gridsvc.infra.sight import WHOLE_CITY, Sight, seeing
from gridsvc.people.answer import who_answers

NOW = datetime.now(UTC)
# 50 x 50 grids of 0.002 degrees, 25 of them a community; ten doors and eight incidents in each.
_CITY = """
    INSERT INTO net (id, key, name) SELECT gen_random_uuid(), 'base', 'base'
        WHERE NOT EXISTS (SELECT FROM net WHERE key = 'base');
    INSERT INTO net_version (id, net_id, number, published_at, effective_at, published_by)
        SELECT gen_random_uuid(), id, 1, '2026-01-01Z', '2026-01-01Z', 'test' FROM net WHERE key = 'base';
    CREATE TEMPORARY TABLE cell AS
        SELECT gen_random_uuid() AS id, gen_random_uuid() AS worker_id, i * 50 + j AS number,
            '340302' || lpad(CAST(100000 + i / 5 * 10 + j / 5 AS text), 6, '0') AS community_code,
            117 + i * 0.002 AS west, 32 + j * 0.002 AS south
        FROM generate_series(0, 49) AS i, generate_series(0, 49) AS j;
    INSERT INTO grid (id, net_id) SELECT cell.id, net.id FROM cell, net WHERE net.key = 'base';
    INSERT INTO grid_version (id, grid_id, net_id, net_version_id, scheme, code, kind, name, geom, area_m2, counts,
            community_code, synthetic, valid)
        SELECT gen_random_uuid(), cell.id, v.net_id, v.id, 'standard15',
            community_code || lpad(CAST(cell.number AS text), 4, '0'), 'basic', 'Grid',
            ST_Multi(ST_MakeEnvelope(west, south, west + 0.002, south + 0.002, 4326)), 1, '{}', community_code,
            true, tstzrange('2026-01-01Z', NULL)
        FROM cell, net_version v;
    INSERT INTO block (id, code, community_code, geom, counts, synthetic)
        SELECT id, 'block-' || number, community_code,
            ST_Multi(ST_MakeEnvelope(west, south, west + 0.002, south + 0.002, 4326)), '{}', true
        FROM cell;
    INSERT INTO door (id, code, block_id, address, point, registered, synthetic)
        SELECT gen_random_uuid(), number || '-' || d, id, 'No. ' || d,
            ST_SetSRID(ST_MakePoint(west + d * 0.0001, south + 0.001), 4326), tstzrange('2026-01-01Z', NULL), true
        FROM cell, generate_series(1, 10) AS d;
    INSERT INTO worker (id, number, name, community_code, synthetic)
        SELECT worker_id, 'W' || number, 'Worker', community_code, true FROM cell;
    INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
        SELECT gen_random_uuid(), id, worker_id, 'main', tstzrange('2026-01-01Z', NULL), tstzrange('2026-01-01Z', NULL)
        FROM cell;
    CREATE TEMPORARY TABLE report AS
        SELECT gen_random_uuid() AS id, cell.id AS grid_id, community_code, n, west, south,
            now() - (number * 8 + n) * interval '1 minute' AS at
        FROM cell, generate_series(1, 8) AS n;
    INSERT INTO incident (id, client_id, channel, category, placement, point, occurred_at, received_at, closed_at,
            synthetic)
        SELECT id, gen_random_uuid(), 'phone', 'noise', 'routed',
            ST_SetSRID(ST_MakePoint(west + 0.001, south + 0.001), 4326), at, at, CASE WHEN n > 2 THEN now() END, true
        FROM report;
    INSERT INTO routing (id, incident_id, grid_id, community_code, in_border_band, routed_at, reason)
        SELECT gen_random_uuid(), id, grid_id, community_code, false, at, 'intake' FROM report;
    DROP TABLE cell, report;
"""


@pytest.fixture(scope="module")
def owner(server: Database, template: Database) -> Iterator[Engine]:
    """A city of 2,500 grids, 25,000 doors and 20,000 incidents, as its owner; statistics are fresh."""
    made = make_engine(databases.create_database(server, "planned", template=template.name).url)
    with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")
        for statement in _CITY.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("SET session_replication_role = DEFAULT")
        connection.exec_driver_sql("VACUUM ANALYZE")
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def city(owner: Engine) -> Iterator[Engine]:
    """An engine like the API's."""
    made = make_engine(owner.url.render_as_string(hide_password=False), guarded=True, pool_size=1)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def grid(owner: Engine) -> Any:
    with owner.connect() as connection:
        return connection.execute(
            text(
                "SELECT grid_id, id AS version_id, community_code, ST_X(ST_PointOnSurface(geom)) AS x, "
                "ST_Y(ST_PointOnSurface(geom)) AS y FROM grid_version ORDER BY code OFFSET 1200 LIMIT 1"
            )
        ).one()


@pytest.fixture(params=["city", "community", "grid"])
def reader(request: pytest.FixtureRequest, grid: Any) -> tuple[Sight, Scope]:
    if request.param == "city":
        return WHOLE_CITY, Scope(city_wide=True)
    communities = frozenset({grid.community_code} if request.param == "community" else ())
    grids = frozenset({grid.grid_id} if request.param == "grid" else ())
    return Sight(communities=communities, grids=grids), Scope(community_codes=communities, grid_ids=grids)


Call = Callable[[Session], object]


def plan_of(engine: Engine, sight: Sight, call: Call) -> str:
    """How PostgreSQL runs the last statement of a call for this reader."""
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _u: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    with ReadSession(engine, info=seeing(sight)) as session:
        event.listen(engine, "before_cursor_execute", note)
        try:
            call(session)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        statement, parameters = asked[-1]
        return "\n".join(session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars())


def locating(grid: Any) -> Call:
    return lambda session: places.grid_at(session, x=grid.x, y=grid.y, at=NOW, net="base", metres=(1.0, 1.0))


def test_a_point_is_located_by_the_spatial_index_as_for_the_owner(
    city: Engine, owner: Engine, reader: tuple[Sight, Scope], grid: Any
) -> None:
    """Row security leaves the table of grids alone, so that its spatial index serves every reader."""
    plan = plan_of(city, reader[0], locating(grid))
    assert "Index Scan using ix_grid_version_geom" in plan
    assert "Seq Scan on grid_version" not in plan
    assert plan == plan_of(owner, WHOLE_CITY, locating(grid))


def test_the_doors_of_a_grid_are_found_by_index(city: Engine, reader: tuple[Sight, Scope], grid: Any) -> None:
    """By the blocks of the grid's community, which row security does not hide; for the whole city by place as well."""
    plan = plan_of(city, reader[0], lambda session: lookups.doors_of_grid(session, reader[1], grid.version_id, at=NOW))
    assert "Seq Scan on door" not in plan
    assert "ix_door_block_id" in plan or (reader[0] == WHOLE_CITY and "ix_door_point" in plan)


def test_the_newest_open_incidents_are_found_by_index(city: Engine, reader: tuple[Sight, Scope]) -> None:
    sight, scope = reader
    plan = plan_of(city, sight, lambda session: reading.incident_page(session, scope, state="open", at=NOW))
    assert "Seq Scan on incident" not in plan


def test_who_answers_is_found_by_index(city: Engine, reader: tuple[Sight, Scope], grid: Any) -> None:
    plan = plan_of(city, reader[0], lambda session: who_answers(session, NOW, [grid.grid_id]))
    assert "Seq Scan on responsibility" not in plan


COUNT_DOORS = text(
    "SELECT count(*) FROM door WHERE point && ST_MakeEnvelope(117, 32, 117.002, 32.002, 4326) "
    "AND ST_Covers(ST_MakeEnvelope(117, 32, 117.002, 32.002, 4326), point)"
)


def test_row_security_hides_the_spatial_index_from_scoped_readers_alone(city: Engine, grid: Any) -> None:
    """The reason why doors are reached by community, and counted by an accessor."""

    def count(session: Session) -> object:
        return session.scalar(COUNT_DOORS)

    assert "Index Cond" in plan_of(city, WHOLE_CITY, count).partition("ix_door_point")[2]
    scoped = plan_of(city, Sight(communities=frozenset({grid.community_code})), count)
    assert "ix_door_point" not in scoped


INDEXES = {"ix_grid_version_geom": "grid_version", "ix_door_block_id": "door", "ix_door_point": "door"}


@pytest.mark.parametrize("index", INDEXES)
def test_the_city_is_large_enough_to_tell(owner: Engine, index: str, grid: Any) -> None:
    """The control: without the index, whole tables are read, so that a plan without it would be noticed above."""
    by_place = (
        f"SELECT count(*) FROM {INDEXES[index]} WHERE {'geom' if 'geom' in index else 'point'} "
        f"&& ST_MakeEnvelope({grid.x}, {grid.y}, {grid.x}, {grid.y}, 4326)"
    )
    by_block = "SELECT count(*) FROM door WHERE block_id = (SELECT id FROM block ORDER BY id LIMIT 1)"
    asked = f"EXPLAIN {by_block if index == 'ix_door_block_id' else by_place}"
    with owner.connect() as connection:
        assert index in "\n".join(connection.exec_driver_sql(asked).scalars())
        connection.exec_driver_sql(f"DROP INDEX {index}")
        assert f"Seq Scan on {INDEXES[index]}" in "\n".join(connection.exec_driver_sql(asked).scalars())
        connection.rollback()
