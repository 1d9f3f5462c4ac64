"""Proposals of a balanced division for a community of a draft: the program draws, the planner decides."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from sqlalchemy.orm import Session

from gridsvc.core.divide import Barrier, BlockGraph, Division, Wishes, divide
from gridsvc.geography.shapes import as_multi, as_shapes, from_wkb
from gridsvc.infra.settings import get_settings
from gridsvc.plans.blocks import Blocks
from gridsvc.plans.dividing import divided
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.queries import checking

# A metre of border along a road or river counts as a part of a metre elsewhere.
ROAD_COST, CLOSED_COST = 0.4, 0.2

Weighing = Literal["households", "workload"]


@dataclass(frozen=True)
class Proposal:
    """A division by blocks, the drawing it makes, and what is to be said of it."""

    division: Division
    groups: tuple[tuple[str, ...], ...]
    drawing: Drawing


def propose(session: Session, drawn: Drawing, ground: Blocks, wishes: Wishes, weighing: Weighing) -> Proposal:
    """A division of the community of a drawing into connected grids of whole blocks; the same for the same seed.

    Dedicated grids keep their blocks and count among the grids wished for. Changes are reckoned against the drawing.
    Raises CannotDivide, and NotAPartition where blocks do not tile the community.
    """
    present = _present(drawn, ground)
    kept = {block: grid for block, grid in present.items() if drawn.notes[grid].kind == "dedicated"}
    open_ground = {block: shape for block, shape in ground.polygons.items() if block not in kept}
    weights = {block: weight for block, weight in _weights(ground, weighing).items() if block in open_ground}
    graph = BlockGraph.of(open_ground, weights, barriers=_barriers(session, drawn))
    if wishes.grids is not None:
        wishes = replace(wishes, grids=max(1, wishes.grids - len(set(kept.values()))))
    division = divide(graph, wishes, {block: grid for block, grid in present.items() if block in open_ground})
    by_grid: dict[str, list[str]] = defaultdict(list)
    for block, grid in (*division.grid_of.items(), *kept.items()):
        by_grid[grid].append(block)
    groups = tuple(tuple(sorted(by_grid[grid])) for grid in sorted(by_grid))
    return Proposal(division, groups, divided(drawn, groups, ground.polygons))


def _weights(ground: Blocks, weighing: Weighing) -> Mapping[str, float]:
    given = {"households": 1.0} if weighing == "households" else get_settings().workload_weights
    each = np.array([given.get(kind, 0.0) for kind in ground.kinds])
    return dict(zip(ground.codes, (ground.counts @ each).tolist(), strict=True))


def _barriers(session: Session, drawn: Drawing) -> Sequence[Barrier]:
    found = []
    for kinds, cost, is_closed in ((checking.CLOSED, CLOSED_COST, True), (checking.ROADS, ROAD_COST, False)):
        rows = checking.lines_near(session, [drawn.community_code], kinds)
        if rows:
            found.append(Barrier(from_wkb([row.wkb for row in rows]).tolist(), cost, is_closed))
    return found


def _present(drawn: Drawing, ground: Blocks) -> Mapping[str, str]:
    """The grid of each block as it is drawn now: the one that has most of it."""
    keys = list(drawn.partition.keys)
    portions = ground.portions_in(as_multi(as_shapes(list(drawn.partition.polygons().values()))))
    order = np.argsort(portions.share, kind="stable")
    return {
        ground.codes[block]: keys[piece]
        for block, piece in zip(portions.block[order].tolist(), portions.piece[order].tolist(), strict=True)
    }
