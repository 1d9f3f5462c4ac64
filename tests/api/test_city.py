"""The city over HTTP: where a point lies, who answers, what the map is given, and that the net is whole."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
import shapely
from shapely.geometry import shape

from gridsvc.core.datum import from_wgs84

SYSTEMS = ("EPSG:4326", "EPSG:4490", "GCJ-02", "BD-09", "EPSG:4548", "EPSG:4527")


@pytest.fixture(scope="module")
def net(commander: httpx.Client) -> list[dict[str, Any]]:
    collection = commander.get("/api/v1/grids").json()
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    features: list[dict[str, Any]] = collection["features"]
    return features


def inside(feature: dict[str, Any]) -> shapely.Point:
    return shapely.point_on_surface(shape(feature["geometry"]))


def test_every_grid_has_the_code_of_its_community_and_a_number(net: list[dict[str, Any]]) -> None:
    codes = [feature["properties"]["code"] for feature in net]
    assert len(set(codes)) == len(codes)
    for feature in net:
        code, community = feature["properties"]["code"], feature["properties"]["community_code"]
        assert len(code) == 15
        assert code.startswith(community)
        assert feature["id"] == code


def test_a_point_in_a_grid_is_located_there_with_who_answers(
    commander: httpx.Client, net: list[dict[str, Any]]
) -> None:
    for feature in net[::15]:
        point = inside(feature)
        found = commander.get("/api/v1/locate", params={"x": point.x, "y": point.y, "crs": "EPSG:4326"}).json()
        assert found["grid"]["code"] == feature["properties"]["code"]
        assert found["community"]["code"] == feature["properties"]["community_code"]
        assert found["district"]["code"] == f"{found['community']['code'][:6]}000000"
        assert (found["main"] is None) != (found["vacancy"] is None)
        assert found["distance_to_border_m"] > 0


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_same_place_in_any_datum_is_the_same_grid(
    commander: httpx.Client, net: list[dict[str, Any]], system: str
) -> None:
    for feature in net[::30]:
        point = inside(feature)
        x, y = from_wgs84([point.x], [point.y], system)
        found = commander.get("/api/v1/locate", params={"x": float(x[0]), "y": float(y[0]), "crs": system}).json()
        assert found["grid"]["code"] == feature["properties"]["code"]


def test_outside_every_grid_is_an_answer(commander: httpx.Client) -> None:
    answer = commander.get("/api/v1/locate", params={"x": 116.0, "y": 31.0, "crs": "WGS84"})
    assert answer.status_code == 200
    assert answer.json()["grid"] is None
    assert answer.json()["community"] is None


def test_before_the_first_net_there_is_no_grid(commander: httpx.Client, net: list[dict[str, Any]]) -> None:
    point = inside(net[0])
    asked: dict[str, Any] = {"x": point.x, "y": point.y, "crs": "EPSG:4326", "as_of": "2020-01-01T00:00:00+08:00"}
    found = commander.get("/api/v1/locate", params=asked).json()
    assert (found["grid"], found["net_version"]) == (None, None)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"x": "nan", "y": 32.9, "crs": "EPSG:4326"}, "invalid_input"),
        ({"x": 32.9, "y": 117.3, "crs": "EPSG:4326"}, "invalid_coordinate"),
        ({"x": 117.3, "y": 32.9, "crs": "EPSG:2384"}, "unknown_datum"),
        ({"x": 117.3, "y": 32.9, "crs": "EPSG:999999"}, "unknown_datum"),
        ({"x": 117.3, "y": 32.9, "crs": "\x00"}, "unknown_datum"),
        ({"x": 117.3, "y": 32.9}, "invalid_input"),
        ({"x": 117.3, "y": 32.9, "crs": "EPSG:4326", "as_of": "2026-01-01T00:00:00"}, "invalid_input"),
        ({"x": 117.3, "y": 32.9, "crs": "EPSG:4326", "as_of": "0001-01-01T00:00:00Z"}, "invalid_input"),
    ],
)
def test_what_cannot_be_located_is_refused_with_a_code(
    commander: httpx.Client, asked: dict[str, Any], code: str
) -> None:
    answer = commander.get("/api/v1/locate", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_the_net_of_the_demo_city_is_whole(commander: httpx.Client, net: list[dict[str, Any]]) -> None:
    report = commander.get("/api/v1/net/check").json()
    assert report["summary"]["grids"] == len(net)
    assert report["summary"]["faults"] == 0
    assert report["features"] == []


def test_geometry_is_kept_for_ever_under_its_address(commander: httpx.Client, net: list[dict[str, Any]]) -> None:
    addresses = commander.get("/api/v1/view").json()["documents"]
    for address in addresses.values():
        answer = commander.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] in ("br", "gzip")
    shown = commander.get(addresses["grids"]).json()["features"]
    assert [feature["id"] for feature in shown] == [feature["id"] for feature in net]
    assert shapely.coverage_is_valid([shape(feature["geometry"]) for feature in shown])


def test_a_document_of_another_state_is_not_there(commander: httpx.Client) -> None:
    for kind in ("grids", "areas", "backdrop"):
        assert commander.get(f"/api/v1/documents/{kind}/0123456789abcdef.json").status_code == 404


def test_status_has_a_row_for_every_grid_and_agrees_with_the_card(
    commander: httpx.Client, net: list[dict[str, Any]]
) -> None:
    status = commander.get("/api/v1/status").json()
    columns = status["grids"]
    assert columns["code"] == [feature["id"] for feature in net]
    assert {len(column) for column in columns.values()} == {len(net)}
    for place in range(0, len(net), 25):
        card = commander.get(f"/api/v1/grids/{columns['code'][place]}").json()
        assert card["status"]["patrol"] == columns["patrol"][place]
        assert card["status"]["staffing"] == columns["staffing"][place]
        assert card["open_incidents"] == columns["open_incidents"][place]
        who = columns["worker"][place]
        assert (card["answers"] or {}).get("name") == (None if who is None else status["workers"][who])


def test_the_colours_differ_in_the_demo_city(commander: httpx.Client) -> None:
    columns = commander.get("/api/v1/status").json()["grids"]
    assert {"on_time", "due_soon", "overdue"} <= set(columns["patrol"])
    assert {"main_backup", "vacant"} <= set(columns["staffing"])


def test_headline_figures_agree_with_the_columns(commander: httpx.Client) -> None:
    status = commander.get("/api/v1/status").json()
    headline, columns = status["headline"], status["grids"]
    assert headline["overdue"] == {"grids": columns["patrol"].count("overdue"), "of": len(columns["code"])}
    assert headline["vacancies"]["grids"] == columns["staffing"].count("vacant")
    open_ones = headline["open_incidents"]
    assert open_ones["count"] - open_ones["unlocated"] - open_ones["outside"] == sum(columns["open_incidents"])
    assert headline["posts"]["quota"] == headline["posts"]["filled"] + headline["posts"]["vacant"]
    assert len(status["trend"]["visits"]) == 14


def test_an_unchanged_status_is_not_sent_again(commander: httpx.Client) -> None:
    moment = {"as_of": "2026-11-01T00:00:00+08:00"}
    tag = commander.get("/api/v1/status", params=moment).headers["etag"]
    again = commander.get("/api/v1/status", params=moment, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_past_day_is_shown_as_it_was(commander: httpx.Client) -> None:
    now = commander.get("/api/v1/status").json()
    then = datetime.fromisoformat(now["as_of"]) - timedelta(days=20)
    past = commander.get("/api/v1/status", params={"as_of": then.isoformat()}).json()
    visits = [moment for moment in past["grids"]["last_visit"] if moment is not None]
    assert max(visits) <= then.timestamp()
    assert past["grids"]["last_visit"] != now["grids"]["last_visit"]


def test_search_finds_codes_names_and_workers(commander: httpx.Client, net: list[dict[str, Any]]) -> None:
    code = net[0]["id"]
    assert commander.get("/api/v1/search", params={"q": code}).json()["items"][0]["code"] == code
    card = commander.get(f"/api/v1/grids/{code}").json()
    areas = commander.get("/api/v1/search", params={"q": card["community"]["name"]}).json()["items"]
    assert any(item["kind"] == "area" and item["code"] == card["community"]["code"] for item in areas)
    if card["main"]:
        people = commander.get("/api/v1/search", params={"q": card["main"]["name"]}).json()["items"]
        assert any(code in item["grid_codes"] for item in people if item["kind"] == "worker")


@pytest.mark.parametrize("words", ["%", "_", "\\", "'; DROP TABLE grid; --", "<script>"])
def test_search_takes_signs_for_themselves(commander: httpx.Client, words: str) -> None:
    answer = commander.get("/api/v1/search", params={"q": words})
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_blocks_come_by_box(commander: httpx.Client, net: list[dict[str, Any]]) -> None:
    west, south, east, north = shape(net[0]["geometry"]).bounds
    blocks = commander.get("/api/v1/blocks", params={"bbox": f"{west},{south},{east},{north}"}).json()["features"]
    assert len(blocks) >= 9
    assert commander.get("/api/v1/blocks", params={"bbox": "1,2,3"}).status_code == 422


def test_folium_pages_ask_nobody_else(commander: httpx.Client) -> None:
    for name in ("coverage", "patrol"):
        answer = commander.get(f"/maps/{name}.html")
        assert answer.status_code == 200
        assert "http://" not in answer.text.replace("http://www.w3.org", "")
        assert "https://" not in answer.text
        assert "'nonce-" in answer.headers["content-security-policy"]


def test_a_folium_page_leads_strangers_to_the_login(anonymous: httpx.Client) -> None:
    answer = anonymous.get("/maps/coverage.html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/maps/coverage.html")


def test_every_list_of_the_catalogue_names_its_entries_in_both_languages(commander: httpx.Client) -> None:
    lists = commander.get("/api/v1/catalogue").json()
    assert lists.keys() == {"incident_categories", "channels", "visit_kinds", "care_classes"}
    for entries in lists.values():
        assert entries
        assert all(entry["key"] and entry["name_zh"] and entry["name_en"] for entry in entries)
    groups = {entry["key"]: entry["group"] for entry in lists["care_classes"]}
    assert (groups["elderly_alone"], groups["mental_disorder"]) == ("general", "sensitive")
