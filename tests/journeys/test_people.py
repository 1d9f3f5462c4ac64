"""Three stories told through HTTP: a worker's day, a leave with cover, and a transfer with hand-over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from gridsvc.infra.databases import Database
from gridsvc.infra.settings import get_settings
from tests.fixtures.small_net import CODES, middle
from tests.journeys.people import DAY, HOUR, City, found_city

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def city(fresh_database: Database, tmp_path: Path) -> Iterator[City]:
    made = found_city(fresh_database, tmp_path)
    yield made
    made.app.state.gridsvc.engine.dispose()
    made.engine.dispose()
    get_settings.cache_clear()


def visit(**more: Any) -> dict[str, Any]:
    moment = datetime.now(UTC) - timedelta(minutes=5)
    return {"client_id": str(uuid4()), "kind": "care_visit", "occurred_at": moment.isoformat(), **more}


def report(city: City, letter: str) -> str:
    """Somebody reports something in a grid; its identifier."""
    x, y = middle(letter)
    body = {"client_id": str(uuid4()), "channel": "patrol", "category": "dirty_road", "x": x, "y": y}
    made = city.ask(letter, "POST", "/incidents", 201, json=body | {"crs": "EPSG:4326", "synthetic": True})
    return str(made["id"])


def codes(duties: dict[str, Any]) -> set[str]:
    return {duty["code"] for duty in duties["grids"]}


def both_confirm(city: City, handover: str, giver: str, taker: str) -> None:
    """First whoever hands over, then whoever takes over; that both did stays readable."""
    city.ask(taker, "POST", f"/handovers/{handover}/take", 409)
    city.ask(giver, "POST", f"/handovers/{handover}/give")
    taken = city.ask(taker, "POST", f"/handovers/{handover}/take")
    assert (taken["state"], taken["giver"]["confirmed_by"], taken["taker"]["confirmed_by"]) == ("taken", giver, taker)


def test_a_workers_day(city: City) -> None:
    subject = city.person_to_visit("A")
    # In the morning the phone fetches the list of the day, with doors for work without signal.
    morning = city.ask("A", "GET", "/sync")
    assert codes(morning["duties"]) == {CODES["A"]}
    assert [duty["id"] for duty in morning["duties"]["care"]] == [str(subject)]
    assert morning["duties"]["care"][0]["name"] == "示例老人", "paired, and so seen in the clear"
    assert len(morning["grids"][0]["doors"]) == 4

    # Out of signal: two visits, one of which finds something. Back in signal the message is sent twice.
    at_door = visit(grid_code=CODES["A"], door_code="A1")
    to_person = visit(
        grid_code=CODES["A"],
        subject_id=str(subject),
        incident={"category": "dirty_road", "description": "楼道堆物"},
    )
    for expected in ("stored", "repeated"):
        sent = city.ask("A", "POST", "/visits/batch", json={"visits": [at_door, to_person]})
        assert [item["status"] for item in sent["items"]] == [expected, expected]
    incident = sent["items"][1]["receipt"]["incident"]

    # Somebody calls the hotline; it waits on the phone of whoever answers for the grid, until it is taken on.
    called = report(city, "A")
    listed = city.ask("A", "GET", "/me/cases", params={"with_untaken": "true"})
    assert {(one["incident_id"], one["accepted_at"]) for one in listed} == {(incident, None), (called, None)}
    assert city.ask("B", "GET", "/me/cases", params={"with_untaken": "true"}) == []

    # The worker takes on what was found; the office sees the figures with their denominators.
    city.ask("A", "POST", f"/incidents/{incident}/accept")
    assert [case["incident_id"] for case in city.ask("A", "GET", "/me/cases")] == [incident]
    figures = city.ask("supervisor", "GET", "/coverage")
    assert (figures["doors"]["done"], figures["doors"]["of"]) == (1, 16)
    rows = city.ask("supervisor", "GET", "/coverage/doors?reached=true")["items"]
    assert [row["code"] for row in rows] == ["A1"]

    # In the evening only what changed is fetched, and nothing waits.
    evening = city.ask("A", "GET", "/sync", params={"cursor": morning["cursor"]})
    assert evening["grids"] == []
    assert {duty["status"] for duty in evening["duties"]["care"]} == {"on_time"}


def test_a_leave_with_cover(city: City) -> None:
    before = datetime.now(UTC)
    since, until = before - timedelta(minutes=1), before + 2 * DAY
    asked = city.ask(
        "A", "POST", "/leaves", 201,
        json={"since": since.isoformat(), "until": until.isoformat(), "reason": "年休假"},
    )  # fmt: skip
    # It counts only when it is approved; B is named to cover.
    assert codes(city.ask("B", "GET", "/me/duties")) == {CODES["B"]}
    colleague = {"cover_worker_id": str(city.net.workers["B"])}
    approved = city.ask("supervisor", "POST", f"/leaves/{asked['id']}/approve", json=colleague)
    assert [(cover["how"], cover["name"]) for cover in approved["covers"]] == [("hand", "Worker B")]

    # Now B answers for A's grid, with its duties and its open incidents; when the leave ends, A does again.
    assert codes(city.ask("B", "GET", "/me/duties")) == {CODES["A"], CODES["B"]}
    assert codes(city.ask("A", "GET", "/me/duties")) == set()
    later = {"as_of": (until + HOUR).isoformat()}
    assert codes(city.ask("A", "GET", "/me/duties", params=later)) == {CODES["A"]}

    # What was known before the leave was entered stays as it was known.
    path = f"/grids/{CODES['A']}/responsibilities"
    assert city.ask("supervisor", "GET", path)["answer"]["answers"]["name"] == "Worker B"
    known = {"known_at": before.isoformat()}
    assert city.ask("supervisor", "GET", path, params=known)["answer"]["answers"]["name"] == "Worker A"

    # The list was opened with the approval, both find it on their phones, and both confirm it.
    [handover] = city.ask("A", "GET", "/me/handovers")
    assert (handover["taker"]["name"], handover["leave_id"]) == ("Worker B", asked["id"])
    assert [one["id"] for one in city.ask("B", "GET", "/me/handovers")] == [handover["id"]]
    assert city.ask("supervisor", "POST", f"/leaves/{asked['id']}/handovers", 201)["items"][0]["id"] == handover["id"]
    both_confirm(city, handover["id"], "A", "B")

    # Meanwhile B takes something on. A comes back sooner: duties return by themselves, this by a list of its own.
    incident = report(city, "A")
    city.a_little_later()
    city.ask("B", "POST", f"/incidents/{incident}/accept")
    city.ask("supervisor", "POST", f"/leaves/{asked['id']}/cancel", json={"note": "提前返岗"})
    assert codes(city.ask("A", "GET", "/me/duties")) == {CODES["A"]}
    assert [case["incident_id"] for case in city.ask("B", "GET", "/me/cases")] == [incident]
    [back] = city.ask("A", "GET", "/me/handovers")
    assert (back["giver"]["name"], back["taker"]["name"]) == ("Worker B", "Worker A")
    both_confirm(city, back["id"], "B", "A")
    assert [case["incident_id"] for case in city.ask("A", "GET", "/me/cases")] == [incident]
    assert city.ask("A", "GET", "/me/handovers") == []


def test_a_transfer_with_hand_over(city: City) -> None:
    subject, incident = city.person_to_visit("A"), report(city, "A")
    city.ask("A", "POST", f"/incidents/{incident}/accept")
    leaving = {"at": (datetime.now(UTC) + DAY).isoformat()}
    path = f"/workers/{city.net.workers['A']}/leave-service"

    # A wants to leave; the service names everything that would be left, and refuses.
    left = city.ask("supervisor", "GET", f"/workers/{city.net.workers['A']}/open-work")["items"]
    assert {one["kind"] for one in left if one["blocks"]} == {"grid", "incident", "pairing"}
    refused = city.ask("supervisor", "POST", path, 409, if_match="*", json=leaving)
    assert refused["code"] == "work_left"
    assert {fault["code"] for fault in refused["faults"]} == {"grid_left", "incident_left", "pairing_left"}

    # The grid goes to B at once; what A accepted is A's until B takes it over.
    wanted = {
        "from_worker_id": str(city.net.workers["A"]),
        "to_worker_id": str(city.net.workers["B"]),
        "grid_codes": [CODES["A"]],
        "effective_at": datetime.now(UTC).isoformat(),
        "reason": "岗位调整",
    }
    made = city.ask("supervisor", "POST", "/handovers", 201, json=wanted)
    assert {(item["kind"], item["passing"]) for item in made["items"]} >= {
        ("incident", "on_taking"), ("pairing", "on_taking"), ("duty", "by_itself"),
    }  # fmt: skip
    assert codes(city.ask("B", "GET", "/me/duties")) == {CODES["A"], CODES["B"]}
    assert [case["incident_id"] for case in city.ask("A", "GET", "/me/cases")] == [incident]

    # Both read the same list, on the screen and as a table, and confirm it one after the other.
    assert [one["id"] for one in city.ask("B", "GET", "/me/handovers")] == [made["id"]]
    sheet = load_workbook(BytesIO(city.ask("A", "GET", f"/handovers/{made['id']}/list.xlsx"))).active
    assert sheet is not None
    words = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"工作交接清单", "未结事件", "结对对象", "接收人确认后转移"} <= words
    city.ask("D", "POST", f"/handovers/{made['id']}/take", 404)
    both_confirm(city, made["id"], "A", "B")

    # Everything is B's now, the way it came is written down, and A can leave.
    assert city.ask("A", "GET", "/me/cases") == []
    assert [case["incident_id"] for case in city.ask("B", "GET", "/me/cases")] == [incident]
    holders = city.ask("supervisor", "GET", f"/incidents/{incident}/holders")["holders"]
    assert [holder["name"] for holder in holders] == ["Worker A", "Worker B"]
    assert str(subject) in {duty["id"] for duty in city.ask("B", "GET", "/me/duties")["care"]}
    assert city.ask("supervisor", "GET", f"/workers/{city.net.workers['A']}/open-work")["items"] == []
    gone = city.ask("supervisor", "POST", path, if_match="*", json=leaving)
    assert gone["vacant"] == []
