"""Two layers: with the filter off row security holds, with row security off the filter holds, without both it leaks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.access.roles import MATRIX
from gridsvc.api import deps
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine
from tests.api.twin_world import (
    MARK,
    NOW,
    SENSITIVE,
    World,
    actor,
    ask_everything,
    first_community,
    lay_world,
    leaks,
    make_app,
    without_filter,
)
from tests.fixtures.small_net import CODES

# The head of the first community, who may do everything there and nothing next door.
HEAD = actor({"supervisor"}, set(MATRIX), first_community())
# Whoever may do everything everywhere, and see nobody of a sensitive class.
READER = actor({"supervisor"}, set(MATRIX) - {"care.read_sensitive"}, WHOLE_CITY)

# The map is read with the eyes of the whole city; who answers is left out of it by the scope afterwards (decision 12).
BY_SCOPE_ALONE = {"/api/v1/locate", "/api/v1/status"}


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


def test_nothing_of_the_neighbours_is_shown(guarded: FastAPI, twins: tuple[Database, World]) -> None:
    answers = ask_everything(guarded, HEAD, twins[1].theirs)
    assert leaks(answers, MARK) == {}
    assert not [asked for asked in answers if asked.status >= 500]


def test_row_security_holds_without_the_filter(guarded: FastAPI, twins: tuple[Database, World]) -> None:
    with without_filter(HEAD) as unfiltered:
        answers = ask_everything(guarded, unfiltered, twins[1].theirs)
    assert leaks(answers, MARK).keys() == BY_SCOPE_ALONE
    assert not [asked for asked in answers if asked.status >= 500]


def test_the_filter_holds_without_row_security(unguarded: FastAPI, twins: tuple[Database, World]) -> None:
    assert leaks(ask_everything(unguarded, HEAD, twins[1].theirs), MARK) == {}


def test_without_both_it_leaks(unguarded: FastAPI, twins: tuple[Database, World]) -> None:
    with without_filter(HEAD) as unfiltered:
        answers = ask_everything(unguarded, unfiltered, twins[1].theirs)
    assert leaks(answers, MARK).keys() >= {
        "/api/v1/incidents",
        "/api/v1/incidents/{incident_id}",
        "/api/v1/grids/{code}",
        "/api/v1/grids/{code}/doors",
        "/api/v1/search",
        "/api/v1/care-subjects",
        "/api/v1/care-subjects/{subject_id}",
    }


@pytest.fixture(params=["guarded", "unguarded"])
def either(request: pytest.FixtureRequest) -> FastAPI:
    """With row security and without it."""
    made: FastAPI = request.getfixturevalue(request.param)
    return made


def client_of(app: FastAPI, who: Actor) -> TestClient:
    app.dependency_overrides[deps.actor] = lambda: who
    return TestClient(app, headers={"X-Gridsvc": "test"})


def of_ours(world: World) -> dict[str, str]:
    return world.theirs | {"code": CODES["A"], "subject_id": str(world.subjects["sensitive"])}


@pytest.mark.parametrize("scope", [WHOLE_CITY, first_community()], ids=["city", "community"])
def test_without_the_right_nobody_meets_a_sensitive_class(
    either: FastAPI, twins: tuple[Database, World], scope: Scope
) -> None:
    answers = ask_everything(either, replace(READER, scope=scope), of_ours(twins[1]))
    assert leaks(answers, SENSITIVE) == {}
    assert not [asked for asked in answers if asked.status >= 500]


def test_with_the_right_it_is_in_the_lists(either: FastAPI, twins: tuple[Database, World]) -> None:
    assert leaks(ask_everything(either, HEAD, of_ours(twins[1])), SENSITIVE).keys() == {
        "/api/v1/care-subjects",
        "/api/v1/care-subjects/{subject_id}",
        "/api/v1/coverage/duties",
    }


def test_figures_count_those_whom_one_may_see(either: FastAPI, twins: tuple[Database, World]) -> None:
    counts = []
    for who in (HEAD, READER):
        told = client_of(either, who).get("/api/v1/coverage", params={"grid": CODES["A"]}).json()
        counts.append((told["care"]["of"], told["duties"]["of"]))
    assert counts == [(1, 2), (0, 1)]


@pytest.mark.parametrize("path", ["care-changes", "duty-pauses"])
def test_writing_about_somebody_does_not_tell_that_they_are_there(
    either: FastAPI, twins: tuple[Database, World], path: str
) -> None:
    moment = (NOW - timedelta(hours=1)).isoformat()
    more = {"happened_at": moment} if path == "care-changes" else {"since": moment, "reason": "住院"}
    client = client_of(either, READER)
    found = [
        client.post(f"/api/v1/{path}", json={"subject_id": str(subject)} | more)
        for subject in (twins[1].subjects["sensitive"], uuid4())
    ]
    assert [answer.status_code for answer in found] == [404, 404]
    assert found[0].json() == found[1].json()


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
