"""The authorization matrix's world and the application on it, for all tests that ask as many different people."""

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from gridsvc.api.app import create_app
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, unit_of_work
from gridsvc.infra.settings import Settings, get_settings
from tests.api.matrix_world import World, build_world


@pytest.fixture(scope="session")
def matrix_database(server: Database, template: Database) -> Iterator[Database]:
    yield databases.create_database(server, "authorization_matrix", template=template.name)
    databases.drop_database(server, "authorization_matrix")


@pytest.fixture(scope="session")
def world(matrix_database: Database) -> World:
    engine = make_engine(matrix_database.url)
    with unit_of_work(engine) as session:
        made = build_world(session)
    engine.dispose()
    return made


@pytest.fixture(scope="session")
def matrix_app(matrix_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The application, except that its writes are rolled back where they would be committed."""
    settings = Settings(home=tmp_path_factory.mktemp("matrix-home"), database_url=matrix_database.url)
    made = create_app(settings)
    # Not by an overridden dependency: with one, FastAPI works out all dependencies anew at each request.
    dialect = made.state.gridsvc.engine.dialect
    dialect.do_commit = dialect.do_rollback
    yield made
    made.state.gridsvc.engine.dispose()
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made
