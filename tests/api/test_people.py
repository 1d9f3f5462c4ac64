"""People over HTTP in the demo city: workers, who answers as known when, leave, posts, norms, and tables."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from gridsvc.access import identity

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def supervisor(live_server: str, demo_engine: Engine, demo_password: str) -> httpx.Client:
    """Somebody who looks after the workers of the whole city."""
    with Session(demo_engine) as session, session.begin():
        city = session.scalar(text("SELECT node_code FROM grant_ WHERE node_code LIKE '%00000000' LIMIT 1"))
        account = identity.create_account(
            session, username="supervisor-of-tests", display_name="督导员", password=demo_password
        )
        identity.grant(session, account, role="supervisor", node=city, since=NOW - DAY)
    client = httpx.Client(base_url=live_server, headers={"X-Gridsvc": "test"}, timeout=30)
    answer = client.post("/api/v1/session", json={"username": "supervisor-of-tests", "password": demo_password})
    assert answer.status_code == 200, answer.text
    return client


def free_worker(client: httpx.Client, place: int) -> dict[str, Any]:
    """A worker with exactly one grid and no leave to come."""
    found = 0
    cursor = None
    while True:
        page = client.get("/api/v1/workers", params={"limit": 100} | ({"cursor": cursor} if cursor else {})).json()
        for one in page["items"]:
            if one["grids"] == 1:
                detail: dict[str, Any] = client.get(f"/api/v1/workers/{one['id']}").json()
                if not detail["leaves"] and found == place:
                    return detail
                found += not detail["leaves"]
        cursor = page["next_cursor"]
        assert cursor, "the demo city has such a worker"


def test_workers_are_listed_page_by_page_with_their_load(supervisor: httpx.Client) -> None:
    first = supervisor.get("/api/v1/workers", params={"limit": 5}).json()
    after = supervisor.get("/api/v1/workers", params={"limit": 5, "cursor": first["next_cursor"]}).json()
    numbers = [one["number"] for one in first["items"] + after["items"]]
    assert numbers == sorted(set(numbers))
    assert any(one["grids"] and one["households"] for one in first["items"] + after["items"])
    detail = supervisor.get(f"/api/v1/workers/{first['items'][0]['id']}").json()
    assert [duty["rank"] for duty in detail["functions"]].count("main") == 1
    assert detail["notes"] in (["no_account"], [])


def test_a_worker_is_changed_by_revision(supervisor: httpx.Client) -> None:
    one = supervisor.get("/api/v1/workers", params={"limit": 1}).json()["items"][0]
    address = f"/api/v1/workers/{one['id']}"
    assert supervisor.patch(address, json={"phone": "000-0000-7777"}).status_code == 428
    tag = supervisor.get(address).headers["etag"]
    changed = supervisor.patch(address, json={"phone": "000-0000-7777"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["phone"]) == (200, "000-0000-7777")
    assert supervisor.patch(address, json={"phone": None}, headers={"If-Match": tag}).status_code == 412


def test_a_leave_entered_late_is_known_now_and_was_not_known_then(supervisor: httpx.Client) -> None:
    worker = free_worker(supervisor, 0)
    code = next(grid["code"] for grid in worker["held"] if grid["role"] == "main")
    since, until = NOW - 2 * DAY, NOW + 2 * DAY
    before = datetime.now(UTC)
    asked = {"worker_id": worker["id"], "since": since.isoformat(), "until": until.isoformat(), "reason": "病假"}
    made = supervisor.post("/api/v1/leaves", json=asked, headers={"Idempotency-Key": "late-leave"})
    assert (made.status_code, made.json()["state"]) == (201, "requested")
    again = supervisor.post("/api/v1/leaves", json=asked, headers={"Idempotency-Key": "late-leave"})
    assert again.json() == made.json()
    assert supervisor.post("/api/v1/leaves", json=asked).json()["faults"][0]["code"] == "leave_overlaps"
    approved = supervisor.post(f"/api/v1/leaves/{made.json()['id']}/approve", json={}).json()
    assert approved["state"] == "approved"
    assert [cover["grid_code"] for cover in approved["covers"]] == [code]
    address = f"/api/v1/grids/{code}/responsibilities"
    moment = {"as_of": (NOW - DAY).isoformat()}
    now = supervisor.get(address, params=moment).json()["answer"]
    then = supervisor.get(address, params=moment | {"known_at": before.isoformat()}).json()
    assert (now["main"]["on_leave"], then["answer"]["main"]["on_leave"]) == (True, False)
    month = f"{NOW + timedelta(hours=8):%Y-%m}"
    shown = supervisor.get(
        "/api/v1/leaves/calendar", params={"community": worker["community_code"], "month": month}
    ).json()
    assert worker["number"] in [leave["number"] for leave in shown["leaves"]]
    assert max(day["away"] for day in shown["days"]) >= 1
    back = supervisor.post(f"/api/v1/leaves/{made.json()['id']}/cancel", json={}).json()
    assert datetime.fromisoformat(back["until"]) < until


def test_a_leave_without_end_is_refused_with_what_to_do(supervisor: httpx.Client) -> None:
    worker = free_worker(supervisor, 1)
    asked = {"worker_id": worker["id"], "since": NOW.isoformat(), "reason": "病假"}
    answer = supervisor.post("/api/v1/leaves", json=asked)
    assert answer.status_code == 422
    assert [(fault["place"], fault["code"]) for fault in answer.json()["faults"]] == [("body.until", "no_end")]


def test_a_grid_changes_hands_for_a_while_and_its_history_says_so(supervisor: httpx.Client) -> None:
    worker, other = free_worker(supervisor, 1), free_worker(supervisor, 2)
    code = next(grid["code"] for grid in worker["held"] if grid["role"] == "main")
    since, until = NOW + 20 * DAY, NOW + 25 * DAY
    change = {"grid_code": code, "worker_id": other["id"], "since": since.isoformat(), "until": until.isoformat()}
    done = supervisor.post("/api/v1/responsibilities", json=change)
    assert done.status_code == 201, done.text
    assert [row["number"] for row in done.json()["before"]] == [worker["number"]]
    numbers = [row["number"] for row in done.json()["now"]][-3:]
    assert numbers == [worker["number"], other["number"], worker["number"]]
    refused = supervisor.post("/api/v1/responsibilities", json=change | {"since": NOW.isoformat(), "until": None})
    assert refused.status_code == 409
    assert {fault["code"] for fault in refused.json()["faults"]} == {"later_appointment"}


def test_posts_are_three_numbers_everywhere(supervisor: httpx.Client) -> None:
    total = supervisor.get("/api/v1/posts", params={"limit": 1}).json()["total"]
    assert total["quota"] == total["filled"] + total["vacant"]
    for by in ("community", "kind"):
        rows = supervisor.get("/api/v1/posts/quota", params={"by": by}).json()
        assert sum(row["quota"] for row in rows) == total["quota"]
        assert sum(row["filled"] for row in rows) == total["filled"]
    headline = supervisor.get("/api/v1/status").json()["headline"]["posts"]
    assert (headline["quota"], headline["filled"]) == (total["quota"], total["filled"])


def test_stations_are_open_or_planned_and_supervised(supervisor: httpx.Client) -> None:
    stations = supervisor.get("/api/v1/stations").json()["items"]
    assert {"open"} <= {station["state"] for station in stations} <= {"open", "planned"}
    code = next(station["code"] for station in stations if station["state"] == "open")
    began = NOW - 3 * timedelta(hours=1)
    held = {"supervisor": "示例督导乙", "began_at": began.isoformat(), "ended_at": NOW.isoformat()}
    address = f"/api/v1/stations/{code}/supervision"
    made = supervisor.post(address, json=held)
    assert (made.status_code, made.json()["hours"]) == (201, 3)
    assert supervisor.post(address, json=held).json()["faults"][0]["code"] == "supervision_overlaps"
    gone = supervisor.post(f"/api/v1/supervision/{made.json()['id']}/void", json={"reason": "登记有误"})
    assert gone.status_code == 204


def test_the_team_of_a_grid_is_told_to_whoever_manages_people(supervisor: httpx.Client) -> None:
    code = supervisor.get("/api/v1/grids").json()["features"][0]["id"]
    clear = supervisor.get(f"/api/v1/grids/{code}/team").json()["items"]
    assert {"secretary", "building_head", "police"} <= {member["role"] for member in clear}
    assert not any(member["masked"] for member in clear)


def test_breaches_say_their_numbers_in_both_languages(supervisor: httpx.Client) -> None:
    found = supervisor.get("/api/v1/norms/breaches").json()
    assert found["total"] == sum(rule["breaches"] for rule in found["rules"])
    assert {"second_function", "station_posts_by_village"} <= {breach["kind"] for breach in found["breaches"]}
    for breach in found["breaches"][:50]:
        assert breach["sentence_zh"]
        assert "{" not in breach["sentence_zh"] + breach["sentence_en"]
    before = supervisor.get("/api/v1/norms/breaches", params={"as_of": "2020-01-01T00:00:00+08:00"}).json()
    assert [breach["kind"] for breach in before["breaches"] if breach["kind"] == "posts_per_grid"] == []


def test_a_table_is_tried_out_then_brought_in_and_taken_out(supervisor: httpx.Client) -> None:
    worker = free_worker(supervisor, 3)
    book = Workbook()
    assert book.active is not None
    book.active.append(["工号", "姓名", "社区代码", "电话"])
    book.active.append(["说明：必填", "必填", "12 位", "可空"])
    book.active.append(["T-00001", "示例表格", worker["community_code"], "000-0000-8888"])
    book.active.append(["T-00002", "", worker["community_code"], None])
    buffer = BytesIO()
    book.save(buffer)
    params: dict[str, Any] = {"kind": "workers", "dry_run": "true"}
    tried = supervisor.post("/api/v1/people/import", params=params, files={"file": ("a.xlsx", buffer.getvalue())})
    assert tried.status_code == 200, tried.text
    assert [fault["place"] for fault in tried.json()["faults"]] == ["cell B4"]
    refused = supervisor.post(
        "/api/v1/people/import", params={"kind": "workers"}, files={"file": ("a.xlsx", buffer.getvalue())}
    )
    assert (refused.status_code, refused.json()["faults"][0]["place"]) == (422, "cell B4")
    book.active["B4"] = "示例表格二"
    buffer = BytesIO()
    book.save(buffer)
    done = supervisor.post(
        "/api/v1/people/import", params={"kind": "workers"}, files={"file": ("a.xlsx", buffer.getvalue())}
    )
    assert (done.status_code, done.json()["added"]) == (201, 2)
    out = supervisor.get("/api/v1/people/export.xlsx", params={"kind": "workers"})
    assert out.status_code == 200
    sheet = load_workbook(BytesIO(out.content)).active
    assert sheet is not None
    assert {"T-00001", "T-00002"} <= {row[0].value for row in sheet.iter_rows()}


def test_who_may_not_export_personal_data_is_refused(commander: httpx.Client) -> None:
    assert commander.get("/api/v1/people/export.xlsx", params={"kind": "workers"}).status_code == 403


def test_a_worker_asks_for_leave_and_takes_it_back(worker: httpx.Client) -> None:
    since = NOW + 60 * DAY
    asked = {"since": since.isoformat(), "until": (since + DAY).isoformat(), "reason": "事假"}
    made = worker.post("/api/v1/leaves", json=asked)
    assert made.status_code == 201, made.text
    assert made.json()["id"] in [leave["id"] for leave in worker.get("/api/v1/me/leaves").json()["items"]]
    back = worker.post(f"/api/v1/me/leaves/{made.json()['id']}/withdraw")
    assert (back.status_code, back.json()["state"]) == (200, "withdrawn")
    assert worker.get("/api/v1/workers").status_code == 403
