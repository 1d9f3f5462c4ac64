"""Places drawn from blocks lie inside them, also after rounding, and are spread evenly."""

import numpy as np
import shapely

from gridsvc.core.datum import to_grid
from gridsvc.demo.city import City
from gridsvc.demo.city.sampling import BlockSampler


def test_every_place_lies_inside_its_block(small_city: City) -> None:
    index = np.repeat(np.arange(len(small_city.blocks)), 20)
    x, y = small_city.sample_points_in_blocks(np.random.default_rng(1), index)
    polygons = np.array([block.polygon_4326 for block in small_city.blocks], dtype=object)[index]
    assert shapely.contains_xy(polygons, x, y).all()
    assert np.array_equal(x, to_grid(x))


def test_places_fill_a_bent_block_evenly() -> None:
    bent = shapely.Polygon([(0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4)])
    sampler = BlockSampler(np.array([shapely.box(9, 9, 10, 10), bent], dtype=object))
    x, y = sampler.sample(np.random.default_rng(2), np.ones(20_000, dtype=np.int64))
    assert shapely.contains_xy(bent, x, y).all()
    assert abs(np.mean(x > 1) - 3 / 7) < 0.02
    assert abs(np.mean(y > 1) - 3 / 7) < 0.02


def test_the_same_numbers_draw_the_same_places(small_city: City) -> None:
    index = np.arange(len(small_city.blocks))
    first = small_city.sample_points_in_blocks(np.random.default_rng(7), index)
    second = small_city.sample_points_in_blocks(np.random.default_rng(7), index)
    assert np.array_equal(first, second)
