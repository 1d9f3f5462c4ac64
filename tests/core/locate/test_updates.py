"""An updated index answers like one built anew, and relocating names exactly the points whose polygon changed."""

import numpy as np
import pytest
import shapely
from shapely import affinity

from gridsvc.core.errors import InvalidGeometry, InvalidInput
from gridsvc.core.locate import GridIndex, relocate
from tests.core.locate.coverages import KINDS, Geometries, Random, by_shapely, points_for


def redrawn(random: Random, polygons: Geometries) -> dict[int, shapely.Polygon | None]:
    """Some polygons removed, shrunk, moved, or given a part of another."""
    changes: dict[int, shapely.Polygon | None] = {}
    for position in random.choice(len(polygons), min(len(polygons), 3), replace=False).tolist():
        polygon = polygons[position]
        x, y = shapely.get_coordinates(shapely.point_on_surface(polygon))[0]
        shapes = [
            None,
            shapely.box(x - 0.001, y - 0.001, x + 0.001, y + 0.0015),
            affinity.scale(polygon, 0.5, 0.5, origin=(x, y)),
            polygon,
        ]
        changes[position] = shapes[int(random.integers(0, len(shapes)))]
    return {position: shape for position, shape in changes.items() if shape is None or shape.is_valid}


@pytest.mark.parametrize("kind", KINDS)
def test_an_update_answers_like_a_new_index(kind: str) -> None:
    for seed in range(12):
        random = np.random.default_rng([seed, 7, len(kind)])
        polygons = KINDS[kind](random)
        old = GridIndex.build(polygons)
        x, y = points_for(random, polygons, 300)
        before, index = old.locate(x, y), old
        now = list(polygons)
        for _ in range(3):
            changes = redrawn(random, polygons)
            index = index.update(changes)
            for position, polygon in changes.items():
                now[position] = polygon
        there = [position for position, polygon in enumerate(now) if polygon is not None]
        expected = np.full(len(x), -1)
        if there:
            found = by_shapely(np.array([now[position] for position in there], dtype=object), x, y)
            expected = np.append(there, -1)[found]
        np.testing.assert_array_equal(index.locate(x, y), expected)
        np.testing.assert_array_equal(old.locate(x, y), before)  # the old one is as it was

        moved = relocate(x, y, old, index, before)
        np.testing.assert_array_equal(moved.points, np.flatnonzero(before != expected))
        np.testing.assert_array_equal(moved.now, expected[moved.points])
        np.testing.assert_array_equal(moved.before, before[moved.points])


def test_a_split_adds_a_polygon_with_a_place_in_the_order() -> None:
    index = GridIndex.build([shapely.box(0, 0, 2, 1), shapely.box(2, 0, 3, 1)], order=["b", "d"])
    split = index.update({0: shapely.box(0, 0, 1, 1)}, added=[shapely.box(1, 0, 2, 1)], added_order=["c"])
    assert split.locate([0.5, 1.0, 1.5, 2.0, 2.5], [0.5] * 5).tolist() == [0, 0, 2, 2, 1]
    earlier = index.update({0: shapely.box(0, 0, 1, 1)}, added=[shapely.box(1, 0, 2, 1)], added_order=["a"])
    assert earlier.locate([0.5, 1.0, 1.5, 2.0, 2.5], [0.5] * 5).tolist() == [0, 2, 2, 2, 1]


def test_many_what_ifs_on_one_index_do_not_disturb_each_other() -> None:
    column, row = np.divmod(np.arange(400), 20)
    squares = np.asarray(shapely.box(column / 100, row / 100, (column + 1) / 100, (row + 1) / 100), dtype=object)
    index = GridIndex.build(squares)
    x, y = np.random.default_rng(1).uniform(0, 0.2, (2, 5000))
    before = index.locate(x, y)
    what_ifs = [index.update({k: None}) for k in range(400)]
    for k, what_if in enumerate(what_ifs):
        np.testing.assert_array_equal(what_if.locate(x, y), np.where(before == k, -1, before))
    one, other = what_ifs[3], what_ifs[-1]
    assert set(relocate(x, y, one, other).points.tolist()) == set(np.flatnonzero(np.isin(before, [3, 399])).tolist())
    assert other.nbytes < 2 * index.nbytes


def test_a_polygon_beyond_the_old_outline_is_found_too() -> None:
    index = GridIndex.build([shapely.box(0, 0, 1, 1)])
    far = index.update({}, added=[shapely.box(50, 50, 60, 60)])
    assert far.locate([0.5, 55.0], [0.5, 55.0]).tolist() == [0, 1]
    assert relocate([0.5, 55.0], [0.5, 55.0], index, far).points.tolist() == [1]


def test_a_broken_polygon_is_named_by_its_position() -> None:
    index = GridIndex.build([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(InvalidGeometry) as refused:
        index.update({1: bow}, added=[bow])
    assert [fault.place for fault in refused.value.faults] == ["feature 1", "feature 2"]
    with pytest.raises(InvalidInput):
        index.update({7: None})
