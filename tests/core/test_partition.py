"""A partition holds each border line once; equal tilings are equal values, and what does not tile is refused."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from gridsvc.core.densify import densify
from gridsvc.core.lattice import edge_keys
from gridsvc.core.partition import Partition
from gridsvc.core.refusals import NotAPartition
from tests.core.partitions import area, parted
from tests.core.pictures import cell, corner, draw, move_vertex, whole


def test_each_border_line_is_held_once_with_a_grid_on_both_sides() -> None:
    partition = parted("AAB/ACC")
    sides = [(arc.left, arc.right) for arc in partition.arcs() if arc.right is not None]
    assert sides == [("A", "B"), ("A", "C"), ("B", "C")]
    assert {arc.left for arc in partition.arcs() if arc.right is None} == {"A", "B", "C"}
    (between,) = partition.arcs("C", "B")
    assert {corner(2, 1), corner(3, 1)} == {tuple(p) for p in (np.array([between.points[0], between.points[-1]]) / 1e7)}


def test_polygons_come_back_vertex_by_vertex() -> None:
    drawn = draw("AAB/ACC/DCC")
    partition = Partition.from_polygons(whole(drawn.values()), drawn)
    for key, polygon in partition.polygons().items():
        assert shapely.normalize(polygon) == shapely.normalize(drawn[key])
    assert shapely.normalize(partition.community()) == shapely.normalize(whole(drawn.values()))


def test_equal_tilings_are_equal_values_whatever_the_order() -> None:
    drawn = draw("AAB/ACC")
    turned = {key: shapely.reverse(drawn[key]) for key in sorted(drawn, reverse=True)}
    first, second = (Partition.from_polygons(whole(drawn.values()), shapes) for shapes in (drawn, turned))
    assert first == second
    assert hash(first) == hash(second)
    assert first != parted("AAB/AAC")


def test_neighbours_share_a_line_not_a_corner() -> None:
    partition = parted("AB/CD")
    assert partition.neighbours("A") == ("B", "C")
    assert parted("A").neighbours("A") == ()


def test_areas_are_square_metres() -> None:
    areas = parted("AAB").areas_m2()
    assert areas["B"] == pytest.approx(93.5 * 110.9, rel=2e-3)
    assert areas["A"] == pytest.approx(2 * areas["B"], rel=1e-4)


@pytest.mark.parametrize("picture", ["AAA/ABA/AAA", "A.A/BBB", "AAAA/ABCA/AAAA", "AAAA/ABAA/AABA/AAAA", "AAA/A.A/AAA"])
def test_enclaves_parts_and_holes_are_kept(picture: str) -> None:
    drawn = draw(picture)
    partition = Partition.from_polygons(whole(drawn.values()), drawn)
    assert shapely.is_valid(list(partition.polygons().values())).all()
    assert {k: shapely.normalize(p) for k, p in partition.polygons().items()} == {
        k: shapely.normalize(p) for k, p in drawn.items()
    }


def test_a_partition_is_stored_as_geojson_and_read_again() -> None:
    partition = parted("AAA/ABA/CCA")
    text = json.dumps(partition.geojson(), allow_nan=False)
    assert Partition.from_geojson(json.loads(text)) == partition


def test_what_is_stored_without_keys_or_twice_is_refused() -> None:
    stored = parted("AB").geojson()
    stored["features"][0].pop("id")
    with pytest.raises(NotAPartition):
        Partition.from_geojson(stored)
    stored = parted("AB").geojson()
    stored["features"][0]["id"] = "B"
    with pytest.raises(NotAPartition):
        Partition.from_geojson(stored)


def test_gaps_overlaps_and_unmatched_vertices_are_refused_with_their_place() -> None:
    drawn = draw("AAB/ACC")
    community = whole(drawn.values())
    for wrong in (
        {"A": drawn["A"], "C": drawn["C"]},
        drawn | {"X": cell(2, 0)},
        drawn | {"B": move_vertex(drawn["B"], corner(2, 1), corner(2.2, 1.1))},
        drawn | {"B": densify(np.array([drawn["B"]]))[0]},
    ):
        with pytest.raises(NotAPartition) as refused:
            Partition.from_polygons(community, wrong)
        assert refused.value.faults[0].geometry is not None


def test_a_grid_inside_another_without_a_hole_is_refused() -> None:
    drawn = draw("AAA/AAA/AAA")
    with pytest.raises(NotAPartition):
        Partition.from_polygons(drawn["A"], drawn | {"B": cell(1, 1)})


def test_broken_shapes_are_refused_where_they_cross() -> None:
    bow_tie = area((0, 0), (1, 1), (1, 0), (0, 1))
    with pytest.raises(NotAPartition) as refused:
        Partition.from_polygons(cell(0, 0), {"A": bow_tie})
    assert refused.value.faults[0].place == "grid A"
    with pytest.raises(NotAPartition, match="tile"):
        Partition.from_polygons(cell(0, 0), {"A": shapely.Point(0, 0)})


def test_coordinates_off_the_lattice_are_refused() -> None:
    circle = shapely.Point(117 + 1 / 3, 32).buffer(0.01)
    with pytest.raises(ValueError, match="1e-7"):
        Partition.from_polygons(circle, {"A": circle})


@given(st.integers(1, 6), st.data())
def test_any_picture_becomes_the_same_picture(width: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.text("ABCDE.", min_size=width, max_size=width), min_size=1, max_size=6))
    drawn = draw("/".join(rows))
    assume(drawn)
    community = whole(drawn.values())
    partition = Partition.from_polygons(community, drawn)
    assert {k: shapely.normalize(p) for k, p in partition.polygons().items()} == {
        k: shapely.normalize(p) for k, p in drawn.items()
    }
    assert Partition.from_polygons(community, partition.polygons()) == partition
    shapes = np.array(list(partition.polygons().values()), dtype=object)
    edges, _ = edge_keys(shapes)
    assert 2 * len(np.unique(edges, axis=0)) - len(partition.ring_edges) == len(edges)
