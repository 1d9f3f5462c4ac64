"""Densified borders: no long edges, and the same vertices for neighbours whatever is in the call."""

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from gridsvc.core.densify import densify, densify_along
from tests.core.pictures import cell, draw, whole

GEODESIC = pyproj.Geod(ellps="GRS80")


def array(*shapes: shapely.Geometry) -> NDArray[np.object_]:
    out = np.empty(len(shapes), dtype=object)
    out[:] = shapes
    return out


def edge_lengths_m(shape: shapely.Geometry) -> NDArray[np.float64]:
    lengths = []
    for ring in shapely.get_rings(shape):
        points = shapely.get_coordinates(ring)
        lengths.append(GEODESIC.inv(*points[:-1].T, *points[1:].T)[2])
    return np.concatenate(lengths)


def vertices(shape: shapely.Geometry) -> set[tuple[float, ...]]:
    return {tuple(point) for point in shapely.get_coordinates(shape).tolist()}


def test_no_edge_is_longer_than_ten_metres() -> None:
    dense = densify(array(cell(0, 0)))[0]
    assert edge_lengths_m(dense).max() <= 10.0
    assert edge_lengths_m(dense).min() > 8.0
    assert dense.is_valid


def test_vertices_that_were_there_stay_and_new_ones_lie_on_the_edge() -> None:
    sketch = shapely.Polygon([(117.38, 32.92), (117.3913, 32.9231), (117.3871, 32.9312), (117.38, 32.92)])
    dense = densify(array(sketch))[0]
    assert vertices(sketch) <= vertices(dense)
    off = max(shapely.Point(place).distance(sketch.boundary) for place in vertices(dense))
    assert off * 111_195 < 0.008


def test_short_edges_are_left_alone() -> None:
    tiny = shapely.Polygon([(117.38, 32.92), (117.38005, 32.92), (117.38005, 32.92005), (117.38, 32.92)])
    assert densify(array(tiny))[0].equals_exact(tiny)


def test_neighbours_get_the_same_vertices_in_either_direction() -> None:
    west = shapely.Polygon([(117.38, 32.92), (117.3813, 32.9307), (117.37, 32.93), (117.38, 32.92)])
    east = shapely.Polygon([(117.38, 32.92), (117.3813, 32.9307), (117.39, 32.93), (117.38, 32.92)])
    together = densify(array(west, east))
    alone = [densify(array(shape.reverse()))[0] for shape in (west, east)]
    for dense, other in zip(together, alone, strict=True):
        assert vertices(dense) == vertices(other)
    assert shapely.coverage_is_valid(together)
    assert len(vertices(together[0]) & vertices(together[1])) > 100


def test_a_picture_stays_an_exact_coverage() -> None:
    grids = list(draw("AAB/ACC/ADD").values())
    dense = densify(array(*grids))
    assert shapely.coverage_is_valid(dense)
    outline = densify(array(whole(grids)))[0]
    assert whole(dense).normalize().equals_exact(outline.normalize())


def test_holes_and_parts_keep_their_places() -> None:
    ring = draw("AAA/ABA/AAA")["A"]
    islands = draw("A.A")["A"]
    assert islands.geom_type == "MultiPolygon"
    dense = densify(array(ring, islands, cell(7, 7)))
    assert [shape.geom_type for shape in dense] == ["Polygon", "MultiPolygon", "Polygon"]
    assert len(dense[0].interiors) == 1
    assert len(dense[1].geoms) == 2
    for before, after in zip((ring, islands, cell(7, 7)), dense, strict=True):
        assert after.area == pytest.approx(before.area, rel=1e-5)


def test_coordinates_off_the_grid_are_refused() -> None:
    with pytest.raises(ValueError, match="1e-7"):
        densify(array(shapely.Polygon([(0, 0), (1 / 3, 0), (0, 1 / 3)])))


def test_nothing_is_densified_to_nothing() -> None:
    assert len(densify(array())) == 0
    assert densify(array(shapely.Polygon()))[0].is_empty


def test_along_a_border_only_the_border_gets_vertices() -> None:
    grids = list(draw("AB/CD").values())
    community = densify(array(whole(grids)))
    along = densify_along(array(*grids), community)
    assert shapely.coverage_is_valid(along)
    assert vertices(whole(along)) == vertices(community[0])
    middle = vertices(along[0]) - vertices(community[0])
    assert len(middle) == 1  # only the corner where the four meet
    assert vertices(along[0]) < vertices(densify(array(*grids))[0])


def test_without_a_border_nothing_is_densified() -> None:
    grid = cell(0, 0)
    assert densify_along(array(grid), array(cell(5, 5)))[0].equals_exact(grid)


places = st.tuples(st.integers(-40_000, 40_000), st.integers(-40_000, 40_000))


@given(places, st.floats(1, 50))
def test_an_edge_and_its_reverse_are_cut_alike(offset: tuple[int, int], max_m: float) -> None:
    if offset == (0, 0):
        return
    (ax, ay), (dx, dy) = (1_173_800_000, 329_200_000), offset

    def triangle(side: int) -> shapely.Polygon:
        """A triangle on the edge from a to a + offset; the sides run it in opposite directions."""
        apex = (ax + dx // 2 - side * dy, ay + dy // 2 + side * dx)
        corners = [(ax, ay), (ax + dx, ay + dy), apex][::side]
        return shapely.Polygon([(x / 1e7, y / 1e7) for x, y in corners])

    one, other = (densify(array(triangle(side)), max_m)[0] for side in (1, -1))
    edge = shapely.LineString([(ax / 1e7, ay / 1e7), ((ax + dx) / 1e7, (ay + dy) / 1e7)])
    shared = vertices(one) & vertices(other)
    assert shared == {place for place in vertices(one) if shapely.Point(place).distance(edge) <= 1e-7}
    assert edge_lengths_m(one).max() <= max_m
