"""Two planners at once: one merges two grids, the other splits one of them, both drawn on the same revision."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from uuid import UUID

import shapely
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.orm import Session

from faults._plans_city import PlanCity, neighbours, planner_of, through
from gridsvc.core.errors import GridsvcError
from gridsvc.core.revisions import Expected
from gridsvc.geography.shapes import as_multi, as_shapes, to_ewkb
from gridsvc.infra.db import unit_of_work
from gridsvc.plans import drafts
from gridsvc.plans.asked import Merge, Split
from gridsvc.plans.drawing import Drawing
from gridsvc.plans.queries import publishing
from gridsvc.plans.tables import PlanGrid

STATE = text(
    """
    SELECT plan.position,
        (SELECT count(*) FROM plan_op op WHERE op.plan_id = plan.id AND op.abandoned_at IS NULL
            AND op.sequence <= plan.position) AS logged,
        (SELECT array_agg(op.kind) FROM plan_op op WHERE op.plan_id = plan.id AND op.abandoned_at IS NULL
            AND op.sequence = plan.position) AS last
    FROM plan WHERE id = :plan
    """
)
LATE_S = 0.1
SHAPES = text("SELECT ST_AsBinary(geom) FROM plan_grid WHERE plan_id = :plan")


@dataclass
class Races:
    """How many pairs there were, and what came out wrong: operations answered yes and lost, grids that overlap."""

    pairs: int = 0
    lost: int = 0
    overlaps: int = 0
    both_refused: int = 0


def race(city: PlanCity, pairs: int) -> Races:
    """Over HTTP, as planners do."""
    cookie, community = city.log_in("planner"), city.communities()[0]
    plan = city.open_plan(cookie, [community])
    grids = city.grids_of(cookie, plan, community)
    first, second = neighbours(grids)
    asked = (
        {"kind": "merge", "keys": [first, second], "into": first},
        {"kind": "split", "key": second, "line": through(grids[second])},
    )
    found, revision = Races(), 1
    with city.engine() as engine:
        before = _state(engine, plan)
        for _ in range(pairs):
            start = threading.Barrier(2)

            def one(operation: Any, start: threading.Barrier = start, seen: int = revision) -> bool:
                start.wait()
                status, _ = city.draw(cookie, plan, community, operation, f'"{seen}"')
                return status == http.client.OK

            accepted = _both(one, asked)
            _judge(engine, plan, before, accepted, found)
            city.ask("POST", f"/api/v1/plans/{plan}/undo", cookie)
            _, told = city.ask("GET", f"/api/v1/plans/{plan}", cookie)
            revision = told["revision"]
    return found


def control(city: PlanCity, most: int) -> Races:
    """The same without the lock, without the index that allows an operation one place, and grid by grid.

    Which fault comes of a pair depends on who writes last, so each is made the later one in turn, until both were seen.
    """
    cookie, community = city.log_in("planner"), city.communities()[1]
    found = Races()
    with city.engine() as engine:
        with engine.begin() as connection:
            connection.execute(text("DROP INDEX uq_plan_op_sequence"))
        actor = planner_of(engine)
        for number in range(most):
            plan = city.open_plan(cookie, [community])
            grids = city.grids_of(cookie, plan, community)
            first, second = neighbours(grids)
            asked = (
                Merge(kind="merge", keys=[first, second], into=first),
                Split(kind="split", key=second, line=through(grids[second])),
            )
            before, start = _state(engine, plan), threading.Barrier(2)
            with _naive(start):

                def one(operation: Any, plan: UUID = plan, late: type = (Merge, Split)[number % 2]) -> bool:
                    try:
                        with unit_of_work(engine) as session:
                            session.info["writes late"] = isinstance(operation, late)
                            expected = Expected(revisions=frozenset({1}))
                            drafts.operate(
                                session, actor, plan, community, operation, expected=expected, confirmed=True
                            )
                    except GridsvcError:
                        return False
                    return True

                accepted = _both(one, asked)
            _judge(engine, plan, before, accepted, found)
            if found.lost and found.overlaps:
                break
    return found


def _both(one: Callable[[Any], bool], asked: tuple[Any, Any]) -> int:
    with ThreadPoolExecutor(2) as two:
        return sum(two.map(one, asked))


@contextmanager
def _naive(start: threading.Barrier) -> Iterator[None]:
    """Nobody waits for anybody, and only the grids that an operation touched are written."""

    def store(session: Session, plan_id: UUID, drawn: Drawing, ground: Any) -> None:
        if session.info["writes late"]:
            time.sleep(LATE_S)
        kept = select(PlanGrid.key).where(PlanGrid.plan_id == plan_id)
        known = set(session.scalars(kept))
        for key, shape in drawn.partition.polygons().items():
            session.execute(delete(PlanGrid).where(PlanGrid.plan_id == plan_id, PlanGrid.key == key))
            session.add(_row(plan_id, drawn.community_code, key, shape))
        merged_away = known - set(drawn.partition.keys) - {drawn.next_key}
        session.execute(delete(PlanGrid).where(PlanGrid.plan_id == plan_id, PlanGrid.key.in_(merged_away)))

    def nobody_waits(session: Session, plan_id: UUID) -> None:
        start.wait(10)

    with patch.object(publishing, "lock_plan", nobody_waits), patch.object(drafts, "store_grids", store):
        yield


def _row(plan_id: UUID, community: str, key: str, shape: Any) -> PlanGrid:
    return PlanGrid(
        plan_id=plan_id,
        key=key,
        community_code=community,
        kind="basic",
        name="",
        geom=to_ewkb(as_multi(as_shapes([shape])))[0],
        area_m2=0,
        counts={},
    )


def _state(engine: Engine, plan: UUID) -> tuple[int, float, float]:
    """How many operations are logged, and the ground of the drawn grids: of each alone, and of all together."""
    with engine.connect() as connection:
        logged = connection.execute(STATE, {"plan": plan}).one().logged
        shapes = shapely.from_wkb([bytes(each) for each in connection.scalars(SHAPES, {"plan": plan})])
    return logged, float(shapely.area(shapes).sum()), float(shapely.area(shapely.union_all(shapes)))


def _judge(engine: Engine, plan: UUID, before: tuple[int, float, float], accepted: int, found: Races) -> None:
    """What was answered yes must be in the log in a place of its own, and the grids must cover what they covered."""
    with engine.connect() as connection:
        state = connection.execute(STATE, {"plan": plan}).one()
    _, alone, together = _state(engine, plan)
    found.pairs += 1
    found.both_refused += accepted == 0
    found.lost += accepted - state.position
    found.overlaps += abs(alone - together) > together * 1e-9 or abs(together - before[2]) > together * 1e-9
