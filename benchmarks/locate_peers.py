"""Other engines that find the polygon of a point, each behind the same small interface.

All of them get points and polygons ready in their own form, so that only the join is timed, and give pairs of numbers
(point, polygon). Installed by requirements-bench.lock; the service needs none of them.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import geopandas
import numpy as np
import psycopg
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from benchmarks.frame import fresh_home
from gridsvc.infra import cluster
from gridsvc.infra.settings import Settings

Floats: TypeAlias = NDArray[np.float64]
Geometries: TypeAlias = NDArray[np.object_]
Pairs: TypeAlias = tuple[NDArray[Any], NDArray[Any]]

JOIN = "SELECT p.id, g.position FROM points p JOIN grids g ON ST_Intersects(g.geom, p.geom)"


@dataclass
class Task:
    """Polygons and points (columns x, y), in the forms that engines like."""

    grids: Geometries
    points: Floats

    @cached_property
    def point_geometries(self) -> Geometries:
        return np.asarray(shapely.points(self.points), dtype=object)

    @property
    def ids(self) -> NDArray[np.int32]:
        return np.arange(len(self.points), dtype=np.int32)

    @property
    def positions(self) -> NDArray[np.int32]:
        return np.arange(len(self.grids), dtype=np.int32)


Run: TypeAlias = Callable[[], Pairs]


@dataclass(frozen=True)
class Peer:
    """An engine: `open` builds what it builds for a task and gives the seconds that took and the join as a function."""

    name: str
    threads: tuple[int, ...]
    open: Callable[[Task, int, ExitStack], tuple[float, Run]]


def _sjoin(task: Task, threads: int, stack: ExitStack) -> tuple[float, Run]:
    points = geopandas.GeoDataFrame({"id": task.ids}, geometry=task.point_geometries, crs=4326)
    began = time.perf_counter()
    grids = geopandas.GeoDataFrame({"position": task.positions}, geometry=task.grids, crs=4326)
    grids.sindex  # noqa: B018  # builds the tree
    build_s = time.perf_counter() - began

    def run() -> Pairs:
        joined = geopandas.sjoin(points, grids, predicate="intersects")
        return joined["id"].to_numpy(), joined["position"].to_numpy()

    return build_s, run


def _strtree(task: Task, threads: int, stack: ExitStack) -> tuple[float, Run]:
    points = task.point_geometries
    began = time.perf_counter()
    tree = shapely.STRtree(task.grids)
    tree.query(points[0])  # builds the tree
    build_s = time.perf_counter() - began

    def run() -> Pairs:
        point, grid = tree.query(points, predicate="intersects")
        return point, grid

    return build_s, run


def _duckdb(task: Task, threads: int, stack: ExitStack) -> tuple[float, Run]:
    import duckdb
    import duckdb_extension_spatial

    extension = next(Path(duckdb_extension_spatial.__file__).parent.rglob("spatial.duckdb_extension"))
    connection = stack.enter_context(duckdb.connect())
    connection.execute(f"LOAD '{extension}'")
    connection.execute(f"SET threads = {threads}")
    connection.register("raw_points", pa.table({"id": task.ids, "x": task.points[:, 0], "y": task.points[:, 1]}))
    connection.execute("CREATE TABLE points AS SELECT id, ST_Point(x, y) AS geom FROM raw_points")
    began = time.perf_counter()
    connection.register("raw_grids", pa.table({"position": task.positions, "wkb": shapely.to_wkb(task.grids)}))
    connection.execute("CREATE TABLE grids AS SELECT position, ST_GeomFromWKB(wkb) AS geom FROM raw_grids")
    build_s = time.perf_counter() - began  # the join builds its own index each time

    def run() -> Pairs:
        pairs = connection.execute(JOIN).fetchnumpy()
        return pairs["id"], pairs["position"]

    return build_s, run


def _sedonadb(task: Task, threads: int, stack: ExitStack) -> tuple[float, Run]:
    import sedonadb

    session = sedonadb.connect()
    session.sql(f"SET datafusion.execution.target_partitions = {threads}").execute()
    points = geopandas.GeoDataFrame({"id": task.ids}, geometry=task.point_geometries, crs=4326)
    session.create_data_frame(points.rename_geometry("geom")).to_memtable().to_view("points")
    began = time.perf_counter()
    grids = geopandas.GeoDataFrame({"position": task.positions}, geometry=task.grids, crs=4326)
    session.create_data_frame(grids.rename_geometry("geom")).to_memtable().to_view("grids")
    build_s = time.perf_counter() - began  # the join builds its own index each time

    def run() -> Pairs:
        pairs = pa.table(session.sql(JOIN))
        return pairs["id"].to_numpy(), pairs["position"].to_numpy()

    return build_s, run


def _postgis(task: Task, threads: int, stack: ExitStack) -> tuple[float, Run]:
    home = stack.enter_context(fresh_home())
    database = stack.enter_context(cluster.running(Settings(home=home, database_url=None), durable=False))
    address = database.url.replace("postgresql+psycopg:", "postgresql:")
    connection = stack.enter_context(psycopg.connect(address, autocommit=True))
    connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    connection.execute("CREATE TABLE points (id int, geom geometry(Point, 4326))")
    connection.execute("CREATE TABLE grids (position int, geom geometry(Geometry, 4326))")
    for setting in (f"max_parallel_workers_per_gather = {threads - 1}", "parallel_setup_cost = 0",
                    "parallel_tuple_cost = 0", "min_parallel_table_scan_size = 0", "work_mem = '256MB'"):  # fmt: skip
        connection.execute(f"SET {setting}".encode())
    _copy(
        connection, "points", shapely.to_wkb(shapely.set_srid(task.point_geometries, 4326), include_srid=True, hex=True)
    )
    began = time.perf_counter()
    _copy(connection, "grids", shapely.to_wkb(shapely.set_srid(task.grids, 4326), include_srid=True, hex=True))
    connection.execute("CREATE INDEX ON grids USING gist (geom)")
    connection.execute("VACUUM ANALYZE")
    build_s = time.perf_counter() - began

    def run() -> Pairs:
        connection.execute("DROP TABLE IF EXISTS pairs")
        connection.execute(f"CREATE UNLOGGED TABLE pairs AS {JOIN}".encode())
        rows: NDArray[Any] = np.array(connection.execute("SELECT id, position FROM pairs").fetchall()).reshape(-1, 2)
        return rows[:, 0], rows[:, 1]

    return build_s, run


def _copy(connection: psycopg.Connection[Any], table: str, geometries: NDArray[Any]) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for number, geometry in enumerate(geometries):
            copy.write_row((number, geometry))


PEERS = (
    Peer("sjoin", (1,), _sjoin),
    Peer("strtree", (1,), _strtree),
    Peer("duckdb", (1, 2), _duckdb),
    Peer("sedonadb", (1, 2), _sedonadb),
    Peer("postgis", (1, 2), _postgis),
)


@contextmanager
def opened(peer: Peer, task: Task, threads: int) -> Iterator[tuple[float, Run]]:
    """The peer, ready to run the task, and how many seconds its own index took."""
    with ExitStack() as stack:
        yield peer.open(task, threads, stack)


def first_of(pairs: Pairs, count: int) -> NDArray[np.int64]:
    """The smallest polygon of each point, −1 for none."""
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, pairs[0], pairs[1])
    return np.where(first == np.iinfo(np.int64).max, -1, first)
