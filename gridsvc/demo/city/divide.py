"""Divides the blocks: streets into communities and villages, communities into grids, each a connected part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.demo.city.fabric import ROAD_CLASSES, Fabric
from gridsvc.demo.city.graph import DivisionFailed, Graph, divide, make_graph
from gridsvc.demo.city.layout import Layout
from gridsvc.demo.city.streets import Blocks, streets_of, urban_area

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# How much a road of this class binds the blocks along it, for each metre: borders follow the wide ones. Water is the
# other way round: it goes with its bank, and borders cross it.
BOND = {"bank": 1.5, "ring": 0.12, "radial": 0.12, "arterial": 0.15, "collector": 0.4, "local": 1.0}
BOND_IN_WATER = 0.05
LEAST_BLOCKS = 9
# Thousandths a grid may be too heavy: a grid of ten blocks must be able to trade one for a straighter border.
GRID_IMBALANCE = 120
# Communities and villages differ in size by this factor to either side.
SIZE_SPREAD = 1.45
LEAST_OF_VILLAGE = 4


@dataclass(frozen=True)
class Division:
    """Block by block: the committee (index into the layout's list of all) and the grid (-1 in villages)."""

    committee: Ints
    grid: Ints


def bonds(fabric: Fabric, is_water: Bools) -> Graph:
    """The graph of blocks that share an edge."""
    inner = fabric.sides[:, 1] >= 0
    factor = np.array([BOND.get(name, 0.05) for name in ROAD_CLASSES])[fabric.classes[inner]]
    sides = fabric.sides[inner]
    factor = np.where(is_water[sides].all(axis=1), BOND_IN_WATER, factor)
    bond = np.maximum(1, np.round(fabric.lengths_m[inner] * factor)).astype(np.int64)
    return make_graph(fabric.count, np.vstack([sides, sides[:, ::-1]]), np.concatenate([bond, bond]))


def divide_city(
    layout: Layout, graph: Graph, blocks: Blocks, rng: np.random.Generator, progress: Callable[[int, int], None]
) -> Division:
    """Committees and grids for all blocks. Raises DivisionFailed if a street would fall apart."""
    sizes = np.exp(rng.uniform(-1, 1, layout.communities + layout.villages) * np.log(SIZE_SPREAD))
    numbers = _numbers(layout)
    seed = int(rng.integers(1 << 30))
    urban = urban_area(layout, graph, blocks)
    street = streets_of(layout, graph, blocks, urban, [(sizes[mine], sizes[theirs]) for mine, theirs in numbers])
    committee = np.full(graph.count, -1, dtype=np.int64)
    for s in range(len(layout.streets)):
        for kind, is_urban in enumerate((True, False)):
            nodes = np.flatnonzero((street == s) & (urban == is_urban))
            mine = numbers[s][kind]
            if len(mine):
                weight = blocks.weight[nodes] if is_urban else np.ones(len(nodes), dtype=np.int64)
                labels = divide(graph.within(nodes), weight, list(sizes[mine]), seed=seed + s, least=LEAST_OF_VILLAGE)
                committee[nodes] = mine[_west_to_east(labels, blocks.centre_m[nodes])[labels]]
    return Division(committee, _grids(layout, graph, blocks, committee, seed, progress))


def _numbers(layout: Layout) -> list[tuple[Ints, Ints]]:
    """The committees' numbers by street: communities of all streets first, villages after them."""
    found, community, village = [], 0, layout.communities
    for street in layout.streets:
        mine = np.arange(community, community + len(street.communities))
        theirs = np.arange(village, village + len(street.villages))
        community, village = community + len(mine), village + len(theirs)
        found.append((mine, theirs))
    return found


def _west_to_east(labels: Ints, centre: Floats) -> Ints:
    """The rank of each part from west to east, north before south."""
    parts = int(labels.max()) + 1
    count = np.bincount(labels, minlength=parts)
    x = np.bincount(labels, weights=centre[:, 0], minlength=parts) / count
    y = np.bincount(labels, weights=centre[:, 1], minlength=parts) / count
    rank = np.empty(parts, dtype=np.int64)
    rank[np.lexsort((-y, x))] = np.arange(parts)
    return rank


def _grids(
    layout: Layout, graph: Graph, blocks: Blocks, committee: Ints, seed: int, progress: Callable[[int, int], None]
) -> Ints:
    """The grids of all communities, as many in each as its weight asks for; numbered community by community."""
    urban = committee < layout.communities
    weight = np.bincount(
        committee[urban], weights=blocks.weight[urban].astype(np.float64), minlength=layout.communities
    )
    count = np.bincount(committee[urban], minlength=layout.communities)
    number = shares_of(layout.grids, weight.astype(np.float64), count // (LEAST_BLOCKS + 1))
    grid = np.full(graph.count, -1, dtype=np.int64)
    first = 0
    for community in range(layout.communities):
        nodes = np.flatnonzero(committee == community)
        parts = int(number[community])
        labels = divide(
            graph.within(nodes),
            blocks.weight[nodes],
            [1.0] * parts,
            seed=seed + community,
            least=LEAST_BLOCKS,
            imbalance=GRID_IMBALANCE,
        )
        grid[nodes] = first + _west_to_east(labels, blocks.centre_m[nodes])[labels]
        first += parts
        progress(community + 1, layout.communities)
    return grid


def shares_of(total: int, weight: Floats, most: Sequence[int] | Ints) -> Ints:
    """Whole numbers in proportion to the weights, largest remainders first, none above `most`; they sum to `total`."""
    limit = np.asarray(most, dtype=np.int64)
    if limit.sum() < total:
        raise DivisionFailed
    exact = weight * (total / weight.sum())
    number = np.minimum(np.maximum(np.floor(exact).astype(np.int64), 1), limit)
    while number.sum() < total:
        number[np.argmax(np.where(number < limit, exact - number, -np.inf))] += 1
    while number.sum() > total:
        number[np.argmax(np.where(number > 1, number - exact, -np.inf))] -= 1
    return np.asarray(number, dtype=np.int64)


def block_centres(polygons: NDArray[np.object_]) -> Floats:
    """A point in the middle of each block."""
    return np.asarray(shapely.get_coordinates(shapely.centroid(polygons)), dtype=np.float64)
