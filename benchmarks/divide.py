"""`scripts/bench divide`: every community of the demo city divided into its grids, beside METIS and GerryChain's recom.

total_s                      making the graphs and dividing them, two threads; graphs_s and search_s are its two parts,
                             search_cpu_s is what the second took of the processors
worst_deviation_pct          largest deviation of a grid from its community's mean, where there are 8 blocks a grid or
                             more and no block above 60 % of one; worst_any_deviation_pct: everywhere
median_deviation_pct         median over all grids
changed_households_pct       households no longer with the grid they are with today (the demo city's own grids)
border_km, compactness       borders inside the communities; mean of 4π·area/perimeter²
road_border_pct              part of these borders that runs along roads
apart_n, empty_n             pieces that grids have too many, and grids without any block
free_…                       the same without any wish for stability; PEER_…: the same by a peer (its names best matched
                             with those of today)
slider_ms, slider_worst_ms   one community with other sliders: median and worst
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.divide_ground import Ground, make_ground
from benchmarks.divide_peers import PEERS
from benchmarks.frame import Figures, Options, say
from gridsvc.core.divide import BlockGraph, Task, Wishes, divide, divide_all

THREADS = 2
STABILITY = 0.5
SLIDERS = 30


def measure(options: Options) -> Figures:
    """All figures of dividing."""
    ground = make_ground(options)
    divide(ground.graphs[0], Wishes(grids=ground.grids[0], effort=0.1))  # the kernel is compiled, or read
    figures: Figures = {"communities_n": len(ground.graphs), "grids_n": sum(ground.grids)}
    for prefix, stability in (("", STABILITY), ("free_", 0.0)):
        say(f"dividing with a stability of {stability:g}")
        seconds, labels = _ours(ground, stability)
        figures |= {f"{prefix}{name}": value for name, value in _judged(ground, labels).items()}
        figures |= {f"{prefix}{name}": value for name, value in seconds.items()}
    figures |= {"graphs_s": ground.graphs_s, "total_s": ground.graphs_s + figures["search_s"]}
    for name, peer in PEERS.items():
        say(f"dividing by {name}")
        began = time.perf_counter()
        labels = [peer(graph, grids) for graph, grids in zip(ground.graphs, ground.grids, strict=True)]
        figures[f"{name}_search_s"] = time.perf_counter() - began
        figures |= {f"{name}_{figure}": value for figure, value in _judged(ground, labels).items()}
    figures |= _sliders(ground)
    return {name: float(f"{value:.4g}") for name, value in figures.items()}


def _ours(ground: Ground, stability: float) -> tuple[Figures, list[NDArray[np.int64]]]:
    tasks = [
        Task(graph, Wishes(grids=grids, stability=stability), present)
        for graph, grids, present in zip(ground.graphs, ground.grids, ground.present, strict=True)
    ]
    began, cpu = time.perf_counter(), time.process_time()
    found = divide_all(tasks, THREADS)
    seconds = {"search_s": time.perf_counter() - began, "search_cpu_s": time.process_time() - cpu}
    return seconds, [_numbered(graph, made.grid_of) for graph, made in zip(ground.graphs, found, strict=True)]


def _numbered(graph: BlockGraph, grid_of: Mapping[str, str]) -> NDArray[np.int64]:
    names = [grid_of[block] for block in graph.ids]
    return np.unique(names, return_inverse=True)[1].reshape(-1).astype(np.int64)


@dataclass
class _Sums:
    off: list[float]
    worst: float = 0.0
    worst_any: float = 0.0
    changed: float = 0.0
    border_m: float = 0.0
    road_m: float = 0.0
    apart: int = 0
    empty: int = 0


def _judged(ground: Ground, divisions: Sequence[NDArray[np.int64]]) -> Figures:
    """The figures of a division of all communities, whoever made it."""
    sums, compact = _Sums([]), []
    for graph, parts, present, labels in zip(ground.graphs, ground.grids, ground.present, divisions, strict=True):
        target = graph.weights.sum() / parts
        load = np.bincount(labels, weights=graph.weights, minlength=parts)
        off = np.abs(load / target - 1) * 100
        sums.off.extend(off.tolist())
        sums.worst_any = max(sums.worst_any, float(off.max()))
        if graph.count >= 8 * parts and graph.weights.max() <= 0.6 * target:
            sums.worst = max(sums.worst, float(off.max()))
        sums.empty += int((np.bincount(labels, minlength=parts) == 0).sum())
        sums.apart += int(graph.components(labels).max()) + 1 - len(np.unique(labels))
        cut = labels[graph.pairs[:, 0]] != labels[graph.pairs[:, 1]]
        sums.border_m += float(graph.lengths_m[cut].sum())
        sums.road_m += float(graph.lengths_m[cut & (graph.costs < 0.7 * graph.lengths_m)].sum())
        sums.changed += _changed(graph, labels, present, parts)
        compact.extend(_compactness(graph, labels, parts))
    households = sum(float(graph.weights.sum()) for graph in ground.graphs)
    return {
        "worst_deviation_pct": sums.worst,
        "worst_any_deviation_pct": sums.worst_any,
        "median_deviation_pct": float(np.median(sums.off)),
        "changed_households_pct": 100 * sums.changed / households,
        "border_km": sums.border_m / 1000,
        "road_border_pct": 100 * sums.road_m / sums.border_m,
        "compactness": float(np.mean(compact)),
        "apart_n": sums.apart,
        "empty_n": sums.empty,
    }


def _changed(graph: BlockGraph, labels: NDArray[np.int64], present: dict[str, str], parts: int) -> float:
    """Households that change hands when each part takes the name of today that it has most of, the largest first."""
    today = np.unique([present[block] for block in graph.ids], return_inverse=True)[1].reshape(-1)
    overlap = np.zeros((parts, int(today.max()) + 1))
    np.add.at(overlap, (labels, today), graph.weights)
    kept = 0.0
    for _ in range(min(overlap.shape)):
        part, name = np.unravel_index(int(np.argmax(overlap)), overlap.shape)
        kept += max(float(overlap[part, name]), 0.0)
        overlap[part, :] = overlap[:, name] = -1.0
    return float(graph.weights.sum()) - kept


def _compactness(graph: BlockGraph, labels: NDArray[np.int64], parts: int) -> list[float]:
    same = labels[graph.pairs[:, 0]] == labels[graph.pairs[:, 1]]
    inner = np.bincount(labels[graph.pairs[same, 0]], weights=graph.lengths_m[same], minlength=parts)
    outline = np.bincount(labels, weights=graph.perimeters_m, minlength=parts) - 2 * inner
    area = np.bincount(labels, weights=graph.areas_m2, minlength=parts)
    return [float(value) for value in (4 * np.pi * area / np.maximum(outline, 1e-9) ** 2)[outline > 0]]


def _sliders(ground: Ground) -> Figures:
    """A planner who moves the sliders: the answer for one community."""
    seconds = []
    ways: list[Callable[[int], Wishes]] = [
        lambda grids: Wishes(grids=grids, stability=1.5, compactness=0.5),
        lambda grids: Wishes(grids=grids, compactness=3.0),
        lambda grids: Wishes(grids=grids, balance=3.0, stability=0.2),
    ]
    for turn in range(SLIDERS):
        number = turn * 5 % len(ground.graphs)
        began = time.perf_counter()
        divide(ground.graphs[number], ways[turn % len(ways)](ground.grids[number]), ground.present[number])
        seconds.append(1000 * (time.perf_counter() - began))
    return {"slider_ms": float(np.median(seconds)), "slider_worst_ms": max(seconds)}
