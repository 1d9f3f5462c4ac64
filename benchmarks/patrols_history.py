"""Cities with a long history in scratch databases, made by SQL alone: doors, grids, workers and millions of visits.

Squares of 0.005 degrees are grids, seventeen in a row a community; doors stand in lines inside them, and behind every
twentieth lives somebody who is to be visited. Nothing of it looks like a town; the numbers are those of one. A fifth of
the visits are to these people, some come days late, some are corrected, withdrawn or judged not to count, some doors
begin or end meanwhile. The ledgers are what the service would have kept: `recount` compares them with the rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.pool import NullPool

from benchmarks.frame import say
from gridsvc.infra import cluster, databases, schema
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine
from gridsvc.infra.settings import Settings

DAYS = 730
BATCH = 1_000_000
# A correction is this many visits later than the one it corrects: a day and a half where there are ten million.
CORRECTED_AFTER = 20_010


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
INSERT INTO device_contact (worker_id, heard_at) SELECT id, now() FROM worker;
INSERT INTO door (id, code, block_id, address, point, registered, synthetic)
    SELECT gen_random_uuid(), 'd' || number.number, block_id, 'No. ' || number.number, ST_SetSRID(ST_MakePoint(
        x + 0.0001 + 0.0002 * mod(number.number / {grids}, 24),
        y + 0.0001 + 0.0002 * (number.number / {grids} / 24)), 4326),
        CASE WHEN mod(number.number, 97) = 5 THEN tstzrange('2020-01-01 00:00+08', now() - interval '200 days')
            WHEN mod(number.number, 89) = 5 THEN tstzrange(now() - interval '300 days', NULL)
            ELSE tstzrange('2020-01-01 00:00+08', NULL) END, true
    FROM generate_series(0, {doors} - 1) AS number (number) JOIN cell ON cell.number = mod(number.number, {grids});
CREATE TABLE bench_door AS SELECT row_number() OVER (ORDER BY door.code) - 1 AS place, door.id, cell.grid_id,
    cell.worker_id, second.id AS second_id, cell.community, door.point, ST_X(door.point) AS x, ST_Y(door.point) AS y,
    gen_random_uuid() AS subject_id,
    CASE WHEN mod(cell.number, 200) = 9 THEN 1.0 WHEN mod(cell.number, 40) = 7 THEN 0.06 ELSE 0.0 END AS quiet_share
    FROM door JOIN block ON block.id = door.block_id JOIN cell ON cell.block_id = block.id
    JOIN worker second ON second.number = 'v' || ({grids} + mod(cell.number, {workers} - {grids}));
ALTER TABLE bench_door ADD PRIMARY KEY (place);
UPDATE bench_door SET subject_id = NULL WHERE mod(place, 20) <> 0;
INSERT INTO care_subject (id, number, class_code, name, door_id, community_code, point, registered, synthetic)
    SELECT subject_id, 's' || place, class.code, 's' || place, bench_door.id, community, point,
        '[2020-01-01 00:00+08,)', true
    FROM bench_door JOIN (
        SELECT code, row_number() OVER (ORDER BY code) - 1 AS number, count(*) OVER () AS classes FROM care_class
    ) class ON class.number = mod(place / 20, classes)
    WHERE subject_id IS NOT NULL;
INSERT INTO care_pairing (id, worker_id, subject_id, valid)
    SELECT gen_random_uuid(), worker_id, subject_id, '[2020-01-01 00:00+08,)' FROM bench_door
    JOIN care_subject ON care_subject.id = subject_id
    JOIN care_class ON care_class.code = class_code AND sensitive;
INSERT INTO care_change (id, subject_id, happened_at, entered_by, entered_at)
    SELECT gen_random_uuid(), subject_id, now() - interval '1 day' * (place / 20 / {days}.0), 'bench', now()
    FROM bench_door WHERE subject_id IS NOT NULL AND mod(place, 700) = 0;
CREATE FUNCTION bench_id(number bigint, at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$SELECT CAST(lpad(to_hex(CAST(extract(epoch FROM at) * 1000 AS bigint)), 12, '0') || '7'
        || lpad(to_hex(mod(number, 4096)), 3, '0') || '8' || substr(md5(CAST(number AS text)), 1, 15) AS uuid)$$
"""


# Visits come in the order of their receipt, as they would have. The 50th of every hundred corrects a 40th. In some
# grids nobody was for weeks, in some never (`quiet_share`).
VISITS = """
INSERT INTO visit (id, client_id, county_code, worker_id, kind, net_version_id, grid_id, door_id, raw_x, raw_y, raw_crs,
        accuracy_m, point, declared_at, occurred_at, received_at, result, note, flags, synthetic, subject_id,
        corrects_id, void_at)
    SELECT bench_id(number, received), CAST(md5('c' || number) AS uuid), left(community, 6) || '000000',
        CASE WHEN mod(told, 10) = 9 THEN second_id ELSE worker_id END,
        CASE WHEN subject_id IS NOT NULL THEN 'care_visit' ELSE (ARRAY['policy_service', 'errand_service',
            'register_service', 'safety_patrol', 'fire_patrol', 'order_patrol'])[1 + mod(told, 6)] END,
        net.version_id, grid_id, bench_door.id,
        CASE WHEN is_placed THEN x END, CASE WHEN is_placed THEN y END, CASE WHEN is_placed THEN 'EPSG:4326' END,
        CASE WHEN is_placed THEN 10 END, CASE WHEN is_placed THEN point END, happened, happened, received,
        CASE WHEN corrects IS NOT NULL THEN (ARRAY['done', 'nobody_home', 'withdrawn'])[1 + mod(number / 100, 3)]
            WHEN mod(number, 5) = 0 THEN 'nobody_home' ELSE 'done' END,
        CASE WHEN mod(number, 20) = 3 THEN 'asked for a new bin, told the manager' END,
        CASE WHEN is_judged THEN ARRAY['impossible_speed'] WHEN is_late THEN ARRAY['back_filled'] ELSE '{{}}' END, true,
        subject_id,
        CASE WHEN corrects IS NOT NULL THEN bench_id(corrects, {start} + corrects * {step} + interval '20 seconds') END,
        CASE WHEN is_judged THEN least(received + interval '2 days', now())
            WHEN mod(number, 100) = 40 AND number + {corrected_after} < {total}
            THEN {start} + (number + {corrected_after}) * {step} + interval '20 seconds' END
    FROM (SELECT id AS version_id FROM net_version) net, (
        SELECT *, {start} + number * {step} + interval '20 seconds' AS received,
            {start} + told * {step} - CASE WHEN is_late THEN interval '1 day' * (1 + mod(number, 5))
                WHEN mod(number, 700) = 50 THEN interval '2 hours' ELSE '0' END AS happened,
            CASE WHEN mod(told, 5) = 1 THEN 20 * mod(chance, {doors} / 20) ELSE mod(chance, {doors}) END AS place
        FROM (
            SELECT *, hashint8(told) & 2147483647 AS chance, mod(told, 50) = 3 AS is_late,
                mod(told, 5) < 3 AS is_placed, mod(number, 1000) = 7 AS is_judged
            FROM (
                SELECT number, coalesce(corrects, number) AS told, corrects FROM (
                    SELECT number, CASE WHEN mod(number, 100) = 50 AND number >= {corrected_after}
                        THEN number - {corrected_after} END AS corrects
                    FROM generate_series(CAST({first} AS bigint), {last} - 1) number
                ) numbered
            ) meant
        ) drawn
    ) made JOIN bench_door USING (place)
    WHERE told < {total} * (1 - quiet_share)
    ORDER BY number
"""
REVIEWS = """
INSERT INTO visit_review (visit_id, verdict, reviewed_by, reviewed_at)
    SELECT id, 'does_not_count', 'bench', void_at FROM visit WHERE flags = '{impossible_speed}'
"""
LEDGER = """
INSERT INTO door_day (day, door_id, first_at)
    SELECT CAST(occurred_at AS date), door_id, min(occurred_at) FROM visit
    WHERE result = 'done' AND void_at IS NULL GROUP BY 1, 2
"""
# Indexes that are made again after loading; the one of the device's identifiers is a constraint.
INDEXES = """
SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
WHERE indrelid IN ('visit'::regclass, 'door_day'::regclass)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
IDENTIFIER = "ADD CONSTRAINT uq_visit_client_id UNIQUE (client_id)"
ORPHANS = """
SELECT count(*) FROM visit
WHERE corrects_id IS NOT NULL AND NOT EXISTS (SELECT FROM visit before WHERE before.id = visit.corrects_id
    AND before.void_at = visit.received_at AND before.worker_id = visit.worker_id)
"""
# What the ledger must hold on some days, from the rows alone, beside what it holds: how many days of doors there are
# and how many differ.
RECOUNT = """
WITH counted AS (
    SELECT CAST(occurred_at AS date) AS day, door_id, min(occurred_at) AS first_at FROM visit
    WHERE CAST(occurred_at AS date) = ANY(:days) AND door_id IS NOT NULL AND result = 'done' AND void_at IS NULL
    GROUP BY 1, 2
), kept AS (
    SELECT day, door_id, first_at FROM door_day WHERE day = ANY(:days)
)
SELECT (SELECT count(*) FROM counted) AS counted,
    (SELECT count(*) FROM (
        (SELECT * FROM counted EXCEPT SELECT * FROM kept) UNION ALL (SELECT * FROM kept EXCEPT SELECT * FROM counted)
    ) differs) AS differing
"""


@contextmanager
def cities(home: Path, size: Size, *counts: int) -> Iterator[list[Engine]]:
    """Scratch databases of that size with so many visits each, made where they are not there yet.

    Their cluster is their own and as durable as a real one.
    """
    with cluster.running(Settings(home=home, database_url=None)) as server:
        engines = [make_engine(_city(server, size, count), pool_size=2) for count in counts]
        yield engines
        for engine in engines:
            engine.dispose()


def recount(engine: Engine, days: int) -> tuple[int, int]:
    """Days of doors in the ledger as counted from the rows of some days all over the history, and how many differ."""
    with engine.begin() as connection:
        _patient(connection)
        chosen = connection.execute(
            text("SELECT CAST(now() - :step * number AS date) FROM generate_series(0, :days - 1) number"),
            {"step": timedelta(days=DAYS / days), "days": days},
        ).scalars()
        row = connection.execute(text(RECOUNT), {"days": list(chosen)}).one()
    return row.counted, row.differing


def _city(server: Database, size: Size, count: int) -> str:
    """The address of the database with so many visits."""
    name = f"history_{count}"
    made = server.sibling(name)
    if not _is_whole(server, name):
        databases.drop_database(server, name)
        databases.create_database(server, name)
        schema.upgrade(made.url)
        _fill(made.url, size, count)
        with databases.connect(server) as connection:
            connection.execute(f"COMMENT ON DATABASE {name} IS 'whole'")
    return made.url


def _is_whole(server: Database, name: str) -> bool:
    with databases.connect(server) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s AND shobj_description(oid, 'pg_database') = 'whole'"
        return connection.execute(query, (name,)).fetchone() is not None


def _fill(url: str, size: Size, count: int) -> None:
    say(f"  {count:,} visits")
    engine = make_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        _patient(connection)
        for statement in GROUND.format(**vars(size), days=DAYS).split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    _analyze(engine)
    with engine.begin() as connection:
        _patient(connection)
        _add_visits(connection, size, count)
    _analyze(engine)


def _add_visits(connection: Connection, size: Size, count: int) -> None:
    """Visits of two years up to last midnight, and the ledger of them."""
    midnight = connection.scalar(text("SELECT date_trunc('day', now())"))
    values = {
        "doors": size.doors,
        "total": count,
        "corrected_after": CORRECTED_AFTER,
        "start": f"(timestamptz '{midnight.isoformat()}' - interval '{DAYS} days')",
        "step": f"interval '{DAYS * 86_400_000_000 // count} microseconds'",
    }
    indexes = connection.exec_driver_sql(INDEXES).all()
    connection.exec_driver_sql("ALTER TABLE visit DISABLE TRIGGER ALL")
    connection.exec_driver_sql("ALTER TABLE door_day DISABLE TRIGGER ALL")
    connection.exec_driver_sql("ALTER TABLE visit DROP CONSTRAINT uq_visit_client_id")
    for index in indexes:
        connection.exec_driver_sql(f"DROP INDEX {index.name}")
    for first in range(0, count, BATCH):
        say(f"  visits from {first:,}")
        connection.exec_driver_sql(VISITS.format(first=first, last=min(first + BATCH, count), **values))
    connection.exec_driver_sql(LEDGER)
    connection.exec_driver_sql(f"ALTER TABLE visit {IDENTIFIER}")
    for index in indexes:
        connection.exec_driver_sql(index.definition)
    connection.exec_driver_sql("ALTER TABLE visit ENABLE TRIGGER ALL")
    connection.exec_driver_sql("ALTER TABLE door_day ENABLE TRIGGER ALL")
    connection.exec_driver_sql(REVIEWS)
    if connection.scalar(text(ORPHANS)):
        raise AssertionError("a correction has no visit that it corrects")


def _patient(connection: Connection) -> None:
    for setting in ("statement_timeout = 0", "idle_in_transaction_session_timeout = 0", "work_mem = '256MB'"):
        connection.exec_driver_sql(f"SET LOCAL {setting}")
    connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")


def _analyze(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql("VACUUM ANALYZE")
