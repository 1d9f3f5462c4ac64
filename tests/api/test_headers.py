"""Every answer, the last refusal included, tells browsers to be strict; no other site's page can cause a write."""

import secrets
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from gridsvc.api import cookies
from gridsvc.api.headers import FIXED, content_policy
from gridsvc.api.limits import LARGEST_BODY
from tests.fixtures.in_process import Ask, asking

TOLD = {name.lower() for name in FIXED} | {"content-security-policy"}

ANSWERS: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "a page": ("GET", "/login", {}, 200),
    "the way to the login": ("GET", "/", {}, 303),
    "the API's own page": ("GET", "/docs", {}, 200),
    "the description": ("GET", "/openapi.json", {}, 200),
    "a file": ("GET", "/static/favicon.svg", {}, 200),
    "a file that is not there": ("GET", "/static/none.js", {}, 404),
    "an answer": ("GET", "/health", {}, 200),
    "no session": ("GET", "/api/v1/status", {}, 401),
    "an unknown address": ("GET", "/api/v2/none", {}, 404),
    "a wrong method": ("DELETE", "/health", {}, 405),
    "no JSON": ("POST", "/api/v1/session", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400),
    "wrong fields": ("POST", "/api/v1/session", {"json": {}}, 422),
    "too large": ("POST", "/api/v1/session", {"content": b" " * (LARGEST_BODY + 1)}, 413),
    "another site": ("POST", "/api/v1/session", {"json": {}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
}


@pytest.mark.parametrize(("method", "path", "more", "status"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_has_every_header(ask: Ask, method: str, path: str, more: dict[str, Any], status: int) -> None:
    answer = ask(method, path, **more)
    assert answer.status_code == status
    assert answer.headers.keys() >= TOLD
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_our_own_mistake_has_every_header_and_tells_nothing(service: FastAPI) -> None:
    secret = secrets.token_hex(8)

    def stumble() -> None:
        raise RuntimeError(secret)

    service.add_api_route("/stumble", stumble)
    answer = asking(service)("GET", "/stumble")
    service.router.routes.pop()
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers.keys() >= TOLD
    assert secret not in answer.text


def test_personal_data_is_not_kept_by_anybody(ask: Ask) -> None:
    assert ask("GET", "/api/v1/session").headers["cache-control"] == "no-store"


def test_only_tls_promises_tls(service: FastAPI) -> None:
    by_tls = asking(service, "https://service.invalid")("GET", "/health").headers
    assert by_tls["strict-transport-security"].startswith("max-age=31536000")
    assert "strict-transport-security" not in asking(service)("GET", "/health").headers


def test_a_page_of_a_library_is_sandboxed_and_runs_only_what_bears_its_nonce() -> None:
    policy = content_policy(nonce="abc")
    assert "script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc';" in policy
    assert policy.endswith("sandbox allow-scripts allow-same-origin")


def test_tiles_of_the_intranet_are_the_only_other_place_for_pictures() -> None:
    assert "img-src 'self' data: blob: http://tiles.invalid/;" in content_policy("http://tiles.invalid/{z}/{x}/{y}.png")


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour under the same name": {"Sec-Fetch-Site": "same-site"},
    "an old browser on another site": {"Origin": "http://elsewhere.invalid"},
    "a page without an origin": {"Origin": "null"},
    "another port": {"Origin": "http://service.invalid:8001"},
    "with a token": {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer x"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_other_site_can_cause_a_write(ask: Ask, method: str, headers: dict[str, str]) -> None:
    answer = ask(method, "/api/v1/session", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://service.invalid"}, {"Sec-Fetch-Site": "none"}],
    ids=["a program", "our page", "typed by hand"],
)
def test_our_pages_and_programs_can_write(ask: Ask, headers: dict[str, str]) -> None:
    assert ask("DELETE", "/api/v1/session", headers=headers).status_code == 204


@pytest.mark.parametrize(("scheme", "name"), [("http", "gridsvc_session"), ("https", "__Host-gridsvc_session")])
def test_the_session_cookie_is_out_of_reach(scheme: str, name: str) -> None:
    scope = {"type": "http", "scheme": scheme, "server": ("service.invalid", 80), "path": "/", "headers": []}
    response = Response()
    cookies.set_session(Request(scope), response, "token", max_age_s=60)
    cookie = response.headers["set-cookie"]
    assert cookie.startswith(f"{name}=token;")
    for part in ("HttpOnly", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert ("Secure" in cookie) == (scheme == "https")
    assert "Domain" not in cookie


def test_over_tls_a_cookie_without_the_prefix_opens_nothing() -> None:
    scope = {"type": "http", "scheme": "https", "path": "/", "server": ("service.invalid", 443)}
    headers = [(b"cookie", b"gridsvc_session=planted-by-another-port")]
    assert cookies.session_token(Request(scope | {"headers": headers})) is None
