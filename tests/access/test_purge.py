"""Rows of the audit go when their time is over and not before; without a purge on record an emptied time is a fault."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from gridsvc.access import seals
from gridsvc.access.purge import purge_audit
from gridsvc.infra.databases import Database
from gridsvc.infra.db import reading
from gridsvc.infra.settings import Settings
from gridsvc.worker import purge

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
_OLD = text(
    """
    INSERT INTO audit (id, at, username, roles, access, action, object_kind, object_id, result)
    SELECT gen_random_uuid(), CAST(:at AS timestamptz) + number * interval '1 second', 'somebody', '{}', 'session',
        'care.read', 'care_subject', number, 'done'
    FROM generate_series(1, 3) AS number
    """
)
_FORGED = text(
    """
    INSERT INTO audit (id, username, roles, access, action, object_kind, result, detail)
    VALUES (gen_random_uuid(), 'retention', '{}', 'job', 'audit.purge', 'audit', 'done',
        jsonb_build_object('until', CAST(:until AS timestamptz)))
    """
)


@pytest.fixture
def years(fresh_engine: Engine) -> Engine:
    """Three rows under a seal of each of these ages in days, and three that are new."""
    for days in (800, 700, 400, 300, 0):
        with fresh_engine.begin() as connection:
            connection.execute(_OLD, {"at": NOW - (days + 2) * DAY})
        assert seals.seal(fresh_engine, margin=days * DAY) is not None
    return fresh_engine


def rows(engine: Engine, asked: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.scalars(text(asked)))


def faults(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [f"{fault.place} {fault.code}" for fault in seals.check(session).faults]


def remove(engine: Engine, condition: str) -> None:
    """As somebody does who knows how the purge is let through."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL gridsvc.audit_purge = 'on'"))
        connection.execute(text(f"DELETE FROM audit WHERE {condition}"))


def test_what_is_older_than_the_setting_goes_and_leaves_one_row(years: Engine) -> None:
    assert purge_audit(years, kept_months=12, now=NOW) == 9
    assert rows(years, "SELECT count(*) FROM audit WHERE action = 'care.read'") == [6]
    (told,) = rows(years, "SELECT detail FROM audit WHERE action = 'audit.purge'")
    assert (told["rows"], told["sealed"], told["kept_months"]) == (9, 9, 12)
    assert NOW - 401 * DAY < datetime.fromisoformat(told["until"]) < NOW - 399 * DAY
    assert rows(years, "SELECT access || username FROM audit WHERE action = 'audit.purge'") == ["jobretention"]
    assert faults(years) == []


def test_it_goes_by_the_setting(years: Engine) -> None:
    assert purge_audit(years, kept_months=24, now=NOW) == 3
    assert purge_audit(years, kept_months=24, now=NOW) == 0
    assert len(rows(years, "SELECT id FROM audit WHERE action = 'audit.purge'")) == 1, "nothing gone, nothing to tell"


def test_a_seal_whose_time_is_partly_over_keeps_all_of_it(years: Engine) -> None:
    assert purge_audit(years, kept_months=12, now=NOW - 35 * DAY) == 6
    assert faults(years) == []


def test_many_seals_go_in_bites_each_with_its_own_row(years: Engine) -> None:
    assert purge_audit(years, kept_months=12, now=NOW, at_once=2) == 9
    assert rows(years, "SELECT detail -> 'rows' FROM audit WHERE action = 'audit.purge' ORDER BY at") == [6, 3]
    assert faults(years) == []


def test_what_was_lost_before_is_told_by_the_purge(years: Engine) -> None:
    remove(years, "object_id = '1' AND at < now() - interval '24 months'")
    purge_audit(years, kept_months=12, now=NOW)
    (told,) = rows(years, "SELECT detail FROM audit WHERE action = 'audit.purge'")
    assert told["rows"] < told["sealed"]


def test_a_time_emptied_without_a_purge_is_noticed(years: Engine) -> None:
    remove(years, "at < now() - interval '500 days'")
    assert faults(years) == ["seal 1 rows_missing_or_added", "seal 2 rows_missing_or_added"]


def test_a_time_emptied_beyond_the_last_purge_is_noticed(years: Engine) -> None:
    purge_audit(years, kept_months=12, now=NOW)
    remove(years, "at < now() - interval '200 days'")
    assert faults(years) == ["seal 4 rows_missing_or_added"]


def test_a_row_that_names_what_no_purge_removes_is_not_believed(years: Engine) -> None:
    with years.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM audit"))
        connection.execute(_FORGED, {"until": NOW})
    assert len(faults(years)) == 5


def test_the_job_of_the_night_goes_by_the_setting_of_the_service(fresh_database: Database, years: Engine) -> None:
    purge(fresh_database.url, Settings(database_url=fresh_database.url, audit_kept_months=23))
    assert rows(years, "SELECT count(*) FROM audit WHERE action = 'care.read'") == [9]
