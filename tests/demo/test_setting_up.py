"""The demo is set up once, never over somebody's own data, and never left half done."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from gridsvc.access.identity import SessionLimits, log_in
from gridsvc.core.errors import Conflict, WrongCredentials
from gridsvc.demo.accounts import ACCOUNTS, FILE_NAME
from gridsvc.demo.marks import LOADING
from gridsvc.demo.setting_up import set_up
from gridsvc.demo.steps import Steps
from gridsvc.geography.areas import AreaDraft, register_areas
from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from gridsvc.infra.settings import Settings


def run(home: Path, database: Database, password: str | None, **options: bool) -> str:
    out = StringIO()
    settings = Settings(home=home, database_url=database.url, demo_password=password)
    set_up(settings, database.url, size="small", seed=1, steps=Steps(out), **options)
    return out.getvalue()


def can_log_in(engine: Engine, username: str, password: str) -> bool:
    limits = SessionLimits(timedelta(hours=1), timedelta(hours=1))
    try:
        with unit_of_work(engine) as session:
            log_in(session, username=username, password=password, now=datetime.now(UTC), limits=limits)
    except WrongCredentials:
        return False
    return True


def test_a_second_run_keeps_the_city_and_accounts_follow_the_password(
    demo_database: Database, demo_engine: Engine, demo_home: Path, demo_password: str
) -> None:
    assert run(demo_home, demo_database, demo_password) == ""
    assert can_log_in(demo_engine, "worker", demo_password)
    assert run(demo_home, demo_database, "another") == ""
    assert can_log_in(demo_engine, "planner", "another")
    assert not can_log_in(demo_engine, "planner", demo_password)
    run(demo_home, demo_database, None)
    assert can_log_in(demo_engine, "admin", "another"), "without a setting the password stays as it is"
    run(demo_home, demo_database, demo_password)
    assert can_log_in(demo_engine, "admin", demo_password)


def test_only_the_owner_can_read_the_accounts(demo_database: Database, demo_home: Path, demo_password: str) -> None:
    place = demo_home / FILE_NAME
    assert place.stat().st_mode & 0o777 == 0o600
    told = json.loads(place.read_text(encoding="utf-8"))
    assert [account["username"] for account in told["accounts"]] == [account.username for account in ACCOUNTS]
    assert {account["password"] for account in told["accounts"]} == {demo_password}


def test_the_demo_is_not_loaded_into_somebodys_own_data(
    fresh_database: Database, fresh_engine: Engine, tmp_path: Path
) -> None:
    with unit_of_work(fresh_engine) as session:
        own = AreaDraft("110000000000", "自己的省", None)
        register_areas(session, [own], valid_from=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(Conflict, match="data of your own"):
        run(tmp_path, fresh_database, "x", reset=True)
    with fresh_engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM area")).scalars().all() == ["自己的省"]


@pytest.mark.slow
def test_an_interrupted_load_starts_over(fresh_database: Database, fresh_engine: Engine, tmp_path: Path) -> None:
    run(tmp_path, fresh_database, "x")
    with unit_of_work(fresh_engine) as session:
        session.execute(text("DELETE FROM visit WHERE occurred_at < now() - interval '20 days'"))
        session.execute(text("UPDATE net_version SET published_by = :mark"), {"mark": LOADING})
    assert "starting over" in run(tmp_path, fresh_database, "x")
    with fresh_engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM visit")).scalar_one() > 12_000
        assert connection.execute(text("SELECT count(*) FROM account")).scalar_one() == len(ACCOUNTS)
