"""Redraws: what a picture becomes, what is refused and where, and that nothing is ever lost between grids."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gridsvc.core import redraw, refusals
from gridsvc.core.errors import GridsvcError
from gridsvc.core.partition import Partition
from gridsvc.core.redraw import CutsBlocks, Permit, RedrawError
from tests.core.partitions import area, blocks_of, line, parted, read
from tests.core.pictures import cell, corner

PROBLEMS = Path(__file__).parents[2] / "docs" / "problems.md"
ALL_PARTS = Permit(parts=True)


def after(picture: str, change: Callable[[Partition], Partition]) -> str:
    return read(change(parted(picture)), picture)


def refusal(change: Callable[[], Partition]) -> GridsvcError:
    with pytest.raises((RedrawError, CutsBlocks)) as refused:
        change()
    json.dumps(refused.value.faults[0].geometry, allow_nan=False)
    return refused.value


# Splitting -----------------------------------------------------------------------------------------------------------


def test_a_line_across_a_grid_splits_it_and_the_larger_part_keeps_the_key() -> None:
    split = redraw.split(parted("AAA/BBB"), "A", line((2, -0.5), (2, 1.5)), new_key="N")
    assert read(split, "AAA/BBB") == "AAN/BBB"


def test_a_line_drawn_from_border_to_border_is_enough() -> None:
    assert after("AAA", lambda p: redraw.split(p, "A", line((1, 0), (1, 1)), new_key="N")) == "NAA"


def test_a_line_that_ends_a_little_inside_is_carried_on() -> None:
    assert after("AAA", lambda p: redraw.split(p, "A", line((1, 0.2), (1, 0.85)), new_key="N")) == "NAA"


def test_a_line_may_bend() -> None:
    bent = line((1, -0.2), (1, 1), (3.2, 1))
    assert after("AAA/AAA", lambda p: redraw.split(p, "A", bent, new_key="N")) == "ANN/AAA"


def test_the_other_grids_that_the_line_crosses_stay_as_they_are() -> None:
    partition = parted("AAB/AAB")
    split = redraw.split(partition, "A", line((-1, 1), (5, 1)), new_key="N")
    assert read(split, "AAB/AAB") in ("AAB/NNB", "NNB/AAB")
    assert split.areas_m2()["B"] == pytest.approx(partition.areas_m2()["B"], rel=1e-9)


def test_ends_on_the_frozen_border_go_to_its_vertices() -> None:
    partition = parted("AA")
    split = redraw.split(partition, "A", line((0.963, -0.1), (0.971, 1.1)), new_key="N")
    assert split.ring_edges == partition.ring_edges
    (border,) = split.arcs("A", "N")
    assert {border.points[0], border.points[-1]} <= partition.ring_points


def test_a_split_that_ends_between_grids_gives_both_sides_the_vertex() -> None:
    split = redraw.split(parted("AAA/BBB"), "A", line((1.4321, -0.1), (1.4321, 1.3)), new_key="N")
    (west,), (east,) = split.arcs("B", "N"), split.arcs("A", "B")
    assert len({west.points[0], west.points[-1]} & {east.points[0], east.points[-1]}) == 1


def test_a_split_of_one_part_leaves_the_others() -> None:
    assert after("AA.A", lambda p: redraw.split(p, "A", line((1, -0.2), (1, 1.2)), new_key="N")) in ("NA.A", "AN.A")


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (line((0.5, 1.5), (2.5, 1.5)), "line_misses_grid"),
        (line((5, 5), (6, 6)), "line_misses_grid"),
        (line((1.5, -0.5), (1.5, 0.5)), "line_ends_inside"),
        (line((1.4, 0.5), (1.6, 0.5)), "line_ends_inside"),
        (line((-0.5, 1), (3.5, 1)), "line_along_border"),
        (line((0, 0), (3, 0)), "line_along_border"),
        (line((1, -1), (1, 0.5), (2, 0.5), (2, 0.2), (0.5, 0.2), (0.5, 2)), "self_crossing"),
        (line((1, -1), (1, 0.5), (1, 0.5), (1, 2)), "duplicate_vertex"),
        (line((1, -1), (1, 0.5), (2, -0.5), (2.2, 2)), "too_many_parts"),
        (shapely.Point(corner(1, 1)), "bad_drawing"),
        (shapely.LineString([(117, 32), (float("nan"), 33)]), "bad_drawing"),
        (shapely.LineString([(1170, 32), (1171, 33)]), "bad_drawing"),
        (shapely.LineString([(17, 32), (18, 33)]), "outside_community"),
        (line((1, -900), (1, 900)), "drawing_too_large"),
        (shapely.LineString([corner(3 * i / 500, -0.2 + 1.4 * (i % 2)) for i in range(500)]), "drawing_too_large"),
        (shapely.LineString([corner(i / 100, 0.5 + i % 2 / 10) for i in range(1100)]), "drawing_too_large"),
    ],
)
def test_lines_that_split_nothing_are_refused(drawn: BaseGeometry, code: str) -> None:
    partition = parted("AAA/BBB")
    assert refusal(lambda: redraw.split(partition, "A", drawn, new_key="N")).code == code
    assert partition == parted("AAA/BBB")


def test_a_self_crossing_line_is_shown_where_it_crosses() -> None:
    crossing = line((0, 0.5), (2, 0.5), (2, 0.2), (1, 0.2), (1, 0.8))
    fault = refusal(lambda: redraw.split(parted("AAA"), "A", crossing, new_key="N")).faults[0]
    assert fault.geometry is not None
    place = shapely.geometry.shape(dict(fault.geometry))
    assert place.distance(shapely.Point(corner(1, 0.5))) < 1e-9


def test_slivers_are_refused() -> None:
    hair = 1.2e-4  # of a cell: about a centimetre
    ears = area((1, 0.4), (2, 0.4), (2, 0.4 + hair), (1, 0.4 + hair))
    assert refusal(lambda: redraw.carve(parted("AAA"), ears, new_key="N")).code == "sliver"


def test_unknown_grids_and_keys_in_use_are_refused() -> None:
    cut = line((1, -1), (1, 2))
    assert refusal(lambda: redraw.split(parted("AAB"), "X", cut, new_key="N")).code == "unknown_grid"
    assert refusal(lambda: redraw.split(parted("AAB"), "A", cut, new_key="B")).code == "grid_exists"


def test_a_line_through_a_compound_asks_for_confirmation() -> None:
    blocks = blocks_of("ppq/ppq")
    partition, cut = parted("AAA/AAA"), line((1, -1), (1, 3))
    asked = refusal(lambda: redraw.split(partition, "A", cut, new_key="N", permit=Permit(blocks)))
    assert isinstance(asked, CutsBlocks)
    assert asked.block_ids == ("p",)
    assert "p" in asked.message
    done = redraw.split(partition, "A", cut, new_key="N", permit=Permit(blocks, confirmed=True))
    assert read(done, "AAA/AAA") == "NAA/NAA"


def test_a_line_between_compounds_asks_nothing() -> None:
    done = redraw.split(parted("AAA"), "A", line((2.001, -1), (2, 2)), new_key="N", permit=Permit(blocks_of("ppq")))
    assert read(done, "AAA") == "AAN"


# Merging and renumbering ---------------------------------------------------------------------------------------------


def test_merged_neighbours_are_one_under_the_key_of_the_larger() -> None:
    assert after("AAB/CCC", lambda p: redraw.merge(p, ["A", "B"])) == "AAA/CCC"
    assert after("AAB/CCC", lambda p: redraw.merge(p, ["A", "B", "C"], into="Z")) == "ZZZ/ZZZ"


def test_a_merge_undoes_a_split_but_for_the_vertices_on_the_way() -> None:
    partition = parted("AAA/BBB")
    split = redraw.split(partition, "A", line((1.5, -1), (1.5, 1.4)), new_key="N")
    merged = redraw.merge(split, ["A", "N"], into="A")
    assert read(merged, "AAA/BBB") == "AAA/BBB"
    assert merged.areas_m2()["A"] == pytest.approx(partition.areas_m2()["A"], abs=1)


def test_only_neighbours_merge() -> None:
    assert refusal(lambda: redraw.merge(parted("ABC"), ["A", "C"])).code == "not_neighbours"
    assert refusal(lambda: redraw.merge(parted("AB/CA"), ["B", "C"])).code == "not_neighbours"
    assert refusal(lambda: redraw.merge(parted("ABC"), ["A"])).code == "nothing_changes"
    assert refusal(lambda: redraw.merge(parted("ABC"), ["A", "B"], into="C")).code == "grid_exists"


def test_grids_are_renumbered_as_one_reads() -> None:
    partition = parted("BBA/BBA/CDD")
    assert redraw.numbered(partition) == ("B", "A", "C", "D")
    assert after("BBA/BBA/CDD", lambda p: redraw.renumber(p, ["1", "2", "3", "4"])) == "112/112/344"
    assert after("AB", lambda p: redraw.renumber(p, {"A": "B", "B": "A"})) == "BA"


def test_names_are_unique_and_one_for_each() -> None:
    assert refusal(lambda: redraw.renumber(parted("AB"), ["1"])).code == "unknown_grid"
    assert refusal(lambda: redraw.renumber(parted("AB"), {"A": "B"})).code == "grid_exists"
    assert refusal(lambda: redraw.renumber(parted("AB"), {"X": "Y"})).code == "unknown_grid"


# Blocks, areas, pieces -----------------------------------------------------------------------------------------------


def test_painted_blocks_change_hands_whole() -> None:
    permit = Permit(blocks_of("pqr/pqs"))
    assert after("AAB/AAB", lambda p: redraw.reassign(p, ["q"], "B", permit=permit)) == "ABB/ABB"
    assert after("AAB/AAB", lambda p: redraw.reassign(p, ["r"], "A", permit=permit)) == "AAA/AAB"


def test_painting_and_painting_back_gives_the_same_ground() -> None:
    permit = Permit(blocks_of("pqr/pqs"))
    partition = parted("AAB/AAB")
    there = redraw.reassign(partition, ["q"], "B", permit=permit)
    assert redraw.reassign(there, ["q"], "A", permit=permit) == partition


def test_painting_refuses_what_is_not_there_and_what_leaves_nothing() -> None:
    permit = Permit(blocks_of("ABCD"))
    assert refusal(lambda: redraw.reassign(parted("AABB"), ["X"], "B", permit=permit)).code == "unknown_block"
    assert refusal(lambda: redraw.reassign(parted("AABB"), [], "B", permit=permit)).code == "unknown_block"
    assert refusal(lambda: redraw.reassign(parted("AABB"), ["A"], "X", permit=permit)).code == "unknown_grid"
    assert refusal(lambda: redraw.reassign(parted("AABB"), ["A", "B"], "B", permit=permit)).code == "grid_vanishes"
    assert refusal(lambda: redraw.reassign(parted("AABB"), ["D"], "B", permit=permit)).code == "nothing_changes"


def test_a_grid_is_cut_off_only_where_that_is_allowed() -> None:
    blocks = blocks_of("pqr")
    assert refusal(lambda: redraw.reassign(parted("AAB"), ["p"], "B", permit=Permit(blocks))).code == "grid_cut_off"
    allowed = Permit(blocks, parts=True)
    assert after("AAB", lambda p: redraw.reassign(p, ["p"], "B", permit=allowed)) == "BAB"


def test_a_dedicated_grid_is_carved_out_of_blocks_or_by_hand() -> None:
    permit = Permit(blocks_of("pqr/stu/vwx"))
    assert after("AAB/AAB/AAB", lambda p: redraw.carve(p, ["t"], new_key="S", permit=permit)) == "AAB/ASB/AAB"
    drawn = area((1, 1), (3, 1), (3, 2), (1, 2))
    assert after("AAB/AAB/AAB", lambda p: redraw.carve(p, drawn, new_key="S", permit=ALL_PARTS)) == "AAB/ASS/AAB"


def test_a_carved_area_may_reach_over_the_border_of_the_community() -> None:
    partition = parted("AAA/AAA")
    carved = redraw.carve(partition, area((1.93, -0.6), (4, -0.6), (4, 0.96), (1.93, 0.96)), new_key="S")
    assert read(carved, "AAA/AAA") == "AAS/AAA"
    assert carved.ring_edges == partition.ring_edges


def test_carving_refuses_broken_and_foreign_areas() -> None:
    bow_tie = area((0, 0), (1, 1), (1, 0), (0, 1))
    assert refusal(lambda: redraw.carve(parted("AA"), bow_tie, new_key="S")).code == "bad_drawing"
    assert refusal(lambda: redraw.carve(parted("AA"), cell(5, 5), new_key="S")).code == "outside_community"
    assert refusal(lambda: redraw.carve(parted("AA"), cell(0, 0), new_key="A")).code == "grid_exists"


def test_an_area_through_a_compound_asks_for_confirmation() -> None:
    drawn = area((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7))
    asked = refusal(lambda: redraw.carve(parted("AA"), drawn, new_key="S", permit=Permit(blocks_of("pq"))))
    assert isinstance(asked, CutsBlocks)
    assert asked.block_ids == ("p",)


def test_a_piece_is_shifted_from_one_grid_only() -> None:
    drawn = area((1, -0.5), (2, -0.5), (2, 2.5), (1, 2.5))
    assert after("AAB/CCB", lambda p: redraw.shift(p, "A", "B", drawn)) == "ABB/CCB"


# Moving borders ------------------------------------------------------------------------------------------------------


def test_a_moved_border_takes_both_neighbours_with_it() -> None:
    moved = redraw.move_border(parted("AABB/AABB/AABB"), "A", "B", line((2, 0), (1.3, 1), (1.3, 2), (2, 3)))
    assert read(moved, "AABB/AABB/AABB") == "AABB/ABBB/AABB"


def test_the_ends_of_a_moved_stretch_become_vertices_of_the_border() -> None:
    partition = parted("AABB/AABB/AABB")
    moved = redraw.move_border(partition, "B", "A", line((2.05, 0.9), (3.1, 0.9), (3.1, 2.1), (1.95, 2.1)))
    assert read(moved, "AABB/AABB/AABB") == "AABB/AAAB/AABB"
    assert sum(moved.areas_m2().values()) == pytest.approx(sum(partition.areas_m2().values()), rel=1e-12)


def test_the_direction_of_the_drawing_does_not_matter() -> None:
    there, back = ((2, 0), (1, 1), (2, 3)), ((2, 3), (1, 1), (2, 0))
    moved = [redraw.move_border(parted("AABB/AABB/AABB"), "A", "B", line(*way)) for way in (there, back)]
    assert moved[0] == moved[1]


def test_the_border_of_an_enclave_can_be_moved() -> None:
    partition = parted("AAAAA/AABAA/AAAAA")
    moved = redraw.move_border(partition, "A", "B", line((3, 1), (4, 1), (4, 2), (3, 2)))
    assert read(moved, "AAAAA/AABAA/AAAAA") == "AAAAA/AABBA/AAAAA"


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (line((2, 0), (5, 1), (2, 2)), "crosses_border"),
        (line((2, 0), (2.2, 2.5), (1.8, 2.6), (2, 2)), "crosses_border"),
        (line((0.5, 0), (0.5, 2)), "line_off_border"),
        (line((2, 1), (1, 1), (2.0001, 1.0001)), "line_along_border"),
        (line((2, 0), (2, 1), (2, 2)), "nothing_changes"),
        (line((2, 0), (1, 1), (1.5, 1.5), (1.5, 0.2), (2, 2)), "self_crossing"),
    ],
)
def test_borders_that_would_cross_others_are_refused(drawn: BaseGeometry, code: str) -> None:
    partition = parted("AABB/AABB/CCCC")
    assert refusal(lambda: redraw.move_border(partition, "A", "B", drawn)).code == code


def test_only_the_border_of_neighbours_moves() -> None:
    drawn = line((1, 0), (1, 1))
    assert refusal(lambda: redraw.move_border(parted("ABC"), "A", "C", drawn)).code == "not_neighbours"


def test_a_junction_takes_all_its_grids_along() -> None:
    moved = redraw.move_vertices(parted("AAB/AAB/CCC"), {corner(2, 2): corner(1.2, 1.2)})
    areas, before = moved.areas_m2(), parted("AAB/AAB/CCC").areas_m2()
    assert areas["A"] < before["A"]
    assert areas["C"] > before["C"]
    assert sum(areas.values()) == pytest.approx(sum(before.values()), rel=1e-12)


def test_vertices_can_be_left_out_where_the_border_only_bends() -> None:
    bent = redraw.move_border(parted("AABB/AABB"), "A", "B", line((2, 0), (1.5, 1), (2, 2)))
    straight = redraw.move_vertices(bent, {corner(1.5, 1): None})
    assert straight.areas_m2()["A"] == pytest.approx(parted("AABB/AABB").areas_m2()["A"], rel=1e-6)


def test_frozen_foreign_and_crossing_vertices_are_refused() -> None:
    partition = parted("AAB/AAB/CCC")
    assert refusal(lambda: redraw.move_vertices(partition, {corner(0, 0): corner(0.1, 0)})).code == "frozen_border"
    assert refusal(lambda: redraw.move_vertices(partition, {corner(2, 0): corner(1, 0)})).code == "frozen_border"
    assert refusal(lambda: redraw.move_vertices(partition, {corner(0.5, 0.5): corner(1, 1)})).code == "unknown_vertex"
    assert refusal(lambda: redraw.move_vertices(partition, {corner(2, 2): corner(9, 9)})).code == "outside_community"
    assert refusal(lambda: redraw.move_vertices(partition, {corner(2, 2): None})).code == "bad_drawing"
    two = parted("AABB/AABB/AABB")
    bent = redraw.move_border(two, "A", "B", line((2, 0), (1, 1), (1, 2), (2, 3)))
    swapped = {corner(1, 1): corner(3, 2.5), corner(1, 2): corner(3, 0.5)}
    assert refusal(lambda: redraw.move_vertices(bent, swapped)).code == "crosses_border"


def test_a_border_that_shrinks_to_a_point_is_refused() -> None:
    partition = parted("AAB/AAB/CDD/CDD")
    assert refusal(lambda: redraw.move_vertices(partition, {corner(2, 2): corner(1, 2)})).code == "crosses_border"


def test_a_border_moved_over_an_enclave_is_refused() -> None:
    partition = parted("AABBBB/AABCBB/AABBBB")
    over = line((2, 0), (5, 0.5), (5, 2.5), (2, 3))
    assert refusal(lambda: redraw.move_border(partition, "A", "B", over)).code == "crosses_border"


def test_every_refusal_has_a_code_of_its_own_in_the_published_list() -> None:
    kinds = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, GridsvcError)]
    mine = [kind for kind in kinds if kind.__module__ == refusals.__name__]
    assert len({kind.code for kind in mine}) == len(mine)
    text = PROBLEMS.read_text(encoding="utf-8")
    assert [kind.code for kind in mine if f"| `{kind.code}` |" not in text] == []
