"""What answers without a session is one list; everything else refuses a stranger."""

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from gridsvc.api.openapi import operations
from gridsvc.api.public import OPEN_OPERATIONS, OPEN_PAGES
from tests.fixtures.in_process import Ask

EXAMPLES = {"kind": "grids", "layer": "areas", "code": "340302001001001", "name": "0"}


def filled(path: str) -> str:
    """An address with something in each place of its path."""
    return re.sub(r"{(\w+)}", lambda place: EXAMPLES.get(place[1], "00000000-0000-7000-8000-000000000000"), path)


def addresses(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path that the application answers, described or not."""
    for route in iter_route_contexts(app.routes):
        for method in route.methods or {"GET"}:
            if route.path is not None and method != "HEAD":
                yield method, route.path


def test_only_the_list_answers_a_stranger(service: FastAPI, ask: Ask) -> None:
    described = dict(operations(service.openapi()))
    answered = set()
    for method, path in sorted(set(addresses(service))):
        name = f"{method} {path}" if f"{method} {path}" in described else path
        more = {} if method == "GET" else {"json": {}, "headers": {"If-Match": "*"}}
        answer = ask(method, filled(path), **more)
        if answer.status_code != 401:
            answered.add(name)
    assert answered == OPEN_OPERATIONS | OPEN_PAGES


@pytest.mark.parametrize("page", sorted(OPEN_PAGES - {"/static", "/docs", "/openapi.json", "/problems/{code}"}))
def test_open_pages_hold_no_data(ask: Ask, page: str) -> None:
    answer = ask("GET", filled(page).replace("/maps/0.html", "/maps/coverage.html"))
    assert answer.status_code in (200, 204, 303, 404)
    assert answer.status_code != 200 or "340302" not in answer.text


@pytest.mark.parametrize("token", ["", "x", "Bearer", "gridsvc_session"])
def test_a_made_up_session_is_none(ask: Ask, token: str) -> None:
    assert ask("GET", "/api/v1/status", headers={"Cookie": f"gridsvc_session={token}"}).status_code == 401
