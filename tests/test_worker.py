"""The job process: housekeeping runs as a job and forgets what is past its end."""

import asyncio
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from gridsvc.access.identity import SessionLimits, create_account, log_in
from gridsvc.infra import reserve
from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.settings import Settings
from gridsvc.worker import clean_up, make_app


def old_and_new_login(engine: Engine) -> None:
    limits = SessionLimits(timedelta(hours=1), timedelta(hours=2))
    now = datetime.now(UTC)
    with unit_of_work(engine) as session:
        create_account(session, username="somebody", display_name="某人", password="a password")
        for moment in (now - timedelta(days=3), now):
            log_in(session, username="somebody", password="a password", now=moment, limits=limits)
        session.execute(
            text(
                "INSERT INTO idempotency (principal, key, request_hash, status, body, created_at) VALUES "
                "('a', 'old', '', 201, '', now() - interval '40 days'), ('a', 'new', '', 201, '', now())"
            )
        )


def left(engine: Engine) -> tuple[int, list[str]]:
    with engine.connect() as connection:
        logins = connection.execute(text("SELECT count(*) FROM session_token")).scalar_one()
        return logins, list(connection.execute(text("SELECT key FROM idempotency")).scalars())


def test_cleaning_up_forgets_old_logins_and_answers(fresh_database: Database, fresh_engine: Engine) -> None:
    old_and_new_login(fresh_engine)
    clean_up(fresh_database.url, Settings(database_url=fresh_database.url))
    assert left(fresh_engine) == (1, ["new"])


def test_housekeeping_runs_as_a_job(fresh_database: Database, fresh_engine: Engine) -> None:
    old_and_new_login(fresh_engine)
    app = make_app(Settings(database_url=fresh_database.url))

    async def work() -> None:
        async with app.open_async():
            await app.configure_task("housekeeping").defer_async(timestamp=0)
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    # In a thread of its own: the browser tests leave an event loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, work()).result()
    assert left(fresh_engine) == (1, ["new"])


def test_a_job_without_room_is_put_off_and_not_lost(
    fresh_database: Database, fresh_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_and_new_login(fresh_engine)
    app = make_app(Settings(database_url=fresh_database.url))

    async def work(*, defer: bool) -> None:
        async with app.open_async():
            if defer:
                await app.configure_task("housekeeping").defer_async(timestamp=0)
            await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    def run(*, defer: bool) -> list[tuple[str, bool]]:
        with ThreadPoolExecutor(1) as apart:
            apart.submit(asyncio.run, work(defer=defer)).result()
        with fresh_engine.begin() as connection:
            asked = "SELECT status, scheduled_at > now() FROM procrastinate_jobs WHERE task_name = 'housekeeping'"
            rows = connection.execute(text(f"{asked} ORDER BY id")).all()
            connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))
        return [(str(status), bool(later)) for status, later in rows]

    with monkeypatch.context() as full:
        full.setattr(reserve, "free_bytes", lambda _settings: 0)
        assert run(defer=True)[0] == ("todo", True)
    assert sorted(left(fresh_engine)[1]) == ["new", "old"]
    assert run(defer=False)[0][0] == "succeeded"
    assert left(fresh_engine) == (1, ["new"])


def test_without_a_database_it_says_who_starts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match="gridsvc serve"):
        make_app(Settings(database_url=None))


def test_it_ends_in_order_when_asked(fresh_database: Database, fresh_engine: Engine) -> None:
    settings = Settings(database_url=fresh_database.url)
    process = subprocess.Popen([sys.executable, "-P", "-m", "gridsvc.worker"], env=settings.environment())
    while not is_listening(fresh_engine):
        assert process.poll() is None
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def is_listening(engine: Engine) -> bool:
    """Whether somebody waits for jobs."""
    asked = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database())"
    with engine.connect() as connection:
        return bool(connection.execute(text(asked)).scalar_one())
