"""The job process: `python -m gridsvc.worker` runs deferred jobs and the housekeeping that nobody asks for.

It idles nearly always, so it imports little; what a job needs is imported by the job.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ParamSpec
from uuid import UUID

from gridsvc.infra import logs
from gridsvc.infra.jobs import PutOff, job_app
from gridsvc.infra.reserve import require_room
from gridsvc.infra.settings import Settings

if TYPE_CHECKING:
    from procrastinate import App

P = ParamSpec("P")

log = logging.getLogger("gridsvc.worker")

HOUSEKEEPING = "17 * * * *"
EVERY_MINUTE = "* * * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
EVERY_NIGHT = "41 3 * * *"
FINISHED_JOBS_KEPT_HOURS = 72
# The queue tells of new jobs by itself; it is looked at for those that were to wait for their hour.
POLLING_S = 10.0
STOP_PATIENCE_S = 8.0
# Somebody waits for an answer of the API, nobody for a job.
NICENESS = 5


def make_app(settings: Settings) -> "App":
    """The job application with every task and timer of the service."""
    if settings.database_url is None:
        raise SystemExit("gridsvc.worker: GRIDSVC_DATABASE_URL is not set; `gridsvc serve` starts this process.")
    url = settings.database_url
    app = job_app(url)

    @app.periodic(cron=HOUSEKEEPING)
    @app.task(name="housekeeping", queueing_lock="housekeeping", pass_context=False, retry=PutOff())
    async def housekeeping(timestamp: int) -> None:
        await with_room(settings, clean_up, url, settings)
        await with_room(settings, seal_audit, url, settings)
        await app.job_manager.delete_old_jobs(nb_hours=FINISHED_JOBS_KEPT_HOURS, include_failed=True)

    @app.task(name="prepare_plan", pass_context=False, retry=PutOff())
    async def prepare_plan(plan_id: str) -> None:
        await with_room(settings, make_ready, url, settings, plan_id)

    @app.task(name="after_publication", pass_context=False, retry=PutOff())
    async def after_publication(plan_id: str) -> None:
        await with_room(settings, follow_up, url, settings, plan_id)

    @app.task(name="move_grids", pass_context=False, retry=PutOff())
    async def move_grids(move_id: str) -> None:
        await with_room(settings, change_hands, url, settings, move_id)

    @app.periodic(cron=EVERY_TEN_MINUTES)
    @app.task(name="turn_leaves", queueing_lock="turn_leaves", pass_context=False, retry=PutOff())
    async def turn_leaves(timestamp: int) -> None:
        await with_room(settings, turn, url, settings)

    @app.periodic(cron=EVERY_NIGHT)
    @app.task(name="retention", queueing_lock="retention", pass_context=False, retry=PutOff())
    async def retention(timestamp: int) -> None:
        await with_room(settings, forget, url, settings)
        await with_room(settings, purge, url, settings)

    if settings.archive_to is not None:

        @app.periodic(cron=EVERY_MINUTE)
        @app.task(name="archive_files", queueing_lock="archive_files", pass_context=False, retry=PutOff())
        async def archive_files(timestamp: int) -> None:
            await with_room(settings, copy_files, settings)

    return app


async def with_room(settings: Settings, work: Callable[P, None], *args: P.args, **named: P.kwargs) -> None:
    """Does the work in a thread of its own. Raises StorageFull, by which the job is put off, while the disk is full."""
    require_room(settings)
    await asyncio.to_thread(work, *args, **named)


def make_ready(url: str, settings: Settings, plan_id: str) -> None:
    """What can be done of a publication once a plan is approved."""
    from gridsvc.infra.db import brief_engine
    from gridsvc.plans.preparing import prepare_in_parts

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        prepare_in_parts(engine, UUID(plan_id))


def follow_up(url: str, settings: Settings, plan_id: str) -> None:
    """What a plan leaves to do once it is in effect; the map first, so that nobody who looks has to wait for it."""
    from gridsvc.dashboard import documents
    from gridsvc.infra import runtime_settings
    from gridsvc.infra.db import brief_engine, reading
    from gridsvc.plans.follow_up import follow_up_plan

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        runtime_settings.follow(engine)
        with reading(engine) as session:
            documents.prepare(session, settings.home / "documents", at=datetime.now(UTC))
        follow_up_plan(engine, UUID(plan_id))


def change_hands(url: str, settings: Settings, move_id: str) -> None:
    """A change of many grids that somebody asked for."""
    from gridsvc.handover.moves import carry_out
    from gridsvc.infra.db import brief_engine

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        carry_out(engine, UUID(move_id), now=datetime.now(UTC))


def turn(url: str, settings: Settings) -> None:
    """Hand-overs of leaves that are about to begin or are over."""
    from gridsvc.handover.absences import turn_leaves
    from gridsvc.infra.db import brief_engine

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        turn_leaves(engine, now=datetime.now(UTC))


def forget(url: str, settings: Settings) -> None:
    """Personal data past its period."""
    from gridsvc.access.retention import forget_in_time
    from gridsvc.infra.db import brief_engine

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        forget_in_time(engine, settings, now=datetime.now(UTC))


def purge(url: str, settings: Settings) -> None:
    """Rows of the audit past theirs."""
    from gridsvc.access.purge import purge_audit
    from gridsvc.infra.db import brief_engine

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        removed = purge_audit(engine, kept_months=settings.audit_kept_months, now=datetime.now(UTC))
        if removed:
            log.info("audit purged: %d rows", removed)


def copy_files(settings: Settings) -> None:
    """Uploaded files to the archive, where the log of changes is already."""
    from gridsvc.infra import archive, health

    if health.is_private(settings):
        archive.copy_files(settings)


def clean_up(url: str, settings: Settings) -> None:
    """Forget logins past their end, answers too old to be asked for again, and photos that no visit shows."""
    from gridsvc.access.queries.logins import end_expired_sessions
    from gridsvc.infra.db import brief_engine, unit_of_work
    from gridsvc.infra.files import FileStore
    from gridsvc.infra.idempotency import forget_old_answers
    from gridsvc.patrols.photos import sweep_photos

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        now = datetime.now(UTC)
        with unit_of_work(engine) as session:
            end_expired_sessions(session, now, now - timedelta(hours=settings.session_idle_hours))
            forget_old_answers(session, now=now, kept_for=timedelta(days=settings.idempotency_days))
        with unit_of_work(engine) as session:
            sweep_photos(session, FileStore(settings.home), now=now)


def seal_audit(url: str, settings: Settings) -> None:
    """The rows of the audit that have come; the log, which is elsewhere, is told the seal."""
    from gridsvc.access.seals import seal
    from gridsvc.infra.db import brief_engine

    with brief_engine(url, timezone=settings.city_timezone) as engine:
        made = seal(engine)
        if made is not None:
            log.info("audit sealed: %d:%s, %d rows", made.number, made.digest.hex(), made.rows)


async def run(app: "App") -> None:
    """Work until TERM or INT, then let running jobs finish."""
    async with app.open_async():
        await app.run_worker_async(
            concurrency=1,
            fetch_job_polling_interval=POLLING_S,
            shutdown_graceful_timeout=STOP_PATIENCE_S,
            install_signal_handlers=True,
        )


def main() -> int:
    """Runs the worker with the settings of the environment."""
    settings = Settings()
    logs.set_up(settings)
    os.nice(NICENESS)
    asyncio.run(run(make_app(settings)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
