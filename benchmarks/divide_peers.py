"""Other ways to divide a graph into balanced connected parts, each behind the same small interface.

Installed by requirements-bench.lock; the service needs none of them but METIS, which it only takes its seeds from.
"""

import random
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import pymetis
from numpy.typing import NDArray

from gridsvc.core.divide import BlockGraph

Labels: TypeAlias = NDArray[np.int64]
# Steps of the recombination chain, of which the best balanced division is taken.
RECOM_STEPS = 100
# Tolerances tried one after the other, for few blocks may have no cut within the first.
_EPSILONS = (0.1, 0.2, 0.4, 0.8)


def metis(graph: BlockGraph, parts: int) -> Labels:
    """METIS alone, contiguous, as it comes: parts may be empty or in pieces."""
    start, near, _, cost = graph.rows
    _, labels = pymetis.part_graph(
        parts,
        pymetis.CSRAdjacency(start.astype(np.int32), near.astype(np.int32)),
        vweights=graph.weights.astype(np.int32),
        eweights=np.maximum(1, np.rint(cost)).astype(np.int32),
        recursive=False,
        options=pymetis.Options(seed=1, contig=1),
    )
    return np.asarray(labels, dtype=np.int64)


def recom(graph: BlockGraph, parts: int) -> Labels:
    """GerryChain: a start by recursive tree cuts, then steps of recombination; the best balanced division met."""
    import networkx
    from gerrychain import Graph

    if parts == 1:
        return np.zeros(graph.count, dtype=np.int64)
    drawn = networkx.Graph()
    drawn.add_nodes_from((i, {"pop": int(weight)}) for i, weight in enumerate(graph.weights))
    drawn.add_edges_from(map(tuple, graph.pairs.tolist()))
    network = Graph.from_networkx(drawn)
    for epsilon in _EPSILONS:
        try:
            return _chain(network, graph, parts, epsilon)
        except Exception:  # noqa: S112  # it has no common class for not finding a cut
            continue
    return metis(graph, parts)


def _chain(network: Any, graph: BlockGraph, parts: int, epsilon: float) -> Labels:
    from gerrychain import MarkovChain, Partition, accept
    from gerrychain.partition import recursive_tree_part
    from gerrychain.proposals import recom as recombine
    from gerrychain.tree import bipartition_tree
    from gerrychain.updaters import Tally

    rng = random.Random(1)  # noqa: S311  # a seeded generator, not secrets
    target = float(graph.weights.sum()) / parts
    cut = partial(bipartition_tree, max_attempts=500, allow_pair_reselection=True)
    start = recursive_tree_part(
        network, range(parts), target, "pop", epsilon, bipartition_tree_fn=partial(bipartition_tree, max_attempts=500),
        rng=rng,
    )  # fmt: skip
    first = Partition(network, assignment=start, updaters={"pop": Tally("pop")})
    chain = MarkovChain(
        proposal_fn=partial(recombine, pop_col="pop", pop_target=target, epsilon=epsilon, bipartition_tree_fn=cut),
        constraints=[],
        acceptance_fn=accept.always_accept,
        initial_partition=first,
        total_steps=RECOM_STEPS,
        rng=rng,
    )
    best, best_off = dict(start), float("inf")
    for state in chain:
        off = max(abs(load - target) for load in state["pop"].values())
        if off < best_off:
            best = {node: state.assignment.mapping[node] for node in range(graph.count)}
            best_off = off
    return np.array([best[node] for node in range(graph.count)], dtype=np.int64)


PEERS: dict[str, Callable[[BlockGraph, int], Labels]] = {"metis": metis, "recom": recom}
