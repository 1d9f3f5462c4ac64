"""Dividing one community or many: the search, then the figures and the reasons."""

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from gridsvc.core.divide.graph import BlockGraph, Floats, Ints
from gridsvc.core.divide.reasons import obstacles
from gridsvc.core.divide.search import Problem, is_feasible, searched
from gridsvc.core.divide.wishes import Division, DivisionFigures, Reason, ReasonKind, Wishes
from gridsvc.core.refusals import CannotDivide


@dataclass(frozen=True)
class Task:
    """One community to be divided; `present` gives today's grid of each block by id, as far as there is one."""

    graph: BlockGraph
    wishes: Wishes
    present: Mapping[str, str] = field(default_factory=dict)


def divide(graph: BlockGraph, wishes: Wishes, present: Mapping[str, str] | None = None) -> Division:
    """The blocks in so many connected grids as nearly equal as the wishes ask, and why they are not more so.

    Every block is in one grid, whole; no grid is empty; the same input gives the same answer. Raises CannotDivide if
    there are fewer blocks than grids, or ground in more pieces than grids that not even a closed barrier joins.
    """
    if not graph.count:
        raise CannotDivide("There are no blocks.")
    if not math.isfinite(float(graph.weights.sum())):
        raise CannotDivide("The weights are too large to be added up.")
    parts = wishes.number_of_grids(float(graph.weights.sum()))
    if parts > graph.count:
        raise CannotDivide(f"{graph.count} blocks cannot make {parts} grids.")
    reasons: list[Reason] = []
    weights = graph.weights
    if not weights.any():
        reasons.append(Reason(ReasonKind.NOBODY_LIVES_HERE, "The blocks have no weight; their areas were balanced."))
        weights = graph.areas_m2
    graph = _bridged(graph, weights, parts, reasons)
    home, names = _today(graph, present or {}, parts)
    problem = Problem(graph, weights, parts, wishes, home)
    may_stay = wishes.stability == math.inf and is_feasible(problem, home)
    labels = home if may_stay else searched(problem)
    figures = _figures(problem, labels)
    if figures.worst_deviation_pct > 100 * wishes.tolerance + 1e-9:
        reasons += _why(problem)
    grid_of = {block: names[label] for block, label in zip(graph.ids, labels.tolist(), strict=True)}
    return Division(grid_of, figures, tuple(reasons))


def divide_all(tasks: Sequence[Task], threads: int = 2) -> list[Division]:
    """The divisions of many communities, side by side. The number of threads does not change any of them."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda task: divide(task.graph, task.wishes, task.present), tasks))


def _bridged(graph: BlockGraph, weights: Floats, parts: int, reasons: list[Reason]) -> BlockGraph:
    """The graph with barriers opened until there are no more pieces of ground than grids; tells which."""
    joined = graph.joined.copy()
    while True:
        opened = replace(graph, joined=joined)
        pieces = opened.components()
        loads = np.bincount(pieces, weights=weights)
        if len(loads) <= parts:
            return opened
        sides = pieces[graph.pairs]
        across = np.flatnonzero(sides[:, 0] != sides[:, 1])
        if not len(across):
            raise CannotDivide(f"The ground is in {len(loads)} pieces that share no border, more than {parts} grids.")
        lightest = np.minimum(loads[sides[across, 0]], loads[sides[across, 1]])
        best = across[np.lexsort((across, -graph.lengths_m[across], lightest))[0]]
        joined[best] = True
        ends = tuple(graph.ids[i] for i in graph.pairs[best])
        words = (
            f"There are fewer grids than pieces of ground, so one crosses the barrier between {ends[0]} and {ends[1]}."
        )
        reasons.append(Reason(ReasonKind.BARRIER_CROSSED, words, ends))


def _today(graph: BlockGraph, present: Mapping[str, str], parts: int) -> tuple[Ints, list[str]]:
    """The parts of today by block (-1 for none) and the key of each part; the heaviest grids of today keep theirs."""
    keys = [present.get(block) for block in graph.ids]
    load: dict[str, float] = {}
    for key, weight in zip(keys, graph.weights.tolist(), strict=True):
        if key is not None:
            load[key] = load.get(key, 0.0) + weight
    kept = sorted(sorted(load, key=lambda key: (-load[key], key))[:parts])
    number = {key: i for i, key in enumerate(kept)} | {
        key: parts + i for i, key in enumerate(sorted(set(load) - set(kept)))
    }
    home = np.array([-1 if key is None else number[key] for key in keys], dtype=np.int64)
    fresh = (name for i in range(1, 2 * parts + len(load) + 1) if (name := f"new-{i}") not in load)
    return home, [*kept, *(next(fresh) for _ in range(parts - len(kept)))]


def _figures(problem: Problem, labels: Ints) -> DivisionFigures:
    graph, parts = problem.graph, problem.parts
    load = np.bincount(labels, weights=problem.weights, minlength=parts)
    off = np.abs(load / problem.target - 1) * 100
    same = labels[graph.pairs[:, 0]] == labels[graph.pairs[:, 1]]
    inner = np.bincount(labels[graph.pairs[same, 0]], weights=graph.lengths_m[same], minlength=parts)
    outline = np.bincount(labels, weights=graph.perimeters_m, minlength=parts) - 2 * inner
    area = np.bincount(labels, weights=graph.areas_m2, minlength=parts)
    moved = float(graph.weights[(problem.home >= 0) & (problem.home != labels)].sum())
    return DivisionFigures(
        parts,
        float(off.max()),
        float(np.median(off)),
        float(graph.lengths_m[~same].sum()),
        float((4 * math.pi * area / np.maximum(outline, 1e-9) ** 2).mean()),
        moved,
        100 * moved / (float(graph.weights.sum()) or 1.0),
    )


def _why(problem: Problem) -> list[Reason]:
    wishes = problem.wishes
    found = obstacles(problem.graph, problem.weights, problem.target, wishes.tolerance, problem.parts)
    if not found and wishes.stability > 0 and (problem.home >= 0).any():
        found.append(Reason(ReasonKind.STABILITY, "Less change was wished for than an even division needs."))
    if not found:
        found.append(
            Reason(ReasonKind.NOT_FOUND, "No division within the tolerance was found; more effort may find one.")
        )
    return found
