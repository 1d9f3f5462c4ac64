"""An answer that tells something about people leaves one row of the audit, and no other answer leaves any.

Every GET operation is asked as somebody who may see everything, in a world where whatever is about people is marked:
a new operation that shows a mark and is not recorded fails here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, text

from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, unit_of_work
from gridsvc.infra.files import FileStore
from tests.api.neighbour_world import PERSON, PICTURE, READS, Asked, ask, lay_neighbours, worker_of_the_city
from tests.api.twin_world import make_app

# What each operation leaves in the audit when its answer is about people; docs/privacy.md says where the line is.
RECORDED = {
    "GET /api/v1/audit/export": "audit.export",
    "GET /api/v1/care-subjects": "care.list",
    "GET /api/v1/care-subjects/{subject_id}": "care.read",
    "GET /api/v1/compare/handover.xlsx": "net.export_handover",
    "GET /api/v1/coverage/duties": "care.list",
    "GET /api/v1/grids/{code}": "visit.list",
    "GET /api/v1/grids/{code}/team": "team.read",
    "GET /api/v1/handovers/{handover_id}": "handover.read",
    "GET /api/v1/handovers/{handover_id}/list.xlsx": "handover.export",
    "GET /api/v1/leaves": "leave.list",
    "GET /api/v1/leaves/calendar": "leave.list",
    "GET /api/v1/leaves/{leave_id}": "leave.read",
    "GET /api/v1/me/duties": "care.list",
    "GET /api/v1/people/export.xlsx": "personal.export",
    "GET /api/v1/plans/{plan_id}/handover.xlsx": "plan.export_handover",
    "GET /api/v1/sync": "care.list",
    "GET /api/v1/visits": "visit.list",
    "GET /api/v1/visits/{visit_id}": "visit.read",
    "GET /api/v1/visits/{visit_id}/photos/{name}": "visit.photo",
    "GET /api/v1/workers/{worker_id}": "leave.list",
    "GET /api/v1/workers/{worker_id}/open-work": "care.list",
}
# What somebody logged or asked for themselves.
OWN = {"GET /api/v1/me/leaves", "GET /api/v1/me/visits"}


@dataclass(frozen=True)
class Look:
    """An answer, and what the audit was told of it."""

    answer: Asked
    recorded: tuple[str, ...]


@pytest.fixture(scope="module")
def owner(server: Database, template: Database) -> Iterator[Engine]:
    made = make_engine(databases.create_database(server, "reads_recorded", template=template.name).url)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def looks(owner: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Look]]:
    """Every GET operation asked once."""
    home = tmp_path_factory.mktemp("reads-recorded")
    FileStore(home).put(PICTURE)
    with unit_of_work(owner) as session:
        world = lay_neighbours(session)
        who = worker_of_the_city(session, world)
    app = make_app(owner.url.render_as_string(hide_password=False), home)
    made: dict[str, Look] = {}
    for name in READS:
        before = len(_actions(owner))
        (answer,) = ask(app, who, world, [name])
        made[name] = Look(answer, tuple(_actions(owner)[before:]))
    yield made
    app.state.gridsvc.engine.dispose()


def _actions(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT action FROM audit ORDER BY at, id")))


def test_every_operation_could_be_asked(looks: dict[str, Look]) -> None:
    assert {name: look.answer for name, look in looks.items() if look.answer.status >= 500} == {}
    assert {name: looks[name].answer for name in RECORDED if looks[name].answer.status != 200} == {}


def test_whatever_is_about_people_is_recorded(looks: dict[str, Look]) -> None:
    about_people = {name for name, look in looks.items() if PERSON in look.answer.text}
    assert len(about_people) > 10, "the marks are found"
    assert sorted(about_people - RECORDED.keys() - OWN) == []


def test_each_request_leaves_the_one_row_that_the_table_says_and_others_leave_none(looks: dict[str, Look]) -> None:
    expected = {name: (RECORDED[name],) if name in RECORDED else () for name in READS}
    assert {name: look.recorded for name, look in looks.items()} == expected
