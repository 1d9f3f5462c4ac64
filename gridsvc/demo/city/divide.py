"""Divides the blocks: urban area and villages first, then streets, communities and grids, each a connected part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.demo.city.fabric import ROAD_CLASSES, Fabric
from gridsvc.demo.city.graph import DivisionFailed, Graph, components, divide, join_fragments, make_graph
from gridsvc.demo.city.layout import Layout, km_to_metres

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# How much a road of this class binds the blocks along it, for each metre: borders follow the wide ones. Water is the
# other way round: it goes with its bank, and borders cross it.
BOND = {"bank": 1.5, "ring": 0.12, "radial": 0.12, "arterial": 0.15, "collector": 0.4, "local": 1.0}
BOND_IN_WATER = 0.05
LEAST_BLOCKS = 9
# Communities and villages differ in size by this factor to either side.
SIZE_SPREAD = 1.45
# An urban piece apart from the main one stays urban only with this share of a community.
SMALLEST_TOWN = 1.5
BALANCE_ROUNDS = 400


@dataclass(frozen=True)
class Blocks:
    """What the division needs of the blocks: centre, district, cell, weight, and whether the place is built up."""

    centre_m: Floats
    district: Ints
    cell: Ints
    weight: Ints
    is_built_up: Bools


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
    committee = np.full(graph.count, -1, dtype=np.int64)
    street = np.full(graph.count, -1, dtype=np.int64)
    urban = _urban_area(layout, graph, blocks)
    number = _numbers(layout)
    seed = int(rng.integers(1 << 30))
    for index in range(len(layout.districts_m)):
        for kind, is_urban in enumerate((True, False)):
            nodes = np.flatnonzero((blocks.district == index) & (urban == is_urban))
            wanted = {
                s: sizes[number[s][kind]]
                for s, plan in enumerate(layout.streets)
                if plan.district == index and len(number[s][kind])
            }
            if len(nodes) and wanted:
                anchors = {s: _anchor(layout, graph, blocks, nodes, street == s, s) for s in wanted}
                street[nodes] = _streets(graph, blocks, nodes, wanted, anchors, is_urban)
    for s in range(len(layout.streets)):
        for kind, is_urban in enumerate((True, False)):
            nodes = np.flatnonzero((street == s) & (urban == is_urban))
            if len(number[s][kind]):
                weight = blocks.weight[nodes] if is_urban else np.ones(len(nodes), dtype=np.int64)
                labels = divide(graph.within(nodes), weight, list(sizes[number[s][kind]]), seed=seed + s, least=4)
                committee[nodes] = number[s][kind][_west_to_east(labels, blocks.centre_m[nodes])[labels]]
    if (committee < 0).any() or (components(graph, street) != components(graph, street)[_first_of(street)]).any():
        raise DivisionFailed
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


def _first_of(labels: Ints) -> Ints:
    """For each node the lowest node with its label."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(first[inverse.reshape(-1)], dtype=np.int64)


def _urban_area(layout: Layout, graph: Graph, blocks: Blocks) -> Bools:
    """The cells that are built up for the greater part, in each district in few pieces and without holes."""
    per_community = layout.grids * layout.blocks_per_grid / layout.communities
    count = np.bincount(blocks.cell)
    built_up = np.bincount(blocks.cell, weights=blocks.is_built_up) > 0.5 * count
    urban: Bools = built_up[blocks.cell]
    for index in range(len(layout.districts_m)):
        nodes = np.flatnonzero(blocks.district == index)
        urban[nodes] = _without_crumbs(graph.within(nodes), urban[nodes], int(SMALLEST_TOWN * per_community))
    return urban


def _without_crumbs(graph: Graph, urban: Bools, smallest: int) -> Bools:
    """Small urban pieces become rural; then all rural pieces but the largest become urban."""
    urban = urban.copy()
    for value in (True, False):
        piece = components(graph, urban.astype(np.int64))
        size = np.bincount(piece, minlength=graph.count)
        rural_pieces = size[np.unique(piece[~urban])]
        limit = smallest if value else rural_pieces.max(initial=0)
        urban[(urban == value) & (size[piece] < limit)] = not value
    return urban


def _streets(
    graph: Graph, blocks: Blocks, nodes: Ints, wanted: dict[int, Floats], anchors: dict[int, Floats], is_urban: bool
) -> Ints:
    """The street of each of these blocks: cells go to the street whose anchor is nearest, capacities kept."""
    inner = graph.within(nodes)
    piece = components(inner, np.zeros(len(nodes), dtype=np.int64))
    out = np.full(len(nodes), -1, dtype=np.int64)
    home = {s: piece[np.argmin(np.hypot(*(blocks.centre_m[nodes] - anchors[s]).T))] for s in wanted}
    for first in np.unique(piece):
        streets = [s for s in wanted if home[s] == first]
        if not streets:
            raise DivisionFailed
        members = np.flatnonzero(piece == first)
        _, cell = np.unique(blocks.cell[nodes[members]], return_inverse=True)
        cell = cell.reshape(-1)
        weight = blocks.weight[nodes[members]] if is_urban else np.ones(len(members), dtype=np.int64)
        mass = np.bincount(cell, weights=weight)
        centre = np.column_stack(
            [np.bincount(cell, weights=blocks.centre_m[nodes[members], k] * weight) / mass for k in (0, 1)]
        )
        share = np.array([wanted[s].sum() for s in streets])
        label = _nearest_with_capacity(
            centre, mass.astype(np.float64), np.array([anchors[s] for s in streets]), share / share.sum()
        )
        cells = inner.within(members).merged(cell)
        label = join_fragments(cells, label, mass.astype(np.int64))
        out[members] = np.array(streets)[label[cell]]
    return out


def _anchor(layout: Layout, graph: Graph, blocks: Blocks, nodes: Ints, town: Bools, street: int) -> Floats:
    """The street's place among these blocks; villages of a street with a town lie where they touch the town."""
    anchor = layout.streets[street].anchor
    if not town.any():
        place = anchor.urban_km or anchor.rural_km
        assert place is not None
        return km_to_metres(place)
    assert anchor.rural_km is not None
    wanted = km_to_metres(anchor.rural_km)
    pairs = graph.pairs()
    touching = np.intersect1d(pairs[town[pairs[:, 0]], 1], nodes)
    if not len(touching):
        raise DivisionFailed
    centre = blocks.centre_m[touching]
    nearest = centre[np.argmin(np.hypot(*(centre - wanted).T))]
    pull = 1 / np.sqrt(len(layout.streets[street].villages))
    return np.asarray(wanted + pull * (nearest - wanted))


def _nearest_with_capacity(centre: Floats, mass: Floats, anchors: Floats, share: Floats) -> Ints:
    """Each cell's nearest anchor, distances shortened by an offset for each anchor so that all get their share.

    Distances, not their squares: then what an anchor gets lies around it, however small it is beside its neighbour.
    """
    distance = np.hypot(*(centre[:, None, :] - anchors[None, :, :]).transpose(2, 0, 1))
    offset = np.zeros(len(anchors))
    wanted = share * mass.sum()
    step = np.median(distance) * 0.25
    best, best_error = np.argmin(distance, axis=1), np.inf
    for round_ in range(BALANCE_ROUNDS):
        label = np.argmin(distance - offset, axis=1)
        got = np.bincount(label, weights=mass, minlength=len(anchors))
        error = float(np.abs(got / wanted - 1).max())
        if error < best_error:
            best, best_error = label, error
        offset += step * 0.99**round_ * np.clip(np.log(wanted / np.maximum(got, wanted * 0.05)), -1, 1)
    return np.asarray(best, dtype=np.int64)


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
            graph.within(nodes), blocks.weight[nodes], [1.0] * parts, seed=seed + community, least=LEAST_BLOCKS
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
