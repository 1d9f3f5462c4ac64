"""The audit says how somebody proved who they are, and believes no cookie or header that nobody knows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from gridsvc.access import identity, logins
from gridsvc.access.identity import SessionLimits, token_hash
from gridsvc.access.logins import Attempt
from gridsvc.access.tables import ApiToken
from gridsvc.infra.databases import Database
from gridsvc.infra.db import unit_of_work
from tests.fixtures.in_process import Ask, asking, service_on

NOW = datetime.now(UTC)
WORDS = "a long password"
SECRET = "gridsvc_of-a-program"
WRONG = {"username": "wang", "password": "wrong"}


@pytest.fixture
def login(fresh_engine: Engine) -> str:
    """The cookie of somebody who is logged in and has a program."""
    with unit_of_work(fresh_engine) as session:
        account = identity.create_account(session, username="wang", display_name="示例", password=WORDS)
        identity.grant(session, account, role="worker", node=None, since=NOW - timedelta(days=1))
        lives = SessionLimits(timedelta(hours=1), timedelta(hours=1))
        token = logins.attempt(session, Attempt("wang", WORDS), now=NOW, limits=lives)
        session.add(
            ApiToken(
                token_hash=token_hash(SECRET), account_id=account, name="program", permissions=["care.read"],
                created_at=NOW, expires_at=NOW + timedelta(days=1),
            )
        )  # fmt: skip
    return f"gridsvc_session={token}"


@pytest.fixture
def ask(fresh_database: Database, tmp_path: Path) -> Ask:
    return asking(service_on(fresh_database.url, tmp_path))


def last(engine: Engine) -> tuple[str, str]:
    with engine.connect() as connection:
        row = connection.execute(text("SELECT action, access FROM audit ORDER BY at DESC, id DESC LIMIT 1")).one()
    return row.action, row.access


def test_a_browser_comes_by_its_session_and_a_program_by_its_token(ask: Ask, fresh_engine: Engine, login: str) -> None:
    assert ask("GET", "/api/v1/care-subjects", headers={"Cookie": login}).status_code == 200
    assert last(fresh_engine) == ("care.list", "session")
    assert ask("GET", "/api/v1/care-subjects", headers={"Authorization": f"Bearer {SECRET}"}).status_code == 200
    assert last(fresh_engine) == ("care.list", "token")


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize(
    "headers",
    [{}, {"Cookie": "gridsvc_locale=en"}, {"Cookie": "gridsvc_session=forged"}, {"Authorization": "Bearer forged"}],
    ids=["bare", "language", "forged session", "forged token"],
)
def test_whoever_has_proved_nothing_is_nobody_known(ask: Ask, fresh_engine: Engine, headers: dict[str, str]) -> None:
    assert ask("POST", "/api/v1/session", json=WRONG, headers=headers).status_code == 401
    assert last(fresh_engine) == ("session.create", "anonymous")


def test_what_one_proved_counts_for_no_other(ask: Ask, fresh_engine: Engine, login: str) -> None:
    ask("GET", "/api/v1/care-subjects", headers={"Cookie": login})
    ask("POST", "/api/v1/session", json=WRONG)
    assert last(fresh_engine) == ("session.create", "anonymous")
