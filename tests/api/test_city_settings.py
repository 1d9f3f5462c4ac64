"""Settings changed at run time over HTTP: who may, what is refused, and that the change is in force at once."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from gridsvc.infra.runtime_settings import NAMES
from tests.fixtures.clients import ClientOf

ADDRESS = "/api/v1/settings"


@pytest.fixture
def admin(client_of: ClientOf) -> Iterator[httpx.Client]:
    """An administrator, after whom every setting is the environment's again."""
    client = client_of("admin")
    yield client
    change(client, dict.fromkeys(NAMES), "*")


def change(client: httpx.Client, values: dict[str, Any], tag: str | None) -> httpx.Response:
    return client.patch(ADDRESS, json=values, headers={} if tag is None else {"If-Match": tag})


def item(answer: httpx.Response, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in answer.json()["items"] if each["name"] == name)
    return found


def test_every_setting_is_told_with_its_bounds_and_origin(admin: httpx.Client) -> None:
    answer = admin.get(ADDRESS)
    assert [each["name"] for each in answer.json()["items"]] == list(NAMES)
    cycle = item(answer, "visit_cycle_days")
    assert (cycle["value"], cycle["given"], cycle["is_set"]) == (30, 30, False)
    assert (cycle["minimum"], cycle["maximum"]) == (1, 366)
    assert item(answer, "leave_cover_rule")["choices"] == ["backup", "backup_then_neighbour"]


def test_a_change_is_in_force_at_once_and_recorded(admin: httpx.Client) -> None:
    tag = admin.get(ADDRESS).headers["ETag"]
    answer = change(admin, {"visit_cycle_days": 21, "border_band_m": 25}, tag)
    assert answer.status_code == 200, answer.text
    assert answer.headers["ETag"] != tag
    shown = admin.get("/api/v1/view").json()["settings"]
    assert (shown["visit_cycle_days"], shown["border_band_m"]) == (21, 25)
    entry = admin.get("/api/v1/audit", params={"action": "settings.edit", "limit": 1}).json()["items"][0]
    assert entry["detail"]["visit_cycle_days"] == {"from": None, "to": 21}


def test_null_goes_back_to_what_the_environment_says(admin: httpx.Client) -> None:
    change(admin, {"visit_cycle_days": 21}, "*")
    cycle = item(change(admin, {"visit_cycle_days": None}, "*"), "visit_cycle_days")
    assert (cycle["value"], cycle["is_set"]) == (30, False)
    assert admin.get("/api/v1/view").json()["settings"]["visit_cycle_days"] == 30


def test_a_change_on_an_old_revision_is_refused(admin: httpx.Client) -> None:
    tag = admin.get(ADDRESS).headers["ETag"]
    assert change(admin, {"due_soon_share": 0.5}, tag).status_code == 200
    assert change(admin, {"due_soon_share": 0.6}, tag).status_code == 412
    assert change(admin, {"due_soon_share": 0.6}, None).status_code == 428


@pytest.mark.parametrize(
    "values",
    [
        {"visit_cycle_days": 0},
        {"visit_cycle_days": "30"},
        {"visit_cycle_days": True},
        {"due_soon_share": 1},
        {"plan_least_households": 1.5},
        {"plan_workload_weights": "households"},
        {"leave_cover_rule": "nobody"},
        {"tile_url": "/tiles/{z}/{x}.png"},
        {"tile_url": "/t/{z}/{x}/{y}.png; script-src *"},
        {"tile_url": "javascript:{x}{y}{z}"},
        {"session_idle_hours": 9000},
        {"host": "0.0.0.0"},
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_and_its_field_named(admin: httpx.Client, values: dict[str, Any]) -> None:
    answer = change(admin, values, "*")
    assert answer.status_code == 422
    assert next(iter(values)) in answer.text


def test_the_least_size_of_a_grid_cannot_pass_the_largest(admin: httpx.Client) -> None:
    answer = change(admin, {"plan_least_households": 900, "plan_most_households": 800}, "*")
    assert answer.status_code == 422
    assert "plan_least_households" in answer.text


def test_tiles_of_the_intranet_are_let_through_the_content_policy(admin: httpx.Client) -> None:
    change(admin, {"tile_url": "https://tiles.city.example/base/{z}/{x}/{y}.png"}, "*")
    policy = admin.get("/login").headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://tiles.city.example/base/;" in policy
    change(admin, {"tile_url": None}, "*")
    assert "tiles.city.example" not in admin.get("/login").headers["Content-Security-Policy"]


def test_nobody_else_changes_them(admin: httpx.Client, commander: httpx.Client) -> None:
    assert commander.get(ADDRESS).status_code == 403
    assert change(commander, {"visit_cycle_days": 21}, "*").status_code == 403
