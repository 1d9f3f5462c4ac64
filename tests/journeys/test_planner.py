"""A planner's story over HTTP: two grids become one, all switches at an instant, and a new plan takes it back."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import shapely
from openpyxl import load_workbook
from shapely.geometry import shape
from sqlalchemy import Engine

from gridsvc.plans.follow_up import follow_up_plan

ClientOf = Callable[[str], httpx.Client]
pytestmark = pytest.mark.timeout(180)


class Desk:
    """The people of the story, and how they ask."""

    def __init__(self, client_of: ClientOf) -> None:
        self.planner, self.approver = client_of("planner"), client_of("approver")
        self.dispatcher = client_of("dispatcher")

    def community(self) -> str:
        """The last community with grids, so that other tests are not in the way."""
        grids = self.planner.get("/api/v1/grids").json()["features"]
        return str(max(grid["properties"]["community_code"] for grid in grids))

    def grids(self, plan: str, community: str) -> dict[str, Any]:
        shown = self.planner.get(f"/api/v1/plans/{plan}/communities/{community}").json()["grids"]
        return {feature["id"]: shape(feature["geometry"]) for feature in shown["features"]}

    def revision(self, plan: str) -> dict[str, str]:
        return {"If-Match": f'"{self.planner.get(f"/api/v1/plans/{plan}").json()["revision"]}"'}

    def approve(self, plan: str) -> None:
        """Hand a plan in and take it up the whole chain."""
        handed_in = self.planner.post(f"/api/v1/plans/{plan}/submit", headers=self.revision(plan))
        assert handed_in.status_code == 200, handed_in.text
        assert (
            self.planner.post(f"/api/v1/plans/{plan}/approve", headers=self.revision(plan), json={}).status_code == 403
        )
        while handed_in.json()["status"] == "in_review":
            handed_in = self.approver.post(f"/api/v1/plans/{plan}/approve", headers=self.revision(plan), json={})
            assert handed_in.status_code == 200, handed_in.text
        assert handed_in.json()["status"] == "approved"

    def publish(self, plan: str) -> dict[str, Any]:
        """At once; returns when it is in effect."""
        answer = self.planner.post(f"/api/v1/plans/{plan}/publish", headers=self.revision(plan), json={})
        assert answer.status_code == 200, answer.text
        told = dict(answer.json())
        while datetime.fromisoformat(told["effective_at"]) > datetime.now().astimezone():
            time.sleep(0.05)
        return told

    def where(self, place: Any, at: str | None = None) -> str:
        asked = {"x": place.x, "y": place.y, "crs": "EPSG:4326"} | ({"as_of": at} if at else {})
        return str(self.planner.get("/api/v1/locate", params=asked).json()["grid"]["code"])


def neighbours(grids: dict[str, Any]) -> tuple[str, str]:
    first, *others = grids
    for other in others:
        if shapely.length(shapely.intersection(grids[first].boundary, grids[other].boundary)) > 0:
            return first, other
    raise AssertionError("no neighbour")


def test_a_planner_merges_two_grids_and_takes_it_back(client_of: ClientOf, demo_engine: Engine) -> None:
    desk = Desk(client_of)
    community = desk.community()
    opened = desk.planner.post(
        "/api/v1/plans", json={"title": "合并示例网格", "reason": "示例", "communities": [community]}
    )
    plan = opened.json()["id"]
    grids = desk.grids(plan, community)
    stays, goes = neighbours(grids)
    place = shapely.point_on_surface(grids[goes])

    # She merges them, thinks again, and does it after all: the larger one or the first goes on, as she decides.
    merge = {"operation": {"kind": "merge", "keys": [stays, goes], "into": stays}, "confirmed": True}
    operations = f"/api/v1/plans/{plan}/communities/{community}/operations"
    assert desk.planner.post(operations, json=merge, headers=desk.revision(plan)).status_code == 200
    assert desk.planner.post(f"/api/v1/plans/{plan}/undo", headers=desk.revision(plan)).status_code == 200
    assert set(desk.grids(plan, community)) == set(grids)
    assert desk.planner.post(f"/api/v1/plans/{plan}/redo", headers=desk.revision(plan)).status_code == 200
    decided = {"operation": {"kind": "decide", "key": stays, "goes_on_as": stays}}
    assert desk.planner.post(operations, json=decided, headers=desk.revision(plan)).status_code == 200
    assert desk.planner.get(f"/api/v1/plans/{plan}/findings").json()["blocking"] == 0

    # Meanwhile something is reported on the ground that is to move.
    report = {"client_id": str(uuid4()), "channel": "hotline", "category": "dirty_road", "synthetic": True}
    report |= {"description": "合成数据", "x": place.x, "y": place.y, "crs": "EPSG:4326"}
    incident = desk.dispatcher.post("/api/v1/incidents", json=report).json()
    assert incident["grid"]["code"] == goes

    desk.approve(plan)
    published = desk.publish(plan)
    instant = published["effective_at"]
    before = (datetime.fromisoformat(instant) - timedelta(milliseconds=1)).isoformat()
    assert (desk.where(place, before), desk.where(place, instant), desk.where(place)) == (goes, stays, stays)

    # What was decided stays on record; the open case has a new territory once the job has run.
    follow_up_plan(demo_engine, UUID(plan))
    routing = desk.dispatcher.get(f"/api/v1/incidents/{incident['id']}").json()["routing"]
    assert [(row["reason"], row["grid"]["code"]) for row in routing] == [("intake", goes), ("new_net", stays)]

    what_became_of_it(desk, community, goes, stays, before)
    who_answers_for_it(desk, plan)
    take_it_back(desk, plan, community, grids, place, goes)


def what_became_of_it(desk: Desk, community: str, goes: str, stays: str, before: str) -> None:
    """Where did 007 go?"""
    (stage,) = desk.planner.get(f"/api/v1/grids/{goes}/life").json()["stages"]
    assert [(link["code"], link["area_ppm"]) for link in stage["went_to"]] == [(stays, 1_000_000)]
    asked = {"since": before, "community": community}
    rows = desk.planner.get("/api/v1/concordance", params=asked).json()["items"]
    shares: dict[str, int] = {}
    for row in rows:
        shares[row["old_code"]] = shares.get(row["old_code"], 0) + row["area_ppm"]
    assert set(shares.values()) == {1_000_000}
    table = desk.planner.get("/api/v1/concordance.csv", params=asked).content.decode("utf-8-sig")
    assert table.splitlines()[0].startswith("原网格编码,原网格名称,新网格编码")
    assert goes in table
    compared = desk.planner.get("/api/v1/compare", params=asked).json()
    assert goes in {feature["id"] for feature in compared["old"]["features"]}
    assert goes not in {feature["id"] for feature in compared["new"]["features"]}


def who_answers_for_it(desk: Desk, plan: str) -> None:
    """The merged grid has a worker until somebody confirms that, and a list tells who hands what to whom."""
    asked = desk.planner.get(f"/api/v1/plans/{plan}/carry-over").json()["items"]
    assert [row["reason"] for row in asked] == ["merged"]
    told = desk.planner.get(f"/api/v1/plans/{plan}/handover").json()
    given = sum(worker["doors_given"] for worker in told["workers"])
    assert given == sum(worker["doors_gained"] for worker in told["workers"])
    table = desk.planner.get(f"/api/v1/plans/{plan}/handover.xlsx")
    assert load_workbook(BytesIO(table.content)).sheetnames[0] == "汇总"


def take_it_back(desk: Desk, plan: str, community: str, grids: dict[str, Any], place: Any, goes: str) -> None:
    """A plan in effect is not withdrawn; a new one with the borders of before is prepared by one click."""
    refused = desk.planner.post(f"/api/v1/plans/{plan}/withdraw", headers=desk.revision(plan))
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_plan_state")
    back = desk.planner.post(f"/api/v1/plans/{plan}/revert").json()["id"]
    desk.approve(back)
    fresh = desk.publish(back)["new_codes"]
    found = desk.where(place)
    assert [found] == fresh
    assert found != goes, "a code is never given again"
    again = {feature["id"]: shape(feature["geometry"]) for feature in _of(desk, community)}
    assert len(again) == len(grids)
    assert again[found].equals(grids[goes])


def _of(desk: Desk, community: str) -> list[dict[str, Any]]:
    found = desk.planner.get("/api/v1/grids").json()["features"]
    return [feature for feature in found if feature["properties"]["community_code"] == community]
