"""A point gets the polygon that exact arithmetic gives it: on any coverage, and on borders and corners too."""

import numpy as np
import pytest

from gridsvc.core.locate import GridIndex
from tests.core.locate.coverages import KINDS, by_shapely, points_for


@pytest.mark.parametrize("kind", KINDS)
def test_every_point_gets_the_polygon_that_shapely_gives_it(kind: str) -> None:
    for seed in range(40):
        random = np.random.default_rng([seed, len(kind)])
        polygons = KINDS[kind](random)
        x, y = points_for(random, polygons, 800)
        found = GridIndex.build(polygons).locate(x, y)
        expected = by_shapely(polygons, x, y)
        wrong = np.flatnonzero(found != expected)
        assert not len(wrong), (seed, x[wrong[0]].hex(), y[wrong[0]].hex(), found[wrong[0]], expected[wrong[0]])
