"""Plans over HTTP: a planner draws on the demo city, sees what it comes to, and hands it in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

ClientOf = Callable[[str], httpx.Client]


@pytest.fixture(scope="module")
def planner(client_of: ClientOf) -> httpx.Client:
    return client_of("planner")


@pytest.fixture(scope="module")
def approver(client_of: ClientOf) -> httpx.Client:
    return client_of("approver")


@pytest.fixture(scope="module")
def community(planner: httpx.Client) -> str:
    grids = planner.get("/api/v1/grids").json()["features"]
    return str(grids[0]["properties"]["community_code"])


@pytest.fixture
def plan(planner: httpx.Client, community: str) -> dict[str, Any]:
    body = {"title": "示例方案", "reason": "示例", "communities": [community]}
    answer = planner.post("/api/v1/plans", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def drawing(client: httpx.Client, plan: dict[str, Any]) -> dict[str, Any]:
    return dict(client.get(f"/api/v1/plans/{plan['id']}/communities/{plan['communities'][0]}").json())


def neighbours(shown: dict[str, Any]) -> list[str]:
    """Two grids that share a border line."""
    import shapely
    from shapely.geometry import shape

    grids = {feature["id"]: shape(feature["geometry"]) for feature in shown["grids"]["features"]}
    first, *others = grids
    return next(
        [first, other]
        for other in others
        if shapely.length(shapely.intersection(grids[first].boundary, grids[other].boundary)) > 0
    )


def draw(client: httpx.Client, plan: dict[str, Any], operation: dict[str, Any], revision: int, **query: Any) -> Any:
    return client.post(
        f"/api/v1/plans/{plan['id']}/communities/{plan['communities'][0]}/operations",
        json={"operation": operation, "confirmed": True},
        params=query,
        headers={"If-Match": f'"{revision}"'},
    )


def test_a_drawing_shows_today_and_what_it_comes_to(planner: httpx.Client, plan: dict[str, Any]) -> None:
    shown = drawing(planner, plan)
    assert shown["grids"] == shown["today"]
    figures = shown["consequences"]["grids"]
    assert {grid["key"] for grid in figures} == {feature["id"] for feature in shown["grids"]["features"]}
    assert all(grid["change"]["households"] == 0 for grid in figures)
    assert sum(grid["counts"]["incidents"] for grid in figures) > 0


def test_a_merge_is_tried_out_stored_undone_and_done_again(planner: httpx.Client, plan: dict[str, Any]) -> None:
    merge = {"kind": "merge", "keys": neighbours(drawing(planner, plan))}
    tried = draw(planner, plan, merge, 1, preview=True)
    assert (tried.json()["stored"], tried.headers["etag"]) == (False, '"1"')
    done = draw(planner, plan, merge, 1).json()
    assert done["consequences"] == tried.json()["consequences"]
    assert len(done["gone"]) == 1
    undone = planner.post(f"/api/v1/plans/{plan['id']}/undo", headers={"If-Match": '"2"'}).json()
    assert (undone["position"], [feature["id"] for feature in undone["changed"]["features"]]) == (
        0,
        sorted(merge["keys"]),
    )
    again = planner.post(f"/api/v1/plans/{plan['id']}/redo", headers={"If-Match": '"3"'}).json()
    assert again["consequences"] == done["consequences"]
    log = planner.get(f"/api/v1/plans/{plan['id']}/operations").json()["items"]
    assert [(row["kind"], row["counts"]) for row in log] == [("merge", True)]


def test_a_stale_revision_is_refused_with_what_was_done(planner: httpx.Client, plan: dict[str, Any]) -> None:
    merge = {"kind": "merge", "keys": neighbours(drawing(planner, plan))}
    draw(planner, plan, merge, 1)
    refused = draw(planner, plan, merge, 1)
    assert (refused.status_code, refused.json()["code"], refused.json()["revision"]) == (412, "stale", 2)
    assert [done["kind"] for done in refused.json()["changed"]["operations"]] == ["merge"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ([[117.0, 32.0], [117.0001, 32.0]], "outside_community"),
        ([[117.0, 32.0]], "invalid_geometry"),
        ([["a", "b"], [1, 2]], "invalid_geometry"),
    ],
)
def test_a_useless_line_is_refused_and_the_draft_stays(
    planner: httpx.Client, plan: dict[str, Any], line: Any, code: str
) -> None:
    before = drawing(planner, plan)
    key = before["grids"]["features"][0]["id"]
    refused = draw(planner, plan, {"kind": "split", "key": key, "line": {"type": "LineString", "coordinates": line}}, 1)
    assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
    assert drawing(planner, plan) == before


def test_a_plan_is_handed_in_and_approved_by_others(
    planner: httpx.Client, approver: httpx.Client, plan: dict[str, Any]
) -> None:
    address = f"/api/v1/plans/{plan['id']}"
    draw(planner, plan, {"kind": "merge", "keys": neighbours(drawing(planner, plan))}, 1)
    found = planner.get(f"{address}/findings").json()
    assert found["blocking"] == 0, found
    shown = planner.post(f"{address}/submit", headers={"If-Match": '"2"'}).json()
    assert (shown["status"], len(shown["steps"])) == ("in_review", 3)
    while shown["status"] == "in_review":
        answer = approver.post(
            f"{address}/approve", json={"comment": "同意"}, headers={"If-Match": f'"{shown["revision"]}"'}
        )
        assert answer.status_code == 200, answer.text
        shown = answer.json()
    assert shown["status"] == "approved"
    assert [done["decision"] for done in shown["decisions"]] == ["submitted", "approved", "approved", "approved"]
    listed = approver.get("/api/v1/plans", params={"status": "approved"}).json()["items"]
    assert plan["id"] in {item["id"] for item in listed}


def test_a_division_is_proposed_drawn_and_published(
    planner: httpx.Client, approver: httpx.Client, plan: dict[str, Any]
) -> None:
    address, community = f"/api/v1/plans/{plan['id']}", plan["communities"][0]
    wished = {"grids": 3, "tolerance_pct": 20, "seed": 1}
    proposed = planner.post(f"{address}/communities/{community}/division", json=wished)
    assert proposed.status_code == 200, proposed.text
    groups = proposed.json()["groups"]
    assert len(groups) == 3
    assert draw(planner, plan, {"kind": "divide", "grids": groups}, 1).status_code == 200
    revision = planner.post(f"{address}/submit", headers={"If-Match": '"2"'}).json()["revision"]
    for _ in range(3):
        shown = approver.post(f"{address}/approve", json={}, headers={"If-Match": f'"{revision}"'}).json()
        revision = shown["revision"]
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    tag = {"If-Match": f'"{revision}"'}
    published = planner.post(f"{address}/publish", json={"effective_at": soon}, headers=tag)
    assert published.status_code == 200, published.text
    told = published.json()
    assert [row["plans"] for row in planner.get("/api/v1/net-versions").json()["items"]][-1] != []
    compared = planner.get("/api/v1/compare", params={"since": plan["created_at"], "until": soon}).json()
    assert len(compared["new"]["features"]) == told["grids_opened"]
    table = planner.get("/api/v1/concordance.xlsx", params={"since": plan["created_at"], "until": soon})
    assert table.content.startswith(b"PK")
    carried = planner.get(f"{address}/carry-over").json()["items"]
    assert {row["reason"] for row in carried} <= {"new_grid", "merged"}
    taken_back = planner.post(f"{address}/withdraw", headers={"If-Match": f'"{told["revision"]}"'})
    assert taken_back.json()["status"] == "withdrawn"
    assert planner.post(f"{address}/revert").json()["code"] == "wrong_plan_state"
