"""`scripts/bench locate`: the locating index beside other engines, on the same points and polygons in one run.

build_s_N                      making the index of N polygons; build_peak_mb_N: the memory that took beyond the polygons
index_mb_N                     bytes of the index
KIND_Tt_N_m_per_s              million points a second with T threads; KIND: random, sorted (both clustered), uniform
gather_KIND_N_m_per_s          bare reading of a table as large as the index, at the cell of each point;
                               gather_known_…: with the cells computed beforehand, so that points are not even read
gather_share_KIND, gather_known_share_KIND   the engine's speed as a part of these (one thread, smaller N)
PEER_KIND_Tt_N_m_per_s         the same join by another engine, and its build_s
ratio_sjoin_N                  engine (one thread, random) / geopandas.sjoin
ratio_best_engine_N            engine (one thread, random) / the better of DuckDB and SedonaDB with all cores
threads_2_ratio                two threads / one
cost_growth_sorted             time for a point at the larger N / at the smaller
update_ms, relocate_1m_ms      one border moved: a new index; and the points that changed found among a million

Names with N carry the number of grids asked for (2461, 100000), also with --quick, which takes a small city and fewer
points. The table and the plot go to docs/ in a full run.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numba
import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.frame import Figures, Options, say
from benchmarks.locate_ground import Geometries, Ground, make_ground, sorted_in_space
from benchmarks.locate_peers import PEERS, Task, first_of, opened
from benchmarks.locate_report import write_report
from gridsvc.core.locate import GridIndex, relocate

RUNS = 9
PATIENCE_S = 10  # a slow peer is not run again
FEW, MANY = "2461", "100000"
PEAK = """
import sys, time, numpy as np, shapely
from pathlib import Path
from gridsvc.core.locate import GridIndex

def kilobytes(name):
    return int(Path("/proc/self/status").read_text().split(name + ":")[1].split()[0])

GridIndex.build([shapely.box(0, 0, 1, 1)])
polygons = shapely.from_wkb(np.load(sys.argv[1], allow_pickle=True))
before = kilobytes("VmRSS")
Path("/proc/self/clear_refs").write_text("5")
began = time.perf_counter()
index = GridIndex.build(polygons)
print([time.perf_counter() - began, (kilobytes("VmHWM") - before) / 1000])
"""


def measure(options: Options) -> Figures:
    """All figures of locating."""
    count = options.times(1_000_000, 100_000)
    ground = make_ground(options, count)
    figures: Figures = {"points_k": count / 1000, "cores_n": os.cpu_count() or 1}
    for size, grids in ((FEW, ground.grids), (MANY, ground.many)):
        figures |= _building(size, grids)
        index = GridIndex.build(grids)
        figures |= _engine(size, index, ground)
        figures |= _peers(size, index, Task(grids, ground.clustered), options)
    figures |= _ratios(figures)
    figures |= _what_if(ground)
    figures = {name: float(f"{value:.4g}") for name, value in figures.items()}
    write_report(figures, folder=None if options.quick else Path("docs"))
    return figures


def _building(size: str, grids: Geometries) -> Figures:
    """Seconds and memory of building, in a process of its own; the median of three builds."""
    with tempfile.NamedTemporaryFile(suffix=".npy") as file:
        np.save(file, shapely.to_wkb(grids), allow_pickle=True)
        file.flush()
        told = [
            json.loads(subprocess.run([sys.executable, "-c", PEAK, file.name], capture_output=True, check=True).stdout)
            for _ in range(3)
        ]
    index = GridIndex.build(grids)
    figures = {
        f"build_s_{size}": median(seconds for seconds, _ in told),
        f"build_peak_mb_{size}": median(peak for _, peak in told),
        f"index_mb_{size}": index.nbytes / 1e6,
    }
    say(f"{size}: built in {figures[f'build_s_{size}']:.2f} s")
    return figures


def _engine(size: str, index: GridIndex, ground: Ground) -> Figures:
    """Points a second of this engine and of bare reading, all runs interleaved."""
    kinds = {"random": ground.clustered, "sorted": sorted_in_space(ground.clustered), "uniform": ground.uniform}
    table = np.zeros(index.nbytes // 4, dtype=np.int32)
    jobs: dict[str, Callable[[], Any]] = {}
    with ThreadPoolExecutor(2) as pool:
        for kind, points in kinds.items():
            x, y = points[:, 0].copy(), points[:, 1].copy()
            answers = np.empty(len(x), dtype=np.int32)
            halves = list(zip(*(np.array_split(one, 2) for one in (x, y, answers)), strict=True))
            frame = _cells_over(ground.grids, len(table))
            cells = np.empty(len(x), dtype=np.int64)
            find_cells(x, y, *frame, cells)
            jobs[f"{kind}_1t"] = partial(index.locate, x, y, out=answers)
            jobs[f"{kind}_2t"] = partial(_in_parts, pool, index, halves)
            jobs[f"gather_{kind}"] = partial(find_and_gather, x, y, *frame, table, answers)
            jobs[f"gather_known_{kind}"] = partial(gather, cells, table, answers)
        seconds: dict[str, list[float]] = {name: [] for name in jobs}
        for _ in range(RUNS + 1):  # the first of each is not counted
            for name, job in jobs.items():
                began = time.perf_counter()
                job()
                seconds[name].append(time.perf_counter() - began)
    figures = {}
    for name, times in seconds.items():
        figures[f"{name}_{size}_m_per_s"] = len(ground.clustered) / median(times[1:]) / 1e6
        say(f"{size}: {name} {figures[f'{name}_{size}_m_per_s']:.1f} million points a second")
    if size == FEW:
        figures["threads_2_ratio"] = median(np.divide(seconds["random_1t"][1:], seconds["random_2t"][1:]).tolist())
    return figures


def _in_parts(pool: ThreadPoolExecutor, index: GridIndex, parts: list[tuple[Any, ...]]) -> None:
    list(pool.map(lambda part: index.locate(part[0], part[1], out=part[2]), parts))


def _cells_over(grids: Geometries, count: int) -> tuple[float, float, float, float, int]:
    """A table of so many cells over all grids: where it begins, its cells per degree and its columns."""
    west, south, east, north = shapely.total_bounds(grids).tolist()
    columns = int((count * (east - west) / (north - south)) ** 0.5)
    return west, south, (columns - 1) / (east - west), (count // columns - 1) / (north - south), columns


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]
def find_cells(x: Any, y: Any, x0: Any, y0: Any, per_x: Any, per_y: Any, columns: Any, cells: Any) -> None:
    """The cell of each point."""
    for i in range(len(x)):
        cells[i] = np.int64((y[i] - y0) * per_y) * columns + np.int64((x[i] - x0) * per_x)


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]
def find_and_gather(
    x: Any, y: Any, x0: Any, y0: Any, per_x: Any, per_y: Any, columns: Any, table: Any, answers: Any
) -> None:
    """The least that a table of cells takes: to read a point, find its cell, read what is there, and write it."""
    for i in range(len(x)):
        answers[i] = table[np.uint64(np.int64((y[i] - y0) * per_y) * columns + np.int64((x[i] - x0) * per_x))]


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]
def gather(cells: Any, table: Any, answers: Any) -> None:
    """Less than any engine takes: the cells are known."""
    for i in range(len(cells)):
        answers[i] = table[np.uint64(cells[i])]


def _peers(size: str, index: GridIndex, task: Task, options: Options) -> Figures:
    """The other engines on the clustered points, checked to give the same answers."""
    expected = index.locate(task.points[:, 0], task.points[:, 1])
    figures: Figures = {}
    for peer in PEERS:
        for threads in peer.threads:
            with opened(peer, task, threads) as (build_s, run):
                times: list[float] = []
                while len(times) < options.times(3, 1) and sum(times) < PATIENCE_S:
                    began = time.perf_counter()
                    pairs = run()
                    times.append(time.perf_counter() - began)
            different = int((first_of(pairs, len(expected)) != expected).sum())
            if different:
                raise SystemExit(f"{peer.name} gives {different} other answers")
            name = f"{peer.name}_random_{threads}t_{size}_m_per_s"
            figures[name] = len(expected) / median(times) / 1e6
            figures[f"{peer.name}_build_s_{size}"] = build_s
            say(f"{size}: {peer.name} with {threads} threads {figures[name]:.3f} million points a second")
    return figures


def _ratios(figures: Figures) -> Figures:
    ratios: Figures = {}
    for size in (FEW, MANY):
        engine = figures[f"random_1t_{size}_m_per_s"]
        ratios[f"ratio_sjoin_{size}"] = engine / figures[f"sjoin_random_1t_{size}_m_per_s"]
        best = max(figures[f"{name}_random_2t_{size}_m_per_s"] for name in ("duckdb", "sedonadb"))
        ratios[f"ratio_best_engine_{size}"] = engine / best
        ratios[f"ratio_postgis_{size}"] = engine / figures[f"postgis_random_2t_{size}_m_per_s"]
    for kind in ("random", "sorted"):
        for gathering in ("gather", "gather_known"):
            gathered = figures[f"{gathering}_{kind}_{FEW}_m_per_s"]
            ratios[f"{gathering}_share_{kind}"] = figures[f"{kind}_1t_{FEW}_m_per_s"] / gathered
    ratios["cost_growth_sorted"] = figures[f"sorted_1t_{FEW}_m_per_s"] / figures[f"sorted_1t_{MANY}_m_per_s"]
    return ratios


def _what_if(ground: Ground) -> Figures:
    """A border between two grids moved by about fifty metres, with a million points."""
    random = np.random.default_rng(5)
    points = ground.clustered[random.integers(0, len(ground.clustered), 1_000_000)]
    x, y = points[:, 0].copy(), points[:, 1].copy()
    index = GridIndex.build(ground.grids)
    before = index.locate(x, y)
    changes = _moved_border(ground.grids, before)
    updates, relocations = [], []
    for _ in range(RUNS):
        began = time.perf_counter()
        updated = index.update(changes)
        updates.append(time.perf_counter() - began)
        moved = relocate(x, y, index, updated, before)
        relocations.append(time.perf_counter() - began)
    assert len(moved.points) == int((updated.locate(x, y) != before).sum())
    say(f"a border moved: {len(moved.points)} of a million points in another grid")
    return {"update_ms": median(updates) * 1000, "relocate_1m_ms": median(relocations) * 1000}


def _moved_border(grids: Geometries, owners: NDArray[np.int32]) -> dict[int, shapely.Polygon]:
    """The fullest grid gives a strip to a neighbour; both stay valid polygons."""
    for giver in np.argsort(-np.bincount(owners[owners >= 0], minlength=len(grids))).tolist():
        for taker in shapely.STRtree(grids).query(grids[giver], predicate="touches").tolist():
            border = shapely.intersection(grids[giver], grids[taker])
            strip = shapely.intersection(shapely.buffer(border, 0.0005), grids[giver])
            left, grown = shapely.difference(grids[giver], strip), shapely.union(grids[taker], strip)
            if border.length > 0.0005 and left.geom_type == grown.geom_type == "Polygon" and left.area > 0:
                return {giver: left, taker: grown}
    raise SystemExit("no border can be moved")
