"""Why a division is not within its tolerance: what in the blocks themselves stands against it."""

from collections.abc import Iterator, Sequence

import numpy as np

from gridsvc.core.divide.graph import BlockGraph, Floats, Ints
from gridsvc.core.divide.wishes import Reason, ReasonKind

# Below so many blocks a grid, or with a block above this share of one, nobody can promise a tolerance.
FEW_BLOCKS = 8
LARGE_SHARE = 0.6
_SHOWN = 20


def obstacles(graph: BlockGraph, weights: Floats, target: float, tolerance: float, parts: int) -> list[Reason]:
    """Everything in the ground that keeps grids from coming within the tolerance of the target, the gravest first."""
    found = [
        *_large_blocks(graph, weights, target, tolerance),
        *_ground_cut_off(graph, weights, target, tolerance),
        *_bottlenecks(graph, weights, target, tolerance),
    ]
    largest = float(weights.max(initial=0.0))
    if not found and (graph.count < FEW_BLOCKS * parts or largest > LARGE_SHARE * target):
        words = (
            f"{graph.count} blocks for {parts} grids, the largest with {largest / target:.0%} of a grid, "
            f"are too coarse for a tolerance of {tolerance:.0%}."
        )
        found.append(
            Reason(ReasonKind.FEW_BLOCKS, words, _named(graph, np.flatnonzero(weights > LARGE_SHARE * target)))
        )
    return found


def _large_blocks(graph: BlockGraph, weights: Floats, target: float, tolerance: float) -> Iterator[Reason]:
    for block in np.flatnonzero(weights > (1 + tolerance) * target).tolist():
        words = f"The block {graph.ids[block]} alone is {weights[block] / target:.0%} of a grid; blocks are not cut."
        yield Reason(ReasonKind.BLOCK_TOO_LARGE, words, (graph.ids[block],))


def _ground_cut_off(graph: BlockGraph, weights: Floats, target: float, tolerance: float) -> Iterator[Reason]:
    """Pieces of ground that no whole number of grids fits."""
    pieces = graph.components()
    if not pieces.any():
        return
    for piece in range(int(pieces.max()) + 1):
        members = np.flatnonzero(pieces == piece)
        share = float(weights[members].sum()) / target
        if abs(share / max(1, round(share)) - 1) > tolerance:
            words = f"{len(members)} blocks that nothing joins to the others are {share:.2f} grids; a bridge is needed."
            yield Reason(ReasonKind.CUT_OFF, words, _named(graph, members))


def _bottlenecks(graph: BlockGraph, weights: Floats, target: float, tolerance: float) -> Iterator[Reason]:
    """Ground behind one block that is too little for a grid, and too much together with that block."""
    total = np.bincount(graph.components(), weights=weights)[graph.components()]
    for block in np.flatnonzero(weights > 2 * tolerance * target).tolist():
        labels = np.zeros(graph.count, dtype=np.int64)
        labels[block] = 1
        pieces = graph.components(labels)
        beside = np.unique(pieces[_neighbours(graph, block)])
        loads = np.bincount(pieces, weights=weights)
        for piece in beside[beside != pieces[block]].tolist() if len(beside) > 1 else []:
            load = float(loads[piece])
            is_pocket = load < total[block] / 2 and load > 0
            if is_pocket and load < (1 - tolerance) * target and load + weights[block] > (1 + tolerance) * target:
                members = np.flatnonzero(pieces == piece)
                words = (
                    f"{len(members)} blocks with {load / target:.0%} of a grid are reached over the block "
                    f"{graph.ids[block]} only, and with it they are {(load + weights[block]) / target:.0%}."
                )
                yield Reason(ReasonKind.BOTTLENECK, words, (graph.ids[block], *_named(graph, members)))


def _neighbours(graph: BlockGraph, block: int) -> Ints:
    start, near, joined, _ = graph.rows
    row = slice(start[block], start[block + 1])
    return near[row][joined[row]]


def _named(graph: BlockGraph, blocks: Sequence[int] | Ints) -> tuple[str, ...]:
    return tuple(graph.ids[int(block)] for block in blocks[:_SHOWN])
