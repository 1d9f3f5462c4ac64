"""Coming and going by HTTP leaves its rows in the audit, also where somebody was made to wait."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from gridsvc.access import identity, logins, throttle
from gridsvc.access.identity import SessionLimits
from gridsvc.access.logins import Attempt
from gridsvc.access.throttle import SLIPS
from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from tests.fixtures.in_process import Ask, asking, service_on

WORDS = "a long password"
PAGE = {"X-Gridsvc": "test"}


@pytest.fixture
def account(fresh_engine: Engine) -> UUID:
    with unit_of_work(fresh_engine) as session:
        made = identity.create_account(session, username="wang", display_name="示例", password=WORDS)
        identity.grant(session, made, role="worker", node=None, since=datetime.now(UTC) - timedelta(days=1))
    return made


@pytest.fixture
def ask(fresh_database: Database, tmp_path: Path) -> Ask:
    return asking(service_on(fresh_database.url, tmp_path))


def cookie(engine: Engine) -> str:
    lives = SessionLimits(timedelta(hours=1), timedelta(hours=1))
    with unit_of_work(engine) as session:
        token = logins.attempt(session, Attempt("wang", WORDS), now=datetime.now(UTC), limits=lives)
    return f"gridsvc_session={token}"


def rows(engine: Engine, action: str) -> list[Any]:
    with engine.connect() as connection:
        asked = text("SELECT * FROM audit WHERE action = :a ORDER BY at, id")
        return list(connection.execute(asked, {"a": action}))


def test_logging_out_is_on_record_once(ask: Ask, fresh_engine: Engine, account: UUID) -> None:
    headers = PAGE | {"Cookie": cookie(fresh_engine)}
    with fresh_engine.connect() as connection:
        login = connection.scalar(text("SELECT id FROM session_token"))
    for _ in range(2):
        assert ask("DELETE", "/api/v1/session", headers=headers).status_code == 204
    (row,) = rows(fresh_engine, "session.end")
    assert (row.account_id, row.username, row.roles, row.access) == (account, "wang", ["worker"], "session")
    assert (row.object_kind, row.object_id, row.result) == ("session", str(login), "done")


def test_logging_out_without_a_login_is_nothing_to_record(ask: Ask, fresh_engine: Engine) -> None:
    assert ask("DELETE", "/api/v1/session", headers=PAGE | {"Cookie": "gridsvc_session=forged"}).status_code == 204
    assert rows(fresh_engine, "session.end") == []


def close_door(engine: Engine, name: str) -> None:
    """As after so many failures under the name that the next attempt waits for a minute."""
    with unit_of_work(engine) as session:
        for _ in range(SLIPS.free + 8):
            throttle.note_failure(session, throttle.door(name, None), datetime.now(UTC))


@pytest.mark.usefixtures("account")
def test_attempts_that_must_wait_are_on_record_and_cannot_flood_it(ask: Ask, fresh_engine: Engine) -> None:
    for name in ("wang", "my password by mistake", "another slip"):
        close_door(fresh_engine, name)
        credentials = {"username": name, "password": WORDS}
        assert {ask("POST", "/api/v1/session", json=credentials).status_code for _ in range(4)} == {429}
    told = rows(fresh_engine, "session.delay")
    assert [(row.username, row.address, row.result) for row in told] == [
        ("wang", "127.0.0.1", "refused"),
        ("-", "127.0.0.1", "refused"),
    ]
    assert 0 < told[0].detail["retry_after_s"] <= SLIPS.longest_s + 1


@pytest.mark.usefixtures("account")
def test_a_minute_later_it_is_told_again(ask: Ask, fresh_engine: Engine) -> None:
    close_door(fresh_engine, "wang")
    ask("POST", "/api/v1/session", json={"username": "wang", "password": WORDS})
    with fresh_engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE audit SET at = at - interval '61 seconds'"))
    assert ask("POST", "/api/v1/session", json={"username": "wang", "password": WORDS}).status_code == 429
    assert len(rows(fresh_engine, "session.delay")) == 2


@pytest.mark.usefixtures("account")
def test_guessing_the_old_password_too_fast_is_on_record(ask: Ask, fresh_engine: Engine) -> None:
    headers = PAGE | {"Cookie": cookie(fresh_engine)}
    close_door(fresh_engine, "wang")
    body = {"old_password": "a wrong one", "new_password": "quite another one"}
    for _ in range(2):
        assert ask("POST", "/api/v1/session/password", json=body, headers=headers).status_code == 429
    (row,) = rows(fresh_engine, "session.delay")
    assert (row.username, row.roles, row.access) == ("wang", ["worker"], "session")
