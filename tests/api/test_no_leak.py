"""Two layers: with the filter off row security holds, with row security off the filter holds, without both it leaks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY
from gridsvc.access.roles import MATRIX
from gridsvc.api import care, deps, geography, grids, incidents
from gridsvc.geography.queries import lookups
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine
from tests.api.twin_world import (
    MARK,
    World,
    actor,
    ask_everything,
    first_community,
    lay_world,
    leaks,
    make_app,
    without_filter,
)

# The head of the first community, who may do everything there and nothing next door.
HEAD = actor({"supervisor"}, set(MATRIX), first_community())


@pytest.fixture(scope="module")
def twins(server: Database, template: Database) -> tuple[Database, World]:
    made = databases.create_database(server, "twins", template=template.name)
    engine = make_engine(made.url)
    with Session(engine) as session, session.begin():
        world = lay_world(session)
    engine.dispose()
    return made, world


@pytest.fixture(scope="module")
def guarded(twins: tuple[Database, World], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    yield from _app(twins[0], tmp_path_factory.mktemp("guarded"), is_guarded=True)


@pytest.fixture(scope="module")
def unguarded(twins: tuple[Database, World], tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    yield from _app(twins[0], tmp_path_factory.mktemp("unguarded"), is_guarded=False)


def _app(database: Database, home: Path, *, is_guarded: bool) -> Iterator[FastAPI]:
    app = make_app(database.url, home, guarded=is_guarded)
    yield app
    app.state.gridsvc.engine.dispose()


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for a grid by its code gets it, wherever it lies: the check before the filter is off as well."""

    def any_grid(session: Session, _: object, code: str, at: datetime) -> object:
        return lookups.grid_card(session, code, at)

    for module in (geography, grids, incidents, care):
        monkeypatch.setattr(module, "visible_grid", any_grid)


def test_nothing_of_the_neighbours_is_shown(guarded: FastAPI, twins: tuple[Database, World]) -> None:
    answers = ask_everything(guarded, HEAD, twins[1].theirs)
    assert leaks(answers, MARK) == {}
    assert not [asked for asked in answers if asked.status >= 500]


@pytest.mark.usefixtures("blind")
def test_row_security_holds_without_the_filter(guarded: FastAPI, twins: tuple[Database, World]) -> None:
    with without_filter():
        answers = ask_everything(guarded, HEAD, twins[1].theirs)
    assert leaks(answers, MARK) == {}
    assert not [asked for asked in answers if asked.status >= 500]


def test_the_filter_holds_without_row_security(unguarded: FastAPI, twins: tuple[Database, World]) -> None:
    assert leaks(ask_everything(unguarded, HEAD, twins[1].theirs), MARK) == {}


@pytest.mark.usefixtures("blind")
def test_without_both_it_leaks(unguarded: FastAPI, twins: tuple[Database, World]) -> None:
    with without_filter():
        answers = ask_everything(unguarded, HEAD, twins[1].theirs)
    assert leaks(answers, MARK).keys() >= {
        "/api/v1/incidents",
        "/api/v1/incidents/{incident_id}",
        "/api/v1/grids/{code}",
        "/api/v1/grids/{code}/doors",
        "/api/v1/search",
        "/api/v1/care-subjects",
        "/api/v1/care-subjects/{subject_id}",
    }


@pytest.mark.parametrize("who", [HEAD, replace(HEAD, scope=WHOLE_CITY)], ids=["scoped", "city"])
def test_locating_takes_two_statements_and_no_transaction(guarded: FastAPI, who: Actor) -> None:
    asked: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        asked.append(statement)

    guarded.dependency_overrides[deps.actor] = lambda: who
    engine = guarded.state.gridsvc.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = TestClient(guarded).get("/api/v1/locate", params={"x": 117.385, "y": 32.935, "crs": "EPSG:4326"})
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert answer.json()["main"]["name"] == "Worker A"
    assert len(asked) == 2
