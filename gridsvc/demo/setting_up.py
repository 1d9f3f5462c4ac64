"""Sees to it that a database holds the demo city: loads it where there is nothing, and keeps the accounts in step."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.pool import NullPool

from gridsvc.demo import accounts, queries
from gridsvc.demo.marks import loaded_demo, mark_of, refuse_real_rows
from gridsvc.demo.steps import Steps
from gridsvc.infra.db import make_engine, reading, unit_of_work
from gridsvc.infra.settings import Settings


def set_up(
    settings: Settings, url: str, *, size: str, seed: int, reset: bool = False, steps: Steps | None = None
) -> Path:
    """The demo city in the database and its accounts in the home; returns the file that tells the accounts.

    Loads into an empty database, or anew after `reset` or an interrupted load. Raises Conflict if the database holds
    somebody's own data, which is never touched.
    """
    watched = steps or Steps()
    engine = make_engine(url, timezone=settings.city_timezone, poolclass=NullPool)
    try:
        password = accounts.wanted_password(settings)
        with reading(engine) as session:
            found = loaded_demo(session)
        if found is not None and (reset or not found.is_complete):
            watched.say("Throwing the demo city away." if reset else "The last load was interrupted; starting over.")
            with unit_of_work(engine) as session:
                if not reset:
                    refuse_real_rows(session)
                queries.empty_all(session)
            found = None
        if found is None:
            _load(engine, url, settings, size=size, seed=seed, password=password, steps=watched)
        else:
            if found.city != mark_of(size, seed):
                watched.say(f"The database holds the demo city {found.city}; --reset makes another.")
            _keep_accounts(engine, settings, password)
        return accounts.write_file(settings.home, password)
    finally:
        engine.dispose()


def _load(engine: Engine, url: str, settings: Settings, *, size: str, seed: int, password: str, steps: Steps) -> None:
    from gridsvc.demo.load import load_city  # all of the simulators, for the first run alone
    from gridsvc.demo.plan import LoadPlan

    now = datetime.now(ZoneInfo(settings.city_timezone))
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    plan = LoadPlan(size="small" if size == "small" else "full", seed=seed, today=today, now=now, password=password)
    steps.say(f"Making the demo city ({mark_of(size, seed)}): synthetic people, streets and events.")
    with steps.shown():
        load_city(engine, url, plan, steps)


def _keep_accounts(engine: Engine, settings: Settings, password: str) -> None:
    """Accounts follow the password of the setting; the file in the home says which one they have now."""
    if accounts.known_password(settings.home) != password:
        with unit_of_work(engine) as session:
            accounts.change_passwords(session, password)
