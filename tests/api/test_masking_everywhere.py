"""No answer of the API holds somebody's name, phone or ID number in the clear, whoever asks for it by whatever address.

The paired worker alone sees the people they visit as they are; whoever says why may see them too, and is on record.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.access.masking import VIEWS
from gridsvc.access.roles import MATRIX, ROLE_CODES
from gridsvc.api import deps
from gridsvc.infra import databases
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, new_id
from gridsvc.people import care
from tests.api.twin_world import (
    ADDRESS,
    ID_NUMBER,
    NAME,
    NOW,
    PERSONAL,
    PHONE,
    RESIDENT,
    RESIDENT_PHONE,
    World,
    actor,
    ask_everything,
    lay_world,
    leaks,
    make_app,
)
from tests.fixtures.small_net import CLERK, CODES, COMMUNITY_1, COMMUNITY_2

HEADERS = {"X-Gridsvc": "test"}
BOTH = frozenset({COMMUNITY_1, COMMUNITY_2})
TEAM = "/api/v1/grids/{code}/team"
# What tells the addresses of the register of doors.
DOORS = {"/api/v1/grids/{code}/doors", "/api/v1/coverage/doors", "/api/v1/sync"}


@pytest.fixture(scope="module")
def owner(server: Database, template: Database) -> Iterator[Engine]:
    made = databases.create_database(server, "masked", template=template.name)
    engine = make_engine(made.url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def world(owner: Engine) -> World:
    with Session(owner) as session, session.begin():
        made = lay_world(session)
        care.pair_all(session, [(made.net.workers["B"], made.subjects["C"], new_id())], since=NOW)
    return made


@pytest.fixture(scope="module")
def app(owner: Engine, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    made = make_app(owner.url.render_as_string(hide_password=False), tmp_path_factory.mktemp("masked"))
    yield made
    made.state.gridsvc.engine.dispose()


def permissions_of(role: str) -> set[str]:
    return {permission for permission, row in MATRIX.items() if row[role]}


def paired_worker(world: World) -> Actor:
    scope = Scope(grid_ids=frozenset({world.net.grids["A"]}), worker_id=world.net.workers["B"])
    return actor({"worker"}, permissions_of("worker"), scope)


def client_of(app: FastAPI, who: Actor) -> TestClient:
    app.dependency_overrides[deps.actor] = lambda: who
    return TestClient(app, headers=HEADERS)


def recorded(owner: Engine, action: str) -> list[tuple[str | None, str | None]]:
    with owner.connect() as connection:
        rows = connection.execute(text("SELECT object_id, reason FROM audit WHERE action = :a"), {"a": action})
        return [(row.object_id, row.reason) for row in rows]


@pytest.mark.parametrize("role", ROLE_CODES)
def test_no_role_reads_anybody_in_the_clear(app: FastAPI, world: World, role: str) -> None:
    answers = ask_everything(app, actor({role}, permissions_of(role), WHOLE_CITY), world.theirs)
    assert leaks(answers, *PERSONAL) == {}
    assert not [asked for asked in answers if asked.status >= 500]


@pytest.mark.parametrize("role", ROLE_CODES)
def test_an_address_is_told_as_one_of_the_register_of_doors_alone(app: FastAPI, world: World, role: str) -> None:
    answers = ask_everything(app, actor({role}, permissions_of(role), WHOLE_CITY), world.theirs)
    told = leaks(answers, ADDRESS).keys()
    assert told <= DOORS
    assert bool(told) == MATRIX["doors.read"][role]


@pytest.mark.parametrize("role", ROLE_CODES)
def test_residents_in_a_team_are_seen_as_the_table_says(app: FastAPI, world: World, role: str) -> None:
    answers = ask_everything(app, actor({role}, permissions_of(role), WHOLE_CITY), world.theirs)
    is_clear = VIEWS["team.name"][role] == VIEWS["team.phone"][role] == "clear"
    assert leaks(answers, RESIDENT, RESIDENT_PHONE).keys() == ({TEAM} if is_clear else set())


def test_who_answers_for_a_grid_sees_its_team_as_it_is(app: FastAPI, world: World) -> None:
    for held, found in (("C", {TEAM}), ("A", set())):
        scope = Scope(community_codes=BOTH, grid_ids=frozenset({world.net.grids[held]}))
        answers = ask_everything(app, actor({"worker"}, permissions_of("worker"), scope), world.theirs)
        assert leaks(answers, RESIDENT, RESIDENT_PHONE).keys() == found


def test_the_list_of_the_day_tells_the_place_of_paired_people_alone(app: FastAPI, world: World, owner: Engine) -> None:
    mine = replace(paired_worker(world).scope, worker_id=world.net.workers["A"])
    client = client_of(app, actor({"worker"}, permissions_of("worker"), mine))
    pairing = new_id()
    for is_paired in (False, True):
        if is_paired:
            with Session(owner) as session, session.begin():
                care.pair_all(session, [(world.net.workers["A"], world.subjects["A"], pairing)], since=NOW)
        for told in (client.get("/api/v1/me/duties").json(), client.get("/api/v1/sync").json()["duties"]):
            [duty] = told["care"]
            place = [duty[name] for name in ("x", "y", "door_code")]
            assert (duty["paired"], duty["grid_code"]) == (is_paired, CODES["A"])
            assert (place[2] == "A1" and None not in place) if is_paired else place == [None] * 3
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM care_pairing WHERE id = :id"), {"id": pairing})


@pytest.mark.parametrize("role", ROLE_CODES)
def test_the_card_of_a_grid_lists_visits_to_who_may_read_them(app: FastAPI, world: World, role: str) -> None:
    card = client_of(app, actor({role}, permissions_of(role), WHOLE_CITY)).get(f"/api/v1/grids/{CODES['A']}")
    may = MATRIX["grids.read_card"][role]
    assert card.status_code == (200 if may else 403)
    assert len(card.json().get("visits", ())) == (may and MATRIX["visits.read"][role])


def test_all_rights_together_read_nobody_in_the_clear(app: FastAPI, world: World) -> None:
    everything = actor(set(ROLE_CODES), set(MATRIX), WHOLE_CITY)
    answers = {asked.path: asked for asked in ask_everything(app, everything, world.theirs)}
    assert leaks(list(answers.values()), *PERSONAL) == {}
    one = answers["/api/v1/care-subjects/{subject_id}"]
    assert one.status == 200
    assert "欧*" in one.text
    assert "139****0001" in one.text
    assert "7777" not in one.text


def test_the_paired_worker_sees_them_as_they_are(app: FastAPI, world: World) -> None:
    answers = ask_everything(app, paired_worker(world), world.theirs)
    shown = leaks(answers, NAME, PHONE, ID_NUMBER)
    assert "/api/v1/care-subjects/{subject_id}" in shown
    assert leaks(answers, "司徒举报") == {}


def test_whoever_says_why_sees_them_and_is_on_record(app: FastAPI, world: World, owner: Engine) -> None:
    subject = world.subjects["C"]
    client = client_of(app, actor({"supervisor"}, permissions_of("supervisor"), WHOLE_CITY))
    assert client.post(f"/api/v1/care-subjects/{subject}/unmask", json={"reason": "x"}).status_code == 422
    seen = client.post(f"/api/v1/care-subjects/{subject}/unmask", json={"reason": "ambulance"})
    assert (seen.status_code, seen.json()["name"], seen.json()["id_number"]) == (200, NAME, ID_NUMBER)
    assert recorded(owner, "care.unmask") == [(str(subject), "ambulance")]


def test_a_look_is_on_record_before_it_is_answered(app: FastAPI, world: World, owner: Engine) -> None:
    client = client_of(app, actor({"supervisor"}, permissions_of("supervisor"), WHOLE_CITY))
    before = len(recorded(owner, "care.list"))
    assert len(client.get("/api/v1/care-subjects").json()["items"]) == len(world.subjects)
    assert len(recorded(owner, "care.list")) == before + 1
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO audit_away"))
    try:
        refused = TestClient(app, raise_server_exceptions=False).get("/api/v1/care-subjects")
    finally:
        with owner.begin() as connection:
            connection.execute(text("ALTER TABLE audit_away RENAME TO audit"))
    assert refused.status_code >= 500
    assert "欧" not in refused.text


def test_creating_amending_and_pairing_go_by_the_contract(app: FastAPI, world: World) -> None:
    client = client_of(app, actor({"supervisor"}, permissions_of("supervisor"), WHOLE_CITY))
    body = {"number": "7", "class_code": "disabled", "name": NAME, "community_code": "340302001001", "door_code": "B1"}
    headers = {"Idempotency-Key": "once"}
    made = client.post("/api/v1/care-subjects", json=body, headers=headers)
    assert (made.status_code, made.json()["name"]) == (201, "欧*")
    again = client.post("/api/v1/care-subjects", json=body, headers=headers)
    assert (again.content, again.headers["Idempotency-Replayed"]) == (made.content, "true")
    place = made.headers["Location"]
    assert client.patch(place, json={"phone": PHONE}).status_code == 428
    changed = client.patch(place, json={"phone": PHONE}, headers={"If-Match": made.headers["ETag"]})
    assert (changed.json()["phone"], changed.headers["ETag"]) == ("139****0001", '"2"')
    assert client.patch(place, json={"phone": None}, headers={"If-Match": '"1"'}).status_code == 412
    naive = {"registered_until": "2026-11-21T08:00:00"}
    assert client.patch(place, json=naive, headers={"If-Match": '"2"'}).status_code == 422
    paired = client.post(f"{place}/pairings", json={"worker_number": "W-B"})
    assert paired.status_code == 201
    pairing = paired.json()["pairings"][0]["id"]
    assert client.post(f"{place}/pairings", json={"worker_number": "W-B"}).status_code == 409
    assert client.delete(f"{place}/pairings/{pairing}").status_code == 204
    assert client.delete(f"{place}/pairings/{pairing}").status_code == 404


def test_the_audit_is_searched_page_by_page_and_exported(app: FastAPI, world: World, owner: Engine) -> None:
    client = client_of(app, actor({"auditor"}, permissions_of("auditor"), WHOLE_CITY))
    with owner.begin() as connection:
        connection.execute(text("INSERT INTO management_node (code, name) VALUES ('340300000000', '某市')"))
        connection.execute(
            text(
                "INSERT INTO grant_ (id, account_id, role_code, node_code, valid) "
                "VALUES (gen_random_uuid(), :a, 'auditor', '340300000000', tstzrange(now() - interval '1 day', NULL))"
            ),
            {"a": CLERK.account_id},
        )
    seen, cursor = [], None
    while True:
        wanted = {"action": "care.", "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/audit", params=wanted)
        assert page.status_code == 200, page.text
        seen += [row["id"] for row in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) > 3
    file = client.get("/api/v1/audit/export", params={"username": "tester"})
    assert (file.status_code, file.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert len(file.text.splitlines()) > 3
    assert recorded(owner, "audit.export")


def test_the_list_of_the_day_is_on_record_too(app: FastAPI, world: World, owner: Engine) -> None:
    client = client_of(app, paired_worker(world))
    before = len(recorded(owner, "care.list"))
    assert client.get("/api/v1/me/duties").json()["care"]
    assert client.get("/api/v1/sync").json()["duties"]["care"]
    assert len(recorded(owner, "care.list")) == before + 2
