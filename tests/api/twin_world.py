"""Two neighbouring communities with the same kinds of data, one of them marked, and the API asked as anybody.

What is marked belongs to the second community or to somebody who must not be named: a mark in an answer is a leak.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile, is_zipfile

import httpx
import pytest
from fastapi import FastAPI
from geoalchemy2.shape import from_shape
from shapely import Point
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from gridsvc.access import rowsecurity
from gridsvc.access.identity import Actor
from gridsvc.access.jurisdiction import WHOLE_CITY, Scope
from gridsvc.access.tables import Account
from gridsvc.api import app as application
from gridsvc.api import deps
from gridsvc.incidents.tables import Incident, IncidentEvent, Routing
from gridsvc.infra.db import make_engine, new_id
from gridsvc.infra.settings import Settings
from gridsvc.infra.sight import Sight
from gridsvc.patrols.tables import Visit
from gridsvc.people import care
from gridsvc.people.care import SubjectDraft
from gridsvc.people.tables import TeamMember
from tests.fixtures.small_net import CLERK, CODES, COMMUNITY_1, COMMUNITY_2, DISTRICT, SmallNet, lay_small_net, middle

MARK = "SECRET-OF-THE-OTHER"
# Somebody of a sensitive class in the first community, by number: for who has the right to such, and nobody else.
SENSITIVE = "SENSITIVE-OF-OURS"
# Nobody may read these in the clear, wherever they live.
NAME, PHONE, ID_NUMBER, ADDRESS = "欧阳隐名", "13955550001", "340302199912310019", "隐名路7777号"
REPORTER, REPORTER_PHONE = "司徒举报", "13955550002"
# A resident in the team of each community's first grid.
RESIDENT, RESIDENT_PHONE = "诸葛邻里", "13955550003"
PERSONAL = (NAME, PHONE, ID_NUMBER, REPORTER, REPORTER_PHONE)

NOW = datetime.now(UTC)


@dataclass
class World:
    """The net, and what was put into the second community, by the names of path parameters."""

    net: SmallNet
    theirs: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, UUID] = field(default_factory=dict)


def lay_world(session: Session) -> World:
    """The small net with incidents, visits and people to be visited in both communities; the second is marked."""
    world = World(lay_small_net(session))
    session.add(Account(id=CLERK.account_id, username="tester", display_name="tester", password_hash="-"))
    session.flush()
    session.execute(text("UPDATE worker SET account_id = :a WHERE number = 'W-A'"), {"a": CLERK.account_id})
    world.theirs = {"code": CODES["C"], "worker_id": str(world.net.workers["C"])}
    for letter in "AC":
        mark = MARK if letter == "C" else "ours"
        incident, visit = _incident(session, world.net, letter, mark), _visit(session, world.net, letter, mark)
        session.flush()
        if letter == "C":
            world.theirs |= {"incident_id": str(incident), "visit_id": str(visit)}
        world.subjects[letter] = _subject(session, letter, mark)
        _resident(session, world.net, letter)
    long_ago = NOW - timedelta(days=60)
    world.subjects["sensitive"] = _subject(session, "A", SENSITIVE, class_code="mental_disorder", since=long_ago)
    session.execute(text("UPDATE worker SET name = :m, number = :m || number WHERE community_code = :c"), _of_them())
    session.execute(
        text(
            "UPDATE door SET address = :m WHERE block_id IN (SELECT id FROM block WHERE community_code = :c) "
            "AND code <> 'C1'"
        ),
        _of_them(),
    )
    session.execute(text("UPDATE door SET address = :a WHERE code IN ('A1', 'C1')"), {"a": ADDRESS})
    world.theirs["subject_id"] = str(world.subjects["C"])
    return world


def _of_them() -> dict[str, str]:
    return {"m": MARK, "c": COMMUNITY_2}


def _incident(session: Session, net: SmallNet, letter: str, mark: str) -> UUID:
    made = Incident(id=new_id(), client_id=new_id(), county_code=DISTRICT, channel="phone", category="noise")
    made.description, made.address, made.placement, made.received_at = mark, mark, "routed", NOW - timedelta(hours=2)
    made.reporter_name, made.reporter_phone, made.occurred_at = REPORTER, REPORTER_PHONE, made.received_at
    made.point = from_shape(Point(*middle(letter)), srid=4326)
    session.add(made)
    session.flush()
    session.add(
        Routing(
            incident_id=made.id,
            net_version_id=net.net_version_id,
            grid_id=net.grids[letter],
            community_code=CODES[letter][:12],
            routed_at=made.received_at,
            reason="intake",
        )
    )
    session.add(IncidentEvent(incident_id=made.id, kind="received", at=made.received_at, actor=mark))
    return made.id


def _visit(session: Session, net: SmallNet, letter: str, mark: str) -> UUID:
    made = Visit(id=new_id(), client_id=new_id(), county_code=DISTRICT, worker_id=net.workers[letter])
    made.kind, made.result, made.note, made.grid_id = "care_visit", "done", mark, net.grids[letter]
    made.door_id, made.net_version_id = net.doors[f"{letter}2"], net.net_version_id
    made.occurred_at = made.received_at = NOW - timedelta(hours=3)
    session.add(made)
    return made.id


def _resident(session: Session, net: SmallNet, letter: str) -> None:
    made = TeamMember(id=new_id(), grid_id=net.grids[letter], role_key="volunteer")
    made.name, made.phone, made.valid = RESIDENT, RESIDENT_PHONE, Range(NOW - timedelta(days=3), None)
    session.add(made)


def _subject(
    session: Session, letter: str, mark: str, *, class_code: str = "elderly_alone", since: datetime | None = None
) -> UUID:
    draft = SubjectDraft(
        number=mark,
        class_code=class_code,
        name=NAME,
        community_code=CODES[letter][:12],
        phone=PHONE,
        id_number=ID_NUMBER,
        door_code=f"{letter}1",
    )
    (made,) = care.register_subjects(session, [draft], since=since or NOW - timedelta(days=3))
    return made


def actor(roles: set[str], permissions: set[str], scope: Scope) -> Actor:
    """Somebody with these roles, rights and scope."""
    return Actor(CLERK.account_id, "tester", "tester", frozenset(roles), frozenset(permissions), scope)


def first_community() -> Scope:
    """Whoever runs the first community alone."""
    return Scope(community_codes=frozenset({COMMUNITY_1}))


def make_app(url: str, home: Path, *, guarded: bool = True) -> FastAPI:
    """The application on a database; with `guarded` off it reads as the owner of the tables."""

    def as_asked(*args: Any, **options: Any) -> Any:
        return make_engine(*args, **(options | {"guarded": guarded}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "make_engine", as_asked)
        return application.create_app(Settings(home=home, database_url=url))


@contextmanager
def without_filter(who: Actor) -> Iterator[Actor]:
    """Somebody for whom the first layer is off: to it they are of the whole city, to row security who they are."""
    real, sight = rowsecurity.sight_of, rowsecurity.sight_of(who)

    def as_they_are(_: Actor) -> Sight:
        return sight

    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith("gridsvc") and getattr(module, "sight_of", None) is real:
                patch.setattr(module, "sight_of", as_they_are)
        yield replace(who, scope=replace(WHOLE_CITY, worker_id=who.scope.worker_id))


@dataclass(frozen=True)
class Asked:
    """One GET operation and what it answered."""

    path: str
    status: int
    text: str


def ask_everything(app: FastAPI, who: Actor, theirs: dict[str, str]) -> list[Asked]:
    """Every GET operation of the API as somebody; path parameters name things of the second community."""
    app.dependency_overrides[deps.actor] = lambda: who
    app.state.gridsvc.status._kept.clear()
    client = TestClient(app, raise_server_exceptions=False)
    answers = []
    for path, operations in app.openapi()["paths"].items():
        if "get" in operations and not _is_stream(operations["get"]):
            answers.append(_ask(client, path, operations["get"], theirs))
    return answers


def _is_stream(operation: dict[str, Any]) -> bool:
    return any("text/event-stream" in told.get("content", {}) for told in operation["responses"].values())


QUERIES: dict[str, Any] = {
    "x": middle("C")[0],
    "y": middle("C")[1],
    "crs": "EPSG:4326",
    "bbox": "117.3,32.8,117.5,33.0",
    "q": MARK[:6],
    "community": COMMUNITY_2,
    "month": NOW.strftime("%Y-%m"),
    "year": str(NOW.year),
}


def _ask(client: TestClient, path: str, operation: dict[str, Any], theirs: dict[str, str]) -> Asked:
    filled, query = path, {}
    for parameter in operation.get("parameters", []):
        name = parameter["name"]
        if parameter["in"] == "path":
            filled = filled.replace(f"{{{name}}}", theirs.get(name) or _any_value(parameter))
        elif parameter["in"] == "query" and (parameter.get("required") or name in ("q",)):
            query[name] = QUERIES.get(name) or _any_value(parameter)
    answer = client.get(filled, params=query)
    return Asked(path, answer.status_code, readable(answer))


def readable(answer: httpx.Response) -> str:
    """The text of an answer; that of a workbook is compressed, so its members are unpacked."""
    if not is_zipfile(BytesIO(answer.content)):
        return answer.content.decode("utf-8", "replace")
    with ZipFile(BytesIO(answer.content)) as packed:
        return "\n".join(packed.read(member).decode("utf-8", "replace") for member in packed.namelist())


def _any_value(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    if schema.get("enum"):
        return str(schema["enum"][0])
    by_format = {"uuid": str(UUID(int=0)), "date": NOW.date().isoformat(), "date-time": NOW.isoformat()}
    return by_format.get(schema.get("format", ""), "0")


def leaks(answers: list[Asked], *words: str) -> dict[str, int]:
    """The operations whose answer holds one of the words, with their status."""
    return {asked.path: asked.status for asked in answers if any(word in asked.text for word in words)}
