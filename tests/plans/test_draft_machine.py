"""Drafts under everything at once: two planners draw, are refused, undo, do again and come too late, in any order.

Whatever they do, no revision is lost, undo gives the very value that was there, the stored grids are those of the
drawing, the border of the community stays vertex by vertex, and nothing changes in the community next to it.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.core.errors import InvalidInput, Stale
from gridsvc.core.refusals import CutsBlocks
from gridsvc.core.revisions import Expected
from gridsvc.geography.shapes import as_multi, as_shapes, from_wkb
from gridsvc.plans.asked import Carve, Describe, Divide, Merge, Move, MoveVertices, Operation, Reassign, Renumber, Split
from gridsvc.plans.drafts import NothingToUndo, drawing, open_plan, operate, redo, undo
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.queries import drafting
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.tables import PlanOp
from tests.core.pictures import corner
from tests.fixtures.plans import a_planner, living
from tests.fixtures.towns import Town

HERE, NEXT = "340302001001", "340302001002"
BLOCKS = [f"{column}{row}" for column in range(4) for row in range(2)]
HOUSEHOLDS = 80
SHORT = settings(
    max_examples=12, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
LONG = settings(SHORT, max_examples=250, stateful_step_count=40)

whole = st.integers(0, 1_000)
# Places in cells: mostly corners of blocks, which no line through them cuts.
across = st.sampled_from([-0.5, 0.0, 0.5, 1.0, 1.3, 2.0, 3.0, 3.5, 4.0, 4.5])
down = st.sampled_from([-0.5, 0.0, 0.4, 1.0, 1.6, 2.0, 2.5])
through = st.sampled_from([1.0, 1.3, 3.0, 3.5]).map(lambda x: [(x, -0.5), (x, 2.5)])
along = st.sampled_from([0.4, 1.0, 1.6]).map(lambda y: [(-0.5, y), (4.5, y)])
lines = st.one_of(through, along, st.lists(st.tuples(across, down), min_size=2, max_size=4))


class Drafting(RuleBasedStateMachine):
    """A draft over two communities, beside a list of what its drawing must be after each operation that counts."""

    session: Session
    planners: tuple[Actor, Actor]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = self.session.begin_nested()
        self.plan = open_plan(self.session, self.planners[0], title="示例", reason="示例", communities=[HERE, NEXT])
        self.base = drawing(self.session, self.plan, HERE)
        self.neighbours = self._stored(NEXT)
        self.there = living(self.session, [NEXT])
        self.states: list[Drawing] = [self.base]
        self.position, self.revision = 0, 1

    def teardown(self) -> None:
        self.savepoint.rollback()

    @property
    def now(self) -> Drawing:
        return self.states[self.position]

    def key(self, number: int) -> str:
        keys = self.now.partition.keys
        return keys[number % len(keys)]

    def draw(self, who: int, operation: Operation, *, confirmed: bool = False, preview: bool = False) -> None:
        """Try an operation: either the drawing is another one, or it was refused and nothing happened."""
        expected = Expected(frozenset({self.revision}))
        try:
            done = operate(
                self.session, self.planners[who], self.plan.id, HERE, operation,
                expected=expected, confirmed=confirmed, preview=preview,
            )  # fmt: skip
        except (InvalidInput, CutsBlocks):
            return
        assert done.before == self.now
        if not preview:
            self.states[self.position + 1 :] = [done.after]
            self.position, self.revision = self.position + 1, self.revision + 1

    @rule(who=st.booleans(), key=whole, line=lines, confirmed=st.booleans())
    def split(self, who: bool, key: int, line: list[tuple[float, float]], confirmed: bool) -> None:
        shape = {"type": "LineString", "coordinates": [list(corner(*place)) for place in line]}
        self.draw(who, Split(kind="split", key=self.key(key), line=shape), confirmed=confirmed)

    @rule(who=st.booleans(), keys=st.lists(whole, min_size=2, max_size=3), preview=st.booleans())
    def merge(self, who: bool, keys: list[int], preview: bool) -> None:
        self.draw(who, Merge(kind="merge", keys=[self.key(each) for each in keys]), preview=preview)

    @rule(who=st.booleans(), blocks=st.sets(st.sampled_from(BLOCKS), min_size=1, max_size=3), key=whole)
    def paint(self, who: bool, blocks: set[str], key: int) -> None:
        self.draw(who, Reassign(kind="reassign_blocks", block_ids=sorted(blocks), key=self.key(key)))

    @rule(who=st.booleans(), blocks=st.sets(st.sampled_from(BLOCKS), min_size=1, max_size=2))
    def carve(self, who: bool, blocks: set[str]) -> None:
        self.draw(who, Carve(kind="carve", block_ids=sorted(blocks), name="示例学校"))

    @rule(who=st.booleans(), vertex=whole, by=st.tuples(st.integers(-400, 400), st.integers(-400, 400)))
    def move_a_vertex(self, who: bool, vertex: int, by: tuple[int, int]) -> None:
        partition = self.now.partition
        inner = sorted({p for arc in partition.border_lines for p in arc.points} - partition.ring_points)
        if inner:
            x, y = inner[vertex % len(inner)]
            place, to = (x / 1e7, y / 1e7), ((x + 10 * by[0]) / 1e7, (y + 10 * by[1]) / 1e7)
            self.draw(who, MoveVertices(kind="move_vertices", moves=[Move(place=place, to=to)]), confirmed=True)

    @rule(who=st.booleans(), owners=st.lists(st.integers(0, 2), min_size=len(BLOCKS), max_size=len(BLOCKS)))
    def divide(self, who: bool, owners: list[int]) -> None:
        groups = [[b for b, owner in zip(BLOCKS, owners, strict=True) if owner == each] for each in sorted(set(owners))]
        self.draw(who, Divide(kind="divide", grids=groups))

    @rule(who=st.booleans(), key=whole, name=st.sampled_from(["示例一", "示例二"]))
    def describe(self, who: bool, key: int, name: str) -> None:
        self.draw(who, Describe(kind="describe", key=self.key(key), name=name))

    @rule(who=st.booleans(), key=whole)
    def renumber(self, who: bool, key: int) -> None:
        self.draw(who, Renumber(kind="renumber", keys=[self.key(key)]))

    @rule(who=st.booleans())
    def undo(self, who: bool) -> None:
        self.step(who, self.position - 1)

    @rule(who=st.booleans())
    def redo(self, who: bool) -> None:
        self.step(who, self.position + 1)

    def step(self, who: bool, position: int) -> None:
        way = undo if position < self.position else redo
        expected = Expected(frozenset({self.revision}))
        if not 0 <= position < len(self.states):
            with pytest.raises(NothingToUndo):
                way(self.session, self.planners[who], self.plan.id, expected=expected)
            return
        done = way(self.session, self.planners[who], self.plan.id, expected=expected)
        assert (done.before, done.after) == (self.now, self.states[position])
        self.position, self.revision = position, self.revision + 1

    @precondition(lambda self: self.revision > 1)
    @rule(who=st.booleans(), late=st.integers(1, 5))
    def come_too_late(self, who: bool, late: int) -> None:
        seen = Expected(frozenset({max(1, self.revision - late)}))
        with pytest.raises(Stale) as refused:
            undo(self.session, self.planners[who], self.plan.id, expected=seen)
        assert refused.value.details["revision"] == self.revision

    @invariant()
    def no_revision_is_lost(self) -> None:
        assert (self.plan.revision, self.plan.position) == (self.revision, self.position)

    @invariant()
    def the_stored_state_is_the_drawing(self) -> None:
        last = drafting.last_operation(self.session, self.plan.id, HERE, self.position)
        assert (last is None) == (self.position == 0)
        if last is not None:
            assert Drawing.decoded(HERE, drafting.state_of(self.session, last)) == self.now
        assert drawing(self.session, self.plan, HERE) == self.now

    @invariant()
    def the_stored_grids_are_those_of_the_drawing(self) -> None:
        stored, drawn = self._stored(HERE), self.now.partition.polygons()
        assert list(stored) == sorted(drawn)
        for key, (shape, name, _) in stored.items():
            assert shape.normalize() == as_multi(as_shapes([drawn[key]]))[0].normalize()
            assert name == self.now.notes[key].name
        if self.revision > 1:
            lived = sum(counts["households"] for _, _, counts in stored.values())
            assert abs(lived - HOUSEHOLDS) <= len(stored), "cut blocks are rounded"

    @invariant()
    def the_community_stays_vertex_by_vertex(self) -> None:
        partition = self.now.partition
        assert partition.ring_edges == self.base.partition.ring_edges
        partition.refuse_overlaps()
        assert sum(partition.areas_m2().values()) == pytest.approx(sum(self.base.partition.areas_m2().values()))

    @invariant()
    def the_community_next_to_it_is_not_touched(self) -> None:
        assert self._stored(NEXT) == self.neighbours
        there = living(self.session, [NEXT])
        assert there == self.there
        assert [grid.shape for grid in there] == [grid.shape for grid in self.there]

    def _stored(self, community: str) -> Mapping[str, Any]:
        rows = queries.drawn_grids(self.session, self.plan.id, [community])
        shapes = from_wkb([bytes.fromhex(row.geom) for row in rows])
        return {row.key: (shape, row.name, row.counts) for row, shape in zip(rows, shapes, strict=True)}

    @invariant()
    def nothing_goes_from_the_log(self) -> None:
        operations = self.session.scalars(select(PlanOp.abandoned_at).where(PlanOp.plan_id == self.plan.id)).all()
        assert sum(each is None for each in operations) == len(self.states) - 1


def _run(session: Session, how: settings) -> None:
    class Here(Drafting):
        pass

    Here.session = session
    Here.planners = (a_planner(session, "draws"), a_planner(session, "draws-too"))
    run_state_machine_as_test(Here, settings=how)


def test_whatever_two_planners_do_a_draft_stays_whole(session: Session, town: Town) -> None:
    _run(session, SHORT)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whatever_two_planners_do_for_long_a_draft_stays_whole(session: Session, town: Town) -> None:
    _run(session, LONG)
