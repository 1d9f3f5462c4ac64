"""Whatever is drawn, published, withdrawn and done again: the ground stays covered, and nothing is lost or repeated."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from time import sleep
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
import shapely
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.core.coverage import GridPiece, coverage_report
from gridsvc.core.errors import GridsvcError
from gridsvc.core.refusals import RedrawError
from gridsvc.core.revisions import ANYTHING
from gridsvc.geography.queries import registers
from gridsvc.geography.shapes import from_wkb
from gridsvc.people.staffing import Appointment, WorkerDraft, appoint, register_workers
from gridsvc.plans import publish
from gridsvc.plans.asked import Merge, Operation, Renumber, Shift, Split
from gridsvc.plans.drafts import drawing, open_plan, operate, redo, undo
from gridsvc.plans.errors import PlanEmpty, TooLate
from gridsvc.plans.publish import PublishedPlan, publish_plan
from gridsvc.plans.queries import publishing as queries
from gridsvc.plans.withdraw import withdraw_plan
from tests.core.pictures import corner
from tests.fixtures.plans import a_planner, a_town, living
from tests.fixtures.towns import EFFECTIVE

# A town of a few grids is written in a tenth of this; who is slower is late, which is a story too.
LEAD, AHEAD = timedelta(milliseconds=80), timedelta(milliseconds=160)
COLUMNS, ROWS = st.floats(-0.5, 4.5), st.floats(-0.5, 2.5)
WHICH = st.integers(0, 30)

MAINS = text(
    """
    SELECT v.grid_id, moment,
        (SELECT count(*) FROM responsibility held WHERE held.grid_id = v.grid_id AND held.role = 'main'
            AND upper_inf(held.recorded) AND held.valid @> moment) AS mains
    FROM grid_version v
    CROSS JOIN (SELECT effective_at FROM net_version UNION SELECT effective_at - interval '1 millisecond'
        FROM net_version) moments (moment)
    WHERE v.valid @> moment
    """
)
SHARES = text(
    """
    SELECT plan_id, parent_version_id, sum(area_ppm) AS area, sum(household_ppm) AS households
    FROM lineage GROUP BY plan_id, parent_version_id
    """
)
VERSIONS = text(
    "SELECT v.code, v.community_code, ST_AsBinary(v.geom) AS wkb FROM grid_version v "
    "WHERE v.valid @> CAST(:at AS timestamptz) ORDER BY v.code"
)


class Planning(RuleBasedStateMachine):
    """A planner at work on the first of two communities; the second must never notice."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.held = self.open_session()
        self.session = self.held.__enter__()
        self.town = a_town(self.session)
        self.here, self.there = self.town.codes["A"], self.town.codes["B"]
        self.actor = a_planner(self.session)
        self.outlines = {
            row.code: from_wkb([row.wkb])[0]
            for row in registers.community_shapes(self.session, self.now, {self.here, self.there})
        }
        self.others = living(self.session, [self.there])
        self.given = {grid.code for grid in living(self.session, [self.here])}
        self.staff()
        self.plan_id: UUID | None = None
        self.moments = [EFFECTIVE]
        self.is_new = True

    @contextmanager
    def open_session(self) -> Iterator[Session]:
        with self.engine.connect() as connection, connection.begin() as outer:
            with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as opened:
                yield opened
            outer.rollback()

    def teardown(self) -> None:
        self.held.__exit__(None, None, None)

    @property
    def now(self) -> datetime:
        return queries.clock(self.session)

    def staff(self) -> None:
        """One of the two grids has a worker, the other is a named vacancy."""
        workers = register_workers(self.session, [WorkerDraft("W", "示例工", self.here)])
        grid = living(self.session, [self.here])[0].grid_id
        appoint(self.session, [Appointment(grid, workers["W"], EFFECTIVE)], now=EFFECTIVE)

    def drawn(self) -> dict[str, Any]:
        plan = queries.plan(self.session, self.opened())
        assert plan is not None
        return dict(drawing(self.session, plan, self.here).partition.polygons())

    def opened(self) -> UUID:
        if self.plan_id is None:
            plan = open_plan(self.session, self.actor, title="示例", reason="示例", communities=[self.here])
            self.plan_id = plan.id
        return self.plan_id

    def do(self, operation: Operation) -> None:
        before = self.drawn()
        try:
            with self.session.begin_nested():
                operate(
                    self.session, self.actor, self.opened(), self.here, operation, expected=ANYTHING, confirmed=True
                )
        except RedrawError:
            assert self.drawn() == before, "a refusal leaves the draft as it was"

    @rule(which=WHICH, x1=COLUMNS, y1=ROWS, x2=COLUMNS, y2=ROWS)
    def split(self, which: int, x1: float, y1: float, x2: float, y2: float) -> None:
        keys = list(self.drawn())
        line = {"type": "LineString", "coordinates": [list(corner(x1, y1)), list(corner(x2, y2))]}
        with suppress(GridsvcError):
            self.do(Split(kind="split", key=keys[which % len(keys)], line=line))

    @rule(which=WHICH, other=WHICH)
    def merge(self, which: int, other: int) -> None:
        keys = list(self.drawn())
        pair = {keys[which % len(keys)], keys[other % len(keys)]}
        if len(pair) == 2:
            self.do(Merge(kind="merge", keys=sorted(pair)))

    @rule(which=WHICH, other=WHICH, x=COLUMNS, y=ROWS, size=st.floats(0.2, 2))
    def shift(self, which: int, other: int, x: float, y: float, size: float) -> None:
        keys = list(self.drawn())
        source, target = keys[which % len(keys)], keys[other % len(keys)]
        ring = [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]
        area = {"type": "Polygon", "coordinates": [[list(corner(*place)) for place in ring]]}
        if source != target:
            self.do(Shift(kind="shift", source=source, target=target, area=area))

    @rule()
    def renumber(self) -> None:
        self.do(Renumber(kind="renumber"))

    @rule()
    def undo_and_do_again(self) -> None:
        before = self.drawn()
        with suppress(GridsvcError), self.session.begin_nested():
            undo(self.session, self.actor, self.opened(), expected=ANYTHING)
            redo(self.session, self.actor, self.opened(), expected=ANYTHING)
        assert self.drawn() == before

    @precondition(lambda self: self.plan_id is not None)
    @rule(at_once=st.booleans())
    def publish(self, at_once: bool) -> None:
        published = self.published(None if at_once else self.now + AHEAD)
        if published is None:
            return
        assert not set(published.new_codes) & self.given, "a code is never given again"
        self.given |= set(published.new_codes)
        while self.now < published.effective_at:
            sleep(0.02)
        self.moments.append(published.effective_at)
        self.plan_id, self.is_new = None, True

    @precondition(lambda self: self.plan_id is not None)
    @rule()
    def publish_and_withdraw(self) -> None:
        before = living(self.session, [self.here])
        published = self.published(self.now + timedelta(days=1))
        if published is None:
            return
        assert not set(published.new_codes) & self.given
        self.given |= set(published.new_codes)
        withdraw_plan(self.session, self.actor, published.plan_id)
        assert living(self.session, [self.here]) == before
        self.plan_id, self.is_new = None, True

    def published(self, at: datetime | None) -> PublishedPlan | None:
        plan = queries.plan(self.session, self.opened())
        assert plan is not None
        plan.status = "approved"
        self.session.flush()
        try:
            with self.session.begin_nested():
                return publish_plan(self.session, self.actor, plan.id, effective_at=at)
        except (PlanEmpty, TooLate):
            plan.status = "draft"
            self.session.flush()
            return None

    @invariant()
    def what_must_hold(self) -> None:
        if not self.is_new:
            return
        self.is_new = False
        assert living(self.session, [self.there]) == self.others, "the neighbours are as they were"
        for moment in self.moments:
            self.is_covered(moment)
        assert {(row.area, row.households) for row in self.session.execute(SHARES)} <= {(1_000_000, 1_000_000)}
        assert {row.mains for row in self.session.execute(MAINS)} == {1}, "one main worker or a named vacancy"

    def is_covered(self, moment: datetime) -> None:
        rows = self.session.execute(VERSIONS, {"at": moment}).all()
        pieces = [
            GridPiece(row.code, row.community_code, shape)
            for row, shape in zip(rows, from_wkb([row.wkb for row in rows]), strict=True)
        ]
        assert [fault for fault in coverage_report(self.outlines, pieces) if fault.is_fault] == []
        mine = [piece.polygon for piece in pieces if piece.community_code == self.here]
        whole, outline = shapely.coverage_union_all(mine), self.outlines[self.here]
        assert vertices(whole) == vertices(outline), "the ring of the community, vertex by vertex"
        assert abs(shapely.area(mine).sum() - outline.area) <= outline.area * 1e-9


def vertices(shape: Any) -> set[tuple[float, float]]:
    return set(map(tuple, shapely.get_coordinates(shapely.boundary(shape)).tolist()))


def test_any_story_of_plans(engine: Engine) -> None:
    tell(engine, stories=6)


@pytest.mark.slow
def test_many_stories_of_plans(engine: Engine) -> None:
    tell(engine, stories=200)


def tell(engine: Engine, *, stories: int) -> None:
    machine = type("Story", (Planning,), {"engine": engine})
    with patch.object(publish, "LEAD", LEAD):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=stories,
                stateful_step_count=14,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
