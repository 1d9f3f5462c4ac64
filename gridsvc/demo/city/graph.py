"""Divides a graph of weighted pieces into connected parts of wanted weights: METIS first, then repair.

METIS may leave a part empty or in two pieces, and knows no least number of members. What is repaired here stays small:
a few hundred members at a time.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pymetis
from numpy.typing import NDArray

from gridsvc.core.errors import GridsvcError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


# Thousandths by which METIS may let a part be too heavy.
IMBALANCE = 30


class DivisionFailed(GridsvcError):
    """The demo city could not be divided with this seed; another seed will do."""

    code = "demo_division_failed"


@dataclass(frozen=True)
class Graph:
    """Neighbours of node i are `neighbours[start[i]:start[i+1]]`; `bonds` says how strongly each is bound to it."""

    start: Ints
    neighbours: Ints
    bonds: Ints

    @property
    def count(self) -> int:
        return len(self.start) - 1

    def of(self, node: int | np.int64) -> Ints:
        return self.neighbours[self.start[node] : self.start[node + 1]]

    def bonds_of(self, node: int | np.int64) -> Ints:
        return self.bonds[self.start[node] : self.start[node + 1]]

    def pairs(self) -> Ints:
        """Every bond twice, as rows (node, neighbour)."""
        return np.column_stack([np.repeat(np.arange(self.count), np.diff(self.start)), self.neighbours])

    def within(self, nodes: Ints) -> "Graph":
        """The graph of these nodes alone, renumbered in their order."""
        number = np.full(self.count, -1, dtype=np.int64)
        number[nodes] = np.arange(len(nodes))
        degree = self.start[nodes + 1] - self.start[nodes]
        before = np.cumsum(degree) - degree
        rows = np.arange(degree.sum()) + np.repeat(self.start[nodes] - before, degree)
        pairs = np.column_stack([np.repeat(np.arange(len(nodes)), degree), number[self.neighbours[rows]]])
        kept = pairs[:, 1] >= 0
        return make_graph(len(nodes), pairs[kept], self.bonds[rows[kept]])

    def merged(self, group: Ints) -> "Graph":
        """The graph of groups of nodes."""
        pairs = group[self.pairs()]
        kept = pairs[:, 0] != pairs[:, 1]
        return make_graph(int(group.max()) + 1, pairs[kept], self.bonds[kept])


def make_graph(count: int, pairs: Ints, bonds: Ints) -> Graph:
    """A graph from rows (node, neighbour), both ways, equal rows added up."""
    key, inverse = np.unique(pairs[:, 0] * count + pairs[:, 1], return_inverse=True)
    total = np.bincount(inverse.reshape(-1), weights=bonds, minlength=len(key)).astype(np.int64)
    node, neighbour = np.divmod(key, max(count, 1))
    start = np.searchsorted(node, np.arange(count + 1))
    return Graph(start.astype(np.int64), neighbour, total)


def components(graph: Graph, labels: Ints) -> Ints:
    """For each node the lowest node reachable from it without leaving its label."""
    pairs = graph.pairs()
    pairs = pairs[labels[pairs[:, 0]] == labels[pairs[:, 1]]]
    lowest = np.arange(graph.count)
    while True:
        before = lowest.copy()
        np.minimum.at(lowest, pairs[:, 0], lowest[pairs[:, 1]])
        lowest = lowest[lowest]
        if (lowest == before).all():
            return lowest


def divide(
    graph: Graph,
    weights: Ints,
    shares: Sequence[float],
    *,
    seed: int,
    least: int = 1,
    imbalance: int = IMBALANCE,
) -> Ints:
    """A part number for each node: connected parts with about these shares of the weight, none below `least` nodes.

    The graph must be connected. Raises DivisionFailed if it has too few nodes or they cannot be moved.
    """
    parts = len(shares)
    if parts == 1:
        return np.zeros(graph.count, dtype=np.int64)
    if graph.count < parts * least:
        raise DivisionFailed
    labels = _metis(graph, weights, np.asarray(shares) / np.sum(shares), seed, imbalance)
    labels = join_fragments(graph, labels, weights)
    _fill_empty(graph, labels, weights, parts, seed)
    _lift_small(graph, labels, parts, least)
    return labels


def _metis(graph: Graph, weights: Ints, shares: Floats, seed: int, imbalance: int = IMBALANCE) -> Ints:
    options = pymetis.Options(seed=seed, contig=1, ufactor=imbalance)
    adjacency = pymetis.CSRAdjacency(graph.start.astype(np.int32), graph.neighbours.astype(np.int32))
    _, labels = pymetis.part_graph(
        len(shares),
        adjacency,
        vweights=weights.astype(np.int32),
        eweights=graph.bonds.astype(np.int32),
        tpwgts=[float(share) for share in shares],
        recursive=False,
        options=options,
    )
    return np.asarray(labels, dtype=np.int64)


def join_fragments(graph: Graph, labels: Ints, weights: Ints) -> Ints:
    """Each label's heaviest connected piece keeps it; the other pieces join the neighbour that binds them most."""
    labels = labels.copy()
    while True:
        piece = components(graph, labels)
        heavy = np.bincount(piece, weights=weights + 1e-6, minlength=graph.count)
        order = np.argsort(-heavy[piece], kind="stable")
        main = np.full(int(labels.max()) + 1, -1, dtype=np.int64)
        for node in order[::-1]:
            main[labels[node]] = piece[node]
        loose = np.flatnonzero(piece != main[labels])
        if not len(loose):
            return labels
        first = piece[loose[np.argmin(heavy[piece[loose]])]]
        members = np.flatnonzero(piece == first)
        bonds: dict[int, int] = {}
        for node in members:
            for other, bond in zip(graph.of(node), graph.bonds_of(node), strict=True):
                if piece[other] != first:
                    bonds[int(labels[other])] = bonds.get(int(labels[other]), 0) + int(bond)
        labels[members] = max(sorted(bonds), key=lambda label: bonds[label])


def _fill_empty(graph: Graph, labels: Ints, weights: Ints, parts: int, seed: int) -> None:
    """Gives each part that got nothing half of the heaviest one."""
    for part in range(parts):
        if (labels == part).any():
            continue
        heaviest = int(np.argmax(np.bincount(labels, weights=weights, minlength=parts)))
        members = np.flatnonzero(labels == heaviest)
        inner = graph.within(members)
        halves = join_fragments(inner, _metis(inner, weights[members], np.array([0.5, 0.5]), seed), weights[members])
        if not halves.any() or halves.all():
            halves = _grown(inner, len(members) // 2)
        labels[members[halves == 1]] = part


def _grown(graph: Graph, size: int) -> Ints:
    """A connected half: grown from the node furthest from node 0; what it cuts off goes with it."""
    order = _breadth_first(graph, _breadth_first(graph, 0)[-1])
    halves = np.zeros(graph.count, dtype=np.int64)
    halves[order[:size]] = 1
    return join_fragments(graph, halves, np.ones(graph.count, dtype=np.int64))


def _breadth_first(graph: Graph, first: int) -> list[int]:
    seen, queue, order = {first}, deque([first]), []
    while queue:
        node = queue.popleft()
        order.append(node)
        for other in graph.of(node):
            if int(other) not in seen:
                seen.add(int(other))
                queue.append(int(other))
    return order


def _lift_small(graph: Graph, labels: Ints, parts: int, least: int) -> None:
    """Moves single nodes from part to part, from the nearest one that can spare one, until none is below `least`."""
    size = np.bincount(labels, minlength=parts)
    for _ in range(4 * graph.count):
        small = np.flatnonzero(size < least)
        if not len(small):
            return
        way = _way_to_surplus(graph, labels, size, int(small[0]), least)
        # From the far end: should a move on the way have become impossible, the spare node is nearer all the same.
        for giver, taker in pairwise(way[::-1]):
            node = _best_move(graph, labels, taker, giver)
            if node < 0:
                break
            labels[node] = taker
        size = np.bincount(labels, minlength=parts)
    raise DivisionFailed


def _way_to_surplus(graph: Graph, labels: Ints, size: Ints, start: int, least: int) -> list[int]:
    """The shortest way over neighbouring parts to one with nodes to spare, along which a node can move each time."""
    before: dict[int, int] = {start: -1}
    queue = deque([start])
    while queue:
        part = queue.popleft()
        if size[part] > least:
            way = [part]
            while before[way[-1]] >= 0:
                way.append(before[way[-1]])
            return way[::-1]
        members = np.flatnonzero(labels == part)
        near = np.unique(np.concatenate([labels[graph.of(node)] for node in members]))
        for other in near[np.argsort(-size[near], kind="stable")]:
            if int(other) not in before and _best_move(graph, labels, part, int(other)) >= 0:
                before[int(other)] = part
                queue.append(int(other))
    raise DivisionFailed


def _best_move(graph: Graph, labels: Ints, taker: int, giver: int) -> int:
    """The node of `giver` best bound to `taker` whose leaving keeps `giver` connected; -1 if there is none."""
    best, best_gain = -1, -np.inf
    members = np.flatnonzero(labels == giver)
    if len(members) < 2:
        return -1
    for node in members:
        near, bonds = labels[graph.of(node)], graph.bonds_of(node)
        if not (near == taker).any():
            continue
        gain = float(bonds[near == taker].sum() - bonds[near == giver].sum())
        if gain > best_gain and stays_connected(graph, labels, int(node)):
            best, best_gain = int(node), gain
    return best


def stays_connected(graph: Graph, labels: Ints, node: int) -> bool:
    """Whether the rest of a node's part hangs together without it."""
    part = labels[node]
    near = [int(other) for other in graph.of(node) if labels[other] == part]
    if len(near) <= 1:
        return bool(near)
    wanted, seen, queue = set(near[1:]), {node, near[0]}, [near[0]]
    while queue and wanted:
        for other in graph.of(queue.pop()):
            if labels[other] == part and int(other) not in seen:
                seen.add(int(other))
                wanted.discard(int(other))
                queue.append(int(other))
    return not wanted
