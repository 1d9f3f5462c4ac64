"""The people of the journeys: who acts, over HTTP, in a city of their own that nothing else uses."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import Engine, text
from sqlalchemy.dialects.postgresql import Range
from starlette.testclient import TestClient

from gridsvc.access import identity
from gridsvc.access.identity import SessionLimits
from gridsvc.api.app import create_app
from gridsvc.infra.databases import Database
from gridsvc.infra.db import make_engine, new_id, unit_of_work
from gridsvc.infra.settings import Settings
from gridsvc.people.care_tables import CarePairing, CareSubject
from tests.fixtures.small_net import (
    CITY_NODE,
    COMMUNITY_1,
    FOUNDED,
    SmallNet,
    grow_tree,
    lay_small_net,
    middle,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass
class City:
    """A small city with accounts for its workers and for a supervisor."""

    app: FastAPI
    engine: Engine
    net: SmallNet
    tokens: dict[str, str]

    def ask(
        self, who: str, method: str, path: str, status: int = 200, *, if_match: str | None = None, **more: Any
    ) -> Any:
        """What the service answers to somebody, as JSON; the status must be the one given."""
        headers = {"X-Gridsvc": "test", "Cookie": f"gridsvc_session={self.tokens[who]}"}
        headers |= {"If-Match": if_match} if if_match else {}
        answer = TestClient(self.app).request(method, f"/api/v1{path}", headers=headers, **more)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        is_json = "json" in answer.headers.get("content-type", "")
        return answer.json() if is_json else answer.content

    def a_little_later(self) -> None:
        """After the five seconds for which the service remembers what somebody may see (decision 0002)."""
        self.app.state.gridsvc.actors.forget_account(None)

    def person_to_visit(self, letter: str) -> UUID:
        """Somebody who lives in a grid and is paired with its worker."""
        x, y = middle(letter)
        subject_id = new_id()
        with unit_of_work(self.engine) as session:
            session.add(
                CareSubject(
                    id=subject_id, number=f"S-{letter}", class_code="elderly_alone", name="示例老人",
                    community_code=COMMUNITY_1, registered=Range(FOUNDED, None), synthetic=True,
                )
            )  # fmt: skip
            session.flush()
            point = text("UPDATE care_subject SET point = ST_SetSRID(ST_MakePoint(:x, :y), 4326) WHERE id = :id")
            session.execute(point, {"x": x, "y": y, "id": subject_id})
            pairing = CarePairing(id=new_id(), worker_id=self.net.workers[letter], subject_id=subject_id)
            pairing.valid = Range(FOUNDED, None)
            session.add(pairing)
        return subject_id


def found_city(database: Database, home: Path) -> City:
    """The small net, its management tree, an account for each worker and one for a supervisor of the city."""
    engine = make_engine(database.url)
    app = create_app(Settings(home=home, database_url=database.url))
    with unit_of_work(engine) as session:
        net = lay_small_net(session)
        grow_tree(session)
        tokens = {letter: _account(session, letter, "worker", None) for letter in "ABCD"}
        for letter in "ABCD":
            session.execute(
                text("UPDATE worker SET account_id = (SELECT id FROM account WHERE username = :u) WHERE number = :n"),
                {"u": letter, "n": f"W-{letter}"},
            )
        tokens["supervisor"] = _account(session, "supervisor", "supervisor", CITY_NODE)
    return City(app, engine, net, tokens)


def _account(session: Any, name: str, role: str, node: str | None) -> str:
    password = f"the-password-of-{name}"
    account = identity.create_account(session, username=name, display_name=name, password=password, node=node)
    identity.grant(session, account, role=role, node=node, since=FOUNDED)
    limits = SessionLimits(idle=12 * HOUR, absolute=2 * DAY)
    return identity.log_in(session, username=name, password=password, now=datetime.now(UTC), limits=limits)
