"""`scripts/bench people`: how long the tables of a whole city's workers take to come in, in seconds.

Generated Excel tables with 2,744 workers and their functions, 2,744 posts that they fill, and who holds which of 2,461
grids as main worker and as backup. All names are made up. Each table is read, previewed, brought in and committed.

workers_preview_s, workers_import_s                     2,744 rows
posts_preview_s, posts_import_s                         2,744 rows
responsibilities_preview_s, responsibilities_import_s   4,922 rows
again_s                                                 the three tables once more: nothing changes
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from openpyxl import Workbook
from sqlalchemy import Engine, text

from benchmarks.frame import Figures, Options, fresh_home, say
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.infra import cluster, databases, schema
from gridsvc.infra.db import make_engine, unit_of_work
from gridsvc.infra.settings import Settings
from gridsvc.infra.sheets import read_sheet
from gridsvc.people.files.bringing import bring_in
from gridsvc.people.files.columns import COLUMNS, Kind
from gridsvc.people.files.taking import Circumstances

WORKERS, GRIDS, PER_COMMUNITY = 2744, 2461, 17
RIGHTS = frozenset({"people.edit"})
ACTOR = Actor(uuid4(), "bench", "bench", frozenset({"supervisor"}), RIGHTS, WHOLE_CITY)

GROUND = """
INSERT INTO net (id, key, name) VALUES (gen_random_uuid(), 'base', 'base');
INSERT INTO net_version (id, net_id, number, published_at, effective_at, published_by)
    SELECT gen_random_uuid(), id, 1, '2020-01-01Z', '2020-01-01Z', 'bench' FROM net;
INSERT INTO management_node (code, name, area_code)
    SELECT code, code, code FROM (SELECT CAST(340302001001 + number AS text) AS code
        FROM generate_series(0, {grids} / {per_community}) number) communities;
CREATE TEMPORARY TABLE cell AS SELECT number, gen_random_uuid() AS grid_id,
    CAST(340302001001 + number / {per_community} AS text) AS community FROM generate_series(0, {grids} - 1) number;
INSERT INTO grid (id, net_id) SELECT grid_id, net.id FROM cell, net;
INSERT INTO grid_version (id, grid_id, net_id, net_version_id, scheme, code, kind, name, geom, area_m2, counts,
        community_code, synthetic, valid)
    SELECT gen_random_uuid(), grid_id, net.id, net_version.id, 'standard15',
        community || lpad(CAST(1 + mod(cell.number, {per_community}) AS text), 3, '0'), 'basic', 'g' || cell.number,
        ST_Multi(ST_MakeEnvelope(117 + 0.005 * mod(cell.number, 50), 32.5 + 0.005 * (cell.number / 50),
            117.005 + 0.005 * mod(cell.number, 50), 32.505 + 0.005 * (cell.number / 50), 4326)),
        1, '{{}}', community, true, '[2020-01-01 00:00+08,)'
    FROM cell, net, net_version;
INSERT INTO responsibility (id, grid_id, worker_id, role, valid, recorded)
    SELECT gen_random_uuid(), grid_id, NULL, 'main', '[2020-01-01 00:00+08,)', '[2020-01-01 00:00+08,)' FROM cell
"""


def measure(options: Options) -> Figures:
    """Every table once as a preview, then for good, then again."""
    workers, grids = (560, 500) if options.quick else (WORKERS, GRIDS)
    figures: Figures = {}
    with fresh_home() as place, cluster.running(Settings(home=place, database_url=None)) as server:
        made = databases.create_database(server, "people")
        schema.upgrade(made.url)
        engine = make_engine(made.url)
        with engine.begin() as connection:
            for statement in GROUND.format(grids=grids, per_community=PER_COMMUNITY).split(";\n"):
                connection.exec_driver_sql(statement)
        tables = {kind: _saved(place, kind, rows) for kind, rows in _tables(workers, grids).items()}
        for kind, path in tables.items():
            figures[f"{kind}_preview_s"] = _bring(engine, kind, path, dry_run=True)
            figures[f"{kind}_import_s"] = _bring(engine, kind, path)
        figures["again_s"] = round(sum(_bring(engine, kind, path) for kind, path in tables.items()), 2)
        with engine.connect() as connection:
            held = connection.scalar(
                text("SELECT count(*) FROM responsibility WHERE worker_id IS NOT NULL AND upper_inf(recorded)")
            )
            say(f"  {held} responsibilities held")
        engine.dispose()
    return figures


def _tables(workers: int, grids: int) -> dict[Kind, list[tuple[str | None, ...]]]:
    area = [str(340302001001 + min(number, grids - 1) // PER_COMMUNITY) for number in range(workers)]
    codes = [f"{area[number]}{1 + number % PER_COMMUNITY:03}" for number in range(grids)]
    return {
        "workers": [
            (f"W{n:05}", f"示例{n:05}", area[n], f"000-{n:04}-0000", "网格", "综治调解")
            if n < grids
            else (f"W{n:05}", f"示例{n:05}", area[n], None, "窗口", "网格")
            for n in range(workers)
        ],
        "posts": [
            (f"P{n:05}", area[n], "网格" if n < grids else "窗口", None, f"W{n:05}", None, "2026-01-01")
            for n in range(workers)
        ],
        "responsibilities": [
            (codes[n], role, f"W{(n + shift) % grids:05}", None, "2026-01-01", None)
            for role, shift in (("A岗", 0), ("B岗", 1))
            for n in range(grids)
        ],
    }


def _saved(folder: Path, kind: Kind, rows: Iterable[tuple[str | None, ...]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([column.header for column in COLUMNS[kind]])
    sheet.append([f"说明：{COLUMNS[kind][0].explained}"])
    for row in rows:
        sheet.append(list(row))
    path = folder / f"{kind}.xlsx"
    book.save(path)
    return path


def _bring(engine: Engine, kind: Kind, path: Path, *, dry_run: bool = False) -> float:
    """Seconds from the file to the end of the commit."""
    given = Circumstances(ACTOR, datetime.now(UTC), "Asia/Shanghai", "backup")
    began = time.perf_counter()
    with unit_of_work(engine) as session:
        brought = bring_in(session, kind, read_sheet(path), given, dry_run=dry_run)
    taken = round(time.perf_counter() - began, 2)
    done = {action: brought.count(action) for action in ("add", "change", "same")}
    say(f"  {kind}{' (preview)' if dry_run else ''}: {brought.read} rows in {taken} s, {done}")
    if brought.faults:
        raise AssertionError(f"a good table was refused: {brought.faults[0]}")
    return taken
