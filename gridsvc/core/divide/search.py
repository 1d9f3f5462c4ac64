"""The search for a division: today's grids or METIS to begin with, then annealing, in one measure for all wishes."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridsvc.core.divide.graph import BlockGraph, Floats, Ints
from gridsvc.core.divide.kernel import anneal
from gridsvc.core.divide.seeds import by_metis, repaired, resized
from gridsvc.core.divide.wishes import Wishes
from gridsvc.core.refusals import CannotDivide

# Steps of the search for each block: some tenths of a second for a community.
STEPS_PER_BLOCK = 2_000
LEAST_STEPS, MOST_STEPS = 20_000, 3_000_000
# What is not within the tolerance is tried again so many times with other random numbers.
RETRIES = 2
# The last temperature, and the first: from the grids of today one begins colder, so that they are not forgotten.
_COLD, _HOT, _WARM = 0.01, 1.0, 0.3
# What infinity is in a sum.
_VERY_STABLE = 1_000.0
# Changing a tenth of a grid's households weighs like being off by the tolerance.
_CHANGE_UNITS = 10.0


@dataclass(frozen=True)
class Problem:
    """A community to be divided: its graph, the weight of each block, the number of parts and today's parts.

    `home` is the part of today by block, -1 where there is none; parts of today that are to stay have their number.
    """

    graph: BlockGraph
    weights: Floats
    parts: int
    wishes: Wishes
    home: Ints

    @property
    def target(self) -> float:
        """The mean weight of a part."""
        return float(self.weights.sum()) / self.parts


def searched(problem: Problem) -> Ints:
    """The best division found: connected parts, none empty, the same for the same problem."""
    wishes = problem.wishes
    starts = []
    if wishes.stability > 0 and (problem.home >= 0).any():
        starts.append((_from_today(problem), _WARM))
    if wishes.stability < 2 or not starts:
        starts.append((_aligned(problem, _from_metis(problem)), _HOT))
    found: list[tuple[float, int, Ints]] = []
    for number in range(len(starts) + RETRIES):
        labels, heat = starts[number % len(starts)]
        labels = labels.copy()
        energy = _improved(problem, labels, heat, number, share=1 / len(starts))
        found.append((energy, number, labels))
        best = min(found)[2]
        if number + 1 >= len(starts) and is_feasible(problem, best):
            break
    return best


def is_feasible(problem: Problem, labels: Ints) -> bool:
    """Whether these are the right number of connected parts within the tolerance."""
    if (labels < 0).any() or len(np.unique(labels)) != problem.parts or int(labels.max()) + 1 != problem.parts:
        return False
    if int(problem.graph.components(labels).max()) + 1 != problem.parts:
        return False
    load = np.bincount(labels, weights=problem.weights, minlength=problem.parts)
    return bool((np.abs(load / problem.target - 1) <= problem.wishes.tolerance).all())


def _improved(problem: Problem, labels: Ints, heat: float, number: int, *, share: float) -> float:
    """Anneals the labels in place and gives their energy."""
    graph, wishes = problem.graph, problem.wishes
    start, near, joined, cost = graph.rows
    parts, target = problem.parts, problem.target
    # The outlines of as many squares would have this much border inside.
    usual_border = 2 * math.sqrt(float(graph.areas_m2.sum()) * parts) or 1.0
    stability = min(wishes.stability, _VERY_STABLE)
    attach = problem.weights * (stability * _CHANGE_UNITS / target)
    steps = int(np.clip(STEPS_PER_BLOCK * graph.count * wishes.effort * share, LEAST_STEPS, MOST_STEPS))
    terms = np.array([target, wishes.tolerance, wishes.balance, heat, _COLD])
    seed = np.uint64(wishes.seed * 1_000_003 + number + 1)
    scaled = cost * (wishes.compactness * parts / usual_border)
    energy: float = anneal(
        start, near, joined, scaled, problem.weights, labels, problem.home, attach, parts, terms, steps, seed
    )
    return energy


def _from_metis(problem: Problem) -> Ints:
    """METIS on each connected piece of the ground, with grids in proportion to what is in it."""
    pieces = problem.graph.components()
    loads = np.bincount(pieces, weights=problem.weights)
    sizes = np.bincount(pieces)
    if len(loads) > problem.parts:
        raise CannotDivide(f"The ground is in {len(loads)} pieces, more than {problem.parts} grids.")
    labels, first = np.empty(problem.graph.count, dtype=np.int64), 0
    for piece, parts in enumerate(shared_out(problem.parts, loads, sizes).tolist()):
        members = np.flatnonzero(pieces == piece)
        inner = subgraph(problem.graph, members)
        labels[members] = first + by_metis(inner, problem.weights[members], parts, problem.wishes.seed)
        first += parts
    return labels


def _from_today(problem: Problem) -> Ints:
    """Today's grids made into the right number of connected parts, piece of ground by piece of ground."""
    pieces = problem.graph.components()
    loads = np.bincount(pieces, weights=problem.weights)
    if len(loads) > 1:
        return _aligned(problem, _from_metis(problem))
    known, labels = np.unique(problem.home, return_inverse=True)
    labels = labels.reshape(-1) - (known[0] < 0)
    number = int(labels.max()) + 1
    whole = repaired(problem.graph, labels.astype(np.int64), problem.weights, number)
    return _aligned(problem, resized(problem.graph, whole, problem.weights, problem.parts))


def _aligned(problem: Problem, labels: Ints) -> Ints:
    """The labels renamed so that each part bears the name of the part of today it has most of, where that is free."""
    home, parts = problem.home, problem.parts
    inside = (home >= 0) & (home < parts)
    overlap = np.zeros((parts, parts))
    np.add.at(overlap, (labels[inside], home[inside]), problem.weights[inside] + 1e-6)
    name = np.full(parts, -1, dtype=np.int64)
    free = np.ones(parts, dtype=bool)
    for flat in np.argsort(-overlap, axis=None, kind="stable").tolist():
        part, today = divmod(flat, parts)
        if overlap[part, today] > 0 and name[part] < 0 and free[today]:
            name[part], free[today] = today, False
    name[name < 0] = np.flatnonzero(free)
    return np.ascontiguousarray(name[labels])


def shared_out(total: int, loads: NDArray[Any], most: NDArray[Any]) -> Ints:
    """Whole numbers, at least 1 and at most `most` each, that sum to the total, as near to the loads as can be.

    One after the other is given where the load of each grid is then largest. Raises CannotDivide if there are too few
    blocks.
    """
    if total > int(most.sum()):
        raise CannotDivide(f"{int(most.sum())} blocks cannot make {total} grids.")
    number = np.ones(len(loads), dtype=np.int64)
    for _ in range(total - len(loads)):
        number[np.argmax(np.where(number < most, (loads + 1e-9) / (number + 0.5), -1.0))] += 1
    return number


def subgraph(graph: BlockGraph, members: Ints) -> BlockGraph:
    """The graph of some blocks alone, numbered in their order."""
    if len(members) == graph.count:
        return graph
    number = np.full(graph.count, -1, dtype=np.int64)
    number[members] = np.arange(len(members))
    pairs = number[graph.pairs]
    kept = (pairs >= 0).all(axis=1)
    return replace(
        graph,
        ids=tuple(graph.ids[i] for i in members),
        weights=graph.weights[members],
        areas_m2=graph.areas_m2[members],
        perimeters_m=graph.perimeters_m[members],
        pairs=np.sort(pairs[kept], axis=1),
        lengths_m=graph.lengths_m[kept],
        costs=graph.costs[kept],
        joined=graph.joined[kept],
    )
