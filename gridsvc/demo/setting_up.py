"""Sees to it that a database holds the demo city: loads it where there is nothing, and keeps the accounts in step."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from gridsvc.demo import accounts, queries
from gridsvc.demo.marks import loaded_demo, mark_of, refuse_real_rows
from gridsvc.demo.steps import Steps, uncollected
from gridsvc.infra.db import brief_engine, reading, unit_of_work
from gridsvc.infra.settings import Settings

if TYPE_CHECKING:
    from gridsvc.demo.plan import LoadPlan


def set_up(
    settings: Settings,
    url: str,
    *,
    size: str,
    seed: int,
    reset: bool = False,
    steps: Steps | None = None,
) -> Path:
    """The demo city in the database and its accounts in the home; returns the file that tells the accounts.

    Loads into an empty database, or anew after `reset` or an interrupted load. Raises Conflict if the database holds
    somebody's own data, which is never touched.
    """
    watched = steps or Steps()
    password = accounts.wanted_password(settings)
    with brief_engine(url, timezone=settings.city_timezone) as engine:
        if _is_there(engine, size=size, seed=seed, reset=reset, steps=watched):
            _keep_accounts(engine, settings, password)
        else:
            watched.say(f"Making the demo city ({mark_of(size, seed)}): synthetic people, streets and events.")
            _load(engine, url, _plan(settings, password, size, seed), watched)
        return accounts.write_file(settings.home, password)


def _is_there(engine: Engine, *, size: str, seed: int, reset: bool, steps: Steps) -> bool:
    """Whether a whole demo city is there; what is left of half a one is thrown away, and on request a whole one."""
    with reading(engine) as session:
        found = loaded_demo(session)
    if found is None:
        return False
    if found.is_complete and not reset:
        if found.city != mark_of(size, seed):
            steps.say(f"The database holds the demo city {found.city}; --reset makes another.")
        return True
    steps.say("Throwing the demo city away." if reset else "The last load was interrupted; starting over.")
    with unit_of_work(engine) as session:
        if not reset:
            refuse_real_rows(session)
        queries.empty_all(session)
    return False


def _plan(settings: Settings, password: str, size: str, seed: int) -> "LoadPlan":
    """What is to be loaded, by the clock of the city."""
    from gridsvc.demo.plan import LoadPlan  # for the first run alone, as all of the simulators

    now = datetime.now(ZoneInfo(settings.city_timezone))
    return LoadPlan(
        size="small" if size == "small" else "full",
        seed=seed,
        today=now.replace(hour=0, minute=0, second=0, microsecond=0),
        now=now,
        password=password,
    )


def _load(engine: Engine, url: str, plan: "LoadPlan", steps: Steps) -> None:
    """Load into an empty database."""
    from gridsvc.demo.load import load_city

    with steps.shown(), uncollected():
        load_city(engine, url, plan, steps)


def _keep_accounts(engine: Engine, settings: Settings, password: str) -> None:
    """Accounts follow the password of the setting; the file in the home says which one they have now."""
    if accounts.known_password(settings.home) != password:
        with unit_of_work(engine) as session:
            accounts.change_passwords(session, password)
