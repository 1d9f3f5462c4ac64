"""Upgrading: a backup first, all or nothing, and never on the data of a newer version."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.pool import NullPool

from gridsvc.infra import cluster, databases, schema
from gridsvc.infra import upgrade as upgrading
from gridsvc.infra.backup import back_up
from gridsvc.infra.backup_file import Manifest
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine
from gridsvc.infra.inventory import Inventory, count_tables
from gridsvc.infra.schema import MigrationFailed
from gridsvc.infra.upgrade import upgrade
from tests.cli.in_process import gridsvc
from tests.infra.service_home import eventually, new_home, settings_for

HALF_WAY = '''"""A migration that does something and then fails."""
from alembic import op
revision = "9998"
down_revision = "{head}"
branch_labels = None
depends_on = None
def upgrade():
    op.execute("CREATE TABLE half (id integer)")
    op.execute("UPDATE channel SET name_en = 'changed'")
    op.execute("SELECT 1 / 0")
'''
GOOD = '''"""A migration that works."""
from alembic import op
revision = "9998"
down_revision = "{head}"
branch_labels = None
depends_on = None
def upgrade():
    op.execute("CREATE TABLE added (id integer)")
'''
WAITING = GOOD.replace("CREATE TABLE added (id integer)", "ALTER TABLE channel ADD COLUMN added integer")


@pytest.fixture
def home() -> Iterator[Path]:
    with new_home() as made:
        yield made


def next_version(monkeypatch: pytest.MonkeyPatch, folder: Path, migration: str) -> None:
    """From here on the program is a version that has one migration more."""
    copied = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, copied)
    (copied / "versions" / "9998_more.py").write_text(migration.format(head=schema.head()))
    monkeypatch.setattr(schema, "MIGRATIONS", copied)


def content(database: Database) -> tuple[str | None, Inventory]:
    engine = make_engine(database.url, poolclass=NullPool)
    with databases.connect(database) as connection, connection.transaction():
        return schema.revision_of(engine), count_tables(connection)


def test_an_upgrade_makes_a_backup_and_then_the_new_schema(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(home)
    with cluster.running(settings) as database:
        schema.upgrade(database.url)
        before = schema.head()
        next_version(monkeypatch, tmp_path, GOOD)
        done = upgrade(settings, database)
        assert (done.before, done.after) == (before, "9998")
        assert done.backup is not None
        assert done.backup.parent == home / "backups"
        assert upgrade(settings, database).backup is None


def test_a_migration_that_fails_half_way_leaves_the_old_state(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(fresh_database)
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    next_version(monkeypatch, tmp_path, HALF_WAY)
    with pytest.raises(MigrationFailed, match="division by zero"):
        upgrade(settings, fresh_database, with_backup=False)
    assert content(fresh_database) == before


def test_the_command_says_in_one_line_what_failed_and_where_the_backup_is(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(fresh_database)
    next_version(monkeypatch, tmp_path, HALF_WAY)
    monkeypatch.setenv("GRIDSVC_HOME", str(tmp_path / "home"))
    answer = gridsvc(fresh_database, "upgrade")
    assert (answer.returncode, answer.stdout) == (2, "")
    (backup,) = (tmp_path / "home" / "backups").iterdir()
    assert answer.stderr == (
        "gridsvc: The schema could not be changed: division by zero. The state before is in place. "
        f"The backup made before is {backup}. [migration_failed]\n"
    )
    assert content(fresh_database) == before


def test_a_service_that_runs_is_noticed_before_anything_is_done(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    before = content(fresh_database)
    environment = os.environ | settings.environment()
    with subprocess.Popen([sys.executable, "-m", "gridsvc.worker"], env=environment) as worker:
        try:
            assert eventually(lambda: has_worker(fresh_database))
            next_version(monkeypatch, tmp_path, GOOD)
            monkeypatch.setenv("GRIDSVC_HOME", str(settings.home))
            answer = gridsvc(fresh_database, "upgrade")
        finally:
            worker.terminate()
    assert answer.returncode == 2
    assert "[still_in_use]" in answer.stderr
    assert content(fresh_database)[0] == before[0]
    assert not (settings.home / "backups").exists()
    assert gridsvc(fresh_database, "upgrade").returncode == 0
    assert content(fresh_database)[0] == "9998"


def has_worker(database: Database) -> bool:
    with databases.connect(database) as connection:
        return connection.execute("SELECT FROM procrastinate_workers").fetchone() is not None


def test_who_comes_while_the_backup_is_made_is_noticed_too(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    monkeypatch.setattr(upgrading, "PATIENCE_S", 0.5)
    next_version(monkeypatch, tmp_path, GOOD)
    with contextlib.ExitStack() as came:

        def back_up_slowly(*arguments: Any) -> tuple[Path, Manifest]:
            came.enter_context(databases.connect(fresh_database))
            return back_up(*arguments)

        monkeypatch.setattr(upgrading, "back_up", back_up_slowly)
        with pytest.raises(upgrading.StillInUse):
            upgrade(settings, fresh_database)
    assert content(fresh_database)[0] != "9998"


def test_a_lock_that_another_holds_is_not_waited_for_without_end(
    fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_version(monkeypatch, tmp_path, WAITING)
    env = tmp_path / "migrations" / "env.py"
    env.write_text(env.read_text().replace('LOCK_TIMEOUT = "10s"', 'LOCK_TIMEOUT = "100ms"'))
    with databases.connect(fresh_database) as other, other.transaction():
        other.execute("LOCK TABLE channel")
        with pytest.raises(MigrationFailed, match="lock timeout"):
            schema.upgrade(fresh_database.url)


def test_data_of_a_newer_version_are_left_alone(fresh_database: Database, tmp_path: Path) -> None:
    engine = make_engine(fresh_database.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    before = content(fresh_database)
    with pytest.raises(schema.SchemaNewer):
        upgrade(settings, fresh_database)
    with pytest.raises(schema.SchemaNewer):
        schema.upgrade(fresh_database.url)
    assert content(fresh_database) == before


@pytest.mark.parametrize(("revision", "code"), [("9999", "schema_newer"), ("0002", "schema_older")])
def test_serving_the_data_of_another_version_is_refused_in_plain_words(
    fresh_database: Database, tmp_path: Path, revision: str, code: str
) -> None:
    engine = make_engine(fresh_database.url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    settings = settings_for(tmp_path / "home", database_url=fresh_database.url)
    answer = subprocess.run(
        [sys.executable, "-m", "gridsvc.cli", "serve", "--port", "18951"],
        env=os.environ | settings.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert answer.returncode == 2
    assert f"[{code}]" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert content(fresh_database)[0] == revision
