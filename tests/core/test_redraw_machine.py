"""Any sequence of redraws: whatever a planner does, in any order, no gap and no overlap comes of it."""

import json
from collections.abc import Callable

import numpy as np
import pytest
import shapely
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gridsvc.core import redraw
from gridsvc.core.coverage import GridPiece, coverage_report
from gridsvc.core.partition import Partition
from gridsvc.core.redraw import CutsBlocks, Permit, RedrawError
from tests.core.partitions import blocks_of, line, parted
from tests.core.pictures import CELL_DEG, corner

ALL_PARTS = Permit(parts=True)
START = "AABBC/AABBC/DDEEC/DDEFF"
BLOCKS = blocks_of("abcde/fghij/klmno/pqrst")
places = st.tuples(st.floats(-0.4, 5.4), st.floats(-0.4, 4.4))


class Redrawing(RuleBasedStateMachine):
    """A planner who does anything, undoes it, and is refused now and then."""

    @initialize()
    def begin(self) -> None:
        self.partition = self.first = parted(START)
        self.past: list[tuple[Partition, str]] = []
        self.numbers = 0

    def take(self, change: Callable[[str], Partition]) -> None:
        before, told = self.partition, json.dumps(self.partition.geojson())
        self.numbers += 1
        try:
            self.partition = change(f"n{self.numbers}")
        except (RedrawError, CutsBlocks) as refused:
            json.dumps(refused.faults[0].geometry, allow_nan=False)
            assert json.dumps(before.geojson()) == told
        else:
            self.past.append((before, told))

    @rule(drawn=st.lists(places, min_size=2, max_size=4), data=st.data())
    def split(self, drawn: list[tuple[float, float]], data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.partition.keys))
        self.take(lambda new: redraw.split(self.partition, key, line(*drawn), new_key=new))

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.partition.keys))
        other = data.draw(st.sampled_from(self.partition.keys))
        self.take(lambda new: redraw.merge(self.partition, [key, other]))

    @rule(ids=st.sets(st.sampled_from(sorted(BLOCKS)), min_size=1, max_size=3), parts=st.booleans(), data=st.data())
    def paint(self, ids: set[str], parts: bool, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(self.partition.keys))
        self.take(lambda new: redraw.reassign(self.partition, ids, key, permit=Permit(BLOCKS, True, parts)))

    @rule(centre=places, radius=st.floats(0.05, 1.5), data=st.data())
    def carve_or_shift(self, centre: tuple[float, float], radius: float, data: st.DataObject) -> None:
        drawn = shapely.Point(corner(*centre)).buffer(radius * CELL_DEG, quad_segs=2)
        source = data.draw(st.none() | st.sampled_from(self.partition.keys))
        target = data.draw(st.sampled_from(self.partition.keys))
        if source is None:
            self.take(lambda new: redraw.carve(self.partition, drawn, new_key=new, permit=ALL_PARTS))
        else:
            self.take(lambda new: redraw.shift(self.partition, source, target, drawn, permit=ALL_PARTS))

    @rule(middle=st.lists(places, max_size=2), data=st.data())
    def move_border(self, middle: list[tuple[float, float]], data: st.DataObject) -> None:
        inner = [arc for arc in self.partition.border_lines if arc.right is not None]
        if not inner:
            return
        arc = data.draw(st.sampled_from(inner))
        first, last = (tuple((np.array(arc.points[end]) / 1e7).tolist()) for end in (0, len(arc.points) // 2))
        drawn = shapely.LineString([first, *(corner(*place) for place in middle), last])
        self.take(lambda new: redraw.move_border(self.partition, arc.left, str(arc.right), drawn))

    @rule(to=places, data=st.data())
    def move_vertex(self, to: tuple[float, float], data: st.DataObject) -> None:
        free = sorted({p for arc in self.partition.border_lines for p in arc.points} - self.partition.ring_points)
        if free:
            x, y = (np.array(data.draw(st.sampled_from(free))) / 1e7).tolist()
            self.take(lambda new: redraw.move_vertices(self.partition, {(x, y): corner(*to)}))

    @rule()
    def undo(self) -> None:
        if self.past:
            self.partition, told = self.past.pop()
            assert json.dumps(self.partition.geojson()) == told

    @invariant()
    def the_grids_tile_the_same_community(self) -> None:
        partition = self.partition
        assert partition.ring_edges == self.first.ring_edges
        assert shapely.normalize(partition.community()) == shapely.normalize(self.first.community())
        grids = [GridPiece(key, "c", polygon) for key, polygon in partition.polygons().items()]
        assert [f for f in coverage_report({"c": self.first.community()}, grids) if f.is_fault] == []
        total = sum(partition.areas_m2().values())
        assert total == pytest.approx(sum(self.first.areas_m2().values()), rel=1e-12)
        assert Partition.from_polygons(self.first.community(), partition.polygons()) == partition
        assert Partition.from_geojson(partition.geojson()) == partition


Redrawing.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestAnySequence = Redrawing.TestCase
