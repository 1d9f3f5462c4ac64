"""What is remembered of a login is forgotten when its end is stored, not before."""

import time
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.access.identity import Actor
from gridsvc.api.actors import forget_login_when_stored
from gridsvc.api.state import State

SOMEBODY = Actor(UUID(int=1), "somebody", "某人", frozenset(), frozenset())


def test_a_login_is_forgotten_once_its_end_is_stored(service: FastAPI, engine: Engine) -> None:
    held: State = service.state.gridsvc
    held.actors.put("a token", SOMEBODY, time.monotonic())
    with Session(engine) as session:
        session.execute(text("SELECT 1"))
        forget_login_when_stored(session, held, "a token")
        assert held.actors.get("a token") is SOMEBODY
        session.commit()
    assert held.actors.get("a token") is None
