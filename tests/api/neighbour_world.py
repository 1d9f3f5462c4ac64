"""The matrix's world with everything in community 1 marked, and every GET operation of the API asked about it.

A mark in an answer to somebody of community 2 is a leak; a person's mark in any answer is a look at personal data.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.access.roles import MATRIX, ROLE_CODES
from gridsvc.access.tables import Grant
from gridsvc.api import deps
from gridsvc.api.contract import contract
from gridsvc.api.openapi import operations
from gridsvc.infra.db import new_id
from tests.api.expectations import EXPECTATIONS
from tests.api.matrix_world import World, build_world
from tests.api.test_matrix import request_for
from tests.api.twin_world import readable
from tests.fixtures.small_net import CITY_NODE, CODES, COMMUNITY_1, COMMUNITY_2, FOUNDED, middle

MARK, PERSON = "THING-OF-THE-OTHER", "PERSON-OF-THE-OTHER"
PICTURE = f"\xff\xd8 a photo of {PERSON}".encode("latin-1")

OPERATIONS: dict[str, dict[str, Any]] = dict(operations(json.loads(contract())))
READS = [name for name in OPERATIONS if name.startswith("GET ") and not EXPECTATIONS[name].stream]
X, Y = middle("A")
# What is asked beside the rows of the expectations, so that the answer is about community 1 where it can be.
ASKED = {
    "GET /api/v1/locate": {"x": str(X), "y": str(Y), "crs": "EPSG:4326"},
    "GET /api/v1/search": {"q": MARK[:8]},
    "GET /api/v1/incidents": {"state": "all"},
    "GET /api/v1/incidents/points": {"bbox": "117.3,32.8,117.5,33.0", "zoom": "18"},
    "GET /api/v1/leaves/calendar": {"community": "{community}", "month": "{leave_month}"},
    "GET /api/v1/people/export.xlsx": {"kind": "workers"},
    "GET /api/v1/stations/{code}/supervision": {"month": FOUNDED.strftime("%Y-%m")},
    "GET /api/v1/compare/handover.xlsx": {"since": "2026-02-01T00:00:00+08:00"},
}

# Of whom a row tells something, and what it tells; `:mark` or `:person` is put into all of community 1.
_MARKS = (
    "UPDATE worker SET name = :mark, number = :mark || number WHERE community_code = :community",
    "UPDATE door SET address = :mark WHERE block_id IN (SELECT id FROM block WHERE community_code = :community)",
    "UPDATE incident SET description = :mark, address = :mark",
    "UPDATE register_correction SET address = :mark",
    "UPDATE patrol SET name = :mark",
    "UPDATE patrol_route SET name = :mark",
    "UPDATE station SET name = :mark",
    "UPDATE supervision SET supervisor = :mark",
    "UPDATE post SET number = :mark || number",
    "UPDATE plan SET title = :mark",
    "UPDATE handover SET reason = :mark, is_whole = true",
    "UPDATE grid_move SET reason = :mark",
    "UPDATE visit SET note = :person",
    "UPDATE leave SET reason = :person",
    "UPDATE team_member SET name = :person",
    "UPDATE care_subject SET number = :person, name = :person, class_code = 'elderly_alone'",
    "INSERT INTO patrol_stop (id, patrol_id, place, kind, name) SELECT gen_random_uuid(), id, 1, 'point', :mark "
    "FROM patrol",
    "INSERT INTO case_holder (id, incident_id, worker_id, since, accepted_by) SELECT gen_random_uuid(), incident.id, "
    "worker.id, now(), '-' FROM incident, worker WHERE worker.id = CAST(:worker AS uuid)",
)


@dataclass(frozen=True)
class Asked:
    """One GET operation and what it answered; a workbook is unpacked."""

    name: str
    status: int
    text: str


def lay_neighbours(session: Session) -> World:
    """Build and mark the world; the caller commits, and puts the photo's file where the application looks for it."""
    made = build_world(session)
    session.flush()
    values = {"mark": MARK, "person": PERSON, "community": COMMUNITY_1, "worker": made.things["worker"]}
    # What is known is never rewritten, except behind the database's back.
    session.execute(text("SET LOCAL session_replication_role = replica"))
    for statement in _MARKS:
        session.execute(text(statement), {key: value for key, value in values.items() if f":{key}" in statement})
    session.execute(text("SET LOCAL session_replication_role = DEFAULT"))
    month = session.scalar(text("SELECT to_char(lower(valid), 'YYYY-MM') FROM leave"))
    return World(made.principals, dict(made.things) | {"photo": _show_photo(session, made), "leave_month": str(month)})


def _show_photo(session: Session, made: World) -> str:
    name = sha256(PICTURE).hexdigest()
    session.execute(
        text(
            "INSERT INTO photo (hash, source_hash, size_bytes, width_px, height_px, account_id, stored_at) "
            "VALUES (:name, '-', 1, 1, 1, :account, now())"
        ),
        {"name": name, "account": new_id()},
    )
    values = {"visit": made.things["visit"], "name": name}
    session.execute(text("INSERT INTO visit_photo (visit_id, photo_hash) VALUES (CAST(:visit AS uuid), :name)"), values)
    return name


def neighbour() -> Actor:
    """The head of community 2, who may do everything there and nothing in community 1."""
    return _everything(Scope(community_codes=frozenset({COMMUNITY_2})), UUID(int=1))


def worker_of_the_city(session: Session, made: World) -> Actor:
    """Worker A with every right over the whole city: whatever the API tells anybody, it tells them."""
    worker = UUID(made.things["worker"])
    account = session.scalar(text("SELECT account_id FROM worker WHERE id = :id"), {"id": worker})
    assert isinstance(account, UUID)
    session.add(Grant(account_id=account, role_code="auditor", node_code=CITY_NODE, valid=Range(FOUNDED, None)))
    return _everything(replace(WHOLE_CITY, worker_id=worker), account)


def _everything(scope: Scope, account: UUID) -> Actor:
    return Actor(account, "tester", "tester", frozenset(ROLE_CODES), frozenset(MATRIX), scope)


def ask(app: FastAPI, who: Actor, made: World, names: Iterable[str] = READS) -> list[Asked]:
    """GET operations asked as somebody about the things of community 1."""
    app.dependency_overrides[deps.actor] = lambda: who
    app.state.gridsvc.status._kept.clear()
    client = TestClient(app, raise_server_exceptions=False)
    return [_asked(client, name, made) for name in names]


def _asked(client: TestClient, name: str, made: World) -> Asked:
    row = EXPECTATIONS[name]
    if name == "GET /api/v1/visits/{visit_id}/photos/{name}":
        row = replace(row, path=dict(row.path) | {"name": "{photo}"})
    request = request_for(name, replace(row, query=dict(row.query) | ASKED.get(name, {})), made)
    answer = client.get(request["url"], params=request["params"])
    return Asked(name, answer.status_code, readable(answer))


def about(name: str, made: World) -> tuple[str, ...]:
    """By which words an answer speaks of community 1: marks, numbers of its things, or codes where it has no others."""
    return (MARK, PERSON, *(made.things[thing] for thing in NUMBERED), *CODES_ALONE.get(name, ()))


NUMBERED = (
    "incident", "visit", "register_correction", "patrol_route", "patrol", "plan", "subject", "pairing", "leave",
    "handover", "given_handover", "grid_move", "member", "supervision",
)  # fmt: skip
CODES_ALONE = {
    "GET /api/v1/coverage/grids": (CODES["A"],),
    "GET /api/v1/posts/quota": (COMMUNITY_1,),
    "GET /api/v1/norms/breaches": (COMMUNITY_1,),
}
