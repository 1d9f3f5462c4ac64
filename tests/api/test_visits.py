"""Visits, duties and coverage over HTTP: batches answered one by one, sync by what changed, photos in one's scope."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx
import pytest
from PIL import Image


def picture() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((64, 48), 90).convert("RGB").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture(scope="module")
def grid(worker: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = worker.get("/api/v1/sync").json()["grids"][0]
    return found


def visit(grid: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {"client_id": str(uuid4()), "kind": "care_visit", "door_code": grid["doors"][0]["code"], "synthetic": True}
    return plain | more


def test_a_batch_answers_each_visit_and_sent_again_adds_nothing(worker: httpx.Client, grid: dict[str, Any]) -> None:
    sent = [visit(grid), visit(grid, door_code="no such door"), visit(grid, kind="no such kind")]
    first = worker.post("/api/v1/visits/batch", json={"visits": sent})
    again = worker.post("/api/v1/visits/batch", json={"visits": sent})
    assert (first.status_code, again.status_code) == (200, 200)
    assert [item["status"] for item in first.json()["items"]] == ["stored", "refused", "refused"]
    assert [item["status"] for item in again.json()["items"]] == ["repeated", "refused", "refused"]
    assert first.json()["items"][0]["receipt"] == again.json()["items"][0]["receipt"]
    assert [item["faults"][0]["place"] for item in first.json()["items"][1:]] == ["door_code", "kind"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"visits": []}, "body.visits"),
        ({"visits": [{"kind": "care_visit", "grid_code": "x"}]}, "body.visits.0.client_id"),
        ({"visits": [{"client_id": str(uuid4()), "kind": "care_visit"}] * 51}, "body.visits"),
    ],
)
def test_a_batch_that_is_none_is_refused_as_a_whole(worker: httpx.Client, body: dict[str, Any], place: str) -> None:
    answer = worker.post("/api/v1/visits/batch", json=body)
    assert answer.status_code == 422
    assert place in {fault["place"] for fault in answer.json()["faults"]}


def test_a_phone_gets_only_what_changed(worker: httpx.Client, grid: dict[str, Any]) -> None:
    first = worker.get("/api/v1/sync").json()
    assert first["grids"]
    assert first["duties"]["grids"]
    assert {"key", "group", "name"} <= first["kinds"][0].keys()
    again = worker.get("/api/v1/sync", params={"cursor": first["cursor"]}).json()
    assert (again["grids"], again["kinds"], again["gone"], again["more"]) == ([], None, [], False)
    worker.post("/api/v1/visits", json=visit(grid))
    after = worker.get("/api/v1/sync", params={"cursor": first["cursor"]}).json()
    assert after["duties"] is not None
    for cursor in ("never given", "bmV2ZXI"):
        assert worker.get("/api/v1/sync", params={"cursor": cursor}).status_code == 422


def test_the_list_of_the_day_masks_whom_one_is_not_paired_with(worker: httpx.Client) -> None:
    duties = worker.get("/api/v1/me/duties").json()
    assert duties["calendar"] in ("city", "national", "weekdays")
    assert duties["care"]
    for person in duties["care"]:
        assert person["name"].endswith("*") is not person["paired"]
        assert person["status"] in ("on_time", "due_soon", "overdue", "never")


def test_a_photo_is_shown_by_its_visit_to_those_who_may_see_it(
    worker: httpx.Client, dispatcher: httpx.Client, commander: httpx.Client, grid: dict[str, Any]
) -> None:
    content = picture()
    stored = worker.post("/api/v1/photos", content=content, headers={"Content-Type": "image/jpeg"})
    assert stored.status_code == 201
    name = stored.json()["hash"]
    again = worker.post("/api/v1/photos", content=content, headers={"Content-Type": "image/jpeg"})
    assert again.json() == stored.json()
    receipt = worker.post("/api/v1/visits", json=visit(grid, photos=[name])).json()
    address = f"/api/v1/visits/{receipt['id']}/photos/{name}"
    shown = worker.get(address)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.headers["content-disposition"].startswith("attachment")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert commander.get(address).status_code == 200
    assert dispatcher.get(address).status_code == 403
    assert worker.get(f"/api/v1/visits/{uuid4()}/photos/{name}").status_code == 404


def test_what_is_no_photo_is_refused(worker: httpx.Client) -> None:
    answer = worker.post("/api/v1/photos", content=b"<svg/>", headers={"Content-Type": "image/jpeg"})
    assert (answer.status_code, answer.json()["faults"][0]["code"]) == (422, "not_a_photo")
    assert worker.post("/api/v1/photos", content=picture(), headers={"Content-Type": "text/html"}).status_code == 422


def test_a_visit_that_corrects_is_told_on_both(worker: httpx.Client, grid: dict[str, Any]) -> None:
    first = visit(grid)
    made = worker.post("/api/v1/visits", json=first).json()
    correction = {
        "client_id": str(uuid4()),
        "kind": "care_visit",
        "result": "withdrawn",
        "corrects": first["client_id"],
    }
    other = worker.post("/api/v1/visits", json=correction | {"synthetic": True}).json()
    shown = worker.get(f"/api/v1/visits/{made['id']}").json()
    assert shown["corrected_by"] == other["id"]
    assert shown["void_at"] is not None
    assert worker.get(f"/api/v1/visits/{other['id']}").json()["corrects"] == made["id"]


def test_each_figure_opens_its_rows(commander: httpx.Client, worker: httpx.Client, grid: dict[str, Any]) -> None:
    asked: dict[str, str | int] = {"grid": grid["code"], "days": 30}
    figures = commander.get("/api/v1/coverage", params=asked).json()
    assert figures["care"] is None  # the command center reads nobody's care
    assert figures["doors"]["of"] == len(grid["doors"])
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        more: dict[str, str | int] = {"cursor": cursor} if cursor else {}
        page = worker.get("/api/v1/coverage/doors", params=asked | {"limit": 50} | more).json()
        rows += page["items"]
        if (cursor := page["next_cursor"]) is None:
            break
    assert len(rows) == figures["doors"]["of"]
    assert sum(row["reached"] for row in rows) == figures["doors"]["done"]
    duties = worker.get("/api/v1/coverage/duties", params=asked | {"limit": 200}).json()["items"]
    own = worker.get("/api/v1/coverage", params=asked).json()
    assert len(duties) == own["duties"]["of"]
    assert sum(line["in_time"] for line in duties) == own["duties"]["done"]


def test_city_and_grids_count_the_same_doors(commander: httpx.Client) -> None:
    at: dict[str, str | int] = {"as_of": "2026-11-10T20:00:00+08:00", "days": 20}
    whole = commander.get("/api/v1/coverage", params=at).json()["doors"]
    by_grid = commander.get("/api/v1/coverage/grids", params=at).json()["items"]
    assert sum(one["done"] for one in by_grid) == whole["done"]
    assert sum(one["of"] for one in by_grid) == whole["of"]


def test_before_there_was_anything_shares_are_null(commander: httpx.Client) -> None:
    figures = commander.get("/api/v1/coverage", params={"as_of": "2001-01-01T00:00:00+08:00"}).json()
    assert figures["doors"] == {"done": 0, "of": 0, "share": None}


def test_a_heap_of_requests_is_worked_off(worker: httpx.Client) -> None:
    """More at once than there are threads and connections: whoever waits for one must not keep the other."""
    at_once = 60
    limits = httpx.Limits(max_connections=at_once)
    with (
        httpx.Client(base_url=worker.base_url, cookies=worker.cookies, limits=limits, timeout=60) as phones,
        ThreadPoolExecutor(at_once) as pool,
    ):
        asked = [pool.submit(phones.get, path) for path in ("/api/v1/sync", "/api/v1/me/duties") * (at_once // 2)]
        assert {answer.result().status_code for answer in asked} == {200}
