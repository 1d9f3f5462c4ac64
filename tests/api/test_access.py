"""What answers without a session, and what a session allows."""

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import httpx
import pytest


def test_no_session_is_a_problem_document(anonymous: httpx.Client) -> None:
    answer = anonymous.get("/api/v1/status")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unauthenticated"


def test_a_wrong_password_opens_nothing(anonymous: httpx.Client) -> None:
    answer = anonymous.post("/api/v1/session", json={"username": "admin", "password": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert "set-cookie" not in answer.headers


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(live_server: str, demo_password: str) -> None:
    answer = httpx.post(f"{live_server}/api/v1/session", json={"username": "planner", "password": demo_password})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


@pytest.mark.parametrize(
    "headers", [{}, {"X-Gridsvc": "web", "Origin": "http://elsewhere.example"}], ids=["bare", "foreign"]
)
def test_a_write_caused_by_another_site_is_refused(
    live_server: str, demo_password: str, headers: dict[str, str]
) -> None:
    with httpx.Client(base_url=live_server) as client:
        client.post("/api/v1/session", json={"username": "dispatcher", "password": demo_password})
        answer = client.post("/api/v1/incidents", headers=headers, json={"channel": "phone", "category": "dirty_road"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_heap_of_logins_keeps_nobody_else_waiting(live_server: str, commander: httpx.Client) -> None:
    """A password takes a core for a tenth of a second, also one typed by a stranger."""
    strangers = [{"username": f"nobody-{number}", "password": "not one of ours"} for number in range(24)]
    with ThreadPoolExecutor(len(strangers)) as pool:
        tried = [pool.submit(httpx.post, f"{live_server}/api/v1/session", json=one, timeout=60) for one in strangers]
        wait(tried, return_when=FIRST_COMPLETED)
        answers = [commander.get("/api/v1/grids").status_code for _ in range(5)]
        still_waiting = sum(not each.done() for each in tried)
        assert {each.result().status_code for each in tried} == {401}
    assert answers == [200] * 5
    assert still_waiting > len(strangers) // 2


def test_logging_out_ends_the_session(live_server: str, demo_password: str) -> None:
    with httpx.Client(base_url=live_server, headers={"X-Gridsvc": "web"}) as client:
        client.post("/api/v1/session", json={"username": "approver", "password": demo_password})
        token = client.cookies["gridsvc_session"]
        assert client.get("/api/v1/session").status_code == 200
        assert client.delete("/api/v1/session").status_code == 204
        client.cookies.set("gridsvc_session", token)
        assert client.get("/api/v1/session").status_code == 401


def test_a_worker_sees_the_grids_of_their_community_and_no_others(
    worker: httpx.Client, commander: httpx.Client
) -> None:
    mine = {grid["code"] for grid in worker.get("/api/v1/me/grids").json()["items"]}
    assert mine
    every = set(commander.get("/api/v1/status").json()["grids"]["code"])
    communities = {code[:12] for code in mine}
    other = min(code for code in every if code[:12] not in communities)
    assert worker.get(f"/api/v1/grids/{sorted(mine)[0]}").status_code == 200
    assert worker.get(f"/api/v1/grids/{other}").status_code == 404
    assert commander.get(f"/api/v1/grids/{other}").status_code == 200


def test_answers_tell_browsers_to_be_strict(anonymous: httpx.Client) -> None:
    headers = anonymous.get("/login").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src 'self';" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_a_role_without_the_right_is_refused(commander: httpx.Client) -> None:
    answer = commander.post("/api/v1/incidents", json={"channel": "phone", "category": "dirty_road", "address": "x"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
