"""A create that is sent again, over HTTP: the same answer with all that belongs to it, and nothing done twice."""

from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import Engine, text

LOCK = (
    "SELECT pg_advisory_xact_lock("
    "hashtextextended(concat('account:', id, chr(58), 'incidents') || chr(31) || :key, 7)) "
)


def report(**more: Any) -> dict[str, Any]:
    return {"channel": "phone", "category": "dirty_road", "address": "某路口，合成", "synthetic": True} | more


def send(client: httpx.Client, key: str, body: dict[str, Any]) -> httpx.Response:
    return client.post("/api/v1/incidents", json=body, headers={"Idempotency-Key": key})


def test_the_address_of_what_was_made_comes_again_with_the_answer(dispatcher: httpx.Client) -> None:
    key = str(uuid4())
    first, again = (send(dispatcher, key, report()) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.headers["location"] == again.headers["location"] == f"/api/v1/incidents/{first.json()['id']}"
    assert dispatcher.get(first.headers["location"]).json()["id"] == again.json()["id"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"


def test_a_refusal_stores_nothing_and_leaves_the_key_free(dispatcher: httpx.Client) -> None:
    key = str(uuid4())
    assert send(dispatcher, key, report(channel="unknown")).status_code == 422
    assert send(dispatcher, key, report()).status_code == 201


def test_while_the_first_is_worked_on_the_second_is_asked_to_wait(
    dispatcher: httpx.Client, demo_engine: Engine
) -> None:
    key = str(uuid4())
    with demo_engine.begin() as first:
        first.execute(text(LOCK + "FROM account WHERE username = 'dispatcher'"), {"key": key})
        answer = send(dispatcher, key, report())
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_in_flight")
    assert int(answer.headers["retry-after"]) > 0
    assert send(dispatcher, key, report()).status_code == 201


def test_the_same_key_of_another_account_is_another_key(dispatcher: httpx.Client, worker: httpx.Client) -> None:
    key = str(uuid4())
    assert send(dispatcher, key, report()).json()["id"] != send(worker, key, report()).json()["id"]
