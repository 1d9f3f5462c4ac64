"""What ends every login of an account also ends the one that is being opened just then, by another connection."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.access import accounts, identity, passwords
from gridsvc.access.identity import SessionLimits, operator
from gridsvc.access.logins import Attempt, attempt
from gridsvc.core.revisions import ANYTHING
from gridsvc.infra.db import unit_of_work

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=8))
WORDS = "a long password"
CHIEF = operator("chief")

Change = Callable[[Session, UUID], object]
CHANGES: dict[str, Change] = {
    "reset": lambda session, account: accounts.reset_password(session, CHIEF, account, now=NOW),
    "set": lambda session, account: accounts.set_password(session, CHIEF, account, "quite another one", now=NOW),
    "disable": lambda session, account: accounts.disable_account(session, CHIEF, account, ANYTHING, now=NOW),
}


@pytest.fixture
def account(fresh_engine: Engine) -> UUID:
    with unit_of_work(fresh_engine) as session:
        return identity.create_account(session, username="wang", display_name="示例", password=WORDS)


def log_in(session: Session) -> str | None:
    return attempt(session, Attempt("wang", WORDS, "192.0.2.7"), now=NOW, limits=LIMITS)


def living(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM session_token")) or 0)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_while_the_old_password_is_worked_out_leaves_no_login_by_it(
    fresh_engine: Engine, account: UUID, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    matches = passwords.matches

    def meanwhile(password: str, kept: str | None) -> bool:
        is_right = matches(password, kept)
        with unit_of_work(fresh_engine) as other:
            change(other, account)
        return is_right

    monkeypatch.setattr(passwords, "matches", meanwhile)
    with unit_of_work(fresh_engine) as session:
        assert log_in(session) is None
    assert living(fresh_engine) == 0
