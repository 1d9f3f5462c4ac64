"""Incidents and visits over HTTP: stored once, answered by the right grid, refused with the place of the fault."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest


def report(**more: Any) -> dict[str, Any]:
    return (
        {"client_id": str(uuid4()), "channel": "hotline", "category": "dirty_road", "synthetic": True}
        | {"description": "合成数据"}
        | more
    )


@pytest.fixture(scope="module")
def place(commander: httpx.Client) -> dict[str, Any]:
    code = commander.get("/api/v1/status").json()["grids"]["code"][0]
    west, south, east, north = commander.get(f"/api/v1/grids/{code}").json()["bbox"]
    return {"x": (west + east) / 2, "y": (south + north) / 2, "crs": "EPSG:4326"}


def test_a_report_with_a_point_is_routed_to_its_grid(dispatcher: httpx.Client, place: dict[str, Any]) -> None:
    answer = dispatcher.post("/api/v1/incidents", json=report(**place), headers={"Idempotency-Key": str(uuid4())})
    located = dispatcher.get("/api/v1/locate", params=place).json()
    assert answer.status_code == 201
    stored = answer.json()
    assert (stored["grid"] or {}).get("code") == (located["grid"] or {}).get("code")
    shown = dispatcher.get(f"/api/v1/incidents/{stored['id']}").json()
    assert (shown["raw_x"], shown["raw_crs"]) == (place["x"], "EPSG:4326")
    assert shown["events"][0]["kind"] == "received"
    assert shown["routing"][0]["net_version"] == stored["net_version"]["id"]


def test_an_address_alone_waits_to_be_located(dispatcher: httpx.Client) -> None:
    stored = dispatcher.post("/api/v1/incidents", json=report(address="某路口，合成")).json()
    assert (stored["state"], stored["grid"], stored["routed_at"]) == ("unlocated", None, None)
    queue = dispatcher.get("/api/v1/incidents", params={"state": "unlocated"}).json()["items"]
    assert stored["id"] in {item["id"] for item in queue}


def test_a_point_outside_every_grid_is_kept(dispatcher: httpx.Client) -> None:
    stored = dispatcher.post("/api/v1/incidents", json=report(x=116.5, y=32.0, crs="WGS84")).json()
    assert (stored["state"], stored["grid"]) == ("outside", None)


def test_the_same_key_gives_the_same_answer_byte_by_byte(dispatcher: httpx.Client, place: dict[str, Any]) -> None:
    sent, key = report(**place), {"Idempotency-Key": str(uuid4())}
    first = dispatcher.post("/api/v1/incidents", json=sent, headers=key)
    again = dispatcher.post("/api/v1/incidents", json=sent, headers=key)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"


def test_the_same_key_with_another_body_is_refused(dispatcher: httpx.Client, place: dict[str, Any]) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    dispatcher.post("/api/v1/incidents", json=report(**place), headers=key)
    answer = dispatcher.post("/api/v1/incidents", json=report(**place), headers=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")


def test_without_a_key_the_client_identifier_protects(dispatcher: httpx.Client, place: dict[str, Any]) -> None:
    sent = report(**place)
    first, again = (dispatcher.post("/api/v1/incidents", json=sent).json() for _ in range(2))
    assert first["id"] == again["id"]
    other = dispatcher.post("/api/v1/incidents", json=sent | {"category": "bin_overflow"})
    assert (other.status_code, other.json()["code"]) == (409, "conflict")


def test_sent_eight_times_at_once_it_is_stored_once(dispatcher: httpx.Client, place: dict[str, Any]) -> None:
    sent = report(**place)
    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(lambda _: dispatcher.post("/api/v1/incidents", json=sent), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"category": "dirty_road", "address": "x"}, 422, "body.channel"),
        (report(x=117.3, y=32.9), 422, "crs"),
        (report(x=117.3, crs="WGS84"), 422, "y"),
        (report(crs="WGS84", address="x"), 422, "crs"),
        (report(channel="unknown", address="x"), 422, "channel"),
        (report(address="x", occurred_at="2026-11-01T08:00:00"), 422, "occurred_at"),
        (report(address="x", surprise=1), 422, "body.surprise"),
        (report(address="x", client_id="not a uuid"), 422, "body.client_id"),
        (report(x="117.3", y=["a"], crs="WGS84"), 422, "body.y"),
        (report(x=True, y=32.9, crs="WGS84"), 422, "body.x"),
    ],
)
def test_a_bad_report_is_refused_with_the_field(
    dispatcher: httpx.Client, sent: dict[str, Any], status: int, field: str
) -> None:
    answer = dispatcher.post("/api/v1/incidents", json=sent)
    assert answer.status_code == status
    assert field in {fault["place"] for fault in answer.json()["faults"]}


def test_pages_of_incidents_do_not_overlap(dispatcher: httpx.Client) -> None:
    first = dispatcher.get("/api/v1/incidents", params={"state": "all", "limit": 40}).json()
    following = {"state": "all", "limit": 40, "cursor": first["next_cursor"]}
    second = dispatcher.get("/api/v1/incidents", params=following).json()
    seen = [item["id"] for item in first["items"] + second["items"]]
    assert len(set(seen)) == 80
    times = [item["received_at"] for item in first["items"] + second["items"]]
    assert times == sorted(times, reverse=True)


def test_a_worker_logs_a_visit_in_their_grid(worker: httpx.Client) -> None:
    grid = worker.get("/api/v1/me/grids").json()["items"][0]
    sent = {"client_id": str(uuid4()), "kind": "care_visit", "grid_code": grid["code"], "note": "合成"}
    stored = worker.post("/api/v1/visits", json=sent, headers={"Idempotency-Key": str(uuid4())})
    assert stored.status_code == 201
    assert stored.json()["grid"]["code"] == grid["code"]
    assert worker.get("/api/v1/me/visits").json()["items"][0]["client_id"] == sent["client_id"]
    assert worker.get("/api/v1/me/grids").json()["items"][0]["patrol"] == "on_time"


def test_a_visit_at_a_door_counts_for_the_grid_of_the_door(worker: httpx.Client) -> None:
    grid = worker.get("/api/v1/me/grids").json()["items"][0]
    door = worker.get(f"/api/v1/grids/{grid['code']}/doors", params={"limit": 1}).json()["items"][0]
    sent = {"client_id": str(uuid4()), "kind": "care_visit", "door_code": door["code"], "result": "nobody_home"}
    assert worker.post("/api/v1/visits", json=sent).json()["grid"]["code"] == grid["code"]


def test_somebody_who_is_no_worker_logs_no_visit(dispatcher: httpx.Client) -> None:
    answer = dispatcher.post("/api/v1/visits", json={"kind": "care_visit", "grid_code": "x"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_an_oversized_body_is_refused(dispatcher: httpx.Client) -> None:
    answer = dispatcher.post("/api/v1/incidents", json=report(description="长" * 1_000_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_body_that_grows_without_end_is_cut_off(dispatcher: httpx.Client) -> None:
    answer = dispatcher.post(
        "/api/v1/incidents", content=(b" " * 65536 for _ in range(64)), headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
