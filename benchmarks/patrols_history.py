"""A city with a long history in a scratch database, made by SQL alone: doors, grids, workers and millions of visits.

Squares of 0.005 degrees are grids, seventeen in a row a community; doors stand in lines inside them. Nothing of it
looks like a town; the numbers are those of one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.pool import NullPool

from benchmarks.frame import say
from gridsvc.infra import cluster, databases, schema
from gridsvc.infra.db import make_engine
from gridsvc.infra.settings import Settings

DAYS = 730
BATCH = 1_000_000


@dataclass(frozen=True)
class Size:
    """How large the city is."""

    grids: int
    doors: int
    workers: int


GROUND = """
INSERT INTO net (id, key, name) VALUES (gen_random_uuid(), 'base', 'base');
INSERT INTO net_version (id, net_id, number, published_at, effective_at, published_by)
    SELECT gen_random_uuid(), id, 1, '2020-01-01Z', '2020-01-01Z', 'bench' FROM net;
CREATE TEMPORARY TABLE cell AS SELECT number, gen_random_uuid() AS grid_id, gen_random_uuid() AS block_id,
    gen_random_uuid() AS worker_id, 117 + 0.005 * mod(number, 50) AS x, 32.5 + 0.005 * (number / 50) AS y,
    '3403' || lpad(CAST(2 + number / 600 AS text), 2, '0') || '001' || lpad(CAST(1 + number / 17 AS text), 3, '0')
        AS community, lpad(CAST(number + 1 AS text), 3, '0') AS sequence
    FROM generate_series(0, {grids} - 1) number;
INSERT INTO grid (id, net_id) SELECT grid_id, net.id FROM cell, net;
INSERT INTO block (id, code, community_code, geom, counts, synthetic)
    SELECT block_id, 'b' || number, community, ST_Multi(ST_MakeEnvelope(x, y, x + 0.005, y + 0.005, 4326)), '{{}}', true
    FROM cell;
INSERT INTO grid_version (id, grid_id, net_id, net_version_id, scheme, code, kind, name, geom, area_m2, counts,
        community_code, synthetic, valid)
    SELECT gen_random_uuid(), grid_id, net.id, net_version.id, 'local', community || '-' || cell.number, 'basic',
        'g' || cell.number, ST_Multi(ST_MakeEnvelope(x, y, x + 0.005, y + 0.005, 4326)), 1, '{{}}', community, true,
        '[2020-01-01 00:00+08,)'
    FROM cell, net, net_version;
INSERT INTO grid_code (scheme, code, grid_id, community_code)
    SELECT 'local', community || '-' || number, grid_id, community FROM cell;
INSERT INTO worker (id, number, name, community_code, synthetic)
    SELECT worker_id, 'w' || number, 'w' || number, community, true FROM cell;
INSERT INTO worker (id, number, name, community_code, synthetic)
    SELECT gen_random_uuid(), 'v' || number, 'v' || number, '340302001001', true
    FROM generate_series({grids}, {workers} - 1) number;
INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT gen_random_uuid(), grid_id, worker_id, 'main', '[2020-01-01 00:00+08,)', '[2020-01-01 00:00+08,)' FROM cell;
INSERT INTO device_contact (worker_id, heard_at) SELECT worker_id, now() FROM cell;
INSERT INTO door (id, code, block_id, address, point, registered, synthetic)
    SELECT gen_random_uuid(), 'd' || number.number, block_id, 'No. ' || number.number, ST_SetSRID(ST_MakePoint(
        x + 0.0001 + 0.0002 * mod(number.number / {grids}, 24),
        y + 0.0001 + 0.0002 * (number.number / {grids} / 24)), 4326),
        '[2020-01-01 00:00+08,)', true
    FROM generate_series(0, {doors} - 1) AS number (number) JOIN cell ON cell.number = mod(number.number, {grids});
CREATE TABLE bench_door AS SELECT row_number() OVER (ORDER BY door.code) - 1 AS place, door.id, cell.grid_id,
    cell.worker_id, door.point FROM door JOIN block ON block.id = door.block_id
    JOIN cell ON cell.block_id = block.id;
ALTER TABLE bench_door ADD PRIMARY KEY (place);
"""

# Visits come in the order of their time, as they would have.
VISITS = """
INSERT INTO visit (id, client_id, worker_id, kind, net_version_id, grid_id, door_id, raw_x, raw_y, raw_crs, accuracy_m,
        point, declared_at, occurred_at, received_at, result, flags, synthetic)
    SELECT gen_random_uuid(), gen_random_uuid(), worker_id, 'care_visit', net_version.id, grid_id, bench_door.id,
        ST_X(point), ST_Y(point), 'EPSG:4326', 10, point, made, made, made + interval '20 seconds',
        CASE WHEN mod(made.number, 5) = 0 THEN 'nobody_home' ELSE 'done' END, '{{}}', true
    FROM net_version, (
        SELECT number, mod(hashint8(number) & 2147483647, {doors}) AS place,
            CAST(date_trunc('day', now()) AS timestamptz) - interval '{days} days'
                + number * (interval '{days} days' / {total}) AS made
        FROM generate_series({first}, {last} - 1) number
    ) made JOIN bench_door USING (place)
"""
SECONDARY = """
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
WHERE indrelid IN ('visit'::regclass, 'door_day'::regclass) AND NOT indisunique
"""


@contextmanager
def history(home: Path, size: Size) -> Iterator[Engine]:
    """A scratch database of that size without visits; the cluster is its own and as durable as a real one."""
    with cluster.running(Settings(home=home, database_url=None)) as server:
        made = databases.create_database(server, "history")
        schema.upgrade(made.url)
        engine = make_engine(made.url, pool_size=2)
        with engine.begin() as connection:
            _patient(connection)
            for statement in GROUND.format(**vars(size)).split(";\n"):
                if statement.strip():
                    connection.exec_driver_sql(statement)
        _analyze(made.url)
        yield engine
        engine.dispose()


def add_visits(engine: Engine, url: str, size: Size, *, first: int, last: int, total: int) -> None:
    """Add the visits number `first` to `last` of `total` spread over two years, and bring the ledger up to them."""
    say(f"  visits {first:,} to {last:,}")
    with engine.begin() as connection:
        _patient(connection)
        indexes = connection.exec_driver_sql(SECONDARY).all()
        connection.exec_driver_sql("ALTER TABLE visit DISABLE TRIGGER USER")
        for index in indexes:
            connection.exec_driver_sql(f"DROP INDEX {index.name}")
        for start in range(first, last, BATCH):
            values = {
                "first": start,
                "last": min(start + BATCH, last),
                "total": total,
                "days": DAYS,
                "doors": size.doors,
            }
            connection.exec_driver_sql(VISITS.format(**values))
        connection.exec_driver_sql("DELETE FROM door_day")
        connection.exec_driver_sql(
            "INSERT INTO door_day (day, door_id, first_at) SELECT CAST(occurred_at AS date), door_id, min(occurred_at) "
            "FROM visit WHERE result = 'done' AND void_at IS NULL GROUP BY 1, 2"
        )
        for index in indexes:
            connection.exec_driver_sql(index.definition)
        connection.exec_driver_sql("ALTER TABLE visit ENABLE TRIGGER USER")
    _analyze(url)


def _patient(connection: object) -> None:
    for setting in ("statement_timeout = 0", "idle_in_transaction_session_timeout = 0", "work_mem = '256MB'"):
        connection.execute(text(f"SET LOCAL {setting}"))  # type: ignore[attr-defined]
    connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))  # type: ignore[attr-defined]


def _analyze(url: str) -> None:
    engine = make_engine(url, poolclass=NullPool).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()
