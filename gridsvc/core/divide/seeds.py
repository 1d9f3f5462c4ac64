"""First divisions for the search: by METIS, or from the grids of today."""

import numpy as np
import pymetis

from gridsvc.core.divide.graph import BlockGraph, Floats, Ints

# Thousandths by which METIS may let a part be too heavy; the search makes it better.
_IMBALANCE = 60
# METIS wants whole numbers: cheap borders must not become free ones.
_WEIGHT_UNITS = 100_000


def by_metis(graph: BlockGraph, weights: Floats, parts: int, seed: int) -> Ints:
    """Parts 0 … parts - 1 for the blocks of a connected graph, each connected and none empty.

    METIS may leave a part empty or in pieces; pieces go to a neighbour and empty parts get a piece of the heaviest.
    """
    if parts == 1:
        return np.zeros(graph.count, dtype=np.int64)
    start, near, joined, cost = graph.rows
    keep = joined
    owner = np.repeat(np.arange(graph.count), np.diff(start))
    rows = np.searchsorted(owner[keep], np.arange(graph.count + 1))
    unit = _WEIGHT_UNITS / max(float(weights.sum()), 1e-9)
    _, labels = pymetis.part_graph(
        parts,
        pymetis.CSRAdjacency(rows.astype(np.int32), near[keep].astype(np.int32)),
        vweights=np.rint(weights * unit).astype(np.int32),
        eweights=np.maximum(1, np.rint(cost[keep])).astype(np.int32),
        recursive=False,
        options=pymetis.Options(seed=seed, contig=1, ufactor=_IMBALANCE),
    )
    return repaired(graph, np.asarray(labels, dtype=np.int64), weights, parts)


def repaired(graph: BlockGraph, labels: Ints, weights: Floats, parts: int) -> Ints:
    """The labels with every part connected and none empty: its heaviest piece keeps a part's name.

    The graph must be connected and have at least as many blocks as parts. Labels below 0 belong to no part yet.
    """
    labels = labels.copy()
    pieces = graph.components(labels)
    heavy = np.bincount(pieces, weights=weights + 1e-9)
    for part in range(parts):
        mine = np.unique(pieces[labels == part])
        if len(mine) > 1:
            main = mine[np.argmax(heavy[mine])]
            labels[(labels == part) & (pieces != main)] = -1
    _spread(graph, labels)
    for part in range(parts):
        if not (labels == part).any():
            _cut_piece(graph, labels, weights, part, parts)
    return labels


def resized(graph: BlockGraph, labels: Ints, weights: Floats, parts: int) -> Ints:
    """Labels of another number of parts made of these (0 … n - 1): the lightest parts join, or the heaviest are cut."""
    labels = labels.copy()
    while (number := int(labels.max()) + 1) > parts:
        load = np.bincount(labels, weights=weights, minlength=number)
        ends = labels[graph.pairs[graph.joined]]
        ends = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
        low, high = ends[np.lexsort((ends[:, 1], ends[:, 0], load[ends].sum(axis=1)))[0]].tolist()
        labels[labels == high] = low
        labels[labels > high] -= 1
    while (number := int(labels.max()) + 1) < parts:
        _cut_piece(graph, labels, weights, number, number)
    return labels


def _spread(graph: BlockGraph, labels: Ints) -> None:
    """Gives blocks without a part that of the neighbour with the longest border, from the outside in."""
    while (labels < 0).any():
        ends = np.vstack([graph.pairs[graph.joined], graph.pairs[graph.joined][:, ::-1]])
        length = np.tile(graph.lengths_m[graph.joined], 2)
        usable = (labels[ends[:, 0]] < 0) & (labels[ends[:, 1]] >= 0)
        if not usable.any():
            labels[labels < 0] = 0
            return
        rows = np.flatnonzero(usable)
        rows = rows[np.lexsort((ends[rows, 1], -length[rows], ends[rows, 0]))]
        first = np.unique(ends[rows, 0], return_index=True)[1]
        labels[ends[rows[first], 0]] = labels[ends[rows[first], 1]]


def _cut_piece(graph: BlockGraph, labels: Ints, weights: Floats, part: int, parts: int) -> None:
    """Gives a part about half of the heaviest one that has two blocks at least; both stay connected."""
    load = np.bincount(labels, weights=weights, minlength=parts)
    size = np.bincount(labels, minlength=parts)
    heaviest = int(np.argmax(np.where(size > 1, load, -1.0)))
    staying = set(np.flatnonzero(labels == heaviest).tolist())
    # What is reached last hangs on nothing: without it the others are still connected.
    leaving = [_reached(graph, min(staying), staying)[-1]]
    staying.discard(leaving[0])
    moved = float(weights[leaving[0]])
    while len(staying) > 1 and (block := _next_to_leave(graph, leaving, staying)) is not None:
        if moved + float(weights[block]) / 2 > load[heaviest] / 2:
            break
        leaving.append(block)
        staying.discard(block)
        moved += float(weights[block])
    labels[leaving] = part


def _next_to_leave(graph: BlockGraph, leaving: list[int], staying: set[int]) -> int | None:
    """A block beside those that leave, without which those that stay are connected."""
    for block in leaving:
        for other in _neighbours(graph, block):
            rest = staying - {other}
            if other in staying and len(_reached(graph, min(rest), rest)) == len(rest):
                return other
    return None


def _reached(graph: BlockGraph, first: int, allowed: set[int]) -> list[int]:
    """The blocks that are reached from one inside a set, the nearest first."""
    order, seen = [first], {first}
    for block in order:
        for other in _neighbours(graph, block):
            if other in allowed and other not in seen:
                seen.add(other)
                order.append(other)
    return order


def _neighbours(graph: BlockGraph, block: int) -> list[int]:
    start, near, joined, _ = graph.rows
    row = slice(start[block], start[block + 1])
    return [int(other) for other in near[row][joined[row]]]
