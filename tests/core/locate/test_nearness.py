"""Distances to borders against geodesics, and candidates against trying every polygon."""

import numpy as np
import pytest
import shapely
from pyproj import Geod

from gridsvc.core.errors import InvalidInput
from gridsvc.core.locate import GridIndex
from tests.core.locate.coverages import KINDS, points_for

GEOD = Geod(ellps="WGS84")


def test_the_distance_to_a_meridian_and_a_parallel_is_that_of_the_ellipsoid() -> None:
    index = GridIndex.build([shapely.box(117, 32, 118, 33)])
    x, y = np.array([117.001, 117.5, 117.9]), np.array([32.5, 32.004, 32.95])
    truth = [
        GEOD.inv(117.001, 32.5, 117, 32.5)[2],
        GEOD.inv(117.5, 32.004, 117.5, 32)[2],
        GEOD.inv(117.9, 32.95, 117.9, 33)[2],
    ]
    np.testing.assert_allclose(index.border_distance_m(x, y), truth, rtol=1e-3)


@pytest.mark.parametrize("kind", ["mosaic", "picture", "crowd"])
def test_distances_are_those_of_a_plane_at_the_point(kind: str) -> None:
    for seed in range(4):
        random = np.random.default_rng([seed, 11])
        polygons = KINDS[kind](random)
        index = GridIndex.build(polygons)
        x, y = points_for(random, polygons, 20)
        positions = index.locate(x, y)
        metres = index.border_distance_m(x, y)
        assert (np.isnan(metres) == (positions < 0)).all()
        for k in np.flatnonzero(positions >= 0).tolist():
            expected = _plane_distance(polygons[positions[k]].boundary, x[k], y[k])
            assert metres[k] == pytest.approx(expected, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("kind", KINDS)
def test_candidates_are_all_polygons_within_the_band(kind: str) -> None:
    for seed in range(4):
        random = np.random.default_rng([seed, 13])
        polygons = KINDS[kind](random)
        x, y = points_for(random, polygons, 8)
        band = float(random.choice([0.0, 10.0, 500.0]))
        found = GridIndex.build(polygons).candidates(x, y, band)
        for k in range(len(x)):
            mine = found.positions[found.offsets[k] : found.offsets[k + 1]].tolist()
            assert mine == sorted(set(mine))
            distance = np.array([_plane_distance(polygon, x[k], y[k]) for polygon in polygons])
            assert set(np.flatnonzero(distance < band - 0.01)) | set(np.flatnonzero(distance == 0)) <= set(mine)
            assert set(mine) <= set(np.flatnonzero(distance <= band + 0.01))


def test_candidates_come_by_order() -> None:
    index = GridIndex.build([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], order=["z", "a"])
    assert index.candidates([1.0, 0.5], [0.5, 0.5], 1.0).positions.tolist() == [1, 0, 0]
    with pytest.raises(InvalidInput):
        index.candidates([1.0], [0.5], -1.0)


def test_distances_to_other_polygons_can_be_asked_for() -> None:
    index = GridIndex.build([shapely.box(117, 32, 118, 33), shapely.box(118, 32, 119, 33)])
    metres = index.border_distance_m([117.99, 117.99], [32.5, 32.5], np.array([1, -1], dtype=np.int32))
    assert metres[0] == pytest.approx(GEOD.inv(117.99, 32.5, 118, 32.5)[2], rel=1e-3)
    assert np.isnan(metres[1])


def _plane_distance(shape: shapely.Geometry, x: float, y: float) -> float:
    """The distance in metres on the plane that touches the ellipsoid at the point."""
    east, north = GEOD.inv(x - 5e-4, y, x + 5e-4, y)[2] * 1e3, GEOD.inv(x, y - 5e-4, x, y + 5e-4)[2] * 1e3
    plane = shapely.transform(shape, lambda points: (points - [x, y]) * [east, north])
    return float(shapely.distance(plane, shapely.Point(0, 0)))
