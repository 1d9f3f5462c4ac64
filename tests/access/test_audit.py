"""The audit: what is recorded, that it stays, and that it is written before a read's answer leaves."""

from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from gridsvc.access import audit
from gridsvc.access.audit import Origin, coming_from
from tests.fixtures.small_net import CLERK


def kept(session: Session) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in session.execute(text("SELECT * FROM audit ORDER BY at, id"))]


def test_a_row_tells_who_what_when_from_where_and_with_what_result(session: Session) -> None:
    with coming_from(Origin("10.0.0.7", "session")):
        audit.record(session, CLERK, "account.disable", "account", UUID(int=9), detail={"sessions_ended": 2})
    (row,) = kept(session)
    assert (row["account_id"], row["username"], row["roles"]) == (CLERK.account_id, "clerk", ["dispatcher"])
    assert (row["access"], row["address"]) == ("session", "10.0.0.7")
    assert (row["action"], row["object_kind"], row["object_id"]) == ("account.disable", "account", str(UUID(int=9)))
    assert (row["result"], row["reason"], row["detail"]) == ("done", None, {"sessions_ended": 2})
    assert row["at"]


def test_what_nobody_did_over_the_network_is_a_command_of_this_machine(session: Session) -> None:
    audit.record(session, None, "account.create", "account", username="first")
    (row,) = kept(session)
    assert (row["account_id"], row["username"], row["roles"]) == (None, "first", [])
    assert (row["access"], row["address"]) == ("command", None)


@pytest.mark.parametrize("change", ["UPDATE audit SET username = 'x'", "DELETE FROM audit", "TRUNCATE audit"])
def test_the_database_refuses_to_change_or_remove_a_row(session: Session, change: str) -> None:
    audit.record(session, CLERK, "care.unmask", "care_subject", "1", reason="handed over")
    with pytest.raises(DBAPIError, match="only ever added"):
        session.execute(text(change))


def test_the_purge_removes_nothing_younger_than_six_months(session: Session) -> None:
    audit.record(session, CLERK, "care.read", "care_subject")
    session.execute(text("SET LOCAL gridsvc.audit_purge = 'on'"))
    old = "INSERT INTO audit SELECT gen_random_uuid(), now() - interval '7 months', NULL, 'x', '{}', 'job', NULL, 'a'"
    session.execute(text(f"{old}, 'b', NULL, 'done', NULL, '{{}}'"))
    session.execute(text("DELETE FROM audit WHERE username = 'x'"))
    assert [row["username"] for row in kept(session)] == ["clerk"]
    with pytest.raises(DBAPIError, match="only ever added"):
        session.execute(text("DELETE FROM audit"))


def test_an_unknown_result_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError):
        audit.record(session, CLERK, "care.read", "care_subject", result="perhaps")  # type: ignore[arg-type]


def test_a_row_written_apart_is_there_whatever_happens_to_the_request(fresh_engine: Engine) -> None:
    with Session(fresh_engine) as session:
        audit.record(session, CLERK, "care.create", "care_subject")
        audit.record_apart(fresh_engine, None, "session.open", "account", result="refused", username="wang")
        session.rollback()
    with Session(fresh_engine) as session:
        assert [(row["action"], row["result"]) for row in kept(session)] == [("session.open", "refused")]
