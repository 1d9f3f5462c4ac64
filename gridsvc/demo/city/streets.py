"""Which blocks are town, and which street each block lies in: rough places of real streets, borders along the roads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridsvc.demo.city.graph import DivisionFailed, Graph, components, join_fragments
from gridsvc.demo.city.layout import Layout, km_to_metres

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# An urban piece apart from the main one stays urban only if it has room for so many communities.
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
class _Cells:
    """The cells of some blocks: which each block is in, and their weights, centres and neighbours."""

    of: Ints
    mass: Floats
    centre_m: Floats
    graph: Graph


def urban_area(layout: Layout, graph: Graph, blocks: Blocks) -> Bools:
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


def streets_of(layout: Layout, graph: Graph, blocks: Blocks, urban: Bools, sizes: list[tuple[Floats, Floats]]) -> Ints:
    """The street of each block; `sizes` are the relative sizes of each street's communities and villages.

    Towns first, then villages beside their own town. Raises DivisionFailed if a street would be in two pieces.
    """
    street = np.full(graph.count, -1, dtype=np.int64)
    for district in range(len(layout.districts_m)):
        for kind, is_urban in enumerate((True, False)):
            nodes = np.flatnonzero((blocks.district == district) & (urban == is_urban))
            share = {
                s: float(sizes[s][kind].sum())
                for s, plan in enumerate(layout.streets)
                if plan.district == district and len(sizes[s][kind])
            }
            if len(nodes) and share:
                places = {s: _place(layout, graph, blocks, nodes, street == s, s) for s in share}
                street[nodes] = _divide_piecewise(graph, blocks, nodes, share, places, is_urban)
                _reach_towns(graph, blocks, street, nodes, list(share), urban)
    piece = components(graph, street)
    if (street < 0).any() or len(np.unique(piece)) > len(np.unique(street)):
        raise DivisionFailed
    return street


def _divide_piecewise(
    graph: Graph, blocks: Blocks, nodes: Ints, share: dict[int, float], places: dict[int, Floats], is_urban: bool
) -> Ints:
    """The street of each of these blocks; in each connected piece the streets whose places are nearest to it."""
    inner = graph.within(nodes)
    piece = components(inner, np.zeros(len(nodes), dtype=np.int64))
    street = np.full(len(nodes), -1, dtype=np.int64)
    home = {s: piece[np.argmin(np.hypot(*(blocks.centre_m[nodes] - places[s]).T))] for s in share}
    for first in np.unique(piece):
        here = [s for s in share if home[s] == first]
        if not here:
            raise DivisionFailed
        members = np.flatnonzero(piece == first)
        cells = _cells(inner.within(members), blocks, nodes[members], is_urban)
        wanted = np.array([share[s] for s in here])
        nearest = _nearest_with_capacity(cells, np.array([places[s] for s in here]), wanted / wanted.sum())
        whole = join_fragments(cells.graph, nearest, cells.mass.astype(np.int64))
        street[members] = np.array(here)[whole[cells.of]]
    return street


def _reach_towns(graph: Graph, blocks: Blocks, street: Ints, nodes: Ints, streets: list[int], urban: Bools) -> None:
    """A street whose villages came to lie apart from its town gets the cell beside the town that is nearest to them."""
    pairs = graph.pairs()
    inside = np.zeros(graph.count, dtype=bool)
    inside[nodes] = True
    for s in streets:
        town = (street == s) & urban
        mine = nodes[street[nodes] == s]
        beside = np.unique(pairs[town[pairs[:, 0]] & inside[pairs[:, 1]], 1])
        if urban[nodes[0]] or not town.any() or not len(beside) or (street[beside] == s).any():
            continue
        middle = blocks.centre_m[mine].mean(axis=0)
        nearest = beside[np.argmin(np.hypot(*(blocks.centre_m[beside] - middle).T))]
        gained = nodes[blocks.cell[nodes] == blocks.cell[nearest]]
        weight = np.ones(len(nodes), dtype=np.int64)
        street[gained] = s
        weight[np.isin(nodes, gained)] = graph.count
        street[nodes] = join_fragments(graph.within(nodes), street[nodes], weight)


def _cells(graph: Graph, blocks: Blocks, nodes: Ints, is_urban: bool) -> _Cells:
    of = np.unique(blocks.cell[nodes], return_inverse=True)[1].reshape(-1)
    weight = blocks.weight[nodes].astype(np.float64) if is_urban else np.ones(len(nodes))
    mass = np.bincount(of, weights=weight)
    x, y = (np.bincount(of, weights=blocks.centre_m[nodes, k] * weight) / mass for k in (0, 1))
    return _Cells(of, mass.astype(np.float64), np.column_stack([x, y]), graph.merged(of))


def _place(layout: Layout, graph: Graph, blocks: Blocks, nodes: Ints, town: Bools, street: int) -> Floats:
    """The street's place among these blocks; the fewer villages a street has, the nearer they lie to its town."""
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
    nearest = touching[np.argmin(np.hypot(*(blocks.centre_m[touching] - wanted).T))]
    cell = blocks.centre_m[nodes[blocks.cell[nodes] == blocks.cell[nearest]]].mean(axis=0)
    pull = 1 / np.sqrt(len(layout.streets[street].villages))
    return np.asarray(wanted + pull * (cell - wanted))


def _nearest_with_capacity(cells: _Cells, anchors: Floats, share: Floats) -> Ints:
    """Each cell's nearest anchor, distances shortened by an offset for each anchor so that all get their share.

    Distances, not their squares: then what an anchor gets lies around it, however small it is beside its neighbour.
    """
    distance = np.hypot(*(cells.centre_m[:, None, :] - anchors[None, :, :]).transpose(2, 0, 1))
    offset = np.zeros(len(anchors))
    wanted = share * cells.mass.sum()
    step = np.median(distance) * 0.25
    best, best_error = np.argmin(distance, axis=1), np.inf
    for round_ in range(BALANCE_ROUNDS):
        label = np.argmin(distance - offset, axis=1)
        got = np.bincount(label, weights=cells.mass, minlength=len(anchors))
        error = float(np.abs(got / wanted - 1).max())
        if error < best_error:
            best, best_error = label, error
        offset += step * 0.99**round_ * np.clip(np.log(wanted / np.maximum(got, wanted * 0.05)), -1, 1)
    return np.asarray(best, dtype=np.int64)
