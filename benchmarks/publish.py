"""`scripts/bench publish`: a plan over every community of the demo city is published while incidents come in.

All grids are drawn anew. The plan is published for tomorrow and withdrawn, over and over, and at last published at
once; 50 incidents a second come in over HTTP all the while, also while the job that follows up moves open incidents.
Between two publications dead rows are cleared away and the plan is made ready again, as an approval does.

publish_total_ms      from sending the request to its answer: the median
publish_worst_ms      the slowest of them
gate_ms               how long the gate was shut, as a watcher in the database saw it: the median, looks included
gate_worst_ms         the longest
intake_p99_ms         latency of incidents at the client from the first publication to the end of the last one's job
intake_publishing_p99_ms   the same of those due while a plan was being published
intake_follow_up_p99_ms    the same of those due from the instant of the last plan on, until its job had ended
follow_up_s           from that instant to the end of the job, which is looked for every ten seconds
intake_failed         incidents that were not stored (0)
prepare_ms            what is measured once, when the plan is approved
grids_changed         grid versions that began
"""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from benchmarks.frame import Figures, Options, home, say
from benchmarks.publish_gate import GateWatch
from benchmarks.publish_ground import approve, draw_city
from benchmarks.publish_intake import Intake, Stream
from benchmarks.service import PATIENCE_S, Service, demo_city
from gridsvc.infra import cluster
from gridsvc.infra.db import make_engine
from gridsvc.infra.settings import Settings
from gridsvc.plans.preparing import prepare_in_parts

PER_SECOND = 50
QUIET_S = 2.0
TOUCHED = ("grid_version", "responsibility", "lineage", "grid_code", "carry_over")
READY = ("grid_opening", "grid_closing", "plan_share", "plan_prepared")
PLACES = text(
    "SELECT ST_X(p) AS x, ST_Y(p) AS y FROM (SELECT ST_PointOnSurface(geom) AS p FROM grid_version "
    "WHERE upper_inf(valid) ORDER BY md5(id::text) LIMIT 500) places"
)

# Those of publications that were withdrawn wait for tomorrow.
WAITING = text(
    "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = 'after_publication' "
    "AND args ->> 'plan_id' = :plan AND status IN ('todo', 'doing') AND scheduled_at < now() + interval '1 hour')"
)


def measure(options: Options) -> Figures:
    """The figures above."""
    with home(options) as place, demo_city(options, place) as service, _engine_of(service) as engine:
        return _publications(service, engine, options.times(7, 2))


@contextmanager
def _engine_of(service: Service) -> Iterator[Engine]:
    with cluster.running(Settings(home=service.home, database_url=None)) as database:
        engine = make_engine(database.url)
        yield engine
        engine.dispose()


def _publications(service: Service, engine: Engine, times: int) -> Figures:
    plan_id = draw_city(engine)
    figures: Figures = {"prepare_ms": _prepare(engine, plan_id)}
    with engine.connect() as connection:
        places = [(row.x, row.y) for row in connection.execute(PLACES)]
    cookie, totals, gates = service.log_in("planner"), list[float](), list[float]()
    publishing = list[tuple[float, float]]()
    with Stream(port=service.port, cookie=service.log_in("dispatcher"), places=places, per_second=PER_SECOND) as intake:
        time.sleep(2 * QUIET_S)
        for number in range(times):
            is_last = number == times - 1
            at = None if is_last else (datetime.now(UTC) + timedelta(days=1)).isoformat()
            with GateWatch(engine) as gate:
                began = time.time()
                told = _post(service, cookie, plan_id, "publish", {"effective_at": at})
                publishing.append((began, time.time()))
            totals.append((publishing[-1][1] - began) * 1000)
            gates.append(gate.longest_ms)
            say(f"  published in {totals[-1]:.0f} ms, gate {gates[-1]:.1f} ms, {told['grids_opened']} grids")
            time.sleep(QUIET_S)
            if not is_last:
                _post(service, cookie, plan_id, "withdraw", None)
                approve(engine, plan_id)
                _prepare(engine, plan_id)
                _tidy(engine)
        effective_at = datetime.fromisoformat(told["effective_at"]).timestamp()
        ended_at = _follow_up_ended(engine, plan_id)
    assert intake.outcome is not None
    figures |= {
        "publish_total_ms": round(median(totals), 1),
        "publish_worst_ms": round(max(totals), 1),
        "gate_ms": round(median(gates), 2),
        "gate_worst_ms": round(max(gates), 2),
        "intake_p99_ms": _p99(intake.outcome, [(publishing[0][0], ended_at)]),
        "intake_publishing_p99_ms": _p99(intake.outcome, publishing),
        "intake_follow_up_p99_ms": _p99(intake.outcome, [(effective_at, ended_at)]),
        "follow_up_s": round(ended_at - effective_at, 2),
        "intake_failed": intake.outcome.errors,
        "grids_changed": told["grids_opened"],
    }
    return figures


def _p99(intake: Intake, spans: list[tuple[float, float]]) -> float:
    """Of the reports due in spans of time, the latency that one in a hundred exceeds."""
    due = zip(intake.due, intake.latencies_ms, strict=True)
    found = [took for moment, took in due if any(start <= moment <= end for start, end in spans)]
    return round(quantiles(found, n=100, method="inclusive")[98], 1)


def _follow_up_ended(engine: Engine, plan_id: UUID) -> float:
    """Wait until the job after the last publication is done; when that was, by the wall clock."""
    for _ in range(PATIENCE_S * 10):
        with engine.connect() as connection:
            if not connection.execute(WAITING, {"plan": str(plan_id)}).scalar_one():
                return time.time()
        time.sleep(0.1)
    raise RuntimeError("the job after the publication did not end")


def _tidy(engine: Engine) -> None:
    """What the database does by itself in the minutes after a plan: nobody publishes a city every few seconds."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in TOUCHED + READY:
            connection.execute(text(f"VACUUM (ANALYZE) {table}"))


def _prepare(engine: Engine, plan_id: UUID) -> float:
    began = time.perf_counter()
    prepare_in_parts(engine, plan_id)
    return round((time.perf_counter() - began) * 1000, 1)


def _post(service: Service, cookie: str, plan_id: UUID, what: str, body: Any) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=120)
    headers = {"Cookie": cookie, "X-Gridsvc": "bench", "If-Match": "*", "Content-Type": "application/json"}
    connection.request("POST", f"/api/v1/plans/{plan_id}/{what}", None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{what}: {answer.status} {content[:300]!r}")
    told: dict[str, Any] = json.loads(content)
    return told
