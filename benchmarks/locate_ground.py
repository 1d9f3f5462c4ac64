"""What locating is measured on: the grids of the demo city, many more made from them, and points where people live."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.frame import Options, say
from gridsvc.core.densify import densify, densify_along
from gridsvc.demo.city import generate

Floats: TypeAlias = NDArray[np.float64]
Geometries: TypeAlias = NDArray[np.object_]

MANY = 100_000
_BORDERS = 1.36  # lattice squares on a border become several grids


@dataclass(frozen=True)
class Ground:
    """Grids as the importer stores them, smaller ones cut from them, and points (columns x, y)."""

    grids: Geometries
    many: Geometries
    clustered: Floats
    uniform: Floats


def make_ground(options: Options, count: int) -> Ground:
    """The ground of the demo city (synthetic) with so many points of each kind."""
    say("making the demo city")
    city = generate(1, options.size)
    level = max(area.level for area in city.areas)
    communities = [area.polygon_4326 for area in city.areas if area.level == level and area.polygon_4326 is not None]
    drawn = np.array([grid.polygon_4326 for grid in city.grids], dtype=object)
    grids = densify_along(drawn, densify(np.array(communities, dtype=object)))
    blocks = sorted({number for grid in city.grids for number in grid.blocks})
    homes = shapely.bounds(np.array([city.blocks[number].polygon_4326 for number in blocks], dtype=object))
    households = np.array([city.blocks[number].households for number in blocks], dtype=np.float64)
    random = np.random.default_rng(4)
    chosen = homes[random.choice(len(homes), count, p=households / households.sum())]
    box = shapely.total_bounds(grids)
    many = cut(grids, MANY if not options.quick else MANY // 20)
    say(f"{len(grids)} grids of {_vertices(grids):.0f} vertices, {len(many)} of {_vertices(many):.0f}")
    return Ground(
        grids,
        many,
        random.uniform(chosen[:, :2], chosen[:, 2:]),
        random.uniform(box[:2], box[2:], (count, 2)),
    )


def cut(grids: Geometries, count: int) -> Geometries:
    """About so many grids, cut from some by lines of a lattice, without crumbs that are not valid polygons."""
    area = shapely.area(grids).sum() / count * _BORDERS
    parts = []
    for grid in grids:
        west, south, east, north = shapely.bounds(grid)
        across, up = max(1, round((east - west) / area**0.5)), max(1, round((north - south) / area**0.5))
        x, y = np.linspace(west, east, across + 1), np.linspace(south, north, up + 1)
        column, row = (index.ravel() for index in np.meshgrid(np.arange(across), np.arange(up)))
        pieces = shapely.intersection(grid, shapely.box(x[column], y[row], x[column + 1], y[row + 1]))
        parts.append(shapely.get_parts(pieces))
    pieces = np.concatenate(parts)
    is_polygon = shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON
    return np.asarray(pieces[is_polygon & shapely.is_valid(pieces) & ~shapely.is_empty(pieces)], dtype=object)


def sorted_in_space(points: Floats, cells_per_degree: float = 8000.0) -> Floats:
    """The points row by row of a lattice of about ten metres."""
    places = np.floor(points * cells_per_degree)
    return np.ascontiguousarray(points[np.lexsort((places[:, 0], places[:, 1]))])


def _vertices(grids: Geometries) -> float:
    return float(shapely.get_num_coordinates(grids).mean())
