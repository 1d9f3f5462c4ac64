"""`scripts/bench patrols`: how fast phones sync, statuses are told and visits fill their ledgers.

sync_p95_ms           2,744 workers within ten minutes: the duty list with all doors, then 20 visits in two batches; the
                      quick form lets fewer workers set out at the same rate
sync_failed           requests or visits of these that did not succeed
status_all_grids_ms   the patrol status of every grid now, with 10 million visits and 400,000 doors
past_day_ms           the same on a past day, with the door coverage of its thirty days
visit_ms_at_1m        one visit with all of its ledgers, committed, with 1 million visits in the past
visit_ms_at_10m       the same with 10 million
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median, quantiles
from uuid import uuid4

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks import patrols_phones
from benchmarks.frame import Figures, Options, fresh_home, home, say
from benchmarks.patrols_history import DAYS, Size, add_visits, history
from benchmarks.service import Service, demo_city
from gridsvc.access.identity import Actor, token_hash
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.infra import cluster
from gridsvc.infra.db import make_engine, unit_of_work
from gridsvc.infra.settings import Settings
from gridsvc.patrols.coverage import door_coverage, patrol_status
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.visits import record_visit

PHONES, WITHIN_S, VISITS_EACH = 2744, 600.0, 20
FULL, QUICK = Size(grids=2461, doors=400_000, workers=2744), Size(grids=500, doors=40_000, workers=560)
EARLY, LATE = 1_000_000, 10_000_000

ACTOR = Actor(uuid4(), "bench", "bench", frozenset({"worker"}), frozenset({"visits.create"}), WHOLE_CITY)


def measure(options: Options) -> Figures:
    """All figures: those of the history first, for they need the machine alone."""
    figures = _history(options)
    with home(options) as place, demo_city(options, place) as service:
        figures |= _sync(service, PHONES if not options.quick else 60)
    return figures


def _history(options: Options) -> Figures:
    size, scale = (QUICK, 20) if options.quick else (FULL, 1)
    early, late = EARLY // scale, LATE // scale
    figures: Figures = {}
    with fresh_home() as place, history(place, size) as engine:
        url = engine.url.render_as_string(hide_password=False)
        add_visits(engine, url, size, first=0, last=early, total=early)
        figures["visit_ms_at_1m"] = _visit_ms(engine, size, times=options.times(300, 60))
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("TRUNCATE visit, door_day CASCADE"))
        add_visits(engine, url, size, first=0, last=late, total=late)
        figures["visit_ms_at_10m"] = _visit_ms(engine, size, times=options.times(300, 60))
        now = datetime.now(UTC)
        figures["status_all_grids_ms"] = _median_ms(engine, partial(_status, at=now), options.times(15, 5))
        past = [now - timedelta(days=DAYS * share) for share in (0.1, 0.35, 0.6, 0.85)]
        figures["past_day_ms"] = max(_median_ms(engine, partial(_past, at=at), options.times(5, 2)) for at in past)
        known = now - timedelta(days=DAYS * 0.3)
        as_known = _median_ms(engine, partial(_past, at=known - timedelta(days=1), known_at=known), 3)
        say(f"  a past day as it was known then: {as_known:.0f} ms")
    return figures


def _status(session: Session, at: datetime, known_at: datetime | None = None) -> None:
    patrol_status(session, at, cycle_days=30, due_soon_share=0.75, known_at=known_at)


def _past(session: Session, at: datetime, known_at: datetime | None = None) -> None:
    _status(session, at, known_at)
    door_coverage(session, at, days=30, known_at=known_at)


def _median_ms(engine: Engine, ask: Callable[[Session], None], times: int) -> float:
    taken = []
    for _ in range(times + 1):
        with Session(engine) as session:
            began = time.perf_counter()
            ask(session)
            taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken[1:]), 1)


def _visit_ms(engine: Engine, size: Size, *, times: int) -> float:
    """The median of single visits at doors all over the city, from the first statement to the commit."""
    with Session(engine) as session:
        rows = session.execute(
            text(
                "SELECT door.code, place.worker_id, ST_X(place.point) AS x, ST_Y(place.point) AS y "
                "FROM bench_door place JOIN door ON door.id = place.id WHERE mod(place.place, :step) = 0"
            ),
            {"step": max(1, size.doors // (times + 20))},
        ).all()
    taken = []
    for row in rows[: times + 20]:
        sent = VisitReport(
            client_id=uuid4(),
            kind="care_visit",
            result="done",
            door_code=row.code,
            x=row.x,
            y=row.y,
            crs="EPSG:4326",
            occurred_at=datetime.now(UTC) - timedelta(minutes=5),
            synthetic=True,
        )
        began = time.perf_counter()
        with unit_of_work(engine) as session:
            record_visit(session, sent, worker_id=row.worker_id, actor=ACTOR)
        taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken[20:]), 2)


def _sync(service: Service, phones: int) -> Figures:
    cookies = _log_in_workers(service, phones)
    warm = patrols_phones.run(port=service.port, cookies=cookies[:8], per_second=4, visits=2)
    say(f"  warmed up by {len(warm.latencies_ms)} requests")
    outcome = patrols_phones.run(port=service.port, cookies=cookies, per_second=PHONES / WITHIN_S, visits=VISITS_EACH)
    cuts = quantiles(outcome.latencies_ms, n=100)
    say(f"  {len(cookies)} phones, {len(outcome.latencies_ms)} requests, {outcome.stored} visits stored")
    say(f"  sync: p50 {cuts[49]:.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f} ms, {outcome.errors} failed")
    return {"sync_p95_ms": round(cuts[94], 1), "sync_failed": outcome.errors}


def _log_in_workers(service: Service, most: int) -> list[str]:
    """Accounts and logins for workers who hold a grid, written straight into the database of the demo city."""
    with cluster.running(Settings(home=service.home, database_url=None)) as database:
        engine = make_engine(database.url)
        with engine.begin() as connection:
            workers = connection.execute(
                text(
                    "SELECT DISTINCT worker.id FROM worker JOIN responsibility held ON held.worker_id = worker.id "
                    "AND held.role = 'main' AND held.valid @> now() AND upper_inf(held.recorded) "
                    "WHERE worker.account_id IS NULL LIMIT :most"
                ),
                {"most": most},
            ).all()
            tokens = [f"bench-{uuid4()}" for _ in workers]
            for row, token in zip(workers, tokens, strict=True):
                values = {"account": uuid4(), "worker": row.id, "token": token_hash(token), "name": token}
                for statement in LOG_IN:
                    connection.execute(text(statement), values)
        engine.dispose()
    return [f"gridsvc_session={token}" for token in tokens]


LOG_IN = (
    "INSERT INTO account (id, username, display_name, password_hash) VALUES (:account, :name, :name, 'none')",
    "INSERT INTO grant_ (id, account_id, role_code, valid) "
    "VALUES (gen_random_uuid(), :account, 'worker', tstzrange(now(), NULL))",
    "UPDATE worker SET account_id = :account WHERE id = :worker",
    "INSERT INTO session_token (token_hash, account_id, created_at, last_seen_at, expires_at) "
    "VALUES (:token, :account, now(), now(), now() + interval '2 hours')",
)
