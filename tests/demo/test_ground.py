"""Points scattered in blocks lie inside them."""

import numpy as np
import shapely

from gridsvc.demo.ground import NOWHERE, Ground, metres_to_degrees, scatter


def test_a_scattered_point_lies_inside_its_polygon(ground: Ground) -> None:
    chosen = np.arange(len(ground.block_codes)).repeat(3)
    x, y = scatter(ground.block_polygons, chosen, np.random.default_rng(5))
    assert shapely.intersects_xy(ground.block_polygons[chosen], x, y).all()


def test_every_block_of_a_grid_lies_inside_it(ground: Ground) -> None:
    inside = np.flatnonzero(ground.block_grid != NOWHERE)
    middles = shapely.point_on_surface(ground.block_polygons[inside])
    assert shapely.contains(ground.grid_polygons[ground.block_grid[inside]], middles).all()


def test_the_doors_of_grids_are_those_of_their_blocks(ground: Ground) -> None:
    assert ground.grid_doors().sum() == ground.doors[ground.block_grid != NOWHERE].sum()


def test_a_step_of_a_minute_of_latitude_is_a_nautical_mile() -> None:
    _, north = metres_to_degrees(np.array([1852.0]), 33.0)
    assert abs(north[0] * 60 - 1) < 0.001
