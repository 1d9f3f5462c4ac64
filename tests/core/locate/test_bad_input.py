"""Bad polygons are refused by name, and odd but valid ones have a stated outcome."""

import numpy as np
import pytest
import shapely

from gridsvc.core.errors import InvalidGeometry, InvalidInput
from gridsvc.core.locate import GridIndex
from tests.core.locate.coverages import by_shapely

GOOD = shapely.box(117, 32, 118, 33)


@pytest.mark.parametrize(
    ("polygon", "reason"),
    [
        (shapely.Polygon(), "empty"),
        (shapely.MultiPolygon(), "empty"),
        (None, "not a geometry"),
        ("POLYGON ((0 0, 1 0, 1 1, 0 0))", "not a geometry"),
        (shapely.Point(1, 2), "not a polygon"),
        (shapely.LineString([(0, 0), (1, 1)]), "not a polygon"),
        (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "not valid"),
        (shapely.Polygon([(0, 0), (1, 1), (2, 2)]), "not valid"),
        (shapely.Polygon([(0, 0), (1, 0), (1, float("nan"))]), "finite"),
        (shapely.Polygon([(0, 0), (1, 0), (1, float("inf"))]), "finite"),
        (shapely.box(32, 117, 33, 118), "swapped"),
        (shapely.box(500000, 3600000, 500100, 3600100), "degrees"),
    ],
)
def test_a_polygon_that_cannot_be_used_is_named(polygon: object, reason: str) -> None:
    with pytest.raises(InvalidGeometry) as refused:
        GridIndex.build([GOOD, polygon, GOOD])  # type: ignore[list-item]
    assert [fault.place for fault in refused.value.faults] == ["feature 1"]
    assert reason in refused.value.faults[0].message


def test_points_that_are_nowhere_are_outside() -> None:
    index = GridIndex.build([GOOD])
    nan, inf = float("nan"), float("inf")
    x = [nan, 117.5, inf, -inf, 117.5, 1e308, -1e308, 32.5, 117.5]
    y = [32.5, nan, 32.5, 32.5, -inf, 32.5, 1e308, 117.5, 32.5]
    assert index.locate(x, y).tolist() == [-1] * 8 + [0]
    assert np.isnan(index.border_distance_m(x, y)).tolist() == [True] * 8 + [False]
    assert index.candidates(x, y, 10.0).offsets.tolist() == [0] * 9 + [1]


def test_an_index_of_nothing_finds_nothing() -> None:
    index = GridIndex.build([])
    assert len(index) == 0
    assert index.locate([1.0], [2.0]).tolist() == [-1]
    assert index.candidates([1.0], [2.0], 5).positions.tolist() == []
    assert GridIndex.build([GOOD]).locate([], []).shape == (0,)


def test_answers_have_the_shape_of_the_points() -> None:
    index = GridIndex.build([GOOD])
    assert index.locate(117.5, 32.5).shape == ()
    assert index.locate(np.full((2, 3), 117.5), np.full((2, 3), 32.5)).tolist() == [[0] * 3] * 2
    with pytest.raises(InvalidInput):
        index.locate([117.5], [32.5, 32.5])
    filled = np.empty((2, 1), dtype=np.int32)
    assert index.locate([[117.5], [0.0]], [[32.5], [0.0]], out=filled) is filled
    assert filled.tolist() == [[0], [-1]]
    with pytest.raises(InvalidInput):
        index.locate([117.5], [32.5], out=filled)


def test_of_equal_polygons_the_first_in_the_order_wins() -> None:
    assert GridIndex.build([GOOD] * 200).locate([117.5, 118.0], [32.5, 32.5]).tolist() == [0, 0]
    order = [f"{340300 + (k * 77) % 200}" for k in range(200)]
    first = order.index(min(order))
    assert GridIndex.build([GOOD] * 200, order=order).locate([117.5, 118.0], [32.5, 32.5]).tolist() == [first] * 2
    with pytest.raises(InvalidInput):
        GridIndex.build([GOOD, GOOD], order=["a", "a"])
    with pytest.raises(InvalidInput):
        GridIndex.build([GOOD, GOOD], order=["a"])


def test_polygons_that_meet_in_a_point_share_only_it() -> None:
    angle = np.linspace(0, 2 * np.pi, 301)
    rim = np.column_stack([117.5 + 0.1 * np.cos(angle), 32.5 + 0.1 * np.sin(angle)])
    slices = [shapely.Polygon([(117.5, 32.5), *rim[k : k + 2]]) for k in range(300)][::-1]
    polygons = np.array(slices, dtype=object)
    random = np.random.default_rng(5)
    x, y = random.normal(117.5, 0.01, 3000), random.normal(32.5, 0.01, 3000)
    x[0], y[0] = 117.5, 32.5
    np.testing.assert_array_equal(GridIndex.build(polygons).locate(x, y), by_shapely(polygons, x, y))


def test_a_hole_filled_by_another_polygon_belongs_to_that_one() -> None:
    inner = shapely.box(117.4, 32.4, 117.6, 32.6)
    index = GridIndex.build([shapely.Polygon(GOOD.exterior, [inner.exterior]), inner])
    assert index.locate([117.1, 117.5, 117.4], [32.5, 32.5, 32.5]).tolist() == [0, 1, 0]


def test_a_sliver_as_thin_as_numbers_allow_holds_its_points() -> None:
    top = float(np.nextafter(32.5, 33))
    sliver = shapely.Polygon([(117.0, 32.5), (118.0, 32.5), (118.0, top)])
    polygons = np.array([sliver], dtype=object)
    x = np.random.default_rng(2).uniform(116.9, 118.1, 2000)
    x[:2] = 118.0
    y = np.where(np.arange(2000) % 2, 32.5, top)
    np.testing.assert_array_equal(GridIndex.build(polygons).locate(x, y), by_shapely(polygons, x, y))


@pytest.mark.parametrize("vertices", [50_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_a_ring_of_very_many_vertices_is_indexed(vertices: int) -> None:
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    reach = 0.1 * (1 + 0.05 * np.sin(997 * angle))
    polygons = np.array([shapely.Polygon(np.column_stack([117 + reach * np.cos(angle), 32 + reach * np.sin(angle)]))])
    random = np.random.default_rng(3)
    x, y = random.uniform(116.88, 117.12, 5000), random.uniform(31.88, 32.12, 5000)
    index = GridIndex.build(polygons)
    shapely.prepare(polygons)
    np.testing.assert_array_equal(index.locate(x, y) == 0, shapely.intersects_xy(polygons[0], x, y))
    assert index.nbytes < 600 * vertices + 4e6
