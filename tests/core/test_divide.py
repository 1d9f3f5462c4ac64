"""Division: connected grids of nearly equal weight, no block cut, the same every time, a reason where it fails."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsvc.core.divide import (
    Barrier,
    BlockGraph,
    CannotDivide,
    Division,
    ReasonKind,
    Task,
    Wishes,
    divide,
    divide_all,
)
from gridsvc.core.divide.seeds import repaired, resized
from gridsvc.core.errors import InvalidInput
from tests.core.pictures import cell, corner

QUICK = 0.2


def town(columns: int, rows: int, weights: Mapping[str, float] | None = None, **given: object) -> BlockGraph:
    """A lattice of blocks named "column,row", of 100 households each unless told otherwise."""
    polygons = {f"{x},{y}": cell(x, y) for y in range(rows) for x in range(columns)}
    return BlockGraph.of(polygons, dict.fromkeys(polygons, 100.0) | dict(weights or {}), **given)  # type: ignore[arg-type]


def loads(graph: BlockGraph, division: Division) -> Counter[str]:
    found: Counter[str] = Counter()
    for block, weight in zip(graph.ids, graph.weights.tolist(), strict=True):
        found[division.grid_of[block]] += weight
    return found


def assert_sound(graph: BlockGraph, division: Division, grids: int) -> None:
    """Every block once, no grid empty, every grid in one piece."""
    assert list(division.grid_of) == list(graph.ids)
    assert len(set(division.grid_of.values())) == grids == division.figures.grids
    keys = sorted(set(division.grid_of.values()))
    labels = np.array([keys.index(division.grid_of[block]) for block in graph.ids])
    assert int(graph.components(labels).max()) + 1 == grids


def test_equal_blocks_become_equal_grids() -> None:
    graph = town(10, 8)
    division = divide(graph, Wishes(grids=8, tolerance=0.02))
    assert_sound(graph, division, 8)
    assert set(loads(graph, division).values()) == {1000.0}
    assert division.is_within_tolerance
    assert division.figures.worst_deviation_pct == 0
    assert division.figures.compactness > 0.5


def test_a_target_gives_the_number_of_grids() -> None:
    graph = town(6, 6)
    assert divide(graph, Wishes(target=900)).figures.grids == 4


def test_the_same_seed_gives_the_same_answer_with_any_number_of_threads() -> None:
    tasks = [Task(town(7, 6), Wishes(grids=5, seed=seed)) for seed in (1, 2, 3)]
    assert divide_all(tasks, threads=2) == divide_all(tasks, threads=1)
    assert divide(town(7, 6), Wishes(grids=5, seed=1)) == divide_all(tasks)[0]


def test_todays_grids_keep_their_keys() -> None:
    graph = town(8, 4)
    present = {block: "east" if int(block[0]) >= 4 else "west" for block in graph.ids}
    same = divide(graph, Wishes(grids=2, stability=1), present)
    assert dict(same.grid_of) == present
    assert same.figures.changed == 0
    more = divide(graph, Wishes(grids=3, stability=1), present)
    assert {"east", "west", "new-1"} == set(more.grid_of.values())
    fewer = divide(graph, Wishes(grids=1, stability=1), present)
    assert len(set(fewer.grid_of.values())) == 1


def test_endless_stability_changes_nothing_that_will_do() -> None:
    graph = town(8, 4, {"0,0": 120})
    present = {block: "east" if int(block[0]) >= 4 else "west" for block in graph.ids}
    assert dict(divide(graph, Wishes(grids=2, stability=math.inf), present).grid_of) == present


def test_endless_stability_changes_little_where_it_must() -> None:
    graph = town(10, 4)
    present = {block: "east" if int(block[0]) >= 6 else "west" for block in graph.ids}
    division = divide(graph, Wishes(grids=2, stability=math.inf), present)
    assert_sound(graph, division, 2)
    free = divide(graph, Wishes(grids=2), {})
    assert division.figures.changed <= 400 + 1e-9
    assert free.figures.changed == 0  # nothing was assigned before


def test_the_more_stability_is_wished_for_the_less_changes() -> None:
    graph = town(12, 8)
    strips = {block: f"row {block.split(',')[1]}" for block in graph.ids}  # balanced, but not compact
    graph = replace(graph, weights=graph.weights + np.arange(graph.count) % 7)
    free, some, much = (divide(graph, Wishes(grids=8, stability=s), strips).figures for s in (0.0, 0.3, 3.0))
    assert free.changed_pct > 30
    assert free.changed_pct > some.changed_pct >= much.changed_pct
    assert much.changed_pct < 5
    assert free.compactness > much.compactness


def test_borders_follow_roads_where_that_costs_nothing() -> None:
    road = Barrier([shapely.LineString([corner(3, -1), corner(3, 9)])], cost=0.1)
    graph = town(6, 8, barriers=[road])
    division = divide(graph, Wishes(grids=2, compactness=2))
    assert {division.grid_of[block] for block in graph.ids if int(block[0]) < 3} != {
        division.grid_of[block] for block in graph.ids if int(block[0]) >= 3
    }
    assert division.figures.worst_deviation_pct == 0


def test_a_closed_barrier_is_not_crossed_but_over_a_bridge() -> None:
    river = Barrier([shapely.LineString([corner(3, -1), corner(3, 9)])], is_closed=True)
    graph = town(6, 4, {"2,0": 400}, barriers=[river])
    apart = divide(graph, Wishes(grids=3, tolerance=0.2))
    assert_sound(graph, apart, 3)
    west = {apart.grid_of[block] for block in graph.ids if int(block[0]) < 3}
    east = {apart.grid_of[block] for block in graph.ids if int(block[0]) >= 3}
    assert not west & east
    assert ReasonKind.CUT_OFF in {reason.kind for reason in apart.reasons}
    bridged = town(6, 4, {"2,0": 400}, barriers=[river], bridges=[("2,2", "3,2")])
    division = divide(bridged, Wishes(grids=3, tolerance=0.2))
    assert_sound(bridged, division, 3)
    assert division.is_within_tolerance


def test_fewer_grids_than_pieces_cross_a_barrier_and_say_where() -> None:
    river = Barrier([shapely.LineString([corner(2, -1), corner(2, 9)])], is_closed=True)
    division = divide(town(4, 3, barriers=[river]), Wishes(grids=1))
    (reason,) = division.reasons
    assert reason.kind is ReasonKind.BARRIER_CROSSED
    assert len(reason.block_ids) == 2


def test_islands_without_any_border_cannot_be_one_grid() -> None:
    graph = BlockGraph.of({"a": cell(0, 0), "b": cell(5, 5)}, {"a": 1, "b": 1})
    with pytest.raises(CannotDivide, match="2 pieces"):
        divide(graph, Wishes(grids=1))
    assert_sound(graph, divide(graph, Wishes(grids=2)), 2)


def test_a_block_larger_than_a_grid_is_named() -> None:
    division = divide(town(5, 4, {"2,2": 2000}), Wishes(grids=5))
    assert [(reason.kind, reason.block_ids) for reason in division.reasons] == [(ReasonKind.BLOCK_TOO_LARGE, ("2,2",))]
    assert "2,2" in division.reasons[0].message


def test_ground_behind_one_block_is_named() -> None:
    polygons = {f"{x},{y}": cell(x, y) for x in range(5) for y in range(4)} | {"neck": cell(5, 1), "end": cell(6, 1)}
    weights = dict.fromkeys(polygons, 100.0) | {"neck": 280.0, "end": 280.0}
    division = divide(BlockGraph.of(polygons, weights), Wishes(grids=6, tolerance=0.1))
    reasons = {reason.kind: reason.block_ids for reason in division.reasons}
    assert reasons[ReasonKind.BOTTLENECK] == ("neck", "end")


def test_blocks_too_coarse_for_the_tolerance_are_told() -> None:
    division = divide(town(3, 3), Wishes(grids=4, tolerance=0.01))
    assert [reason.kind for reason in division.reasons] == [ReasonKind.FEW_BLOCKS]


def test_where_nobody_lives_areas_are_balanced() -> None:
    graph = town(6, 4)
    division = divide(replace(graph, weights=np.zeros(24)), Wishes(grids=4))
    assert_sound(graph, division, 4)
    assert [reason.kind for reason in division.reasons] == [ReasonKind.NOBODY_LIVES_HERE]
    assert division.figures.worst_deviation_pct < 1


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"grids": 0},
        {"grids": 3, "target": 100},
        {"target": -1},
        {"target": math.nan},
        {"grids": 3, "tolerance": 0},
        {"grids": 3, "balance": -1},
        {"grids": 3, "compactness": math.inf},
        {"grids": 3, "stability": math.nan},
        {"grids": 3, "effort": 1000},
        {"grids": 3, "seed": -1},
    ],
)
def test_wishes_that_cannot_be_meant_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidInput):
        Wishes(**wrong)  # type: ignore[arg-type]


def test_more_grids_than_blocks_are_refused() -> None:
    with pytest.raises(CannotDivide, match="4 blocks"):
        divide(town(2, 2), Wishes(grids=5))
    with pytest.raises(ValueError, match="negative"):
        town(2, 2, {"0,0": -1})


def test_the_graph_knows_shared_borders_and_corners_are_none() -> None:
    graph = town(2, 2)
    assert graph.pairs.tolist() == [[0, 1], [0, 2], [1, 3], [2, 3]]
    assert graph.lengths_m[0] == pytest.approx(110.9, rel=2e-3)
    assert graph.lengths_m[1] == pytest.approx(93.5, rel=2e-3)
    assert graph.joined.all()


@given(st.integers(2, 7), st.integers(2, 7), st.data())
@settings(max_examples=60)
def test_any_town_is_divided_soundly(columns: int, rows: int, data: st.DataObject) -> None:
    names = [f"{x},{y}" for y in range(rows) for x in range(columns)]
    weights = {name: float(data.draw(st.integers(0, 400))) for name in names}
    graph = town(columns, rows, weights)
    grids = data.draw(st.integers(1, min(8, len(names))))
    present = {name: data.draw(st.sampled_from("abcd")) for name in names if data.draw(st.booleans())}
    stability = data.draw(st.sampled_from([0.0, 0.5, 2.0, math.inf]))
    wishes = Wishes(grids=grids, stability=stability, seed=data.draw(st.integers(0, 5)), effort=QUICK)
    division = divide(graph, wishes, present)
    assert_sound(graph, division, grids)
    assert sum(loads(graph, division).values()) == pytest.approx(graph.weights.sum())
    assert divide(graph, wishes, present) == division
    if not division.is_within_tolerance:
        assert all(reason.message for reason in division.reasons)
    again = divide(graph, replace(wishes, stability=math.inf), division.grid_of)
    if division.figures.worst_deviation_pct <= 5 and graph.weights.any():
        assert again.grid_of == division.grid_of


@given(st.integers(2, 6), st.integers(2, 6), st.data())
def test_any_labels_are_repaired_to_connected_parts(columns: int, rows: int, data: st.DataObject) -> None:
    graph = town(columns, rows)
    parts = data.draw(st.integers(1, graph.count))
    labels = np.array([data.draw(st.integers(-1, parts - 1)) for _ in graph.ids])
    wanted = data.draw(st.integers(1, graph.count))
    whole = repaired(graph, labels, graph.weights, parts)
    for made, number in ((whole, parts), (resized(graph, whole, graph.weights, wanted), wanted)):
        assert set(made.tolist()) == set(range(number))
        assert int(graph.components(made).max()) + 1 == number
