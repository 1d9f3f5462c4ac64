"""`scripts/bench patrols`: how fast phones sync, statuses are told and visits fill their ledgers.

sync_p95_ms           2,744 workers within ten minutes: the duty list with all doors, then 20 visits in two batches; the
                      quick form lets fewer workers set out at the same rate
sync_failed           requests or visits of these that did not succeed
status_all_grids_ms   the patrol status of every grid now, with 10 million visits and 400,000 doors
past_day_ms           the same on a past day, with the door coverage of its thirty days
visit_ms_at_1m        one visit with all of its ledgers, committed, with 1 million visits in the past: the use case in a
                      transaction of its own as the API opens it, from its first statement to the end of its commit
visit_ms_at_10m       the same with 10 million; both are measured in turn
bare_insert_ms        one row into a table without anything else, committed, in the same turns: what no visit can beat
care_past_day_ms      what became of the duties of 20,000 people to be visited in the thirty days to a past day
scans_of_visits       how often one of these figures read through all visits (0)
recount_differing     days of doors in the ledger that differ from a count of the rows of twenty days (0)

GRIDSVC_BENCH_HOME keeps the cities with their history between runs.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from uuid import uuid4

from sqlalchemy import Engine, Row, text
from sqlalchemy.orm import Session

from benchmarks import patrols_phones
from benchmarks.frame import Figures, Options, fresh_home, home, say
from benchmarks.patrols_history import DAYS, Size, cities, recount
from benchmarks.service import Service, demo_city
from gridsvc.access.identity import Actor, token_hash
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.infra import cluster
from gridsvc.infra.db import make_engine, unit_of_work
from gridsvc.infra.settings import Settings
from gridsvc.patrols.coverage import Period, door_coverage, patrol_status
from gridsvc.patrols.duties import care_outcomes
from gridsvc.patrols.logged import VisitReport
from gridsvc.patrols.visits import record_visit

PHONES, WITHIN_S, VISITS_EACH = 2744, 600.0, 20
FULL, QUICK = Size(grids=2461, doors=400_000, workers=2744), Size(grids=500, doors=40_000, workers=560)
# A little more than the round numbers, for in some grids nobody was.
EARLY, LATE = 1_010_000, 10_100_000
WARM_UP = 20

ACTOR = Actor(uuid4(), "bench", "bench", frozenset({"worker"}), frozenset({"visits.create"}), WHOLE_CITY)


def measure(options: Options) -> Figures:
    """All figures: those of the history first, for they need the machine alone."""
    kept = os.environ.get("GRIDSVC_BENCH_HOME")
    if kept:
        figures = of_history(options, Path(kept) / f"{options.size}-history")
    else:
        with fresh_home() as place:
            figures = of_history(options, place)
    return figures | of_phones(options)


def of_history(options: Options, place: Path) -> Figures:
    """What depends on how much has happened before."""
    size, scale = (QUICK, 20) if options.quick else (FULL, 1)
    figures: Figures = {}
    with cities(place, size, EARLY // scale, LATE // scale) as (early, late):
        visits = _visits_ms([early, late], size, times=options.times(300, 60))
        figures |= dict(zip(("visit_ms_at_1m", "visit_ms_at_10m", "bare_insert_ms"), visits, strict=True))
        now = datetime.now(UTC)
        figures["status_all_grids_ms"] = _median_ms(late, partial(_status, at=now), options.times(15, 5))
        past = [now - timedelta(days=DAYS * share) for share in (0.1, 0.35, 0.6, 0.85)]
        figures["past_day_ms"] = max(_median_ms(late, partial(_past, at=at), options.times(5, 2)) for at in past)
        figures["care_past_day_ms"] = _median_ms(late, partial(_care, at=past[0]), options.times(5, 2))
        known = now - timedelta(days=DAYS * 0.3)
        as_known = _median_ms(late, partial(_past, at=known - timedelta(days=1), known_at=known), 3)
        say(f"  a past day as it was known then: {as_known:.0f} ms")
        asked = (partial(_status, at=now), partial(_past, at=past[0]), partial(_care, at=past[0]))
        figures["scans_of_visits"] = sum(_scans(late, ask) for ask in asked)
        counted, figures["recount_differing"] = recount(late, days=20)
        say(f"  the ledger beside {counted:,} days of doors counted anew: {figures['recount_differing']:.0f} differ")
    return figures


def of_phones(options: Options) -> Figures:
    """What the phones of all workers make of the demo city."""
    with home(options) as place, demo_city(options, place) as service:
        return _sync(service, PHONES if not options.quick else 60)


def _status(session: Session, at: datetime, known_at: datetime | None = None) -> None:
    patrol_status(session, at, cycle_days=30, due_soon_share=0.75, known_at=known_at)


def _past(session: Session, at: datetime, known_at: datetime | None = None) -> None:
    _status(session, at, known_at)
    door_coverage(session, at, days=30, known_at=known_at)


def _care(session: Session, at: datetime) -> None:
    care_outcomes(session, Period(at - timedelta(days=30), at))


def _scans(engine: Engine, ask: Callable[[Session], None]) -> int:
    """How often the table of visits was read from its beginning to its end."""
    counted = text("SELECT coalesce(sum(seq_scan), 0) FROM pg_stat_xact_user_tables WHERE relname = 'visit'")
    with Session(engine) as session:
        ask(session)
        return int(session.scalars(counted).one())


def _median_ms(engine: Engine, ask: Callable[[Session], None], times: int) -> float:
    taken = []
    for _ in range(times + 1):
        with Session(engine) as session:
            began = time.perf_counter()
            ask(session)
            taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken[1:]), 1)


def _visits_ms(engines: list[Engine], size: Size, *, times: int) -> list[float]:
    """Medians of single visits at doors all over the city, one in each city in turn, and of bare rows after them."""
    served = [make_engine(engine.url.render_as_string(hide_password=False), guarded=True) for engine in engines]
    with engines[-1].begin() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS bench_bare (id uuid PRIMARY KEY, at timestamptz)")
    taken: list[list[float]] = [[] for _ in (*engines, None)]
    everywhere = [_doors(engine, size, times + WARM_UP) for engine in engines]
    for number in range(times + WARM_UP):
        for engine, doors, figures in zip(served, everywhere, taken, strict=False):
            figures.append(_one_visit_ms(engine, doors[number]))
        taken[-1].append(_bare_insert_ms(engines[-1]))
    for engine in served:
        engine.dispose()
    return [round(median(figures[WARM_UP:]), 2) for figures in taken]


def _doors(engine: Engine, size: Size, most: int) -> list[Row[tuple[str, object, float, float]]]:
    """Doors all over the city, with who answers for them; some have people behind them who are to be visited."""
    statement = text(
        "SELECT door.code, place.worker_id, place.subject_id, place.x, place.y FROM bench_door place "
        "JOIN door ON door.id = place.id WHERE mod(place.place, :step) = 0 AND upper_inf(door.registered) "
        "ORDER BY hashint8(place.place) LIMIT :most"
    )
    with Session(engine) as session:
        return list(session.execute(statement, {"step": max(1, size.doors // (2 * most)), "most": most}).all())


def _one_visit_ms(engine: Engine, door: Row[tuple[str, object, float, float]]) -> float:
    made = VisitReport(
        client_id=uuid4(),
        kind="care_visit",
        result="done",
        door_code=door.code,
        x=door.x,
        y=door.y,
        crs="EPSG:4326",
        occurred_at=datetime.now(UTC) - timedelta(minutes=5),
        synthetic=True,
    )
    began = time.perf_counter()
    with unit_of_work(engine) as session:
        record_visit(session, made, worker_id=door.worker_id, actor=ACTOR)
    return (time.perf_counter() - began) * 1000


def _bare_insert_ms(engine: Engine) -> float:
    began = time.perf_counter()
    with unit_of_work(engine) as session:
        session.execute(text("INSERT INTO bench_bare (id, at) VALUES (:id, now())"), {"id": uuid4()})
    return (time.perf_counter() - began) * 1000


def _sync(service: Service, phones: int) -> Figures:
    cookies = _log_in_workers(service, phones)
    warm = patrols_phones.run(port=service.port, cookies=cookies[:8], per_second=4, visits=2)
    say(f"  warmed up by {len(warm.latencies_ms)} requests")
    outcome = patrols_phones.run(port=service.port, cookies=cookies, per_second=PHONES / WITHIN_S, visits=VISITS_EACH)
    cuts = quantiles(outcome.latencies_ms, n=100)
    say(f"  {len(cookies)} phones, {len(outcome.latencies_ms)} requests, {outcome.stored} visits stored")
    say(f"  sync: p50 {cuts[49]:.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f} ms, failed: {outcome.failures}")
    return {"sync_p95_ms": round(cuts[94], 1), "sync_failed": outcome.failed}


def _log_in_workers(service: Service, most: int) -> list[str]:
    """Accounts and logins for workers, written straight into the database of the demo city: first who hold a grid."""
    with cluster.running(Settings(home=service.home, database_url=None)) as database:
        engine = make_engine(database.url)
        with engine.begin() as connection:
            workers = connection.execute(
                text(
                    "SELECT worker.id, worker.account_id, EXISTS ("
                    "SELECT FROM responsibility held WHERE held.worker_id = worker.id "
                    "AND held.role = 'main' AND held.valid @> now() AND upper_inf(held.recorded)) AS holds FROM worker "
                    "WHERE worker.left_at IS NULL ORDER BY holds DESC LIMIT :most"
                ),
                {"most": most},
            ).all()
            tokens = [f"bench-{uuid4()}" for _ in workers]
            for row, token in zip(workers, tokens, strict=True):
                values = {
                    "account": row.account_id or uuid4(),
                    "worker": row.id,
                    "token": token_hash(token),
                    "name": token,
                }
                for statement in (*(NEW_ACCOUNT if row.account_id is None else ()), LOG_IN):
                    connection.execute(text(statement), values)
        engine.dispose()
    return [f"gridsvc_session={token}" for token in tokens]


NEW_ACCOUNT = (
    "INSERT INTO account (id, username, display_name, password_hash) VALUES (:account, :name, :name, 'none')",
    "INSERT INTO grant_ (id, account_id, role_code, valid) "
    "VALUES (gen_random_uuid(), :account, 'worker', tstzrange(now(), NULL))",
    "UPDATE worker SET account_id = :account WHERE id = :worker",
)
LOG_IN = (
    "INSERT INTO session_token (token_hash, account_id, created_at, last_seen_at, expires_at) "
    "VALUES (:token, :account, now(), now(), now() + interval '2 hours')"
)
