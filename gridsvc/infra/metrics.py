"""Figures of the running service for Prometheus. No label names a person, a place or an address: routes are templates.

With PROMETHEUS_MULTIPROC_DIR set, several processes add up in files of that folder; without it one process counts.
"""

import os
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from gridsvc import __version__

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)

STATE = """
    SELECT
        (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo') AS waiting,
        (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing') AS running,
        (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed') AS failed,
        (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 s') AS workers,
        (SELECT count(*) FROM pg_locks WHERE NOT granted) AS locks,
        (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
        (SELECT coalesce(extract(epoch FROM max(now() - xact_start)), 0) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle') AS longest,
        pg_database_size(current_database()) AS bytes
"""

HELP = {
    "waiting": ("gridsvc_jobs_waiting", "Jobs that wait for the job process."),
    "running": ("gridsvc_jobs_running", "Jobs being worked on."),
    "failed": ("gridsvc_jobs_failed", "Jobs that failed and are kept to be looked at."),
    "workers": ("gridsvc_job_processes", "Job processes that were alive within the last minute."),
    "locks": ("gridsvc_database_locks_waited_for", "Locks somebody waits for."),
    "connections": ("gridsvc_database_connections", "Connections to the database, all programs together."),
    "longest": ("gridsvc_database_longest_transaction_seconds", "Age of the oldest open transaction."),
    "bytes": ("gridsvc_database_size_bytes", "Size of the database."),
}


class Metrics:
    """What one application counts, and what is asked of its database when somebody reads."""

    def __init__(self, engine: Engine) -> None:
        self.counted = CollectorRegistry()
        self.requests = Counter(
            "gridsvc_http_requests", "Requests answered.", ["method", "route", "status"], registry=self.counted
        )
        self.seconds = Histogram(
            "gridsvc_http_request_seconds", "Time to answer.", ["route"], buckets=BUCKETS, registry=self.counted
        )
        self.working = Gauge(
            "gridsvc_http_in_progress", "Requests being answered.", registry=self.counted, multiprocess_mode="livesum"
        )
        self.asked = CollectorRegistry()
        self.asked.register(_State(engine))

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one answered request."""
        self.requests.labels(method, route, f"{status // 100}xx").inc()
        self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        counted = self.counted
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            counted = CollectorRegistry()
            MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        return generate_latest(counted) + generate_latest(self.asked)


class _State(Collector):
    """The state of process, pool and database at the moment somebody reads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.began = time.time()

    def collect(self) -> "Iterable[Metric]":
        version = GaugeMetricFamily("gridsvc_info", "The version that runs.", labels=["version"])
        version.add_metric([__version__], 1)
        yield version
        yield GaugeMetricFamily("gridsvc_uptime_seconds", "Since the process began.", value=time.time() - self.began)
        pool = self.engine.pool
        if isinstance(pool, QueuePool):
            yield GaugeMetricFamily("gridsvc_pool_in_use", "Connections lent to requests.", value=pool.checkedout())
            yield GaugeMetricFamily("gridsvc_pool_idle", "Connections waiting in the pool.", value=pool.checkedin())
        yield from self._of_database()

    def _of_database(self) -> "Iterable[Metric]":
        try:
            with Session(self.engine) as session:
                row = session.execute(text(STATE)).mappings().one()
        except SQLAlchemyError:
            yield GaugeMetricFamily("gridsvc_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("gridsvc_database_up", "Whether the database answers.", value=1)
        for name, (metric, told) in HELP.items():
            yield GaugeMetricFamily(metric, told, value=float(row[name]))
