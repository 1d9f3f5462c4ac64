"""Migrations and models describe the same database."""

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from gridsvc.infra import schema
from gridsvc.infra.databases import Database


def test_migrations_and_models_agree(database: Database) -> None:
    command.check(schema.alembic_config(database.url))


def test_the_migrated_database_is_current(engine: Engine) -> None:
    assert schema.is_current(engine)


def test_a_database_one_migration_behind_is_not_current(fresh_engine: Engine) -> None:
    with fresh_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert not schema.is_current(fresh_engine)


def test_a_code_once_given_cannot_be_taken_away(session: Session) -> None:
    session.execute(text("INSERT INTO net (id, key, name) VALUES (gen_random_uuid(), 'n', 'n')"))
    session.execute(text("INSERT INTO grid (id, net_id) SELECT gen_random_uuid(), id FROM net WHERE key = 'n'"))
    session.execute(
        text(
            "INSERT INTO grid_code (scheme, code, grid_id, community_code) "
            "SELECT 'local', 'x', grid.id, '340302001001' FROM grid JOIN net ON net.id = net_id AND key = 'n'"
        )
    )
    with pytest.raises(DBAPIError, match="only ever added"):
        session.execute(text("DELETE FROM grid_code WHERE code = 'x'"))
