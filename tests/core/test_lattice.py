"""The fixed grid as whole numbers: exact there and back, and edges as keys."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gridsvc.core.datum import to_grid
from gridsvc.core.lattice import counted, degrees_of, edge_keys, has_row, lines_of, snapped, steps_of, vertex_keys
from tests.core.pictures import cell, draw

positions = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=20)


@given(positions)
def test_steps_and_degrees_are_the_same_numbers(places: list[tuple[float, float]]) -> None:
    degrees = to_grid(places)
    assert degrees_of(steps_of(degrees)).tobytes() == degrees.tobytes()


@given(positions)
def test_vertex_keys_are_equal_only_for_equal_places_and_sort_by_x_then_y(places: list[tuple[float, float]]) -> None:
    steps = steps_of(to_grid(places))
    keys = vertex_keys(steps)
    assert sorted(set(keys.tolist())) == [
        int(vertex_keys(np.array([place]))[0]) for place in sorted(set(map(tuple, steps.tolist())))
    ]
    assert (keys >= 0).all()


def test_what_is_off_the_grid_is_refused_and_can_be_put_on_it() -> None:
    third = np.array([shapely.Point(1 / 3, 2 / 3).buffer(0.1)], dtype=object)
    with pytest.raises(ValueError, match="1e-7"):
        edge_keys(third)
    assert len(edge_keys(snapped(third))[0]) > 30


def test_neighbours_have_the_same_key_for_their_common_edge() -> None:
    edges, owner = edge_keys(np.array([cell(0, 0), cell(1, 0).reverse()], dtype=object))
    rows, times = counted(edges)
    assert owner.tolist() == [0] * 4 + [1] * 4
    assert sorted(times.tolist()) == [1] * 6 + [2]
    (shared,) = lines_of(rows[times == 2])
    assert shared.equals(shapely.intersection(cell(0, 0), cell(1, 0)))


def test_edges_of_holes_parts_and_lines_count() -> None:
    ring, islands = draw("AAA/ABA/AAA")["A"], draw("A.A")["A"]
    line = shapely.LineString([(117, 32), (117, 32), (118, 32), (118, 33)])
    assert np.bincount(edge_keys(np.array([ring, islands], dtype=object))[1]).tolist() == [16, 8]
    assert len(edge_keys(np.array([line], dtype=object))[0]) == 2


def test_rows_are_found_among_others() -> None:
    rows = np.array([[1, 2], [1, 3], [2, 3]])
    assert has_row(rows, np.array([[1, 3], [2, 4]])).tolist() == [False, True, False]
    assert has_row(rows, np.zeros((0, 2), dtype=np.int64)).tolist() == [False] * 3
