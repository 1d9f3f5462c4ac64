"""Two smooth fields over the city on a raster: how many blocks stand on a hectare, and which way the streets run."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gridsvc.demo.city.backbone import Backbone
from gridsvc.demo.city.layout import CORE_KM, Layout, km_to_metres

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CELL_M = 100.0
WATER_BLOCKS_PER_KM2 = 13.0
# The share of a village's blocks that stand in its hamlets; the rest is fields.
HAMLET_SHARE = 0.4
HAMLET_SIGMA_M = 260.0
# The town as a whole: radii of its hill, and its height beside the streets' own (communities per square sigma).
TOWN_RADIUS_M = (5200.0, 3900.0)
TOWN_WEIGHT = 3.0e-6
# No more than this share of a district is built up.
MOST_BUILT_UP = 0.72
FALL_BEYOND_EDGE = 4.0


@dataclass(frozen=True)
class Fields:
    """Rasters of CELL_M over the region; `blocks` a cell, whether it is built up, `turn` is exp(4i·direction)."""

    west: float
    south: float
    blocks: Floats
    built_up: NDArray[np.bool_]
    turn: NDArray[np.complex128]

    def at(self, raster: NDArray[np.generic], points: Floats) -> NDArray[np.generic]:
        """The raster's values in the cells of the points."""
        rows, columns = raster.shape
        column = np.clip(((points[:, 0] - self.west) / CELL_M).astype(np.int64), 0, columns - 1)
        row = np.clip(((points[:, 1] - self.south) / CELL_M).astype(np.int64), 0, rows - 1)
        return raster[row, column]

    def direction(self, points: Floats) -> Floats:
        """The direction of streets at the points, in radians, known up to quarter turns."""
        return np.angle(np.asarray(self.at(self.turn, points), dtype=np.complex128)) / 4.0

    def sample(self, rng: np.random.Generator, count: int) -> Floats:
        """Points spread like the blocks: as many in each cell as its share says, rounded at random."""
        expected = self.blocks.ravel() * (count / self.blocks.sum())
        whole = np.floor(expected + rng.random(expected.size)).astype(np.int64)
        cell = np.repeat(np.arange(expected.size), whole)
        row, column = np.divmod(cell, self.blocks.shape[1])
        jitter = rng.random((cell.size, 2))
        return np.column_stack(
            [self.west + (column + jitter[:, 0]) * CELL_M, self.south + (row + jitter[:, 1]) * CELL_M]
        )


def make_fields(layout: Layout, backbone: Backbone, rng: np.random.Generator) -> Fields:
    """The fields of a layout; totals are the layout's numbers of urban and rural blocks, district by district."""
    west, south, east, north = shapely.total_bounds(np.array(layout.districts_m))
    x = np.arange(west + CELL_M / 2, east, CELL_M)
    y = np.arange(south + CELL_M / 2, north, CELL_M)
    grid_x, grid_y = np.meshgrid(x, y)
    urban, blocks = np.zeros(grid_x.shape), np.zeros(grid_x.shape)
    for index, district in enumerate(layout.districts_m):
        inside = _inside(district, grid_x, grid_y)
        urban += _urban(layout, index, grid_x, grid_y) * inside
        blocks += _rural(layout, index, inside, grid_x, grid_y, rng)
    urban, built_up = _scaled(layout, urban, grid_x, grid_y)
    blocks += urban
    for water in backbone.waters_m.values():
        blocks[_inside(water, grid_x, grid_y) & (blocks > 0)] = WATER_BLOCKS_PER_KM2 * CELL_M**2 / 1e6
    return Fields(west, south, blocks, built_up, _turn(backbone, grid_x, grid_y, rng))


def _inside(polygon: shapely.Geometry, x: Floats, y: Floats) -> NDArray[np.bool_]:
    shapely.prepare(polygon)
    inside: NDArray[np.bool_] = shapely.contains_xy(polygon, x, y)
    return inside


def _urban(layout: Layout, district: int, x: Floats, y: Floats) -> Floats:
    """Urban blocks per cell, one round hill for each street; the streets' numbers of communities are the volumes.

    A wide hill over the core is laid over them, so that the town does not fall apart into one hill a street.
    """
    total = np.zeros(x.shape)
    core_x, core_y = km_to_metres(CORE_KM)
    town = np.exp(-(((x - core_x) / TOWN_RADIUS_M[0]) ** 2 + ((y - core_y) / TOWN_RADIUS_M[1]) ** 2) / 2)
    for street in layout.streets:
        if street.district != district or street.anchor.urban_km is None or not street.communities:
            continue
        count = len(street.communities)
        sigma = np.sqrt(count * street.anchor.hectares * 1e4 / np.pi) / 1.5
        centre_x, centre_y = km_to_metres(street.anchor.urban_km)
        distance2 = (x - centre_x) ** 2 + (y - centre_y) ** 2
        total += count / sigma**2 * np.exp(-distance2 / (2 * sigma**2))
    return np.asarray(total + TOWN_WEIGHT * town)


def _scaled(layout: Layout, urban: Floats, x: Floats, y: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Each district's hills cut down to the built-up area of its communities, holding the blocks its grids need."""
    per_community = layout.grids * layout.blocks_per_grid / layout.communities
    out, built_up = np.zeros_like(urban), np.zeros(urban.shape, dtype=bool)
    for index, district in enumerate(layout.districts_m):
        mine = [s for s in layout.streets if s.district == index]
        wanted = per_community * sum(len(s.communities) for s in mine)
        area_m2 = min(sum(len(s.communities) * s.anchor.hectares for s in mine) * 1e4, MOST_BUILT_UP * district.area)
        inside = _inside(district, x, y)
        hill = urban[inside]
        edge = np.sort(hill)[::-1][min(int(area_m2 / CELL_M**2), hill.size - 1)]
        # Beyond the edge of the town the hill falls off at once: fields begin there.
        hill = np.where(hill < edge, hill * (hill / edge) ** FALL_BEYOND_EDGE, hill)
        out[inside] = hill * (wanted / hill[hill >= edge].sum())
        built_up[inside] = hill >= edge
    return out, built_up


def _rural(
    layout: Layout, district: int, inside: NDArray[np.bool_], x: Floats, y: Floats, rng: np.random.Generator
) -> Floats:
    """Rural blocks per cell: wide fields everywhere and two hamlets to a village."""
    villages = sum(len(s.villages) for s in layout.streets if s.district == district)
    wanted = villages * layout.blocks_per_village
    fields = inside * (wanted * (1 - HAMLET_SHARE) / inside.sum())
    rows, columns = np.nonzero(inside)
    chosen = rng.choice(rows.size, size=max(2 * villages, 1), replace=False)
    hamlets = np.zeros(x.shape)
    reach = int(3 * HAMLET_SIGMA_M / CELL_M)
    for row, column in zip(rows[chosen], columns[chosen], strict=True):
        part = np.s_[max(row - reach, 0) : row + reach + 1, max(column - reach, 0) : column + reach + 1]
        distance2 = (x[part] - x[row, column]) ** 2 + (y[part] - y[row, column]) ** 2
        hamlets[part] += np.exp(-distance2 / (2 * HAMLET_SIGMA_M**2))
    hamlets *= inside
    return np.asarray(fields + hamlets * (wanted * HAMLET_SHARE / max(hamlets.sum(), 1e-9)))


def _turn(backbone: Backbone, x: Floats, y: Floats, rng: np.random.Generator) -> NDArray[np.complex128]:
    """Streets follow the river near it, run to and around the core further out, and wander a little."""
    core_x, core_y = km_to_metres(CORE_KM)
    from_core = np.hypot(x - core_x, y - core_y)
    radial = np.exp(4j * np.arctan2(y - core_y, x - core_x))
    plain = np.exp(4j * np.radians(-4.0))
    outside = np.clip((from_core - 1500) / 3500, 0, 1) * np.exp(-np.clip(from_core - 9000, 0, None) / 9000)
    turn = plain * np.clip(1.2 - from_core / 4000, 0.15, 1) + radial * outside
    distance, direction = _along(backbone.river_line_m, x, y)
    turn = turn + np.exp(4j * direction) * (2.5 * np.exp(-distance / 900))
    wander = sum(
        np.cos(x * np.cos(a) / length + y * np.sin(a) / length + p)
        for a, p, length in zip(
            rng.uniform(0, 2 * np.pi, 5), rng.uniform(0, 2 * np.pi, 5), rng.uniform(900, 2600, 5), strict=True
        )
    )
    turned: NDArray[np.complex128] = turn * np.exp(4j * np.radians(4.5) * wander)
    return turned


def _along(line: shapely.LineString, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Distance to a line and its smoothed direction at the nearest place, on a raster four times as coarse."""
    step = 4
    points = shapely.points(x[::step, ::step], y[::step, ::step])
    along = shapely.line_locate_point(line, points)
    before = shapely.line_interpolate_point(line, np.maximum(along - 700, 0))
    after = shapely.line_interpolate_point(line, np.minimum(along + 700, line.length))
    direction = np.arctan2(shapely.get_y(after) - shapely.get_y(before), shapely.get_x(after) - shapely.get_x(before))
    distance = shapely.distance(line, points)

    def fine(coarse: Floats) -> Floats:
        return np.repeat(np.repeat(coarse, step, axis=0), step, axis=1)[: x.shape[0], : x.shape[1]]

    return fine(np.asarray(distance)), fine(direction)
