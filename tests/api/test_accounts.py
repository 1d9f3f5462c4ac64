"""Accounts, tokens and rights over HTTP: stories of an administrator, a lost phone, a program and a locked door."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import openpyxl
import pytest

from gridsvc.access.roles import MATRIX, ROLE_CODES
from tests.fixtures.clients import ClientOf

OWN = "a password of my own"
_names = count(1)

Visitor = Callable[[], httpx.Client]


@pytest.fixture
def admin(client_of: ClientOf) -> httpx.Client:
    return client_of("admin")


@pytest.fixture
def browser(live_server: str) -> Iterator[Visitor]:
    """Opens a browser that nobody has logged in with."""
    opened: list[httpx.Client] = []

    def open_one() -> httpx.Client:
        opened.append(httpx.Client(base_url=live_server, headers={"X-Gridsvc": "test"}, timeout=30))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def city(admin: httpx.Client) -> str:
    """The node of the whole city."""
    nodes = admin.get("/api/v1/management-nodes").json()["items"]
    return str(next(node["code"] for node in nodes if node["code"].endswith("00000000")))


def made(admin: httpx.Client, city: str, role: str | None = "dispatcher") -> dict[str, Any]:
    """A new account with a role over the city: its account, and its one-time password."""
    name = f"made-{next(_names)}-{uuid4().hex[:6]}"
    answer = admin.post("/api/v1/accounts", json={"username": name, "display_name": "示例", "node": city})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    if role is not None:
        given = admin.post(f"{address(told)}/grants", json={"role": role, "node": city})
        assert given.status_code == 201, given.text
    return told


def address(told: dict[str, Any]) -> str:
    return f"/api/v1/accounts/{told['account']['id']}"


def log_in(client: httpx.Client, username: str, password: str) -> httpx.Response:
    return client.post("/api/v1/session", json={"username": username, "password": password})


def settled(admin: httpx.Client, city: str, browser: Visitor) -> tuple[dict[str, Any], httpx.Client]:
    """An account whose holder has chosen a password and is logged in."""
    told, client = made(admin, city), browser()
    assert log_in(client, told["account"]["username"], told["one_time_password"]).status_code == 200
    body = {"old_password": told["one_time_password"], "new_password": OWN}
    assert client.post("/api/v1/session/password", json=body).status_code == 204
    return told, client


def test_with_a_one_time_password_one_chooses_another_and_does_nothing_else(
    admin: httpx.Client, city: str, browser: Visitor
) -> None:
    told, client = made(admin, city), browser()
    name, one_time = told["account"]["username"], told["one_time_password"]
    assert log_in(client, name, one_time).json()["account"]["must_change_password"] is True
    for place in ("/api/v1/status", "/api/v1/sessions"):
        refused = client.get(place)
        assert (refused.status_code, refused.json()["code"]) == (403, "password_change_required")
    assert log_in(browser(), name, one_time).status_code == 401
    weak = client.post("/api/v1/session/password", json={"old_password": one_time, "new_password": "1234567890"})
    assert (weak.status_code, weak.json()["code"]) == (422, "weak_password")
    assert client.post(
        "/api/v1/session/password", json={"old_password": one_time, "new_password": OWN}
    ).status_code == 204  # fmt: skip
    assert client.get("/api/v1/status").status_code == 200
    assert log_in(browser(), name, OWN).json()["account"]["must_change_password"] is False


@pytest.mark.parametrize("action", ["revoke-sessions", "disable", "reset-password"])
def test_what_is_taken_away_is_gone_with_the_next_request(
    admin: httpx.Client, city: str, browser: Visitor, action: str
) -> None:
    told, phone = settled(admin, city, browser)
    assert phone.get("/api/v1/status").status_code == 200, "and so it is remembered"
    answer = admin.post(f"{address(told)}/{action}", headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    assert phone.get("/api/v1/status").status_code == 401


def test_a_role_given_or_ended_counts_with_the_next_request(admin: httpx.Client, city: str, browser: Visitor) -> None:
    told, client = settled(admin, city, browser)
    assert client.get("/api/v1/net/check").status_code == 403
    given = admin.post(f"{address(told)}/grants", json={"role": "planner", "node": city}).json()
    assert client.get("/api/v1/net/check").status_code == 200
    ended = admin.delete(f"{address(told)}/grants/{given['id']}", headers={"If-Match": '"1"'})
    assert ended.status_code == 204
    assert client.get("/api/v1/net/check").status_code == 403
    listed = admin.get(f"{address(told)}/grants").json()["items"]
    assert [(item["role"], item["is_current"]) for item in listed] == [("dispatcher", True), ("planner", False)]


def test_one_ends_the_login_of_another_device(admin: httpx.Client, city: str, browser: Visitor) -> None:
    told, desk = settled(admin, city, browser)
    phone = browser()
    phone.headers["User-Agent"] = "a phone"
    log_in(phone, told["account"]["username"], OWN)
    listed = desk.get("/api/v1/sessions").json()["items"]
    assert {item["client"]: item["is_current"] for item in listed}["a phone"] is False
    (lost,) = [item["id"] for item in listed if item["client"] == "a phone"]
    assert phone.get("/api/v1/session").status_code == 200
    assert desk.delete(f"/api/v1/sessions/{lost}").status_code == 204
    assert phone.get("/api/v1/session").status_code == 401
    assert desk.delete(f"/api/v1/sessions/{lost}").status_code == 404


def test_logging_in_again_ends_the_former_session_of_the_browser(
    admin: httpx.Client, city: str, browser: Visitor
) -> None:
    told, client = settled(admin, city, browser)
    before = client.cookies["gridsvc_session"]
    log_in(client, told["account"]["username"], OWN)
    assert client.cookies["gridsvc_session"] != before
    again = browser()
    again.cookies.set("gridsvc_session", before)
    assert again.get("/api/v1/session").status_code == 401


def test_guessing_is_made_to_wait_whether_the_name_exists_or_not(
    admin: httpx.Client, city: str, browser: Visitor
) -> None:
    for name in (made(admin, city)["account"]["username"], f"nobody-{uuid4().hex}"):
        answers = [log_in(browser(), name, "a wrong password") for _ in range(5)]
        while answers[-1].status_code == 401 and len(answers) < 12:  # a slow machine may take longer than the wait
            answers.append(log_in(browser(), name, "a wrong password"))
        assert {(answer.status_code, answer.json()["code"]) for answer in answers[:-1]} == {(401, "wrong_credentials")}
        assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "too_many_attempts")
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61


def test_an_edit_needs_the_tag_of_what_one_has_read(admin: httpx.Client, city: str) -> None:
    here = address(made(admin, city, role=None))
    read = admin.get(here)
    tag = read.headers["ETag"]
    change = {"display_name": "示例二"}
    assert admin.patch(here, json=change).status_code == 428
    first = admin.patch(here, json=change, headers={"If-Match": tag})
    assert (first.status_code, first.json()["display_name"]) == (200, "示例二")
    assert first.headers["ETag"] != tag
    late = admin.patch(here, json=change, headers={"If-Match": tag})
    assert (late.status_code, late.json()["code"]) == (412, "stale")


def test_accounts_are_listed_page_by_page_and_found_by_words(admin: httpx.Client, city: str) -> None:
    names = sorted(made(admin, city)["account"]["username"] for _ in range(3))
    seen, cursor = [], None
    while True:
        page = admin.get("/api/v1/accounts", params={"limit": 2} | ({"cursor": cursor} if cursor else {})).json()
        seen += [item["username"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == sorted(seen)
    assert set(names) | {"admin", "worker"} <= set(seen)
    found = admin.get("/api/v1/accounts", params={"q": names[0], "role": "dispatcher"}).json()["items"]
    assert [item["username"] for item in found] == [names[0]]
    assert admin.get("/api/v1/accounts", params={"q": names[0], "state": "disabled"}).json()["items"] == []


def token_for(admin: httpx.Client, **wanted: Any) -> dict[str, Any]:
    until = datetime.now(UTC) + timedelta(days=30)
    body = {"name": "hotline", "permissions": ["map.read", "incidents.create"], "until": until.isoformat()} | wanted
    answer = admin.post("/api/v1/tokens", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_program_works_by_its_token_without_cookie_origin_or_header(admin: httpx.Client, live_server: str) -> None:
    token = token_for(admin)
    with httpx.Client(base_url=live_server, headers={"Authorization": f"Bearer {token['token']}"}) as program:
        assert program.get("/api/v1/stats").status_code == 200
        report = {"channel": "phone", "category": "dirty_road", "address": "示例路一号"}
        assert program.post("/api/v1/incidents", json=report).status_code == 201
        beyond = program.get("/api/v1/accounts")
        assert (beyond.status_code, beyond.json()["code"]) == (403, "forbidden")
        assert admin.delete(f"/api/v1/tokens/{token['id']}").status_code == 204
        revoked = program.get("/api/v1/stats")
        assert (revoked.status_code, revoked.json()["code"]) == (401, "token_revoked")
    (listed,) = [item for item in admin.get("/api/v1/tokens").json()["items"] if item["id"] == token["id"]]
    assert listed["state"] == "revoked"
    assert "token" not in listed


def test_a_program_neither_sees_nor_ends_the_logins_of_its_account(admin: httpx.Client, live_server: str) -> None:
    listed = admin.get("/api/v1/sessions").json()["items"]
    with httpx.Client(
        base_url=live_server, headers={"Authorization": f"Bearer {token_for(admin)['token']}"}
    ) as program:
        refused = [
            program.get("/api/v1/sessions"),
            program.delete(f"/api/v1/sessions/{listed[0]['id']}"),
            program.post("/api/v1/session/password", json={"old_password": "a", "new_password": OWN}),
        ]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(403, "forbidden")] * 3
    assert admin.get("/api/v1/sessions").status_code == 200


def test_a_program_of_one_part_is_refused_what_concerns_the_whole_city(admin: httpx.Client, live_server: str) -> None:
    street = admin.get("/api/v1/status").json()["grids"]["code"][0][:9] + "000"
    token = token_for(admin, permissions=["settings.edit", "audit.read"], node=street)["token"]
    with httpx.Client(base_url=live_server, headers={"Authorization": f"Bearer {token}"}) as program:
        answers = [
            program.patch("/api/v1/settings", json={"visit_cycle_days": 9}, headers={"If-Match": "*"}),
            program.get("/api/v1/audit"),
        ]
    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("header", ["Bearer", "Bearer gridsvc_unknown", "Basic YWRtaW46eA==", "x"])
def test_what_is_no_token_opens_nothing(live_server: str, header: str) -> None:
    answer = httpx.get(f"{live_server}/api/v1/stats", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_a_token_is_limited_to_its_part_of_the_city(admin: httpx.Client, live_server: str) -> None:
    every = admin.get("/api/v1/status").json()["grids"]["code"]
    inside = every[0]
    outside = next(code for code in every if code[:12] != inside[:12])
    token = token_for(admin, permissions=["grids.read_card"], node=inside[:12])["token"]
    with httpx.Client(base_url=live_server, headers={"Authorization": f"Bearer {token}"}) as program:
        assert program.get(f"/api/v1/grids/{inside}").status_code == 200
        assert program.get(f"/api/v1/grids/{outside}").status_code == 404


def test_the_whole_table_of_rights_is_shown(admin: httpx.Client) -> None:
    table = admin.get("/api/v1/rights").json()
    assert [role["code"] for role in table["roles"]] == list(ROLE_CODES)
    assert {row["permission"]: row["allowed"] for row in table["permissions"]} == MATRIX
    assert [role["code"] for role in table["roles"] if role["own_grids_only"]] == ["worker"]


def test_a_right_taken_from_a_role_counts_for_everybody_with_the_next_request(
    admin: httpx.Client, client_of: ClientOf
) -> None:
    approver = client_of("approver")
    assert approver.get("/api/v1/net/check").status_code == 200
    cell = "/api/v1/rights/approver/net.check"
    try:
        assert admin.put(cell, json={"allowed": False}).json() == {"allowed": False}
        assert approver.get("/api/v1/net/check").status_code == 403
    finally:
        admin.put(cell, json={"allowed": True})
    assert approver.get("/api/v1/net/check").status_code == 200
    refused = admin.put("/api/v1/rights/administrator/rights.edit", json={"allowed": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "last_administrator")


def test_a_street_is_delegated_and_who_sees_it_follows_with_the_next_request(
    admin: httpx.Client, city: str, browser: Visitor
) -> None:
    grid = admin.get("/api/v1/status").json()["grids"]["code"][0]
    street, zone = f"{grid[:9]}000", f"zone-{uuid4().hex[:6]}"
    made_zone = admin.post("/api/v1/management-nodes", json={"code": zone, "name": "开发区", "parent": city})
    assert made_zone.status_code == 201, made_zone.text
    told, client = settled(admin, city, browser)
    (held,) = admin.get(f"{address(told)}/grants").json()["items"]
    admin.delete(f"{address(told)}/grants/{held['id']}", headers={"If-Match": "*"})
    admin.post(f"{address(told)}/grants", json={"role": "dispatcher", "node": zone})
    assert client.get(f"/api/v1/grids/{grid}").status_code == 404
    here = f"/api/v1/management-nodes/{street}"
    delegation = admin.post(f"{here}/delegations", json={"parent": zone}).json()
    assert client.get(f"/api/v1/grids/{grid}").status_code == 200
    assert admin.get(here).json()["parent"] == zone
    assert admin.delete(f"{here}/delegations/{delegation['id']}").status_code == 204
    assert client.get(f"/api/v1/grids/{grid}").status_code == 404
    circle = admin.post(f"/api/v1/management-nodes/{city}/delegations", json={"parent": street})
    assert (circle.status_code, circle.json()["code"]) == (422, "node_under_itself")


def excel(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (("用户名", "姓名", "角色", "所属"), *rows):
        page.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_table_is_tried_out_and_then_taken_in_whole_or_not_at_all(
    admin: httpx.Client, city: str, browser: Visitor
) -> None:
    names = [f"table-{uuid4().hex[:8]}" for _ in range(2)]
    good = [(name, "示例", "派遣员", city) for name in names]
    bad = (f"table-{uuid4().hex[:8]}", "示例", "皇帝", city)
    here = "/api/v1/accounts/import"
    trial = admin.post(here, params={"dry_run": True}, files={"file": ("a.xlsx", excel(*good, bad))})
    assert trial.status_code == 200, trial.text
    told = trial.json()
    assert (told["read"], told["accepted"], told["rejected"]) == (3, 2, 1)
    assert [(fault["place"], fault["code"]) for fault in told["faults"]] == [("row 4, role", "unknown_role")]
    refused = admin.post(here, files={"file": ("a.xlsx", excel(*good, bad))})
    assert (refused.status_code, refused.json()["faults"][0]["place"]) == (422, "row 4, role")
    assert admin.get("/api/v1/accounts", params={"q": names[0]}).json()["items"] == []
    taken = admin.post(here, files={"file": ("a.csv", "用户名,姓名,角色,所属\n".encode() + csv_rows(good))})
    assert taken.status_code == 201, taken.text
    first = taken.json()["accounts"][0]
    assert log_in(browser(), first["username"], first["one_time_password"]).status_code == 200


def csv_rows(rows: Sequence[tuple[str, ...]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def test_no_answer_and_no_list_ever_shows_a_hash(admin: httpx.Client) -> None:
    for path in ("/api/v1/accounts", "/api/v1/tokens", "/api/v1/sessions"):
        text = json.dumps(admin.get(path).json())
        assert "argon2" not in text
        assert "hash" not in text
