"""Engines and sessions: what a pool does with dead connections, and what a reading session refuses."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from gridsvc.infra.databases import Database
from gridsvc.infra.db import brief_engine, make_engine, reading, unit_of_work
from tests.infra.service_home import eventually


def test_a_connection_that_the_server_closed_is_replaced_unnoticed(fresh_database: Database, engine: Engine) -> None:
    pooled = make_engine(fresh_database.url, pool_size=1)
    with pooled.connect() as connection:
        first = connection.scalar(text("SELECT pg_backend_pid()"))
    with engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": first})
    with pooled.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) != first
    pooled.dispose()


def connections(engine: Engine, database: Database) -> int:
    """How many others are connected to a database."""
    asked = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND backend_type = 'client backend'")
    with engine.connect() as connection:
        return int(connection.scalar(asked, {"name": database.name}) or 0)


def connect_and_fail(database: Database) -> None:
    with brief_engine(database.url) as brief:
        with brief.connect() as connection:
            assert connections(brief, database) == 2
            assert connection.scalar(text("SELECT current_database()")) == database.name
        raise RuntimeError


def test_an_errand_leaves_no_connection_behind_even_when_it_fails(fresh_database: Database, engine: Engine) -> None:
    with pytest.raises(RuntimeError):
        connect_and_fail(fresh_database)
    assert eventually(lambda: connections(engine, fresh_database) == 0)


def test_a_reading_session_cannot_write(fresh_engine: Engine) -> None:
    with reading(fresh_engine) as session, pytest.raises(DBAPIError, match="read-only"):
        session.execute(text("INSERT INTO net VALUES (gen_random_uuid(), 'n', 'n')"))


def add_a_net_and_fail(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        session.execute(text("INSERT INTO net VALUES (gen_random_uuid(), 'n', 'n')"))
        raise RuntimeError


def test_a_unit_of_work_that_fails_leaves_nothing(fresh_engine: Engine) -> None:
    with pytest.raises(RuntimeError):
        add_a_net_and_fail(fresh_engine)
    with reading(fresh_engine) as session:
        assert session.scalar(text("SELECT count(*) FROM net")) == 0


def test_every_session_speaks_the_citys_time(fresh_database: Database) -> None:
    made = make_engine(fresh_database.url, timezone="Asia/Urumqi")
    with made.connect() as connection:
        assert connection.scalar(text("SHOW timezone")) == "Asia/Urumqi"
    made.dispose()
