"""The stream of changes: many read it at once, for the price of one, and nobody longer than they are logged in."""

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Engine

from tests.fixtures.streams import Stream, listening
from tests.infra.service_home import eventually

MANY = 80  # the database of a city takes 60 connections


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def report(dispatcher: httpx.Client) -> None:
    body = {"client_id": str(uuid4()), "channel": "hotline", "category": "dirty_road", "address": "合成地址"}
    answer = dispatcher.post("/api/v1/incidents", json=body | {"synthetic": True})
    assert answer.status_code == 201, answer.text


def test_more_read_it_than_the_database_takes_connections(
    live_server: str, commander: httpx.Client, dispatcher: httpx.Client, demo_engine: Engine, opened: ExitStack
) -> None:
    streams = [Stream(live_server, commander) for _ in range(MANY)]
    for stream in streams:
        opened.callback(stream.close)
    assert {stream.status for stream in streams} == {200}
    assert eventually(lambda: listening(demo_engine) == 1)
    assert commander.get("/api/v1/status").status_code == 200

    report(dispatcher)
    assert [stream.next_change() for stream in streams] == [{"kind": "incident", "grid": None}] * MANY

    opened.close()
    assert eventually(lambda: listening(demo_engine) == 0)


def test_it_ends_with_the_login_that_opened_it(
    live_server: str, demo_password: str, dispatcher: httpx.Client, opened: ExitStack
) -> None:
    client = opened.enter_context(httpx.Client(base_url=live_server, headers={"X-Gridsvc": "test"}))
    client.post("/api/v1/session", json={"username": "commander", "password": demo_password})
    stream = Stream(live_server, client)
    opened.callback(stream.close)
    report(dispatcher)
    assert stream.next_change() is not None

    assert client.delete("/api/v1/session").status_code == 204
    report(dispatcher)
    assert stream.next_change() is None
