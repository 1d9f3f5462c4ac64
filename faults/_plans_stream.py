"""Plans that take effect at once while incidents stream in: each must carry the net effective when it was routed."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import UUID, uuid4

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks.publish_intake import Intake, Stream
from faults._plans_city import PlanCity, approve, neighbours, planner_of
from gridsvc.geography.gate import Passage
from gridsvc.incidents import intake
from gridsvc.incidents.intake import take_in
from gridsvc.incidents.reports import Report
from gridsvc.infra.db import unit_of_work
from gridsvc.people.answer import who_answers
from gridsvc.plans import publish

PER_SECOND = 50
SETTLE_S = 0.5
WRONG = text(
    """
    SELECT count(*) AS looked_at, count(*) FILTER (WHERE routing.net_version_id <> net.id
        OR NOT (grid.valid @> routing.routed_at AND ST_Covers(grid.geom, incident.point))) AS wrong
    FROM incident
    JOIN routing ON routing.incident_id = incident.id AND routing.reason = 'intake'
    CROSS JOIN LATERAL (SELECT id FROM net_version WHERE effective_at <= routing.routed_at
        ORDER BY effective_at DESC LIMIT 1) net
    LEFT JOIN grid_version grid ON grid.grid_id = routing.grid_id AND grid.valid @> routing.routed_at
    WHERE incident.id = ANY(CAST(:ids AS uuid[]))
    """
)
MIDDLE = text(
    "SELECT ST_X(p) AS x, ST_Y(p) AS y FROM (SELECT ST_PointOnSurface(geom) AS p FROM grid_version "
    "WHERE code = :code AND upper_inf(valid)) middle"
)


@dataclass
class Streamed:
    """Incidents that were stored, those with a wrong net or grid, failures, and publications meanwhile."""

    stored: int
    wrong: int
    failed: int
    published: int


def stream(city: PlanCity, communities: list[str], *, naive: bool = False) -> Streamed:
    """Publish a merger in each community, one after another, while incidents come in at its two grids."""
    cookie = city.log_in("planner")
    with city.engine() as engine:
        plans = [_merger(city, cookie, community) for community in communities]
        places = [_middle(engine, code) for _, codes in plans for code in codes]
        flow = Stream(port=city.port, cookie=city.log_in("dispatcher"), places=places, per_second=PER_SECOND)
        with flow:
            time.sleep(SETTLE_S)
            for plan, _ in plans:
                approve(engine, plan)
                if naive:
                    _publish_naively(engine, plan)
                else:
                    status, told = city.ask("POST", f"/api/v1/plans/{plan}/publish", cookie, {"effective_at": None})
                    if status != http.client.OK:
                        raise RuntimeError(f"publish: {status} {told}")
                time.sleep(2 * SETTLE_S)
        assert flow.outcome is not None
        return _judged(engine, flow.outcome, len(plans))


def around_the_instant(city: PlanCity, community: str) -> tuple[bool, bool]:
    """Whether a report a millisecond before a merger and one at it go to different grids, and different workers."""
    cookie = city.log_in("planner")
    with city.engine() as engine:
        plan, (stays, goes) = _merger(city, cookie, community)
        place = _middle(engine, goes)
        approve(engine, plan)
        at = (datetime.now(UTC) + timedelta(seconds=4)).isoformat()
        status, told = city.ask("POST", f"/api/v1/plans/{plan}/publish", cookie, {"effective_at": at})
        if status != http.client.OK:
            raise RuntimeError(f"publish: {status} {told}")
        instant, actor = datetime.fromisoformat(told["effective_at"]), planner_of(engine)
        found: list[tuple[str | None, UUID | None]] = []
        for moment in (instant - timedelta(milliseconds=1), instant + timedelta(milliseconds=1)):
            with unit_of_work(engine) as session, _clock_at(moment):
                receipt = take_in(session, _report(place), actor=actor)
                grid = receipt.decision.grid_id
                assert grid is not None
                main = who_answers(session, moment, [grid])[grid].main
                found.append((receipt.decision.grid_code, main.id if main else None))
        time.sleep(max(0.0, (instant - datetime.now(UTC)).total_seconds()))
    (before, first), (after, second) = found
    return (before, after) == (goes, stays), first != second


@contextmanager
def _clock_at(moment: datetime) -> Iterator[None]:
    with patch.object(intake, "shared_gate", lambda session: Passage(moment, moment)):
        yield


def _publish_naively(engine: Engine, plan: UUID) -> None:
    """The instant first, the rows afterwards, and nobody at the gate."""

    def past(session: Session, net: str) -> Passage:
        time.sleep(SETTLE_S)
        return Passage(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))

    lead, nothing = timedelta(milliseconds=80), timedelta(0)
    with (
        patch.object(publish, "exclusive_gate", past),
        patch.object(publish, "LEAD", lead),
        patch.object(publish, "LEAD_FOR_EACH_GRID", nothing),
        unit_of_work(engine) as session,
    ):
        publish.publish_plan(session, planner_of(engine), plan)


def _merger(city: PlanCity, cookie: str, community: str) -> tuple[UUID, tuple[str, str]]:
    """A plan that merges two neighbours, and their codes: the one that stays and the one that goes."""
    plan = city.open_plan(cookie, [community])
    first, second = neighbours(city.grids_of(cookie, plan, community))
    city.draw(cookie, plan, community, {"kind": "merge", "keys": [first, second], "into": first})
    city.draw(cookie, plan, community, {"kind": "decide", "key": first, "goes_on_as": first})
    return plan, (first, second)


def _middle(engine: Engine, code: str) -> tuple[float, float]:
    with engine.connect() as connection:
        row = connection.execute(MIDDLE, {"code": code}).one()
    return row.x, row.y


def _judged(engine: Engine, outcome: Intake, published: int) -> Streamed:
    ids = [each["id"] for each in outcome.stored]
    with engine.connect() as connection:
        row = connection.execute(WRONG, {"ids": ids}).one()
    return Streamed(row.looked_at, row.wrong + len(ids) - row.looked_at, outcome.errors, published)


def _report(place: tuple[float, float]) -> Report:
    return Report(
        client_id=uuid4(),
        channel="hotline",
        category="dirty_road",
        description="合成数据",
        x=place[0],
        y=place[1],
        crs="EPSG:4326",
        synthetic=True,
    )
