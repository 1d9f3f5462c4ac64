"""A service that is killed (-9) while it publishes: afterwards there is the old net or the new one, never a mixture."""

import random
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import Engine, text

from faults._plans_city import PlanCity, approve, neighbours, planner_of
from gridsvc.geography.gate import BASE_NET
from gridsvc.geography.queries import nets
from gridsvc.infra.db import unit_of_work
from gridsvc.plans import publish
from gridsvc.plans.queries import publishing as queries

# From the asking on, as shares of the time that publishing takes: the last ones come when it is done, or nearly so.
MOMENTS = (0.05, 1.2)
SLOWEST_S = 5.0
TRACES = text(
    """
    SELECT plan.status,
        (SELECT count(*) FROM lineage WHERE plan_id = plan.id) AS shares,
        (SELECT count(*) FROM carry_over WHERE plan_id = plan.id) AS carried,
        (SELECT count(*) FROM net_version WHERE effective_at > clock_timestamp()) AS versions,
        (SELECT count(*) FROM grid_version WHERE upper(valid) > clock_timestamp()) AS closing,
        (SELECT count(*) FROM grid_version WHERE lower(valid) > clock_timestamp()) AS opening
    FROM plan WHERE id = :plan
    """
)


@dataclass
class Killed:
    """How often the service was killed, how often before it had answered, and what was found afterwards."""

    kills: int = 0
    in_mid_publish: int = 0
    old: int = 0
    new: int = 0
    mixed: int = 0


def kill(city: PlanCity, times: int) -> Killed:
    """Publish a plan over the whole city for tomorrow and kill the service meanwhile; withdraw it if it got through."""
    found, chance = Killed(), random.Random(5)
    with city.engine() as engine:
        plan, cookie = _plan(city), city.log_in("planner")
        usual = _usual_s(city, engine, cookie, plan)
        for moment in _moments(times, chance):
            approve(engine, plan)
            answered: list[int] = []
            publishing = threading.Thread(target=lambda into=answered: into.append(_publish(city, cookie, plan)))
            publishing.start()
            time.sleep(moment * usual)
            found.in_mid_publish += not answered
            found.kills += 1
            city.kill()
            publishing.join()
            _note(_seen(engine, plan), found)
            _take_back(city, cookie, plan)
    return found


def _moments(times: int, chance: random.Random) -> list[float]:
    """One moment in each of as many equal parts of `MOMENTS`, so that few kills too come early and late."""
    first, last = MOMENTS
    return [first + (last - first) * (part + chance.random()) / times for part in range(times)]


def control(city: PlanCity) -> bool:
    """Whether a publication in two transactions, with the end between them, is seen as a mixture."""

    class Ended(Exception):
        """The process is gone."""

    with city.engine() as engine:
        plan = _plan(city)
        approve(engine, plan)
        session_of = unit_of_work(engine)
        try:
            with session_of as session:

                def end(*_: object, **__: object) -> None:
                    session.commit()
                    raise Ended

                with patch.object(publish, "defer", end):
                    at = datetime.now(UTC) + timedelta(days=1)
                    publish.publish_plan(session, planner_of(engine), plan, effective_at=at)
        except Ended:
            pass
        return _seen(engine, plan) == "mixed"


def _plan(city: PlanCity) -> UUID:
    """A plan that merges two neighbours in every community."""
    cookie, communities = city.log_in("planner"), city.communities()
    plan = city.open_plan(cookie, communities)
    for community in communities:
        pair = list(neighbours(city.grids_of(cookie, plan, community)))
        city.draw(cookie, plan, community, {"kind": "merge", "keys": pair})
    return plan


def _usual_s(city: PlanCity, engine: Engine, cookie: str, plan: UUID) -> float:
    """How long publishing takes in a service just started, once the plan was measured, which the first time does."""
    took = SLOWEST_S
    for _ in range(2):
        city.kill()
        approve(engine, plan)
        began = time.perf_counter()
        _publish(city, cookie, plan)
        took = time.perf_counter() - began
        _take_back(city, cookie, plan)
    return min(took, SLOWEST_S)


def _publish(city: PlanCity, cookie: str, plan: UUID) -> int:
    at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    return city.ask("POST", f"/api/v1/plans/{plan}/publish", cookie, {"effective_at": at})[0]


def _take_back(city: PlanCity, cookie: str, plan: UUID) -> None:
    city.ask("POST", f"/api/v1/plans/{plan}/withdraw", cookie)


def _seen(engine: Engine, plan: UUID) -> str:
    """Which net there is, once what the killed process had begun is over."""
    with unit_of_work(engine) as session:
        queries.lock_plan(session, plan)
        nets.lock_net(session, BASE_NET)
        row = session.execute(TRACES, {"plan": plan}).one()
    traces = (row.shares, row.carried, row.versions, row.closing, row.opening)
    if row.status == "published" and all(traces):
        return "new"
    return "old" if row.status == "approved" and not any(traces) else "mixed"


def _note(seen: str, found: Killed) -> None:
    setattr(found, seen, getattr(found, seen) + 1)
