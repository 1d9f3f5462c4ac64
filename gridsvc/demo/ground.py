"""The ground of a city as the simulators of its life see it: blocks, grids and communities, and points in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Polygons: TypeAlias = NDArray[np.object_]

NOWHERE = -1
# A point not found by then (a thin block) is put where the block certainly is.
SCATTER_ROUNDS = 24


@dataclass(frozen=True)
class Ground:
    """Blocks, grids and communities as parallel columns; polygons are degrees (WGS 84), links are row numbers.

    `block_grid` is NOWHERE for blocks outside every grid. The centre is where most people live.
    """

    block_codes: Sequence[str]
    block_polygons: Polygons
    block_community: Ints
    block_grid: Ints
    doors: Ints
    population: Ints
    community_codes: Sequence[str]
    community_names: Sequence[str]
    grid_polygons: Polygons
    grid_community: Ints
    outline: shapely.Geometry

    @property
    def centre(self) -> tuple[float, float]:
        """The mean place of the people, in degrees."""
        points = shapely.get_coordinates(shapely.centroid(self.block_polygons))
        x, y = np.average(points, axis=0, weights=self.population + 1e-9)
        return float(x), float(y)

    def grid_doors(self) -> Ints:
        """Doors by grid."""
        inside = self.block_grid != NOWHERE
        weights = self.doors[inside]
        return np.bincount(self.block_grid[inside], weights, len(self.grid_polygons)).astype(np.int64)

    def grid_points(self) -> Floats:
        """A point inside each grid, in degrees."""
        return np.asarray(shapely.get_coordinates(shapely.point_on_surface(self.grid_polygons)))


def scatter(polygons: Polygons, chosen: Ints, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """A random point inside `polygons[i]` for each i of `chosen`: x and y."""
    shapely.prepare(polygons)
    west, south, east, north = shapely.bounds(polygons)[chosen].T
    x, y = np.empty(len(chosen)), np.empty(len(chosen))
    left = np.arange(len(chosen))
    for _ in range(SCATTER_ROUNDS):
        x[left] = rng.uniform(west[left], east[left])
        y[left] = rng.uniform(south[left], north[left])
        left = left[~shapely.contains_xy(polygons[chosen[left]], x[left], y[left])]
        if not len(left):
            return x, y
    sure = shapely.get_coordinates(shapely.point_on_surface(polygons[chosen[left]]))
    x[left], y[left] = sure.T
    return x, y


def metres_to_degrees(metres: Floats, latitude: float) -> tuple[Floats, Floats]:
    """Eastward and northward steps in metres as steps in degrees near a latitude."""
    north = metres / 111_132.0
    return north / np.cos(np.radians(latitude)), north
