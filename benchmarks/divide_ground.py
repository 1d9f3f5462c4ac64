"""What divisions are measured on: the blocks of the demo city as graphs, community by community, without a database."""

import time
from dataclasses import dataclass

import numpy as np
import shapely

from benchmarks.frame import Options, say
from gridsvc.core.divide import Barrier, BlockGraph
from gridsvc.demo.city import City, generate

# What a metre of border counts along each class of road, as a planner might set it; elsewhere it counts 1.
COSTS = {"ring": 0.25, "radial": 0.25, "arterial": 0.3, "bank": 0.5, "collector": 0.6}


@dataclass(frozen=True)
class Ground:
    """The graphs of all communities, today's grid of each block, and the seconds that making the graphs took."""

    graphs: list[BlockGraph]
    present: list[dict[str, str]]
    grids: list[int]
    graphs_s: float


def make_ground(options: Options) -> Ground:
    """The communities of the demo city (synthetic) with so many grids each as they have."""
    say("making the demo city")
    city = generate(1, options.size)
    grids: dict[str, list[tuple[int, ...]]] = {}
    for grid in city.grids:
        grids.setdefault(grid.community_code, []).append(grid.blocks)
    began = time.perf_counter()
    roads = _roads(city)
    graphs = [_graph(city, [block for blocks in mine for block in blocks], roads) for mine in grids.values()]
    graphs_s = time.perf_counter() - began
    present = [
        {city.blocks[block].code: f"{number:03d}" for number, blocks in enumerate(mine) for block in blocks}
        for mine in grids.values()
    ]
    say(f"{len(graphs)} communities, {sum(graph.count for graph in graphs)} blocks, {len(city.grids)} grids")
    return Ground(graphs, present, [len(mine) for mine in grids.values()], graphs_s)


def _roads(city: City) -> dict[str, shapely.STRtree]:
    return {
        name: shapely.STRtree(shapely.get_parts([line.line_4326 for line in city.lines if line.road_class == name]))
        for name in COSTS
    }


def _graph(city: City, blocks: list[int], roads: dict[str, shapely.STRtree]) -> BlockGraph:
    mine = [city.blocks[number] for number in blocks]
    box = shapely.box(*shapely.total_bounds(np.array([block.polygon_4326 for block in mine], dtype=object)))
    near = {name: tree.geometries[tree.query(box)] for name, tree in roads.items()}
    barriers = [Barrier(list(lines), COSTS[name]) for name, lines in near.items() if len(lines)]
    return BlockGraph.of(
        {block.code: block.polygon_4326 for block in mine},
        {block.code: float(block.households) for block in mine},
        barriers=barriers,
    )
